"""How values are written in YAML, so that the reader gives them back, and as people would."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import ScalarEvent
from ruamel.yaml.resolver import implicit_resolvers

from editing.changes import CannotEdit, cleaned, settled
from pack.errors import ContentError
from pack.yaml_reader import read_text

#: The longest line that is written, but for words and texts that can't be broken.
WIDTH = 100

#: Texts are wrapped no narrower than this, however short the lines were before.
_NARROWEST = 72


@dataclass(frozen=True)
class Written:
    """A value as it is spelled in the file, in one line."""

    text: str


@dataclass(frozen=True)
class Habits:
    """How a file is written: how far parts are indented, and whether words are in brackets."""

    field_indent: int = 2
    list_indent: int = 2
    words_in_brackets: bool = True


@dataclass(frozen=True)
class OldText:
    """The text that another one replaces, so that it can be written alike.

    `header` is that of a text in a block, such as “>-”; `lines` are its lines as they are in the
    file, from the second on with their indentation.
    """

    style: str
    text: str
    header: str = ""
    lines: tuple[str, ...] = ()


def spelled(
    text: str,
    opening: str,
    column: int,
    tail: str = "",
    below: str = "",
    old: OldText | None = None,
) -> list[str]:
    """The lines of an entry whose value is a text; the first starts with the last of `opening`.

    `opening` is all from the entry's first character to where the text starts, `column` that of
    the entry; `tail` is the comment on the line, `below` are the comments on the next lines.
    """
    before, _, head = opening.rpartition("\n")
    frame = before + "\n" if before else ""
    space = " " if head[-1:] in (":", "-") else ""
    wanted = _with_text(_read(f"{frame}{head}{space}x"), text)
    for first, *rest in _candidates(text, head + space, column, tail, old):
        lines = [head + space + first, *rest]
        if _read(frame + "\n".join((*lines, below))) == wanted:
            return lines
    raise CannotEdit("This text can't be written into the file.")


def _read(text: str) -> Any:
    """What the reader finds in the lines of an entry; None if it refuses them."""
    above = "list:\n" if text.lstrip(" ").startswith("-") else ""
    try:
        return read_text((above + text).encode(), Path("text.yaml"))[0]
    except ContentError:
        return None


def _with_text(value: Any, text: str) -> Any:
    """An entry with another text at the end of what it is made of."""
    if isinstance(value, dict):
        return {name: _with_text(part, text) for name, part in value.items()}
    return tuple(_with_text(part, text) for part in value) if isinstance(value, tuple) else text


def _scalars_in(text: str) -> list[str]:
    """The texts in a few lines, as the parser finds them; none if they are no YAML."""
    try:
        events = list(YAML(typ="safe", pure=False).parse(text))
    except YAMLError:
        return []
    return [event.value for event in events if isinstance(event, ScalarEvent)]


def _candidates(
    text: str, head: str, column: int, tail: str, old: OldText | None
) -> Iterator[list[str]]:
    """Ways to write a text, the best first; the first line of each without `head`."""
    style = old.style if old else ""
    whole = text.rstrip("\n")
    several = "\n" in whole
    # A last line of spaces can't be told from the blank lines below a block.
    can_be_block = bool(whole.rpartition("\n")[2].strip())
    if can_be_block:
        if old and style == ">":
            yield _folded(text, column, tail, old)
        elif not old and not several and len(head) + len(text) > WIDTH:
            yield _folded(text, column, tail, OldText(">", "", ">-"))
        if style in ("|", ">") or several:
            yield from _literal(text, column, tail, old)
    yield from _in_lines(text, head, column, tail, old)
    if can_be_block:
        yield from _literal(text, column, tail, old)


def _in_lines(
    text: str, head: str, column: int, tail: str, old: OldText | None
) -> Iterator[list[str]]:
    """A text that starts in the line of its entry, with or without quotation marks."""
    style = old.style if old else ""
    marks = [""] if style == "" and not _misread(text, old) else []
    marks += [style] if style in ("'", '"') else []
    for mark in (*marks, *_quotation_marks(text)):
        written = _quoted(text, mark)
        if old and style in ("", "'", '"') and len(old.lines) > 1 and "\\n" not in written:
            yield _wrapped(written, head, column, tail, old)
        yield [written + tail]


def _quotation_marks(text: str) -> list[str]:
    """Double ones, unless they would have to be escaped."""
    marks = ['"', "'"]
    escaped = ('"' in text or "\\" in text) and "'" not in text and "\n" not in text
    return marks[::-1] if escaped else marks


def _quoted(text: str, mark: str) -> str:
    if mark == "'":
        return "'" + text.replace("'", "''") + "'"
    if mark == '"':
        text = text.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + text.replace("\n", "\\n").replace("\t", "\\t") + '"'
    return text


def _misread(text: str, old: OldText | None) -> bool:
    """Whether a text without quotation marks is a number, date, yes or no for other tools.

    If the old one was, too, the field is one for such things.
    """
    if not text or not text.strip():
        return True
    kinds = _kinds(text)
    if "tag:yaml.org,2002:null" in kinds:
        return True
    return bool(kinds - (_kinds(old.text) if old and not old.style else set()))


def _kinds(text: str) -> set[str]:
    """What a plain text is for the various versions of YAML, if not text."""
    return {tag for _, tag, pattern, *_ in implicit_resolvers if pattern.match(text)}


def _literal(text: str, column: int, tail: str, old: OldText | None) -> Iterator[list[str]]:
    whole = text.rstrip("\n")
    breaks = len(text) - len(whole)
    indent = _block_indent(column, old)
    rows = [" " * indent + row if row else "" for row in whole.split("\n")]
    rows += [""] * (breaks - 1)
    deep = str(indent - column) if whole[:1] in (" ", "\n") else ""
    if old and old.style == "|":
        yield [old.header + tail, *rows]
    yield ["|" + deep + _chomping(breaks) + tail, *rows]


def _chomping(breaks: int) -> str:
    """What the header of a block says of the line breaks at the end of its text."""
    return "-" if breaks == 0 else "" if breaks == 1 else "+"


def _block_indent(column: int, old: OldText | None) -> int:
    if old and old.style in ("|", ">"):
        if digit := re.search(r"\d", old.header):
            return column + int(digit[0])
        if filled := [row for row in old.lines if row.strip()]:
            return len(filled[0]) - len(filled[0].lstrip(" "))
    return column + 2


def _folded(text: str, column: int, tail: str, old: OldText) -> list[str]:
    whole = text.rstrip("\n")
    breaks = len(text) - len(whole)
    indent = _block_indent(column, old)
    width = _width(old.lines)
    rows: list[str] = []
    for number, paragraph in enumerate(whole.split("\n")):
        rows += [""] if number else []
        if paragraph:
            kept = [row.strip(" ") for row in old.lines]
            wrapped = _lines_of(paragraph, width - indent, width - indent, kept)
            rows += [" " * indent + row for row in wrapped]
    header = re.sub(r"[+-]", "", old.header) + _chomping(breaks)
    if "+" in old.header and breaks:
        header = old.header
    return [header + tail, *rows, *[""] * (breaks - 1)]


def _wrapped(whole: str, head: str, column: int, tail: str, old: OldText) -> list[str]:
    """A plain or quoted text on several lines."""
    second = old.lines[1]
    indent = max(len(second) - len(second.lstrip(" ")), column + 1)
    width = _width((head + old.lines[0], *old.lines[1:]))
    kept = [row.strip(" ") for row in old.lines]
    first, *rest = _lines_of(whole, width - len(head), width - indent, kept)
    rows = [first, *(" " * indent + row for row in rest)]
    return [*rows[:-1], rows[-1] + tail]


def _width(lines: Sequence[str]) -> int:
    return min(WIDTH, max(_NARROWEST, *map(len, lines))) if lines else 88


def _lines_of(text: str, first: int, width: int, old: Sequence[str]) -> list[str]:
    """A paragraph in lines of a width, with those of the old lines that it starts or ends with."""
    words = re.split(r"(?<! ) (?! )", text)
    rows = [re.split(r"(?<! ) (?! )", row) for row in old]
    above = 0
    while above < len(rows) - 1 and _starts(words, rows[: above + 1]):
        above += 1
    words = words[sum(map(len, rows[:above])) :]
    room = width if above else first
    # No line may be much shorter than the others where the old lines go on.
    for below in range(above, len(rows) + 1):
        rest = sum(map(len, rows[below:]))
        if not _starts(words[::-1], [row[::-1] for row in rows[below:][::-1]]):
            continue
        middle = _filled(words[: len(words) - rest], room, width)
        if not rest or len(middle[-1]) > width * 0.6:
            break
    return [*old[:above], *middle, *old[below:]]


def _starts(words: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a paragraph starts with these lines, and has more words."""
    start = [word for row in rows for word in row]
    return len(words) > len(start) and [*words[: len(start)]] == start


