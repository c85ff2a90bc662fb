"""SVG logos look the same on paper as in the file, in color and in grays."""

import io
from base64 import b64encode
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from handouts import guide, sheets
from handouts.weasy.svg_logo import CannotDraw, print_logo, printed
from pack.items import School
from pack.load import read_pack
from pack.logos import read_logo
from slides.draft import DeckDraft
from tests.conftest import CONTENT, WATER


def _drawn(file: Path, ink: str) -> Image.Image:
    with pdfium.PdfDocument(print_logo(file.read_bytes(), 2, ink)) as document:
        page: Image.Image = document[0].render(scale=1).to_pil()
        return page.convert("RGB")


def test_shapes_and_pictures_inside_are_drawn(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "#12ab56").save(picture, "PNG")
    file = tmp_path / "logo.svg"
    file.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
        '<rect width="20" height="20" fill="#a01020"/><image x="20" width="20" height="20" '
        f'href="data:image/png;base64,{b64encode(picture.getvalue()).decode()}"/></svg>'
    )
    page = _drawn(file, "color")
    assert page.size == (200, 100)
    assert page.getpixel((50, 50)) == (0xA0, 0x10, 0x20)
    assert page.getpixel((150, 50)) == (0x12, 0xAB, 0x56)
    red, green, blue = _drawn(file, "black").getpixel((50, 50))  # type: ignore[misc]
    assert red == green == blue


#: A picture from elsewhere, and a truncated file.
_BAD = {
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
    '<image width="20" height="20" href="https://example.org/picture.png"/></svg>': "only files",
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4': "Failed to load",
}


@pytest.mark.parametrize(("text", "message"), _BAD.items(), ids=["elsewhere", "truncated"])
def test_what_can_not_be_drawn_is_reported(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "logo.svg"
    file.write_text(text)
    with pytest.raises(CannotDraw, match=message):
        print_logo(file.read_bytes(), 2, "color")


_SHADED = (
    '<linearGradient id="g"><stop stop-color="#a00"/><stop offset="1" stop-color="#00a"/>'
    "</linearGradient>"
)


@pytest.mark.parametrize(
    ("inside", "alike"),
    [
        ('<circle cx="40" cy="20" r="15" fill="#123456" opacity=".8"/>', True),
        ('<clipPath id="c"><circle cx="40" cy="20" r="15"/></clipPath>'
         '<rect clip-path="url(#c)" width="80" height="40"/>', True),
        ("<style>.a{fill:#a00}</style>"
         '<path class="a" fill-rule="evenodd" d="M5 5h30v30h-30zM15 15h10v10h-10z"/>', True),
        (f'{_SHADED}<rect x="5" y="5" width="70" height="30" fill="url(#g)"/>', True),
        (f'{_SHADED}<rect x="9" y="9" width="62" height="22" fill="none" stroke="url(#g)" '
         'stroke-width="6"/>', False),
        ('<mask id="m" style="mask-type:alpha" maskUnits="userSpaceOnUse" x="5" y="5" width="70" '
         'height="30"><circle cx="40" cy="20" r="15" fill="#d9d9d9"/></mask>'
         '<g mask="url(#m)"><rect x="5" y="5" width="70" height="30" fill="#0a5"/></g>', False),
        ('<filter id="f"><feGaussianBlur stdDeviation="3"/></filter>'
         '<rect filter="url(#f)" x="20" y="10" width="40" height="20"/>', False),
        ('<pattern id="p" width="8" height="8" patternUnits="userSpaceOnUse">'
         '<circle cx="4" cy="4" r="3"/></pattern>'
         '<rect x="5" y="5" width="70" height="30" fill="url(#p)"/>', False),
    ],
)  # fmt: skip
def test_a_drawing_that_differs_from_the_logo_is_detected(
    inside: str, alike: bool, tmp_path: Path
) -> None:
    file = tmp_path / "logo.svg"
    file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">{inside}</svg>')
    assert (printed(read_logo(file))[1] == "image/svg+xml") is alike


@pytest.mark.parametrize("size", [(100_000, 1), (1, 100_000)])
def test_a_logo_of_any_shape_is_compared(size: tuple[int, int], tmp_path: Path) -> None:
    width, height = size
    file = tmp_path / "logo.svg"
    file.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="#a01020"/></svg>'
    )
    assert printed(read_logo(file))[1] == "image/svg+xml"


#: Half of a picture: WeasyPrint does not support masks, and would draw all of it.
_HALF = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">'
    '<mask id="m"><path d="M40 0h40v40H40z" fill="#fff"/></mask>'
    '<path mask="url(#m)" d="M0 0h80v40H0z" fill="#c01060"/></svg>'
)


def test_a_sheet_shows_a_logo_that_weasyprint_can_not_draw(tmp_path: Path) -> None:
    file = tmp_path / "half.svg"
    file.write_text(_HALF)
    school = School.model_construct(
        name="Cedar School", contact="Front office", phone=None, email=None, website=None,
        logo=str(file),
    )  # fmt: skip
    pack = read_pack(CONTENT).for_school(school)
    poster = next(one for one in pack.handouts if one.id == "get-help-poster")
    # Half of a logo 1.2 in wide and 0.6 in high.
    assert _red(sheets.render(pack, poster)) == pytest.approx(0.6 * 0.6, rel=0.1)


def test_a_sheet_shows_the_publishers_logo_sanitized(tmp_path: Path) -> None:
    text = WATER.read_text("utf-8")
    (tmp_path / "water.yaml").write_text(text.replace("images/logo.svg", "half.svg"), "utf-8")
    (tmp_path / "half.svg").write_text(_HALF.replace("</svg>", "<script>alert(1)</script></svg>"))
    pack = read_pack(tmp_path / "water.yaml")
    sheet = next(one for one in pack.handouts if one.id == "tip-sheet")
    # Half of a logo 44 pt wide and 22 pt high.
    assert _red(sheets.render(pack, sheet)) == pytest.approx((22 / 72) ** 2, rel=0.1)


def test_a_guide_shows_a_poster_sanitized(tmp_path: Path) -> None:
    at = "    url: https://videos.example/explained\n"
    more = "    file: talk.mp4\n    poster: half.svg\n"
    text = CONTENT.read_text("utf-8")
    assert text.count(at) == 1
    (tmp_path / "pack.yaml").write_text(text.replace(at, at + more), "utf-8")
    # The first box of an MP4 file; the rest is not read before it plays.
    (tmp_path / "talk.mp4").write_bytes(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(1000))
    (tmp_path / "half.svg").write_text(_HALF)
    pack = read_pack(tmp_path / "pack.yaml")
    assert pack.deck and pack.deck.notes_sheet
    slides = [
        guide.SlidePage(1, content.title.text, picture, "Slide 1")
        for content, picture in DeckDraft(pack).pictures()
        if content.movie
    ]
    # Half of a poster 320 pt wide and 160 pt high on a slide of 960 pt, which is 2.7 in wide here.
    drawn = guide.render(pack, pack.deck.notes_sheet, slides)
    assert _red(drawn) == pytest.approx((160 * 2.7 / 960) ** 2, rel=0.1)


def _red(sheet: sheets.Sheet) -> float:
    """The area on a sheet's first page in the color of `_HALF`, in square inches."""
    with pdfium.PdfDocument(sheet.data["color"]) as document:
        page = document[0].render(scale=2).to_pil().convert("RGB")
    found = {color: count for count, color in page.getcolors(page.width * page.height)}
    return float(found[0xC0, 0x10, 0x60] / 144**2)
