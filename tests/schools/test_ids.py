"""Ids of schools in lists that have none."""

from pathlib import Path

import pytest

from pack.model import Pack
from tests.tools.lists import read_list


def test_ids_follow_from_the_names(tmp_path: Path, packs: list[Pack]) -> None:
    data = "School\nÉcole Élémentaire\nST. MARY'S\nCon\nمدرسة الأمل\n" + "Oak " * 22 + "\n"
    found = read_list(tmp_path, data, packs)
    ids = [row.id for row in found.rows]
    assert ids[:4] == ["ecole-elementaire", "st-marys", "con-school", "school"]
    assert len(ids[4]) <= 80
    assert found.errors == []


def test_schools_of_the_same_name_have_their_towns_in_their_ids(
    tmp_path: Path, packs: list[Pack]
) -> None:
    rows = ["Lincoln School,Oakton", "Lincoln School,Elmton", "Grant School,Oakton"]
    for order in (rows, rows[::-1]):
        found = read_list(tmp_path, "\n".join(["School,City", *order]), packs)
        assert {row.id for row in found.rows} == {
            *("lincoln-school-oakton", "lincoln-school-elmton", "grant-school")
        }
        assert found.warnings == []


def test_schools_of_the_same_name_and_town_have_numbers_and_are_told(
    tmp_path: Path, packs: list[Pack]
) -> None:
    data = "School,Grades\nLincoln,K-5\nLincoln,6-8\nLincoln 2,K-5\nLINCOLN,9-12\n"
    found = read_list(tmp_path, data, packs)
    assert [row.id for row in found.rows] == ["lincoln", "lincoln-3", "lincoln-2", "lincoln-4"]
    assert [warning.place.line for warning in found.warnings] == [3, 5]
    assert "the school on line 2 has the same name" in found.warnings[0].what


def test_the_same_row_twice_is_one_school(tmp_path: Path, packs: list[Pack]) -> None:
    data = "School,Grades\nLincoln,K-5\nGrant,K-5\nLincoln,K-5\n"
    found = read_list(tmp_path, data, packs)
    assert [row.id for row in found.rows] == ["lincoln", "grant"]
    (warning,) = found.warnings
    assert (warning.place.line, "the same as line 2" in warning.what) == (4, True)
    assert found.errors == []


def test_yaml_needs_no_ids_either(tmp_path: Path, packs: list[Pack]) -> None:
    data = "schools:\n  - name: Oak School\n  - {name: Oak School, town: Elmton}\n"
    found = read_list(tmp_path, data, packs, "schools.yaml")
    assert [row.id for row in found.rows] == ["oak-school", "oak-school-elmton"]


@pytest.mark.parametrize("parts", [1, 3])
def test_ids_are_the_same_however_many_processes_read(
    parts: int, tmp_path: Path, packs: list[Pack]
) -> None:
    from schools.options import ListOptions
    from schools.rows import SchoolList, SchoolRow

    names = ["Oak", "Elm", "Oak", "Fir", "Elm", "Oak"]
    file = tmp_path / "schools.csv"
    file.write_text("School,Room\n" + "".join(f"{one},{n}\n" for n, one in enumerate(names)))
    options = ListOptions("Office")
    lists = [SchoolList(file, packs, options, part, parts) for part in range(parts)]
    rows = [row for one in lists for row in one if isinstance(row, SchoolRow)]
    assert [row.id for row in sorted(rows, key=lambda row: row.place)] == [
        *("oak", "elm", "oak-2", "fir", "elm-2", "oak-3")
    ]