def _filled(words: Sequence[str], first: int, width: int) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= (first if len(lines) == 1 else width):
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def in_line(value: Any, space: str = "") -> str:
    """A value as it is written within brackets; `space` is what stands inside braces."""
    if isinstance(value, Written):
        return value.text
    if isinstance(value, bool | int):
        return str(settled(value))
    if isinstance(value, Mapping):
        fields = [f"{name_in_line(name)}: {in_line(part, space)}" for name, part in value.items()]
        return "{" + space + ", ".join(fields) + space + "}" if fields else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(in_line(part, space) for part in value) + "]"
    return text_in_line(settled(value))


def text_in_line(text: str, old: OldText | None = None) -> str:
    """A text as it is written within brackets."""
    style = old.style if old else ""
    marks = [] if style or _misread(text, old) else [""]
    marks += [style] if style in ("'", '"') else []
    for mark in (*marks, *_quotation_marks(text)):
        found = _quoted(text, mark)
        values = _scalars_in(f"- {{k: {found}}}\n- [{found}, {found}]\n")
        if values == ["k", text, text, text] and "\n" not in found:
            return found
    raise CannotEdit("This text can't be written into the file.")


def name_in_line(name: str) -> str:
    """A name as it is written before a colon."""
    name = cleaned(name)
    for found in (name, _quoted(name, '"')):
        values = [_scalars_in(f"{{{found}: x}}"), _scalars_in(f"{found}: x")]
        if values == [[name, "x"]] * 2 and (found != name or not _misread(name, None)):
            return found
    raise CannotEdit(f"“{name}” can't be used as a name.")


