"""How a list of schools is understood, for people who choose its columns and fix its rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from pack.errors import ContentError
from pack.problems import Problem
from schools.build import check
from schools.columns import COLUMNS
from schools.options import MOST_SHOWN, ListOptions
from schools.read_list import Listing
from schools.rows import BadContact
from schools.tables.table import ReadableTable, TableRow, read_table
from studio.words import say

#: How many rows are shown as a sample.
SAMPLE_ROWS = 3
#: How many characters of a cell are shown.
_LONGEST = 120


@dataclass(frozen=True)
class ListColumn:
    """A column, the heading that it is taken from ("" if none), and its first values."""

    name: str
    heading: str
    sample: tuple[str, ...]


@dataclass(frozen=True)
class BadCell:
    """A cell that is wrong, with its value and the remedy; `column` is "" for a whole row."""

    place: str
    school: str
    column: str
    value: str
    what: str
    remedy: str


@dataclass(frozen=True)
class ListCheck:
    """A list of schools as it is understood.

    `headings` are all of a table, none of a YAML file. `unusable` says why no school can be read.
    `schools` are the ids and names of the good rows; `left_out` counts rows that are hidden.
    `contact` is that of schools whose row has none. `logos` are the files that rows name.
    """

    columns: tuple[ListColumn, ...] = ()
    headings: tuple[str, ...] = ()
    unusable: tuple[BadCell, ...] = ()
    bad: tuple[BadCell, ...] = ()
    more_bad: int = 0
    notes: tuple[BadCell, ...] = ()
    more_notes: int = 0
    schools: Sequence[tuple[str, str]] = ()
    left_out: int = 0
    contact: str = ""
    logos: tuple[str, ...] = ()


def check_list(
    wait: Callable[[], None],
    tell: Callable[[int, int], None],
    content: Path,
    file: Path,
    options: ListOptions,
) -> ListCheck:
    """Read a list for a saved content file (a job's work). Raises `ContentError` for the latter."""
    columns = found = _columns(file, options)

    def understood(listing: Listing) -> None:
        nonlocal found
        found = replace(
            columns,
            schools=tuple((row.id, row.school.name) for row, _ in listing.rows),
            left_out=listing.left_out,
            contact=listing.contact or "",
        )

    try:
        report = check([content], file, options, understood)
    except BadContact as error:
        wrong = str(error).removeprefix("--contact: ")
        return replace(columns, unusable=(BadCell("", "", "contact", "", wrong, ""),))
    except ContentError as error:
        own = [one for one in error.problems if one.place.file == file]
        if not own:
            raise
        return replace(columns, unusable=_cells(own[:MOST_SHOWN], file, options))
    return replace(
        found,
        bad=_cells(sorted(report.bad), file, options),
        more_bad=report.more_bad,
        notes=_cells(report.warnings, file, options),
        more_notes=report.more_warnings,
    )


def _columns(file: Path, options: ListOptions) -> ListCheck:
    """The columns of a list, as far as they can be known; a column that must be there may lack."""
    table = _table(file, options)
    if not table:
        return ListCheck()
    logos = tuple(dict.fromkeys(one.texts["logo"] for one in table if "logo" in one.texts))
    if not table.headings:
        return ListCheck(logos=logos)
    taken = table.headings.taken
    rows = [row for row in islice(table, 20) if not row.hidden][:SAMPLE_ROWS]
    columns = tuple(
        ListColumn(name, taken.get(name, ""), tuple(_value(row, name, table) for row in rows))
        for name in COLUMNS.known
    )
    headings = (*taken.values(), *table.headings.ignored)
    return ListCheck(columns, tuple(dict.fromkeys(headings)), logos=logos)


def _table(file: Path, options: ListOptions) -> ReadableTable | None:
    columns = replace(COLUMNS, required=())
    # A heading that somebody chose may not be in another version of the list.
    for given in (options.columns, {}):
        with suppress(ContentError):
            return read_table(file, columns, given)
    return None


def _cells(problems: Sequence[Problem], file: Path, options: ListOptions) -> tuple[BadCell, ...]:
    """Problems with the values of the cells that they are about."""
    lines = {one.place.line for one in problems if one.place.file == file}
    table = _table(file, options) if lines else None
    values: dict[tuple[int, str], tuple[str, str]] = {}
    for row in table or ():
        if row.place.line > max(lines):
            break
        if not lines.isdisjoint(_lines(row)):
            values |= _by_place(row, table)
    return tuple(_cell(one, values) for one in problems)


def _lines(row: TableRow) -> Iterable[int]:
    """The lines of a file that a row may be on."""
    breaks = sum(cell.count("\n") for cell in row.cells if isinstance(cell, str))
    return range(row.place.line, row.place.line + breaks + 1 + len(row.cells))


def _by_place(
    row: TableRow, table: ReadableTable | None
) -> Mapping[tuple[int, str], tuple[str, str]]:
    """The heading and the value of each cell that is read, by line, and by place or column."""
    headings = table.headings if table else None
    found: dict[tuple[int, str], tuple[str, str]] = {}
    for column in headings.numbers if headings else row.texts:
        heading = headings.taken[column] if headings else column
        told = heading, _value(row, column, table)
        place = row.locate(column)
        names = (column, *([place.name] if place.name != row.place.name else []))
        found |= {(line, name): told for line in (place.line, row.place.line) for name in names}
    return found


def _value(row: TableRow, column: str, table: ReadableTable | None) -> str:
    """What a cell says; "" if it is missing, or is not text."""
    if not table or not table.headings:
        return row.texts.get(column, "")[:_LONGEST]
    number = table.headings.numbers.get(column)
    if number is None or number >= len(row.cells):
        return ""
    cell = row.cells[number]
    return " ".join(cell.split())[:_LONGEST] if isinstance(cell, str) else ""


def _cell(problem: Problem, values: Mapping[tuple[int, str], tuple[str, str]]) -> BadCell:
    place = problem.place
    # Where there is no column in the place, it may be in the path: schools → oak → phone.
    _, school, column = (*problem.where.split(" → "), "", "")[:3]
    if not problem.where.startswith("schools → "):
        school, column = problem.where, ""
    heading, value = values.get((place.line, place.name)) or values.get(
        (place.line, column), (column, "")
    )
    row = place.name.partition(", column ")[0] or (f"line {place.line}" if place.line else "")
    remedy = _for_forms(problem.remedy, place.file.parent)
    return BadCell(row, " ".join(school.split()), heading, value, problem.what, remedy)


def _for_forms(remedy: str, folder: Path) -> str:
    """A remedy in the words of a page instead of the command line."""
    for option in ("--column", "--contact"):
        if option in remedy:
            return say(f"instead_of_{option.strip('-')}")
    return say("instead_of_folder") if str(folder) in remedy else remedy


def ids_of(schools: Sequence[tuple[str, str]], typed: str) -> Iterator[str]:
    """The ids of the schools that somebody may mean: by id, or by name if that is not known."""
    wanted = " ".join(typed.split()).casefold()
    exact = [id for id, _ in schools if id == wanted]
    return iter(exact or [id for id, name in schools if name.casefold() == wanted])
