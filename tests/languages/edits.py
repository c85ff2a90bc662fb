"""Random edits of a pack's English, as staff makes them, on the strings of a real pack."""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from languages.strings import SourceString, strings
from pack.load import read_pack
from tests.conftest import WATER

#: How many parts of a context come before the first number of a list.
_IDS = 2


@cache
def water() -> tuple[SourceString, ...]:
    """The strings of a small real pack."""
    return strings(read_pack(WATER))


class EditedPack:
    """A pack's strings as a tree of groups and lists; each edit leaves a pack that could be."""

    def __init__(self, seed: int, found: tuple[SourceString, ...]) -> None:
        self._random = random.Random(seed)
        self._count = 0
        self.tree: dict[str, Any] = {}
        for string in found:
            node = self.tree
            *parts, last = string.context.split("/")
            for part in parts:
                node = node.setdefault(part, {})
            node[last] = string.source
        self.tree = _with_lists(self.tree, 0)

    def strings(self) -> tuple[SourceString, ...]:
        return tuple(
            SourceString("/".join(path), text, path) for path, text in _leaves(self.tree, ())
        )

    def edit(self) -> None:
        """Change, add, remove, move or rename something."""
        edits = (self._change, self._add, self._remove, self._move, self._rename)
        self._random.choice(edits)()

    def _change(self) -> None:
        node, key = self._random.choice([*_places(self.tree, str)])
        node[key] = self._random.choice((f"{node[key]}!", self._new_text(), self._any_text()))

    def _add(self) -> None:
        node, key = self._random.choice([*_places(self.tree, (str, list, dict))])
        added = _with_new_texts(node[key], self._new_text)
        if isinstance(node, list):
            node.insert(key, added)
        else:
            self._count += 1
            node[f"new-{self._count}"] = added

    def _remove(self) -> None:
        node, key = self._random.choice([*_places(self.tree, (str, list, dict))])
        if len(node) > 1:
            del node[key]

    def _move(self) -> None:
        lists = [node for node, _ in _places(self.tree, (str, dict)) if isinstance(node, list)]
        if lists:
            chosen = self._random.choice(lists)
            chosen.insert(self._random.randrange(len(chosen)), chosen.pop())

    def _rename(self) -> None:
        group = self._random.choice([one for one in self.tree.values() if isinstance(one, dict)])
        self._count += 1
        old = self._random.choice([*group])
        items = [(f"id-{self._count}" if key == old else key, part) for key, part in group.items()]
        group.clear()
        group.update(items)

    def _new_text(self) -> str:
        self._count += 1
        return f"A new text, the {self._count}th"

    def _any_text(self) -> str:
        node, key = self._random.choice([*_places(self.tree, str)])
        return str(node[key])


def _with_lists(node: Any, depth: int) -> Any:
    if isinstance(node, str):
        return node
    if depth >= _IDS and all(key.isdecimal() for key in node):
        return [_with_lists(part, depth + 1) for part in node.values()]
    return {key: _with_lists(part, depth + 1) for key, part in node.items()}


def _leaves(node: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, list):
        for number, part in enumerate(node, start=1):
            yield from _leaves(part, (*path, str(number)))
    else:
        for key, part in node.items():
            yield from _leaves(part, (*path, key))


def _places(node: Any, kinds: Any, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    """Every group or list, with the key of a part in it that is of these kinds."""
    if isinstance(node, str):
        return
    for key, part in enumerate(node) if isinstance(node, list) else node.items():
        if depth and isinstance(part, kinds):
            yield node, key
        yield from _places(part, kinds, depth + 1)


def _with_new_texts(node: Any, new: Any) -> Any:
    if isinstance(node, str):
        return new()
    if isinstance(node, list):
        return [_with_new_texts(part, new) for part in node]
    return {key: _with_new_texts(part, new) for key, part in node.items()}


def at(found: tuple[SourceString, ...], context: str, source: str) -> tuple[SourceString, ...]:
    """The same strings, with another English at a context."""
    return tuple(replace(one, source=source) if one.context == context else one for one in found)
