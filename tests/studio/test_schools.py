"""“Schools”: a list that people bring, its columns and rows, and the files of each school.

The tests build on each other, like the steps of a person who has a list.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_cli
from tests.studio.small_studio import SmallStudio, small_studio, snapshot

LIST = """\
Campus Title,Phone,Contact Office,Notes
Oak Test School,303-555-0110,Front office,a
Elm Test School,<b>12345</b>,Front office,b
Ash Test School,303-555-0112,,c
,303-555-0113,Front office,d
"""
COLUMNS = {
    "column:name": "Campus Title",
    "column:phone": "Phone",
    "column:contact": "Contact Office",
    "contact": "School counselor's office",
}

pytestmark = pytest.mark.usefixtures("earlier_steps")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStudio]:
    with small_studio(tmp_path_factory.mktemp("schools")) as one:
        yield one


def _plain(page: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", page)).split())


def _bring(studio: SmallStudio, name: str, data: bytes) -> tuple[int, str]:
    answer = studio.post("schools", {"list": (name, data)}, do="bring")
    return answer.status_code, _plain(answer.text)


def test_only_lists_are_taken(studio: SmallStudio) -> None:
    status, page = _bring(studio, "list.exe", b"MZ")
    assert status == 409
    assert "A list must be a file whose name ends in .csv" in page
    status, page = _bring(studio, "empty.csv", b"")
    assert (status, "No file was chosen, or it is empty." in page) == (409, True)
    status, page = _bring(studio, "large.csv", b"name\n" + b"Oak\n" * 1_300_000)
    assert (status, "This list is larger than 5 MB." in page) == (413, True)
    assert not list(studio.file.parent.glob(".studio/**/list.*"))


def test_a_list_with_an_unknown_heading_shows_its_columns_to_choose(studio: SmallStudio) -> None:
    assert _bring(studio, "../../My schools.csv", LIST.encode())[0] == 303
    page = studio.page("schools")
    plain = _plain(page)
    assert "No heading of this list is known to mean “name”" in plain
    assert "choose the right column below" in plain
    assert "--column" not in plain
    assert re.search('<select id="c-name" name="column:name">\n<option value="">none', page)
    assert "<option>Campus Title</option>" in page
    assert "<option selected>Phone</option>" in page
    assert not list(studio.file.parent.glob("**/My schools.csv"))


def test_bad_rows_are_shown_with_what_they_say_and_the_remedy(studio: SmallStudio) -> None:
    assert studio.post("schools", do="columns", **COLUMNS).status_code == 303
    page = studio.page("schools")
    plain = _plain(page)
    assert "2 good rows, 2 problems." in plain
    assert "line 3 Elm Test School Phone <b>12345</b> The phone number “<b>12345" in plain
    assert "line 5 Campus Title “name” is missing. Fill it in, or delete the row" in plain
    assert "<b>" not in page
    # A sample of each column.
    assert "Oak Test School Elm Test School Ash Test School" in plain
    assert 'value="School counselor&#39;s office"' in page


def test_nothing_is_made_while_rows_are_bad(studio: SmallStudio) -> None:
    answer = studio.post("schools", do="make")
    assert answer.status_code == 409
    assert "Correct them, or choose to skip them." in answer.text
    assert not studio.output.exists()


def test_one_school_is_made_alone(studio: SmallStudio) -> None:
    assert studio.post("schools", do="try", school="no-school").status_code == 409
    assert studio.post("schools", do="try", school="ash test school").status_code == 303
    studio.wait()
    folder = studio.output / "water" / "schools"
    assert [one.name for one in folder.iterdir() if one.is_dir() and one.name[0] != "."] == [
        "ash-test-school"
    ]
    assert 'href="/p/water/schools/ash-test-school"' in studio.page("schools")
    page = studio.page("schools/ash-test-school")
    assert 'href="/p/water/schools/ash-test-school/tip-sheet.pdf"' in page
    file = studio.client.get("/p/water/schools/ash-test-school/tip-sheet.pdf")
    assert file.content == (folder / "ash-test-school" / "tip-sheet.pdf").read_bytes()
    picture = studio.client.get("/p/water/schools/ash-test-school/tip-sheet.pdf?picture")
    assert picture.content.startswith(b"\x89PNG")


def test_stopped_schools_go_on_and_are_the_same_as_from_the_terminal(
    studio: SmallStudio, tmp_path: Path
) -> None:
    before = studio.snapshot()
    assert studio.post("schools", do="make", skip="on").status_code == 303
    assert studio.post("schools", do="make", skip="on").status_code == 409
    stopped = studio.post("job/stop", place="schools")
    assert stopped.headers["location"] == "/p/water/schools#job"
    studio.wait()
    assert "Schools that were finished are kept." in studio.page("schools")
    after = studio.snapshot()
    assert before.items() <= after.items()

    assert studio.post("schools", do="make", skip="on").status_code == 303
    studio.wait()
    page = _plain(studio.page("schools"))
    assert "2 of 2 schools of this list are made." in page
    assert "One school made, 2 files; 1 unchanged." in page
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    result = run_cli(
        *("build", studio.file, "--output", tmp_path / "out"),
        *("--schools", tmp_path / "list.csv", "--skip-bad-rows"),
        *("--column", "name=Campus Title", "--contact", "School counselor's office"),
    )
    assert "2 schools made" in result.stdout
    assert studio.snapshot() == snapshot(tmp_path / "out" / "water")


def test_a_school_is_given_out_as_a_zip_file(studio: SmallStudio) -> None:
    answer = studio.client.get("/p/water/schools/oak-test-school.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
    assert names == ["oak-test-school/at-home.pdf", "oak-test-school/tip-sheet.pdf"]


def test_only_what_the_journal_names_is_given_out(studio: SmallStudio) -> None:
    folder = studio.output / "water" / "schools"
    (folder / "oak-test-school" / "own.pdf").write_bytes(b"%PDF-1.7 secret")
    for path in (
        *("no-school", "no-school.zip", "..", "%2e%2e.zip", "oak-test-school/own.pdf"),
        *("oak-test-school/..%2fash-test-school%2ftip-sheet.pdf", "%2e%2e/schools.json"),
        *("schools.json", "oak-test-school/index.html", "oak-test-school/%2fetc%2fpasswd"),
    ):
        answer = studio.client.get(f"/p/water/schools/{path}")
        assert answer.status_code == 404 or path == "..", path
        assert b"secret" not in answer.content, path
    (folder / "oak-test-school" / "own.pdf").unlink()


def test_logos_go_where_the_list_names_them_and_nowhere_else(studio: SmallStudio) -> None:
    rows = "Oak Test School,logos/oak.svg\nElm Test School,../../../elm.svg\n"
    assert _bring(studio, "logos.csv", f"name,logo\n{rows}".encode())[0] == 303
    assert studio.post("schools", do="columns", contact="Front office").status_code == 303
    plain = _plain(studio.page("schools"))
    assert "0 good rows, 2 problems." in plain
    assert "0 of 2 are here." in plain
    assert "There is no picture “logos/oak.svg”. Check its name; or bring the file" in plain
    picture = (ROOT / "tests" / "sample_packs" / "images" / "logo.svg").read_bytes()
    refused = studio.post("schools/logos", {"logos": ("other.svg", picture)})
    assert refused.status_code == 409
    assert "no row of the list names them" in _plain(refused.text)
    many = [("logos", (f"other{number}.svg", bytes(4_000_000))) for number in range(7)]
    assert "no row of the list names them" in _plain(studio.post("schools/logos", many).text)
    files = [("logos", ("C:\\art\\oak.svg", picture)), ("logos", ("elm.svg", picture))]
    answer = studio.post("schools/logos", files)
    assert "Not taken, " in _plain(answer.text)
    assert [one.name for one in studio.file.parent.rglob("oak.svg")] == ["oak.svg"]
    assert not [*studio.file.parent.parent.rglob("elm.svg")]
    plain = _plain(studio.page("schools"))
    assert "One good row, one problem." in plain
    assert "1 of 2 are here." in plain


def test_a_list_that_is_taken_away_leaves_the_schools(studio: SmallStudio) -> None:
    before = studio.snapshot()
    assert studio.post("schools", do="forget").status_code == 303
    assert "Choose a list" in studio.page("schools")
    assert studio.snapshot() == before
    assert studio.post("schools", do="make").status_code == 409
