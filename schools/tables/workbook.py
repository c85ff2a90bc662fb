"""The lines of an Excel workbook (ISO/IEC 29500), from its first sheet that is not hidden."""

import datetime
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from pack.errors import ContentError
from pack.problems import Fault, Place, Problem, Severity
from schools.tables.lines import MOST_ABOVE, Score, TableLine, Unreadable, refuse

#: The largest size of an unpacked workbook, in bytes: about 500,000 schools.
MAX_BYTES = 500_000_000

#: How many rows a sheet can have (Excel specifications and limits).
MAX_ROWS = 1_048_576

_ROW = re.compile(rb"<(?:\w+:)?row ([^>]*)>")
_NUMBER, _HIDDEN = re.compile(rb'\br="(\d+)"'), re.compile(rb'\bhidden="(?:1|true)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


class WorkbookLines:
    """The rows of a workbook's first visible sheet with headings, which `score` tells.

    Raises `ContentError` if the file is not a workbook.
    """

    grid = True

    def __init__(self, file: Path, score: Score) -> None:
        from openpyxl import load_workbook

        self.warnings: Sequence[Problem] = ()
        self._file = file
        self._sheet: Any = None
        self._sheet_name = ""
        try:
            with zipfile.ZipFile(file) as archive:
                too_large = sum(info.file_size for info in archive.infolist()) > MAX_BYTES
            if too_large:
                refuse(file, "this workbook is too large", "Save the list of schools as .csv.")
            # It warns about features that have nothing to do with text, also while rows are read.
            warnings.filterwarnings("ignore", module="openpyxl")
            book = load_workbook(file, read_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            for sheet in sheets:
                sheet.reset_dimensions()  # some programs write wrong ones
            self._sheet = max(sheets, key=lambda sheet: _has_headings(sheet, score))
            if len(sheets) > 1:
                self._sheet_name = self._sheet.title
                self.warnings = self._not_read(sheets)
        except ContentError:
            raise
        except (zipfile.BadZipFile, OSError):
            refuse(file, "this is not an Excel workbook", "Save it again as .xlsx or .csv.")
        except Exception:  # a damaged workbook makes openpyxl fail in many ways
            self._sheet = None

    def __iter__(self) -> Iterator[TableLine | Unreadable]:
        number = 0
        try:
            merged, hidden = _merged_and_hidden(self._file, self._sheet)
            for number, row in enumerate(self._sheet.iter_rows(), start=1):
                cells = [_text(cell) for cell in row]
                # A sheet may end far below the list, at a cell with a color.
                if not any(cells):
                    continue
                # A heading between the schools, merged across the sheet.
                if number in merged and sum(cell != "" for cell in cells) < 2:
                    continue
                yield TableLine(
                    self._place(number),
                    cells,
                    lambda column, _, number=number: self._place(number, column),  # type: ignore[misc]
                    hidden=number in hidden,
                )
        except Exception:  # as above
            what = "the workbook is damaged, and can't be read from here on"
            place = self._place(number + 1)
            yield Unreadable(place, Fault(what, "Save it again as .xlsx or .csv."))

    def _place(self, row: int, column: int | None = None) -> Place:
        """The place of a row, or of a cell, as Excel shows it; columns count from 0."""
        from openpyxl.utils import get_column_letter

        name = f"row {row}" if column is None else f"cell {get_column_letter(column + 1)}{row}"
        sheet = f"sheet “{self._sheet_name}”, " if self._sheet_name else ""
        return Place(self._file, row, (column or 0) + 1, f"{sheet}{name}")

    def _not_read(self, sheets: Sequence[Any]) -> Sequence[Problem]:
        """A warning about other sheets that are not empty."""
        names = [
            f"“{sheet.title}”"
            for sheet in sheets
            if sheet is not self._sheet and any(any(row) for row in _first(sheet))
        ]
        if not names:
            return ()
        fault = Fault(
            f"only the sheet “{self._sheet_name}” is read, but not {' or '.join(names[:4])}",
            "If there are schools, too, save that sheet as a list of its own.",
        )
        return (Problem(Place(self._file, 1, 1, "workbook"), "", fault, Severity.WARNING),)


def _first(sheet: Any) -> list[list[str | Fault]]:
    """The cells of the first rows of a sheet."""
    rows = islice(sheet.iter_rows(), MOST_ABOVE)
    return [[_text(cell) for cell in row] for row in rows]


def _has_headings(sheet: Any, score: Score) -> bool:
    return any(score(cells)[0] for cells in _first(sheet))


def _text(cell: Any) -> str | Fault:
    value = cell.value
    match value:
        case None:
            return ""
        case str():
            return _unescaped(value) if "_x" in value else value
        case bool():
            return str(value).upper()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case int() | float():
            return str(value)
        case datetime.date() | datetime.time() | datetime.timedelta():
            return Fault(
                "Excel has turned this cell into a date",
                "Format the column as “Text”, then type the cell again.",
            )
        case _:
            return "="  # a formula that fills several cells


def _unescaped(text: str) -> str:
    """A text with its characters instead of “_x000D_” and the like (ECMA-376, 22.9.2.19)."""
    from openpyxl.utils.escape import unescape

    return str(unescape(text)).replace("\r\n", "\n").replace("\r", "\n")


def _merged_and_hidden(file: Path, sheet: Any) -> tuple[set[int], set[int]]:
    """The rows with cells that are merged horizontally, and those that are hidden.

    Rows are hidden by hand or by a filter (ECMA-376, 18.3.1.73). openpyxl reports neither when it
    reads row by row. Raises `ValueError` if a row has an impossible number.
    """
    merged: set[int] = set()
    hidden: set[int] = set()
    number = 0
    with zipfile.ZipFile(file) as archive, archive.open(sheet._worksheet_path) as stream:
        rest = b""
        while part := stream.read(1 << 20):
            part = rest + part
            for row in _ROW.finditer(part):
                given = _NUMBER.search(row[1])
                number = int(given[1]) if given else number + 1
                if number > MAX_ROWS:
                    raise ValueError(number)
                if _HIDDEN.search(row[1]):
                    hidden.add(number)
            for left, top, right, bottom in _MERGED.findall(part):
                if left != right and top == bottom:
                    merged.add(int(top))
            # The last tag may go on in the next part.
            rest = part[at:] if (at := part.rfind(b"<")) > part.rfind(b">") else b""
    return merged, hidden
