"""The command line with a list of schools: how it is understood, before anything is made."""

import json
from pathlib import Path

import pytest

from tests.conftest import WATER, Run
from tests.tools.district import QUICK

LIST = """\
Schools of the district,,,
School Name,Tel.,Web Site,Grades
Oak School,303-555-0142 x4,www.oak.org,K-5
Elm School,303-555-01,N/A,K-5
Total,,,2
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "schools.csv"
    file.write_text(LIST)
    return file


def test_check_shows_how_a_list_is_understood(run: Run, tmp_path: Path, file: Path) -> None:
    result = run("schools", WATER, "--check", file, "--contact", "Front office", folder=tmp_path)
    assert result.returncode == 1
    assert [line.split("  ") for line in result.stdout.splitlines()[:5]] == [
        [*one.split("  ")]
        for one in (
            "“School Name”    → name     Oak School",
            "“Tel.”           → phone    303-555-0142 ext. 4",
            "“Web Site”       → website  https://www.oak.org",
            "from the name    → id       oak-school",
            "for all schools  → contact  Front office",
        )
    ]
    assert "not used: “Grades”" in result.stdout
    assert "There is no column for: email." in result.stdout
    assert "1 good row, 2 bad rows." in result.stdout
    assert f"{file}, line 4, column “Tel.”: Elm School: “303-555-01” is not" in result.stderr
    assert f"{file}, line 5, column “School Name”: Total: this row is a sum" in result.stderr
    assert sorted(tmp_path.iterdir()) == [file]


def test_check_succeeds_if_all_rows_are_good(run: Run, file: Path) -> None:
    file.write_text("\n".join(LIST.splitlines()[:3]))
    result = run("schools", WATER, "--check", file, "--contact", "Front office")
    assert (result.returncode, result.stderr) == (0, "")
    assert "1 good row, 0 bad rows." in result.stdout


def test_a_list_without_a_contact_says_how_to_give_one(run: Run, file: Path) -> None:
    result = run("schools", WATER, "--check", file)
    assert result.returncode == 1
    assert '--contact "School counselor\'s office"' in result.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--column", "nme=School Name"], "Did you mean “name”"),
        (["--contact", "😀"], "--contact: our fonts have no glyph"),
    ],
)
def test_options_for_a_list_that_are_wrong_are_reported(
    options: list[str], message: str, run: Run, file: Path
) -> None:
    result = run("schools", WATER, "--check", file, *options)
    assert result.returncode == 2
    assert message in result.stderr


def test_a_build_tells_which_headings_it_uses_and_skips_bad_rows(
    run: Run, tmp_path: Path, file: Path
) -> None:
    arguments = (
        *("build", "--schools", file, "--contact", "Front office", "--output", tmp_path / "out"),
        *QUICK[:2],
    )
    result = run(*arguments, "--skip-bad-rows")
    assert result.returncode == 1
    assert (
        f"{file}, line 2: “School Name” → name, “Tel.” → phone, “Web Site” → website\n"
        f"{file}, line 2: not used: “Grades”\n"
    ) in result.stderr
    journal = json.loads((tmp_path / "out/sextortion/schools/schools.json").read_text("utf-8"))
    assert [school["id"] for school in journal["schools"]] == ["oak-school"]
    assert "not used" not in run(*arguments, "--skip-bad-rows", "--quiet").stderr


def test_a_list_of_bad_rows_alone_is_not_read_to_its_end(run: Run, tmp_path: Path) -> None:
    rows = "".join(f"s{number},S,Office\n" for number in range(15_000))
    (tmp_path / "schools.csv").write_text("id,name,contact\n" + rows)
    result = run("schools", "--check", tmp_path / "schools.csv", WATER)
    assert result.returncode == 1
    assert "rows have problems, so the rest of this list was not read" in result.stderr
    assert len(result.stderr.splitlines()) < 250
