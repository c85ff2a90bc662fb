"""A slide as a picture, drawn from the same data as in PowerPoint: for guides and previews."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from pathlib import Path

from PIL import ImageColor

from drawings.shapes import Illustration, PaintedPath
from drawings.svg import shapes_svg
from pack import qr
from pack.contrast import luminance, ratio
from pack.markdown import TextRun
from pack.theme import SLIDE_FONTS, load_theme
from slides.arrange import stem
from slides.art import foot_of, illustrations
from slides.content import Line, SlideContent
from slides.direction import is_right_to_left, merged, parts
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
from slides.raster import fitted, logo_image, plate
from slides.text_metrics import families, height, leading, row_scale, rows, width

_FONTS = ", ".join(SLIDE_FONTS)

#: How far below the top of a row its letters stand, compared with their size.
_BASELINE = 0.95

#: Words in letters from right to left (UAX #9, classes R and AL), and the spaces between them.
_LETTERS = r"[\u0590-\u05ff\u061b-\u065f\u066e-\u08ff\ufb1d-\ufdfd\ufe70-\ufefc]+"
_WORDS_FROM_RIGHT = re.compile(f"({_LETTERS}(?: +{_LETTERS})*)")

#: What is turned round beside them.
_BRACKETS = ("()", "[]", "{}", "<>", "«»", "‹›")

#: The position of a text that is given by its end.
_ENDS = ' text-anchor="end"'

#: Text with less contrast to white than this, as on dark slides, is drawn dark on white paper.
_READABLE = 4.5


def picture(
    content: SlideContent,
    layout: Layout,
    alt: str,
    size: tuple[float, float],
    language: str,
    *,
    mirrored: bool = False,
    on_white: bool = False,
) -> str:
    """The slide as SVG.

    `alt` is its alternative text, `size` the width and height of the slide in pt, `language` that
    of its text. If `mirrored`, left and right change. With `on_white`, backgrounds are drawn white,
    with dark text: they take no toner.
    """
    width, height = size
    layout = _on_white(layout) if on_white else layout
    pen = _Pen(width if mirrored else 0, is_right_to_left(language))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f"<title>{escape(alt)}</title>{_rectangle(0, 0, width, height, layout.background)}"
        f"{''.join(_shapes(pen, content, layout, on_white=on_white))}</svg>"
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
    """A drawing for white paper: its bubbles need an outline in every ink, and a door is light."""
    shapes = tuple(map(_door_on_paper, drawing.shapes))
    if drawing.name == "Bubble":
        shapes = tuple(
            shape if shape.line else replace(shape, line="edge", weight=1.5) for shape in shapes
        )
    return replace(drawing, shapes=shapes)


def _door_on_paper(shape: PaintedPath) -> PaintedPath:
    """A door's leaf, and the light on the floor before it, as on sheets: in black ink, outlined."""
    if shape.fill == "glow":
        return replace(shape, fill="beam", line="edge", weight=1.5)
    if shape.fill == "leaf":
        return replace(shape, fill="solid", line="deep", weight=1.5)
    return shape


def _shapes(pen: "_Pen", content: SlideContent, layout: Layout, *, on_white: bool) -> Iterator[str]:
    frames = layout.frames
    for bar in layout.bars:
        yield pen.box(*bar)
    colors = load_theme().colors
    drawn = () if content.frames else illustrations(content, layout)
    drawn = tuple(map(_outlined, drawn)) if on_white else drawn
    drawn = tuple(one.mirrored(pen.across) for one in drawn) if pen.across else drawn
    yield from (shapes_svg(one.shapes, colors.__getitem__) for one in drawn if one.behind)
    for name, lines in {"Title": (content.title,), **content.texts}.items():
        if name not in frames or not lines:
            continue
        frame = frames[name]
        if name in content.heights:
            frame = frame.higher(content.heights[name] - frame.outer)
        frame = replace(frame, size=content.sizes.get(name, frame.size))
        yield from pen.text(lines, frame, content.numbers if name in NUMBERED else ())
    yield from (shapes_svg(one.shapes, colors.__getitem__) for one in drawn if not one.behind)
    # The name of the part of the talk, beside the track, and the numbers at the other side.
    if not content.frames and (foot := foot_of(content, layout.frames)):
        if foot.footer:
            yield from pen.text((Line((TextRun(foot.name),), ()),), foot.footer)
        if foot.help_line:
            yield from pen.text((Line(foot.numbers, ()),), foot.help_line)
    if content.table:
        yield from _table(pen, content, frames["Table"], layout.scale)
    if content.movie:
        x, y = movie_place(content, frames)
        yield pen.image(content.movie.poster, x, y, MOVIE_HEIGHT * 16 / 9, MOVIE_HEIGHT)
    if content.logo and "Logo" in frames:
        frame = frames["Logo"]
        room = round(frame.left), round(frame.top), round(frame.width), round(frame.outer)
        place = fitted(room, logo_image(content.logo.file).ratio)
        yield pen.box(*(plate(place, room) if layout.is_dark else place), "#ffffff")
        yield pen.image(content.logo.file, *place)
    if content.code:
        yield pen.code(content.code.address, frames["Code"])


