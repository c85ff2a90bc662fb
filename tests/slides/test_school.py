"""A school in its deck: its exact name, two rows at the head, its addresses at the end."""

import io
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import validate_pptx
from PIL import Image
from pptx import Presentation
from pptx.util import Pt

from pack.errors import ContentError
from pack.items import School
from pack.load import read_pack
from pack.model import Pack
from slides import deck
from slides.draft import DeckDraft
from tests.conftest import CONTENT
from tests.slides.drawn import draw, misplaced
from tests.tools import pdf
from tests.tools.decks import faults

PACK = read_pack(CONTENT)
LONG = "Cedar Valley Bilingual Elementary and Middle School of the Joint District No. 4 Northeast"
REACH = {
    "contact": "Counseling office",
    "phone": "303-555-0142",
    "email": "office@cedar.example",
    "website": "https://cedar.example/families/",
}


def _deck(pack: Pack) -> bytes:
    return deck.render(DeckDraft(pack))


def _with(name: str, **others: str | None) -> Pack:
    empty = dict.fromkeys(("phone", "email", "website", "logo"))
    values = {**empty, "contact": "Counseling office", **others, "name": name}
    return PACK.for_school(School.model_construct(**values))  # type: ignore[arg-type]


def _open(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


def _paragraphs(slide: Any, name: str) -> list[Any]:
    (shape,) = (one for one in slide.shapes if one.name == name)
    return list(shape.text_frame.paragraphs)


@pytest.mark.parametrize(
    "name",
    ["St. *Mary* [x](y)", "**Bold** School", r"A \* B", 'The "Cedar" <b>&', "{{7*7}} {name}"],
)
def test_a_name_is_shown_exactly(name: str, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", (300, 100), "#c00000").save(logo)
    saved = _open(_deck(_with(name, logo=str(logo))))
    slides = list(saved.slides)
    assert [one.text for one in _paragraphs(slides[0], "Publisher")] == [name]
    assert [one.text for one in _paragraphs(saved.slide_master, "school.name")] == [name]
    assert _paragraphs(slides[-1], "Help")[-1].text == f"{name}, Counseling office"
    for shapes in (slides[0].shapes, slides[-1].shapes, saved.slide_master.shapes):
        (alt,) = (one._element.nvPicPr.cNvPr.get("descr") for one in shapes if one.shape_type == 13)
        assert alt == f"Logo of {name}"


def test_the_closing_slide_links_to_the_schools_addresses() -> None:
    line = _paragraphs(list(_open(_deck(_with("Cedar School", **REACH))).slides)[-1], "Help")[-1]
    assert line.text.split("\v") == [
        "Cedar School, Counseling office",
        "303-555-0142",
        "office@cedar.example · cedar.example/families",
    ]
    links = {run.text: run.hyperlink.address for run in line.runs if run.hyperlink.address}
    assert links == {
        "office@cedar.example": "mailto:office@cedar.example",
        "cedar.example/families": "https://cedar.example/families/",
    }


def test_an_address_with_special_characters_is_encoded_in_its_link() -> None:
    pack = _with("Cedar School", email="o'brien+help@cedar.example")
    line = _paragraphs(list(_open(_deck(pack)).slides)[-1], "Help")[-1]
    (link,) = (run for run in line.runs if run.hyperlink.address)
    assert link.text == "o'brien+help@cedar.example"
    assert link.hyperlink.address == "mailto:o%27brien%2Bhelp@cedar.example"


@pytest.mark.parametrize("key", ["email", "website"])
def test_a_single_address_has_a_row_of_its_own(key: str) -> None:
    pack = _with("Cedar School", **{key: REACH[key]})
    line = _paragraphs(list(_open(_deck(pack)).slides)[-1], "Help")[-1]
    assert line.text.startswith("Cedar School, Counseling office\v")
    assert not line.text.endswith("· ")


def test_a_long_name_takes_two_rows_and_all_of_it_is_drawn(tmp_path: Path) -> None:
    file = tmp_path / "deck.pptx"
    file.write_bytes(_deck(_with(LONG, **REACH)))
    assert validate_pptx(file).is_valid
    assert faults(file.read_bytes(), _with(LONG, **REACH)) == []
    drawn = draw(file, tmp_path)
    master = _open(file.read_bytes()).slide_master
    (box,) = (one for one in master.shapes if one.name == "school.name")
    assert all(run.font.size is None for run in _paragraphs(master, "school.name")[0].runs)
    # Nothing is drawn over the rule below the head or off the page; the head's boxes are on the
    # master, where `misplaced` does not look.
    height = _open(file.read_bytes()).slide_height / Pt(1)
    outside = [one for one in misplaced(file, drawn) if "outside" not in one]
    assert outside == []
    head = [
        one
        for one in pdf.characters(drawn)
        if one.page == 4 and height - one.top < (box.top + box.height) / Pt(1)
    ]
    shown = "".join(one.text for one in head if one.text.strip())
    assert "".join(LONG.split()) in shown
    assert min(height - one.top for one in head) > 0


@pytest.mark.parametrize(
    ("name", "contact", "where"),
    [
        (" ".join(["Cedar"] * 40), "Office", {"school → name"}),
        ("Cedar School", " ".join(["office"] * 22), {"school → contact"}),
    ],
)
def test_a_school_that_does_not_fit_is_refused_with_its_line(
    name: str, contact: str, where: set[str]
) -> None:
    with pytest.raises(ContentError) as caught:
        _deck(_with(name, **{**REACH, "contact": contact}))
    assert {one.where for one in caught.value.problems} == where
    assert {one.remedy for one in caught.value.problems} == {"Shorten it."}


@pytest.mark.parametrize(("size", "wide"), [((900, 90), True), ((70, 700), False)])
def test_a_logo_and_the_name_share_their_box(
    size: tuple[int, int], wide: bool, tmp_path: Path
) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", size, "#c00000").save(logo)
    shapes = {
        one.name: one for one in _open(_deck(_with(LONG, logo=str(logo)))).slide_master.shapes
    }
    bare = {one.name: one for one in _open(_deck(_with(LONG))).slide_master.shapes}
    picture, name, whole = shapes["school.logo"], shapes["school.name"], bare["school.name"]
    assert picture.left == whole.left
    assert picture.left + picture.width < name.left
    assert name.left + name.width == whole.left + whole.width
    assert (picture.width == whole.width // 4) == wide
    assert picture.width / picture.height == pytest.approx(size[0] / size[1], rel=0.01)


def test_the_last_slide_has_room_for_a_long_name_and_long_addresses() -> None:
    host = "cedar-valley-and-cedar-hill-joint-district.example"
    reach = {**REACH, "contact": "School social worker’s office", "email": f"office@{host}"}
    pack = _with(LONG, **{**reach, "website": f"https://{host}/safety"})
    last = list(_open(_deck(pack)).slides)[-1]
    text = _paragraphs(last, "Help")[-1].text
    assert all(word in text for word in (LONG, reach["contact"], reach["email"], f"{host}/safety"))
