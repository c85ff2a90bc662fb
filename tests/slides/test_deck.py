"""The deck, reopened as in a presenter's program."""

import io
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
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Pt

from pack.items import School
from pack.load import read_pack
from pack.theme import TEMPLATES
from slides import deck
from slides.draft import DeckDraft
from slides.template_metrics import measure
from tests.conftest import CONTENT
from tests.slides.drawn import convert, draw
from tests.tools.pdf import characters

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


@pytest.fixture(scope="module")
def saved(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The deck, saved again by LibreOffice."""
    return convert(file, tmp_path_factory.mktemp("saved"), "pptx")


def _slides(presentation: Deck) -> list[Slide]:
    return list(presentation.slides)


def test_there_is_a_slide_for_each_in_the_content(presentation: Deck) -> None:
    assert PACK.deck is not None
    assert len(presentation.slides) == len(PACK.deck.slides)
    width, height = presentation.slide_width, presentation.slide_height
    assert width is not None and height is not None
    assert round(width / height, 3) == round(16 / 9, 3)


def test_the_file_conforms_to_the_open_xml_schema(file: Path) -> None:
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


def test_text_is_in_placeholders_so_that_the_outline_shows_it(presentation: Deck) -> None:
    for slide in _slides(presentation):
        for shape in slide.shapes:
            drawn = shape.shape_type == MSO_SHAPE_TYPE.GROUP
            assert shape.is_placeholder or drawn, shape.name
            assert not (drawn and list(shape._element.iter(qn("a:t")))), shape.name


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


def test_every_picture_has_an_alternative_text_and_can_be_clicked(presentation: Deck) -> None:
    addresses = {}
    for slide in _slides(presentation):
        for shape in _shapes(slide):
            if shape.shape_type == MSO_SHAPE_TYPE.PLACEHOLDER and hasattr(shape, "image"):
                alt = shape._element.find(".//{*}cNvPr").get("descr")
                assert alt.startswith("QR code that opens ")
                addresses[shape.click_action.hyperlink.address] = shape
    videos = [video.url for video in PACK.videos.values()]
    assert list(addresses) == [*videos, *_SCANNED]
    assert presentation.slide_height is not None
    for shape in addresses.values():
        assert shape.height >= 0.45 * presentation.slide_height


#: The addresses of the codes besides those of the videos.
_SCANNED = [PACK.contacts["advocate"].url, PACK.contacts["downloads"].url]


def test_every_qr_code_decodes_from_a_small_picture_of_its_slide(
    pictures: list[Image.Image],
) -> None:
    found = [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]
    quarter = [
        code.text
        for picture in pictures
        for code in zxingcpp.read_barcodes(picture.resize((PIXELS_WIDE // 4, 90)))
    ]
    expected = [*(video.url for video in PACK.videos.values()), *_SCANNED]
    assert found == expected
    assert quarter == expected


def test_the_address_is_next_to_every_code_and_marks_a_placeholder(
    presentation: Deck,
) -> None:
    texts = [_text(slide).replace("\v", "") for slide in _slides(presentation)]
    (explained,) = (text for text in texts if "videos.example/explained" in text)
    assert PACK.labels.sample_link in explained


def test_the_contacts_on_the_last_slide_can_be_read_from_the_back_row(presentation: Deck) -> None:
    closing = list(_slides(presentation))[-1]
    (help_,) = (shape for shape in closing.placeholders if shape.name == "Help")
    sizes = {run.font.size for line in help_.text_frame.paragraphs for run in line.runs}
    assert sizes == {Pt(24)}


def test_suicide_is_never_mentioned_without_988_on_the_slide(presentation: Deck) -> None:
    texts = [_text(slide) for slide in _slides(presentation) if "suicide" in _text(slide)]
    assert len(texts) >= 2
    assert all("988" in text for text in texts)


def test_the_police_question_is_shown_with_its_note(presentation: Deck) -> None:
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


def test_the_document_has_metadata(presentation: Deck) -> None:
    properties = presentation.core_properties
    assert PACK.deck is not None
    assert properties.title == PACK.deck.title
    assert properties.author == PACK.publisher.name
    assert properties.subject == PACK.about.description
    assert properties.language == "en-US"
    assert properties.created is not None
    assert properties.created.date() == PACK.about.revised


def test_each_step_has_its_own_number(presentation: Deck) -> None:
    shown = {}
    for slide in _slides(presentation):
        texts = {
            shape.name: shape.text_frame.text for shape in _shapes(slide) if shape.has_text_frame
        }
        for name, text in texts.items():
            if name.startswith("Step "):
                shown[" ".join(text.split("\n")[0].split())] = int(texts[f"Number {name[-1]}"])
    assert shown == {step.title: at for at, step in enumerate(PACK.steps.values(), start=1)}


def test_the_same_input_gives_the_same_bytes(file: Path) -> None:
    assert deck.render(DeckDraft(PACK)) == file.read_bytes()


def test_nothing_is_left_of_python_pptxs_own_template(file: Path) -> None:
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
    """All text that a slide shows, including tables."""
    parts = []
    for shape in _shapes(slide):
        if shape.has_text_frame:
            parts.append(shape.text_frame.text)
        if shape.has_table:
            parts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(parts).replace("\N{NO-BREAK SPACE}", " ")


def test_the_school_is_on_the_master_and_on_the_first_and_last_slides(tmp_path: Path) -> None:
    school = School.model_construct(
        name="Cedar School", contact="Counseling office", phone="303-555-0142"
    )
    pack = PACK.model_copy(update={"school": school})
    pack._origin = PACK.origin
    (tmp_path / "deck.pptx").write_bytes(deck.render(DeckDraft(pack)))
    saved = Presentation(str(tmp_path / "deck.pptx"))
    master = {shape.name: shape for shape in _all_shapes(saved.slide_master)}
    assert master["school.name"].text_frame.text == "Cedar School"
    assert master["school.contact"].text_frame.text == "Counseling office · 303-555-0142"
    slides = _slides(saved)
    assert "Cedar School" in _text(slides[0])
    assert "303-555-0142" in _text(slides[-1])
    assert validate_pptx(tmp_path / "deck.pptx").is_valid


@pytest.mark.parametrize("name", ["logo.svg", "logo.png"])
def test_a_schools_logo_is_on_the_master_and_on_the_first_and_last_slides(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">'
        '<rect width="300" height="100" fill="#c00000"/></svg>'
    )
    Image.new("RGB", (600, 200), "#c00000").save(tmp_path / "logo.png")
    content = tmp_path / "pack.yaml"
    school = f"school:\n  name: Cedar School\n  contact: Counseling office\n  logo: {name}\n"
    content.write_text(CONTENT.read_text("utf-8") + school, "utf-8")
    (tmp_path / "deck.pptx").write_bytes(deck.render(DeckDraft(read_pack(content))))
    saved = Presentation(str(tmp_path / "deck.pptx"))
    slides = _slides(saved)
    for shapes, logo in (
        (slides[0].shapes, "Logo"),
        (slides[-1].shapes, "Logo"),
        (saved.slide_master.shapes, "school.logo"),
    ):
        (picture,) = (shape for shape in shapes if shape.name == logo)
        assert picture.width / picture.height == pytest.approx(3, rel=0.02)
        assert picture._element.find(f".//{qn('p:cNvPr')}").get("descr") == "Logo of Cedar School"
    assert validate_pptx(tmp_path / "deck.pptx").is_valid
    drawn = pdfium.PdfDocument(draw(tmp_path / "deck.pptx", tmp_path))
    for number in (0, 4, len(slides) - 1):
        colors = {
            color: count for count, color in drawn[number].render().to_pil().getcolors(2**20) or ()
        }
        assert colors.get((192, 0, 0), 0) > 150


def test_it_survives_libreoffice_and_python_pptx(file: Path, saved: Path, tmp_path: Path) -> None:
    """Saved again, it has the same number of slides, titles, notes and alternative texts."""
    by_library = tmp_path / "library.pptx"
    Presentation(str(file)).save(str(by_library))
    for copy in (by_library, saved):
        assert _summary(Presentation(str(copy))) == _summary(Presentation(str(file)))


def test_every_text_can_be_read_after_libreoffice_has_saved_it(saved: Path, tmp_path: Path) -> None:
    """WCAG 2.1, 1.4.3: large text has a contrast of 3:1 with its background, links included."""
    drawn = draw(saved, tmp_path)
    with pdfium.PdfDocument(drawn) as document:
        pictures = [page.render(scale=3).to_pil().convert("RGB") for page in document]
    faint = set()
    for letter in characters(drawn):
        if letter.text.isalnum() and letter.size > 13:
            box = (letter.left - 1, 539 - letter.top, letter.right + 1, 541 - letter.bottom)
            part = pictures[letter.page].crop(tuple(round(3 * side) for side in box))
            shown = [f"#{bytes(color).hex()}" for _, color in part.getcolors(2**16) or ()]
            light = [_contrast(color, "#000000") for color in shown]
            if max(light) / min(light) < 3:
                faint.add((letter.page + 1, letter.text))
    assert faint == set()


def _summary(presentation: Deck) -> list[tuple[str, str, list[str]]]:
    found = []
    for slide in _slides(presentation):
        title = slide.shapes.title
        notes = slide.notes_slide.notes_text_frame
        alts = [
            shape._element.find(".//{*}cNvPr").get("descr", "")
            for shape in _shapes(slide)
            if shape._element.tag.endswith("}pic")
        ]
        found.append(
            (
                title.text_frame.text if title is not None else "",
                notes.text if notes is not None else "",
                alts,
            )
        )
    return found


def _all_shapes(master: Any) -> list[Any]:
    return list(master.shapes)


@pytest.mark.parametrize("number", range(12))
def test_the_colors_of_every_layout_have_strong_contrast(number: int) -> None:
    """WCAG 2.1, 1.4.6: at least 7:1 for all text on its background."""
    layout = measure(Presentation(str(TEMPLATES / "slides" / "theme.pptx")).slide_layouts[number])
    for frame in layout.frames.values():
        assert _contrast(frame.color, frame.fill or layout.background) >= 7


def _contrast(one: str, other: str) -> float:
    def luminance(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        light = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]

    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)