@dataclass(frozen=True)
class _Pen:
    """Draws at places that are given from the left.

    `across` is the width in pt of a slide whose left and right change, otherwise 0. Text runs
    `from_right` to left, or from left to right.
    """

    across: float
    from_right: bool

    def text(
        self, lines: Sequence[Line], frame: Frame, numbers: Sequence[int] = ()
    ) -> Iterator[str]:
        """A text in its frame; its first lines have these `numbers`."""
        if frame.fill:
            yield self.box(*frame.box, frame.fill)
        frame = frame.mirrored(self.across) if self.across else frame
        row = _row_from_right if self.from_right else _row_from_left
        high = height(lines, frame)
        room = max(frame.height - high, 0)
        y = frame.top + {"t": 0.0, "ctr": room / 2, "b": room}[frame.anchor]
        for index, line in enumerate(lines):
            if frame.mark or index < len(numbers):
                mark = str(numbers[index]) if index < len(numbers) else frame.mark
                yield self._mark(mark, replace(frame, color=load_theme().colors["warm"]), y)
            for runs in rows(line, frame):
                yield row(runs, frame, y)
                y += leading(frame) * row_scale(runs)
            y += frame.before

    def _mark(self, mark: str, frame: Frame, y: float) -> str:
        """What precedes a paragraph: at the start of its margin."""
        x = frame.left
        if self.from_right:
            x += frame.width - width(Line((TextRun(mark),), ()), frame)
        return _words(x, y, escape(mark), frame)

    def code(self, address: str, frame: Frame) -> str:
        frame = frame.mirrored(self.across) if self.across else frame
        path, size = qr.path(address)
        place = f"translate({frame.left:g} {frame.top:g}) scale({frame.outer / size:.4f})"
        return f'<path transform="{place}" fill="#000" d="{path}"/>'

    def box(self, x: float, y: float, width: float, height: float, color: str) -> str:
        return _rectangle(self._left(x, width), y, width, height, color)

    def image(self, file: Path, x: float, y: float, width: float, height: float) -> str:
        return (
            f'<image href="{file.resolve().as_uri()}" x="{self._left(x, width):g}" y="{y:g}" '
            f'width="{width:g}" height="{height:g}"/>'
        )

    def _left(self, x: float, width: float) -> float:
        return self.across - x - width if self.across else x


def _row_from_left(row: Sequence[TextRun], frame: Frame, y: float) -> str:
    """A row of text whose line starts at `y`."""
    looks = [
        replace(frame, bold=run.bold or frame.bold, size=frame.size * run.scale) for run in row
    ]
    pieces = [
        (text, family, look)
        for look, runs in groupby(zip(looks, row, strict=True), lambda one: one[0])
        for text, family in families("".join(run.text for _, run in runs), bold=look.bold)
    ]
    x = frame.left + frame.indent
    large = replace(frame, size=frame.size * row_scale(row))
    if all(family == SLIDE_FONTS[0] for _, family, _ in pieces):
        spans = "".join(_span(*piece) for piece in pieces)
        if frame.centered:
            return _words(x + frame.line / 2, y, spans, large, ' text-anchor="middle"')
        return _words(x, y, spans, large)
    # Each has a place of its own: if a text has several fonts, resvg may fail to draw it.
    at = x + (frame.line - width(Line(tuple(row), ()), frame)) / 2 if frame.centered else x
    found = []
    for text, family, look in pieces:
        top = y + (large.size - look.size) * _BASELINE
        # Not all that draw SVG keep a space at the start.
        if shown := text.lstrip(" "):
            start = at + width(Line((TextRun(text[: len(text) - len(shown)]),), ()), look)
            found.append(_words(start, top, escape(shown), look, family=family))
        at += width(Line((TextRun(text),), ()), look)
    return "".join(found)


