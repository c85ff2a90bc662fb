"""The internals of WeasyPrint that handouts/weasy relies on, which WeasyPrint does not guarantee.

After an upgrade of WeasyPrint, each test that fails ends with a sentence: what has changed, and
which module must be adapted. Tests of faults fail when a fault is gone, and say which code can go.
`test_svg_contract.py`, `test_tags_contract.py` and `test_fonts_contract.py` continue with pictures,
the structure tree and fonts.
"""

import io
import re
import tempfile
from base64 import b64encode
from pathlib import Path
from typing import Any

import pydyf
import pypdfium2 as pdfium
import pytest
from PIL import Image
from weasyprint import CSS, HTML

from handouts.weasy.log import collected
from tests.handouts.weasy.seams import (
    AS_FILE,
    FONTS,
    SVG,
    TAGGED,
    at,
    boxes_of,
    content_of,
    fresh,
    lay_out,
    pdf_of,
    seam,
)

with seam(
    "WeasyPrint has moved or renamed what is imported here: "
    "the module of handouts/weasy that imports it must be adapted"
):
    from weasyprint.document import Page
    from weasyprint.formatting_structure.boxes import (
        BlockContainerBox,
        LineBox,
        ReplacedBox,
        TextBox,
    )
    from weasyprint.layout.background import layout_box_backgrounds
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    from handouts.weasy.pdf import _copy  # it imports all other modules


# native_libraries.py


@pytest.mark.parametrize(
    ("gone", "imported"), [("nothing", True), ("pango", False), ("harfbuzz-subset", False)]
)
def test_a_missing_library_is_detected(gone: str, imported: bool) -> None:
    program = (
        "import cffi\n"
        "real = cffi.FFI.dlopen\n"
        "def dlopen(self, name, *flags):\n"
        f"    return real(self, 'gone-' + name if {gone!r} in (name or '') else name, *flags)\n"
        "cffi.FFI.dlopen = dlopen\n"
        "from handouts.weasy.native_libraries import import_weasyprint\n"
        "print(import_weasyprint())\n"
    )
    with seam(
        "WeasyPrint no longer opens its libraries as weasyprint.text.ffi did, or fails differently "
        "without one: handouts/weasy/native_libraries.py must be adapted"
    ):
        assert fresh(program) == str(imported)


# url_fetcher.py


