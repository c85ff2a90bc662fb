"""Which edits lead from some values to others, where nobody recorded them."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from editing.changes import plain
from editing.edits import Edit, Insert, Move, Remove, SetValue
from pack.model import YamlPath

#: From which similarity on an entry of a list counts as the same one, changed.
_SAME = 0.6
#: Longer lists than this are not searched for changed entries: that takes their product in time.
_LONG = 50


def differences(before: Any, after: Any, path: YamlPath = ()) -> Iterator[Edit]:
    """The edits, one after the other, that turn `before` into `after`.

    Entries of lists are recognized by their values, those of mappings by their names. Empty fields
    and entries (None) are left out.
    """
    if repr(before) == repr(after):  # equal mappings may differ in their order
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping) and before.keys() & after.keys():
        yield from _in_mapping(before, after, path)
    elif isinstance(before, tuple) and isinstance(after, tuple) and (same := _pairs(before, after)):
        yield from _in_list(before, after, same, path)
    elif after is None:
        yield Remove(path)
    else:
        yield SetValue(path, plain(after))


def _in_mapping(
    before: Mapping[str, Any], after: Mapping[str, Any], path: YamlPath
) -> Iterator[Edit]:
    order = [name for name in before if name in after]
    for name in before:
        if name not in after:
            yield Remove((*path, name))
    for at, name in enumerate(after):
        if name not in before:
            order.insert(at, name)
            yield Insert(path, at, plain(after[name]), name)
        elif order[at] != name:
            order.remove(name)
            order.insert(at, name)
            yield Move((*path, name), at)
    for name in after:
        if name in before:
            yield from differences(before[name], after[name], (*path, name))


def _in_list(
    before: Sequence[Any], after: Sequence[Any], same: Mapping[int, int], path: YamlPath
) -> Iterator[Edit]:
    for number in reversed(range(len(before))):
        if number not in same:
            yield Remove((*path, number))
    came_from = {new: old for old, new in same.items()}
    order = sorted(same)
    for at, value in enumerate(after):
        if at not in came_from:
            order.insert(at, -1)
            yield Insert(path, at, plain(value))
        elif order[at] != came_from[at]:
            now = order.index(came_from[at])
            order.insert(at, order.pop(now))
            yield Move((*path, now), at)
    for at, old in sorted(came_from.items()):
        yield from differences(before[old], after[at], (*path, at))


def _pairs(before: Sequence[Any], after: Sequence[Any]) -> dict[int, int]:
    """Which entry of a list became which: where it was, and where it is."""
    old, new = [*map(repr, before)], [*map(repr, after)]
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    same = {one.a + step: one.b + step for one in blocks for step in range(one.size)}
    free = [number for number in range(len(new)) if number not in same.values()]
    for number in range(len(old)):
        if number in same:
            continue
        likeness = {
            at: SequenceMatcher(None, old[number], new[at]).ratio()
            for at in free
            if max(len(old), len(new)) <= _LONG or old[number] == new[at]
        }
        best = max(likeness, key=lambda at: likeness[at], default=None)
        if best is not None and likeness[best] >= _SAME:
            same[number] = best
            free.remove(best)
    return same
