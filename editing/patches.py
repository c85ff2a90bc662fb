"""New lines in place of some of a file, and what edits of all kinds need to know for them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from editing.changes import CannotEdit
from editing.spelling import Habits, OldText, laid_out
from editing.yaml_source import Spot, YamlCollection, YamlEntry, YamlScalar, YamlSource, YamlValue


@dataclass(frozen=True)
class Patch:
    """New lines in place of those from `first` to before `last`.

    A number is a line of the file that is kept as it is.
    """

    first: int
    last: int
    lines: Sequence[int | str]


def patched(source: YamlSource, patch: Patch, open_end: bool) -> bytes:
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


def _line_end(line: bytes) -> bytes:
    return line[len(line.rstrip(b"\r\n")) :]


def with_last_end(source: YamlSource) -> YamlSource | None:
    """A file that ends in the middle of a block of text, with the end of that line.

    The text says now that it has none, so that something can follow. None for other files.
    """
    *_, last = scalars(source.root)
    if not last.is_block:
        return None
    row, column = last.start
    header = re.sub("[+-]", "", header_of(source, last)) + "-"
    line = source.lines[row][:column] + header + tail_of(source, last)
    patch = Patch(row, len(source.raw), [line, *range(row + 1, len(source.raw)), ""])
    data = patched(source, patch, False).removesuffix(b"\n").removesuffix(b"\r")
    return YamlSource.parse(data, source.file)


def collection(source: YamlSource, chain: list[YamlEntry] | None) -> YamlCollection:
    assert chain is not None  # noqa: S101 (`expected` found it)
    value: YamlValue = chain[-1].value if chain else source.root
    assert isinstance(value, YamlCollection)  # noqa: S101
    return value


def scalars(value: YamlValue) -> Iterator[YamlScalar]:
    """All names and texts of a value, in the order of the file."""
    if isinstance(value, YamlScalar):
        yield value
        return
    for entry in value.entries:
        if entry.name:
            yield entry.name
        yield from scalars(entry.value)


def old_text(source: YamlSource, old: YamlScalar) -> OldText:
    written = source.between(old.start, old.end).split("\n")
    if old.is_block:
        return OldText(old.style, old.text, header_of(source, old), tuple(written[1:]))
    return OldText(old.style, old.text, "", tuple(written))


def header_of(source: YamlSource, old: YamlScalar) -> str:
    found = re.compile(r"[|>][-+\d]*").match(source.lines[old.start.line], old.start.column)
    return found[0] if found else ""


def tail_of(source: YamlSource, old: YamlScalar | YamlCollection) -> str:
    """What stands behind a value in its line: a comment, with the spaces before it."""
    if isinstance(old, YamlScalar) and old.is_block:
        line, column = old.start
        return _tail_from(source, Spot(line, column + len(header_of(source, old))))
    return _tail_from(source, old.end)


def _tail_from(source: YamlSource, spot: Spot) -> str:
    tail = source.lines[spot.line][spot.column :]
    return tail if tail.strip() else ""


def notes_below(source: YamlSource, line: int) -> str:
    """The comments under a line, which a text in a block must not swallow."""
    found = []
    for text in source.lines[line + 1 :]:
        if text.strip() and not text.lstrip(" ").startswith("#"):
            break
        found.append(text + "\n")
    return "".join(found)


def has_comment(source: YamlSource, start: Spot, end: Spot, tail: str = "") -> bool:
    """Whether there is a comment from one place to another, other than `tail` at its start."""
    spots = [
        spot
        for scalar in scalars(source.root)
        if start <= scalar.start and scalar.end <= end
        for spot in (_text_start(scalar), scalar.end)
    ]
    ends = [start, *spots, end]
    between = "".join(source.between(*pair) for pair in zip(ends[::2], ends[1::2], strict=True))
    return "#" in between.removeprefix(tail)


def _text_start(scalar: YamlScalar) -> Spot:
    has_lines = scalar.is_block and scalar.end.line > scalar.start.line
    return Spot(scalar.start.line + 1, 0) if has_lines else scalar.start


def rebuilt(source: YamlSource, entry: YamlEntry, value: object) -> Patch:
    """Write the value of an entry anew, as a part with lines of its own or in one line."""
    old, after = entry.value, entry.after
    if after is None:
        raise unusual(entry)
    opening = source.lines[after.line][: after.column]
    tail = tail_of(source, old)
    if isinstance(old, YamlCollection) and not old.is_flow:
        tail = _tail_from(source, after) if old.start.line > after.line else ""
    if old.start.line > after.line and has_comment(source, after, old.start, tail):
        raise notes_are_lost()
    if isinstance(old, YamlCollection) and has_comment(source, old.start, old.end):
        raise notes_are_lost()
    below = notes_below(source, old.end.line)
    lines = laid_out(value, opening, entry.start.column, habits(source), tail, below)
    return Patch(after.line, old.end.line + 1, lines)


def habits(source: YamlSource) -> Habits:
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


def unusual(entry: YamlEntry) -> CannotEdit:
    return CannotEdit(
        f"“{entry.key}” is written in an unusual way in line {entry.start.line + 1} of the file. "
        "Change it in a text editor."
    )


def notes_are_lost() -> CannotEdit:
    return CannotEdit(
        "There are notes (#) in this part of the file, which would be lost. "
        "Change it in a text editor."
    )
