"""Applies edits to a content file's text: only the lines of what is edited change.

Whatever an edit would do to a file beyond that, it is refused: the new text is read again, must
say what was expected, and all other lines are the same bytes.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from editing.changes import (
    CannotEdit,
    Edit,
    Insert,
    Move,
    Remove,
    Rename,
    SetValue,
    Value,
    changed,
    expected,
    follow,
    from_json,
    place_in,
    resolved,
    settled,
    to_json,
)
from editing.spelling import (
    WIDTH,
    Habits,
    OldText,
    Written,
    in_line,
    is_short,
    laid_out,
    name_in_line,
    spelled,
    text_in_line,
)
from editing.yaml_source import Spot, YamlCollection, YamlEntry, YamlScalar, YamlSource, YamlValue
from pack.errors import ContentError
from pack.model import YamlPath
from pack.problems import path_text

__all__ = [
    "CannotEdit",
    "Edit",
    "Insert",
    "Move",
    "Remove",
    "Rename",
    "SetValue",
    "Value",
    "apply",
    "expected",
    "follow",
    "from_json",
    "to_json",
]


@dataclass(frozen=True)
class _Patch:
    """New lines in place of those from `first` to before `last`.

    A number is a line of the file that is kept as it is.
    """

    first: int
    last: int
    lines: Sequence[int | str]


def apply(source: YamlSource, edit: Edit) -> YamlSource:
    """A file after an edit.

    Its values are `expected(source.values, edit)`, and every line that isn't part of what is
    edited is the same, byte for byte. Raises `CannotEdit`.
    """
    wanted = expected(source.values, edit)
    if _same(wanted, source.values):
        return source
    patch = _patch(source, resolved(source.values, edit))
    if source.raw[-1] and patch.last == len(source.raw) and (whole := _with_last_end(source)):
        return apply(whole, edit)
    for open_end in (True, False) if source.raw[-1] else (False,):
        try:
            found = YamlSource.parse(_patched(source, patch, open_end), source.file)
        except ContentError:
            continue
        if _same(wanted, found.values):
            return found
    raise CannotEdit(
        f"“{path_text(edit.path)}” can't be changed here without changing other lines of the file. "
        "Change it in a text editor."
    )


def _same(one: object, other: object) -> bool:
    """Whether values are the same, in the same order."""
    return repr(one) == repr(other)


def _patched(source: YamlSource, patch: _Patch, open_end: bool) -> bytes:
    """The bytes of a file with new lines; with `open_end`, its last line doesn't end."""
    ends = map(_line_end, (*source.raw[patch.first :], *source.raw[: patch.first][::-1]))
    newline = next(filter(None, ends), b"\n")
    parts = [*source.raw[: patch.first]]
    for line in patch.lines:
        if isinstance(line, int):
            newline = _line_end(source.raw[line]) or newline
            parts.append(source.raw[line])
        else:
            parts.append(line.encode() + newline)
    parts += source.raw[patch.last :]
    closed = [part if _line_end(part) or not part else part + newline for part in parts[:-1]]
    last = parts[-1]
    if open_end and len(source.raw) == patch.last and len(source.raw) - 1 not in patch.lines:
        last = last.removesuffix(newline)
    return source.bom + b"".join((*closed, last))


def _with_last_end(source: YamlSource) -> YamlSource | None:
    """A file that ends in the middle of a block of text, with the end of that line.

    The text says now that it has none, so that something can follow. None for other files.
    """
    *_, last = _scalars(source.root)
    if last.style not in ("|", ">"):
        return None
    row, column = last.start
    header = re.sub("[+-]", "", _header(source, last)) + "-"
    line = source.lines[row][:column] + header + _tail(source, last)
    patch = _Patch(row, len(source.raw), [line, *range(row + 1, len(source.raw)), ""])
    data = _patched(source, patch, False).removesuffix(b"\n").removesuffix(b"\r")
    return YamlSource.parse(data, source.file)


def _line_end(line: bytes) -> bytes:
    return line[len(line.rstrip(b"\r\n")) :]


