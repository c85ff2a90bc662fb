"""The rows of a table, each as text by column, with places for messages.

A table may have hundreds of thousands of rows. Memory holds one row at a time, but all texts of an
Excel file and all rows of a YAML file.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import dropwhile
from pathlib import Path
from typing import Any

from pack import glyphs
from pack.errors import ContentError
from pack.model import Origin
from pack.problems import Fault, Place, Problem, Severity, nearest
from pack.yaml_reader import MAX_BYTES, cannot_open, read_file
from schools.tables.csvfile import CsvLines
from schools.tables.headings import Columns, Headings, recognized, understand
from schools.tables.lines import MOST_ABOVE, Lines, TableLine, Unreadable, refuse
from schools.tables.workbook import WorkbookLines

_EXCEL_ERRORS = ("#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!")

#: The most rows of a list: reading more would take minutes.
_MOST_ROWS = 250_000

#: The longest text of a cell that is read: checking longer ones would take minutes.
_MOST_CHARACTERS = 1000
_TOO_LONG = Fault(
    f"there are more than {_MOST_CHARACTERS:,} characters in this cell",
    "Shorten it; if a text is missing its closing quotation mark, add that.",
)

#: What people and programs write into a cell that has nothing to say.
_NOTHING = frozenset(
    {
        *("n/a", "na", "#n/a", "none", "none listed", "null", "nil", "nan", "tbd", "tba"),
        *("unknown", "not available", "not applicable", "not listed", "not provided"),
        *("no data", "information not available", "n.a.", "n a", "(none)", "(null)"),
    }
)


@dataclass(frozen=True)
class TableRow:
    """A row: its texts by column (none is empty), its faults and its place.

    `faults` are by column; "" is the row as a whole. `locate` gives the place of a cell. `cells`
    are all cells, also those of other columns. `hidden` is whether the row can't be seen in Excel;
    its texts are not read.
    """

    place: Place
    texts: Mapping[str, str]
    faults: Sequence[tuple[str, Fault]]
    locate: Callable[[str], Place]
    cells: Sequence[Any] = ()
    hidden: bool = False


@dataclass(frozen=True)
class ReadableTable:
    """A table, whose rows can be read several times, and how its headings were understood.

    Rows without any text are left out. `headings` are None in a YAML file. `warnings` are about the
    table as a whole.
    """

    headings: Headings | None
    warnings: Sequence[Problem]
    rows: Callable[[], Iterator[TableRow]]

    def __iter__(self) -> Iterator[TableRow]:
        return self.rows()


def read_table(file: Path, columns: Columns, given: Mapping[str, str]) -> ReadableTable:
    """The table in a .csv, .tsv, .txt or .xlsx file, or the list `columns.name` in a YAML file.

    `given` are headings by column, for headings that are not known; "" for a column that is not to
    be read. Raises `ContentError`, with all problems, if the file can't be read, or if a required
    column is missing.
    """
    try:
        with file.open("rb") as stream:
            start = stream.read(8)
            size = file.stat().st_size
    except (OSError, ValueError) as error:
        raise cannot_open(file, error) from None
    kind = file.suffix.lower()
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        what = "this workbook is from an old version of Excel, or has a password"
        refuse(file, what, "Save it as “Excel Workbook (.xlsx)”, without a password.")
    if start.startswith(b"PK\x03\x04") and kind != ".xlsx":
        what = "this is a workbook or an archive, but its name does not end in .xlsx"
        refuse(file, what, "In Excel, save it as .xlsx or .csv.")
    score = partial(recognized, columns=columns, given=given)
    if kind in (".yaml", ".yml"):
        if size > MAX_BYTES:
            what = f"this list is too large: in YAML the limit is {MAX_BYTES // 1_000_000} MB"
            refuse(file, what, "Save a list this long as .csv or .xlsx.")
        return ReadableTable(None, (), partial(_yaml_rows, *_yaml_list(file, columns), columns))
    if kind == ".xlsx":
        return _table(WorkbookLines(file, score), file, columns, given)
    if kind in (".csv", ".tsv", ".txt"):
        return _table(CsvLines(file, score), file, columns, given)
    refuse(file, f"a list can't be a “{kind}” file", "Save it as .csv, .xlsx or .yaml.")


def _table(lines: Lines, file: Path, columns: Columns, given: Mapping[str, str]) -> ReadableTable:
    line, below = _headings_line(lines, file, columns, given)
    headings = understand(line.place, line.cells, columns, given, below)
    listed = _listed(headings.ignored)
    typos = {column: text for text, column in headings.typos.items()}
    faults = [
        Fault(
            f"no heading of this list is known to mean “{name}”" + (listed and f": {listed}"),
            f"Write “{name}” above the column that holds it, or say which heading means it: "
            f'--column {name}="{_visible(typos.get(name, "…"))}"',
        )
        for name in columns.required
        if name not in headings.taken
    ]
    faults += [
        Fault(f"there is no heading “{heading}” in this list", nearest(heading, headings.ignored))
        for column, heading in given.items()
        if heading and column not in headings.taken
    ]
    if faults:
        raise ContentError([Problem(line.place, "", fault) for fault in faults])
    warnings = [*lines.warnings, *_doubts(headings, line)]
    return ReadableTable(headings, warnings, partial(_rows, lines, headings, columns))


def _headings_line(
    lines: Lines, file: Path, columns: Columns, given: Mapping[str, str]
) -> tuple[TableLine, Sequence[Sequence[str | Fault]]]:
    """The line with the column headings, and the cells of some lines below.

    It is usually the first line, but a title may come before it.
    """
    first: list[TableLine | Unreadable] = []
    for line in lines:
        if isinstance(line, Unreadable) or any(line.cells):
            first.append(line)
        if len(first) == MOST_ABOVE:
            break
    if not first:
        remedy = f"Begin with the column headings: {', '.join(columns.known)}."
        refuse(file, "this list is empty", remedy)
    best = max(
        (line for line in first if isinstance(line, TableLine)),
        key=lambda line: recognized(line.cells, columns, given),
        default=None,
    )
    for line in first:
        if isinstance(line, Unreadable) and (best is None or line.place < best.place):
            raise ContentError([Problem(line.place, "", line.fault)])
    assert best is not None  # noqa: S101 (otherwise, the first line is unreadable)
    below = first[first.index(best) + 1 :]
    return best, [line.cells for line in below if isinstance(line, TableLine)]


def _listed(names: Sequence[str]) -> str:
    """The first headings, and the number of the others."""
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return ", ".join(f"“{_visible(name)}”" for name in names[:12]) + more


def _doubts(headings: Headings, line: TableLine) -> Iterator[Problem]:
    """A warning for each column with several possible headings, or with a typing error."""
    for column, others in headings.others.items():
        taken, first = _visible(headings.taken[column]), _visible(others[0])
        what = f"“{taken}” is taken as the column “{column}”; it could also be {_listed(others)}"
        remedy = f'To choose another heading: --column {column}="{first}"'
        yield Problem(line.place, "", Fault(what, remedy), Severity.WARNING)
    for text, column in headings.typos.items():
        shown = _visible(text)
        what = f"the column “{shown}” is not used, because its heading is not known"
        remedy = f'If it is the {column}, correct the heading, or say: --column {column}="{shown}"'
        yield Problem(line.place, "", Fault(what, remedy), Severity.WARNING)


def _visible(heading: str) -> str:
    """A heading that can be shown in a message."""
    return "".join(char for char in heading if not glyphs.hidden(char))[:40]


def _rows(lines: Lines, headings: Headings, columns: Columns) -> Iterator[TableRow]:
    """The rows below the headings. Raises `ContentError` if there are too many."""
    below = dropwhile(lambda line: line.place != headings.place, lines)
    next(below, None)
    again = [(number, headings.taken[column]) for column, number in headings.numbers.items()]
    for number, line in enumerate(below):
        if number == _MOST_ROWS:
            what = f"this list has more than {_MOST_ROWS:,} rows"
            remedy = "Divide it into several lists, and make one after the other."
            raise ContentError([Problem(line.place, "", Fault(what, remedy))])
        if isinstance(line, Unreadable):
            yield TableRow(line.place, {}, (("", line.fault),), lambda _, at=line.place: at)  # type: ignore[misc]
        elif not all(map(_empty, line.cells)):
            if line.hidden:
                yield TableRow(line.place, {}, (), lambda _, at=line.place: at, hidden=True)  # type: ignore[misc]
            # Lists that were made for printing repeat the headings on each page.
            elif not _has(line.cells, again):
                yield _row(line, headings, columns, lines.grid)


def _says_nothing(cell: str) -> bool:
    """Whether a cell says that there is nothing to say, such as "N/A" or a dash."""
    if cell.lower() in _NOTHING:
        return True
    return cell[0] != "=" and not any(map(str.isalnum, cell))


def _empty(cell: str | Fault) -> bool:
    return isinstance(cell, str) and not cell.strip()


def _has(cells: Sequence[str | Fault], texts: Sequence[tuple[int, str]]) -> bool:
    """Whether cells, by number, have these texts."""
    for number, text in texts:
        cell = cells[number] if number < len(cells) else ""
        if not isinstance(cell, str) or cell.strip() != text:
            return False
    return True


def _row(line: TableLine, headings: Headings, columns: Columns, grid: bool) -> TableRow:
    texts: dict[str, str] = {}
    faults: list[tuple[str, Fault]] = []
    cells = line.cells
    for column, number in headings.numbers.items():
        cell = cells[number] if number < len(cells) else ""
        if isinstance(cell, str) and len(cell) > _MOST_CHARACTERS:
            cell = _TOO_LONG
        if isinstance(cell, str):
            cell = glyphs.BREAK_HINTS.sub("", cell).strip()
            if not cell or (column not in columns.codes and _says_nothing(cell)):
                continue
        if fault := _fault(cell):
            faults.append((column, fault))
        else:
            texts[column] = str(cell)
    # If there are as many cells as headings, none is in a wrong column.
    shifted = not grid and len(cells) != headings.length and len(cells) > headings.width
    if shifted and any(not _empty(cell) for cell in cells[headings.width :]):
        what = "this row has more cells than the list has columns"
        remedy = 'Put quotation marks around a text that contains the separator: "Oak, Hill".'
        faults.append(("", Fault(what, remedy)))
    # Excel sometimes leaves out empty cells at the end of a row: that is not a fault.
    for column in columns.required:
        if headings.numbers[column] >= len(cells):
            what = f"this row ends before the column “{headings.taken[column]}”"
            remedy = "Add the missing cells, or the separators between them."
            faults.append(("", Fault(what, remedy)))

    def locate(column: str) -> Place:
        if column not in headings.numbers:
            return line.place
        return line.locate(headings.numbers[column], headings.taken[column])

    return TableRow(line.place, texts, faults, locate, cells)


def _damaged(text: str) -> str:
    """What a text was before it was read as Windows-1252 and saved as UTF-8; "" if it wasn't.

    The five bytes without a character are controls, as in browsers (WHATWG Encoding, 9.1).
    """
    if text.isascii():
        return ""
    try:
        controls = range(0x80, 0xA0)
        data = (char.encode("latin-1" if ord(char) in controls else "cp1252") for char in text)
        return b"".join(data).decode("utf-8")
    except UnicodeError:
        return ""


def _fault(cell: str | Fault) -> Fault | None:
    """Why a cell can't be read as text."""
    if not isinstance(cell, str):
        return cell
    if cell[0] == "=":
        return Fault(
            "there is a formula in this cell",
            "Replace it with its result: copy the cell, and paste it with “Values only”.",
        )
    if cell[0] == "#" and cell in _EXCEL_ERRORS:
        what = f"Excel shows an error here ({cell})"
        return Fault(what, "Type the text itself into this cell.")
    if text := _damaged(cell):
        return Fault(
            f"these characters were damaged when the list was saved: “{cell[:40]}” was probably "
            f"“{text[:40]}”",
            "Type them again, or open the original list and save it as “CSV UTF-8”.",
        )
    if char := glyphs.hidden(cell):
        return Fault(
            f"there is an invisible character ({glyphs.described(char)}) in this cell",
            "Type the cell again instead of copying it.",
        )
    return None


