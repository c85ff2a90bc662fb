"""What is wrong, where it is, and how to fix it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Fault(NamedTuple):
    """What is wrong and how to fix it, in two sentences for people who don't read code."""

    what: str
    remedy: str


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file. `line` and `column` count from 1; `line` is 0 for the file as a whole.

    `name` is what people call it in a table, such as "cell D4".
    """

    file: Path
    line: int = 1
    column: int = 1
    name: str = field(default="", compare=False)

    def __str__(self) -> str:
        if self.name:
            return f"{self.file}, {self.name}"
        return f"{self.file}:{self.line}:{self.column}" if self.line else str(self.file)


@dataclass(frozen=True)
class LongPart:
    """A part of a sheet that takes much room: its path and line in the file, and of which kind."""

    path: tuple[str | int, ...]
    line: int
    kind: str
    lines: int

    def __str__(self) -> str:
        return f"line {self.line} ({self.kind}, about {self.lines} line{'s' * (self.lines != 1)})"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with the content, for the person who can fix it.

    `where` is the path to the value ("topics → how-it-starts → points → 3"). `longest` are the
    parts to shorten first, if it is about room. Problems sort by file and line.
    """

    place: Place
    where: str
    fault: Fault
    severity: Severity = field(default=Severity.ERROR, compare=False)
    longest: tuple[LongPart, ...] = field(default=(), compare=False)

    @property
    def what(self) -> str:
        return self.fault.what

    @property
    def remedy(self) -> str:
        parts = f" The longest parts: {'; '.join(map(str, self.longest))}." if self.longest else ""
        return f"{self.fault.remedy}{parts}"

    @property
    def headline(self) -> str:
        """Where it is and what is wrong, in one line."""
        where = f"{self.where}: " if self.where else ""
        return f"{self.place}: {where}{self.what}"

    def __str__(self) -> str:
        return f"{self.headline}\n    {self.remedy}"


def path_text(path: Iterable[str | int]) -> str:
    """A path for people to read, with list positions counted from 1."""
    return " → ".join(str(key + 1) if isinstance(key, int) else key for key in path)


def nearest(word: str, known: Iterable[str]) -> str:
    """A sentence that suggests the known names closest to `word`."""
    import difflib  # here, because every start of the program loads this module

    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=3, cutoff=0.5)
    if close:
        return "Did you mean " + " or ".join(f"“{name}”" for name in close) + "?"
    if not names:
        return "There are none yet: add one first."
    return f"Known names: {', '.join(names[:12])}{', …' if len(names) > 12 else '.'}"
