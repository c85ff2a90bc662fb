"""Cells of lists as people and programs write them."""

from pathlib import Path

import pytest

from pack.model import Pack
from tests.tools.lists import read_list


@pytest.mark.parametrize(
    ("cells", "printed"),
    [
        ("(303) 555-0142 ext:012,", "(303) 555-0142 ext. 012"),
        ("303-555-0142 x4,", "303-555-0142 ext. 4"),
        ("303-555-0142 #12,", "303-555-0142 ext. 12"),
        ("303-555-0142,12", "303-555-0142 ext. 12"),
        ("303-555-0142,x 12", "303-555-0142 ext. 12"),
        ("303-555-0142,0", "303-555-0142"),
        ("303-555-0142,N/A", "303-555-0142"),
        ("303-555-0142 x4,12", "303-555-0142 ext. 4"),
        ("3035550142,", "303-555-0142"),
        ("303/555-0142,", "303-555-0142"),
        ("303\N{EN DASH}555\N{NON-BREAKING HYPHEN}0142,", "303-555-0142"),
        ("(303)555-0142,", "(303)555-0142"),
        ("000-000-0000,", None),
        ("N,", None),
        ("None listed,", None),
        (",12", None),
    ],
)
def test_a_phone_number_and_its_extension(
    cells: str, printed: str | None, tmp_path: Path, packs: list[Pack]
) -> None:
    found = read_list(tmp_path, f"School,Phone,Ext\nOak School,{cells}\n", packs)
    assert found.errors == []
    assert found.rows[0].school.phone == printed


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        ("www.oak.org", "https://www.oak.org"),
        ("oak.org/help", "https://oak.org/help"),
        ("oak.k12.co.us", "https://oak.k12.co.us"),
        ("HTTP://WWW.OAK.ORG/Help", "http://www.oak.org/Help"),
        ("http:\\\\www.oak.org\\help", "http://www.oak.org/help"),
        ("http//www.oak.org", "http://www.oak.org"),
        ("https://oak.org.", "https://oak.org"),
        ("https://oak.org/", "https://oak.org/"),
        ("N/A", None),
        ("--", None),
        ("†", None),
        ("#N/A", None),
    ],
)
def test_a_website_is_completed(
    cell: str, printed: str | None, tmp_path: Path, packs: list[Pack]
) -> None:
    found = read_list(tmp_path, f"School,Website\nOak School,{cell}\n", packs)
    assert found.errors == []
    assert found.rows[0].school.website == printed


@pytest.mark.parametrize("word", ["N/A", "NA", "None", "TBD", "-", "No Data", "null", "…"])
def test_a_school_without_a_name_is_reported(word: str, tmp_path: Path, packs: list[Pack]) -> None:
    found = read_list(tmp_path, f"School,City\n{word},Oakton\n", packs)
    assert [problem.what for problem in found.errors] == ["“name” is missing"]


def test_the_first_of_several_numbers_and_addresses_is_used_with_a_warning(
    tmp_path: Path, packs: list[Pack]
) -> None:
    data = (
        "School;Phone;Email\n"
        "Oak School;303-555-0142 / 303-555-0143;a@oak.org, b@oak.org\n"
        "Elm School;303-555-0142 ext. 1 or 2;c@oak.org\n"
    )
    found = read_list(tmp_path, data, packs)
    school = found.rows[0].school
    assert (school.phone, school.email) == ("303-555-0142", "a@oak.org")
    assert [warning.place.line for warning in found.warnings] == [2, 2]
    assert "there are 2 phone numbers in a cell" in found.warnings[1].what
    assert [problem.place.name for problem in found.errors] == ["line 3, column “Phone”"]


def test_a_number_of_another_country_says_so(tmp_path: Path, packs: list[Pack]) -> None:
    found = read_list(tmp_path, "School,Phone\nOak School,020 7283 1147\n", packs)
    assert "another country than US" in found.errors[0].remedy
    found = read_list(tmp_path, "School,Phone\nOak School,+44 20 7283 1147\n", packs)
    assert found.errors == []


@pytest.mark.parametrize(
    "row",
    [
        "Total,,600",
        "Grand Total:,,600",
        "District total,,",
        "Total schools: 12,,",
        "Source: district office,,",
        "* new this year,,",
        "Updated 9/1/2026,,",
        "Elementary Schools,,",
        ",,600",
    ],
)
def test_a_row_that_is_no_school_says_so_and_the_others_are_read(
    row: str, tmp_path: Path, packs: list[Pack]
) -> None:
    data = f"School,City,Pupils\nOak School,Oakton,200\n{row}\nElm School,Elmton,400\n"
    found = read_list(tmp_path, data, packs)
    assert [one.school.name for one in found.rows] == ["Oak School", "Elm School"]
    (problem,) = found.errors
    assert problem.place.line == 3
    assert "elete the row" in problem.remedy


@pytest.mark.parametrize("name", ["Total Learning Academy", "Key School", "Notre Dame Schools"])
def test_a_school_with_such_words_in_its_name_is_one(
    name: str, tmp_path: Path, packs: list[Pack]
) -> None:
    found = read_list(tmp_path, f"School,City,Pupils\n{name},Oakton,200\n", packs)
    assert [one.school.name for one in found.rows] == [name]


def test_a_row_with_nothing_but_a_name_is_a_school_with_a_warning(
    tmp_path: Path, packs: list[Pack]
) -> None:
    found = read_list(tmp_path, "School,City,Pupils\nOak School,,\nElm School,Elmton,\n", packs)
    assert [one.school.name for one in found.rows] == ["Oak School", "Elm School"]
    assert [(one.place.line, one.what) for one in found.warnings] == [
        (2, "this row has nothing but a name")
    ]


def test_schools_that_are_closed_are_counted(tmp_path: Path, packs: list[Pack]) -> None:
    data = "School,StatusType\nOak School,Active\nElm School,Closed\nFir School,Merged\n"
    found = read_list(tmp_path, data, packs)
    assert (len(found.rows), found.schools.closed) == (3, 2)


def test_formulas_dates_and_odd_characters_in_other_columns_are_no_problem(
    tmp_path: Path, packs: list[Pack]
) -> None:
    data = "School,Change,Motto\nOak School,=A1,\N{ZERO WIDTH SPACE}JosÃ©\n"
    found = read_list(tmp_path, data, packs)
    assert (len(found.rows), found.errors) == (1, [])