def _patch(source: YamlSource, edit: Edit) -> _Patch:
    above = edit.path if isinstance(edit, Insert) else edit.path[:-1]
    chain = source.find(above)
    parent = _collection(source, chain)
    if len({entry.key for entry in parent.entries}) < len(parent.entries):
        raise CannotEdit("A name is here twice. Remove one of the two in a text editor first.")
    if parent.is_flow:
        return _flow_patch(source, edit, above)
    entry = parent.find(edit.path[-1]) if edit.path and not isinstance(edit, Insert) else None
    if isinstance(edit, SetValue) and entry:
        return _set(source, entry, edit.value)
    siblings = _Siblings.of(source, parent, chain[-1] if chain else None)
    if isinstance(edit, SetValue):
        name = str(edit.path[-1])
        at = place_in([str(one.key) for one in parent.entries], name, edit.order)
        return siblings.insert(at, name, edit.value)
    if isinstance(edit, Insert):
        return siblings.insert(max(edit.at, 0), edit.name, edit.value)
    assert entry is not None  # noqa: S101 (`expected` found it)
    if isinstance(edit, Rename):
        return _rename(source, entry, edit.name)
    at = parent.entries.index(entry)
    if isinstance(edit, Move):
        return siblings.move(at, edit.to)
    if len(parent.entries) > 1:
        return siblings.remove(at)
    if not chain:
        raise CannotEdit("This is all that the file has.")
    return _rebuild(source, chain[-1], {} if parent.is_mapping else [])


def _collection(source: YamlSource, chain: list[YamlEntry] | None) -> YamlCollection:
    assert chain is not None  # noqa: S101 (`expected` found it)
    value: YamlValue = chain[-1].value if chain else source.root
    assert isinstance(value, YamlCollection)  # noqa: S101
    return value


# Single values


def _set(source: YamlSource, entry: YamlEntry, value: Value) -> _Patch:
    """Replace the value of an entry that has lines of its own."""
    old = entry.value
    if not isinstance(old, YamlScalar) or isinstance(value, list | dict):
        return _rebuild(source, entry, value)
    opening = source.between(Spot(entry.start.line, 0), old.start)
    column = entry.start.column
    if isinstance(value, str):
        text = settled(value, old.text)
        tail, below = _tail(source, old), _below(source, old.end.line)
        lines = spelled(text, opening, column, tail, below, _old_text(source, old))
    else:
        head = opening.rpartition("\n")[2]
        space = " " if head[-1:] in (":", "-") else ""
        lines = [f"{head}{space}{settled(value)}{_tail(source, old)}"]
    return _Patch(old.start.line, old.end.line + 1, lines)


def _old_text(source: YamlSource, old: YamlScalar) -> OldText:
    written = source.between(old.start, old.end).split("\n")
    if old.style in ("|", ">"):
        return OldText(old.style, old.text, _header(source, old), tuple(written[1:]))
    return OldText(old.style, old.text, "", tuple(written))


def _header(source: YamlSource, old: YamlScalar) -> str:
    found = re.compile(r"[|>][-+\d]*").match(source.lines[old.start.line], old.start.column)
    return found[0] if found else ""


def _tail(source: YamlSource, old: YamlScalar | YamlCollection) -> str:
    """What stands behind a value in its line: a comment, with the spaces before it."""
    if isinstance(old, YamlScalar) and old.style in ("|", ">"):
        line = source.lines[old.start.line]
        tail = line[old.start.column + len(_header(source, old)) :]
    else:
        tail = source.lines[old.end.line][old.end.column :]
    return tail if tail.strip() else ""


def _below(source: YamlSource, line: int) -> str:
    """The comments under a line, which a text in a block must not swallow."""
    found = []
    for text in source.lines[line + 1 :]:
        if text.strip() and not text.lstrip(" ").startswith("#"):
            break
        found.append(text + "\n")
    return "".join(found)


def _rebuild(source: YamlSource, entry: YamlEntry, value: object) -> _Patch:
    """Write the value of an entry anew, as a part with lines of its own or in one line."""
    old, after = entry.value, entry.after
    if after is None:
        raise _unusual(entry)
    opening = source.lines[after.line][: after.column]
    tail = _tail(source, old)
    if isinstance(old, YamlCollection) and not old.is_flow:
        tail = source.lines[after.line][after.column :] if old.start.line > after.line else ""
        tail = tail if tail.strip() else ""
    if old.start.line > after.line and _has_comment(source, after, old.start, tail):
        raise _comments()
    if isinstance(old, YamlCollection) and _has_comment(source, old.start, old.end):
        raise _comments()
    below = _below(source, old.end.line)
    lines = laid_out(value, opening, entry.start.column, _habits(source), tail, below)
    return _Patch(after.line, old.end.line + 1, lines)


