"""A slide as a picture, drawn from the same data as in PowerPoint: for guides and previews."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from PIL import ImageColor

from drawings.shapes import Illustration
from drawings.svg import shapes_svg
from pack import qr
from pack.contrast import luminance, ratio
from pack.markdown import TextRun
from pack.theme import SLIDE_FONTS, load_theme
from slides.arrange import stem
from slides.art import foot_of, illustrations
from slides.content import Line, SlideContent, SlideLogo
from slides.fit import (
    CELL_MARGIN,
    CELL_SIZE,
    MOVIE_HEIGHT,
    NUMBERED,
    REACH_SIZE,
    head_height,
    movie_place,
    row_height,
)
from slides.frames import Frame, Layout
from slides.raster import fitted, logo_image
from slides.text_metrics import height, leading, row_scale, rows

_FONTS = ", ".join(SLIDE_FONTS)


#: Text with less contrast to white than this, as on dark slides, is drawn dark on white paper.
_READABLE = 4.5


def picture(
    content: SlideContent,
    layout: Layout,
    alt: str,
    size: tuple[float, float],
    *,
    on_white: bool = False,
) -> str:
    """The slide as SVG.

    `alt` is its alternative text, `size` the width and height of the slide in pt. With `on_white`,
    backgrounds are drawn white, with dark text: they take no toner.
    """
    width, height = size
    layout = _on_white(layout) if on_white else layout
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f"<title>{escape(alt)}</title>{_box(0, 0, width, height, layout.background)}"
        f"{''.join(_shapes(content, layout, on_white=on_white))}</svg>"
    )


def _on_white(layout: Layout) -> Layout:
    """A layout for white paper: what is dark turns white, or pale if text stands on it."""
    colors = load_theme().colors
    frames = {}
    for name, frame in layout.frames.items():
        if frame.is_on_deep:
            frame = replace(frame, fill=colors["tint"])
        # The number of a step stays on its disk, which is small.
        if stem(name) != "Number" and frame.color and _against_white(frame.color) < _READABLE:
            frame = replace(frame, color=colors["deep" if frame.bold else "ink"])
        frames[name] = frame
    bars = tuple(bar for bar in layout.bars if _against_white(bar[4]) < _READABLE)
    return replace(layout, frames=frames, background=colors["white"], bars=bars)


def _against_white(color: str) -> float:
    """The contrast of a color to white."""
    red, green, blue = ImageColor.getrgb(color)[:3]
    return ratio(luminance((red, green, blue)), 1)


def _outlined(drawing: Illustration) -> Illustration:
    """A drawing for white paper, on which a bubble needs an outline in every ink."""
    if drawing.name != "Bubble":
        return drawing
    shapes = [
        shape if shape.line else replace(shape, line="edge", weight=1.5) for shape in drawing.shapes
    ]
    return replace(drawing, shapes=tuple(shapes))


def _shapes(content: SlideContent, layout: Layout, *, on_white: bool) -> Iterator[str]:
    frames = layout.frames
    for bar in layout.bars:
        yield _box(*bar)
    colors = load_theme().colors
    drawn = () if content.frames else illustrations(content, layout)
    drawn = tuple(map(_outlined, drawn)) if on_white else drawn
    yield from (shapes_svg(one.shapes, colors.__getitem__) for one in drawn if one.behind)
    for name, lines in {"Title": (content.title,), **content.texts}.items():
        if name not in frames or not lines:
            continue
        frame = frames[name]
        if name in content.heights:
            frame = frame.higher(content.heights[name] - frame.outer)
        frame = replace(frame, size=content.sizes.get(name, frame.size))
        yield from _text(lines, frame, content.numbers if name in NUMBERED else ())
    yield from (shapes_svg(one.shapes, colors.__getitem__) for one in drawn if not one.behind)
    yield from _foot(content, layout)
    if content.table:
        yield from _table(content, frames["Table"], layout.scale)
    if content.movie:
        x, y = movie_place(content, frames)
        yield (
            f'<image href="{content.movie.poster.resolve().as_uri()}" x="{x:g}" y="{y:g}" '
            f'width="{MOVIE_HEIGHT * 16 / 9:g}" height="{MOVIE_HEIGHT:g}"/>'
        )
    if content.logo and "Logo" in frames:
        yield _logo(content.logo, frames["Logo"])
    if content.code:
        yield from _code(content.code.address, frames["Code"])


def _text(lines: Sequence[Line], frame: Frame, numbers: Sequence[int] = ()) -> Iterator[str]:
    """A text in its frame; its first lines have these `numbers`."""
    if frame.fill:
        yield _box(*frame.box, frame.fill)
    broken = [rows(line, frame) for line in lines]
    high = height(lines, frame)
    room = max(frame.height - high, 0)
    y = frame.top + {"t": 0.0, "ctr": room / 2, "b": room}[frame.anchor]
    for index, paragraph in enumerate(broken):
        if frame.mark or index < len(numbers):
            mark = str(numbers[index]) if index < len(numbers) else frame.mark
            yield _words(frame.left, y, mark, replace(frame, color=load_theme().colors["warm"]))
        for row in paragraph:
            scale = row_scale(row)
            spans = "".join(
                f'<tspan font-weight="{700 if bold else 400}" font-size="{frame.size * size:g}">'
                f"{escape(''.join(run.text for run in runs))}</tspan>"
                for (bold, size), runs in groupby(
                    row, lambda run: (run.bold or frame.bold, run.scale)
                )
            )
            x = frame.left + frame.indent
            large = replace(frame, size=frame.size * scale)
            yield _words(x, y, spans, large, escaped=True, centered=frame.centered)
            y += leading(frame) * scale
        y += frame.before


def _foot(content: SlideContent, layout: Layout) -> Iterator[str]:
    """The name of the part of the talk, beside the track, and the numbers at the right."""
    foot = None if content.frames else foot_of(content, layout.frames)
    if foot:
        yield from _text((Line((TextRun(foot.name),), ()),), foot.footer)
        yield from _text((Line(foot.numbers, ()),), foot.number)


def _words(
    x: float, y: float, text: str, frame: Frame, *, escaped: bool = False, centered: bool = False
) -> str:
    """A row of text whose line starts at `y`."""
    anchor = ""
    if centered:
        x, anchor = x + frame.line / 2, ' text-anchor="middle"'
    baseline = y + frame.size * 0.95
    weight = 700 if frame.bold else 400
    return (
        f'<text x="{x:.1f}" y="{baseline:.1f}" font-size="{frame.size:g}" fill="{frame.color}" '
        f'font-family="{_FONTS}" font-weight="{weight}"{anchor} xml:space="preserve">'
        f"{text if escaped else escape(text)}</text>"
    )


def _table(content: SlideContent, frame: Frame, scale: float) -> Iterator[str]:
    colors = load_theme().colors
    column = frame.width / 2
    y = frame.top
    for number, row in enumerate(content.table):
        high = (row_height if number else head_height)(row, frame.width, scale, frame.face)
        if number == 0:
            yield _box(frame.left, y, frame.width, high, colors["deep"])
        for x, lines in enumerate(row):
            size = scale * (CELL_SIZE if x or number == 0 else REACH_SIZE)
            cell = Frame(
                width=column - 2 * CELL_MARGIN * scale,
                height=high,
                outer=high,
                size=size,
                left=frame.left + x * column + CELL_MARGIN * scale,
                top=y,
                color=colors["ink"] if number else colors["white"],
                anchor="ctr",
                bold=number == 0,
            )
            yield from _text(lines, cell)
        y += high


def _code(address: str, frame: Frame) -> Iterator[str]:
    path, size = qr.path(address)
    place = f"translate({frame.left:g} {frame.top:g}) scale({frame.outer / size:.4f})"
    yield f'<path transform="{place}" fill="#000" d="{path}"/>'


def _logo(logo: SlideLogo, frame: Frame) -> str:
    ratio = logo_image(logo.file).ratio
    x, y, width, height = fitted(
        (round(frame.left), round(frame.top), round(frame.width), round(frame.outer)), ratio
    )
    return (
        _box(x, y, width, height, "#ffffff") + f'<image href="{logo.file.resolve().as_uri()}" '
        f'x="{x}" y="{y}" width="{width}" height="{height}"/>'
    )


def _box(x: float, y: float, width: float, height: float, color: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{color}"/>'
    )
