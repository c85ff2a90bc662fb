"""A new kind of artifact takes a class, a template and a list entry, as docs/how-to says."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pack import ROOMS
from tests.conftest import ROOT, WATER

PAGE = (ROOT / "docs" / "how-to" / "add-a-kind.md").read_text("utf-8")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with the kind that the page adds, and a pack."""
    folder = tmp_path_factory.mktemp("program")
    for room in (*ROOMS, "templates"):
        shutil.copytree(ROOT / room, folder / room)
    shutil.copy(ROOT / "make_materials.py", folder)
    for file, text in re.findall(r"^`([\w/.]+)`\n\n```\w+\n(.*?)^```$", PAGE, re.M | re.S):
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text(text, "utf-8")
    (line,) = re.findall(r"^BUILDERS.*$", PAGE, re.M)
    builders = folder / "press" / "builders" / "__init__.py"
    text = re.sub(r"^BUILDERS.*$", line, builders.read_text("utf-8"), flags=re.M)
    own = "from press.builders.reminder import ReminderBuilder\n"
    builders.write_text(
        text.replace("\nfrom press.builders.sheet", f"\n{own}from press.builders.sheet")
    )
    (folder / "content").mkdir()
    shutil.copy(WATER, folder / "content")
    shutil.copytree(WATER.parent / "images", folder / "content" / "images")
    return folder


def build(program: Path, *arguments: str) -> str:
    result = subprocess.run(
        [sys.executable, "make_materials.py", *arguments],
        cwd=program,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_the_new_kind_is_made_listed_checked_and_packed(program: Path) -> None:
    assert "reminder.txt" in build(program, "list")
    build(program, "build")
    folder = program / "output" / "water-safety"
    assert "911" in (folder / "reminder.txt").read_text("utf-8")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["artifacts"]["reminder.txt"]["kind"] == "reminder"
    assert "reminder.txt" in (folder / "preflight.html").read_text("utf-8")
    with zipfile.ZipFile(folder / "water-safety.zip") as archive:
        assert "water-safety/reminder.txt" in archive.namelist()
    again = build(program, "build")
    assert "0 files made" in again


def test_the_new_kind_follows_an_edit_and_names_its_reason(program: Path) -> None:
    build(program, "build")
    content = program / "content" / "water-safety.yaml"
    text = content.read_text("utf-8")
    name = re.search(r"^contacts:.*?^    name: (.*?)$", text, re.M | re.S)
    assert name
    content.write_text(text.replace(f"    name: {name[1]}", "    name: The new desk", 1), "utf-8")
    table = build(program, "build", "--only", "reminder")
    assert re.search(r"reminder\.txt .* contacts → .* changed", table)
    assert "The new desk" in (program / "output" / "water-safety" / "reminder.txt").read_text()
    content.write_text(text, "utf-8")


def test_each_school_gets_one(program: Path) -> None:
    (program / "schools.csv").write_text("id,name,contact\noak,Oak School,Front desk\n", "utf-8")
    build(program, "build", "--schools", "schools.csv", "--only", "reminder", "--jobs", "1")
    folder = program / "output" / "water-safety" / "schools" / "oak"
    assert "911" in (folder / "reminder.txt").read_text("utf-8")
