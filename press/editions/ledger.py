"""Which schools are done, and what was made for them: `schools.json`.

Each school has a line of its own in it. While a run lasts, the lines of what is done go to a file
beside it: a run that was cut short goes on from there.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from press.errors import OutputError
from press.publish import replace_files

NAME = "schools.json"
_JOURNAL = ".schools.jsonl"
_HEAD, _END = '{"version": 1, "schools": [\n', "\n]}\n"


@dataclass(frozen=True)
class Entry:
    """A school that is done.

    `fingerprint` is what its files follow from, `files` their digests (SHA-256) and sizes in
    bytes by name, `laid_out` those that could not be stamped.
    """

    id: str
    fingerprint: str
    files: Mapping[str, tuple[str, int]]
    laid_out: tuple[str, ...] = ()


class Ledger:
    """The entries of a folder of schools, each kept as its line: as objects they take much more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lines = dict(_read(folder / NAME)) | dict(_read(folder / _JOURNAL))

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def entry(self, id: str) -> Entry | None:
        """What is known of a school."""
        if not (line := self._lines.get(id)):
            return None
        data = json.loads(line)
        files = {name: (digest, size) for name, (digest, size) in data["files"].items()}
        return Entry(data["id"], data["fingerprint"], files, tuple(data["laid_out"]))

    def note(self, entries: Iterable[Entry]) -> None:
        """Schools that are done now. Raises `OutputError`."""
        lines = {one.id: json.dumps(asdict(one), ensure_ascii=False) for one in entries}
        self._lines |= lines
        try:
            with (self.folder / _JOURNAL).open("a", encoding="utf-8") as stream:
                stream.writelines(f"{line}\n" for line in lines.values())
        except OSError as error:
            raise OutputError(f"{self.folder} can't be written: {error.strerror}") from None

    def finish(self, order: Iterable[str]) -> bytes:
        """Write the whole, those of `order` first; returns what was written."""
        first = [id for id in order if id in self._lines]
        others = sorted(self._lines.keys() - set(first))
        rows = ",\n".join(self._lines[id] for id in (*first, *others))
        data = f"{_HEAD}{rows}{_END}".encode()
        replace_files(self.folder, {NAME: data})
        (self.folder / _JOURNAL).unlink(missing_ok=True)
        return data


def _read(file: Path) -> Iterator[tuple[str, str]]:
    """The lines of a file that hold a school; a last line that was cut off holds none."""
    try:
        with file.open(encoding="utf-8") as stream:
            for line in stream:
                line = line.rstrip(",\n")
                if line.startswith('{"id": ') and line.endswith("}"):
                    yield json.loads(line)["id"], line
    except (OSError, ValueError):
        return
