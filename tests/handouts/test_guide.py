"""The presenter's guide and the audience's notes sheet, opened and read."""

import html
import re
from pathlib import Path

import pytest

from pack import markdown
from pack.load import read_pack
from slides.draft import DeckDraft
from tests.conftest import CONTENT
from tests.tools import pdf

PACK = read_pack(CONTENT)
SLIDES = DeckDraft(PACK).composition.slides


@pytest.fixture(scope="module")
def guide(output: Path) -> str:
    return pdf.text(output / "presenter-guide.pdf")


def test_the_run_sheet_has_every_slide_with_its_time(guide: str) -> None:
    run_sheet = guide.split(PACK.labels.run_sheet)[1].split(PACK.labels.all_slides)[0]
    for number, slide in enumerate(SLIDES, start=1):
        assert f"{slide.until} {number} · {slide.title.text}" in run_sheet
    assert "If it happens to your child" in run_sheet
    assert SLIDES[-1].until == "0:45"


def test_copies_are_counted_for_all_families(guide: str) -> None:
    assert "For 25 families" in guide
    assert "Three 30-second conversations 1 25" in guide
    assert "Is someone threatening you with a picture? – 4" in guide


def test_the_guide_says_what_to_do_if_someone_discloses(guide: str) -> None:
    assert PACK.topics["disclosure"].title in guide
    assert PACK.topics["take-care"].title in guide
    for question in PACK.questions.values():
        assert markdown.plain(question.question) in guide


def test_all_notes_are_in_the_guide(guide: str) -> None:
    folded = "".join(guide.split())
    for slide in SLIDES:
        for note in slide.notes.lines:
            assert "".join(note.split()) in folded


@pytest.mark.parametrize("name", ["presenter-guide", "audience-notes"])
def test_every_slide_is_drawn_with_an_alternative_text(output: Path, name: str) -> None:
    figures = [
        element.alt for element in pdf.elements(output / f"{name}.pdf") if element.kind == "/Figure"
    ]
    for number, slide in enumerate(SLIDES, start=1):
        assert f"Slide {number}: {slide.title.text}" in figures


def test_the_codes_of_both_videos_can_be_scanned_from_the_notes_sheet(output: Path) -> None:
    codes = pdf.codes(output / "audience-notes.pdf")
    assert codes[:2] == [video.url for video in PACK.videos.values()]


def test_the_notes_sheet_has_three_slides_per_page(output: Path) -> None:
    pages = len(pdf.page_sizes(output / "audience-notes.pdf"))
    assert pages <= len(SLIDES) / 3 + 2


@pytest.mark.parametrize("name", ["presenter-guide", "audience-notes"])
def test_nothing_leaves_the_printable_page(output: Path, name: str) -> None:
    for one in pdf.characters(output / f"{name}.pdf"):
        assert one.left >= 28 and one.right <= 584 and one.bottom >= 28 and one.top <= 764, one


def test_a_picture_has_all_text_of_its_slide() -> None:
    for content, picture in DeckDraft(PACK).pictures():
        drawn = "".join(html.unescape(re.sub("<[^>]+>", "", picture)).split())
        for lines in content.texts.values():
            for line in lines:
                assert "".join(line.text.split()) in drawn
