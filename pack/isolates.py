"""What runs from left to right within a text that runs from right to left (UAX #9).

There, "1-800-843-5678" after an Arabic word would be shown as "5678-843-800-1", and a comma between
two English names would exchange them. Whoever shows such a text sets these parts apart.
"""

import re
import unicodedata

#: Marks of Unicode around a part with its own direction: from left to right; by its first letter;
#: and the end of both.
LEFT_TO_RIGHT, FIRST_LETTER, END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{FIRST STRONG ISOLATE}", "\u2069"

#: Digits, and letters of scripts that run from left to right.
_SIGN = r"[0-9A-Za-zªµº\u00c0-\u02b8\u0370-\u052f\u1e00-\u1fff]"

#: What may stand before and after them as a part of a number: "$5", "(303) 555-0142", "13%".
_BEFORE, _AFTER = r"(?:\(\+?[0-9]+\) ?|(?<!\w)[+-]|[$£€#@])?", r"[%/°+]?"

#: A number, an address or a word, with marks inside: "1-800-843-5678", "ic3.gov/a?b=1", "Child's".
_WORD = rf"{_BEFORE}{_SIGN}+(?:[^\s\w\u2066-\u2069،؛؟]{{1,3}}{_SIGN}+)*{_AFTER}"

#: A name of several words: "988 Suicide & Crisis Lifeline".
_PART = re.compile(
    rf"[\u2066-\u2068][^\u2069]*\u2069|(?<!{_SIGN}){_WORD}(?:[ \xa0](?:& )?{_WORD})*"
)


_MARKS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def has_right_to_left(text: str) -> bool:
    """Whether a text has letters that are written from right to left."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def without_marks(text: str) -> str:
    """A text as people read it."""
    return text.translate(_MARKS)


def left_to_right(text: str) -> tuple[tuple[int, int], ...]:
    """Where the numbers, addresses and foreign words of a text start and end.

    What is already between marks is not among them.
    """
    found = (match.span() for match in _PART.finditer(text))
    return tuple((start, end) for start, end in found if text[start] not in "\u2066\u2067\u2068")
