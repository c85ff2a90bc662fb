"""Text on a foreign template is measured in the typeface that is shown."""

from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Pt

from pack.load import read_pack
from pack.markdown import TextRun
from slides import deck
from slides.content import Line
from slides.draft import DeckDraft
from slides.frames import Frame
from slides.text_metrics import height
from slides.typefaces import typeface
from tests.conftest import CONTENT
from tests.slides.drawn import draw, misplaced
from tests.tools.decks import check, faults
from tests.tools.templates import change_parts, template

PACK = read_pack(CONTENT)
_SENTENCE = Line(
    (TextRun("What families need to know about sextortion, and what to do. " * 3),), ()
)


def _styled(folder: Path, attribute: str) -> Path:
    """A template whose titles have an attribute more."""

    def change(parts: dict[str, bytes]) -> None:
        name, style = "ppt/slideMasters/slideMaster1.xml", b'<a:defRPr sz="4400" kern="1200">'
        assert style in parts[name]
        more = f'<a:defRPr sz="4400" {attribute}>'.encode()
        parts[name] = parts[name].replace(style, more)

    return change_parts(template(folder), change)


def _titles(file: Path) -> list[float]:
    """The sizes of the deck's titles in pt."""
    composed = DeckDraft(PACK, file).composition
    return [
        one.sizes.get("Title", composed.layout_of(one).frames["Title"].size)
        for one in composed.slides
    ]


@pytest.mark.parametrize("face", ["Verdana", "Nobody Sans", "Times New Roman"])
def test_text_in_any_typeface_stays_in_its_boxes(face: str, tmp_path: Path) -> None:
    """LibreOffice draws Verdana and unknown typefaces as DejaVu Sans, which is as wide."""
    built = tmp_path / "deck.pptx"
    built.write_bytes(deck.render(DeckDraft(PACK, template(tmp_path, face=face))))
    assert misplaced(built, draw(built, tmp_path / "drawn")) == []
    assert faults(built.read_bytes(), PACK) == []


def test_capitals_and_letter_spacing_make_titles_smaller(tmp_path: Path) -> None:
    plain = _titles(template(tmp_path))
    for attribute in ('cap="all"', 'spc="600"'):
        wide = _titles(_styled(tmp_path, attribute))
        both = list(zip(wide, plain, strict=False))
        assert all(one <= other for one, other in both)
        assert any(one < other for one, other in both)


def test_lines_of_a_fixed_height_are_measured_as_such() -> None:
    frame = Frame(300, 500, 20)
    rows = height([_SENTENCE], frame) / 24
    assert height([_SENTENCE], Frame(300, 500, 20, exact=40)) == pytest.approx(rows * 40)


def test_an_unknown_typeface_is_wide_and_named_once(tmp_path: Path) -> None:
    unknown = typeface("Nobody Sans")
    assert not unknown.known
    assert unknown.factor(bold=False) > typeface("Verdana").factor(bold=False)
    data = deck.render(DeckDraft(PACK, template(tmp_path, face="Nobody Sans")))
    found = [one for one in check(data, PACK) if one.rule.name == "deck-typeface"]
    assert len(found) == 1
    assert "Nobody Sans" in found[0].what


def test_weights_of_a_known_family_are_known() -> None:
    assert typeface("Calibri Light").factor(bold=False) == typeface("Calibri").factor(bold=False)
    semibold = typeface("Montserrat SemiBold")
    assert semibold.known
    assert semibold.factor(bold=False) > typeface("Montserrat").factor(bold=False)


def test_every_typeface_of_the_table_can_be_measured() -> None:
    for name in ("Arial", "Calibri", "Verdana", "Georgia", "Century Gothic", "Open Sans"):
        face: Any = typeface(name)
        assert face.known
        assert 0.6 < face.factor(bold=True) < 1.5
        assert 1.2 <= face.line < 1.7


def test_a_smaller_slide_takes_smaller_text(tmp_path: Path) -> None:
    """What counts is the size on the wall: on a slide 7.5 inches wide, 15 pt look like 20 pt."""
    presentation: Any = Presentation(str(template(tmp_path)))
    shapes = [*presentation.slide_master.shapes]
    shapes += [shape for layout in presentation.slide_layouts for shape in layout.shapes]
    for shape in shapes:
        if shape._element.spPr.xfrm is not None:
            shape.left, shape.top = shape.left * 3 // 4, shape.top * 3 // 4
            shape.width, shape.height = shape.width * 3 // 4, shape.height * 3 // 4
    presentation.slide_width, presentation.slide_height = Pt(540), Pt(405)
    file = tmp_path / "small.pptx"
    presentation.save(str(file))
    large = DeckDraft(PACK, template(tmp_path)).composition.slides
    small = DeckDraft(PACK, file).composition.slides
    assert abs(len(small) - len(large)) <= 3
    found = check(deck.render(DeckDraft(PACK, file)), PACK)
    assert [one for one in found if one.rule.name in ("deck-text-size", "deck-text-fits")] == []
