"""What handouts/weasy relies on when WeasyPrint draws SVG: text on slides, and logos.

As in `test_contract.py`, each test that fails ends with a sentence.
"""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pydyf
import pypdfium2 as pdfium
import pytest
from PIL import Image
from weasyprint import DEFAULT_OPTIONS, HTML, Document

from handouts.weasy.log import collected
from tests.handouts.weasy.seams import (
    STYLE,
    SVG,
    TAGGED,
    fresh,
    lay_out,
    pdf_of,
    seam,
)

with seam(
    "WeasyPrint has moved or renamed what is imported here: "
    "the module of handouts/weasy that imports it must be adapted"
):
    from weasyprint.document import DocumentMetadata
    from weasyprint.images import get_image_from_uri

    from handouts.weasy.svg_logo import _LogoPage
    from handouts.weasy.svg_text import draw_lines_of_text
    from handouts.weasy.url_fetcher import FolderFetcher


# svg_text.py

_TEXT_IN_SVG = (
    f'<html lang="en"><title>Page</title><style>{STYLE} svg {{ display: block }}</style>'
    f'<svg {SVG} width="200" height="100"><title>A</title>'
    '<text x="150" y="50" font-family="Ours" font-size="16" text-anchor="end">Letters</text></svg>'
)


def _text_operators(document: Document) -> int:
    streams = [one.stream for one in pdf_of(document).objects if isinstance(one, pydyf.Stream)]
    parts = [part for stream in streams for part in stream if isinstance(part, bytes)]
    return sum(part.endswith((b"TJ", b"Tj")) for part in parts)


def test_the_patch_of_text_in_svg_takes_effect() -> None:
    with seam(
        "WeasyPrint no longer draws text in SVG with the functions in weasyprint.svg.TAGS and "
        "weasyprint.svg.text: the patch in handouts/weasy/svg_text.py has no effect"
    ):
        draw_lines_of_text()
        document = HTML(string=_TEXT_IN_SVG).render(**TAGGED)
        assert _text_operators(document) == 1
    with seam(
        "WeasyPrint no longer aligns text in SVG by the text_bounding_box of its node: "
        "handouts/weasy/svg_text.py sets it"
    ):
        with pdfium.PdfDocument(document.write_pdf(**TAGGED)) as pdf:
            page = pdf[0].get_textpage()
            assert page.get_text_bounded() == "Letters"
            *_, (_, bottom, right, _) = map(page.get_charbox, range(page.count_chars()))
        assert right == pytest.approx((20 + 150) * 0.75, abs=1)
        assert bottom == pytest.approx((300 - 20 - 50) * 0.75, abs=1)


def test_fault_text_in_svg_is_drawn_letter_by_letter() -> None:
    program = (
        "from weasyprint import HTML\n"
        "import pydyf\n"
        "def count(document, pdf):\n"
        "    streams = [one.stream for one in pdf.objects if isinstance(one, pydyf.Stream)]\n"
        "    parts = [part for one in streams for part in one if isinstance(part, bytes)]\n"
        "    print(sum(part.endswith((b'TJ', b'Tj')) for part in parts))\n"
        f"HTML(string={_TEXT_IN_SVG!r}).write_pdf(finisher=count)\n"
    )
    with seam(
        "WeasyPrint draws text in SVG line by line without a patch: "
        "handouts/weasy/svg_text.py can be dropped"
    ):
        assert fresh(program) == str(len("Letters"))


# svg_paths.py

_PATHS_IN_SVG = (
    f'<html lang="en"><title>Page</title><style>{STYLE} svg {{ display: block }}</style>'
    f'<svg {SVG} width="200" height="100"><title>A</title>'
    '<marker id="m" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></marker>'
    '<path marker-mid="url(#m)" '
    'd="M1 2L3 4 5-6H7V8C1 2 3 4 5.5.5S1 2 3 4Q1 2 3 4T5 6A7 8 9 0 1 2 3Z"/>'
    '<path d="m1 2l3 4h5v6c1 2 3 4 5 6s1 2 3 4q1 2 3 4t5 6a7 8 9 01 2 3zl1e1 2"/>'
    '<path d="M1 2L3 4L5"/><path d="L1 2"/><path d="M10% 5%L3 4"/><path/></svg>'
)
_DRAWN = (
    "import pydyf\n"
    "def drawn(document, pdf):\n"
    "    streams = [one.stream for one in pdf.objects if isinstance(one, pydyf.Stream)]\n"
    "    print([part for one in streams for part in one if type(part) is bytes and part[-2:] in"
    " (b' m', b' l', b' c', b'h')])\n"
)


