"""Make edits that were meant for one text on another, and find what contradicts them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from editing.changes import place_after, plain, settled, value_at
from editing.edits import (
    CannotEdit,
    Edit,
    Insert,
    Move,
    Remove,
    Rename,
    SetValue,
    apply,
    expected,
    follow,
)
from editing.yaml_source import YamlSource
from pack.model import YamlPath


@dataclass(frozen=True)
class Conflict:
    """Two people changed the same value in different ways.

    `path` is where it is in the text of the others. None means that there is no value; if `theirs`
    is None in a list, mine would be a new entry at this position.
    """

    path: YamlPath
    theirs: Any
    mine: Any


@dataclass
class _Contradiction:
    """A conflict whose paths follow further edits; `mine` is None if I removed the value."""

    mine: YamlPath | None
    theirs: YamlPath
    value: Any

    def covers(self, path: YamlPath) -> bool:
        """Whether an edit at this path is part of mine, and can't be made by itself."""
        return _is_within(path, self.mine) and (path != self.mine or self.value is None)


class Rebase:
    """Makes edits one after the other on `source`.

    They were meant for the values `before`, from which the edits `foreign` led to `source`. An edit
    of a value that these changed is not made: the value becomes one of `conflicts`.
    """

    def __init__(
        self, before: Mapping[str, Any], foreign: Iterable[Edit], source: YamlSource
    ) -> None:
        self.source = source
        self._before = before
        self._foreign = tuple(foreign)
        self._meant: list[Edit] = []
        self._made: list[Edit | None] = []
        self._contradictions: list[_Contradiction] = []

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return tuple(
            Conflict(
                one.theirs,
                plain(one.value),
                plain(value_at(self._before, one.mine)) if one.mine else None,
            )
            for one in self._contradictions
        )

    def make(self, edit: Edit) -> Edit | None:
        """Make an edit; returns it as it was made, or None if it was not made."""
        if isinstance(edit, Insert):
            count = len(value_at(self._before, edit.path) or ())
            edit = replace(edit, at=min(max(edit.at, 0), count))
        after = expected(self._before, edit)
        found = None
        if not any(one.covers(edit.path) for one in self._contradictions):
            found = self._fitted(edit, after)
        if found and not isinstance(found, _Contradiction):
            try:
                self.source = apply(self.source, found)
            except CannotEdit:
                if not self._foreign:
                    raise
                found = self._contradiction(edit)
        self._follow(edit, None if isinstance(found, _Contradiction) else found)
        if isinstance(found, _Contradiction):
            around = found.theirs
            others = (one for one in self._contradictions if not _is_within(one.theirs, around))
            self._contradictions = [*others, found]
            found = None
        self._meant.append(edit)
        self._made.append(found)
        self._before = after
        return found

    def _follow(self, meant: Edit, made: Edit | None) -> None:
        still = []
        for one in self._contradictions:
            if one.mine:
                one.mine = follow(one.mine, meant)
                if one.mine is None:
                    continue  # I have removed it since
            one.theirs = follow_all(one.theirs, [made]) or one.theirs
            if one.mine and one.value is None and isinstance(one.mine[-1], str):
                one.theirs = (*one.theirs[:-1], one.mine[-1])  # I may have renamed it
            still.append(one)
        self._contradictions = still

    def _fitted(self, edit: Edit, after: Mapping[str, Any]) -> Edit | _Contradiction | None:
        """The edit with paths and positions in this text; None if it is needed no more."""
        path = self._locate(edit.path)
        if path is None:
            gone = isinstance(edit, Remove | Move)
            return None if gone else self._contradiction(edit)
        old, theirs = value_at(self._before, edit.path), value_at(self.source.values, path)
        match edit:
            case SetValue():
                mine = value_at(after, edit.path)
                return None if theirs == mine else self._unless_changed(edit, path, old)
            case Remove():
                return self._unless_changed(edit, path, old)
            case Move():
                return Move(path, self._position(edit.path, edit.to, path))
            case Rename():
                if path[-1] == edit.name:
                    return None
                taken = value_at(self.source.values, (*path[:-1], edit.name)) is not None
                return self._contradiction(edit) if taken else Rename(path, edit.name)
            case Insert():
                if isinstance(theirs, Mapping) and edit.name in theirs:
                    same = theirs[edit.name] == value_at(after, place_after(edit))
                    return None if same else self._contradiction(edit)
                at = self._position((*edit.path, edit.name), edit.at, (*path, edit.name))
                return replace(edit, path=path, at=at)

    def _unless_changed(
        self, edit: SetValue | Remove, path: YamlPath, old: Any
    ) -> Edit | _Contradiction:
        theirs = value_at(self.source.values, path)
        if isinstance(edit, SetValue) and edit.old is not None:
            old = settled(edit.old, theirs)
        changed = theirs != old
        return self._contradiction(edit) if changed else replace(edit, path=path)

    def _contradiction(self, edit: Edit) -> _Contradiction:
        """About the edit's value, or the outermost value around it that is no longer there."""
        target = place_after(edit)
        is_new_entry = isinstance(edit, Insert) and not edit.name
        around: YamlPath = ()
        for end in range(1, len(target) + 1):
            there = value_at(self.source.values, around)
            if not _can_have(there, target[end - 1]):
                return _Contradiction(target[: end - 1], around, there)  # it became something else
            found = self._locate(target[:end])
            if found is None or (end == len(target) and is_new_entry):
                # In the edit's own text, it is there.
                return _Contradiction(target[:end], (*around, target[end - 1]), None)
            around = found
        mine = None if isinstance(edit, Remove) else target
        return _Contradiction(mine, around, value_at(self.source.values, around))

    def _locate(self, path: YamlPath, made: int | None = None) -> YamlPath | None:
        """Where something is in this text; `path` is from after so many of the edits (all)."""
        for number in reversed(range(len(self._meant[:made]))):
            meant, new = self._meant[number], self._made[number]
            inside = place_after(meant)
            if isinstance(meant, Insert) and path[: len(inside)] == inside:
                rest = path[len(inside) :]
                if isinstance(new, Insert):
                    return follow_all((*place_after(new), *rest), self._made[number + 1 :])
                parent = self._locate(meant.path, number) if meant.name else None
                return parent and (*parent, meant.name, *rest)
            before = follow_all(path, undoing([meant]))
            if before is None:
                return None
            path = before
        return follow_all(path, [*self._foreign, *self._made])

    def _position(self, path: YamlPath, at: int, here: YamlPath) -> int:
        """The position in this text for what would come to position `at` among its siblings.

        `path` is its own path, and `here` that in this text, whether it exists or not.
        """
        siblings = _names(value_at(self._before, path[:-1]), without=path[-1])
        others = _names(value_at(self.source.values, here[:-1]), without=here[-1])
        if not at or not siblings:
            return 0
        neighbor = self._locate((*path[:-1], siblings[min(at, len(siblings)) - 1]))
        if neighbor and neighbor[-1] in others:
            return others.index(neighbor[-1]) + 1
        return min(at, len(others))


