"""A slide as a picture, drawn from what goes into PowerPoint: for guides and previews."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape

from slides.fit import CELL_MARGIN, CELL_SIZE, HEAD_ROW, REACH_SIZE, leading, row_height, rows
from slides.frames import Frame
from slides.plan import Content, Line
from source import qr
from source.theme import load_theme

#: A slide's width and height in pt.
WIDTH, HEIGHT = 960, 540

_DARK = ("Title", "Section", "Closing")


def picture(content: Content, frames: Mapping[str, Frame], alt: str) -> str:
    """The slide as SVG; `frames` are its layout's, `alt` is what a screen reader says."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<title>{escape(alt)}</title>{''.join(_shapes(content, frames))}</svg>"
    )


def _shapes(content: Content, frames: Mapping[str, Frame]) -> Iterator[str]:
    colors = load_theme().colors
    is_dark = content.layout in _DARK
    yield _box(0, 0, WIDTH, HEIGHT, colors["deep"] if is_dark else colors["white"])
    if is_dark:
        yield _box(43, 277, 115, 6.5, colors["sand"])
    else:
        yield _box(43, 36, 874, 5, colors["deep"])
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
            top += frame.outer + 14
        frame = replace(frame, size=content.sizes.get(name, frame.size))
        yield from _text(lines, frame, content.first_number)
    if content.table:
        yield from _table(content, frames["Table"])
    if content.code:
        yield from _code(content.code.address)


def _text(lines: Sequence[Line], frame: Frame, number: int) -> Iterator[str]:
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
    for paragraph in broken:
        if frame.mark:
            sign = str(number) if frame.mark == "1" else frame.mark
            yield _words(frame.left, y, sign, replace(frame, color=load_theme().colors["warm"]))
            number += 1
        for row in paragraph:
            spans = "".join(
                f'<tspan font-weight="{700 if run.bold or frame.bold else 400}">'
                f"{escape(run.text)}</tspan>"
                for run in row
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
        f'font-family="Arimo" font-weight="{weight}" xml:space="preserve">'
        f"{text if escaped else escape(text)}</text>"
    )


def _table(content: Content, frame: Frame) -> Iterator[str]:
    colors = load_theme().colors
    column = frame.width / 2
    y = frame.top
    for number, row in enumerate(content.table):
        high = row_height(row, frame.width) if number else HEAD_ROW
        if number == 0:
            yield _box(frame.left, y, frame.width, high, colors["deep"])
        for x, lines in enumerate(row):
            size = CELL_SIZE if x or number == 0 else REACH_SIZE
            cell = Frame(
                width=column - 2 * CELL_MARGIN,
                height=high,
                outer=high,
                size=size,
                left=frame.left + x * column + CELL_MARGIN,
                top=y,
                color=colors["ink"] if number else colors["white"],
                anchor="ctr",
                bold=number == 0,
            )
            yield from _text(lines, cell, 1)
        y += high


def _code(address: str) -> Iterator[str]:
    matrix = qr.matrix(address)
    side, left, top = 356.4, 560.4, 133.2  # the placeholder "Code" of the template, in pt
    module = side / (len(matrix) + 2 * qr.QUIET_ZONE)
    path = "".join(
        f"M{x + qr.QUIET_ZONE} {y + qr.QUIET_ZONE}h1v1h-1z"
        for y, row in enumerate(matrix)
        for x, dark in enumerate(row)
        if dark
    )
    yield (
        f'<path transform="translate({left} {top}) scale({module:.4f})" fill="#000" d="{path}"/>'
    )


def _box(x: float, y: float, width: float, height: float, color: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{color}"/>'
    )