def test_kept_paths_are_drawn_as_weasyprint_draws_them() -> None:
    begin = f"from weasyprint import HTML\n{_DRAWN}"
    write = f"HTML(string={_PATHS_IN_SVG!r}).write_pdf(finisher=drawn)\n"
    plain = fresh(begin + write)
    assert plain.count(" c'") > 5
    patch = "from handouts.weasy import svg_paths\nsvg_paths.keep_paths()\n"
    hits = "print(svg_paths._read.cache_info().hits)\n"
    first, again, kept = fresh(begin + patch + write + write + hits).splitlines()
    with seam(
        "WeasyPrint draws paths in SVG with more than methods of svg.stream, svg.point and "
        "node.vertices: handouts/weasy/svg_paths.py keeps only these"
    ):
        assert first == again == plain
    with seam(
        "WeasyPrint no longer draws paths in SVG with the function in weasyprint.svg.TAGS: "
        "the patch in handouts/weasy/svg_paths.py has no effect"
    ):
        assert int(kept) > 10


# svg_logo.py


def _logo(tmp_path: Path, inside: str) -> bytes:
    """A PDF of a drawing 40 pixels high, made without a layout."""
    file = tmp_path / "logo.svg"
    file.write_text(f'<svg {SVG} viewBox="0 0 40 20">{inside}</svg>')
    fetcher = FolderFetcher([tmp_path])

    def load(**options: Any) -> Any:
        return get_image_from_uri(cache={}, url_fetcher=fetcher, options=DEFAULT_OPTIONS, **options)

    with seam(
        "WeasyPrint's get_image_from_uri, Document or DocumentMetadata take other arguments, or "
        "drawing a picture needs more of a layout: handouts/weasy/svg_logo.py draws logos with them"
    ):
        layout = SimpleNamespace(get_image_from_uri=load, font_config=None)
        page = _LogoPage(load(url=file.as_uri(), context=layout), 80, 40)
        fonts = SimpleNamespace(font_map=None)
        data: bytes = Document([page], DocumentMetadata(), fetcher, fonts, {}, None).write_pdf()
        return data


def test_a_picture_can_be_drawn_without_a_layout(tmp_path: Path) -> None:
    Image.new("RGB", (4, 4), "#12ab56").save(tmp_path / "inner.png")
    data = _logo(tmp_path, '<image href="inner.png" width="20" height="20"/>')
    with seam(
        "WeasyPrint's pictures are no longer drawn by draw(stream, width, height, style), or pages "
        "by paint(stream, scale): handouts/weasy/svg_logo.py draws logos that way"
    ):
        with pdfium.PdfDocument(data) as document:
            assert document[0].get_size() == (60, 30)
            shown = document[0].render().to_pil().convert("RGB")
        assert shown.getpixel((15, 15)) == (0x12, 0xAB, 0x56)
        assert shown.getpixel((45, 15)) == (255, 255, 255)


def test_a_page_has_no_more_attributes_than_a_logos_page() -> None:
    page, logo = lay_out("Text").pages[0], _LogoPage(None, 80, 40)
    with seam(
        "WeasyPrint's Page has different attributes: the page of a logo in "
        "handouts/weasy/svg_logo.py must have them too"
    ):
        assert vars(page).keys() - {"_page_box"} == vars(logo).keys() - {"_picture"}
        assert page.bleed == logo.bleed
        assert page.forms == logo.forms


def test_fault_unsupported_svg_is_silently_left_out(tmp_path: Path) -> None:
    blur = '<filter id="f"><feGaussianBlur stdDeviation="3"/></filter>'
    found: list[Any] = []
    with seam(
        "WeasyPrint draws filters in SVG, or logs them: the comparison with resvg in "
        "handouts/weasy/svg_logo.py may no longer be needed"
    ):
        with collected(found):
            blurred = _logo(tmp_path, f'{blur}<rect filter="url(#f)" width="9" height="9"/>')
        assert not found
        assert blurred == _logo(tmp_path, f'{blur}<rect width="9" height="9"/>')
