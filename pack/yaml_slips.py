"""Common mistakes of people who don't know YAML, recognized in the lines of a file.

Some are valid YAML with another meaning: text after “ #” is a comment, and a bullet indented two
spaces too far belongs to the text above. A parser accepts them silently (`silent_slips`). Others
stop the parser far from where they are: `slip_behind` finds the line that needs fixing.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from pack.problems import Fault


class Slip(NamedTuple):
    """The place of a slip, line and column counted from 1, and what is wrong."""

    line: int
    column: int
    fault: Fault


@dataclass(frozen=True)
class _YamlLine:
    """A line that is part of the structure: not blank, no comment, not inside a longer text.

    `number` counts from 1. `dashes` and `key` are what stands before its `value`, which starts at
    `column`, from 0; `own` is the column that the entry itself starts at.
    """

    number: int
    text: str
    indent: int
    own: int
    dashes: int
    key: str | None
    value: str
    column: int

    @property
    def is_entry(self) -> bool:
        return self.key is not None or self.dashes > 0

    @property
    def block_at(self) -> int:
        """The column that a text after “|” or “>” on this line must be to the right of."""
        return self.own if self.key is not None else max(self.own - 2, self.indent)

    @property
    def text_at(self) -> int:
        """The column that a further line of its text must be to the right of."""
        return self.own if self.key is not None else self.indent

    @property
    def is_plain(self) -> bool:
        """Whether it starts a text without quotation marks."""
        return bool(self.value) and self.value[0] not in "\"'[{|>&*!#"


_ENTRY = re.compile(
    r"(?P<dashes>(?:- +)*(?:-$)?)"
    r"(?:(?P<key>[^\s#:\"'\[\]{},][^:#]*?|\"[^\"\\]*\"|'[^']*'):(?: +|$))?"
)
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
#: The same within brackets, where a quotation mark in the middle of a text is part of it.
_QUOTED_INSIDE = re.compile(rf"((?:^|[\[{{,]|: ) *)(?:{_QUOTED.pattern})")
_BLOCK_TEXT = re.compile(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
_CONFLICT = re.compile(r"<{7}( |$)|={7}$|>{7}( |$)")
_BULLET = re.compile(r"[•‣▪●–—·*] *(?=\S)")
_NO_SPACE = re.compile(r"(?:- +)*(?P<key>[a-z_]+):(?=[^\s/])")
_LIST_MARK = re.compile(r"(?:[-*•–] |\d{1,2}[.)] )")
_NBSP = "\u00a0"


def _lines(text: str) -> Iterator[_YamlLine]:
    """The lines of the structure, without those inside longer texts and brackets."""
    block_at: int | None = None  # the column that a text after “|” or “>” must be right of
    open_until = ""  # what ends a text in quotation marks, or a list in brackets
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip(" ")
        indent = len(line) - len(line.lstrip(" "))
        if block_at is not None:
            if not stripped or indent > block_at:
                continue
            block_at = None
        if open_until:
            open_until = _still_open(stripped, open_until)
            continue
        if not stripped or stripped[0] == "#" or stripped in ("---", "..."):
            continue
        found = _ENTRY.match(stripped)
        assert found  # noqa: S101 (it matches anything)
        dashes, key = found["dashes"], found["key"]
        value = stripped[found.end() :]
        own = indent + len(dashes)
        entry = _YamlLine(
            number, line, indent, own, dashes.count("-"), key, value, indent + found.end()
        )
        yield entry
        if _BLOCK_TEXT.match(value):
            block_at = entry.block_at
        elif value and value[0] in "\"'[{":
            open_until = _still_open(value[1:], {"[": "]", "{": "}"}.get(value[0], value[0]))


def _still_open(text: str, end: str) -> str:
    """What must still come to end a text or brackets; empty if it has come."""
    if end == '"':
        return "" if re.search(r'(?<!\\)(?:\\\\)*"', text) else end
    if end == "'":
        return "" if text.replace("''", "").count("'") else end
    depth = 1
    for character in _QUOTED_INSIDE.sub(r"\1", text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(character, 0)
        if depth == 0:
            return ""
    return end


def silent_slips(text: str) -> Iterator[Slip]:
    """Valid YAML that nobody can have meant."""
    before: _YamlLine | None = None  # the line that starts the text which this one may go on with
    entries: list[_YamlLine] = []  # the last three entries
    for line in _lines(text):
        if _CONFLICT.match(line.text):
            yield _conflict(line)
            continue
        yield from _cut_off(line)
        if slip := _bullet(line) or _no_space(line, _field_names()) or _hard_space(line):
            yield slip
        elif before and line.indent > before.text_at and _LIST_MARK.match(line.text.strip()):
            above = entries[-2] if len(entries) > 1 else None
            if above and above.dashes and above.indent == line.indent:
                yield _move(before, [line.indent])  # it is the one between that stands out
                return
            yield _joined(line, before)
        if not (before and line.indent > before.text_at and not line.key):
            before = line if line.is_plain and line.is_entry else None
        if line.is_entry:
            entries = [*entries[-2:], line]
        if line.is_plain and line.value.rstrip().endswith('"') and line.value.count('"') % 2:
            yield _lone_quotation_mark(line)
    yield from _inside_texts(text)


def slip_behind(text: str, stopped: int) -> Slip | None:
    """The slip that stopped the parser at a line, counted from 1; None if it isn't a known one."""
    lines = [line for line in _lines(text) if line.number <= stopped + 1]
    names = _field_names()
    for line in lines:
        for slip in (_no_space(line, names), _hard_space(line), _bullet(line)):
            if slip:
                return slip
        if _CONFLICT.match(line.text):
            return _conflict(line)
    return _open_quotation(text, stopped) or _open_bracket(text, stopped) or _misplaced(lines)


