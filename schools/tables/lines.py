"""A line of a table, before anybody knows what its columns are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from pack.errors import ContentError
from pack.problems import Fault, Place, Problem


@dataclass(frozen=True)
class TableLine:
    """The cells of a line, a fault for each that can't be read as text, and where they begin."""

    place: Place
    cells: Sequence[str | Fault]
    locate: Callable[[int], Place]


@dataclass(frozen=True)
class Unreadable:
    """A line that can't be taken apart into cells."""

    place: Place
    fault: Fault


def refuse(file: Path, what: str, remedy: str, line: int = 1) -> NoReturn:
    """Raise the `ContentError` of a file that can't be read at all."""
    raise ContentError([Problem(Place(file, line), "", Fault(what, remedy))])
