"""A list of schools: what is read, the message for each bad row, and very long lists."""

import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pack.errors import ContentError
from pack.load import read_pack
from pack.model import Pack
from pack.problems import Fault, Problem, Severity
from schools.ids import folder_name
from schools.rows import SchoolList, SchoolRow, placeholders, poor_logo, remarks
from tests.conftest import CONTENT
from tests.schools.bad_lists import BAD, HEADS, Bad
from tests.tools.workbooks import write_workbook

ROWS = [
    ("oak-hill", "Oak Hill School", "Counseling office", "303-555-0142", "office@oak.example",
     "https://oak.example/help", ("en",), ("tip-sheet", "evening")),
    ("elm", 'The "Elm", an <b>old</b> {{7*7}} & *good* School', "Front desk", None, None, None,
     (), ()),
    ("hokulea", "Ke Kula ʻo Hōkūleʻa", "Keʻena", "303-555-0143", None, None, (), ()),
]  # fmt: skip


def _read(
    folder: Path, data: str | bytes, packs: list[Pack], name: str = "schools.csv"
) -> tuple[list[SchoolRow], list[Problem]]:
    """The schools of a list, and the problems of bad rows. Raises `ContentError`."""
    file = folder / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    found = list(SchoolList(file, packs))
    rows = [one for one in found if isinstance(one, SchoolRow)]
    return rows, [problem for one in found if not isinstance(one, SchoolRow) for problem in one]


def _values_of(row: SchoolRow) -> tuple[Any, ...]:
    school = row.school
    return (row.id, school.name, school.contact, school.phone, school.email, school.website,
            row.languages, row.sheets)  # fmt: skip


# The three formats

CSV = """\
\N{ZERO WIDTH NO-BREAK SPACE}ID, Name ,CONTACT,phone,email,website,language,sheets
Oak Hill,Oak  Hill School,Counseling office,303-555-0142,office@oak.example,WEBSITE,EN,SHEETS
,,,,,,,
elm,"The ""Elm"",
an <b>old</b> {{7*7}} & *good* School",Front desk

Hōkūleʻa,Ke Kula ʻo Hōkūleʻa,Keʻena,3.035550143E9,,,,
""".replace("WEBSITE", "https://oak.example/help")

