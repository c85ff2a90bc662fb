"""The history of a draft, kept on disk: a line for each event, so that a kill loses none.

`journal.jsonl` starts with the text at the start; each further line is an event, with a digest of
it and the text after it. An event is on disk before anybody is told that it happened. What a killed
program left of a last line is ignored.
"""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from editing.history import STEPS, Event, History
from editing.whole_files import write_whole
from pack.errors import PressError
from pack.exit_codes import ExitCode

_FORMAT = 1


class AlreadyOpen(PressError):
    """Another process edits this file."""

    exit_code = ExitCode.USAGE


class DraftJournal:
    """The journal in a folder of its own, which no other process can open at the same time.

    If it can't be written, `failure` says why. What it lacks then is written with the next event;
    but if the folder could not be used from the start, the draft is in memory alone.
    """

    def __init__(self, folder: Path) -> None:
        """Raises `AlreadyOpen`."""
        self.failure = ""
        self.damaged: Path | None = None
        self._folder = folder
        self._file = folder / "journal.jsonl"
        # Held by the program, not by one of its threads: any of them may write the next event.
        self._lock = FileLock(folder / "lock", thread_local=False)
        #: How many events were added since the file was written as a whole; None if it must be.
        self._added: int | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder.parent / ".gitignore").write_text("*\n", "utf-8")
            self._lock.acquire(timeout=0)
        except Timeout:
            raise AlreadyOpen(
                f"{folder.name} is already open in the studio. "
                "Go on in the window where it is open, or close the studio there first."
            ) from None
        except OSError as error:
            self.failure = _reason(error)

    def close(self) -> None:
        """Let others open the journal."""
        self._lock.release()

    def read(self) -> History | None:
        """What is on disk, or None. A damaged journal is kept aside, as the file `damaged`."""
        if not self._lock.is_locked:
            return None
        try:
            data = self._file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self.failure = _reason(error)
            self.close()
            return None
        try:
            history = _parse(data)
        except (ValueError, KeyError, TypeError):
            self._keep_aside()
            return None
        self._added = len(history.events) if data.endswith(b"\n") else None
        return history

    def note(self, history: History) -> None:
        """Record the last event of a history, and forget events that are too old."""
        if not self._lock.is_locked:
            return
        try:
            if self._added is None or self._added >= STEPS:
                history.events = history.thinned(datetime.now(UTC)).events
                write_whole(self._file, b"".join(_lines(history)))
                self._added = 0
            else:
                with self._file.open("ab") as stream:
                    stream.write(_line(history.events[-1], history.text))
                    stream.flush()
                    os.fsync(stream.fileno())
                self._added += 1
            self.failure = ""
        except OSError as error:
            self._added = None
            self.failure = _reason(error)

    def _keep_aside(self) -> None:
        number = 1
        while (aside := self._folder / f"{self._file.name}.damaged-{number}").exists():
            number += 1
        try:
            self._file.rename(aside)
            self.damaged = aside
        except OSError as error:
            self.failure = _reason(error)
            self.close()


def _lines(history: History) -> Iterator[bytes]:
    head = {"format": _FORMAT, "first": history.first, "start": history.start}
    yield json.dumps(head).encode() + b"\n"
    for event, text in history.with_texts():
        yield _line(event, text)


def _line(event: Event, text: str) -> bytes:
    data = _events().dump_python(event, mode="json")
    return json.dumps({"event": data, "digest": _digest(data, text)}).encode() + b"\n"


def _parse(data: bytes) -> History:
    """Raises `ValueError`, `KeyError` or `TypeError` if a complete line is damaged."""
    complete = data[: data.rfind(b"\n") + 1]
    head, *lines = map(json.loads, complete.splitlines())
    if head["format"] != _FORMAT:
        raise ValueError("another format")
    history = History(head["start"], head["first"])
    for line in lines:
        history.add(_events().validate_python(line["event"]))
        if _digest(line["event"], history.text) != line["digest"]:
            raise ValueError("this event was another, or led to another text")
    return history


@cache
def _events() -> TypeAdapter[Event]:
    return TypeAdapter(Event)


def _digest(event: object, text: str) -> str:
    return sha256((json.dumps(event) + text).encode()).hexdigest()[:16]


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