class _Recorder(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no type hints
    """Loads files as `FolderFetcher` does, and records which."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("file",))
        self.asked: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        self.asked.append(url.rpartition("/")[2])
        if not url.startswith("file:"):
            raise ValueError("only files can be loaded")
        data = Path(url.removeprefix("file://")).read_bytes()
        kind = {"svg": "image/svg+xml", "css": "text/css"}.get(url[-3:], "image/png")
        return URLFetcherResponse(url, data, {"Content-Type": kind})


def test_everything_is_loaded_by_the_fetcher(tmp_path: Path) -> None:
    Image.new("RGB", (4, 4), "#12ab56").save(tmp_path / "inner.png")
    (tmp_path / "outer.svg").write_text(
        f'<svg {SVG} width="9" height="9"><image href="inner.png" width="9" height="9"/></svg>'
    )
    (tmp_path / "style.css").write_text("@import 'more.css'; p { background: url(ground.png) }")
    (tmp_path / "more.css").write_text("@font-face { font-family: More; src: url(more.ttf) }")
    (tmp_path / "more.ttf").write_bytes((FONTS / "Arimo-Regular.ttf").read_bytes())
    Image.new("RGB", (4, 4), "#12ab56").save(tmp_path / "ground.png")
    fetcher = _Recorder()
    html = (
        '<link rel="stylesheet" href="style.css"><img alt="A" src="outer.svg">'
        '<p>Text<img alt="B" src="https://example.org/far.png">'
    )
    with seam(
        "WeasyPrint bypasses the URLFetcher that it is given, or stops when a fetcher raises "
        "ValueError: handouts/weasy/url_fetcher.py keeps sheets off the network"
    ):
        page = HTML(string=html, base_url=f"{tmp_path}/", url_fetcher=fetcher)
        with collected([]):
            assert page.write_pdf()
        files = {file.name for file in tmp_path.iterdir()}
        assert set(fetcher.asked) == {*files, "far.png"}


def test_fault_a_picture_with_the_address_of_a_file_is_read_from_there_again(
    tmp_path: Path,
) -> None:
    class Instead(_Recorder):
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            return URLFetcherResponse(url, blue.getvalue(), {"Content-Type": "image/jpeg"})

    Image.new("RGB", (8, 8), "#ff0000").save(tmp_path / "picture.jpg")
    blue = io.BytesIO()
    Image.new("RGB", (8, 8), "#0000ff").save(blue, "JPEG")
    html = "<style>@page { margin: 0 } img { display: block; width: 90px }</style>"
    html += '<img alt="A" src="picture.jpg">'
    page = HTML(string=html, base_url=f"{tmp_path}/", url_fetcher=Instead())
    with seam(
        "WeasyPrint prints what the fetcher returns, even under the address of a file: "
        "handouts/weasy/url_fetcher.py no longer needs addresses “instead-of:…”"
    ):
        with pdfium.PdfDocument(page.write_pdf()) as document:
            red, _, _ = document[0].render().to_pil().convert("RGB").getpixel((20, 20))
        assert red > 200


# log.py


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<img alt="A" src="file:///no/picture.png">', "Failed to load image"),
        (f'<img src="{AS_FILE}">', "alt"),
        ('<a href="#nowhere">Text</a>', "nowhere"),
        ('<p style="colour: red">Text', "colour"),
    ],
    ids=["picture", "alternative text", "anchor", "CSS"],
)
def test_what_is_wrong_is_logged(body: str, message: str) -> None:
    found: list[Any] = []
    with seam(
        "WeasyPrint no longer logs problems with pictures, links and CSS as “weasyprint”, at level "
        "warning or higher: handouts/weasy/log.py turns them into faults"
    ):
        with collected(found):
            lay_out(body).write_pdf(**TAGGED)
        assert message in str(found)


# boxes.py and copyfit.py


def test_boxes_know_their_places() -> None:
    document = lay_out(
        '<div class="page" data-fixed><p>One</p><p style="padding: 5px">Two</p>'
        '<p style="position: absolute">Three</p></div>',
        "@page { @bottom-center { content: 'Foot' } }",
    )
    [side] = boxes_of(document, "div")
    with seam(
        "WeasyPrint's boxes no longer have positions in CSS pixels from the page's upper left "
        "corner, or their elements: handouts/weasy/boxes.py, copyfit.py and pdf.py measure them"
    ):
        page = document.pages[0]._page_box
        assert (page.content_box_x(), page.content_box_y()) == (20, 20)
        assert (page.width, page.height) == (360, 260)
        assert document.pages[0].height == 300
        assert page.children[0].element_tag == "html"
        assert "Foot" not in [getattr(box, "text", "") for box in page.children[0].descendants()]
        assert side.element.attrib == {"class": "page", "data-fixed": ""}
        first, second, third = side.children
        assert [part.is_in_normal_flow() for part in side.children] == [True, True, False]
        assert (first.border_box_y(), first.border_height()) == (20, 20)
        assert (second.border_box_y(), second.border_height()) == (40, 30)
        assert (second.content_box_y(), second.height) == (45, 20)
        assert third.border_width() < 360


def test_parts_of_a_box_that_runs_on_share_their_element() -> None:
    document = lay_out(f"<section><p>{'Text<br>' * 20}</section>")
    sides = boxes_of(document, "section")
    with seam(
        "WeasyPrint no longer makes one box per page, with the same element, for a side that runs "
        "on over two pages: handouts/weasy/copyfit.py and vertical_justification.py rely on it"
    ):
        assert len(sides) == len(document.pages) == 2
        assert sides[0].element is sides[1].element


def test_lines_and_texts_are_boxes() -> None:
    document = lay_out("<p data-slot>One<br>Two</p>")
    block, *inside = boxes_of(document, "p")
    with seam(
        "WeasyPrint's lines are no longer LineBoxes with TextBoxes, with their places and sizes: "
        "handouts/weasy/boxes.py and copyfit.py measure them"
    ):
        lines = [box for box in inside if isinstance(box, LineBox)]
        assert block.children == lines
        assert [(line.position_x, line.position_y, line.height) for line in lines] == [
            (20, 20, 20),
            (20, 40, 20),
        ]
        texts = [box for box in inside if isinstance(box, TextBox)]
        assert [text.text for text in texts] == ["One", "Two"]
        assert texts[1].position_x == 20
        assert (texts[1].position_y, texts[1].height) == pytest.approx((40, 20), abs=2)
        assert 20 < texts[1].width < 40
    with seam(
        "WeasyPrint's LineBoxes no longer have the element of their block, or are blocks: "
        "handouts/weasy/pdf.py distinguishes slots from their lines by that"
    ):
        assert all(line.element is block.element for line in lines)
        assert isinstance(block, BlockContainerBox)
        assert not any(isinstance(line, BlockContainerBox) for line in lines)


@pytest.mark.parametrize(
    "picture",
    [f"<svg {SVG}><title>A</title></svg>", f'<img alt="A" src="{AS_FILE}">'],
    ids=["inline", "file"],
)
def test_pictures_are_replaced_boxes(picture: str) -> None:
    document = lay_out(f"<p>{picture}", "svg, img { display: block; width: 30px; height: 10px }")
    with seam(
        "WeasyPrint's pictures are no longer ReplacedBoxes with a place and size: "
        "handouts/weasy/boxes.py looks for text that runs into them"
    ):
        boxes = document.pages[0]._page_box.descendants()
        [box] = [box for box in boxes if isinstance(box, ReplacedBox)]
        assert (box.content_box_x(), box.content_box_y()) == (20, 20)
        assert (box.width, box.height) == (30, 10)


def test_fault_text_silently_runs_over_the_edge() -> None:
    found: list[Any] = []
    with seam(
        "WeasyPrint no longer silently lets text run over the page's edge: what "
        "handouts/weasy/boxes.py finds may be reported twice"
    ):
        with collected(found):
            document = lay_out(f"<p>{'long' * 40}")
            document.write_pdf(**TAGGED)
        [text] = [box for box in boxes_of(document, "p") if isinstance(box, TextBox)]
        assert text.position_x + text.width > 400
        assert not found


# vertical_justification.py


def _background_top(box: Any) -> float:
    """How far from the top the background of a box is painted."""
    return float(box.background.layers[-1].painting_area[1])


def test_boxes_can_be_moved_after_the_layout() -> None:
    document = lay_out('<div style="background: #123"><p>Text</div>')
    [part] = boxes_of(document, "div")
    text = next(box for box in part.descendants() if isinstance(box, TextBox))
    place = text.position_y
    with seam(
        "WeasyPrint's boxes no longer move with translate(dy=…): "
        "handouts/weasy/vertical_justification.py moves parts apart with it"
    ):
        part.translate(dy=50)
        assert part.border_box_y() == 70
        assert text.position_y == place + 50
    with seam(
        "WeasyPrint's backgrounds move along with their boxes: "
        "handouts/weasy/vertical_justification.py no longer needs layout_box_backgrounds"
    ):
        assert _background_top(part) == 20
    with seam(
        "WeasyPrint's layout_box_backgrounds(page, box, load) no longer lays out the background "
        "of a box that was moved: handouts/weasy/vertical_justification.py uses it"
    ):
        layout_box_backgrounds(document.pages[0]._page_box, part, lambda url, **options: None)
        assert _background_top(part) == 70


def test_pages_record_the_places_of_links_when_they_are_made() -> None:
    document = lay_out('<p><a href="https://lifeline.example">Text</a>')
    [page] = document.pages
    boxes_of(document, "p")[0].translate(dy=50)
    with seam(
        "WeasyPrint's Page can no longer be made from another's boxes and record where their links "
        "are then: handouts/weasy/vertical_justification.py does that"
    ):
        [(_, _, after, _)] = Page(page._page_box).links
        [(_, _, before, _)] = page.links
        assert after[1] == before[1] + 50
        document.pages[:] = [Page(page._page_box)]
        pdf = pdf_of(document)
        [annotation] = at(pdf, pdf.page_references[0])["Annots"]
        assert at(pdf, annotation)["Rect"][1] == pytest.approx(225 - after[1] * 0.75)


# pdf.py


def test_a_document_knows_which_characters_are_set_in_which_font() -> None:
    fonts = FontConfiguration()
    files = {"Ours": "AtkinsonHyperlegibleNext-Regular.ttf", "Another": "Arimo-Regular.ttf"}
    rules = "".join(
        f"@font-face {{ font-family: {name}; src: url({(FONTS / file).as_uri()}) }}"
        for name, file in files.items()
    )
    with seam(
        "WeasyPrint's CSS(font_config=…) no longer makes the fonts of a style sheet known to "
        "HTML.render(stylesheets=…, font_config=…): handouts/weasy/pdf.py reads each sheet once"
    ):
        css = CSS(string=f"{rules} p {{ font-family: Ours }}", font_config=fonts)
        html = HTML(string='<html lang="en"><title>Page</title><p>abµ')
        document = html.render(font_config=fonts, stylesheets=[css], **TAGGED)
    with seam(
        "WeasyPrint's Document.fonts no longer says in family and to_unicode which characters are "
        "set in which font: handouts/weasy/pdf.py finds those that our fonts have no glyph for"
    ):
        assert not document.fonts
        pdf_of(document)
        found = {font.family: set(font.to_unicode.values()) for font in document.fonts.values()}
        assert found.pop("Ours") == {"a", "b"}
        assert list(found.values()) == [{"µ"}]  # set in any other font of this machine


def test_a_pdf_is_written_after_its_finisher_as_often_as_there_are_inks() -> None:
    document = lay_out('<p><a href="https://lifeline.example">Text <b>and more</b></a>')
    written: list[bytes] = []

    def finish(_document: Any, pdf: pydyf.PDF) -> None:
        def write(_output: Any, *options: Any) -> None:
            for _ink in range(2):
                copied, out = _copy(pdf), io.BytesIO()
                pydyf.PDF.write(copied, out, *options)
                written.append(out.getvalue())

        pdf.write = write

    with seam(
        "WeasyPrint no longer calls PDF.write after the finisher, or pydyf changes what it writes: "
        "handouts/weasy/pdf.py paints a sheet once and writes it there for each ink"
    ):
        document.write_pdf(finisher=finish, **TAGGED)
        assert written == 2 * [document.write_pdf(**TAGGED)]


# grayscale.py


def test_colors_are_separate_operators() -> None:
    Image.new("RGB", (4, 4), "#12ab56").save(picture := io.BytesIO(), "PNG")
    document = lay_out(
        f'<p style="color: #ff0000; border: 1px solid #0000ff">Text'
        f'<svg {SVG} width="9" height="9"><title>A</title>'
        '<path fill="#00ff00" opacity=".5" d="M0 0h9v9z"/></svg>'
        '<img alt="B" src="data:image/png;base64,'
        f'{b64encode(picture.getvalue()).decode()}">'
    )
    with seam(
        "WeasyPrint's colors are no longer bytes such as b'1 0 0 rg' in the lists of pydyf's "
        "streams: handouts/weasy/grayscale.py makes them gray"
    ):
        streams = [one for one in pdf_of(document).objects if isinstance(one, pydyf.Stream)]
        pictures = [one for one in streams if one.extra.get("Subtype") == "/Image"]
        drawn = [part for one in streams if one not in pictures for part in one.stream]
        assert len(pictures) == 1
        assert all(color in drawn for color in (b"1 0 0 rg", b"0 1 0 rg", b"0 0 1 rg"))


# What other rooms know about WeasyPrint without using it.


def test_fonts_are_kept_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with seam(
        "WeasyPrint no longer keeps fonts in the temporary folder: "
        "press/pipeline.py reports the folder that can't be used"
    ):
        document = lay_out("Text")
        assert [file for file in tmp_path.rglob("*") if file.is_file()]
        del document


def test_fault_pillow_accepts_truncated_pictures() -> None:
    program = (
        "import weasyprint\nfrom PIL import ImageFile\nprint(ImageFile.LOAD_TRUNCATED_IMAGES)\n"
    )
    with seam(
        "WeasyPrint no longer makes Pillow accept truncated pictures: "
        "pack/logos.py need not forbid it"
    ):
        assert fresh(program) == "True"


def test_a_line_of_text_is_one_array_of_glyphs() -> None:
    pdf = pdf_of(lay_out('<p>AV<p style="break-before: page">More'))
    with seam(
        "WeasyPrint no longer writes a line as BT, Tm, Tf, TJ and ET, with each glyph and the "
        "kerning after it in whole thousandths: schools/stamp/pdf_base.py and shaping.py read it"
    ):
        content = content_of(pdf)
        start, end = content.index(b"BT"), content.index(b"ET")
        operators = [part.split()[-1] for part in content[start : end + 1]]
        assert operators == [b"BT", b"Tm", b"Tf", b"TJ", b"ET"]
        assert re.fullmatch(rb"\[(<[0-9a-f]{4}>-?\d+){1,2}(<[0-9a-f]{4}>)?\] TJ", content[end - 1])
    with seam("WeasyPrint's pages no longer share resources: schools/stamp/pdf_base.py needs that"):
        first, second = (at(pdf, page)["Resources"] for page in pdf.page_references)
        assert first == second