def _conflict(line: _YamlLine) -> Slip:
    return Slip(
        line.number,
        1,
        Fault(
            "these are two versions of the same lines, left by a merge for you to choose from",
            "Keep one of the two, and delete the lines with <<<<<<<, =======, >>>>>>>.",
        ),
    )


def _cut_off(line: _YamlLine) -> Iterator[Slip]:
    """Text after “ #”, which YAML treats as a comment."""
    value = line.value
    if not value or _BLOCK_TEXT.match(value) or value[0] in "[{":
        return
    start = 0
    if value[0] in "\"'":
        whole = _QUOTED.match(value)
        if not whole:
            return
        start = whole.end()
    # A comment has a space after its mark, or at least two before it.
    found = re.compile(r"(?<=\S)( +)#(?:[^\s#!]|(?<=[^ ] #) \d)").search(value, max(start - 1, 0))
    if found:
        cut = value[found.start() :].strip()
        text = value if start == 0 else value[1 : start - 1] + value[start:]
        quoted = '"' + text.strip().replace('"', "”") + '"'
        yield Slip(
            line.number,
            line.column + found.end(1) + 1,
            Fault(
                f"“{cut[:40]}” would not be printed: text after “ #” is a comment",
                f"Put quotation marks around the whole text: {quoted[:80]} "
                "(a comment has a space after the “#”).",
            ),
        )


def _bullet(line: _YamlLine) -> Slip | None:
    """A bullet from Word where YAML wants a hyphen."""
    found = _BULLET.match(line.text, line.indent)
    if not found or (line.text[line.indent] == "*" and found[0] == "*"):
        return None
    fixed = line.text[: line.indent] + "- " + line.text[found.end() :]
    return Slip(
        line.number,
        line.indent + 1,
        Fault(
            f"a list entry starts with a hyphen and a space, not with “{found[0].strip()}”",
            f"Write this line as: {fixed.strip()[:80]}",
        ),
    )


