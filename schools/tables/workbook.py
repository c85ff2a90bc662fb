"""The lines of an Excel workbook (ISO/IEC 29500), from its first sheet that is not hidden."""

import datetime
import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pack.errors import ContentError
from pack.problems import Fault, Place
from schools.tables.lines import TableLine, Unreadable, refuse

#: The largest size of an unpacked workbook, in bytes: about 500,000 schools.
MAX_BYTES = 500_000_000

_ROW = re.compile(rb"<(?:\w+:)?row ([^>]*)>")
_NUMBER, _HIDDEN = re.compile(rb'\br="(\d+)"'), re.compile(rb'\bhidden="(?:1|true)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


def lines(file: Path) -> Iterator[TableLine | Unreadable]:
    """Each row of the sheet, one by one. Other sheets are not read.

    Raises `ContentError` if the file is not a workbook.
    """
    from openpyxl import load_workbook

    number, book = 0, None
    try:
        with zipfile.ZipFile(file) as archive:
            too_large = sum(info.file_size for info in archive.infolist()) > MAX_BYTES
        if too_large:
            refuse(file, "this workbook is too large", "Save the list of schools as .csv.")
        with warnings.catch_warnings(action="ignore"):
            book = load_workbook(file, read_only=True, keep_links=False)
        sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        merged, hidden = _merged_and_hidden(file, sheet)
        sheet.reset_dimensions()  # some programs write wrong ones
        for number, row in enumerate(sheet.iter_rows(), start=1):
            cells = [_text(cell) for cell in row]
            # A heading between the schools, merged across the sheet.
            if number in merged and sum(cell != "" for cell in cells) < 2:
                continue
            yield TableLine(
                Place(file, number),
                cells,
                lambda column, number=number: Place(file, number, column + 1),  # type: ignore[misc]
                hidden=number in hidden,
            )
    except ContentError:
        raise
    except (zipfile.BadZipFile, OSError):
        refuse(file, "this is not an Excel workbook", "Save it again as .xlsx or .csv.")
    except Exception:  # a damaged workbook makes openpyxl fail in many ways
        what = "the workbook is damaged, and can't be read from here on"
        yield Unreadable(Place(file, number + 1), Fault(what, "Save it again as .xlsx or .csv."))
    finally:
        if book:
            book.close()


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
    reads row by row.
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
                if _HIDDEN.search(row[1]):
                    hidden.add(number)
            for left, top, right, bottom in _MERGED.findall(part):
                if left != right and top == bottom:
                    merged.add(int(top))
            # The last tag may go on in the next part.
            rest = part[at:] if (at := part.rfind(b"<")) > part.rfind(b">") else b""
    return merged, hidden
