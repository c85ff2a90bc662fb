"""A slide as a picture, drawn from the same data as in PowerPoint: for guides and previews."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from pack import qr
from pack.theme import SLIDE_FONTS, load_theme
from slides.content import Line, SlideContent, SlideLogo
from slides.fit import (
    BUBBLE_GAP,
    CELL_MARGIN,
    CELL_SIZE,
    MOVIE_HEIGHT,
    NUMBERED,
    REACH_SIZE,
    head_height,
    row_height,
)
from slides.frames import Frame, Layout
from slides.raster import fitted, logo_image
from slides.text_metrics import leading, rows

_FONTS = ", ".join(SLIDE_FONTS)


def picture(content: SlideContent, layout: Layout, alt: str, size: tuple[float, float]) -> str:
    """The slide as SVG.

    `alt` is its alternative text, `size` the width and height of the slide in pt.
    """
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f"<title>{escape(alt)}</title>{_box(0, 0, width, height, layout.background)}"
        f"{''.join(_shapes(content, layout))}</svg>"
    )


def _shapes(content: SlideContent, layout: Layout) -> Iterator[str]:
    frames = layout.frames
    for bar in layout.bars:
        yield _box(*bar)
    top = 0.0
    for name, lines in {"Title": (content.title,), **content.texts}.items():
        if name not in frames or not lines:
            continue
        frame = frames[name]
        if name in content.heights:
            frame = frame.higher(content.heights[name] - frame.outer)
        if name.startswith("Line "):
            top = top or frame.top
            frame = replace(frame, top=top)
            top += frame.outer + BUBBLE_GAP
            yield _tail(frame)
        frame = replace(frame, size=content.sizes.get(name, frame.size))
        numbered = content.numbered if name in NUMBERED else 0
        yield from _text(lines, frame, content.first_number, numbered)
    if content.table:
        yield from _table(content, frames["Table"], layout.scale)
    if content.movie:
        frame = frames["Text"].higher(content.heights["Text"] - frames["Text"].outer)
        yield (
            f'<image href="{content.movie.poster.resolve().as_uri()}" x="{frame.left:g}" '
            f'y="{frame.top + frame.outer + 12:g}" width="{MOVIE_HEIGHT * 16 / 9:g}" '
            f'height="{MOVIE_HEIGHT:g}"/>'
        )
    if content.logo and "Logo" in frames:
        yield _logo(content.logo, frames["Logo"])
    if content.code:
        yield from _code(content.code.address, frames["Code"])


def _text(lines: Sequence[Line], frame: Frame, number: int = 1, numbered: int = 0) -> Iterator[str]:
    """A text in its frame; its first lines are `numbered`, from `number` on."""
    margin = (frame.outer - frame.height) / 2
    if frame.fill:
        yield _box(
            frame.left - margin,
            frame.top - margin,
            frame.width + 2 * margin,
            frame.outer,
            frame.fill,
        )
    broken = [rows(line, frame) for line in lines]
    high = sum(map(len, broken)) * leading(frame) + frame.before * (len(lines) - 1)
    room = max(frame.height - high, 0)
    y = frame.top + {"t": 0.0, "ctr": room / 2, "b": room}[frame.anchor]
    for index, paragraph in enumerate(broken):
        if frame.mark or index < numbered:
            mark = str(number) if index < numbered else frame.mark
            yield _words(frame.left, y, mark, replace(frame, color=load_theme().colors["warm"]))
            number += 1
        for row in paragraph:
            spans = "".join(
                f'<tspan font-weight="{700 if bold else 400}">'
                f"{escape(''.join(run.text for run in runs))}</tspan>"
                for bold, runs in groupby(row, lambda run: run.bold or frame.bold)
            )
            yield _words(frame.left + frame.indent, y, spans, frame, escaped=True)
            y += leading(frame)
        y += frame.before


def _words(x: float, y: float, text: str, frame: Frame, *, escaped: bool = False) -> str:
    """A row of text whose line starts at `y`."""
    baseline = y + frame.size * 0.95
    weight = 700 if frame.bold else 400
    return (
        f'<text x="{x:.1f}" y="{baseline:.1f}" font-size="{frame.size:g}" fill="{frame.color}" '
        f'font-family="{_FONTS}" font-weight="{weight}" xml:space="preserve">'
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


def _tail(frame: Frame) -> str:
    """The tail of a speech bubble, below its left end."""
    margin = (frame.outer - frame.height) / 2
    x, y = frame.left - margin + 22, frame.top - margin + frame.outer - 1
    return f'<path fill="{frame.fill}" d="M{x:.1f} {y:.1f}h22l-18 12z"/>'


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
