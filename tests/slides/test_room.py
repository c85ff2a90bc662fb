"""Room for text on foreign templates, whose boxes were made for less or for something else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Pt

from pack.items import School
from pack.load import read_pack
from pack.model import Pack
from slides import deck
from slides.draft import DeckDraft
from tests.conftest import CONTENT
from tests.slides.drawn import draw, misplaced
from tests.tools import pdf
from tests.tools.decks import check, faults
from tests.tools.templates import template

PACK = read_pack(CONTENT)
SLIDES = PACK.deck.slides if PACK.deck else ()

Change = Callable[[Any], None]


def _box(presentation: Any, layout: int, placeholder: int) -> Any:
    return presentation.slide_layouts[layout].placeholders[placeholder]


def _low_subtitle(presentation: Any) -> None:
    _box(presentation, 0, 1).height = Pt(30)


def _low_title(presentation: Any) -> None:
    title = _box(presentation, 1, 0)
    title.left, title.top, title.width, title.height = Pt(36), Pt(30), Pt(500), Pt(30)


def _title_below_text(presentation: Any) -> None:
    title, text = _box(presentation, 1, 0), _box(presentation, 1, 1)
    title.left, title.top, title.width, title.height = Pt(36), Pt(400), Pt(648), Pt(90)
    text.left, text.top, text.width, text.height = Pt(36), Pt(40), Pt(648), Pt(340)


def _text_over_the_edge(presentation: Any) -> None:
    text = _box(presentation, 1, 1)
    text.left, text.top, text.width, text.height = Pt(36), Pt(126), Pt(700), Pt(500)


def _text_before_title(presentation: Any) -> None:
    title = _box(presentation, 1, 0)._element
    title.getparent().append(title)


def _little_room_below_title(presentation: Any) -> None:
    title, text = _box(presentation, 1, 0), _box(presentation, 1, 1)
    title.left, title.top, title.width, title.height = Pt(36), Pt(140), Pt(648), Pt(120)
    text.left, text.top, text.width, text.height = Pt(36), Pt(270), Pt(648), Pt(225)


def _low_text(presentation: Any) -> None:
    _little_room_below_title(presentation)
    _box(presentation, 1, 1).height = Pt(110)


@pytest.mark.parametrize(
    "change",
    [
        _low_subtitle,
        _low_title,
        _title_below_text,
        _text_over_the_edge,
        _text_before_title,
        _little_room_below_title,
    ],
)
def test_nothing_overlaps_or_runs_over(change: Change, tmp_path: Path) -> None:
    file = tmp_path / "deck.pptx"
    file.write_bytes(deck.render(DeckDraft(PACK, template(tmp_path, change))))
    drawn = draw(file, tmp_path / "drawn")
    assert misplaced(file, drawn) == []
    assert faults(file.read_bytes(), PACK) == []
    assert pdf.codes(drawn, dpi=48)[:2] == [video.url for video in PACK.videos.values()]


def test_openings_are_never_divided(tmp_path: Path) -> None:
    composed = DeckDraft(PACK, template(tmp_path, _low_subtitle)).composition
    keys = [one.key for one in composed.slides]
    opening = [one.key for one in composed.planned if one.layout in ("Title", "Section", "Closing")]
    assert set(opening) <= set(keys)


def test_parts_of_a_divided_video_slide_repeat_its_address(tmp_path: Path) -> None:
    draft = DeckDraft(PACK, template(tmp_path, _low_text))
    shown = [one for one in draft.composition.slides if one.code]
    assert any("/2" in one.key for one in shown)
    for one in shown:
        links = [run.link for line in one.texts["Text"] for run in line.runs]
        assert one.code and one.code.address in links


def test_every_part_of_a_divided_slide_has_notes(tmp_path: Path) -> None:
    composed = DeckDraft(_quiet(PACK), template(tmp_path, _low_text)).composition
    divided = [one for one in composed.slides if one.key.endswith(("/1", "/2"))]
    assert divided
    assert all(one.notes.lines(": ") for one in divided)


def _quiet(pack: Pack) -> Pack:
    """The pack, with slides on which nothing is said but something is done."""
    assert pack.deck is not None
    slides = tuple(
        slide.model_copy(update={"say": None, "do": "Wait.", "minutes": None})
        if slide.layout == "take-home"
        else slide
        for slide in pack.deck.slides
    )
    quiet = pack.model_copy(update={"deck": pack.deck.model_copy(update={"slides": slides})})
    quiet._origin = pack.origin
    return quiet


def test_the_logo_of_a_school_is_in_a_free_corner(tmp_path: Path) -> None:
    file = template(tmp_path)
    Image.new("RGB", (400, 200), "#205080").save(tmp_path / "oak.png")
    values = dict.fromkeys(("phone", "email", "website"))
    school = School.model_construct(
        **values, name="Oak Hill School", contact="Front desk", logo=str(tmp_path / "oak.png")
    )
    data = deck.render(DeckDraft(PACK.for_school(school), file))
    built = tmp_path / "deck.pptx"
    built.write_bytes(data)
    presentation: Any = Presentation(str(built))
    logos = [
        (slide, shape)
        for slide in presentation.slides
        for shape in slide.shapes
        if shape.name == "Logo"
    ]
    assert len(logos) == 2
    for slide, logo in logos:
        for other in slide.shapes:
            apart = (
                logo.left >= other.left + other.width
                or other.left >= logo.left + logo.width
                or logo.top >= other.top + other.height
                or other.top >= logo.top + logo.height
            )
            assert apart or other.shape_id == logo.shape_id


def test_a_footer_that_does_not_fit_is_smaller_or_left_out(tmp_path: Path) -> None:
    def narrow(presentation: Any) -> None:
        for layout in presentation.slide_layouts:
            for shape in layout.placeholders:
                if "FOOTER" in str(shape.placeholder_format.type):
                    shape.left, shape.top, shape.width, shape.height = (
                        *(Pt(250), Pt(505)),
                        *(Pt(60 if layout.name == "Title Slide" else 100), Pt(20)),
                    )

    data = deck.render(DeckDraft(PACK, template(tmp_path, narrow)))
    assert [one for one in check(data, PACK) if one.rule.name == "deck-foot-fits"] == []


def test_links_have_the_color_of_their_text(tmp_path: Path) -> None:
    """The theme's blue links would be unreadable on black."""

    def black(presentation: Any) -> None:
        colors = presentation.slide_master._element.find(f"{{{_P}}}clrMap")
        for one, other in (("bg1", "dk1"), ("tx1", "lt1")):
            colors.set(one, other)

    data = deck.render(DeckDraft(PACK, template(tmp_path, black)))
    found = [one.what for one in check(data, PACK) if one.rule.name == "deck-contrast"]
    assert not [what for what in found if "#0000ff" in what]


_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
