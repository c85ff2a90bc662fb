"""Names of schools in many languages are set in our own fonts, on sheets and on slides."""

import io
import re
import unicodedata

import pikepdf
import pypdfium2
import pytest

from handouts import sheets
from handouts.weasy.pdf import PrintSettings, print_pdf
from pack import glyphs
from pack.items import School
from pack.load import read_pack
from pack.model import Pack
from slides.slide_svg import _FONTS
from tests.conftest import CONTENT

PACK = read_pack(CONTENT)
SHEET = next(one for one in PACK.handouts if one.id == "if-it-happens")

#: A name, and the font that it needs besides the main font of the sheets.
NAMES = [
    ("Ke Kula ʻo Hōkūleʻa ma Āinakoa", "Extended"),
    ("Szkoła Łąkowa w Żółwinie", "Extended"),
    ("Őszi Általános Iskola", "Extended"),
    ("Trường Tiểu học Nguyễn Thị Lựu", "Vietnamese"),
    ("Ńdíshchíí’ Háájí Ǫ́ltaʼ", "Latin"),
    ("مدرسة الأمل الابتدائية", "Arabic"),
]


def _pack(name: str) -> Pack:
    school = School.model_construct(name=name, contact="The office", phone="303-555-0142")
    pack = PACK.model_copy(update={"school": school})
    pack._origin = PACK.origin
    return pack


def _fonts(data: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {
            str(font.BaseFont).partition("+")[2]
            for page in pdf.pages
            for font in page.Resources.Font.values()
        }


@pytest.mark.parametrize(("name", "extra"), NAMES)
def test_a_name_is_set_in_our_fonts_only(name: str, extra: str) -> None:
    data = sheets.render(_pack(name), SHEET).data["color"]
    fonts = _fonts(data)
    assert {font for font in fonts if extra in font}
    assert all(font.startswith(("Atkinson", "Noto-Sans-for-")) for font in fonts)
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded()
    if extra == "Arabic":  # its text comes out of a PDF in visual order
        assert set("مدرسة") <= set(text)
    else:
        assert unicodedata.normalize("NFC", name) in unicodedata.normalize("NFC", text)


def test_a_sheet_in_english_has_only_the_main_font() -> None:
    fonts = _fonts(sheets.render(_pack("Cedar School"), SHEET).data["color"])
    assert all(re.fullmatch(r"Atkinson-Hyperlegible-Next(-[A-Z].*)?", font) for font in fonts)
    assert not [font for font in fonts if "Extended" in font]


@pytest.mark.parametrize("style", ["", f"font-family: {_FONTS}"], ids=["sheet", "slides"])
def test_our_fonts_have_every_character_that_a_list_may_have(style: str) -> None:
    visible = [chr(code) for code in sorted(glyphs.known()) if not glyphs.hidden(chr(code))]
    assert len(visible) > 800
    marks = [char for char in visible if unicodedata.combining(char)]
    text = " ".join([*(c for c in visible if c not in marks), *(f"a{mark}" for mark in marks)])
    html = (
        f'<html lang="en"><head><title>All</title></head><body><p style="{style}">'
        f"{text.replace('&', '&amp;').replace('<', '&lt;')}</p></body></html>"
    )
    printed = print_pdf(html, "presenter-guide", _pack("Cedar School"), PrintSettings())
    assert printed.faults == ()
