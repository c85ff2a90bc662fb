"""What a build does only once, however many files and processes need it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CONTENT, ENGLISH, ROOT, WATER

#: A program that builds, and records each call of the functions to count.
_COUNTING = """
import os, runpy, sys

def counted(module, name):
    function = getattr(module, name)
    def counting(*arguments):
        note = os.open(os.environ["CALLS"], os.O_WRONLY | os.O_APPEND)
        os.write(note, f"{name}\\n".encode())
        os.close(note)
        return function(*arguments)
    setattr(module, name, counting)

import slides.layout
import slides.outline
counted(slides.outline, "plan")
counted(slides.layout, "compose")
sys.argv = ["make_materials.py", *sys.argv[1:]]
runpy.run_path("make_materials.py", run_name="__main__")
"""


def calls(folder: Path, *arguments: object) -> list[str]:
    """The counted functions that were called in a build, in all of its processes."""
    notes = folder / "calls.txt"
    notes.write_text("")
    subprocess.run(
        [sys.executable, "-c", _COUNTING, "build", *map(str, arguments), "--quiet"],
        cwd=ROOT,
        env={**os.environ, "CALLS": str(notes), "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    return sorted(notes.read_text().split())


@pytest.mark.skipif(sys.platform != "linux", reason="spawned processes are not counted")
def test_a_deck_is_planned_and_composed_once_in_a_whole_build(tmp_path: Path) -> None:
    """For the deck, both guides, their pictures, their preflight and their fingerprints."""
    once = ("--paper", "letter", "--ink", "color", "--size", "standard")
    found = calls(tmp_path, CONTENT, *ENGLISH, "--output", tmp_path / "output", *once)
    assert found == ["compose", "plan"]


@pytest.mark.skipif(sys.platform != "linux", reason="spawned processes are not counted")
def test_guides_alone_compose_the_deck_once(tmp_path: Path) -> None:
    parts = ("--only", "presenter-guide", "--only", "audience-notes")
    found = calls(tmp_path, CONTENT, *ENGLISH, "--output", tmp_path / "output", *parts)
    assert found == ["compose", "plan"]


@pytest.mark.skipif(sys.platform != "linux", reason="spawned processes are not counted")
def test_each_pack_has_a_deck_of_its_own(tmp_path: Path) -> None:
    parts = ("--only", "presenter-guide", "--only", "audience-notes", "--only", "family-evening")
    found = calls(tmp_path, CONTENT, WATER, *ENGLISH, "--output", tmp_path / "output", *parts)
    assert found == ["compose", "compose", "plan", "plan"]


@pytest.mark.skipif(sys.platform != "linux", reason="spawned processes are not counted")
def test_a_build_of_sheets_alone_plans_no_deck(tmp_path: Path) -> None:
    found = calls(
        tmp_path, CONTENT, *ENGLISH, "--output", tmp_path / "output", "--only", "if-it-happens"
    )
    assert found == []


def test_what_is_composed_goes_to_other_processes_without_powerpoints_libraries() -> None:
    composed = (
        "from pathlib import Path; import pickle, sys\n"
        "from pack.load import read_pack\n"
        "from slides.draft import DeckDraft\n"
        f"draft = DeckDraft(read_pack(Path({str(CONTENT)!r})))\n"
        "draft.composition\n"
        "sys.stdout.buffer.write(pickle.dumps(draft.progress()))\n"
    )
    taken_over = (
        "import pickle, sys; pickle.load(sys.stdin.buffer); sys.exit('pptx' in sys.modules)"
    )
    data = subprocess.run(
        [sys.executable, "-c", composed], cwd=ROOT, check=True, capture_output=True
    ).stdout
    subprocess.run([sys.executable, "-c", taken_over], cwd=ROOT, check=True, input=data)
