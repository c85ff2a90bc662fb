"""A step has one number on every sheet and slide: another one beside its title is an error."""

import io
from pathlib import Path

import pikepdf
import pytest

from pack.load import read_pack
from preflight.checks import check_deck, place_of
from preflight.pdf.tags import numbered, read_tagged
from preflight.powerpoint.reader import read
from preflight.steps import NUMBER, NumberedText, misnumbered
from press.builders import artifacts_of
from press.builders.sheet import SheetBuilder
from slides import deck
from slides.draft import DeckDraft
from tests.conftest import CONTENT
from tests.preflight.broken_decks import STEPS, broken, run_on, short_pack

PACK = read_pack(CONTENT)
SHEET, *_ = artifacts_of(PACK)


@pytest.mark.parametrize("text", ["Save everything", "Save\neverything. Keep it."])
def test_another_number_beside_a_steps_title_is_found(text: str) -> None:
    (finding,) = misnumbered([NumberedText(3, 1, text)], PACK)
    assert (finding.rule, finding.page) == (NUMBER, 3)
    assert finding.what == (
        "the step “Save everything” has the number 1 here, but 2 in the content file"
    )
    assert place_of(PACK, SHEET, finding) == PACK.origin.place(("steps", "save", "title"))


@pytest.mark.parametrize(
    ("number", "text"),
    [(2, "Save everything"), (1, "Save everythings"), (1, "First, save everything"), (1, "")],
    ids=["its own", "another title", "a sentence", "nothing"],
)
def test_a_steps_own_number_and_other_texts_pass(number: int, text: str) -> None:
    assert list(misnumbered([NumberedText(1, number, text)], PACK)) == []


def test_the_finished_deck_is_checked(tmp_path: Path) -> None:
    pack = short_pack(tmp_path)

    def damage(presentation: object) -> None:
        run_on(presentation, STEPS, "Number 2").text = "7"

    data = broken(deck.render(DeckDraft(pack)), damage)
    found = [one for one in check_deck(pack, data) if one.rule == NUMBER]
    assert [(one.page, one.subject) for one in found] == [(STEPS, "Save everything")]


def test_numbers_of_a_list_are_read_as_powerpoint_counts_them(tmp_path: Path) -> None:
    """Steps with a note and others are a list: its numbers are counted by PowerPoint."""
    steps = "report, platform, under-18, police"
    pack = short_pack(tmp_path, f"    - {{layout: path, title: Steps, steps: [{steps}]}}\n")
    slides = read(deck.render(DeckDraft(pack))).slides
    found = [one for slide in slides for one in slide.numbered]
    assert [one.number for one in found] == [4, 5, 6, 8]
    assert list(misnumbered(found, PACK)) == []


def test_numbers_of_a_sheet_are_read_from_the_labels_of_its_lists() -> None:
    """They may be drawn after their texts."""
    sheet = next(one for one in artifacts_of(PACK) if one.id == "parent-tip-sheet")
    (file,) = SheetBuilder(PACK, DeckDraft(PACK)).render((sheet,))
    with pikepdf.open(io.BytesIO(file.data)) as document:
        tagged = read_tagged(document)
        assert tagged
        found = list(numbered(tagged))
    assert [one.number for one in found] == [1, 2, 3, 4, 5, 6]
    assert list(misnumbered(found, PACK)) == []
    fewer = {name: step for name, step in PACK.steps.items() if name != "be-there"}
    others = list(misnumbered(found, PACK.model_copy(update={"steps": fewer})))
    assert [(one.page, one.subject) for one in others][:2] == [
        (2, "Save everything"),
        (2, "Block the blackmailer"),
    ]
    assert len(others) == 5
