"""Headings of lists as districts and states write them, and what they are taken for."""

from pathlib import Path

import pytest

from pack.errors import ContentError, UsageError
from pack.model import Pack
from schools.columns import COLUMNS, headings_given
from tests.tools.lists import read_list


@pytest.mark.parametrize(
    ("headings", "taken"),
    [
        # A district's own list
        ("School Name,Phone Number,E-mail,Web Site,Grades",
         ["School Name", "Phone Number", "E-mail", "Web Site"]),
        ("CAMPUS,TELEPHONE,EMAIL ADDRESS,HOME PAGE", ["CAMPUS", "TELEPHONE", "EMAIL ADDRESS",
         "HOME PAGE"]),
        ("District,School,Tel.,URL", ["School", "Tel.", "", "URL"]),
        ("institution_name,phone_no,email,website_url",
         ["institution_name", "phone_no", "email", "website_url"]),
        # The registers of the U.S., Texas, Pennsylvania and the United Kingdom
        ("LEANM,SCHNAM,PHONE,LCITY", ["SCHNAM", "PHONE", "", ""]),
        ("LEA_NAME,SCH_NAME,LSTREET1,LCITY,PHONE,WEBSITE", ["SCH_NAME", "PHONE", "", "WEBSITE"]),
        ("SCHNAM09,PHONE09", ["SCHNAM09", "PHONE09", "", ""]),
        ("School Name,Phone Number [Public School] 2022-23,Web Site URL [Public School] 2022-23",
         ["School Name", "Phone Number [Public School] 2022-23", "",
          "Web Site URL [Public School] 2022-23"]),
        ("District Name,District Phone,School Name,School Phone,School Email Address,"
         "School Web Page Address,School Fax",
         ["School Name", "School Phone", "School Email Address", "School Web Page Address"]),
        ("LEAInstName,LEAPhoneNumber,SchoolName,SchoolPhone,SchoolWebAddress",
         ["SchoolName", "SchoolPhone", "", "SchoolWebAddress"]),
        ("URN,EstablishmentName,SchoolWebsite,TelephoneNum,HeadTitle (name)",
         ["EstablishmentName", "TelephoneNum", "", "SchoolWebsite"]),
        # Tables from programs: without a heading for the numbers of the rows
        (",Name,Address", ["Name", "", "", ""]),
    ],
)  # fmt: skip
def test_the_headings_of_the_field_are_known(
    headings: str, taken: list[str], tmp_path: Path, packs: list[Pack]
) -> None:
    found = read_list(tmp_path, f"{headings}\n{',' * headings.count(',')}\n", packs)
    assert [found.taken.get(one, "") for one in ("name", "phone", "email", "website")] == taken


def test_people_and_districts_are_not_taken_for_schools(tmp_path: Path, packs: list[Pack]) -> None:
    headings = "School,Contact Name,Principal,Principal Email,District Phone,Fax,Mobile,Address"
    found = read_list(tmp_path, f"{headings}\nOak School,,,,,,,\n", packs)
    assert found.taken == {"name": "School"}
    assert found.schools.headings
    assert list(found.schools.headings.ignored) == headings.split(",")[1:]


def test_of_several_headings_the_best_one_is_taken_and_the_others_are_told(
    tmp_path: Path, packs: list[Pack]
) -> None:
    data = "School,Principal's Phone,School Phone\nOak School,303-555-0143,303-555-0142\n"
    found = read_list(tmp_path, data, packs)
    assert found.rows[0].school.phone == "303-555-0142"
    (warning,) = found.warnings
    assert "“School Phone” is taken as the column “phone”" in warning.what
    assert "“Principal's Phone”" in warning.what
    assert """--column phone="Principal's Phone\"""" in warning.remedy


def test_a_heading_without_any_text_below_is_not_taken_if_another_one_has_some(
    tmp_path: Path, packs: list[Pack]
) -> None:
    found = read_list(tmp_path, "School Name,Name\n,Oak School\n ,Elm School\n", packs)
    assert [row.school.name for row in found.rows] == ["Oak School", "Elm School"]


def test_a_heading_can_be_named(tmp_path: Path, packs: list[Pack]) -> None:
    data = "School Code,Long Title,Phone,School Phone\n7,Oak School,303-555-0142,303-555-0143\n"
    columns = {"id": "school code", "name": "Long Title", "phone": "Phone"}
    found = read_list(tmp_path, data, packs, columns=columns)
    row = found.rows[0]
    assert (row.id, row.school.name, row.school.phone) == ("7", "Oak School", "303-555-0142")
    assert found.warnings == []
    none = read_list(tmp_path, data, packs, columns={**columns, "phone": ""})
    assert none.rows[0].school.phone is None


