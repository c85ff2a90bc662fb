"""Drawings on sheets, as inline SVG: pictograms, people and the pack's motif.

Those that stand beside words which say the same are decoration: they are set as backgrounds, which
PDF/UA leaves out of what is read. Others have an alternative text.
"""

from base64 import b64encode
from collections.abc import Iterable

from markupsafe import Markup

from drawings import figures
from drawings.pictograms import pictogram
from drawings.shapes import PaintedPath, bounds
from drawings.svg import shapes_svg
from pack.model import Pack
from pack.theme import load_theme

#: The size of the figures' own units; they are scaled to the size that a sheet asks for.
_HEIGHT = 100.0


def sign(pack: Pack, name: str, side: float, line: str = "deep", light: str = "sand") -> Markup:
    """A pictogram in a square with this side in pt; `line` and `light` are colors of the theme."""
    drawn = pictogram(name, pack.folder, 0, 0, side, line=line, light=light)
    return drawing(drawn.shapes, (0, 0, side, side))


def motif(pack: Pack, height: float, *, people: bool = True, openness: float = 1) -> Markup:
    """The pack's motif with this height in pt; nothing if it has none."""
    if pack.about.motif != "door":
        return Markup()
    width = 0.6
    shapes = [*figures.door(0, 0, _HEIGHT * width, _HEIGHT, openness)]
    if people:
        shapes += figures.pair(
            _HEIGHT * width * 0.1, _HEIGHT, _HEIGHT * 0.78, ground="sand", small="white"
        )
    return _scaled(shapes, height)


def people(height: float, of: int, on: int, kind: str, alt: str) -> Markup:
    """People of whom the first `on` are filled in, with this height in pt."""
    return _scaled(figures.group(of, on, kind, _HEIGHT), height, alt)


def _scaled(shapes: Iterable[PaintedPath], height: float, alt: str = "") -> Markup:
    shapes = tuple(shapes)
    left, top, right, bottom = bounds(shapes)
    edge = _HEIGHT * 0.02  # half of the widest line
    box = (left - edge, top - edge, right - left + 2 * edge, bottom - top + 2 * edge)
    return drawing(shapes, box, height / box[3], alt)


def drawing(
    shapes: Iterable[PaintedPath],
    box: tuple[float, float, float, float],
    scale: float = 1,
    alt: str = "",
) -> Markup:
    """Shapes within left, top, width and height, shown `scale` times as large in pt."""
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
