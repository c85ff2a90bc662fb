"""What is wrong with a list of schools, with the value of the cell that it is about."""

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from schools.options import ListOptions
from studio.list_check import BadCell, ListCheck, check_list
from tests.conftest import WATER

ROWS = [
    ["School", "Tel", "Contact"],
    ["Oak\nTest School", "12", "Front office"],
    ["Elm Test School", "303-555-0111", "Front office"],
]


def _csv(file: Path) -> None:
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS)
    file.write_text(text, "utf-8")


def _workbook(file: Path) -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(file)


def _yaml(file: Path) -> None:
    file.write_text(
        'schools:\n  - name: Oak Test School\n    phone: "12"\n    contact: Front office\n'
        "  - name: Elm Test School\n    contact: Front office\n",
        "utf-8",
    )


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(WATER.parent / "images", tmp_path / "images")
    return Path(shutil.copy(WATER, tmp_path / "water.yaml"))


def _check(content: Path, file: Path, **columns: str) -> ListCheck:
    return check_list(lambda: None, lambda _, __: None, content, file, ListOptions(None, columns))


@pytest.mark.parametrize(
    ("name", "write", "place", "column"),
    [
        ("list.csv", _csv, "line 3", "Tel"),
        ("list.xlsx", _workbook, "cell B2", "Tel"),
        ("list.yaml", _yaml, "line 3", "phone"),
    ],
)
def test_a_bad_cell_is_shown_with_its_value_in_every_kind_of_list(
    content: Path, name: str, write: Callable[[Path], None], place: str, column: str
) -> None:
    file = content.with_name(name)
    write(file)
    found = _check(content, file)
    assert [one for _, one in found.schools] == ["Elm Test School"]
    (cell,) = found.bad
    assert isinstance(cell, BadCell)
    assert cell.place.endswith(place)
    assert (cell.school, cell.column, cell.value) == ("Oak Test School", column, "12")
    assert "is not a phone number" in cell.what
    assert cell.remedy


def test_a_remedy_names_no_option_of_the_command_line(content: Path) -> None:
    file = content.with_name("list.csv")
    file.write_text("Campus Title,Tel\nOak Test School,303-555-0110\n", "utf-8")
    found = _check(content, file)
    assert found.headings == ("Tel", "Campus Title")
    (without_name,) = found.unusable
    (without_contact,) = _check(content, file, name="Campus Title").unusable
    assert "choose the right column below" in without_name.remedy
    assert "in the field below" in without_contact.remedy
