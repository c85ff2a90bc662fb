"""Drawings on sheets, as inline SVG: pictograms, people and the pack's motif.

Those that stand beside words which say the same are decoration: they are set as backgrounds, which
PDF/UA leaves out of what is read. Others have an alternative text.

In a language from right to left, all are mirrored except for signs, which mean the same either way.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import replace

from markupsafe import Markup

from drawings import figures
from drawings.pictograms import pictogram
from drawings.shapes import PaintedPath, bounds, ellipse, on_circle, polygon
from drawings.svg import shapes_svg
from pack.model import Pack
from pack.theme import load_theme

#: The size of the figures' own units; they are scaled to the size that a sheet asks for.
_HEIGHT = 100.0

#: In square pt. Larger figures are only outlined in black ink.
_SQUARE_INCH = 72 * 72


def sign(pack: Pack, name: str, side: float, line: str = "deep", light: str = "sand") -> Markup:
    """A pictogram in a square with this side in pt; `line` and `light` are colors of the theme."""
    drawn = pictogram(name, pack.folder, 0, 0, side, line=line, light=light)
    return drawing(pack, drawn.shapes, (0, 0, side, side))


def motif(
    pack: Pack,
    height: float,
    *,
    width: float = 0.6,
    floor: bool = False,
) -> Markup:
    """The pack's motif with this height in pt; nothing if it has none.

    `width` is the doorway's, compared with its height; `floor` adds what the light falls on.
    """
    if pack.about.motif != "door":
        return Markup()
    wide, tall = _HEIGHT * width, _HEIGHT * 0.77
    shapes = [*figures.door(0, 0, wide, _HEIGHT, 1, light="beam")]
    if floor:
        beam = figures.light(0, wide, _HEIGHT, _HEIGHT * 1.1, (wide * 0.4, wide * 0.1), "beam")
        ends = [(-wide * 0.65, _HEIGHT), (wide * 1.16, _HEIGHT)]
        ground = polygon(ends, closed=False)
        shapes = [beam, *shapes, PaintedPath(ground, "", "deep", 1.5 * _HEIGHT / height)]
    large = height * height * 0.2 > _SQUARE_INCH
    color, line = ("solid", 5 * _HEIGHT / height) if large else ("deep", 0)
    adult = wide * 0.355, _HEIGHT - line / 2, tall - line
    child = wide * 0.7, _HEIGHT, tall * 0.6
    thin = max(tall * 0.018, 1.2 * _HEIGHT / height)
    shapes += figures.person(*adult, color, "deep", line)
    shapes += figures.person(*child, "white", "deep", thin, child=True, halo="beam")
    return _scaled(pack, shapes, height)


def light(pack: Pack, width: float, height: float, door: tuple[float, float]) -> Markup:
    """The light that falls from the pack's door onto a floor of this width, all in pt.

    `door` is its left and right edge, from the left, in text from left to right.
    """
    if pack.about.motif != "door":
        return Markup()
    top = 0.75  # so that lines as wide as 1.5 pt are not cut off
    left, right = ((0, height), (door[0], top)), ((door[1], top), (width, height))
    sides = [PaintedPath(polygon(side, closed=False), "", "edge", 1.5) for side in (left, right)]
    beam = PaintedPath(polygon([*left, *right]), "beam")
    return drawing(pack, [beam, *sides], (0, 0, width, height))


def cycle(pack: Pack, signs: Sequence[str], side: float, alt: str) -> Markup:
    """A circle of three or four signs, each leading to the next, with a child in the middle."""
    center, radius, node, size = (60.0, 60.0), 41.0, 17.0, 22.0
    turn = 360 / len(signs)
    start = 0 if len(signs) == 3 else -45
    shapes = [*figures.person(60, 75, 27, "white", "deep", 1.3, child=True)]
    for number, name in enumerate(signs):
        angle = start + turn * number
        shapes += figures.round_arrow(center, radius, angle + 33, angle + turn - 30, "warm", 3)
        x, y = on_circle(center, radius, angle)
        round_ = ellipse(x - node, y - node, 2 * node, 2 * node)
        shapes.append(PaintedPath(round_, "white", "deep", 1.6))
        shapes += pictogram(name, pack.folder, x - size / 2, y - size / 2, size).shapes
    return drawing(pack, shapes, (0, 0, 120, 120), side / 120, alt)


def way_out(pack: Pack, height: float) -> Markup:
    """An arrow into the pack's motif, with this height in pt; the arrow alone if it has none."""
    end = 24.0
    shapes = [*figures.arrow((1, height / 2), end, "deep", 2.5, 8)]
    width = end
    if pack.about.motif == "door":
        left, wide, foot = end + 6, height * 0.55, height - 1
        shapes += figures.door(left, 1, wide, foot - 1, 1, light="beam", edge=1.8)
        shapes += figures.person(left + wide / 2, foot, height * 0.72, "deep")
        width = left + wide + 5
        shapes.append(
            PaintedPath(polygon([(end, foot), (width, foot)], closed=False), "", "deep", 1.5)
        )
    return drawing(pack, shapes, (0, 0, width, height))