def laid_out(
    value: Any,
    opening: str,
    column: int,
    habits: Habits,
    tail: str = "",
    below: str = "",
    in_braces: bool = False,
) -> list[str]:
    """The lines of an entry with a value, from its own start at `column` on.

    `opening` is its first line up to the colon or hyphen; `tail` is the comment there, `below` are
    those that follow the entry. `in_braces` is wanted for short ones.
    """
    if isinstance(value, str):
        return spelled(settled(value), opening, column, tail, below)
    parts = isinstance(value, Mapping | list | tuple)
    if not parts or not value or (in_braces or _is_words(value, habits)):
        line = f"{opening} {in_line(value)}"
        if not parts or not value or is_short(line):
            return [line + tail]
    dash = opening.endswith("-")
    if isinstance(value, Mapping):
        inner = column + (2 if dash else habits.field_indent)
        entries = [(f"{name_in_line(name)}:", part) for name, part in value.items()]
    else:
        inner = column + (2 if dash else habits.list_indent)
        entries = [("-", part) for part in value]
    # The reader takes “- - ” for a mistake.
    beside = dash and not tail and isinstance(value, Mapping)
    lines = [] if beside else [opening + tail]
    for number, (start, part) in enumerate(entries, start=1):
        first = " " * inner + start if lines else f"{opening} {start}"
        under = below if number == len(entries) else ""
        lines += laid_out(part, first, inner, habits, below=under)
    return lines


def is_short(line: str) -> bool:
    """Whether a value in brackets is better read in a line than in several."""
    return len(line) <= WIDTH and "\\n" not in line


def _is_words(value: Any, habits: Habits) -> bool:
    """Whether these are a few ids or the like, which are written in one line."""
    return (
        habits.words_in_brackets
        and isinstance(value, list | tuple)
        and all(
            isinstance(one, int | Written) or (isinstance(one, str) and " " not in one.strip())
            for one in value
        )
    )