def _unusual(entry: YamlEntry) -> CannotEdit:
    return CannotEdit(
        f"“{entry.key}” is written in an unusual way in line {entry.start.line + 1} of the file. "
        "Change it in a text editor."
    )


def _comments() -> CannotEdit:
    return CannotEdit(
        "There are notes (#) in this part of the file, which would be lost. "
        "Change it in a text editor."
    )


def _has_comment(source: YamlSource, start: Spot, end: Spot, tail: str = "") -> bool:
    """Whether there is a comment from one place to another, other than `tail` at its start."""
    spots = [
        spot
        for scalar in _scalars(source.root)
        if start <= scalar.start and scalar.end <= end
        for spot in (_text_start(scalar), scalar.end)
    ]
    ends = [start, *spots, end]
    between = "".join(source.between(*pair) for pair in zip(ends[::2], ends[1::2], strict=True))
    return "#" in between.removeprefix(tail)


def _text_start(scalar: YamlScalar) -> Spot:
    in_block = scalar.style in ("|", ">") and scalar.end.line > scalar.start.line
    return Spot(scalar.start.line + 1, 0) if in_block else scalar.start


def _scalars(value: YamlValue) -> Iterator[YamlScalar]:
    """All names and texts of a value, in the order of the file."""
    if isinstance(value, YamlScalar):
        yield value
        return
    for entry in value.entries:
        if entry.name:
            yield entry.name
        yield from _scalars(entry.value)


def _rename(source: YamlSource, entry: YamlEntry, name: str) -> _Patch:
    assert entry.name is not None  # noqa: S101 (it is in a mapping)
    start, end = entry.name.start, entry.name.end
    line = source.lines[start.line]
    line = line[: start.column] + name_in_line(name) + line[end.column :]
    return _Patch(start.line, start.line + 1, [line])


# Entries with lines of their own


