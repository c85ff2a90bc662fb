"""Applies edits to a content file's text: only the lines of what is edited change.

Whatever an edit would do to a file beyond that, it is refused: the new text is read again, must
say what was expected, and all other lines are the same bytes.
"""

from editing.brackets import within_brackets
from editing.changes import (
    CannotEdit,
    Edit,
    Insert,
    Move,
    Remove,
    Rename,
    SetValue,
    Value,
    expected,
    follow,
    place_in,
    resolved,
    settled,
)
from editing.patches import (
    Patch,
    collection,
    notes_below,
    old_text,
    patched,
    rebuilt,
    tail_of,
    with_last_end,
)
from editing.siblings import Siblings
from editing.spelling import name_in_line, spelled
from editing.yaml_source import Spot, YamlEntry, YamlScalar, YamlSource
from pack.errors import ContentError
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
]


def apply(source: YamlSource, edit: Edit) -> YamlSource:
    """A file after an edit.

    Its values are `expected(source.values, edit)`, and every line that isn't part of what is
    edited is the same, byte for byte. Raises `CannotEdit`.
    """
    wanted = expected(source.values, edit)
    if _same(wanted, source.values):
        return source
    patch = _patch(source, resolved(source.values, edit))
    if source.raw[-1] and patch.last == len(source.raw) and (whole := with_last_end(source)):
        return apply(whole, edit)
    for open_end in (True, False) if source.raw[-1] else (False,):
        try:
            found = YamlSource.parse(patched(source, patch, open_end), source.file)
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


def _patch(source: YamlSource, edit: Edit) -> Patch:
    above = edit.path if isinstance(edit, Insert) else edit.path[:-1]
    chain = source.find(above)
    parent = collection(source, chain)
    if len({entry.key for entry in parent.entries}) < len(parent.entries):
        raise CannotEdit("A name is here twice. Remove one of the two in a text editor first.")
    if parent.is_flow:
        return within_brackets(source, edit, above)
    entry = parent.find(edit.path[-1]) if edit.path and not isinstance(edit, Insert) else None
    if isinstance(edit, SetValue) and entry:
        return _set(source, entry, edit.value)
    siblings = Siblings.of(source, parent, chain[-1] if chain else None)
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
    return rebuilt(source, chain[-1], {} if parent.is_mapping else [])


def _set(source: YamlSource, entry: YamlEntry, value: Value) -> Patch:
    """Replace the value of an entry that has lines of its own."""
    old = entry.value
    if not isinstance(old, YamlScalar) or isinstance(value, list | dict):
        return rebuilt(source, entry, value)
    opening = source.between(Spot(entry.start.line, 0), old.start)
    column = entry.start.column
    if isinstance(value, str):
        text = settled(value, old.text)
        tail, below = tail_of(source, old), notes_below(source, old.end.line)
        lines = spelled(text, opening, column, tail, below, old_text(source, old))
    else:
        head = opening.rpartition("\n")[2]
        space = " " if head[-1:] in (":", "-") else ""
        lines = [f"{head}{space}{settled(value)}{tail_of(source, old)}"]
    return Patch(old.start.line, old.end.line + 1, lines)


def _rename(source: YamlSource, entry: YamlEntry, name: str) -> Patch:
    assert entry.name is not None  # noqa: S101 (it is in a mapping)
    start, end = entry.name.start, entry.name.end
    line = source.lines[start.line]
    line = line[: start.column] + name_in_line(name) + line[end.column :]
    return Patch(start.line, start.line + 1, [line])
