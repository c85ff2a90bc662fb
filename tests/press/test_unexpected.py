"""A fault in the program is told in one line, with a report that has no content of the pack."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pack import ROOMS
from tests.conftest import ROOT, WATER

SCHOOLS = "id,name,contact\nelm,Elm School,Office\nfir,Fir School,Office\noak,Oak School,Office\n"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program, which may be broken, beside a pack."""
    for room in (*ROOMS, "templates"):
        shutil.copytree(ROOT / room, tmp_path / room)
    shutil.copy(ROOT / "make_materials.py", tmp_path)
    shutil.copytree(WATER.parent / "images", tmp_path / "content" / "images")
    shutil.copy(WATER, tmp_path / "content" / "water.yaml")
    return tmp_path


def run(program: Path, *arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(program / "make_materials.py"), *map(str, arguments)],
        cwd=program,
        capture_output=True,
        text=True,
        check=False,
    )


def break_line(file: Path, before: str, fault: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, f"{fault}{before}"), "utf-8")


def test_a_fault_names_the_file_and_a_report(program: Path) -> None:
    built = run(program, "build", "--only", "poster")
    assert built.returncode == 0, built.stderr
    poster = program / "output" / "water" / "poster.pdf"
    before = poster.read_bytes()
    break_line(
        program / "templates" / "handouts" / "poster.html.j2",
        '<section class="page',
        "{{ pack.about.title|int / 0 }}",
    )
    failed = run(program, "build", "--only", "poster")
    assert failed.returncode == 70
    assert "Traceback" not in failed.stderr
    (said,) = failed.stderr.splitlines()
    found = re.fullmatch(
        r"water/poster\.pdf could not be made: there is a fault in the program "
        r"\(ZeroDivisionError\)\. Your existing files were not changed\. "
        r"Please report it, with this file: (.*)",
        said,
    )
    assert found, said
    report = Path(found[1])
    text = report.read_text("utf-8")
    report.unlink()
    assert "poster.html.j2" in text
    assert re.search(r"weasyprint \d", text)
    assert "division by zero" not in text
    assert poster.read_bytes() == before


def test_a_fault_outside_of_any_file_is_told_in_one_line(program: Path) -> None:
    break_line(program / "pack" / "loose_contacts.py", "    known = {word.lower()", "    1 / 0\n")
    failed = run(program, "check")
    assert failed.returncode == 70
    (said,) = failed.stderr.splitlines()
    assert said.startswith("Stopped: there is a fault in the program (ZeroDivisionError).")
    Path(said.rpartition(": ")[2]).unlink()


def test_a_fault_with_one_school_does_not_stop_the_others(program: Path) -> None:
    (program / "schools.csv").write_text(SCHOOLS)
    break_line(
        program / "schools" / "school_files.py",
        "    made: dict[str, FileData] = {}",
        '    {}[task.school.name] if task.id == "fir" else None\n',
    )
    result = run(program, "build", "--only", "poster", "--schools", "schools.csv")
    assert result.returncode == 1
    assert "schools.csv, line 3: schools → fir: the files of this school could not be made" in (
        result.stderr
    )
    assert "Traceback" not in result.stderr
    assert result.stdout.startswith("2 schools made")
    made = program / "output" / "water" / "schools"
    assert {one.name for one in made.iterdir() if one.is_dir()} >= {"elm", "oak"}
    assert not (made / "fir").exists()
