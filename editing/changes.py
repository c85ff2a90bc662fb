"""Edits of a content file's values: what each does to the values, and to the paths of others.

`editing.edits` does the same to a file's text.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pack.errors import UsageError
from pack.glyphs import BREAK_HINTS
from pack.model import YamlPath
from pack.problems import path_text
from pack.yaml_reader import CONTROLS

#: What can be written into a file; lists and dicts have such values, too. A str is text; numbers
#: and true or false are written plain.
Value = str | int | bool | list[Any] | dict[str, Any]


class CannotEdit(UsageError):
    """The file can't be changed in this way; the message says why, for people."""


@dataclass(frozen=True)
class SetValue:
    """Replace what is at `path`, or add it to its mapping, which may be missing or empty.

    `order` has the names of the mapping's fields in the order in which they should stand: a new
    one goes after the nearest of those before it. `old` is what a form showed; `apply` doesn't
    look at it.
    """

    path: YamlPath
    value: Value
    order: tuple[str, ...] = ()
    old: Value | None = None
    kind: Literal["set"] = field(default="set", repr=False)


@dataclass(frozen=True)
class Insert:
    """Put a new entry at position `at` of the list or mapping at `path`; in a mapping, as `name`.

    If nothing is at `path`, the list or mapping is made; `order` is that of the fields beside it.
    A position behind the last means the end.
    """

    path: YamlPath
    at: int
    value: Value
    name: str = ""
    order: tuple[str, ...] = ()
    kind: Literal["insert"] = field(default="insert", repr=False)


@dataclass(frozen=True)
class Remove:
    """Remove an entry or a field, with the comment lines directly above it.

    The last entry of a field takes the field along.
    """

    path: YamlPath
    kind: Literal["remove"] = field(default="remove", repr=False)


@dataclass(frozen=True)
class Move:
    """Move an entry to position `to` among its siblings, with the comment lines above it."""

    path: YamlPath
    to: int
    kind: Literal["move"] = field(default="move", repr=False)


@dataclass(frozen=True)
class Rename:
    """Give an entry of a mapping another name."""

    path: YamlPath
    name: str
    kind: Literal["rename"] = field(default="rename", repr=False)


Edit = SetValue | Insert | Remove | Move | Rename


def place_after(edit: Edit) -> YamlPath:
    """Where the value that an edit is about is after it."""
    match edit:
        case Insert():
            return (*edit.path, edit.name or edit.at)
        case Rename():
            return (*edit.path[:-1], edit.name)
        case _:
            return edit.path


def expected(values: Mapping[str, Any], edit: Edit) -> dict[str, Any]:
    """What a file with these values says after an edit, as `read_text` would give it.

    A text ends with as many line breaks as the one that it replaces; a new one that has several
    lines ends with one. Raises `CannotEdit`.
    """
    found: dict[str, Any] = changed(values, resolved(values, edit), settled)
    return found