YAML = """\
schools:
  - id: Oak Hill
    name: Oak Hill School
    contact: Counseling office
    phone: 303-555-0142
    email: office@oak.example
    website: https://oak.example/help
    language: EN
    sheets: [tip-sheet, evening]
  - id: elm
    name: 'The "Elm", an <b>old</b> {{7*7}} & *good* School'
    contact: Front desk
    phone:
  - {id: Hōkūleʻa, name: Ke Kula ʻo Hōkūleʻa, contact: Keʻena, phone: 3035550143}
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_csv_is_read_with_any_separator_and_line_end(
    encoding: str, separator: str, ending: str, tmp_path: Path, packs: list[Pack]
) -> None:
    text = CSV.replace('"",\nan', "\0").replace(",", separator).replace("\0", '"",\nan')
    text = text.replace("SHEETS", "tip-sheet evening" if separator == ";" else "tip-sheet; evening")
    data = text.removeprefix("\ufeff") if encoding == "utf-16" else text
    rows, problems = _read(tmp_path, data.replace("\n", ending).encode(encoding), packs)
    assert problems == []
    assert [_values_of(row) for row in rows] == ROWS
    assert [row.place.line for row in rows] == [2, 4, 7]


def test_yaml_gives_the_same_schools(tmp_path: Path, packs: list[Pack]) -> None:
    rows, problems = _read(tmp_path, YAML, packs, "schools.yaml")
    assert problems == []
    assert [_values_of(row) for row in rows] == ROWS
    assert [row.place.line for row in rows] == [2, 10, 14]


def test_a_workbook_gives_the_same_schools(tmp_path: Path, packs: list[Pack]) -> None:
    """With a title above the headings, an empty row, a merged heading, and real numbers."""
    write_workbook(
        tmp_path / "schools.xlsx",
        [
            ["Our schools"],
            [],
            ["ID", " Name ", "Contact", "Phone", "Email", "Website", "Language", "Sheets"],
            ["Oak Hill", "Oak Hill School", "Counseling office", "303-555-0142",
             "office@oak.example", "https://oak.example/help", "EN", "tip-sheet, evening"],
            ["Schools of the north"],
            ["elm", ROWS[1][1], "Front desk"],
            ["Hōkūleʻa", "Ke Kula ʻo Hōkūleʻa", "Keʻena", 3035550143.0],
        ],
        merged="A5:H5",
    )  # fmt: skip
    found = list(SchoolList(tmp_path / "schools.xlsx", packs))
    rows = [one for one in found if isinstance(one, SchoolRow)]
    assert found == rows
    assert [_values_of(row) for row in rows] == ROWS
    assert [row.place.line for row in rows] == [4, 6, 7]


def test_excel_may_name_its_separator_in_the_first_line(tmp_path: Path, packs: list[Pack]) -> None:
    rows, _ = _read(tmp_path, "sep=;\nid;name;contact\noak;Oak, Hill;Office\n", packs)
    assert [(row.school.name, row.place.line) for row in rows] == [("Oak, Hill", 3)]


def test_the_example_list_is_good() -> None:
    shipped = [read_pack(CONTENT)]
    rows = list(SchoolList(CONTENT.parent / "schools.example.csv", shipped))
    assert [type(row) for row in rows] == [SchoolRow] * 4


# What is wrong


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_bad_list_is_reported_with_its_line_and_a_remedy(
    bad: Bad, tmp_path: Path, packs: list[Pack]
) -> None:
    folder = tmp_path / "list"
    folder.mkdir()
    try:
        rows, problems = _read(folder, bad.data, packs, bad.file)
    except ContentError as error:
        assert bad.rows is None
        problems = list(error.problems)
    else:
        assert len(problems) == 1
        assert bad.rows == len(rows)
    first = problems[0]
    assert (first.place.line, first.place.column) == (bad.line, bad.column)
    assert bad.what in first.what
    assert bad.remedy in first.remedy


def test_there_are_many_bad_lists() -> None:
    assert len({bad.name for bad in BAD}) == len(BAD) >= 50


def test_a_problem_says_which_school_and_which_column(tmp_path: Path, packs: list[Pack]) -> None:
    data = HEADS + "Oak Ridge,Oak,,Office,12,,,,\n,Elm,,Office,13,,,,\n"
    _, problems = _read(tmp_path, data, packs)
    assert [problem.where for problem in problems] == [
        "Oak Ridge",
        "Elm",
        "Elm",
    ]
    assert [problem.place.name for problem in problems] == [
        "line 2, column “phone”",
        "line 3, column “id”",
        "line 3, column “phone”",
    ]


def test_all_problems_of_a_row_are_reported_at_once(tmp_path: Path, packs: list[Pack]) -> None:
    data = HEADS + "con,,x.png,Office,12,office,oak,fr,tip\n"
    _, problems = _read(tmp_path, data, packs)
    assert {problem.place.name for problem in problems} == {
        f"line 2, column “{column}”"
        for column in ("id", "name", "logo", "phone", "email", "website", "language", "sheets")
    }
    assert len({problem.place for problem in problems}) == 8


@pytest.mark.parametrize("name", ["José Rivera", "L’École", "Hōkūleʻa", "Łąka"])
def test_a_name_saved_in_a_wrong_encoding_is_reported_with_the_right_one(
    name: str, tmp_path: Path, packs: list[Pack]
) -> None:
    read_wrongly = (bytes([byte]) for byte in name.encode())
    damaged = "".join(byte.decode("cp1252", "ignore") or chr(byte[0]) for byte in read_wrongly)
    _, problems = _read(tmp_path, f"id,name,contact\noak,{damaged},Office\n", packs)
    assert f"was probably “{name}”" in problems[0].what
    rows, problems = _read(tmp_path, f"id,name,contact\noak,{name},Office\n", packs)
    assert (rows[0].school.name, problems) == (name, [])


def test_hints_where_to_break_a_word_are_left_out_with_a_warning(
    tmp_path: Path, packs: list[Pack]
) -> None:
    text = "id,name,contact\noak,O\u00adak\u200b School\ufeff,Office\nelm,Elm School,Office\n"
    (oak, elm), problems = _read(tmp_path, text, packs)
    assert (oak.school.name, elm.remarks, problems) == ("Oak School", (), [])
    (warning,) = remarks(oak)
    assert "invisible characters in this row, which are left out" in warning.what


def test_a_missing_file_and_a_folder_are_reported(tmp_path: Path, packs: list[Pack]) -> None:
    for file, what in ((tmp_path / "none.csv", "no such file"), (tmp_path, "this is a folder")):
        with pytest.raises(ContentError, match=what):
            SchoolList(file, packs)


# Ids


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Oak Hill", "oak-hill"),
        ("  École Élémentaire  ", "ecole-elementaire"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Hawaiʻi", "hawaii"),
        ("St. Mary's", "st-marys"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows", "c-windows"),
        (".hidden", "hidden"),
        ("--x--", "x"),
        ("ﬁｎｅ①", "fine1"),
        ("con.txt", "con-txt"),
    ],
)
def test_an_id_becomes_the_name_of_a_folder(text: str, name: str) -> None:
    assert folder_name(text) == name


@given(st.text())
def test_no_id_leads_out_of_its_folder(text: str) -> None:
    name = folder_name(text)
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not name.startswith("-")
    assert folder_name(name) == name


# Languages, sheets, texts


def test_the_language_is_that_of_one_of_the_packs(tmp_path: Path, packs: list[Pack]) -> None:
    brazil = packs[0].about.model_copy(update={"language": "pt-BR"})
    both = [*packs, packs[0].model_copy(update={"about": brazil})]
    heads = "id,name,contact,language\n"
    rows, _ = _read(tmp_path, heads + "a,Oak,Office,PT_br\nb,Elm,Office,\n", both)
    assert [row.languages for row in rows] == [("pt-BR",), ()]


@pytest.mark.parametrize(
    "cell",
    ["en, es", "en; es", "EN/es", "en es", "English and Spanish", "English | Español", "eng+spa",
     "inglés; espanol", "en_US, es-MX", "English; Mexican Spanish, es", "en & Spanish (Mexico)"],
)  # fmt: skip
def test_a_school_may_have_several_languages_as_people_write_them(
    cell: str, tmp_path: Path, packs: list[Pack]
) -> None:
    spanish = packs[0].about.model_copy(update={"language": "es"})
    both = [*packs, packs[0].model_copy(update={"about": spanish})]
    rows, problems = _read(tmp_path, f'id,name,contact,language\na,Oak,Office,"{cell}"\n', both)
    assert problems == []
    assert rows[0].languages == ("en", "es")


def test_in_yaml_languages_can_be_a_list(tmp_path: Path, packs: list[Pack]) -> None:
    haitian = packs[0].about.model_copy(update={"language": "ht"})
    both = [*packs, packs[0].model_copy(update={"about": haitian})]
    row = "schools:\n  - {id: a, name: Oak, contact: Office, language: [Haitian Creole, en]}\n"
    rows, _ = _read(tmp_path, row, both, "schools.yaml")
    assert rows[0].languages == ("ht", "en")


def test_each_language_in_which_nothing_can_be_made_is_reported(
    tmp_path: Path, packs: list[Pack]
) -> None:
    file = tmp_path / "schools.csv"
    file.write_text(f"id,name,contact,language\na,Oak,Office,{'es; vi; Vietnamese; so; Spansh'}\n")
    lacking = Fault("Spanish is not built: of 9 texts, 1 missing", "Translate it.")
    (problems,) = SchoolList(file, packs, unmade={"es": lacking, "so": None})
    assert isinstance(problems, tuple)
    assert [problem.what for problem in problems] == [
        lacking.what,
        "there are no materials in Vietnamese",
        "“Spansh” is not a language that is known here",
    ]
    assert problems[2].remedy == "Did you mean “Spanish”?"


@pytest.mark.parametrize(
    "sheets", ["evening;tip-sheet", "evening tip-sheet", "Evening , tip-sheet;"]
)
def test_sheets_are_named_with_any_separator_once_each(
    sheets: str, tmp_path: Path, packs: list[Pack]
) -> None:
    rows, _ = _read(tmp_path, f'id,name,contact,sheets\na,Oak,Office,"{sheets} evening"\n', packs)
    assert [row.sheets for row in rows] == [("evening", "tip-sheet")]


@pytest.mark.parametrize(
    "name",
    ["Szkoła Łąkowa w Żółwinie", "Trường Tiểu học Nguyễn Thị Lựu", "Ke Kula ʻo Āinakoa",
     "مدرسة الأمل الابتدائية", "Diné Bi’óltaʼ Ǫ́", "École Sainte-Thérèse", "Þórshöfn ßkóli"],
)  # fmt: skip
def test_names_in_many_languages_are_read_as_composed_characters(
    name: str, tmp_path: Path, packs: list[Pack]
) -> None:
    from unicodedata import normalize

    apart = normalize("NFD", name)
    rows, problems = _read(tmp_path, f"id,name,contact\na,{apart},Office\n", packs)
    assert problems == []
    assert [row.school.name for row in rows] == [normalize("NFC", name)]


def test_placeholders_are_warnings(tmp_path: Path, packs: list[Pack]) -> None:
    data = HEADS + "a,Oak,,Office,,a@oak.example,https://oak.example/,,\n"
    rows, _ = _read(tmp_path, data, packs)
    found = list(placeholders(rows[0]))
    assert [one.where for one in found] == ["schools → a → email", "schools → a → website"]
    assert {one.severity for one in found} == {Severity.WARNING}
    real = HEADS + "a,Oak,,Office,,a@tips.fbi.gov,https://www.fbi.gov/,,\n"
    assert list(placeholders(_read(tmp_path, real, packs)[0][0])) == []


def test_a_poor_logo_is_a_warning(tmp_path: Path, packs: list[Pack]) -> None:
    Image.new("RGB", (100, 100), "#103040").save(tmp_path / "small.png")
    rows, _ = _read(tmp_path, "id,name,contact,logo\na,Oak,Office,small.png\n", packs)
    (warning,) = poor_logo(rows[0])
    assert warning.severity is Severity.WARNING
    assert warning.where == "schools → a → logo"
    assert "120 per inch in print" in warning.what


# Long lists, and any bytes


def _long_list(file: Path, count: int) -> None:
    with file.open("w", encoding="utf-8") as stream:
        stream.write(HEADS)
        for number in range(count):
            stream.write(
                f'elm-{number},"Elm School, No. {number}",,The office,303-555-01{number % 100:02},'
                f"office@elm-{number}.example,https://elm-{number}.example/help,,\n"
            )


def test_a_long_list_is_read_row_by_row(tmp_path: Path, packs: list[Pack]) -> None:
    """20,000 schools are read, and only their ids stay in memory."""
    _long_list(tmp_path / "schools.csv", 20_000)
    assert (
        sum(isinstance(row, SchoolRow) for row in SchoolList(tmp_path / "schools.csv", packs))
        == 20_000
    )


def test_a_list_of_too_many_rows_is_refused(tmp_path: Path, packs: list[Pack]) -> None:
    with (tmp_path / "schools.csv").open("w") as stream:
        stream.write("name,contact\n")
        stream.writelines(f"School {number},Office\n" for number in range(250_001))
    with pytest.raises(ContentError) as refused:
        list(SchoolList(tmp_path / "schools.csv", packs))
    (problem,) = refused.value.problems
    assert problem.place.line == 250_002
    assert "more than 250,000 rows" in problem.what


def test_a_very_long_cell_is_reported_and_not_read(tmp_path: Path, packs: list[Pack]) -> None:
    text = "é" * 1001
    rows, problems = _read(tmp_path, f"id,name,contact\noak,{text},Office\nelm,Elm,Office\n", packs)
    assert [row.school.name for row in rows] == ["Elm"]
    assert "more than 1,000 characters" in problems[0].what
    assert (problems[0].place.line, problems[0].place.column) == (2, 5)


def test_memory_does_not_grow_with_a_list(tmp_path: Path, packs: list[Pack]) -> None:
    _long_list(tmp_path / "schools.csv", 5_000)
    rows = iter(SchoolList(tmp_path / "schools.csv", packs))
    next(rows)
    tracemalloc.start()
    try:
        count = sum(1 for _ in rows)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 4_999
    # The ids: some 150 bytes each. The list itself has 600 KB.
    assert peak < 200 * count + 300_000


def _check(data: bytes, name: str, packs: list[Pack]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(data)
        try:
            found: Iterator[Any] = iter(list(SchoolList(file, packs)))
        except ContentError as error:
            found = iter([error.problems])
        for one in found:
            if not isinstance(one, SchoolRow):
                assert one
                for problem in one:
                    assert problem.place.file == file
                    assert problem.place.line >= 1
                    assert problem.place.column >= 1
                    assert problem.what
                    assert problem.remedy
                    str(problem).encode()


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_reported(data: bytes, packs: list[Pack]) -> None:
    for name in ("schools.csv", "schools.xlsx", "schools.yaml"):
        _check(data, name, packs)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.text(max_size=8),
                st.sampled_from(
                    ['"', '""', '"a\n', ",", "\r", "=1", "#N/A", "1E9", "٣", "a@b.example",
                     "\ufeff",
                     "https://[", "../x", "Oak", "en", "tip-sheet", " ", "١٢٣", "9e99999999"]
                ),
            ),
            max_size=10,
        ),
        max_size=6,
    )
)  # fmt: skip
def test_any_cells_are_read_or_reported(packs: list[Pack], cells: list[list[str]]) -> None:
    text = HEADS + "\n".join(",".join(row) for row in cells)
    _check(text.encode(errors="surrogatepass"), "schools.csv", packs)
