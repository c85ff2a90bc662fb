"""The translations that come with the program."""

import shutil
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from pack.load import read_pack
from preflight.powerpoint.look import LAST_WORD, check_look
from preflight.powerpoint.reader import read
from press.builders import PackBuilders, artifacts_of, group_by_layout
from press.translations import open_translations
from schools.bases import lay_out
from slides import deck
from slides.draft import DeckDraft
from tests.conftest import CONTENT, LONG_SCHOOL, Run, shipped

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


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_sheet_has_room_for_a_school(file: Path) -> None:
    """Translations are longer than the English, and have to leave as much room, in any ink."""
    pack = shipped(file.stem).for_school(LONG_SCHOOL)
    groups = group_by_layout(
        one
        for one in artifacts_of(pack)
        if one.kind == "sheet" and (one.edition.layout, one.edition.ink) == ("standard", "color")
    )
    for group in groups:
        assert lay_out(PackBuilders(pack), group)
    assert len(groups) == len(pack.handouts)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_no_slide_leaves_a_word_alone_in_a_row(file: Path) -> None:
    data = deck.render(DeckDraft(shipped(file.stem)))
    assert [one for one in check_look(read(data)) if one.rule == LAST_WORD] == []


def test_a_school_s_name_is_not_turned_around_between_arabic_words() -> None:
    """Its marks stay at its ends: “School (K–8)”, not “(School (K–8”."""
    pack = shipped("ar").for_school(LONG_SCHOOL.model_copy(update={"name": "Oak School (K–8)"}))
    group = next(one for one in group_by_layout(artifacts_of(pack)) if "myths" in one[0].file)
    data = lay_out(PackBuilders(pack), group)[group[0].file].data
    with pdfium.PdfDocument(data) as document:
        text = document[0].get_textpage()
        boxes = [(text.get_charbox(at), text.get_text_range(at, 1)) for at in range(300)]
    height = next(box[1] for box, letter in boxes if letter == "K")
    row = sorted((box[0], letter) for box, letter in boxes if abs(box[1] - height) < 5)
    shown = "".join(letter for _, letter in row if letter.strip())
    # In Arabic, the two brackets are one glyph each for either side.
    assert shown.replace(")", "(") == "OakSchool(K–8("
