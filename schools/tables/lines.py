"""The lines of a table, before its columns are known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from pack.errors import ContentError
from pack.problems import Fault, Place, Problem


@dataclass(frozen=True)
class TableLine:
    """The cells of a line, or a fault for a cell that is not text, and where each cell begins.

    `hidden` is whether the line can't be seen in the program that saved the table.
    """

    place: Place
    cells: Sequence[str | Fault]
    locate: Callable[[int], Place]
    hidden: bool = False


@dataclass(frozen=True)
class Unreadable:
    """A line that can't be split into cells."""

    place: Place
    fault: Fault


def refuse(file: Path, what: str, remedy: str, line: int = 1) -> NoReturn:
    """Raise `ContentError` for a file that can't be read at all."""
    raise ContentError([Problem(Place(file, line), "", Fault(what, remedy))])
