"""Brings translations up to date with a pack, without guessing and without losing any.

Equal English keeps its translation wherever it has moved. A changed text is the one with the same
context; in a list, whose numbers mean nothing, the one between the same neighbors.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from languages.catalog import Catalog, Translation
from languages.strings import SourceString
from pack.problems import Place

#: What translations and strings that belong together have in common.
_Key = Callable[[Any], Hashable]

#: Strings by the parts of their contexts; a string itself is under "".
_Tree = dict[str, Any]

#: No pack is as deep as this; a file from elsewhere may be.
_DEEPEST = 20

#: How many parts of a context come before any number of a list; ids may be digits, too.
_IDS = 2


def merge(catalog: Catalog, strings: Sequence[SourceString]) -> Catalog:
    """The translations of today's strings, in their order. A pure function.

    A translation of another English is stale. A translation that no string needs is obsolete, and
    comes back with its string.
    """
    old = [entry for entry in catalog.entries if entry.target or entry.note]
    found = _Matches(strings)
    found.match(old, strings, _same)
    # The English may be again what it was.
    found.match(old, strings, lambda one: (one.context, _english_of(one)))
    found.match(catalog.obsolete, strings, _same)
    # A text that was here before, too, is not one that has moved here.
    known = set(map(_same, catalog.entries))
    new = [string for string in strings if _same(string) not in known]
    for entries in (old, catalog.obsolete):
        for key in (_same_in_its_list, _same_field, _same_english):
            found.match(entries, new, key)
    for before, now in _paired(_tree(old), _tree(strings)):
        found.take(before, now)
    by_id = [entry for entry in catalog.obsolete if not is_in_list(entry.context)]
    found.match(by_id, new, lambda one: one.context)
    left = map(_put_aside, found.free((*old, *catalog.obsolete)))
    places = {entry.context: entry.place for entry in catalog.entries}
    return Catalog(found.entries(places), _distinct(left))


class _Matches:
    """Which translation each string has got so far."""

    def __init__(self, strings: Sequence[SourceString]) -> None:
        self._strings = strings
        self._found: dict[str, Translation] = {}
        self._taken: set[int] = set()

    def take(self, entry: Translation, string: SourceString) -> None:
        """Give a translation to a string, unless either of them has got another."""
        if string.context not in self._found and id(entry) not in self._taken:
            self._found[string.context] = translating(entry, string)
            self._taken.add(id(entry))

    def match(
        self, entries: Iterable[Translation], strings: Iterable[SourceString], key: _Key
    ) -> None:
        """Give translations to strings with the same key, in their order."""
        waiting = defaultdict(list)
        for entry in self.free(entries):
            waiting[key(entry)].append(entry)
        for string in strings:
            if string.context not in self._found and (same := waiting[key(string)]):
                self.take(same.pop(0), string)

    def free(self, entries: Iterable[Translation]) -> list[Translation]:
        return [entry for entry in entries if id(entry) not in self._taken]

    def entries(self, places: Mapping[str, Place | None]) -> tuple[Translation, ...]:
        """A translation for each string: an empty one, at its place in the file, if it has none."""
        return tuple(
            self._found.get(one.context)
            or Translation(one.context, one.source, place=places.get(one.context))
            for one in self._strings
        )


def is_in_list(context: str) -> bool:
    """Whether a context has the number of a list, which another text may have tomorrow."""
    return any(part.isdecimal() for part in context.split("/")[_IDS:])


def _same(one: Translation | SourceString) -> Hashable:
    return one.context, one.source


def _same_in_its_list(one: Translation | SourceString) -> Hashable:
    return one.context.rsplit("/", 2)[0], _same_field(one)


def _same_field(one: Translation | SourceString) -> Hashable:
    return one.context.rpartition("/")[2], one.source


def _english_of(one: Translation | SourceString) -> str:
    """The English that a translation was made from, or that a string has."""
    return one.translated_from if isinstance(one, Translation) else one.source


def _same_english(one: Translation | SourceString) -> Hashable:
    return one.source


def translating(entry: Translation, string: SourceString) -> Translation:
    """A translation at the place of a string; stale if that has another English."""
    moved = replace(entry, context=string.context, source=string.source)
    if not entry.target:
        return replace(moved, fuzzy=False, previous="")
    if string.source == entry.source:
        return moved
    if string.source == entry.translated_from:
        return replace(moved, fuzzy=False, previous="")
    return replace(moved, fuzzy=True, previous=entry.translated_from)


def _put_aside(entry: Translation) -> Translation:
    """An obsolete translation, beside the English that it translates."""
    if not entry.previous:
        return entry
    return replace(entry, source=entry.translated_from, fuzzy=False, previous="")


def _distinct(entries: Iterable[Translation]) -> tuple[Translation, ...]:
    """Obsolete translations in a fixed order, each once; PO files name no string twice."""
    found: dict[tuple[str, str], Translation] = {}
    for entry in sorted(entries, key=lambda one: (one.context, one.source, one.target)):
        context = entry.context
        while (same := found.get((context, entry.source))) and same.target != entry.target:
            context += "~"
        if entry.target:
            found[context, entry.source] = replace(entry, context=context)
    return tuple(found.values())


def _tree(items: Iterable[Translation | SourceString]) -> _Tree:
    tree: _Tree = {}
    for item in items:
        node = tree
        for part in item.context.split("/", _DEEPEST):
            node = node.setdefault(part, {})
        node[""] = item
    return tree


def _paired(before: Any, now: Any, depth: int = 0) -> Iterator[tuple[Translation, SourceString]]:
    """The strings of two packs that stand in the same place."""
    if isinstance(before, Translation) and isinstance(now, SourceString):
        yield before, now
    elif isinstance(before, dict) and isinstance(now, dict):
        for old, new in _same_places(before, now, depth):
            yield from _paired(before[old], now[new], depth + 1)


def _same_places(before: _Tree, now: _Tree, depth: int) -> Iterator[tuple[str, str]]:
    if depth < _IDS or not all(key.isdecimal() for key in (*before, *now)):
        yield from ((key, key) for key in before if key in now)
        return
    old, new = (sorted(keys, key=lambda key: (len(key), key)) for keys in (before, now))
    matcher = SequenceMatcher(
        None, [_english(before[key]) for key in old], [_english(now[key]) for key in new], False
    )
    for kind, start, end, first, last in matcher.get_opcodes():
        # As many as before, between the same neighbors. Of more or fewer, none can be told.
        if kind != "insert" and end - start == last - first:
            yield from zip(old[start:end], new[first:last], strict=True)


def _english(node: Any) -> Hashable:
    """All English in an entry of a list."""
    if isinstance(node, Mapping):
        return tuple((key, _english(part)) for key, part in sorted(node.items()))
    return str(node.source)
