"""A deck in a language that is written from right to left."""

import io
import re
import shutil
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from lxml import etree
from openxml_audit import validate_pptx
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from pack.items import School
from pack.model import Pack
from pack.theme import TEMPLATES
from schools.stamp.pptx import prepare, stamp
from slides import deck
from slides.content import Line
from slides.draft import DeckDraft
from slides.foot import foot
from slides.frames import Frame
from slides.raster import draw_slide, logo_image
from slides.school_slots import slots
from slides.text_metrics import width
from tests.conftest import CONTENT
from tests.slides.drawn import draw
from tests.tools import pdf
from tests.tools.decks import faults
from tests.tools.scripts import in_arabic
from tests.tools.templates import change_parts, template

PACK = in_arabic(CONTENT)
#: The same words as if they were of a language from left to right.
FROM_LEFT = PACK.model_copy(update={"about": PACK.about.model_copy(update={"language": "en"})})

MARKS = re.compile("[\u2066-\u2069]")
PHONES = {one.phone for one in PACK.contacts.values() if one.phone and "-" in one.phone}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("arabic") / "deck.pptx"
    file.write_bytes(deck.render(DeckDraft(PACK)))
    return file


def _parts(data: bytes, *folders: str) -> list[Any]:
    """The parts of a deck in these folders as XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.startswith(folders)]
        return [etree.fromstring(package.read(name)) for name in names if name.endswith(".xml")]


def _paragraphs(data: bytes) -> list[Any]:
    """The paragraphs with text of all slides and notes."""
    parts = _parts(data, "ppt/slides/", "ppt/notesSlides/")
    found = [paragraph for part in parts for paragraph in part.iter("{*}p")]
    return [one for one in found if one.find(".//{*}t") is not None]


def test_every_paragraph_says_its_direction_and_every_run_its_language(file: Path) -> None:
    paragraphs = _paragraphs(file.read_bytes())
    assert len(paragraphs) > 300
    for paragraph in paragraphs:
        assert paragraph.find("{*}pPr").get("rtl") == "1"
        for run in paragraph.iter("{*}rPr"):
            assert (run.get("lang"), run.get("altLang")) == ("ar-EG", "en-US")


def test_a_title_is_lower_under_a_line_whose_letters_reach_far_down() -> None:
    def gaps(pack: Pack) -> list[float]:
        composed = DeckDraft(pack).composition
        drawn = [one for one in composed.slides if one.texts.get("Kicker") and one.signs]
        frames = [{**composed.layouts[one.layout].frames, **one.places} for one in drawn]
        return [one["Title"].top - one["Kicker"].top for one in frames]

    pairs = list(zip(gaps(PACK), gaps(FROM_LEFT), strict=True))
    assert sum(arabic - latin == pytest.approx(5) for arabic, latin in pairs) >= 5
    # Not if it takes two rows, nor where it is not so close.
    assert {round(arabic - latin, 2) for arabic, latin in pairs} <= {0, 5}


def test_the_foot_has_room_for_letters_that_are_wider_elsewhere() -> None:
    footer, help_line = Frame(500, 20, 12, left=40), Frame(300, 20, 12, left=600)
    for name in ("سلام", "abcd"):
        one = foot("a", [("911", name)], 40, footer, help_line)
        assert one.help_line
        assert one.help_line.width >= width(Line(one.numbers, ()), one.help_line) * 1.05, name
        assert one.help_line.left + one.help_line.width == pytest.approx(900)


def test_the_file_conforms_to_its_schema_and_to_preflight(file: Path) -> None:
    result = validate_pptx(file)
    assert result.is_valid, [str(error) for error in result.errors]
    assert faults(file.read_bytes(), PACK) == []


def test_every_number_address_and_foreign_word_is_set_apart(file: Path) -> None:
    for paragraph in _paragraphs(file.read_bytes()):
        rows = "".join(one.text if one.tag == qn("a:t") else "\n" for one in _texts(paragraph))
        for row in rows.split("\n"):
            assert row.count("\u2066") == row.count("\u2069")
            outside = re.sub("\u2066[^\u2069]*\u2069", "", row)
            # The number of a slide, a field, stands alone.
            field = paragraph.find("{*}fld")
            assert not re.search("[A-Za-z0-9]", outside) or field is not None, row


def _texts(paragraph: Any) -> list[Any]:
    return [one for one in paragraph.iter() if one.tag in (qn("a:t"), qn("a:br"))]


def test_the_text_is_the_packs_own(file: Path) -> None:
    ours, theirs = (
        ["".join(one.text for one in paragraph.iter("{*}t")) for paragraph in _paragraphs(data)]
        for data in (file.read_bytes(), deck.render(DeckDraft(FROM_LEFT)))
    )
    # The commas that the program writes itself are those of the script.
    assert [MARKS.sub("", text).replace("،", ",") for text in ours] == [
        text.replace("،", ",") for text in theirs
    ]
    assert not any(map(MARKS.search, theirs))


def test_left_and_right_change_on_every_slide_and_nothing_else(file: Path) -> None:
    ours, theirs = (
        Presentation(io.BytesIO(data))
        for data in (file.read_bytes(), deck.render(DeckDraft(FROM_LEFT)))
    )
    width: Any = ours.slide_width
    pairs = zip(ours.slides, theirs.slides, strict=True)
    shapes = [
        pair for slides in pairs for pair in zip(*(one.shapes for one in slides), strict=True)
    ]
    assert len(shapes) > 200
    for shape, other in shapes:
        # A sign that is not mirrored itself need not be in the middle of its square.
        near = Pt(6) if shape.shape_type == MSO_SHAPE_TYPE.GROUP else 20
        assert shape.left == pytest.approx(width - other.left - other.width, abs=near), shape.name
        # A title under a small line is lower.
        drop = shape.top - other.top
        assert drop in ({0, Pt(5)} if shape.name == "Title" else {0}), shape.name
        assert (shape.width, shape.height + drop) == (other.width, other.height), shape.name


def test_text_starts_at_the_right_and_insets_and_bullets_change_sides(file: Path) -> None:
    with zipfile.ZipFile(TEMPLATES / "slides" / "theme.pptx") as package:
        own = [name for name in package.namelist() if name.startswith("ppt/slideLayouts/slide")]
        before = {name: etree.fromstring(package.read(name)) for name in own}
    with zipfile.ZipFile(file) as package:
        after = {name: etree.fromstring(package.read(name)) for name in own}
    sides = {"l": "r", "r": "l", "ctr": "ctr"}
    for name, root in before.items():
        levels = zip(root.iter("{*}lvl1pPr"), after[name].iter("{*}lvl1pPr"), strict=True)
        for level, turned in levels:
            assert turned.get("algn") == sides[level.get("algn")]
            assert turned.get("rtl") == "1"
            assert turned.get("marL") == level.get("marL"), "a margin is at the start"
        for body, turned in zip(root.iter("{*}bodyPr"), after[name].iter("{*}bodyPr"), strict=True):
            assert (turned.get("lIns"), turned.get("rIns")) == (body.get("rIns"), body.get("lIns"))


def _rows(drawn: Path) -> list[str]:
    """What stands in each row of a PDF, from left to right."""
    found: dict[tuple[int, int], list[pdf.Character]] = defaultdict(list)
    for one in pdf.characters(drawn):
        # Digits of a row share their base line.
        if one.text.isdecimal() or one.text == "-":
            found[one.page, round((one.bottom + one.top) / 8)].append(one)
    rows = (sorted(row, key=lambda one: one.left) for row in found.values())
    return ["".join(one.text for one in row if one.text.isdecimal()) for row in rows]


def _shown(drawn: Path) -> set[str]:
    """The phone numbers whose digits stand in their order in a PDF."""
    rows = _rows(drawn)
    return {phone for phone in PHONES if any(re.sub(r"\D", "", phone) in row for row in rows)}


@pytest.mark.parametrize("marked", [True, False])
def test_marks_let_libreoffice_draw_phone_numbers_from_left_to_right(
    marked: bool, file: Path, tmp_path: Path
) -> None:
    deck_file = tmp_path / "deck.pptx"
    deck_file.write_bytes(file.read_bytes())

    def put_a_letter_before_each(parts: dict[str, bytes]) -> None:
        for name, data in parts.items():
            if name.startswith("ppt/slides/slide"):
                text = re.sub("(?<=<a:t>)(?=\u2066?1-)", "و ", data.decode())
                parts[name] = (text if marked else MARKS.sub("", text)).encode()

    change_parts(deck_file, put_a_letter_before_each)
    assert len(PHONES) >= 3
    assert _shown(draw(deck_file, tmp_path)) == (PHONES if marked else set())


def test_codes_and_signs_are_not_seen_in_a_mirror(file: Path) -> None:
    codes = set()
    for content, svg in DeckDraft(PACK).pictures():
        if content.code:
            with Image.open(io.BytesIO(draw_slide(svg, 640))) as picture:
                (code,) = zxingcpp.read_barcodes(picture)
            assert "scale(-" not in svg
            assert code.text == content.code.address
            assert code.position.top_left.x < 320, "at the left"
            codes.add(code.text)
    assert len(codes) >= 3


def test_pictures_show_text_from_the_right_and_numbers_in_their_order() -> None:
    pictures = [svg for _, svg in DeckDraft(PACK).pictures()]
    svg = next(svg for svg in pictures if "1-800-225-5324" in svg)
    # Each part has a place of its own; none depends on how a program orders them.
    assert re.search(r"<text [^>]*>(<tspan [^>]*>)?1-800-225-5324</", svg)
    arabic = re.findall(r"<text ([^>]*)>(?:<tspan [^>]*>)?[^<]*[\u0600-\u06ff]", svg)
    assert arabic and all('text-anchor="end"' in one for one in arabic)
    assert re.search(">[\u0600-\u06ff]+ [\u0600-\u06ff]+", svg), "words in one piece"


def test_a_template_from_others_keeps_its_layouts(tmp_path: Path) -> None:
    theirs = template(tmp_path)
    data = deck.render(DeckDraft(PACK, theirs))
    (tmp_path / "deck.pptx").write_bytes(data)
    assert validate_pptx(tmp_path / "deck.pptx").is_valid
    assert faults(data, PACK) == []
    before, after = (
        {etree.tostring(one, method="c14n") for one in _parts(file, "ppt/slideLayouts/slide")}
        for file in (theirs.read_bytes(), data)
    )
    assert before == after
    for paragraph in _paragraphs(data):
        assert paragraph.find("{*}pPr").get("rtl") == "1"
    tables = [table for part in _parts(data, "ppt/slides/") for table in part.iter("{*}tblPr")]
    assert tables and all(table.get("rtl") == "1" for table in tables)
    for slide in Presentation(io.BytesIO(data)).slides:
        boxes: Any = {shape.name: shape for shape in slide.shapes}
        if "Code" in boxes:
            text, code = boxes["Text"], boxes["Code"]
            assert code.left + code.width < text.left
            assert text._element.find(".//{*}pPr").get("algn") == "r"


def test_on_layouts_of_others_with_our_names_nothing_is_drawn_from_left_to_right(
    tmp_path: Path,
) -> None:
    theirs = tmp_path / "theirs.pptx"
    shutil.copy(TEMPLATES / "slides" / "theme.pptx", theirs)
    data = deck.render(DeckDraft(PACK, theirs))
    assert faults(data, PACK) == []
    drawn = [
        shape
        for slide in Presentation(io.BytesIO(data)).slides
        for shape in slide.shapes
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP
    ]
    assert drawn == []


def _with(school: dict[str, str], logo: Path | None) -> Pack:
    empty = dict.fromkeys(("phone", "email", "website"))
    values: dict[str, Any] = {**empty, **school, "logo": str(logo) if logo else None}
    return PACK.for_school(School.model_construct(**values))


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("Cedar School, No. 4", None),
        ("مدرسة الأرز", (900, 90)),
        ("4 مدرسة Cedar (أ)", (70, 700)),
    ],
)
def test_a_schools_stamped_deck_is_the_rendered_one(
    name: str, size: tuple[int, int] | None, tmp_path: Path
) -> None:
    logos: list[Path | None] = [None, None]
    if size:
        logos = [tmp_path / "specimen.png", tmp_path / "own.png"]
        for file, shape in zip(logos, ((301, 100), size), strict=True):
            assert file
            Image.new("RGB", shape, "#c00000").save(file)
    specimen = {"name": "Qzxwv School", "contact": "Qzxwv Office", "phone": "303-555-0199"}
    own = {"name": name, "contact": "مكتب الإرشاد", "phone": "303-555-0142"}
    draft = DeckDraft(_with(specimen, logos[0]))
    base = prepare(deck.render(draft), specimen, slots(draft))
    rendered = deck.render(DeckDraft(_with(own, logos[1])))
    assert stamp(base, own, logo_image(logos[1]) if logos[1] else None) == rendered
    master = Presentation(io.BytesIO(rendered)).slide_master
    boxes = {shape.name: shape for shape in master.shapes}
    assert boxes["school.name"].text_frame.text == f"\u2068{name}\u2069"
    assert boxes["school.name"].left > boxes["school.contact"].left
    if size:
        picture, box = boxes["school.logo"], boxes["school.name"]
        assert picture.left > box.left + box.width - 10