@dataclass(frozen=True)
class _Siblings:
    """The entries of a collection, each with its lines: those from `heads` to `tails`.

    An entry's lines start with the comments directly above it. `prefix` is what the first line
    has before the first entry: spaces, or the hyphen of an entry around all of them.
    """

    source: YamlSource
    parent: YamlCollection
    heads: tuple[int, ...]
    tails: tuple[int, ...]
    prefix: str

    @classmethod
    def of(cls, source: YamlSource, parent: YamlCollection, above: YamlEntry | None) -> "_Siblings":
        if any(entry.after is None for entry in parent.entries):
            raise _unusual(next(entry for entry in parent.entries if entry.after is None))
        column = parent.entries[0].start.column
        heads, tails = [], []
        end = above.start.line if above else -1
        for entry in parent.entries:
            head = entry.start.line
            while head - 1 > end and _is_comment(source.lines[head - 1], column):
                head -= 1
            if head == 0 and entry.start.line:
                head = entry.start.line  # the comment that a file starts with is about all of it
            end = _last_line(source, entry, column)
            heads.append(head)
            tails.append(end)
        prefix = source.lines[parent.start.line][: parent.entries[0].start.column]
        return cls(source, parent, tuple(heads), tuple(tails), prefix)

    def insert(self, at: int, name: str, value: Value) -> _Patch:
        count = len(self.parent.entries)
        at = min(at, count)
        column = len(self.prefix)
        opening = " " * column + (f"{name_in_line(name)}:" if self.parent.is_mapping else "-")
        below = _below(self.source, self.tails[at - 1]) if at else ""
        new: list[int | str] = []
        new += laid_out(
            value,
            opening,
            column,
            _habits(self.source),
            below=below,
            in_braces=self._are_in_braces(),
        )
        blanks: list[int | str] = [""] * self._blank_lines(at, value)
        if at == 0:
            return self._patch([*new, *blanks, *self._all()])
        end = self.tails[at - 1] - self.heads[0] + 1
        return self._patch([*self._all()[:end], *blanks, *new, *self._all()[end:]])

    def remove(self, at: int) -> _Patch:
        before = self._gap(at) if at else []
        after = self._gap(at + 1) if at + 1 < len(self.heads) else []
        spare = min(self._blank(reversed(before)), self._blank(after))
        if not at:
            after = after[self._blank(after) :]
        elif at + 1 == len(self.heads):
            before = before[: len(before) - self._blank(reversed(before))]
        else:
            after = after[spare:]
        kept = [*self._all()[: self.heads[at] - self.heads[0] - len(self._gap(at))]] if at else []
        rest = self._all()[self.heads[at + 1] - self.heads[0] :] if at + 1 < len(self.heads) else []
        return self._patch([*kept, *before, *after, *rest])

    def move(self, at: int, to: int) -> _Patch:
        order = [*range(len(self.heads))]
        order.insert(to, order.pop(at))
        lines: list[int | str] = []
        for place, number in enumerate(order):
            lines += self._gap(place) if place else []
            lines += range(self.heads[number], self.tails[number] + 1)
        return self._patch(lines)

    def _all(self) -> list[int | str]:
        return [*range(self.heads[0], self.tails[-1] + 1)]

    def _gap(self, at: int) -> list[int | str]:
        """The lines between an entry and the one before it: blank, or comments on their own."""
        return [*range(self.tails[at - 1] + 1, self.heads[at])]

    def _blank(self, lines: "Sequence[int | str] | Iterator[int | str]") -> int:
        """How many lines are blank before the first that isn't."""
        count = 0
        for line in lines:
            if isinstance(line, int) and self.source.lines[line].strip():
                break
            count += 1
        return count

    def _blank_lines(self, at: int, value: Value) -> int:
        """How many blank lines a new entry has to the next: one, if those beside it have any."""
        count = len(self.heads)
        if count > 1:
            return min(self._blank(self._gap(min(max(at, 1), count - 1))), 1)
        first = self.heads[0]
        open_above = first > 0 and not self.source.lines[first - 1].strip()
        return 1 if open_above and isinstance(value, dict) else 0

    def _are_in_braces(self) -> bool:
        kinds = [
            entry.value.is_flow
            for entry in self.parent.entries
            if isinstance(entry.value, YamlCollection)
            and entry.value.is_mapping
            and entry.value.entries
        ]
        return sum(kinds) * 2 > len(kinds)

    def _patch(self, lines: list[int | str]) -> _Patch:
        """All lines of the collection in a new order; the first takes over the prefix."""
        first, column = self.heads[0], len(self.prefix)
        if self.prefix.strip() and lines[0] != first:
            lines = [
                " " * column + self.source.lines[first][column:] if line == first else line
                for line in lines
            ]
            top = lines[0]
            text = self.source.lines[top] if isinstance(top, int) else top
            lines[0] = self.prefix + text[column:]
        return _Patch(first, self.tails[-1] + 1, lines)


def _is_comment(line: str, column: int) -> bool:
    return line.startswith("#", column) and not line[:column].strip()


def _last_line(source: YamlSource, entry: YamlEntry, column: int) -> int:
    """The last line of an entry, with comments under it that are indented farther."""
    line = max(entry.value.end, entry.after or entry.start).line
    for below in source.lines[line + 1 :]:
        text = below.lstrip(" ")
        if not text.startswith("#") or len(below) - len(text) <= column:
            break
        line += 1
    return line


def _habits(source: YamlSource) -> Habits:
    """How most of a file is written."""
    fields, lists, words = Counter[int](), Counter[int](), Counter[bool]()
    pending: list[tuple[int, YamlValue]] = [(0, source.root)]
    while pending:
        column, value = pending.pop()
        if isinstance(value, YamlScalar):
            continue
        own = value.start.column
        if value is not source.root and not value.is_flow:
            (fields if value.is_mapping else lists)[own - column] += 1
        if not value.is_mapping and all(
            isinstance(entry.value, YamlScalar) and " " not in entry.value.text
            for entry in value.entries
        ):
            words[value.is_flow] += 1
        if not value.is_flow and value.is_mapping:
            pending += [(own, entry.value) for entry in value.entries]
        elif not value.is_flow:
            pending += [
                (entry.value.start.column, part.value)
                for entry in value.entries
                if isinstance(entry.value, YamlCollection) and entry.value.is_mapping
                for part in entry.value.entries
            ]
    return Habits(
        fields.most_common(1)[0][0] if fields else 2,
        lists.most_common(1)[0][0] if lists else 2,
        words[True] >= words[False],
    )


