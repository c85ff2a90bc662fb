"""What Excel does to a list of schools."""

import datetime
import zipfile
from pathlib import Path

import openpyxl
import openpyxl.styles
import pytest

from pack.errors import ContentError
from pack.model import Pack
from pack.problems import Severity
from schools.rows import SchoolList, SchoolRow
from tests.tools.lists import read_file
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


# Workbooks as districts have them


def test_places_in_a_workbook_are_named_as_excel_names_them(
    tmp_path: Path, packs: list[Pack]
) -> None:
    file = tmp_path / "schools.xlsx"
    write_workbook(file, [["Our schools"], [], ["School", "Phone"], ["Oak School", "12"], [7, ""]])
    found = read_file(file, packs)
    assert str(found.errors[0].place) == f"{file}, sheet “Sheet”, cell B4"
    book = openpyxl.load_workbook(file)
    del book["Notes"]
    book.save(file)
    assert str(read_file(file, packs).errors[0].place) == f"{file}, cell B4"


def test_the_first_sheet_with_headings_is_read_and_the_others_are_told(
    tmp_path: Path, packs: list[Pack]
) -> None:
    book = openpyxl.Workbook()
    assert book.active
    book.active.title = "Read me"
    book.active.append(["Schools of the district", "2026"])
    for title, name in (("Middle", "Oak School"), ("High", "Elm School")):
        sheet = book.create_sheet(title)
        sheet.append(["School Name", "Phone"])
        sheet.append([name, None])
    book.create_sheet("Empty")
    hidden = book.create_sheet("Hidden")
    hidden.append(["School"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "schools.xlsx")
    found = read_file(tmp_path / "schools.xlsx", packs)
    assert [row.school.name for row in found.rows] == ["Oak School"]
    (warning,) = found.warnings
    assert "only the sheet “Middle” is read, but not “Read me” or “High”" in warning.what


def test_dates_formulas_and_notes_in_other_columns_are_no_problem(
    tmp_path: Path, packs: list[Pack]
) -> None:
    file = tmp_path / "schools.xlsx"
    opened = datetime.date(1952, 9, 1)
    write_workbook(
        file,
        [["School", "Opened", "Pupils"], ["Oak School", opened, "=1+1", "a note"], ["Elm School"]],
    )
    found = read_file(file, packs)
    assert [row.school.name for row in found.rows] == ["Oak School", "Elm School"]
    assert found.errors == []


def test_a_sheet_may_end_far_below_the_list(tmp_path: Path, packs: list[Pack]) -> None:
    file = tmp_path / "schools.xlsx"
    write_workbook(file, [["School", "Phone"], ["Oak School", ""]])
    book = openpyxl.load_workbook(file)
    book.worksheets[0].cell(1_048_576, 1).fill = openpyxl.styles.PatternFill("solid")
    book.save(file)
    found = read_file(file, packs)
    assert ([row.id for row in found.rows], found.errors) == (["oak-school"], [])


def test_a_row_with_an_impossible_number_is_reported(tmp_path: Path, packs: list[Pack]) -> None:
    file = tmp_path / "schools.xlsx"
    write_workbook(file, [["School", "Phone"], ["Oak School", ""], ["Elm School", ""]])
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'r="3"', b'r="2000000000"')
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    with pytest.raises(ContentError, match="more than 1,048,576 rows"):
        read_file(file, packs)


def _with_sheet(folder: Path, rows: str) -> Path:
    """A workbook whose sheet has these rows below the headings."""
    file = folder / "schools.xlsx"
    write_workbook(file, [["School", "Phone"], ["Oak School", ""]])
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("<row>" + "<c/>" * 20_000 + "</row>", "more than 16,384 cells"),
        ('<row><c r="ZZZ3"/></row>', "more than 16,384 cells"),
        ('<row><c r="ZZZZZZZZ3"/></row>', "more than 16,384 cells"),
        ('<row r="99999999999999999999"/>', "more than 1,048,576 rows"),
        ('<row r="1048577"/>', "more than 1,048,576 rows"),
        ('<row><c r="XFD3"><v>1</v></c></row><row r="9000"/>' + '<row><c r="XFD9"/></row>' * 2000,
         "more than 20,000,000 cells"),
        ("<row>" * 1000, "far more elements"),
        ("<!DOCTYPE a>", "is damaged"),
    ],
)  # fmt: skip
def test_sheets_that_excel_cannot_have_are_refused(
    rows: str, what: str, tmp_path: Path, packs: list[Pack]
) -> None:
    try:
        found = str(read_file(_with_sheet(tmp_path, rows), packs).errors)
    except ContentError as error:
        found = str(error)
    assert what in found


def test_cells_with_only_a_color_in_the_last_column_are_no_problem(
    tmp_path: Path, packs: list[Pack]
) -> None:
    rows = "".join(f'<row r="{at}"><c r="XFD{at}"/></row>' for at in range(3, 2000))
    found = read_file(_with_sheet(tmp_path, rows), packs)
    assert ([row.id for row in found.rows], found.errors) == (["oak-school"], [])