def test_a_heading_that_is_not_there_is_reported(tmp_path: Path, packs: list[Pack]) -> None:
    with pytest.raises(ContentError, match="there is no heading “Titel” in this list") as caught:
        read_list(tmp_path, "Title,City\nOak,Town\n", packs, columns={"name": "Titel"})
    assert any("“Title”" in problem.remedy for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("option", "message"),
    [("nme=School", "Did you mean “name”"), ("name", 'like --column name="School Name"')],
)
def test_a_column_that_does_not_exist_can_not_be_named(option: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        headings_given([option])
    assert headings_given(["Name = School Title", "phone="]) == {
        "name": "School Title",
        "phone": "",
    }


@pytest.mark.parametrize("typo", ["Phnoe", "phoen number", "Telphone"])
def test_a_typing_error_in_a_heading_is_told(typo: str, tmp_path: Path, packs: list[Pack]) -> None:
    found = read_list(tmp_path, f"School,Adress,{typo}\nOak School,1 Rd,303-555-0142\n", packs)
    assert found.rows[0].school.phone is None
    (warning,) = found.warnings
    assert f"the column “{typo}” is not used" in warning.what
    assert f'--column phone="{typo}"' in warning.remedy


def test_a_typing_error_in_the_heading_of_the_names_is_told(
    tmp_path: Path, packs: list[Pack]
) -> None:
    with pytest.raises(ContentError, match="no heading of this list is known") as caught:
        read_list(tmp_path, "School Nmae,City\nOak,Town\n", packs)
    assert '--column name="School Nmae"' in caught.value.problems[0].remedy


def test_every_heading_means_one_column() -> None:
    """Otherwise the order of the columns would decide."""
    for column in COLUMNS.known:
        for heading in COLUMNS.spellings(column):
            meaning = COLUMNS.meaning(heading)
            assert meaning
            assert meaning[0] == column, heading


# Where the headings are


@pytest.mark.parametrize("above", [0, 1, 30])
def test_titles_and_empty_rows_may_be_above_the_headings(
    above: int, tmp_path: Path, packs: list[Pack]
) -> None:
    title = "Schools of the district;;\n;;\n" * above
    data = f"{title}School;Telephone;Grades\nOak School;303 555 0142;K-5\n"
    found = read_list(tmp_path, data, packs)
    assert [(row.school.name, row.school.phone) for row in found.rows] == [
        ("Oak School", "303 555 0142")
    ]
    assert found.rows[0].place.line == 2 * above + 2


def test_headings_that_are_repeated_on_each_page_are_no_schools(
    tmp_path: Path, packs: list[Pack]
) -> None:
    data = "School,Phone\nOak School,\nSchool,Phone\nElm School,\n"
    found = read_list(tmp_path, data, packs)
    assert [row.school.name for row in found.rows] == ["Oak School", "Elm School"]
    assert found.errors == []


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_that_of_the_headings(
    separator: str, tmp_path: Path, packs: list[Pack]
) -> None:
    rows = [["Title; of, the | list"], ["School Name", "Web"], ["Oak, Elm; Fir School", "oak.org"]]
    data = "\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    (row,) = read_list(tmp_path, data, packs).rows
    assert (row.school.name, row.school.website) == ("Oak, Elm; Fir School", "https://oak.org")


def test_a_list_may_have_names_only(tmp_path: Path, packs: list[Pack]) -> None:
    found = read_list(tmp_path, "School\nOak School\nElm School\n", packs)
    assert [(row.id, row.school.contact) for row in found.rows] == [
        ("oak-school", "Counselor's office"),
        ("elm-school", "Counselor's office"),
    ]
    assert found.warnings == []


def test_a_list_in_windows_1252_is_read_with_a_warning(tmp_path: Path, packs: list[Pack]) -> None:
    data = "School\nOak School\nJosé Rivera – North\n".encode("cp1252")
    found = read_list(tmp_path, data, packs)
    assert [row.school.name for row in found.rows] == ["Oak School", "José Rivera – North"]
    (warning,) = found.warnings
    assert "this line has “José”" in warning.what
    assert (warning.place.line, "CSV UTF-8" in warning.remedy) == (3, True)


# The contact


def test_the_contact_is_the_schools_own_or_that_of_all(tmp_path: Path, packs: list[Pack]) -> None:
    data = "School,Contact\nOak School,Front desk\nElm School,\nFir School,N/A\n"
    found = read_list(tmp_path, data, packs, contact="Main office")
    assert [row.school.contact for row in found.rows] == [
        "Front desk",
        "Main office",
        "Main office",
    ]
    alone = read_list(tmp_path, data, packs, contact=None)
    assert [problem.what for problem in alone.errors] == ["“contact” is missing"] * 2


def test_the_packs_school_gives_the_contact_of_lists_without_one(
    tmp_path: Path, packs: list[Pack]
) -> None:
    from pack.items import School

    school = School.model_construct(name="Any", contact="Dean's office")
    with_school = [packs[0].for_school(school)]
    found = read_list(tmp_path, "School\nOak School\n", with_school, contact=None)
    assert found.rows[0].school.contact == "Dean's office"


def test_a_contact_that_can_not_be_printed_is_refused(tmp_path: Path, packs: list[Pack]) -> None:
    with pytest.raises(UsageError, match="--contact: our fonts have no glyph"):
        read_list(tmp_path, "School\nOak School\n", packs, contact="Office 😀")