def _span(text: str, family: str, frame: Frame) -> str:
    font = "" if family == SLIDE_FONTS[0] else f' font-family="{family}"'
    weight = 700 if frame.bold else 400
    return f'<tspan font-weight="{weight}" font-size="{frame.size:g}"{font}>{escape(text)}</tspan>'


def _row_from_right(row: Sequence[TextRun], frame: Frame, y: float) -> str:
    """A row of text whose parts follow each other to the left.

    Each is drawn at a place of its own: not all that draw SVG place parts from right to left.
    """
    wide = width(Line(tuple(row), ()), frame)
    right = frame.left + frame.line
    x = right - (frame.line - wide) / 2 if frame.centered else right
    baseline = y + frame.size * row_scale(row) * _BASELINE
    found = []
    for part in parts(merged(row)):
        at = x - width(Line(part.runs, ()), frame)
        for run in part.runs:
            look = replace(frame, size=frame.size * run.scale, bold=run.bold or frame.bold)
            top = baseline - look.size * _BASELINE
            if part.is_left_to_right:
                own = replace(look, left=at, indent=0, centered=False)
                found.append(_row_from_left((replace(run, scale=1),), own, top))
                at += width(Line((run,), ()), frame)
                x -= width(Line((run,), ()), frame)
                continue
            for number, piece in enumerate(_WORDS_FROM_RIGHT.split(run.text)):
                start = x
                x -= width(Line((replace(run, text=piece),), ()), frame)
                if text := piece.strip():
                    space = piece[: piece.index(text)]
                    start -= width(Line((replace(run, text=space),), ()), frame)
                    pieces = (_words_from_right if number % 2 else _turned)(text, look)
                    found.append(_ending(start, top, pieces, look))
    return "".join(found)


def _words_from_right(text: str, frame: Frame) -> list[tuple[str, str]]:
    """Words in one piece, with the spaces between them: whoever draws them sees their direction."""
    _, family = next(families(text, bold=frame.bold))
    return [(text, family)]


def _turned(text: str, frame: Frame) -> list[tuple[str, str]]:
    """Punctuation in the order in which it stands from left to right."""
    return list(families("".join(map(_bracket, reversed(text))), bold=frame.bold))


def _ending(x: float, y: float, pieces: Sequence[tuple[str, str]], frame: Frame) -> str:
    """Text that ends at `x`, in pieces with their families: not all that draw SVG find the font."""
    if len(pieces) == 1:
        ((text, family),) = pieces
        return _words(x, y, escape(text), frame, _ENDS, family)
    return _words(x, y, "".join(_span(*piece, frame) for piece in pieces), frame, _ENDS)


def _bracket(character: str) -> str:
    """What a character looks like in a text from right to left, if it is a bracket."""
    pair = next((pair for pair in _BRACKETS if character in pair), character)
    return pair[1 - pair.index(character)] if len(pair) == 2 else character


def _words(
    x: float, y: float, text: str, frame: Frame, anchor: str = "", family: str = SLIDE_FONTS[0]
) -> str:
    """Escaped text in a row that starts at `y`."""
    weight = 700 if frame.bold else 400
    fonts = _FONTS if family == SLIDE_FONTS[0] else family
    return (
        f'<text x="{x:.1f}" y="{y + frame.size * _BASELINE:.1f}" font-size="{frame.size:g}" '
        f'fill="{frame.color}" font-family="{fonts}" font-weight="{weight}"{anchor} '
        f'xml:space="preserve">{text}</text>'
    )


def _table(pen: _Pen, content: SlideContent, frame: Frame, scale: float) -> Iterator[str]:
    colors = load_theme().colors
    column = frame.width / 2
    y = frame.top
    for number, row in enumerate(content.table):
        high = (row_height if number else head_height)(row, frame.width, scale, frame.face)
        if number == 0:
            yield pen.box(frame.left, y, frame.width, high, colors["deep"])
        for x, lines in enumerate(row):
            size = scale * (CELL_SIZE if x or number == 0 else REACH_SIZE)
            at = len(row) - 1 - x if pen.from_right and not pen.across else x
            cell = Frame(
                width=column - 2 * CELL_MARGIN * scale,
                height=high,
                outer=high,
                size=size,
                left=frame.left + at * column + CELL_MARGIN * scale,
                top=y,
                color=colors["ink"] if number else colors["white"],
                anchor="ctr",
                bold=number == 0,
            )
            yield from pen.text(lines, cell)
        y += high


def _rectangle(x: float, y: float, width: float, height: float, color: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{color}"/>'
    )
