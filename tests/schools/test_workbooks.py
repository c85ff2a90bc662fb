"""What Excel does to a list of schools."""

import datetime
from pathlib import Path

import openpyxl
import pytest

from pack.model import Pack
from pack.problems import Severity
from schools.rows import SchoolList, SchoolRow
from tests.tools.workbooks import write_workbook


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("=A1", "a formula"),
        ("#REF!", "an error"),
        (datetime.date(2026, 1, 2), "a date"),
    ],
)
def test_a_workbook_cell_that_is_not_text_is_reported_with_its_row_and_column(
    value: object, what: str, tmp_path: Path, packs: list[Pack]
) -> None:
    heads = ["id", "name", "contact"]
    write_workbook(
        tmp_path / "schools.xlsx", [heads, ["oak", "Oak", "Office"], ["elm", value, "Desk"]]
    )
    good, bad = SchoolList(tmp_path / "schools.xlsx", packs)
    assert isinstance(good, SchoolRow)
    assert not isinstance(bad, SchoolRow)
    (problem,) = bad
    assert what in problem.what
    assert (problem.place.line, problem.place.column) == (3, 2)


def test_rows_hidden_in_a_workbook_are_left_out_with_a_warning(
    tmp_path: Path, packs: list[Pack]
) -> None:
    file = tmp_path / "schools.xlsx"
    schools = [["oak", "Oak", "Office"], ["elm", "Elm", "Desk"], [], ["elm", "Elm 2", "Desk"]]
    write_workbook(file, [["id", "name", "contact"], *schools])
    book = openpyxl.load_workbook(file)
    for number in (3, 4):
        book.worksheets[0].row_dimensions[number].hidden = True
    book.save(file)
    first, hidden, last = SchoolList(file, packs)
    assert isinstance(first, SchoolRow)
    assert isinstance(last, SchoolRow)
    assert (first.school.name, last.school.name) == ("Oak", "Elm 2")
    assert not isinstance(hidden, SchoolRow)
    (warning,) = hidden
    assert warning.severity is Severity.WARNING
    assert (warning.place.line, "hidden in Excel" in warning.what) == (3, True)


def test_a_line_break_in_a_workbook_is_a_space(tmp_path: Path, packs: list[Pack]) -> None:
    """Excel writes a carriage return as “_x000D_”."""
    heads = ["id", "name", "contact"]
    write_workbook(tmp_path / "schools.xlsx", [heads, ["oak", "Oak_x000D_\nSchool", "Office"]])
    (row,) = SchoolList(tmp_path / "schools.xlsx", packs)
    assert isinstance(row, SchoolRow)
    assert row.school.name == "Oak School"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (3035550142, "303-555-0142"),
        ("3035550142", "303-555-0142"),
        ("(303) 555-0142", "(303) 555-0142"),
        (911, "911"),
    ],
)
def test_a_phone_number_without_hyphens_is_grouped(
    typed: object, printed: str, tmp_path: Path, packs: list[Pack]
) -> None:
    heads = ["id", "name", "contact", "phone"]
    write_workbook(tmp_path / "schools.xlsx", [heads, ["oak", "Oak", "Office", typed]])
    (row,) = SchoolList(tmp_path / "schools.xlsx", packs)
    assert isinstance(row, SchoolRow)
    assert row.school.phone == printed
