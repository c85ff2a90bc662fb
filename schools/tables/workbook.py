"""The lines of an Excel workbook (ISO/IEC 29500), from its first sheet that is not hidden."""

import datetime
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from pack.office_files import ArchiveError, ArchiveLimits, XmlScanner, check_office_file
from pack.problems import Fault, Place, Problem, Severity
from schools.tables.lines import MOST_ABOVE, Score, TableLine, Unreadable, refuse
from schools.tables.sheet_scan import MAX_STRINGS, SheetFacts, SheetScanner

#: What is opened: about 500,000 schools. All styles are held in memory, and all strings.
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedstrings+xml"
LIMITS = ArchiveLimits(
    unpacked=500_000_000, xml=100_000_000, nodes=600_000, streamed=(_SHEETS, _STRINGS)
)


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
            facts = _checked(file)
            # It warns about features that have nothing to do with text, also while rows are read.
            warnings.filterwarnings("ignore", module="openpyxl")
            book = load_workbook(file, read_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            for sheet in sheets:
                sheet.reset_dimensions()  # some programs write wrong ones
            self._sheet = max(sheets, key=lambda sheet: _has_headings(sheet, score))
            self._facts = facts[self._sheet._worksheet_path]
            if len(sheets) > 1:
                self._sheet_name = self._sheet.title
                self.warnings = self._not_read(sheets)
        except ArchiveError as error:
            what, remedy = error.fault
            if not zipfile.is_zipfile(file):
                refuse(file, "this is not an Excel workbook", "Save it again as .xlsx or .csv.")
            refuse(file, f"this workbook can't be read: {what}", remedy)
        except OSError:
            refuse(file, "this is not an Excel workbook", "Save it again as .xlsx or .csv.")
        except Exception:  # a damaged workbook makes openpyxl fail in many ways
            self._sheet = None

    def __iter__(self) -> Iterator[TableLine | Unreadable]:
        number = 0
        try:
            merged, hidden = self._facts.merged, self._facts.hidden
            rows = self._sheet.iter_rows(max_col=self._facts.columns, values_only=True)
            for number, row in enumerate(rows, start=1):
                cells = ["" if value is None else _text(value) for value in row]
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


def _checked(file: Path) -> Mapping[str, SheetFacts]:
    """Check a workbook, and return the facts of its sheets by the names of their parts.

    Raises `ArchiveError`, or `OSError`.
    """
    sheets: dict[str, SheetScanner] = {}

    def scan(name: str, kind: str) -> XmlScanner:
        if kind == _STRINGS:
            return XmlScanner(2 * MAX_STRINGS)
        return sheets.setdefault(name, SheetScanner())

    check_office_file(file, LIMITS, scan)
    return {name: sheet.finish() for name, sheet in sheets.items()}


def _first(sheet: Any) -> list[list[str | Fault]]:
    """The cells of the first rows of a sheet."""
    rows = islice(sheet.iter_rows(values_only=True), MOST_ABOVE)
    return [[_text(value) for value in row] for row in rows]


def _has_headings(sheet: Any, score: Score) -> bool:
    return any(score(cells)[0] for cells in _first(sheet))


def _text(value: Any) -> str | Fault:
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
