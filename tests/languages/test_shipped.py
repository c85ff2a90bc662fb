"""The translations that come with the program."""

import shutil
from pathlib import Path

import pytest

from pack.load import read_pack
from press.translations import open_translations
from tests.conftest import CONTENT, Run

SHIPPED = sorted((CONTENT.parent / "translations" / CONTENT.stem).glob("*.po"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_translation_harms_nobody_and_keeps_to_its_glossary(file: Path) -> None:
    assert list(open_translations(read_pack(CONTENT), file.stem).problems()) == []


def test_sheets_keep_their_places_when_their_translations_are_approved(
    tmp_path: Path, run: Run
) -> None:
    """Then the foot of a page has its title instead of “Draft”, in the largest print, too."""
    content = tmp_path / "content" / CONTENT.name
    shutil.copytree(CONTENT.parent, content.parent)
    for file in SHIPPED:
        assert run("translate", file.stem, content, "--approve", "--by", "tester").returncode == 0
    sheets = [f"--only={one}-large-print" for one in ("parent-tip-sheet", "if-it-happens")]
    result = run("build", content, *sheets, "--output", tmp_path / "out")
    assert result.returncode == 0, result.stderr
    made = {
        file.parent.name for file in (tmp_path / "out").rglob("parent-tip-sheet-large-print.pdf")
    }
    assert made == {CONTENT.stem, *(file.stem for file in SHIPPED)}
