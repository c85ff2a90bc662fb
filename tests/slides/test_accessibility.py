"""The deck is usable by everyone, and the checker that says so can say no."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Inches, Pt

from tests.slides.accessibility import faults


def test_our_deck_has_no_fault(output: Path) -> None:
    assert faults(output / "parent-night.pptx") == []


def _no_title(deck: Any) -> None:
    deck.slides[4].shapes.title.text_frame.text = ""


def _twice(deck: Any) -> None:
    deck.slides[5].shapes.title.text_frame.text = deck.slides[4].shapes.title.text_frame.text


def _picture(deck: Any) -> Any:
    return next(shape for slide in deck.slides for shape in slide.shapes if hasattr(shape, "image"))


def _no_alt(deck: Any) -> None:
    _picture(deck)._element.find(".//{*}cNvPr").set("descr", "")


def _file_name(deck: Any) -> None:
    _picture(deck)._element.find(".//{*}cNvPr").set("descr", "image1.png")


def _loose_text(deck: Any) -> None:
    box = deck.slides[4].shapes.add_textbox(0, Inches(5), Inches(3), Inches(1))
    box.text_frame.text = "Loose"


def _no_language(deck: Any) -> None:
    del deck.slides[4]._element.find(".//{*}rPr").attrib["lang"]


def _no_head(deck: Any) -> None:
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_table:
                shape.table.first_row = False


def _order(deck: Any) -> None:
    tree = deck.slides[4].shapes._spTree
    tree.append(deck.slides[4].shapes.title._element)


def _no_notes(deck: Any) -> None:
    deck.slides[4].notes_slide.notes_text_frame.text = ""


def _small(deck: Any) -> None:
    deck.slides[4].placeholders[20].text_frame.paragraphs[0].runs[0].font.size = Pt(14)


def _no_author(deck: Any) -> None:
    deck.core_properties.author = ""


def _no_sections(deck: Any) -> None:
    for extensions in deck.part._element.findall("{*}extLst"):
        deck.part._element.remove(extensions)


def _no_notes_master(deck: Any) -> None:
    deck.part._element.remove(deck.part._element.find("{*}notesMasterIdLst"))


def _wrong_count(deck: Any) -> None:
    slides = deck.slides._sldIdLst
    deck.part.drop_rel(slides[-1].rId)
    slides.remove(slides[-1])


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (_no_title, "slide 5: no title"),
        (_twice, "slide 6: same title as slide 5"),
        (_no_alt, "slide 4: Code: no alternative text"),
        (_file_name, "slide 4: Code: the alternative text is a file's name"),
        (_loose_text, "text outside a placeholder"),
        (_no_language, "slide 5: text without a language"),
        (_no_head, "the table's head is not flagged"),
        (_order, "slide 5: Title: read after"),
        (_no_notes, "slide 5: no notes"),
        (_small, "slide 5: Text: text of 14 pt"),
        (_no_author, "file: no author"),
        (_no_sections, "file: no sections"),
        (_no_notes_master, "file: no notesMasterIdLst"),
        (_wrong_count, "file: docProps/app.xml tells of"),
    ],
)
def test_each_fault_is_caught(
    output: Path, tmp_path: Path, damage: Callable[[Any], None], fault: str
) -> None:
    deck = Presentation(str(output / "parent-night.pptx"))
    damage(deck)
    deck.save(str(tmp_path / "broken.pptx"))
    assert any(fault in found for found in faults(tmp_path / "broken.pptx"))