# Collections in brackets


def _flow_patch(source: YamlSource, edit: Edit, above: YamlPath) -> _Patch:
    """An edit within brackets: one text, or the innermost brackets, or all of them as lines."""
    chain = source.find(above) or []
    parent = _collection(source, chain)
    depth = next(
        number
        for number, one in enumerate((source.root, *(entry.value for entry in chain)))
        if isinstance(one, YamlCollection) and one.is_flow
    )
    outer = _collection(source, chain[:depth])
    must_stay = not depth or _has_comment(source, outer.start, outer.end)
    entry = parent.find(edit.path[-1]) if isinstance(edit, SetValue) else None
    old = entry.value if entry else None
    if isinstance(edit, SetValue) and isinstance(old, YamlScalar) and old.start < old.end:
        if isinstance(edit.value, str):
            written = text_in_line(settled(edit.value, old.text), _old_text(source, old))
            fits = "\n" not in settled(edit.value)
        else:
            written = in_line(edit.value)
            fits = not isinstance(edit.value, list | dict) or _fits(source, old, written)
        if fits or must_stay:
            return _span(source, old, written)
    if not _has_comment(source, parent.start, parent.end):
        new = _changed_spelling(source, parent, edit, len(above))
        inside = source.between(parent.start, parent.end)[1:2]
        written = in_line(new, " " if inside == " " and parent.is_mapping else "")
        if _fits(source, parent, written) or must_stay:
            return _span(source, parent, written)
    if must_stay:
        raise _comments()
    new = _changed_spelling(source, outer, edit, depth)
    return _rebuild(source, chain[depth - 1], new)


def _changed_spelling(source: YamlSource, value: YamlCollection, edit: Edit, depth: int) -> object:
    """A part in brackets, `depth` steps down the path of an edit, as plain data after the edit."""
    inner = _relative(edit, depth)
    path = (*inner.path, "") if isinstance(inner, Insert) else inner.path
    return changed(_spelling(source, value, path), inner, lambda new, old: new)


def _relative(edit: Edit, depth: int) -> Edit:
    """The same edit of the part that is `depth` steps down its path."""
    path = edit.path[depth:]
    if isinstance(edit, SetValue):
        return SetValue(path, edit.value, edit.order)
    if isinstance(edit, Insert):
        return Insert(path, edit.at, edit.value, edit.name)
    if isinstance(edit, Remove):
        return Remove(path)
    return Move(path, edit.to) if isinstance(edit, Move) else Rename(path, edit.name)


def _spelling(source: YamlSource, value: YamlValue, path: YamlPath) -> object:
    """A part in brackets as plain data, spelled as in the file but for what is on a path."""
    written = source.between(value.start, value.end)
    if isinstance(value, YamlScalar):
        return value.text if "\n" in written else Written(written or "null")
    if not path and "\n" not in written:
        return Written(written)
    inside = [
        _spelling(source, entry.value, path[1:] if path and entry.key == path[0] else ())
        for entry in value.entries
    ]
    if value.is_mapping:
        return {str(entry.key): one for entry, one in zip(value.entries, inside, strict=True)}
    return tuple(inside)


def _fits(source: YamlSource, old: YamlValue, written: str) -> bool:
    """Whether a line with brackets stays short, or gets no longer."""
    head = source.lines[old.start.line][: old.start.column]
    rest = source.lines[old.end.line][old.end.column :]
    before = 0 if old.start.line < old.end.line else len(source.lines[old.end.line])
    return is_short(written) and len(head + written + rest) <= max(WIDTH, before)


def _span(source: YamlSource, old: YamlValue, written: str) -> _Patch:
    """Put something else in place of a value in brackets."""
    head = source.lines[old.start.line][: old.start.column]
    rest = source.lines[old.end.line][old.end.column :]
    return _Patch(old.start.line, old.end.line + 1, [head + written + rest])
