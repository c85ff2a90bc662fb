"""What a worksheet holds, found out before a library reads it (ECMA-376, part 1, 18.3.1).

A sheet of a few kilobytes can say that it has a row numbered two billion or a cell in column XFD of
every row, and openpyxl fills whatever is missing with empty cells.
"""

import re
from dataclasses import dataclass, field

from pack.office_files import ArchiveError, XmlScanner

#: How many rows and columns a sheet can have (Excel specifications and limits).
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384

#: How many cells a list can have, empty ones included, and how many strings and elements.
MAX_CELLS, MAX_STRINGS, MAX_NODES = 20_000_000, 5_000_000, 200_000_000

_SMALLER = "Save the list of schools as .csv."
_REFERENCE = re.compile(r"([A-Za-z]{1,3})\d{1,7}")


@dataclass
class SheetFacts:
    """The rows of a sheet that are merged across columns, and those that are hidden.

    Rows are hidden by hand or by a filter (18.3.1.73). `columns` is how many columns to read, if
    behind them many cells have only a color or a border; None for all.
    """

    merged: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    columns: int | None = None


class SheetScanner(XmlScanner):
    """Collects the `facts` of a worksheet. Raises `ArchiveError` if it is no sheet of Excel."""

    def __init__(self) -> None:
        super().__init__(MAX_NODES)
        self.facts = SheetFacts()
        self._row = self._rows = self._cells = self._column = self._size = self._written = 0
        self._numbers: dict[str, int] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        match tag if ":" not in tag else tag.rpartition(":")[2]:
            case "c":
                self._cell(attributes.get("r"))
            case "v" | "is" | "f":
                self._written = max(self._written, self._column)
            case "row":
                self._begin_row(attributes)
            case "mergeCell":
                self._merge(attributes.get("ref", ""))

    def _cell(self, reference: str | None) -> None:
        self._cells += 1
        self._column += 1
        if reference is not None:
            letters = reference.rstrip("0123456789")
            if not (column := self._numbers.get(letters)):
                column = self._numbers[letters] = _column(letters)
            self._column = column
        if self._column > MAX_COLUMNS or self._cells > MAX_COLUMNS:
            raise ArchiveError(f"a row has more than {MAX_COLUMNS:,} cells", _SMALLER)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        # More than seven digits are too many, and may be thousands.
        self._row = int(number[:8]) if number and number.isdecimal() else self._row + 1
        self._rows += 1
        if max(self._row, self._rows) > MAX_ROWS:
            raise ArchiveError(f"a sheet can't have more than {MAX_ROWS:,} rows")
        self._size += self._column
        self._cells = self._column = 0
        if attributes.get("hidden") in ("1", "true"):
            self.facts.hidden.add(self._row)

    def _merge(self, reference: str) -> None:
        start, _, end = reference.partition(":")
        left, right = _REFERENCE.fullmatch(start), _REFERENCE.fullmatch(end)
        if left and right and left[1] != right[1] and start[left.end(1) :] == end[right.end(1) :]:
            self.facts.merged.add(int(start[left.end(1) :]))

    def finish(self) -> SheetFacts:
        """The facts. Raises `ArchiveError` if there are too many cells with the empty ones."""
        if self._size + self._column > MAX_CELLS:
            self.facts.columns = self._written or 1
            if self._row * self._written > MAX_CELLS:
                raise ArchiveError(
                    f"a sheet has more than {MAX_CELLS:,} cells, with the empty ones",
                    "Delete what is far to the right of the list, or save it as .csv.",
                )
        return self.facts


def _column(letters: str) -> int:
    """The number of a column, from 1; for what is no column, one that no sheet has."""
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + (ord(letter) - 64 if "A" <= letter <= "Z" else MAX_COLUMNS)
    return number or MAX_COLUMNS + 1
