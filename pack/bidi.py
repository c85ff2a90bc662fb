"""Numbers, addresses and names in Latin letters that stand in text from right to left.

The bidirectional algorithm (UAX #9) turns the groups of a telephone number around: 1-800-225-5324
would be read as 5324-225-800-1. So renderers isolate whatever is written from left to right.
"""

import re
from collections.abc import Iterator

#: Letters that are written from right to left: Hebrew, Syriac, Arabic, Thaana and others.
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"

#: A piece between them, or between signs that separate items, from its first letter or digit to its
#: last, with the signs that belong to a number. Commas separate numbers, but not words.
_PIECES = re.compile(rf"[^{_RIGHT_TO_LEFT}·•|\n]+")
_CORE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_BEFORE, _AFTER = re.compile(r"[+$€£#@−-]$"), re.compile(r"^[%+°/]")
_LIST = re.compile(r"[,;:]\s+")


def left_to_right(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each piece of a text that must be isolated, in order.

    `text` is a paragraph, or a part of one in a single style.
    """
    for piece in _PIECES.finditer(text):
        for start, end in _items(text, *piece.span()):
            if core := _CORE.search(text, start, end):
                yield _with_signs(text, *core.span(), start, end)


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The piece itself if it has words, otherwise the numbers that it lists."""
    if not re.search(r"[^\W\d_]", text[start:end]):
        for mark in _LIST.finditer(text, start, end):
            yield start, mark.start()
            start = mark.end()
    yield start, end


def _with_signs(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """A piece with the signs of its numbers, and with both of its parentheses."""
    inside = text[start:end]
    if inside.count(")") > inside.count("(") and text[first:start].endswith("("):
        start -= 1
    elif inside.count("(") > inside.count(")") and text[end:last].startswith(")"):
        end += 1
    if _BEFORE.search(text[first:start]):
        start -= 1
    if _AFTER.search(text[end:last]):
        end += 1
    return start, end
