"""Decks broken in one way each, in the appearance of text and codes."""

from io import BytesIO
from typing import Any

from lxml import etree
from PIL import Image
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Inches, Pt

from preflight.powerpoint import legibility as text
from preflight.powerpoint import qr_codes
from slides.raster import code_png
from tests.preflight.broken_decks import (
    HOME,
    LIST,
    STEPS,
    TABLE,
    VIDEO,
    RGBColor,
    breaks,
    on_layout,
    run_on,
    shape_on,
    slide_of,
)


@breaks(text.SIZE, LIST)
def text_is_small(deck: Any) -> None:
    run_on(deck, LIST).font.size = Pt(19)


@breaks(text.SIZE, LIST)
def title_is_small(deck: Any) -> None:
    run_on(deck, LIST, "Title").font.size = Pt(30)


@breaks(text.SIZE, HOME)
def text_is_small_on_the_layout(deck: Any) -> None:
    on_layout(deck, "Take home", "Text")._element.find(".//{*}defRPr").set("sz", "1400")


@breaks(text.SIZE, LIST)
def text_was_shrunk_by_hand(deck: Any) -> None:
    settings = shape_on(deck, LIST)._element.find(".//{*}bodyPr")
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    etree.SubElement(settings, f"{{{space}}}normAutofit", fontScale="62500")


@breaks(text.CONTRAST, LIST)
def text_is_light_gray(deck: Any) -> None:
    run_on(deck, LIST).font.color.rgb = RGBColor(0x99, 0x99, 0x99)


@breaks(text.STRONG_CONTRAST, LIST)
def text_is_gray(deck: Any) -> None:
    run_on(deck, LIST).font.color.rgb = RGBColor(0x80, 0x80, 0x80)


@breaks(text.CONTRAST, HOME)
def background_of_the_layouts_box_is_dark(deck: Any) -> None:
    shape = on_layout(deck, "Take home", "Text")
    shape.fill.solid()
    shape.fill.fore_color.theme_color = MSO_THEME_COLOR.TEXT_2


@breaks(text.CONTRAST, LIST)
def background_of_the_slide_is_dark(deck: Any) -> None:
    slide = slide_of(deck, LIST)
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = RGBColor(0x40, 0x50, 0x60)
    for shape in list(slide.shapes):
        if shape.name in ("Footer", "Help line", "Slide number"):
            shape._element.getparent().remove(shape._element)


@breaks(text.FOOT_CONTRAST, LIST)
def footer_is_light_gray(deck: Any) -> None:
    run_on(deck, LIST, "Footer").font.color.rgb = RGBColor(0x99, 0x99, 0x99)


@breaks(text.FOOT_FIT, LIST)
def footer_is_too_long(deck: Any) -> None:
    run_on(deck, LIST, "Footer").text = "More than a footer has room for. " * 20


@breaks(text.TYPEFACE, LIST)
def text_is_in_an_unknown_typeface(deck: Any) -> None:
    run_on(deck, LIST).font.name = "Nobody Sans"


@breaks(text.UNKNOWN_CONTRAST, LIST)
def text_is_on_a_pattern(deck: Any) -> None:
    shape_on(deck, LIST).fill.patterned()


@breaks(text.FIT, LIST)
def text_is_too_long(deck: Any) -> None:
    run_on(deck, LIST).text = "Too much to say on one slide. " * 20


@breaks(text.FIT, HOME)
def box_is_too_low_on_the_layout(deck: Any) -> None:
    on_layout(deck, "Take home", "Text").height = Inches(1)


@breaks(text.FIT, TABLE)
def row_is_too_low(deck: Any) -> None:
    shape_on(deck, TABLE, "Table").table.rows[1].height = Pt(20)


@breaks(text.FIT, 0)
def name_of_the_school_is_too_long_for_the_master(deck: Any) -> None:
    slot = next(shape for shape in deck.slide_master.shapes if shape.name == "school.name")
    slot.text_frame.text = "Cedar School, Cedar Valley Joint School District No. 4 " * 4


@breaks(qr_codes.READABLE, VIDEO)
def code_is_a_gray_square(deck: Any) -> None:
    gray = BytesIO()
    Image.new("L", (400, 400), 128).save(gray, "PNG")
    _set_picture(deck, gray.getvalue())


@breaks(qr_codes.ADDRESS, VIDEO)
def code_opens_a_foreign_address(deck: Any) -> None:
    _set_picture(deck, code_png("https://elsewhere.example/"))
    shape_on(deck, VIDEO, "Code").click_action.hyperlink.address = "https://elsewhere.example/"


@breaks(qr_codes.CODE_LINK, VIDEO)
def click_on_the_code_opens_another_page(deck: Any) -> None:
    address = shape_on(deck, HOME, "Code").click_action.hyperlink.address
    shape_on(deck, VIDEO, "Code").click_action.hyperlink.address = address


@breaks(qr_codes.CODE_LINK, VIDEO)
def code_can_not_be_clicked(deck: Any) -> None:
    shape_on(deck, VIDEO, "Code").click_action.hyperlink.address = None


@breaks(qr_codes.SQUARE, VIDEO)
def code_is_stretched(deck: Any) -> None:
    code = shape_on(deck, VIDEO, "Code")
    left, top, width, height = code.left, code.top, code.width, code.height
    code.left, code.top, code.width, code.height = left, top, int(width * 0.9), height


@breaks(qr_codes.SQUARE, VIDEO)
def code_is_cropped(deck: Any) -> None:
    code = shape_on(deck, VIDEO, "Code")
    code.crop_left = code.crop_right = code.crop_top = code.crop_bottom = 0.02


@breaks(qr_codes.LARGE, VIDEO)
def code_is_small(deck: Any) -> None:
    code = shape_on(deck, VIDEO, "Code")
    left, top, side = code.left, code.top, int(_height(deck) * 0.44)
    code.left, code.top, code.width, code.height = left, top, side, side


@breaks(qr_codes.PRINTED, VIDEO)
def address_of_the_code_is_not_written(deck: Any) -> None:
    for paragraph in shape_on(deck, VIDEO, "Address").text_frame.paragraphs:
        for run in paragraph.runs:
            run.text = "Watch it"


@breaks(qr_codes.LINK, STEPS)
def link_leads_to_a_foreign_page(deck: Any) -> None:
    runs = shape_on(deck, STEPS, "Help").text_frame.paragraphs[0].runs
    runs[-1].hyperlink.address = "https://elsewhere.example/"


@breaks(qr_codes.LINK, LIST)
def link_in_the_notes_leads_to_a_foreign_page(deck: Any) -> None:
    run = slide_of(deck, LIST).notes_slide.notes_text_frame.paragraphs[0].runs[0]
    run.hyperlink.address = "https://elsewhere.example/"


def _set_picture(deck: Any, data: bytes) -> None:
    shape_on(deck, VIDEO, "Code").image  # noqa: B018 (raises if it is no picture)
    part = slide_of(deck, VIDEO).part
    (image,) = (one.target_part for one in part.rels.values() if one.reltype.endswith("/image"))
    image._blob = data


def _height(deck: Any) -> int:
    return int(deck.slide_height)