def tail(pack: Pack, tone: str | None, scale: float = 1) -> Markup:
    """The tail of a speech bubble, whose edge it hides where it begins."""
    tones = {"threat": ("white", "warm", 2.0), "soft": ("soft", "edge", 1.0)}
    tones |= {"strong": ("solid", "deep", 2.5)}
    fill, line, weight = tones.get(tone or "", ("cream", "edge", 1.0))
    path = polygon([(2, 0), (1.5, 11), (14, 0)], closed=False)
    shape = PaintedPath(path, fill, line, weight / scale)
    return drawing(pack, [shape], (0, -1 / scale, 16, 12 + 1 / scale), scale)


def people(
    pack: Pack, height: float, of: int, on: int, kind: str, alt: str, *, clear: bool = False
) -> Markup:
    """People of whom the first `on` are filled in, with this height in pt.

    The outlines of the others are pale, or, if they are to be `clear`, dark and 1.5 pt wide.
    """
    shapes = figures.group(of, on, kind, _HEIGHT)
    if clear:
        wide = 1.5 * _HEIGHT / height
        shapes = tuple(
            replace(one, line="deep", weight=wide) if one.line == "line" else one for one in shapes
        )
    return _scaled(pack, shapes, height, alt)


def _scaled(pack: Pack, shapes: Iterable[PaintedPath], height: float, alt: str = "") -> Markup:
    shapes = tuple(shapes)
    left, top, right, bottom = bounds(shapes)
    edge = _HEIGHT * 0.02  # half of the widest line
    box = (left - edge, top - edge, right - left + 2 * edge, bottom - top + 2 * edge)
    return drawing(pack, shapes, box, height / box[3], alt)


def drawing(
    pack: Pack,
    shapes: Iterable[PaintedPath],
    box: tuple[float, float, float, float],
    scale: float = 1,
    alt: str = "",
) -> Markup:
    """Shapes within left, top, width and height, shown `scale` times as large in pt."""
    if pack.script.is_right_to_left:
        shapes = [shape.mirrored(2 * box[0] + box[2]) for shape in shapes]
    colors = load_theme().colors
    size = f"width:{box[2] * scale:.2f}pt;height:{box[3] * scale:.2f}pt"
    inner = Markup(shapes_svg(shapes, lambda color: colors[color]))  # noqa: S704 (our own)
    start = Markup('<svg xmlns="http://www.w3.org/2000/svg" viewBox="%s"') % " ".join(
        f"{side:.2f}" for side in box
    )
    if alt:
        return start + Markup(' class="drawing" style="%s"><title>%s</title>%s</svg>') % (
            size,
            alt,
            inner,
        )
    data = b64encode((start + Markup(">%s</svg>") % inner).encode()).decode()
    return Markup('<span class="drawing" style="%s;background-image:url(%s%s)"></span>') % (
        size,
        "data:image/svg+xml;base64,",
        data,
    )
