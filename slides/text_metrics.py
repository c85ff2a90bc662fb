"""How wide and high text is on slides, and where its lines break.

Widths are measured with Arimo, whose metrics are Arial's, and adjusted to the typeface that is
shown.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import groupby

from PIL import ImageFont

from pack.markdown import TextRun
from pack.theme import TEMPLATES
from slides.content import BREAK, Line, Lines
from slides.frames import Frame

#: Where a word that is longer than a line may break: after these (UAX #14, classes SY, EX, HY).
_BREAK = re.compile(r"(?<=[/?])|(?<=-)(?!\d)")


def best_size(lines: Sequence[Line], frame: Frame, least: float) -> float | None:
    """The largest size in pt, at least `least`, at which the text fits its frame; None if none."""
    if frame.size >= least and height(lines, frame) <= frame.height:
        return frame.size
    sizes = [frame.size - step for step in range(1, math.floor(frame.size - least) + 1)]
    # Smaller text never needs more room.
    found = bisect_left(
        sizes, True, key=lambda size: height(lines, replace(frame, size=size)) <= frame.height
    )
    return sizes[found] if found < len(sizes) else None


def height(lines: Sequence[Line], frame: Frame) -> float:
    """The height of the paragraphs in a frame, in pt."""
    count = sum(_count(line, frame) for line in lines)
    return count * leading(frame) + frame.before * (len(lines) - 1)


@lru_cache(maxsize=1024)
def _count(line: Line, frame: Frame) -> float:
    """How many rows a paragraph has, larger ones counting for more.

    Cached, as it is needed at each size and for each school.
    """
    return sum(map(row_scale, rows(line, frame)))


def width(line: Line, frame: Frame) -> float:
    """The width of a paragraph in a single row, in pt."""
    return sum(_run_width(run, frame) for run in line.runs)


def row_scale(row: Sequence[TextRun]) -> float:
    """How high a row is compared with one in the text's own size."""
    return max((run.scale for run in row), default=1)


def leading(frame: Frame) -> float:
    """The distance between lines in pt."""
    return frame.exact or frame.size * frame.face.line * frame.spacing


def rows(line: Line, frame: Frame) -> list[list[TextRun]]:
    """The rows of a paragraph: it breaks at spaces and, if it must, inside words."""
    found: list[list[TextRun]] = [[]]
    used = 0.0
    space = _width(" ", frame, frame.bold)
    for spaces, word in _words(line):
        if word == [BREAK]:
            found.append([])
            used = 0.0
            continue
        wide = sum(_run_width(run, frame) for run in word)
        gap = space * spaces * word[0].scale if used else 0.0
        if used and used + gap + wide > frame.line:
            found.append([])
            used, gap = 0.0, 0.0
        if gap:
            found[-1].append(replace(word[0], text=" " * spaces))
            used += gap
        for piece in word if wide <= frame.line else _pieces(word, frame):
            wide = _run_width(piece, frame)
            if used and used + wide > frame.line:
                found.append([])
                used = 0.0
            found[-1].append(piece)
            used += wide
    return found


def _pieces(word: Sequence[TextRun], frame: Frame) -> Iterator[TextRun]:
    """The pieces of a word that is longer than a line, none of them longer than a line.

    It breaks where LibreOffice breaks it; PowerPoint, which fills every line, needs no more lines.
    """
    for run in word:
        for piece in _BREAK.split(run.text):
            while piece:
                count = len(piece)
                while count > 1 and _run_width(_start(run, piece, count), frame) > frame.line:
                    count -= 1
                yield _start(run, piece, count)
                piece = piece[count:]


def _start(run: TextRun, text: str, count: int) -> TextRun:
    return replace(run, text=text[:count])


def _words(line: Line) -> Iterator[tuple[int, list[TextRun]]]:
    """The words of a paragraph, each with the number of spaces before it.

    A word is in pieces where the style changes within it.
    """
    word: list[TextRun] = []
    spaces = 0
    for run in line.runs:
        for number, text in enumerate([run.text] if run == BREAK else run.text.split(" ")):
            if (number or run == BREAK) and word:
                yield spaces, word
                word, spaces = [], 0
            spaces += 1 if number else 0
            if text:
                word.append(replace(run, text=text))
        if run == BREAK:
            yield 0, [BREAK]
            word, spaces = [], 0
    if word:
        yield spaces, word


def smallest_height(lines: Lines, frame: Frame) -> float:
    """The height in pt of paragraphs at the smallest size that they may have in a frame."""
    return height(lines, replace(frame, size=min(frame.least or frame.size, frame.size)))


def with_breaks(line: Line, frame: Frame) -> Line:
    """A paragraph with its line breaks, if an address in it is longer than a line; else the same.

    To LibreOffice, a link is a single field: it would break it elsewhere, and count too few lines.
    """
    if not any(
        word[0].link and sum(_run_width(run, frame) for run in word) > frame.line
        for _, word in _words(line)
    ):
        return line
    runs: list[TextRun] = []
    for row in rows(line, frame):
        runs += [BREAK] if runs else []
        for _, same in groupby(row, lambda run: replace(run, text="")):
            pieces = list(same)
            runs.append(replace(pieces[0], text="".join(piece.text for piece in pieces)))
    return replace(line, runs=tuple(runs))


def _run_width(run: TextRun, frame: Frame) -> float:
    """The width of a run in pt."""
    return _width(run.text, frame, run.bold or frame.bold) * run.scale


def _width(text: str, frame: Frame, bold: bool) -> float:
    """The width of a text in pt."""
    if frame.capitals:
        text = text.upper()
    factor = frame.face.factor(bold=bold, capitals=frame.capitals)
    return _arial(text, frame.size, bold) * factor + frame.tracking * len(text)


@lru_cache(maxsize=8192)
def _arial(text: str, size: float, bold: bool) -> float:
    """The width of a text in Arial in pt, without kerning."""
    return sum([_advance(character, bold) for character in text]) * size / 2048


@lru_cache(maxsize=2048)
def _advance(character: str, bold: bool) -> float:
    """The width of a character in font units. (Measuring whole texts takes 20 times as long.)"""
    return float(_font(bold).getlength(character))


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    name = "Arimo-Bold.ttf" if bold else "Arimo-Regular.ttf"
    # At 2048 pixels, lengths are in font units.
    return ImageFont.truetype(
        TEMPLATES / "fonts" / name, 2048, layout_engine=ImageFont.Layout.BASIC
    )
