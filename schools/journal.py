"""The journal `schools.json`: which schools are done, and what was made for them.

Each school has its own line. During a run, the lines of finished schools go to a second file, from
which an interrupted run continues. A third file announces what is about to be written: files of a
school that was interrupted before its entry are then not mistaken for somebody's own.
"""

import contextlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pack.errors import output_errors
from schools.publish import Known

NAME = "schools.json"
_JOURNAL = ".schools.jsonl"
_ANNOUNCED = ".schools.announced.jsonl"
_HEAD, _END = b'{"version": 1, "schools": [\n', b"\n]}\n"


@dataclass(frozen=True)
class JournalEntry:
    """A school that is done.

    `fingerprint` covers everything that determines its files. `files` are their digests (SHA-256)
    and sizes in bytes by name, `laid_out` the files that could not be stamped, `pages` the numbers
    of pages or slides.
    """

    id: str
    fingerprint: str
    files: Mapping[str, tuple[str, int]]
    laid_out: tuple[str, ...] = ()
    pages: Mapping[str, int] = field(default_factory=dict)


class Journal:
    """The entries of a folder of schools. Memory holds only where the line of each begins."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._starts: dict[str, tuple[str, int]] = {}
        for name in (NAME, _JOURNAL):
            for start, data in _read(folder / name):
                try:
                    self._starts[_entry(data).id] = name, start
                except (KeyError, TypeError, ValueError, AttributeError):
                    continue  # a damaged entry: the school is made again
        self._announced: dict[str, dict[str, str]] = defaultdict(dict)
        for _, data in _read(folder / _ANNOUNCED):
            self._announced[data["id"]] |= {hash: name for name, hash in data["files"].items()}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all schools that are done, in the order in which they were recorded."""
        return tuple(self._starts)

    def entry(self, id: str) -> JournalEntry | None:
        """What is known about a school."""
        return _entry(json.loads(self._line(id))) if id in self._starts else None

    def known(self, id: str) -> Known:
        """The digests of all files that may have been made for a school, by name."""
        found: dict[str, set[str]] = defaultdict(set)
        if old := self.entry(id):
            for name, (digest, _) in old.files.items():
                found[name].add(digest)
        for digest, name in self._announced.get(id, {}).items():
            found[name].add(digest)
        return {name: frozenset(digests) for name, digests in found.items()}

    def note(self, entries: Iterable[JournalEntry]) -> None:
        """Record schools that are done. Raises `OutputError`."""
        for one in entries:
            start = _append(self.folder / _JOURNAL, _json(asdict(one)))
            self._starts[one.id] = _JOURNAL, start

    def finish(self, order: Iterable[str], put: Callable[[str, Path], None]) -> None:
        """Write all entries, those in `order` first, unless the file has them already.

        `put` is called with the file's name and its new version. Raises `OutputError`.
        """
        beside = [self.folder / name for name in (_JOURNAL, _ANNOUNCED)]
        beside = [file for file in beside if file.exists()]
        order = [*dict.fromkeys(id for id in order if id in self._starts)]
        order += sorted(self._starts.keys() - set(order))
        if not beside and (not order or _holds(self.folder / NAME, self._text(order))):
            return
        fresh = self.folder / f".{NAME}.new"
        with output_errors(self.folder):
            with fresh.open("wb") as stream:
                stream.writelines(self._text(order))
            put(NAME, fresh)
            fresh.replace(self.folder / NAME)
            for file in beside:
                file.unlink()

    def _text(self, order: Iterable[str]) -> Iterator[bytes]:
        before = _HEAD
        for id in order:
            yield before + self._line(id)
            before = b",\n"
        yield _END

    def _line(self, id: str) -> bytes:
        name, start = self._starts[id]
        with (self.folder / name).open("rb") as stream:
            stream.seek(start)
            return stream.readline().rstrip(b",\n")


def announce(folder: Path, id: str, files: Mapping[str, tuple[str, int]]) -> None:
    """Record which files are about to be written for a school. Raises `OutputError`."""
    digests = {name: digest for name, (digest, _) in files.items()}
    folder.mkdir(parents=True, exist_ok=True)
    _append(folder / _ANNOUNCED, _json({"id": id, "files": digests}))


def _holds(file: Path, text: Iterable[bytes]) -> bool:
    try:
        with file.open("rb") as stream:
            return all(stream.read(len(piece)) == piece for piece in text) and not stream.read(1)
    except OSError:
        return False


def _append(file: Path, line: bytes) -> int:
    """Add a line to a file; returns where it begins. Raises `OutputError`."""
    # In one step, because several processes write here, and on a new line, because a killed process
    # may have left half a line.
    with output_errors(file.parent), file.open("ab", buffering=0) as stream:
        stream.write(b"\n%s\n" % line)
        return stream.tell() - len(line) - 1


def _json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def _entry(data: Mapping[str, Any]) -> JournalEntry:
    files = {name: (str(digest), int(size)) for name, (digest, size) in data["files"].items()}
    pages = {name: int(count) for name, count in data["pages"].items()}
    laid_out = tuple(data["laid_out"])
    return JournalEntry(str(data["id"]), str(data["fingerprint"]), files, laid_out, pages)


def _read(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The schools in a file, and where the line of each begins; incomplete lines are left out."""
    try:
        with file.open("rb") as stream:
            start = 0
            for line in stream:
                if line.startswith(b'{"id": '):
                    with contextlib.suppress(ValueError):
                        yield start, json.loads(line.rstrip(b",\n"))
                start += len(line)
    except OSError:
        return
