"""What was done to a text, step by step, and what can be undone. Knows nothing about files.

Each event says how the text became another (`patch`) and which edits that was (`edits`), so that
the text at any event can be had again, and a path be followed through all later events.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from editing.edits import Edit
from editing.rebase import Conflict, follow_all
from pack.model import YamlPath

#: An edit that can be read back from JSON.
KeptEdit = Annotated[Edit, Field(discriminator="kind")]

#: How much is kept: this many of the latest events, and as many saves of the last days.
STEPS, DAYS = 500, 30


@dataclass(frozen=True)
class TextChange:
    """How a text became another: at character `start`, `new` took the place of `old`."""

    start: int
    old: str
    new: str

    @classmethod
    def between(cls, before: str, after: str) -> "TextChange":
        start = _alike(before, after)
        old, new = before[start:], after[start:]
        end = _alike(old[::-1], new[::-1])
        return cls(start, old[: len(old) - end], new[: len(new) - end])

    def apply(self, text: str) -> str:
        """Raises `ValueError` if the text is not the one that the patch was made for."""
        end = self.start + len(self.old)
        if text[self.start : end] != self.old:
            raise ValueError("the patch is for another text")
        return text[: self.start] + self.new + text[end:]

    def reversed(self) -> "TextChange":
        return TextChange(self.start, self.new, self.old)


@dataclass(frozen=True)
class Step:
    """What one “undo” takes back."""

    title: str
    who: str
    edits: tuple[KeptEdit, ...]
    patch: TextChange


class EventKind(StrEnum):
    CHANGE = "change"
    UNDO = "undo"
    REDO = "redo"
    RESTORE = "restore"  # of the text at an earlier event
    SAVE = "save"
    MERGE = "merge"  # of what another program saved
    SETTLE = "settle"  # a conflict, without changing the text
    SKIP = "skip"  # stands for old events that are no longer kept


@dataclass(frozen=True)
class Event:
    """Something that happened to the text.

    `edits` say where each value is after it; with UNDO, the values in them mean nothing. `time` is
    in ISO 8601, UTC. With CHANGE, `joins` says that it is one step with the change before it.
    `settles` is the path of a conflict that was settled by it. With MERGE, the last steps, as many
    as `undone`, are replaced by `steps`, the first of which is what the other program saved; `base`
    leads back to that from the merged text. `conflicts` are those that MERGE found, or all that
    were open when events were skipped.
    """

    number: int
    kind: EventKind
    time: str
    who: str = ""
    title: str = ""
    edits: tuple[KeptEdit, ...] = ()
    patch: TextChange | None = None
    undone: int = 0
    steps: tuple[Step, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    base: TextChange | None = None
    settles: YamlPath | None = None
    joins: bool = False


@dataclass
class History:
    """A text, what it was at the `start`, and all events in between.

    Events have ascending numbers, from `first` on, which stands for the start itself.
    `base` is the text in the content file as it was last read or saved. `saved_at` is how many of
    the steps in `done` led to it, or None if undo can't lead back to it.
    """

    start: str
    first: int
    events: list[Event] = field(init=False, default_factory=list)
    text: str = field(init=False)
    base: str = field(init=False)
    saved_at: int | None = field(init=False, default=0)
    done: list[Step] = field(init=False, default_factory=list)
    undone: list[Step] = field(init=False, default_factory=list)
    conflicts: tuple[Conflict, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        self.text = self.base = self.start

    @property
    def next_number(self) -> int:
        return self.events[-1].number + 1 if self.events else self.first + 1

    @property
    def version(self) -> int:
        """The number of the last event that changed the text."""
        return next((one.number for one in reversed(self.events) if one.patch), self.first)

    def add(self, event: Event) -> None:
        """Let something happen. Raises `ValueError` if it can't have happened to this text."""
        if event.patch:
            self.text = event.patch.apply(self.text)
        is_skip = event.kind is EventKind.SKIP
        still = [one for one in self.conflicts if one.path != event.settles and not is_skip]
        self.conflicts = (*(_followed(one, event) for one in still), *event.conflicts)
        self.events.append(event)
        match event.kind:
            case EventKind.CHANGE | EventKind.RESTORE:
                self._push(event)
            case EventKind.UNDO:
                if self.done:  # or it is no longer kept
                    self.undone.append(self.done.pop())
            case EventKind.REDO if self.undone:
                self.done.append(self.undone.pop())
            case EventKind.REDO:
                self._push(event)
            case EventKind.SAVE:
                self.base, self.saved_at = self.text, len(self.done)
            case EventKind.MERGE:
                self._merge(event)
            case EventKind.SKIP:
                self.done, self.undone, self.saved_at = [], [], None

    def _push(self, event: Event) -> None:
        if event.patch is None:
            raise ValueError("a step without its patch")
        if self.saved_at is not None and self.saved_at > len(self.done):
            self.saved_at = None
        step = Step(event.title, event.who, event.edits, event.patch)
        if event.joins and self.done:  # or the change before it is no longer kept
            step = self._joined(self.done.pop(), step)
        self.done.append(step)
        self.undone.clear()

    def _joined(self, first: Step, last: Step) -> Step:
        """Two steps as one; the last of them led to the text as it is now."""
        before = first.patch.reversed().apply(last.patch.reversed().apply(self.text))
        patch = TextChange.between(before, self.text)
        return Step(last.title, last.who, (*first.edits, *last.edits), patch)

    def _merge(self, event: Event) -> None:
        if event.base is None:
            raise ValueError("a merge without its base")
        self.base = event.base.apply(self.text)
        self.done[max(0, len(self.done) - event.undone) :] = event.steps
        self.saved_at = len(self.done) - len(event.steps) + 1  # the first of them is the other's
        self.undone.clear()

    def unsaved(self) -> list[Step] | None:
        """The steps from the saved text to this one; None if it came about in another way."""
        if self.saved_at is None or self.saved_at > len(self.done):
            return None
        return self.done[self.saved_at :]

    def text_at(self, number: int) -> str | None:
        """The text after an event, or None if it is not kept."""
        if number == self.first:
            return self.start
        return next((text for event, text in self.with_texts() if event.number == number), None)

    def edits_since(self, number: int) -> list[Edit] | None:
        """What was done after an event; None if not all of that is kept."""
        later = [event for event in self.events if event.number > number]
        if any(event.kind is EventKind.SKIP for event in later):
            return None
        return [edit for event in later for edit in event.edits]

    def with_texts(self) -> Iterator[tuple[Event, str]]:
        """All events, each with the text after it."""
        text = self.start
        for event in self.events:
            text = event.patch.apply(text) if event.patch else text
            yield event, text

    def thinned(self, now: datetime) -> "History":
        """The same without events that are too old; those that saved the base are kept."""
        saves = [one for one in self.events if one.kind in (EventKind.SAVE, EventKind.MERGE)]
        since = now - timedelta(days=DAYS)
        young = [one for one in saves[-STEPS:] if datetime.fromisoformat(one.time) >= since]
        kept = {one.number for one in (*self.events[-STEPS:], *young, *saves[-1:])}
        thin, before = History(self.start, self.first), History(self.start, self.first)
        skipped: Event | None = None
        for event in self.events:
            if event.number not in kept:
                skipped = Event(event.number, EventKind.SKIP, event.time)
            else:
                if skipped:
                    patch = TextChange.between(thin.text, before.text)
                    thin.add(replace(skipped, patch=patch, conflicts=before.conflicts))
                    skipped = None
                thin.add(event)
            before.add(event)
        return thin


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their starts."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _followed(conflict: Conflict, event: Event) -> Conflict:
    path = follow_all(conflict.path, event.edits)
    return replace(conflict, path=path) if path else conflict
