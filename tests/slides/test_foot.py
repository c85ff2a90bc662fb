"""911 and 988 at the foot of every slide, as far as there is room for them."""

import io
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from pack.load import read_pack
from pack.model import Pack
from slides import deck
from slides.draft import DeckDraft
from tests.conftest import CONTENT
from tests.tools.templates import template

PACK = read_pack(CONTENT)
FULL, BRIEF = "911 Emergency · 988 Suicide & Crisis Lifeline", "911 · 988"


def _texts(pack: Pack, name: str, template: Path | None = None) -> list[str]:
    """The text of the placeholder with this name on each slide; empty if it has none."""
    presentation: Any = Presentation(io.BytesIO(deck.render(DeckDraft(pack, template))))
    return [
        next((shape.text_frame.text for shape in slide.shapes if shape.name == name), "")
        for slide in presentation.slides
    ]


def _edited(*changes: tuple[str, str]) -> Pack:
    written = CONTENT.read_text("utf-8")
    for old, new in changes:
        assert old in written, old
        written = written.replace(old, new)
    file = CONTENT.with_name("foot.yaml")
    try:
        file.write_text(written, "utf-8")
        return read_pack(file)
    finally:
        file.unlink()


def test_the_numbers_are_on_every_slide_where_they_are_not_shown_larger() -> None:
    *feet, last = _texts(PACK, "Help line")
    assert set(feet) == {FULL}
    assert last == "", "the closing slide lists them"
    assert _texts(PACK, "Slide number") == ["", *map(str, range(2, 35))]


def test_the_help_line_is_a_footer_of_its_own() -> None:
    presentation: Any = Presentation(io.BytesIO(deck.render(DeckDraft(PACK))))
    second = {shape.name: shape.placeholder_format for shape in presentation.slides[1].placeholders}
    assert second["Help line"].type == second["Footer"].type == PP_PLACEHOLDER.FOOTER
    assert second["Help line"].idx != second["Footer"].idx


def test_pictures_of_slides_show_the_numbers_too() -> None:
    pictures = [picture for _, picture in DeckDraft(PACK).pictures()]
    assert all(">911</tspan>" in picture for picture in pictures[:-1])


def test_beside_a_long_name_of_the_part_only_the_numbers_are_shown() -> None:
    longer = "Four habits help protect children and everyone who is close to them"
    pack = _edited(("title: Four habits help protect children", f"title: {longer}"))
    feet = dict(zip(_texts(pack, "Footer"), _texts(pack, "Help line"), strict=True))
    assert feet[longer] == BRIEF
    assert feet["It takes 30 seconds to start"] == FULL


def test_a_name_that_is_longer_than_its_room_gives_way_to_the_numbers() -> None:
    pack = _edited(
        ("title: Four habits help protect children", f"title: {'Four habits help children ' * 5}")
    )
    feet = list(zip(_texts(pack, "Footer"), _texts(pack, "Help line"), strict=True))
    assert ("", BRIEF) in feet[1:]


def test_a_pack_without_numbers_that_are_known_by_heart_has_none_at_its_foot() -> None:
    pack = _edited(("help_strip: [emergency, lifeline, fbi,", "help_strip: [fbi,"))
    assert set(_texts(pack, "Help line")) == {""}


def test_the_footer_of_a_foreign_template_shows_them_if_it_has_room(tmp_path: Path) -> None:
    def wide(presentation: Any) -> None:
        for layout in presentation.slide_layouts:
            for shape in layout.placeholders:
                if "FOOTER" in str(shape.placeholder_format.type):
                    shape.left, shape.top, shape.height = 900_000, 6_400_000, 400_000
                    shape.width = 6_600_000

    own = "The Foundation · Sextortion"
    assert f"{own} · {FULL}" in _texts(PACK, "Footer", template(tmp_path, wide))
    assert set(_texts(PACK, "Footer", template(tmp_path, lambda _: None))) <= {
        "",
        own,
        f"{own} · {BRIEF}",
    }
