"""What refers to an entry by its name, so that nothing is removed or renamed out from under it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from editing.edits import Edit, Remove, Rename, SetValue
from pack.model import YamlPath
from studio.fields import at
from studio.schema import Node, node_at, root


def references(values: Mapping[str, Any], collection: str, name: str) -> Iterator[YamlPath]:
    """The paths of all values that name an entry, in the order of the schema."""
    for path, value, found in _named(values, root(), ()):
        if found == collection and value == name:
            yield path


def name_of(values: Mapping[str, Any], path: YamlPath) -> tuple[str, str] | None:
    """The collection and name that others know the entry at a path by; None if they can't."""
    if len(path) != 2 or node_at(path[:1]).kind not in ("map", "array"):
        return None
    collection, key = str(path[0]), path[1]
    known = at(values, (*path, "id")) if isinstance(key, int) else key
    return (collection, known) if isinstance(known, str) else None


@dataclass(frozen=True)
class Removal:
    """How to remove an entry together with what refers to it.

    `stuck` are the paths of values that must name something, and are changed by hand first.
    """

    edits: tuple[Edit, ...]
    stuck: tuple[YamlPath, ...]


def removal(values: Mapping[str, Any], path: YamlPath) -> Removal:
    """How to remove the entry at a path, and all references to it."""
    named = name_of(values, path)
    found = list(references(values, *named)) if named else []
    lists: dict[YamlPath, list[Any]] = {}
    remove: list[YamlPath] = []
    stuck: list[YamlPath] = []
    for one in found:
        if one[: len(path)] == path:
            continue
        if isinstance(one[-1], int):
            left = lists.setdefault(one[:-1], list(at(values, one[:-1])))
            left.remove(named[1] if named else None)
        elif _optional(one):
            remove.append(one)
        else:
            stuck.append(one)
    edits: list[Edit] = []
    for one, left in lists.items():
        if left:
            edits.append(SetValue(one, left))
        elif _is_all_of_a_part(one):
            remove.append(one[:-1])
        elif _optional(one):
            remove.append(one)
        else:
            stuck.append(one)
    # From the end, so that the places of what is still to be removed stay the same.
    last_first = sorted({*remove, path}, key=_order, reverse=True)
    return Removal((*edits, *map(Remove, last_first)), tuple(stuck))


def renaming(values: Mapping[str, Any], path: YamlPath, name: str) -> tuple[Edit, ...]:
    """How to give the entry at a path another name, and that name to all that refers to it."""
    known = name_of(values, path)
    found = references(values, *known) if known else ()
    own = SetValue((*path, "id"), name) if isinstance(path[-1], int) else Rename(path, name)
    # The entry is the last: it may refer to itself.
    return (*(SetValue(one, name) for one in found), own)


def _order(path: YamlPath) -> tuple[tuple[int, str], ...]:
    return tuple((key, "") if isinstance(key, int) else (0, key) for key in path)


def _optional(path: YamlPath) -> bool:
    """Whether the value at a path may be left out."""
    return str(path[-1]) not in node_at(path[:-1]).required


def _is_all_of_a_part(path: YamlPath) -> bool:
    """Whether a list of names is all that a part of a sheet shows, so that the part goes, too."""
    return len(path) >= 3 and path[-3] == "blocks" and path[:1] == ("handouts",)


def _named(value: Any, node: Node, path: YamlPath) -> Iterator[tuple[YamlPath, str, str]]:
    """Every value that is the name of an entry: its path, the name, and the collection."""
    if (collection := node.keyword("x-names")) and isinstance(value, str):
        yield path, value, collection
    elif isinstance(value, Mapping):
        for key, part in value.items():
            if node.kind == "map":
                yield from _named(part, node.entry, (*path, key))
            elif key in (node.properties or {}):
                yield from _named(part, node.field(key), (*path, key))
    elif isinstance(value, tuple) and node.kind == "array":
        for number, part in enumerate(value):
            yield from _named(part, node.entry, (*path, number))
    elif isinstance(value, str) and node.kind == "array" and node.entry.keyword("x-names"):
        yield path, value, str(node.entry.keyword("x-names"))
