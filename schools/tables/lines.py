"""The lines of a table, before its columns are known."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, Protocol

from pack.errors import ContentError
from pack.problems import Fault, Place, Problem

#: How many lines are searched for the headings; there may be notes above them, and empty lines.
MOST_ABOVE = 100


@dataclass(frozen=True)
class TableLine:
    """The cells of a line, or a fault for a cell that is not text.

    `locate` gives the place of a cell, from its number and its heading. `hidden` is whether the
    line can't be seen in the program that saved the table.
    """

    place: Place
    cells: Sequence[str | Fault]
    locate: Callable[[int, str], Place]
    hidden: bool = False


@dataclass(frozen=True)
class Unreadable:
    """A line that can't be split into cells."""

    place: Place
    fault: Fault


class Lines(Protocol):
    """A table whose lines can be read several times.

    `warnings` are about the file as a whole. In a `grid`, a cell is never in a wrong column.
    """

    warnings: Sequence[Problem]
    grid: bool

    def __iter__(self) -> Iterator[TableLine | Unreadable]: ...


#: How much the cells of a line look like the headings of the table; a greater value is better.
Score = Callable[[Sequence[object]], tuple[bool, int]]


def refuse(file: Path, what: str, remedy: str, line: int = 1) -> NoReturn:
    """Raise `ContentError` for a file that can't be read at all."""
    raise ContentError([Problem(Place(file, line), "", Fault(what, remedy))])
