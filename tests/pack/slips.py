"""Mistakes that people make in a content file, made at a place of the real one."""

import re
from collections.abc import Callable, Iterator
from random import Random

#: A file with a mistake, and the line that has it, counted from 1.
Mistake = tuple[str, int]
_Maker = Callable[[list[str], Random], int | None]

MAKERS: dict[str, _Maker] = {}


def _maker(function: _Maker) -> _Maker:
    MAKERS[function.__name__.strip("_").replace("_", " ")] = function
    return function


def make(name: str, text: str, random: Random) -> Mistake:
    """The text with a mistake of that name at a random place."""
    while True:
        lines = text.split("\n")
        number = MAKERS[name](lines, random)
        if number is not None:
            return "\n".join(lines), number + 1


def _structural(lines: list[str]) -> list[int]:
    """The lines that are entries, and no part of a longer text."""
    found: list[int] = []
    block_at: int | None = None
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if block_at is not None:
            if not line.strip() or indent > block_at:
                continue
            block_at = None
        if re.match(r" *(- )?[a-z_-]+:( |$)| *- ", line):
            found.append(number)
            if re.search(r"[|>]-?$", line):
                dash = re.match(r" *- (?=[a-z_-]+: )", line)
                block_at = len(dash[0]) if dash else indent
    return found


def _some(lines: list[str], pattern: str, random: Random) -> int:
    return random.choice([one for one in _structural(lines) if re.match(pattern, lines[one])])


def _edit(pattern: str, new: str, only: str = r".*") -> _Maker:
    """A maker that replaces a part of a line that an entry starts."""

    def edit(lines: list[str], random: Random) -> int:
        number = _some(lines, only, random)
        lines[number] = re.sub(pattern, new, lines[number], count=1)
        return number

    return edit


_TEXT = r" *(- )?(name|title|use|short|task|myth|fact|when|say): [A-Z][^#\"'|>]+$"
_POINT = r" +- [A-Z][^#\"'|>:]+$"

MAKERS |= {
    "a space is missing after the colon": _edit(r": ", ":", _TEXT),
    "a space is missing after the hyphen": _edit(r"- ", "-", _POINT),
    "a bullet instead of a hyphen": _edit(r"- ", "• ", _POINT),
    "a dash instead of a hyphen": _edit(r"- ", "– ", _POINT),
    "an asterisk instead of a hyphen": _edit(r"- ", "* ", _POINT),
    "a no-break space after the colon": _edit(r": ", ":\u00a0", _TEXT),
    "a no-break space in the indentation": _edit(r"^ ", "\u00a0", r" +[a-z]"),
    "a tab in the indentation": _edit(r"^  ", "\t", r"  +[a-z]"),
    "a quotation mark that never ends": _edit(r": (.+)$", r': "\1', _TEXT),
    "a single quotation mark that never ends": _edit(r": ([^']+)$", r": '\1", _TEXT),
    "a quotation mark at the end alone": _edit(r"$", '"', r" *- \"?[A-Z].*\"$|" + _TEXT),
    "text behind a closing quotation mark": _edit(
        r": (\S+) (.+)$", r': "\1" \2', _TEXT.replace("[A-Z]", r"[A-Z]\S* ")
    ),
    "a colon in a text": _edit(r": (\S+) ", r": \1: ", _TEXT),
    "a text that starts with a bracket": _edit(r": (.+)$", r": [\1", _TEXT),
    "a text that starts with a percent sign": _edit(r": (.+)$", r": % \1", _TEXT),
    "a text that starts with an at sign": _edit(r": (.+)$", r": @\1", _TEXT),
    "a hash in a text": _edit(r": (\S+) ", r": \1 #1 ", _TEXT),
    "one space too many": _edit(r"^", " ", r" +(?!- )[a-z_-]+: \S"),
    "two spaces too many": _edit(r"^", "  ", r" +(?!- )[a-z_-]+: \S"),
    "one space too few": _edit(r"^ ", "", r" +(?!- )[a-z_-]+: \S"),
    "a name with a capital": _edit(r"title:", "Title:", r" *title: "),
    "a name that is misspelled": _edit(r"title:", "titel:", r" *title: "),
    "an entry without a name": _edit(r"[a-z]+: ", "", _TEXT),
    "a merge conflict": _edit(r"(.*)", r"<<<<<<< HEAD\n\1\n=======\n\1\n>>>>>>> other", _TEXT),
    "a semicolon instead of a colon": _edit(r": ", "; ", _TEXT),
}


@_maker
def _a_bullet_too_far_in(lines: list[str], random: Random) -> int | None:
    number = _some(lines, _POINT, random)
    if not re.match(_POINT, lines[number - 1]):
        return None
    lines[number] = "  " + lines[number]
    return number


@_maker
def _a_bullet_one_space_too_far_left(lines: list[str], random: Random) -> int | None:
    number = _some(lines, _POINT, random)
    if not re.match(_POINT, lines[number - 1]):
        return None
    lines[number] = lines[number][1:]
    return number


@_maker
def _a_name_twice(lines: list[str], random: Random) -> int | None:
    number = _some(lines, r" *title: ", random)
    lines.insert(number, lines[number])
    return number + 1


@_maker
def _a_list_after_a_text(lines: list[str], random: Random) -> int | None:
    number = _some(lines, _TEXT, random)
    indent = len(lines[number]) - len(lines[number].lstrip())
    lines.insert(number + 1, " " * (indent + 2) + "- one more")
    return number + 1


@_maker
def _a_text_that_goes_on_at_the_margin(lines: list[str], random: Random) -> int | None:
    number = _some(lines, _TEXT, random)
    lines.insert(number + 1, "and this goes on here")
    return number + 1


def every(text: str, seed: int) -> Iterator[tuple[str, Mistake]]:
    """Each mistake once."""
    random = Random(seed)
    for name in MAKERS:
        yield name, make(name, text, random)