def _no_space(line: _YamlLine, names: Collection[str]) -> Slip | None:
    """“-text” and “name:text”: both need a space."""
    text = line.text.strip()
    if re.match(r"-(?=[^-\s\d.])", text):
        fixed = "- " + text[1:]
        what = "a space is missing after this hyphen"
    elif (found := _NO_SPACE.match(text)) and found["key"] in names:
        fixed = f"{text[: found.end()]} {text[found.end() :]}"
        what = f"a space is missing after “{found['key']}:”"
    else:
        return None
    return Slip(line.number, line.indent + 1, Fault(what, f"Write this line as: {fixed[:80]}"))


def _hard_space(line: _YamlLine) -> Slip | None:
    """A no-break space, which looks like a space but isn't one in YAML."""
    head = re.match(rf"[ {_NBSP}]*(?:-[ {_NBSP}]*)*(?:[\w-]+:[ {_NBSP}])?", line.text)
    if head and _NBSP in head[0]:
        return Slip(
            line.number,
            line.text.index(_NBSP) + 1,
            Fault(
                "there is a no-break space here, which YAML doesn't treat as a space",
                "Delete it, and type an ordinary space.",
            ),
        )
    return None


def _joined(line: _YamlLine, before: _YamlLine) -> Slip:
    """A bullet indented farther than the one above, which would be joined to its text."""
    column = before.indent
    mark = line.text.strip()
    return Slip(
        line.number,
        line.indent + 1,
        Fault(
            f"this line is too far in, and would be joined to the text of line {before.number}",
            f"Start it in column {column + 1}: {' ' * column}{mark[:60]}",
        ),
    )


def _lone_quotation_mark(line: _YamlLine) -> Slip:
    return Slip(
        line.number,
        len(line.text.rstrip()),
        Fault(
            "this quotation mark would be printed: there is none at the beginning of the text",
            f'Remove it, or add the other one: "{line.value.strip()[:60]}',
        ),
    )


def _inside_texts(text: str) -> Iterator[Slip]:
    """In a text after “|” or “>”: entries indented too far, and lists whose lines “>” joins."""
    rows, names = text.split("\n"), _field_names()
    for start in _lines(text):
        if not _BLOCK_TEXT.match(start.value):
            continue
        before = ""
        folded = start.value.startswith(">")
        for number, row in enumerate(rows[start.number :], start=start.number + 1):
            if row.strip() and _indent(row) <= start.block_at:
                break
            entry = re.match(r" *([a-z_]+): +\S", row)
            if entry and entry[1] in names and _indent(row) == start.own + 1:
                yield _move(start, [_indent(row)])  # it is the line above that stands out
                break
            if entry and entry[1] in names:
                what = f"“{entry[1]}:” is indented too far, and would be part of the text above"
                remedy = f"Start it in the same column as “{start.key}” in line {start.number}."
                yield Slip(number, _indent(row) + 1, Fault(what, remedy))
            listed = folded and _LIST_MARK.match(row.strip())
            if listed and before.strip() and _indent(row) == _indent(before):
                yield Slip(
                    number,
                    _indent(row) + 1,
                    Fault(
                        "this entry would be joined to the line above: “>” joins lines",
                        f"Write “|” instead of “>” in line {start.number}.",
                    ),
                )
                break
            before = row


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _open_quotation(text: str, stopped: int) -> Slip | None:
    """A quotation mark that is opened and not closed in its line, with an entry in the next."""
    rows = text.split("\n")
    for line in _lines(text):
        if line.number > stopped:
            return None
        if not line.value or line.value[0] not in "\"'":
            continue
        mark = line.value[0]
        if not _still_open(line.value[1:], mark):
            continue
        following = next((row for row in rows[line.number :] if row.strip()), "")
        if re.match(r" *(?:- |[a-z_-]+:(?: |$)|#)", following) or _indent(following) <= line.indent:
            return Slip(
                line.number,
                line.column + 1,
                Fault(
                    "a quotation mark is opened but never closed",
                    f"Close it at the end of its text: {line.value.strip()[:60]}{mark}",
                ),
            )
    return None