def _yaml_list(file: Path, columns: Columns) -> tuple[Sequence[Any], Origin]:
    """The entries of the list in a YAML file, not yet checked."""
    values, origin, problems = read_file(file)
    for name in values:
        if name != columns.name:
            what = f"“{name}” is not a known field here"
            remedy = nearest(name, [columns.name])
            problems.append(Problem(origin.place((name,)), name, Fault(what, remedy)))
    entries = values.get(columns.name)
    if not isinstance(entries, tuple) or not entries:
        what = f"there is no list “{columns.name}:” in this file"
        remedy = f"Write “{columns.name}:” on its own line, and below it each entry after “- ”."
        problems.append(Problem(origin.place((columns.name,)), "", Fault(what, remedy)))
        entries = ()
    if problems:
        raise ContentError(problems)
    return entries, origin


def _yaml_rows(entries: Sequence[Any], origin: Origin, columns: Columns) -> Iterator[TableRow]:
    for number, entry in enumerate(entries):

        def locate(name: str, number: int = number) -> Place:
            return origin.place((columns.name, number, name))

        texts: dict[str, str] = {}
        faults: list[tuple[str, Fault]] = []
        fields = entry.items() if isinstance(entry, dict) else ()
        for name, value in fields:
            listed = isinstance(value, tuple) and all(isinstance(one, str) for one in value)
            cell = " ".join(value) if listed else value
            if name not in columns.known:
                what = f"“{name}” is not a known field here"
                faults.append((name, Fault(what, nearest(name, columns.known))))
            elif not isinstance(cell, str | None):
                faults.append((name, Fault("expected text here", "Write it on this line.")))
            elif cell and (cell := cell.strip()):
                if fault := _fault(cell):
                    faults.append((name, fault))
                else:
                    texts[name] = cell
        if not isinstance(entry, dict):
            what = "expected a group of “name: value” lines here"
            faults.append(("", Fault(what, "Start with “- id:” and put the other lines below.")))
        yield TableRow(
            origin.place((columns.name, number)), texts, faults, locate, tuple(map(str, fields))
        )
