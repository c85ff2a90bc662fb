"""A content file as it is being edited: kept on disk until it is saved, with undo and history.

It is in `.studio/NAME/` beside the file. What was acknowledged survives the end of the program at
any moment. Kept are the last 500 changes, and what was saved in the last 30 days.
"""

import contextlib
import os
import stat
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from editing.changes import value_at
from editing.differences import differences
from editing.draft_journal import DraftJournal
from editing.edits import CannotEdit, Edit, Insert, Remove, SetValue, apply
from editing.history import Event, EventKind, History, Step, TextChange
from editing.rebase import Conflict, Rebase, undoing
from editing.whole_files import remove_leftover, write_whole
from editing.yaml_source import YamlSource
from pack.errors import ContentError, PressError, UsageError, output_errors
from pack.exit_codes import ExitCode
from pack.model import YamlPath
from pack.problems import Problem, path_text
from pack.yaml_reader import cannot_open

_TOO_OLD = "This page was opened too long ago. Open it again, and make your change there."


class ConflictError(UsageError):
    """Somebody else changed the same values meanwhile: nothing was changed now."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        self.conflicts = tuple(conflicts)
        places = ", ".join(f"“{path_text(one.path)}”" for one in conflicts)
        super().__init__(f"Somebody else has changed {places} meanwhile. Choose which to keep.")


class FileChanged(PressError):
    """The file can't be saved before `refresh`, because another program has changed it."""

    exit_code = ExitCode.USAGE


class FileState(StrEnum):
    """What `refresh` found."""

    SAME = "same"
    TAKEN = "taken"  # another program's changes are in the draft now, along with its own
    BROKEN = "broken"  # it can't be read
    REMOVED = "removed"


@dataclass(frozen=True)
class Refresh:
    """What became of the file, `conflicts` with what it says now, or why it can't be read."""

    state: FileState
    conflicts: tuple[Conflict, ...] = ()
    problems: tuple[Problem, ...] = ()


def draft_folder(file: Path) -> Path:
    """Where the draft of a content file is kept; all links to the file lead to the same."""
    target = file.resolve()
    return target.parent / ".studio" / target.name


