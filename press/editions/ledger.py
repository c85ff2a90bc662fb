"""Which schools are done, and what was made for them: `schools.json`.

Each school has a line of its own in it. While a run lasts, the lines of what is done go to a file
beside it: a run that was cut short goes on from there. Another says what is about to be written,
so that files whose school was not noted any more are not taken for somebody's own.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from press.errors import OutputError
from press.publish import Known, replace_files

NAME = "schools.json"
_JOURNAL = ".schools.jsonl"
_ANNOUNCED = ".schools.announced.jsonl"
_HEAD, _END = '{"version": 1, "schools": [\n', "\n]}\n"


@dataclass(frozen=True)
class Entry:
    """A school that is done.

    `fingerprint` is what its files follow from, `files` their digests (SHA-256) and sizes in
    bytes by name, `laid_out` those that could not be stamped, `pages` how many pages or slides
    they have.
    """

    id: str
    fingerprint: str
    files: Mapping[str, tuple[str, int]]
    laid_out: tuple[str, ...] = ()
    pages: Mapping[str, int] = field(default_factory=dict)


class Ledger:
    """The entries of a folder of schools, each kept as its line: as objects they take much more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lines: dict[str, str] = {}
        for name in (NAME, _JOURNAL):
            for data, line in _read(folder / name):
                try:
                    self._lines[_entry(data).id] = line
                except (KeyError, TypeError, ValueError, AttributeError):
                    continue  # somebody's own words: the school is made again
        self._announced: dict[str, dict[str, str]] = defaultdict(dict)
        for data, _ in _read(folder / _ANNOUNCED):
            self._announced[data["id"]] |= {hash: name for name, hash in data["files"].items()}

    def entry(self, id: str) -> Entry | None:
        """What is known of a school."""
        line = self._lines.get(id)
        return _entry(json.loads(line)) if line else None

    def known(self, id: str) -> Known:
        """The digests of all files that may have been made for a school, by name."""
        found: dict[str, set[str]] = defaultdict(set)
        if old := self.entry(id):
            for name, (digest, _) in old.files.items():
                found[name].add(digest)
        for digest, name in self._announced.get(id, {}).items():
            found[name].add(digest)
        return {name: frozenset(digests) for name, digests in found.items()}

    def note(self, entries: Iterable[Entry]) -> None:
        """Schools that are done now. Raises `OutputError`."""
        lines = {one.id: _line(asdict(one)) for one in entries}
        self._lines |= lines
        _append(self.folder / _JOURNAL, lines.values())

    def text(self, order: Iterable[str]) -> bytes:
        """All entries as they are written, those of `order` first; empty if there are none."""
        first = [id for id in order if id in self._lines]
        others = sorted(self._lines.keys() - set(first))
        rows = ",\n".join(self._lines[id] for id in (*first, *others))
        return f"{_HEAD}{rows}{_END}".encode() if rows else b""

    def holds(self, text: bytes) -> bool:
        """Whether this is what is written already, and no run was cut short."""
        try:
            return not self._beside() and (self.folder / NAME).read_bytes() == text
        except OSError:
            return not text

    def finish(self, text: bytes) -> None:
        """Write all entries. Raises `OutputError`."""
        replace_files(self.folder, {NAME: text})
        for file in self._beside():
            file.unlink()

    def _beside(self) -> list[Path]:
        files = (self.folder / _JOURNAL, self.folder / _ANNOUNCED)
        return [file for file in files if file.exists()]


def announce(folder: Path, id: str, files: Mapping[str, tuple[str, int]]) -> None:
    """Say which files are about to be written for a school. Raises `OutputError`."""
    digests = {name: digest for name, (digest, _) in files.items()}
    folder.mkdir(parents=True, exist_ok=True)
    _append(folder / _ANNOUNCED, [_line({"id": id, "files": digests})])


def _append(file: Path, lines: Iterable[str]) -> None:
    # In one step, as several processes do so; each on a line of its own, whatever was cut off.
    data = "".join(f"\n{line}\n" for line in lines).encode()
    try:
        with file.open("ab", buffering=0) as stream:
            stream.write(data)
    except OSError as error:
        raise OutputError(f"{file.parent} can't be written: {error.strerror}") from None


def _line(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _entry(data: Mapping[str, Any]) -> Entry:
    files = {name: (str(digest), int(size)) for name, (digest, size) in data["files"].items()}
    pages = {name: int(count) for name, count in data["pages"].items()}
    laid_out = tuple(data["laid_out"])
    return Entry(str(data["id"]), str(data["fingerprint"]), files, laid_out, pages)


def _read(file: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """The lines of a file that hold a school; a line that was cut off holds none."""
    try:
        with file.open(encoding="utf-8", errors="replace") as stream:
            for line in stream:
                line = line.rstrip(",\n")
                if line.startswith('{"id": '):
                    try:
                        yield json.loads(line), line
                    except ValueError:
                        continue
    except OSError:
        return
