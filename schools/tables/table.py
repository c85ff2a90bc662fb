"""The rows of a table, each as text by column, with places for messages.

A table may have hundreds of thousands of rows. Memory holds one row at a time, but all texts of an
Excel file and all rows of a YAML file.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pack import glyphs
from pack.errors import ContentError
from pack.problems import Fault, Place, Problem, nearest
from pack.yaml_reader import MAX_BYTES, cannot_open, read_file
from schools.tables import csvfile, workbook
from schools.tables.lines import TableLine, Unreadable, refuse

#: How many rows may come before the column headings, such as the title of the list.
_TITLE_ROWS = 10

_EXCEL_ERRORS = ("#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!")


@dataclass(frozen=True)
class Columns:
    """What a table lists, its columns, and the required columns."""

    name: str
    known: Sequence[str]
    required: Sequence[str]


@dataclass(frozen=True)
class TableRow:
    """A row: its texts by column (none is empty), its faults and its place.

    `faults` are by column; "" is the row as a whole. `locate` gives the place of a cell. `hidden`
    is whether the row can't be seen in Excel; its cells are not read.
    """

    place: Place
    texts: Mapping[str, str]
    faults: Sequence[tuple[str, Fault]]
    locate: Callable[[str], Place]
    hidden: bool = False


def read_table(file: Path, columns: Columns) -> Iterator[TableRow]:
    """The rows of a .csv, .tsv, .txt or .xlsx file, or of the list `columns.name` in a YAML file.

    Rows without any text are left out. Raises `ContentError` before the first row, with all
    problems, if the file can't be read or has wrong column headings.
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
    if kind in (".yaml", ".yml"):
        if size > MAX_BYTES:
            what = f"this list is too large: in YAML the limit is {MAX_BYTES // 1_000_000} MB"
            refuse(file, what, "Save a list this long as .csv or .xlsx.")
        yield from _yaml_entries(file, columns)
    elif kind == ".xlsx":
        yield from _entries(workbook.lines(file), file, columns)
    elif kind in (".csv", ".tsv", ".txt"):
        yield from _entries(csvfile.lines(file, columns.known), file, columns)
    else:
        refuse(file, f"a list can't be a “{kind}” file", "Save it as .csv, .xlsx or .yaml.")


def _entries(
    lines: Iterator[TableLine | Unreadable], file: Path, columns: Columns
) -> Iterator[TableRow]:
    lines = iter(lines)
    names = _names(_headings_line(lines, file, columns), columns)
    for line in lines:
        if isinstance(line, Unreadable):
            yield TableRow(line.place, {}, (("", line.fault),), lambda _, at=line.place: at)  # type: ignore[misc]
        elif any(not isinstance(cell, str) or cell.strip() for cell in line.cells):
            if line.hidden:
                yield TableRow(line.place, {}, (), lambda _, at=line.place: at, hidden=True)  # type: ignore[misc]
            else:
                yield _entry(line, names, columns)


def _headings_line(
    lines: Iterator[TableLine | Unreadable], file: Path, columns: Columns
) -> TableLine:
    """The line with the column headings: usually the first, but a title may come before it."""
    above: list[TableLine] = []
    for line in lines:
        if isinstance(line, Unreadable):
            raise ContentError([Problem(line.place, "", line.fault)])
        if not any(line.cells):
            continue
        if len(set(_headings(line)) & set(columns.known)) > 1:
            return line
        above.append(line)
        if len(above) == _TITLE_ROWS:
            break
    if not above:
        remedy = f"Begin with the column headings: {', '.join(columns.known)}."
        refuse(file, "this list is empty", remedy)
    return above[0]


def _headings(line: TableLine) -> list[str]:
    return [" ".join(cell.lower().split()) if isinstance(cell, str) else "?" for cell in line.cells]


def _names(line: TableLine, columns: Columns) -> list[str]:
    """The name of each column, or "". Raises `ContentError` with all problems of the headings."""
    names = _headings(line)
    problems = []
    for number, name in enumerate(names):
        if name and name not in columns.known:
            what = f"a list of {columns.name} has no column {_shown(name)}"
            remedy = nearest(name, columns.known)
        elif name and name in names[:number]:
            what = f"this is the second column “{name}”"
            remedy = "Remove one of the two columns."
        else:
            continue
        problems.append(Problem(line.locate(number), "", Fault(what, remedy)))
    for name in columns.required:
        if name not in names:
            what = f"the column “{name}” is missing"
            remedy = f"Add the heading “{name}” above the column that holds it."
            problems.append(Problem(line.place, "", Fault(what, remedy)))
    if problems:
        raise ContentError(problems)
    return names


def _shown(name: str) -> str:
    if char := glyphs.hidden(name):
        return f"with an invisible character ({glyphs.described(char)}) in its name"
    return f"“{name[:40]}”"


def _entry(line: TableLine, names: Sequence[str], columns: Columns) -> TableRow:
    texts: dict[str, str] = {}
    faults: list[tuple[str, Fault]] = []
    for number, cell in enumerate(line.cells):
        name = names[number] if number < len(names) else ""
        if isinstance(cell, str) and not (cell := cell.strip()):
            continue
        if not name:
            what = "this row has more cells than the list has columns"
            remedy = 'Put quotation marks around a text that contains the separator: "Oak, Hill".'
            faults.append(("", Fault(what, remedy)))
            break
        if fault := _fault(cell):
            faults.append((name, fault))
        else:
            texts[name] = str(cell)
    # Excel sometimes leaves out empty cells at the end of a row: that is not a fault.
    missing = [name for name in names[len(line.cells) :] if name in columns.required]
    if missing:
        what = f"this row ends before the column “{missing[0]}”"
        faults.append(("", Fault(what, "Add the missing cells, or the separators between them.")))
    places = {name: number for number, name in enumerate(names)}
    return TableRow(
        line.place,
        texts,
        faults,
        lambda name: line.locate(places[name]) if name else line.place,
    )


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


def _yaml_entries(file: Path, columns: Columns) -> Iterator[TableRow]:
    values, origin, problems = read_file(file)
    for name in values:
        if name != columns.name:
            what = f"“{name}” is not a known field here"
            remedy = nearest(name, [columns.name])
            problems.append(Problem(origin.place((name,)), name, Fault(what, remedy)))
    rows = values.get(columns.name)
    if not isinstance(rows, tuple) or not rows:
        what = f"there is no list “{columns.name}:” in this file"
        remedy = f"Write “{columns.name}:” on its own line, and below it each entry after “- ”."
        problems.append(Problem(origin.place((columns.name,)), "", Fault(what, remedy)))
    if problems:
        raise ContentError(problems)
    for number, row in enumerate(rows or ()):

        def locate(name: str, number: int = number) -> Place:
            return origin.place((columns.name, number, name))

        texts: dict[str, str] = {}
        faults: list[tuple[str, Fault]] = []
        for name, value in row.items() if isinstance(row, dict) else ():
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
        if not isinstance(row, dict):
            what = "expected a group of “name: value” lines here"
            faults.append(("", Fault(what, "Start with “- id:” and put the other lines below.")))
        yield TableRow(origin.place((columns.name, number)), texts, faults, locate)
