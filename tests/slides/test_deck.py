"""The deck, reopened as a presenter's program would."""

import io
import itertools
import re
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
import zxingcpp
from lxml import etree
from openxml_audit import validate_pptx
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from slides import deck
from source.packs import read_pack
from tests.conftest import CONTENT
from tests.slides.drawn import draw

PACK = read_pack(CONTENT)
PIXELS_WIDE = 640


@pytest.fixture(scope="module")
def file(output: Path) -> Path:
    return output / "parent-night.pptx"


@pytest.fixture(scope="module")
def presentation(file: Path) -> Deck:
    return Presentation(str(file))


@pytest.fixture(scope="module")
def pictures(file: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Image.Image]:
    """Every slide as LibreOffice draws it, 640 pixels wide."""
    drawn = draw(file, tmp_path_factory.mktemp("libreoffice"))
    with pdfium.PdfDocument(drawn) as document:
        return [page.render(scale=PIXELS_WIDE / page.get_width()).to_pil() for page in document]


def _slides(presentation: Deck) -> list[Slide]:
    return list(presentation.slides)


def test_there_is_a_slide_for_each_in_the_content(presentation: Deck) -> None:
    assert PACK.deck is not None
    assert len(presentation.slides) == len(PACK.deck.slides)
    width, height = presentation.slide_width, presentation.slide_height
    assert width is not None and height is not None
    assert round(width / height, 3) == round(16 / 9, 3)


def test_the_file_keeps_to_the_open_xml_schema(file: Path) -> None:
    result = validate_pptx(file)
    assert result.is_valid, [str(error) for error in result.errors]


def test_libreoffice_draws_every_slide(presentation: Deck, pictures: list[Image.Image]) -> None:
    assert len(pictures) == len(presentation.slides)
    for picture in pictures:
        colors = picture.convert("L").getcolors()
        assert colors is not None and len(colors) > 10, "an empty slide"


def test_every_slide_has_a_title_of_its_own_in_a_title_placeholder(presentation: Deck) -> None:
    titles = [slide.shapes.title for slide in _slides(presentation)]
    texts = [title.text_frame.text for title in titles if title is not None]
    assert len(texts) == len(set(texts)) == len(presentation.slides)
    assert all(texts)


def test_no_placeholder_is_left_empty(presentation: Deck) -> None:
    for slide in _slides(presentation):
        for shape in slide.placeholders:
            assert not shape.has_text_frame or shape.text_frame.text.strip(), shape.name


def test_text_stands_in_placeholders_so_that_the_outline_shows_it(presentation: Deck) -> None:
    for slide in _slides(presentation):
        for shape in slide.shapes:
            assert shape.is_placeholder, shape.name


def test_every_slide_has_notes_with_what_to_say(presentation: Deck) -> None:
    for slide in _slides(presentation):
        notes = slide.notes_slide.notes_text_frame
        assert notes is not None
        lines = notes.text.split("\n")
        assert re.fullmatch(r"\d+ min · until \d:\d\d", lines[0])
        assert any(line.startswith("Say: ") for line in lines), slide.shapes.title
        labels = [line.split(":")[0] for line in lines if line.split(":")[0] in _LABELS]
        assert labels == [label for label in _LABELS if label in labels], "in a fixed order"


_LABELS = [
    PACK.labels.say,
    PACK.labels.ask,
    PACK.labels.do,
    PACK.labels.disclose,
    PACK.labels.source,
]


def test_every_picture_says_what_it_is_for_and_can_be_clicked(presentation: Deck) -> None:
    addresses = {}
    for slide in _slides(presentation):
        for shape in _shapes(slide):
            if shape.shape_type == MSO_SHAPE_TYPE.PLACEHOLDER and hasattr(shape, "image"):
                alt = shape._element.find(".//{*}cNvPr").get("descr")
                assert alt.startswith("QR code that opens ")
                addresses[shape.click_action.hyperlink.address] = shape
    videos = [video.url for video in PACK.videos.values()]
    assert list(addresses) == [*videos, PACK.contacts["downloads"].url]
    assert presentation.slide_height is not None
    for shape in addresses.values():
        assert shape.height >= 0.45 * presentation.slide_height


def test_every_qr_code_decodes_from_a_small_picture_of_its_slide(
    pictures: list[Image.Image],
) -> None:
    found = [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]
    quarter = [
        code.text
        for picture in pictures
        for code in zxingcpp.read_barcodes(picture.resize((PIXELS_WIDE // 4, 90)))
    ]
    expected = [video.url for video in PACK.videos.values()] + [PACK.contacts["downloads"].url]
    assert found == expected
    assert quarter == expected


def test_the_address_stands_beside_every_code_and_marks_a_placeholder(
    presentation: Deck,
) -> None:
    texts = [_text(slide) for slide in _slides(presentation)]
    (explained,) = (text for text in texts if "videos.example/sextortion-explained" in text)
    assert PACK.labels.sample_link in explained


def test_suicide_is_never_mentioned_without_988_on_the_slide(presentation: Deck) -> None:
    told = [_text(slide) for slide in _slides(presentation) if "suicide" in _text(slide)]
    assert len(told) >= 2
    assert all("988" in text for text in told)


def test_the_police_question_stands_with_its_note(presentation: Deck) -> None:
    (text,) = (
        _text(slide) for slide in _slides(presentation) if "Involving the police" in _text(slide)
    )
    assert "It is always okay to ask" in text


def test_every_run_of_text_has_its_language(file: Path) -> None:
    runs = 0
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            if name.startswith(("ppt/slides/slide", "ppt/notesSlides/notesSlide")):
                root = etree.fromstring(package.read(name))
                for run in root.iter("{*}r"):
                    runs += 1
                    (properties,) = run.findall("{*}rPr")
                    assert properties.get("lang") == "en-US", name
    assert runs > 200


def test_the_document_says_what_it_is(presentation: Deck) -> None:
    properties = presentation.core_properties
    assert PACK.deck is not None
    assert properties.title == PACK.deck.title
    assert properties.author == PACK.publisher.name
    assert properties.subject == PACK.pack.description
    assert properties.language == "en-US"
    assert properties.created is not None
    assert properties.created.date() == PACK.pack.revised


def test_the_steps_are_numbered_through_over_several_slides(presentation: Deck) -> None:
    starts = []
    for slide in _slides(presentation):
        for shape in slide.placeholders:
            if shape.name == "Steps":
                numbers = shape._element.findall(".//{*}buAutoNum")
                starts.append((int(numbers[0].get("startAt", "1")), len(numbers)))
    assert starts[0][0] == 1
    for (start, count), (following, _) in itertools.pairwise(starts):
        assert following == start + count


def test_the_same_input_gives_the_same_bytes(file: Path) -> None:
    assert deck.render(PACK) == file.read_bytes()


def test_nothing_is_left_of_the_librarys_own_template(file: Path) -> None:
    with zipfile.ZipFile(file) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
        names = package.namelist()
    assert b"Steve Canny" not in everything
    assert b"python-pptx" not in everything
    assert not [name for name in names if "printerSettings" in name or "thumbnail" in name]
    presentation = Presentation(io.BytesIO(file.read_bytes()))
    assert presentation.part.part_related_by(_NOTES_MASTER) is not None


_NOTES_MASTER = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/notesMaster"


def _shapes(slide: Slide) -> list[Any]:
    return list(slide.shapes)


def _text(slide: Slide) -> str:
    """Everything that a slide shows, tables included."""
    parts = []
    for shape in _shapes(slide):
        if shape.has_text_frame:
            parts.append(shape.text_frame.text)
        if shape.has_table:
            parts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(parts)