def _is_within(path: YamlPath, around: YamlPath | None) -> bool:
    return around is not None and path[: len(around)] == around


def _can_have(there: Any, key: str | int) -> bool:
    """Whether there may be an entry of this name or number in what is there."""
    return there is None or isinstance(there, tuple if isinstance(key, int) else Mapping)


def undoing(edits: Iterable[Edit]) -> list[Edit]:
    """Edits that take paths back to where they were; the values in them mean nothing."""
    return [one for edit in reversed([*edits]) if (one := _inverse(edit))]


def _inverse(edit: Edit) -> Edit | None:
    match edit:
        case Insert():
            return Remove(place_after(edit))
        case Remove(path=(*parent, int(last))):
            return Insert(tuple(parent), last, "")
        case Remove(path=(*parent, str(last))):
            return Insert(tuple(parent), 0, "", last)
        case Move(path=(*parent, int(last))):
            return Move((*parent, edit.to), last)
        case Rename(path=(*parent, str(last))):
            return Rename((*parent, edit.name), last)
        case _:  # nothing is elsewhere now
            return None


def follow_all(path: YamlPath, edits: Iterable[Edit | None]) -> YamlPath | None:
    """Where a value that was at `path` is after all these edits; None if it is gone."""
    for edit in edits:
        found = follow(path, edit) if edit else path
        if found is None:
            return None
        path = found
    return path


def _names(values: Any, without: str | int) -> list[str | int]:
    """The names of a mapping's fields, or the positions of a list."""
    keys = values if isinstance(values, Mapping) else range(len(values or ()))
    return [key for key in keys if key != without]