class WorkingCopy:
    """The draft of a content file. Only one process can have it open, and one thread use it.

    `unkept` says why the draft is not on disk, if so. `damaged` is what was kept of a draft that
    could not be read: this one then started from the file.
    """

    def __init__(self, file: Path) -> None:
        """Continue the draft of a file, or begin one.

        Raises `AlreadyOpen`, or `ContentError` if there is no draft and the file can't be read.
        """
        self.file = file
        self._visit = ""
        self._target = file.resolve()
        folder = draft_folder(file)
        if not folder.exists():
            self._parse(self._read())
        self._journal = DraftJournal(folder)
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        self._saved: YamlSource | None = None
        history = self._journal.read()
        if history is None:
            self.source = self._parse(self._read())
            # Numbers of another draft mean nothing in this one.
            history = History(self.source.data.decode(), first=time.time_ns() // 1_000_000)
        else:
            self.source = self._parse(history.text.encode())
        self._history = history
        with contextlib.suppress(OSError):  # saving will say it
            remove_leftover(self._target)

    def close(self) -> None:
        """Let other processes open it."""
        self._journal.close()

    @property
    def unkept(self) -> str:
        return self._journal.failure

    @property
    def damaged(self) -> Path | None:
        return self._journal.damaged

    @property
    def data(self) -> bytes:
        """What the file would be if it were saved now."""
        return self.source.data

    @property
    def version(self) -> int:
        """Grows with each change of the text; pass it to `change` as `since`."""
        return self._history.version

    @property
    def is_changed(self) -> bool:
        """Whether it differs from the file as that was last read or saved."""
        return self._history.text != self._history.base

    @property
    def can_undo(self) -> bool:
        return bool(self._history.done)

    @property
    def can_redo(self) -> bool:
        return bool(self._history.undone)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Changes that `refresh` could not make, until they are settled by `resolve`."""
        return self._history.conflicts

    def values_at(self, version: int) -> Mapping[str, Any]:
        """What a version says. Raises `CannotEdit` if it is no longer kept."""
        if version == self.version:
            return self.source.values
        text = self._history.text_at(version)
        if text is None:
            raise CannotEdit(_TOO_OLD)
        return self._parse(text.encode()).values

    @property
    def saved(self) -> YamlSource:
        """The file as it was last read or saved."""
        data = self._history.base.encode()
        if not self._saved or self._saved.data != data:
            self._saved = self.source if data == self.data else self._parse(data)
        return self._saved

    def history(self) -> list[Event]:
        """What was done, newest first; of changes that are one step, the last."""
        events = [one for one in self._history.events if one.kind is not EventKind.SKIP]
        joined = [later.joins for later in events[1:]]
        return [one for one, gone in zip(events, [*joined, False], strict=False) if not gone][::-1]

    def change(
        self,
        edits: Iterable[Edit],
        title: str,
        who: str = "",
        since: int | None = None,
        visit: str = "",
    ) -> None:
        """Make all of these edits, one after the other, or none of them.

        Changes of one value during the same `visit` to its field are undone together.

        `since` is the version that they were meant for: their paths are followed through what was
        changed since. Raises `ConflictError` if that was the same values, and `CannotEdit`.
        """
        rebase = self._rebase(since)
        made = [one for edit in edits if (one := rebase.make(edit))]
        if rebase.conflicts:
            raise ConflictError(rebase.conflicts)
        joins = bool(visit) and visit == self._visit and self._goes_on(made, who)
        self._visit = visit
        self._change(EventKind.CHANGE, rebase.source, made, title, who, joins=joins)

    def _goes_on(self, edits: Sequence[Edit], who: str) -> bool:
        """Whether edits are of the value that the same person was the last to change."""
        last = self._history.events[-1] if self._history.events else None
        if not last or last.kind is not EventKind.CHANGE or last.who != who:
            return False
        return len({edit.path for edit in (*last.edits, *edits)}) == 1

    def _rebase(self, since: int | None) -> Rebase:
        if since in (None, self.version):
            return Rebase(self.source.values, (), self.source)
        text, edits = self._history.text_at(since), self._history.edits_since(since)
        if text is None or edits is None:
            raise CannotEdit(_TOO_OLD)
        return Rebase(self._parse(text.encode()).values, edits, self.source)

    def undo(self, who: str = "") -> str | None:
        """Take back the last step; returns its title, or None if there is none."""
        if not self._history.done:
            return None
        step = self._history.done[-1]
        source = self._parse(step.patch.reversed().apply(self._history.text).encode())
        edits = tuple(undoing(step.edits))
        self._note(EventKind.UNDO, source, title=step.title, who=who, edits=edits)
        return step.title

    def redo(self, who: str = "") -> str | None:
        """Make the last step again that was taken back; returns its title, or None."""
        if not self._history.undone:
            return None
        step = self._history.undone[-1]
        source = self._parse(step.patch.apply(self._history.text).encode())
        self._note(EventKind.REDO, source, title=step.title, who=who, edits=step.edits)
        return step.title

    def restore(self, number: int, who: str = "") -> None:
        """Go back to the text after an event of the history: a change that can be undone.

        Raises `CannotEdit` if that is no longer kept.
        """
        text = self._history.text_at(number)
        if text is None:
            raise CannotEdit("This version is no longer kept. Choose a newer one.")
        title = next((one.title for one in self._history.events if one.number == number), "")
        source = self._parse(text.encode())
        edits = differences(self.source.values, source.values)
        self._change(EventKind.RESTORE, source, edits, title, who)

    def save(self, who: str = "") -> None:
        """Write the file. Whether it is a valid pack is the caller's question.

        Raises `FileChanged` if another program has changed the file since it was last read, and
        `OutputError` if it can't be written; the draft stays as it is. A file that was removed is
        written again.
        """
        now = self._on_disk()
        if now == self.data and not self.is_changed:
            return
        if now not in (None, self.data, self._history.base.encode()):
            raise FileChanged(
                f"{self.file} was changed by another program meanwhile. "
                "Take these changes first, then save again."
            )
        if now != self.data:
            self._write()
        self._note(EventKind.SAVE, who=who)

    def _write(self) -> None:
        with output_errors(self.file, "saved"):
            if self._target.exists():
                # A new file takes its place, which the system would allow.
                is_writable = os.access(self._target, os.W_OK)
                if not is_writable or not self._target.stat().st_mode & stat.S_IWRITE:
                    raise PermissionError(None, "it is write-protected", str(self.file))
            write_whole(self._target, self.data)

    def refresh(self, title: str = "") -> Refresh:
        """Look at the file: if another program has changed it, take that, and keep what is unsaved.

        `title` is what the history calls that. Unsaved changes are made again on the new text.
        Those that contradict it are conflicts: until somebody chooses, the file's value stands. A
        file that can't be read changes nothing.
        """
        try:
            now = self._on_disk()
            if now is None:
                return Refresh(FileState.REMOVED)
            if now == self._history.base.encode():
                return Refresh(FileState.SAME)
            if now == self.data:  # saved, but the program was killed before it was noted
                self._note(EventKind.SAVE)
                return Refresh(FileState.SAME)
            theirs = self._parse(now)
        except ContentError as error:
            return Refresh(FileState.BROKEN, problems=error.problems)
        return Refresh(FileState.TAKEN, self._merge(theirs, title))

    def _merge(self, theirs: YamlSource, title: str) -> tuple[Conflict, ...]:
        old, mine = self._history, self.source
        base = self._parse(old.base.encode())
        steps = old.unsaved()
        undone = len(steps or ())
        before = mine if steps is None else base
        if steps is None:  # undone further than what is in the file
            edits = tuple(differences(base.values, mine.values))
            steps = [Step(old.events[-1].title, old.events[-1].who, edits, TextChange(0, "", ""))]
        rebase = Rebase(base.values, differences(base.values, theirs.values), theirs)
        made = [_step(title, "", differences(before.values, theirs.values), before, theirs)]
        for step in steps:
            source = rebase.source
            edits = tuple(one for edit in step.edits if (one := rebase.make(edit)))
            if source.data != rebase.source.data:
                made.append(_step(step.title, step.who, edits, source, rebase.source))
        self._note(
            EventKind.MERGE,
            rebase.source,
            title=title,
            edits=tuple(differences(mine.values, rebase.source.values)),
            undone=undone,
            steps=tuple(made),
            conflicts=rebase.conflicts,
            base=_patch(rebase.source, theirs),
        )
        return rebase.conflicts

    def resolve(self, path: YamlPath, mine: bool, title: str = "", who: str = "") -> None:
        """Settle the conflict at `path`: set my value, or leave theirs.

        Raises `CannotEdit` if there is none, or if mine can't be set.
        """
        conflict = next((one for one in self.conflicts if one.path == path), None)
        if conflict is None:
            raise CannotEdit(f"Which “{path_text(path)}” to keep has already been chosen.")
        source, edits = self.source, _choosing(conflict, self.source) if mine else []
        for edit in edits:
            source = apply(source, edit)
        if source.data == self.data:
            self._note(EventKind.SETTLE, title=title, who=who, settles=path)
        else:
            self._change(EventKind.CHANGE, source, edits, title, who, settles=path)

    def _change(
        self,
        kind: EventKind,
        source: YamlSource,
        edits: Iterable[Edit],
        title: str,
        who: str,
        settles: YamlPath | None = None,
        joins: bool = False,
    ) -> None:
        """Record that the text is this one now, unless it was so already."""
        if source.data != self.data:
            more = {"title": title, "who": who, "settles": settles, "joins": joins}
            self._note(kind, source, edits=tuple(edits), **more)

    def _note(self, kind: EventKind, source: YamlSource | None = None, **more: Any) -> None:
        """Let something happen, in memory and on disk."""
        if source:
            more["patch"] = _patch(self.source, source)
            self.source = source
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._history.add(Event(self._history.next_number, kind, now, **more))
        self._journal.note(self._history)

    def _parse(self, data: bytes) -> YamlSource:
        return YamlSource.parse(data, self.file)

    def _read(self) -> bytes:
        """Raises `ContentError`."""
        try:
            return self._target.read_bytes()
        except OSError as error:
            raise cannot_open(self.file, error) from None

    def _on_disk(self) -> bytes | None:
        """The file as it is now, or None if there is none. Raises `ContentError`."""
        return self._read() if self._target.exists() else None


def _patch(before: YamlSource, after: YamlSource) -> TextChange:
    return TextChange.between(before.data.decode(), after.data.decode())


def _step(
    title: str, who: str, edits: Iterable[Edit], before: YamlSource, after: YamlSource
) -> Step:
    return Step(title, who, tuple(edits), _patch(before, after))


def _choosing(conflict: Conflict, source: YamlSource) -> list[Edit]:
    """The edits that put my value of a conflict in place."""
    *parent, last = conflict.path
    if conflict.mine is None:
        there = value_at(source.values, conflict.path) is not None
        return [Remove(conflict.path)] if there else []
    if conflict.theirs is None and isinstance(last, int):
        return [Insert(tuple(parent), last, conflict.mine)]
    return [SetValue(conflict.path, conflict.mine)]