def _open_bracket(text: str, stopped: int) -> Slip | None:
    """A bracket that is opened and not closed in its line, with an entry in the next."""
    rows = text.split("\n")
    for line in _lines(text):
        if line.number > stopped or not line.value or line.value[0] not in "[{":
            continue
        end = {"[": "]", "{": "}"}[line.value[0]]
        following = next((row for row in rows[line.number :] if row.strip()), "")
        if _still_open(line.value[1:], end) and re.match(r" *(?:- +)?[a-z_-]+:( |$)", following):
            return Slip(
                line.number,
                line.column + 1,
                Fault(
                    f"a “{line.value[0]}” is opened but never closed",
                    f"Close it with “{end}”; or, if it is part of a text, put quotation marks "
                    f'around the text: "{line.value.strip()[:60]}"',
                ),
            )
    return None


def _misplaced(lines: Sequence[_YamlLine]) -> Slip | None:
    """The first line whose indentation doesn't match the lines above it."""
    levels: list[int] = []
    before: _YamlLine | None = None
    for line in lines:
        if before is None:
            levels = [line.indent]
        elif not line.is_entry:
            if not (before.is_plain and line.indent > before.text_at):
                return _no_entry(line, before)
        else:
            opens = before.is_entry and not before.value.split("#")[0].strip()
            inner = before.own if before.dashes and before.key is not None else None
            if line.indent > levels[-1] and not opens and line.indent != inner:
                if before.is_plain and line.key and line.key not in _field_names():
                    return None  # a continued text with a colon in it
                if before.indent % 2 and before.indent == levels[-1]:
                    return _move(before, [line.indent])  # the first of several that belong together
                return _move(line, [inner] if inner is not None else levels)
            if line.indent < levels[-1] and line.indent not in levels:
                return _move(line, levels)
            while levels and levels[-1] > line.indent:
                levels.pop()
            if not levels or line.indent > levels[-1]:
                levels.append(line.indent)
        if line.is_entry:
            if line.dashes and line.key is not None:
                levels.append(line.own)
            before = line
    return None


def _no_entry(line: _YamlLine, before: _YamlLine) -> Slip:
    """A line that has no name and doesn't continue a text."""
    text = line.text.strip()
    if found := re.match(r"([a-z_]+) ?[;=,.] ?(?=\S)", text):
        what = f"there is no colon after “{found[1]}”"
        remedy = f"Write this line as: {found[1]}: {text[found.end() :][:60]}"
    elif before.is_plain or before.value.strip()[:1] in ("|", ">"):
        what = f"this line is indented too little to continue the text of line {before.number}"
        remedy = f"Start it with {before.text_at + 2} spaces, or write “name: text”."
    else:
        what = "this line is neither “name: text” nor a list entry"
        remedy = f"Write a name and a colon before it, or “- ”: - {text[:60]}"
    return Slip(line.number, line.indent + 1, Fault(what, remedy))


def _move(line: _YamlLine, levels: Sequence[int]) -> Slip:
    column = min(levels, key=lambda level: (abs(level - line.indent), -level))
    side = "right" if line.indent > column else "left"
    spaces = "1 space" if column == 1 else f"{column} spaces"
    return Slip(
        line.number,
        line.indent + 1,
        Fault(
            f"this line is too far to the {side} for the lines above it",
            f"Start it with {spaces}: {' ' * column}{line.text.strip()[:60]}",
        ),
    )


@cache
def _field_names() -> frozenset[str]:
    """Every field name of a content file; names that staff choose, such as ids, are not in it."""
    from pack.model import Pack

    found: set[str] = set()
    pending: list[Any] = [Pack]
    seen: set[Any] = set()
    while pending:
        part = pending.pop()
        if part in seen:
            continue
        seen.add(part)
        if isinstance(part, type) and issubclass(part, BaseModel):
            for name, field in part.model_fields.items():
                found.add(field.alias or name)
                pending.append(field.annotation)
        else:
            pending += get_args(part)
    return frozenset(found)
