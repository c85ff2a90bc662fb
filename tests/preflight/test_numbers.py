"""Numbers in Arabic text read from left to right, on paper and on slides."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pptx import Presentation
from pptx.util import Pt

from pack.load import read_pack
from preflight.numbers import numbers_of
from preflight.pdf.numbers import check_numbers as check_page
from preflight.pdf.page_view import read_page
from preflight.powerpoint.numbers import check_numbers as check_slide
from preflight.powerpoint.reader import read
from tests.conftest import CONTENT
from tests.pack.bad_packs import accepted
from tests.slides.drawn import draw

NUMBERS = ("1-800-225-5324", "1-800-CALL-FBI", "(303) 555-0142", "988")

#: Paragraphs as the program should write them.
ISOLATED = (
    "اتصل بالرقم \u20661-800-225-5324\u2069 الآن",
    "أو \u20661-800-CALL-FBI\u2069 (\u20661-800-225-5324\u2069)",
    "أو على \u2066(303) 555-0142\u2069.",
    "أو على 988 في أي وقت",
)


def _deck(*paragraphs: str, notes: str = "", rtl: bool = True) -> bytes:
    """A slide with these paragraphs in a box."""
    deck: Any = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    frame = slide.shapes.add_textbox(Pt(40), Pt(200), Pt(600), Pt(200)).text_frame
    for text in paragraphs:
        paragraph = frame.add_paragraph()
        paragraph.text = text
        if rtl:
            paragraph._p.get_or_add_pPr().set("rtl", "1")
    if notes:
        slide.notes_slide.notes_text_frame.text = notes
    saved = io.BytesIO()
    deck.save(saved)
    return saved.getvalue()


def _told(deck: bytes) -> list[str]:
    (slide,) = read(deck).slides
    return [finding.what for finding in check_slide(slide, NUMBERS)]


def _bare(text: str) -> str:
    return text.replace("\u2066", "").replace("\u2069", "")


def test_isolated_numbers_are_right() -> None:
    assert _told(_deck(*ISOLATED, notes="\n".join(ISOLATED))) == []
    # No Arabic is around them.
    assert _told(_deck("Call 1-800-225-5324", notes="Call 1-800-225-5324", rtl=False)) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *((_bare(text), number) for text, number in zip(ISOLATED, NUMBERS[:3], strict=False)),
        ("\u2066تم\u2069 1-800-225-5324", "1-800-225-5324"),
        ("(303) 555-0142", "(303) 555-0142"),
    ],
)
@pytest.mark.parametrize("place", ["slide", "notes"])
def test_a_number_that_is_not_isolated_is_found_on_the_slide_and_in_its_notes(
    text: str, number: str, place: str
) -> None:
    if place == "slide":
        told = _told(_deck(text))
    elif text == number:
        return  # in notes, too, only beside Arabic
    else:
        told = _told(_deck(notes=text))
    assert told
    assert told[0] == f"the number “{number}” is not isolated from the Arabic or Hebrew around it"


def test_only_a_pack_from_right_to_left_has_numbers_that_could_be_taken_apart(
    tmp_path: Path,
) -> None:
    assert numbers_of(read_pack(CONTENT)) == frozenset()
    use = "Text HOME to 741741, call 1-800-843-5678, or see a.example/24-7 by 9:30, in 5 of 8 cases"
    arabic = ("language: en", "language: ar")
    pack = accepted(tmp_path, arabic, ("use: Report the crime", f"use: {use}"))
    assert numbers_of(pack) >= {"741741", "1-800-843-5678", "9:30"}
    assert numbers_of(pack).isdisjoint({"24-7", "5", "8", "HOME"})


def _printed_wrong(pdf: Path) -> Iterator[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, start=1):
            yield from (one.what for one in check_page(read_page(page, number), NUMBERS))


@pytest.mark.parametrize("isolated", [True, False])
def test_libreoffice_shows_isolated_numbers_alone_from_left_to_right(
    tmp_path: Path, isolated: bool
) -> None:
    texts = ISOLATED if isolated else [_bare(text) for text in ISOLATED]
    (tmp_path / "deck.pptx").write_bytes(_deck(*texts))
    told = set(_printed_wrong(draw(tmp_path / "deck.pptx", tmp_path)))
    assert told == (
        set()
        if isolated
        else {
            "5324-225-800-1 is printed here, but the number is “1-800-225-5324”",
            "800-1 is printed here, but the number is “1-800-225-5324” or “1-800-CALL-FBI”",
            "0142-555 (303 is printed here, but the number is “(303) 555-0142”",
        }
    )
