"""How wide and high text is on slides, and where its lines break.

Widths are measured with Arimo, whose metrics are Arial's, and adjusted to the typeface that is
shown; those of scripts that it doesn't have with our fonts for pictures of slides.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pack.markdown import TextRun
from pack.scripts import every_slide_face
from pack.theme import slide_font_files
from slides.content import BREAK, Line, Lines
from slides.frames import Frame

if TYPE_CHECKING:
    from uharfbuzz import Font

#: Letters that are joined or change beside others: from Hebrew to Georgian, and their old forms.
_SHAPED = re.compile(r"[\u0590-\u10ff\u1200-\u1cff\ua840-\uabff\ufb1d-\ufdff\ufe70-\ufefc]+")

#: Signs of Chinese, Japanese and Korean, which are as wide as they are high.
_SQUARE = r"\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"

#: What Arial has no letters for: the typeface that is shown says nothing about its width.
_NOT_ARIAL = re.compile(rf"([\u0590-\u1cff{_SQUARE}\ua840-\uabff\ufb1d-\ufdff\ufe70-\ufefc]+)")

#: A line may break between two of these without a space, but not before what closes or after what
#: opens (UAX #14, classes ID, CL, NS, EX and OP).
_CLOSING = "!%),.:;?]}¢°·‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞﹞！＂％＇），．：；？］｀｜｝～々ー"
_OPENING = "$([{£¥‘“‹《〈「『【〔〖〝﹗﹙﹛＄（［｛￡￥"
_BETWEEN_SIGNS = re.compile(
    rf"(?<=[{_SQUARE}’”…])(?<![{re.escape(_OPENING)}])(?![{re.escape(_CLOSING)}\xa0])"
    rf"|(?<![{re.escape(_OPENING)}\xa0])(?=[{_SQUARE}])(?![{re.escape(_CLOSING)}])"
)

#: Punctuation that Latin has, too, by a sign that is as wide as it is in Chinese.
_FULL_WIDTH = str.maketrans(dict.fromkeys("‘’“”…—", "一"))

#: The number of a family's name in a font (OpenType, "name" table).
_FAMILY = 1

#: By how much taller a row with such signs is than one in Arial: 1.32 to 1.15 in YaHei.
_TALLER = 1.15
_TALL = re.compile(f"[{_SQUARE}]")

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
    """How high a row is compared with one of Latin letters in the text's own size."""
    return max((run.scale * _tallness(run.text) for run in row), default=1)


@lru_cache(maxsize=4096)
def _tallness(text: str) -> float:
    return _TALLER if is_tall(text) else 1


def is_tall(text: str) -> bool:
    """Whether a text has signs of Chinese, Japanese or Korean."""
    return bool(_TALL.search(text))


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

    A word is in pieces where the style changes within it. In Chinese, nearly every sign is one.
    """
    word: list[TextRun] = []
    spaces = 0
    for run in line.runs:
        for number, text in enumerate([run.text] if run == BREAK else run.text.split(" ")):
            if (number or run == BREAK) and word:
                yield spaces, word
                word, spaces = [], 0
            spaces += 1 if number else 0
            for piece in _BETWEEN_SIGNS.split(text) if _TALL.search(text) else (text,):
                if word and piece and _breaks_between(word[-1].text, piece):
                    yield spaces, word
                    word, spaces = [], 0
                if piece:
                    word.append(replace(run, text=piece))
        if run == BREAK:
            yield 0, [BREAK]
            word, spaces = [], 0
    if word:
        yield spaces, word


def count_words(text: str) -> int:
    """How many words a text has, between which it may break; a sign of Chinese is one."""
    return sum(1 for _ in _words(Line((TextRun(text),), ())))


def _breaks_between(one: str, other: str) -> bool:
    """Whether a line may break between two texts with no space between them."""
    match = _BETWEEN_SIGNS.match(one[-1:] + other[:1], 1)
    return bool(match) and bool(_TALL.search(one[-1:] + other[:1]))


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
    wide = 0.0
    for number, part in enumerate(_NOT_ARIAL.split(_full_width(text))):
        wide += _width_in_arial(part, frame.size, bold) * (1 if number % 2 else factor)
    return wide + frame.tracking * len(text)


def _full_width(text: str) -> str:
    """A text in which punctuation beside Chinese is as wide as there."""
    return text.translate(_FULL_WIDTH) if _TALL.search(text) else text


@lru_cache(maxsize=8192)
def _width_in_arial(text: str, size: float, bold: bool) -> float:
    """The width of a text in pt, in Arial or the font that has its letters, without kerning."""
    if _SHAPED.match(text):
        return _shaped(text, bold) * size / 2048
    return sum([_advance(character, bold) for character in text]) * size / 2048


def _shaped(text: str, bold: bool) -> float:
    """The width of a word whose letters depend on each other, in 2048ths of its size."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    font = _font_with(text[0], bold)
    uharfbuzz.shape(font, buffer)
    wide = sum(glyph.x_advance for glyph in buffer.glyph_positions)
    return float(wide * 2048 / font.face.upem)


@lru_cache(maxsize=2048)
def _advance(character: str, bold: bool) -> float:
    """The width of a character in 2048ths of its size."""
    if "\u2066" <= character <= "\u2069":
        return 0.0  # marks of direction
    font = _font_with(character, bold)
    glyph = font.get_nominal_glyph(ord(character)) or 0
    wide = font.get_glyph_h_advance(glyph)
    return float(wide * 2048 / font.face.upem)


def families(text: str, *, bold: bool) -> Iterator[tuple[str, str]]:
    """A text in pieces, each with the family of the font that has its letters."""
    shown = zip(text, _full_width(text), strict=True)
    for family, piece in groupby(shown, lambda pair: _family(pair[1], bold)):
        yield "".join(character for character, _ in piece), family


@lru_cache(maxsize=2048)
def _family(character: str, bold: bool) -> str:
    return str(_font_with(character, bold).face.get_name(_FAMILY))


@lru_cache(maxsize=2048)
def _font_with(character: str, bold: bool) -> "Font":
    """The first font that has a character: Arimo, if none has.

    A font in the other weight only counts if there is none in this.
    """
    fonts = map(_font, _font_files(bold))
    found = (font for font in fonts if font.get_nominal_glyph(ord(character)))
    return next(found, _font(_font_files(bold)[0]))


@cache
def _font_files(bold: bool) -> tuple[str, ...]:
    """The fonts of slides, Arimo first, and those of a script last."""
    weight = "Bold" if bold else "Regular"
    common = sorted(slide_font_files(), key=lambda file: len(Path(file).name))
    found = [*common, *(str(face.file) for face in every_slide_face())]
    return tuple(sorted(found, key=lambda file: weight not in Path(file).name))


@cache
def _font(file: str) -> "Font":
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(file)))
