"""Excel workbooks (ISO/IEC 29500) for translators, with Weblate's names of columns."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from languages.catalog import Catalog, Translation, TranslationError, clean
from pack.office_files import ArchiveError, ArchiveLimits, check_office_file
from pack.problems import Fault, Place, Problem
from pack.scripts import script_of

#: What is read of a file; a pack has some hundred strings.
_LIMITS = ArchiveLimits(unpacked=50_000_000, xml=50_000_000, nodes=2_000_000)
_MOST_ROWS, _MOST_COLUMNS = 20_000, 50

#: The columns that are read; our own files have more, for translators only.
_NEEDED = ("context", "source", "target")
_ABOVE = 10


class ExcelRow(NamedTuple):
    """A row for a translator, who fills in `target`; the others are for reading.

    A stale translation is in `old_target`, beside its English, so that a `target` is always one of
    today's English.
    """

    context: str
    source: str
    target: str
    state: str
    comment: str
    where: str
    old_source: str = ""
    old_target: str = ""


#: Of the columns, in characters.
_WIDTHS = (28, 60, 60, 11, 45, 30, 60, 60)


def write_xlsx(rows: Iterable[ExcelRow], pack: str, language: str) -> bytes:
    """A workbook with a row for each string. Every cell is text, also if it begins with “=”."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = _sheet_name(pack, language)
    gray = PatternFill("solid", fgColor="EEEEEE")
    order = 2 if script_of(language).is_right_to_left else 1
    for number, row in enumerate([ExcelRow(*ExcelRow._fields), *rows], start=1):
        for column, (name, text) in enumerate(row._asdict().items(), start=1):
            cell = sheet.cell(number, column)
            if text:
                cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)
                cell.data_type = "s"
            cell.number_format = "@"
            theirs = order if name.endswith("target") else 1
            cell.alignment = Alignment(vertical="top", wrap_text=True, readingOrder=theirs)
            if number == 1:
                cell.font = Font(bold=True)
            elif name != "target":
                cell.fill = gray
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _sheet_name(pack: str, language: str) -> str:
    return f"{language} · " + re.sub(r"[^\w .-]", "-", pack)[:15]


def read_xlsx(file: Path, pack: str, language: str) -> Catalog:
    """The translations in a workbook; rows without any are left out.

    Raises `TranslationError` with everything that is wrong, each with its cell, and `OSError` if
    the file can't be read.
    """
    name, rows = _rows(file)
    if " · " in name and name != (ours := _sheet_name(pack, language)):
        what = f"this file is for “{name}”, not for “{ours}”"
        raise _error(file, what, "Choose the file of this pack and language.")
    columns, first = _headings(rows, file)
    entries: list[Translation] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, row in rows[first:]:
        cells = {name: row[column] for name, column in columns.items()}  # rows are filled up
        texts = {name: _text(cell.value, cell.data_type) for name, cell in cells.items()}
        places = {name: _place(file, number, column) for name, column in columns.items()}
        if not any(texts.values()):
            continue
        if faults := dict(_faults(texts, seen)):
            problems += [Problem(places[name], "", fault) for name, fault in faults.items()]
            continue
        found = {name: str(text) for name, text in texts.items()}
        seen[found["context"]] = number
        if target := found.get("target"):
            fuzzy = found.get("fuzzy", "").lower() not in ("", "0", "false", "no")
            entry = Translation(found["context"], found["source"], target, fuzzy)
            entries.append(replace(entry, place=places["target"]))
    if problems:
        raise TranslationError(problems)
    return Catalog(tuple(entries))


def _rows(file: Path) -> tuple[str, list[tuple[int, Any]]]:
    """The name of a workbook's first sheet that is not hidden, and its rows, counted from 1."""
    from openpyxl import load_workbook

    again = "Save it again as an Excel workbook (.xlsx)."
    try:
        check_office_file(file, _LIMITS)
    except ArchiveError as error:
        what, remedy = error.fault
        if not zipfile.is_zipfile(file):
            raise _error(file, "this is not an Excel workbook", again) from None
        raise _error(file, f"this workbook can't be read: {what}", remedy) from None
    try:
        book = load_workbook(file, read_only=True, keep_links=False)
        sheet = next(one for one in book.worksheets if one.sheet_state == "visible")
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS)
        return sheet.title, list(enumerate(rows, start=1))
    except Exception:  # a damaged workbook makes openpyxl fail in many ways
        raise _error(file, "this workbook is damaged", again) from None


def _headings(rows: list[tuple[int, Any]], file: Path) -> tuple[Mapping[str, int], int]:
    """Where the columns are, and how many rows stand above the first string."""
    best: dict[str, int] = {}
    for number, row in rows[:_ABOVE]:
        names = {
            str(cell.value).strip().lower(): column
            for column, cell in reversed(list(enumerate(row)))
            if cell.value is not None
        }
        if all(name in names for name in _NEEDED):
            return {name: names[name] for name in (*_NEEDED, "fuzzy") if name in names}, number
        best = max(best, names, key=lambda one: sum(name in one for name in _NEEDED))
    missing = [name for name in _NEEDED if name not in best]
    what = f"there is no column “{missing[0]}”"
    remedy = f"The first row must have these headings: {', '.join(_NEEDED)}."
    raise _error(file, what, remedy)


def _faults(
    texts: Mapping[str, str | Fault], seen: Mapping[str, int]
) -> Iterator[tuple[str, Fault]]:
    """What is wrong in a row, by column."""
    for key, text in texts.items():
        if isinstance(text, Fault):
            yield key, text
    context = texts.get("context")
    if context == "":
        remedy = "Copy the context of this text from a new export: it says where it belongs."
        yield "context", Fault("this row has no context", remedy)
    elif isinstance(context, str) and context in seen:
        what = f"{context} is here twice; the first is in row {seen[context]}"
        yield "context", Fault(what, "Remove one of these rows.")
    if texts.get("source") == "" and texts.get("target"):
        remedy = "Copy it from a new export: it shows which English was translated."
        yield "source", Fault("this row has no English text", remedy)


def _text(value: Any, kind: str) -> str | Fault:
    from openpyxl.utils.escape import unescape

    if kind == "f" or not isinstance(value, str | int | float | None):
        if kind == "d":
            remedy = "Format the cell as “Text”, then type it again."
            return Fault("Excel has turned this text into a date", remedy)
        remedy = "Format the cell as “Text”, then type the text that it shows."
        return Fault("this is a formula, not a text", remedy)
    if kind == "e":
        return Fault(f"this cell shows an error of Excel: {value}", "Type the text again.")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(unescape("" if value is None else str(value)))


def _place(file: Path, row: int, column: int) -> Place:
    from openpyxl.utils import get_column_letter

    return Place(file, row, column + 1, f"cell {get_column_letter(column + 1)}{row}")


def _error(file: Path, what: str, remedy: str) -> TranslationError:
    return TranslationError([Problem(Place(file, 0), "", Fault(what, remedy))])