def settled(value: Any, old: Any = None) -> Any:
    """A new value as the reader gives it, if it is written in place of `old`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return {cleaned(name): settled(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return tuple(settled(part) for part in value)
    text = cleaned(value)
    whole = text.rstrip("\n")
    before = old if isinstance(old, str) else ""
    if whole and before.endswith("\n"):
        return whole + "\n" * (len(before) - len(before.rstrip("\n")))
    return whole + "\n" if "\n" in whole and "\n" not in before else whole


def plain(value: Any) -> Any:
    """A value of a file as edits and JSON have it: lists for tuples, and no empty fields."""
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items() if one is not None}
    if isinstance(value, tuple):
        return [plain(one) for one in value if one is not None]
    return value


def cleaned(text: str) -> str:
    """A text as a browser or another program gives it, with the line breaks that files have.

    Raises `CannotEdit` if it has control characters.
    """
    text = BREAK_HINTS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if found := CONTROLS.search(text):
        raise CannotEdit(
            f"The text has an invisible character (U+{ord(found[0]):04X}) that can't be printed. "
            "Retype the words around it."
        )
    return text


def resolved(values: Any, edit: Edit) -> Edit:
    """The same edit, put in terms of what there is.

    Of a part that is missing or empty, all is set; with a last entry, its field is removed.
    """
    if isinstance(edit, Insert) and value_at(values, edit.path) in (None, {}, ()):
        part: Value = {edit.name: edit.value} if edit.name else [edit.value]
        return resolved(values, SetValue(edit.path, part, edit.order))
    if isinstance(edit, SetValue) and edit.path:
        above = edit.path[:-1]
        if above and value_at(values, above) in (None, {}) and isinstance(edit.path[-1], str):
            return resolved(values, SetValue(above, {edit.path[-1]: edit.value}))
    if isinstance(edit, Remove) and len(edit.path) > 1:
        parent = value_at(values, edit.path[:-1])
        alone = isinstance(parent, Mapping | tuple) and len(parent) == 1
        if alone and isinstance(edit.path[-2], str):
            return resolved(values, Remove(edit.path[:-1]))
    return edit


def value_at(values: Any, path: YamlPath) -> Any:
    """The value at a path; None if there is none."""
    for key in path:
        if isinstance(values, Mapping) and isinstance(key, str):
            values = values.get(key)
        elif isinstance(values, tuple) and isinstance(key, int) and 0 <= key < len(values):
            values = values[key]
        else:
            return None
    return values


def changed(values: Any, edit: Edit, settle: Callable[[Any, Any], Any]) -> Any:
    """Plain data after an edit that was `resolved`; `settle(new, old)` is what is put in."""
    if not edit.path and not isinstance(edit, Insert):
        raise CannotEdit("This can't be done with the file as a whole.")

    def within(part: Any, path: YamlPath) -> Any:
        if len(path) == (0 if isinstance(edit, Insert) else 1):
            return _here(part, edit, settle)
        if isinstance(part, Mapping) and path[0] in part:
            return {
                key: within(one, path[1:]) if key == path[0] else one for key, one in part.items()
            }
        if isinstance(part, tuple) and isinstance(path[0], int) and 0 <= path[0] < len(part):
            return tuple(
                within(one, path[1:]) if number == path[0] else one
                for number, one in enumerate(part)
            )
        raise _nothing_at(edit.path)

    return within(values, edit.path)


def _nothing_at(path: YamlPath) -> CannotEdit:
    return CannotEdit(f"“{path_text(path)}” is not in the file any more.")


def _here(part: Any, edit: Edit, settle: Callable[[Any, Any], Any]) -> Any:
    """The mapping or list that an edit changes, after it."""
    if isinstance(part, Mapping):
        fields = [(key, one) for key, one in part.items()]
        return dict(_edited_fields(fields, edit, settle))
    if isinstance(part, tuple):
        return tuple(_edited_list(list(part), edit, settle))
    raise CannotEdit(f"“{path_text(edit.path)}” can't be changed: it is in a text, not in a list.")


def _edited_fields(
    fields: list[tuple[str, Any]], edit: Edit, settle: Callable[[Any, Any], Any]
) -> list[tuple[str, Any]]:
    names = [name for name, _ in fields]
    if isinstance(edit, Insert | Rename):
        if not edit.name or edit.name != cleaned(edit.name).strip() or "\n" in edit.name:
            raise CannotEdit("Give it a name of a few letters.")
        if edit.name in names:
            raise CannotEdit(f"There is already something with the name “{edit.name}” here.")
    if isinstance(edit, Insert):
        fields.insert(max(edit.at, 0), (edit.name, settle(edit.value, None)))
        return fields
    key = edit.path[-1]
    if isinstance(edit, SetValue) and isinstance(key, str) and key not in names:
        fields.insert(place_in(names, key, edit.order), (key, settle(edit.value, None)))
        return fields
    if key not in names:
        raise _nothing_at(edit.path)
    at = names.index(str(key))
    if isinstance(edit, SetValue):
        fields[at] = (names[at], settle(edit.value, fields[at][1]))
    elif isinstance(edit, Rename):
        fields[at] = (edit.name, fields[at][1])
    elif isinstance(edit, Remove):
        del fields[at]
    else:
        fields.insert(_position(edit, len(fields)), fields.pop(at))
    return fields


def _edited_list(entries: list[Any], edit: Edit, settle: Callable[[Any, Any], Any]) -> list[Any]:
    if isinstance(edit, Insert):
        if edit.name:
            raise CannotEdit(f"“{path_text(edit.path)}” is a list, whose entries have no names.")
        entries.insert(max(edit.at, 0), settle(edit.value, None))
        return entries
    at = edit.path[-1]
    if isinstance(edit, Rename) or not isinstance(at, int) or not 0 <= at < len(entries):
        raise _nothing_at(edit.path)
    if isinstance(edit, SetValue):
        entries[at] = settle(edit.value, entries[at])
    elif isinstance(edit, Remove):
        del entries[at]
    else:
        entries.insert(_position(edit, len(entries)), entries.pop(at))
    return entries


def _position(edit: Move, count: int) -> int:
    if not 0 <= edit.to < count:
        raise CannotEdit(f"There is no position {edit.to + 1} here, only {count}.")
    return edit.to


def place_in(names: Sequence[str], name: str, order: Sequence[str]) -> int:
    """The position of a new field: after the nearest of those that should stand before it."""
    if name not in order:
        return len(names)
    before = [names.index(one) for one in order[: order.index(name)] if one in names]
    return before[-1] + 1 if before else 0


def follow(path: YamlPath, edit: Edit) -> YamlPath | None:
    """Where a value that was at `path` is after an edit; None if it is gone.

    Does not know whether a field is gone with its last entry.
    """
    if isinstance(edit, Insert):
        depth = len(edit.path)
        key = path[depth] if path[:depth] == edit.path and len(path) > depth else None
        if isinstance(key, int) and key >= max(edit.at, 0):
            return (*path[:depth], key + 1, *path[depth + 1 :])
        return path
    depth = len(edit.path) - 1
    if path[:depth] != edit.path[:-1] or len(path) <= depth:
        return path
    key, at = path[depth], edit.path[-1]
    if isinstance(edit, SetValue):
        below = path[depth + 1 :]
        gone = key == at and below and value_at(settled(edit.value), below) is None
        return None if gone else path
    if isinstance(edit, Rename):
        return (*path[:depth], edit.name, *path[depth + 1 :]) if key == at else path
    if isinstance(edit, Remove) and key == at:
        return None
    if not isinstance(key, int) or not isinstance(at, int):
        return path
    if isinstance(edit, Remove):
        moved = key - (key > at)
    elif key == at:
        moved = edit.to
    else:
        moved = key - (at < key <= edit.to) + (edit.to <= key < at)
    return (*path[:depth], moved, *path[depth + 1 :])
