"""Decks broken in one way each: what is done to a good one, the rule it breaks, and the slide."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor as _RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches, Pt

from press.preflight.findings import Rule
from press.preflight.powerpoint import checks as decks
from press.preflight.powerpoint import codes
from press.preflight.powerpoint import lettering as text
from slides.images import code_png

_P = "http://schemas.openxmlformats.org/presentationml/2006/main"

RGBColor: Any = _RGBColor  # its constructor has no types

#: Slides of the deck that is broken: a list, a video, what to take home, the contacts' table.
LIST, NEXT, VIDEO, STEPS, HOME, TABLE = 5, 6, 4, 23, 31, 32


@dataclass(frozen=True)
class Broken:
    damage: Callable[[Any], None]
    rule: Rule
    page: int


BROKEN: list[Broken] = []


def broken(deck: bytes, damage: Callable[[Any], None]) -> bytes:
    """The deck with this damage."""
    presentation = Presentation(BytesIO(deck))
    damage(presentation)
    saved = BytesIO()
    presentation.save(saved)
    return saved.getvalue()


def _breaks(rule: Rule, page: int) -> Callable[[Callable[[Any], None]], None]:
    return lambda damage: BROKEN.append(Broken(damage, rule, page))


def _slide(deck: Any, number: int) -> Any:
    return deck.slides[number - 1]


def _shape(deck: Any, number: int, name: str = "Text") -> Any:
    return next(shape for shape in _slide(deck, number).shapes if shape.name == name)


def _run(deck: Any, number: int, name: str = "Text") -> Any:
    return _shape(deck, number, name).text_frame.paragraphs[0].runs[0]


def _named(shape: Any) -> Any:
    return shape._element.find(".//{*}cNvPr")


def _on_layout(deck: Any, layout: str, name: str) -> Any:
    found = next(one for one in deck.slide_layouts if one.name == layout)
    return next(shape for shape in found.placeholders if shape.name == name)


def _app(deck: Any) -> Any:
    return next(
        part for part in deck.part.package.iter_parts() if part.partname == "/docProps/app.xml"
    )


def _sections(deck: Any) -> Any:
    return deck.part._element.findall(".//{*}sectionLst/{*}section/{*}sldIdLst")


@_breaks(decks.TITLE, LIST)
def title_is_empty(deck: Any) -> None:
    _shape(deck, LIST, "Title").text_frame.clear()


@_breaks(decks.TITLE, LIST)
def title_is_no_title_placeholder(deck: Any) -> None:
    _shape(deck, LIST, "Title")._element.find(".//{*}ph").set("type", "body")


@_breaks(decks.UNIQUE_TITLE, NEXT)
def title_is_used_twice(deck: Any) -> None:
    _run(deck, NEXT, "Title").text = _run(deck, LIST, "Title").text.upper()


@_breaks(decks.ORDER, LIST)
def title_is_read_last(deck: Any) -> None:
    _slide(deck, LIST).shapes._spTree.append(_shape(deck, LIST, "Title")._element)


@_breaks(decks.ORDER, VIDEO)
def address_is_read_before_the_text_above_it(deck: Any) -> None:
    _shape(deck, VIDEO)._element.addprevious(_shape(deck, VIDEO, "Address")._element)


@_breaks(decks.ORDER, VIDEO)
def code_to_the_right_is_read_before_the_text(deck: Any) -> None:
    _shape(deck, VIDEO)._element.addprevious(_shape(deck, VIDEO, "Code")._element)


@_breaks(decks.ALT, VIDEO)
def code_has_no_alternative_text(deck: Any) -> None:
    _named(_shape(deck, VIDEO, "Code")).set("descr", "")


@_breaks(decks.ALT, VIDEO)
def alternative_text_is_the_name_of_a_file(deck: Any) -> None:
    _named(_shape(deck, VIDEO, "Code")).set("descr", "my image 1.PNG")


@_breaks(decks.ALT, TABLE)
def alternative_text_of_the_table_says_nothing(deck: Any) -> None:
    _named(_shape(deck, TABLE, "Table")).set("descr", "Table 4")


@_breaks(decks.DECORATIVE, LIST)
def bar_is_not_marked_as_decorative(deck: Any) -> None:
    place = Inches(1), Inches(6.7), Inches(3), Inches(0.1)
    _slide(deck, LIST).shapes.add_shape(MSO_SHAPE.RECTANGLE, *place)


@_breaks(decks.LANGUAGE, LIST)
def text_has_no_language(deck: Any) -> None:
    del _run(deck, LIST)._r.rPr.attrib["lang"]


@_breaks(decks.LANGUAGE, LIST)
def text_has_another_language(deck: Any) -> None:
    _run(deck, LIST)._r.rPr.set("lang", "de-DE")


@_breaks(decks.LANGUAGE, TABLE)
def cell_has_another_language(deck: Any) -> None:
    cell = _shape(deck, TABLE, "Table").table.cell(1, 1)
    cell.text_frame.paragraphs[0].runs[0]._r.rPr.set("lang", "en-GB")


@_breaks(decks.LANGUAGE, LIST)
def notes_have_no_language(deck: Any) -> None:
    notes = _slide(deck, LIST).notes_slide.notes_text_frame
    del notes.paragraphs[0].runs[0]._r.rPr.attrib["lang"]


@_breaks(decks.TABLE_HEAD, TABLE)
def head_of_the_table_is_not_flagged(deck: Any) -> None:
    _shape(deck, TABLE, "Table").table.first_row = False


@_breaks(decks.PROPERTIES, 0)
def document_has_no_author(deck: Any) -> None:
    deck.core_properties.author = ""


@_breaks(decks.PROPERTIES, 0)
def document_has_no_language(deck: Any) -> None:
    deck.core_properties.language = " "


@_breaks(decks.LEFTOVERS, 0)
def library_signed_the_document(deck: Any) -> None:
    deck.core_properties.comments = "generated using python-pptx"


@_breaks(decks.NOTES, LIST)
def slide_has_no_notes(deck: Any) -> None:
    _slide(deck, LIST).notes_slide.notes_text_frame.clear()


@_breaks(decks.NOTES_MASTER, 0)
def notes_master_is_not_listed(deck: Any) -> None:
    root = deck.part._element
    root.remove(root.find("{*}notesMasterIdLst"))


@_breaks(decks.COUNTS, 0)
def file_tells_of_more_slides(deck: Any) -> None:
    app = _app(deck)
    app._blob = app.blob.replace(b"<Slides>33<", b"<Slides>34<")


@_breaks(decks.COUNTS, 0)
def hidden_slide_is_not_counted(deck: Any) -> None:
    _slide(deck, LIST)._element.set("show", "0")


@_breaks(decks.IDS, NEXT)
def two_slides_have_one_id(deck: Any) -> None:
    listed = deck.slides._sldIdLst.sldId_lst
    listed[NEXT - 1].set("id", listed[LIST - 1].get("id"))


@_breaks(decks.IDS, 1)
def id_is_too_small(deck: Any) -> None:
    deck.slides._sldIdLst.sldId_lst[0].set("id", "17")
    _sections(deck)[0][0].set("id", "17")


@_breaks(decks.SECTIONS, 0)
def deck_has_no_sections(deck: Any) -> None:
    deck.part._element.remove(deck.part._element.find("{*}extLst"))


@_breaks(decks.SECTIONS, LIST)
def slide_is_in_no_section(deck: Any) -> None:
    first = _sections(deck)[0]
    first.remove(first[LIST - 1])


@_breaks(decks.SECTIONS, LIST)
def slide_is_in_two_sections(deck: Any) -> None:
    first, second, *_ = _sections(deck)
    second.append(deepcopy(first[LIST - 1]))


@_breaks(decks.SECTIONS, 0)
def section_names_a_slide_that_is_gone(deck: Any) -> None:
    first = _sections(deck)[0]
    first.append(deepcopy(first[0]))
    first[-1].set("id", "999")


@_breaks(decks.MOTION, LIST)
def slide_has_a_transition(deck: Any) -> None:
    colors = _slide(deck, LIST)._element.find("{*}clrMapOvr")
    colors.addnext(etree.fromstring(f'<p:transition xmlns:p="{_P}"><p:fade/></p:transition>'))


@_breaks(decks.MOTION, TABLE)
def layout_has_an_animation(deck: Any) -> None:
    effect = '<p:animEffect transition="in" filter="fade"/>'
    timing = f'<p:timing xmlns:p="{_P}"><p:tnLst>{effect}</p:tnLst></p:timing>'
    _slide(deck, TABLE).slide_layout._element.append(etree.fromstring(timing))


@_breaks(decks.OUTLINE, LIST)
def text_stands_in_no_placeholder(deck: Any) -> None:
    place = Inches(1), Inches(6.2), Inches(3), Inches(0.5)
    run = _slide(deck, LIST).shapes.add_textbox(*place).text_frame.paragraphs[0].add_run()
    run.text, run.font.size = "Loose", Pt(20)
    run._r.rPr.set("lang", "en-US")


@_breaks(decks.EMPTY, LIST)
def placeholder_is_empty(deck: Any) -> None:
    _shape(deck, LIST).text_frame.clear()


@_breaks(decks.OFF_SLIDE, LIST)
def text_runs_over_the_edge(deck: Any) -> None:
    _shape(deck, LIST).left = Inches(3)


@_breaks(text.SIZE, LIST)
def text_is_small(deck: Any) -> None:
    _run(deck, LIST).font.size = Pt(19)


@_breaks(text.SIZE, LIST)
def title_is_small(deck: Any) -> None:
    _run(deck, LIST, "Title").font.size = Pt(30)


@_breaks(text.SIZE, HOME)
def text_is_small_on_the_layout(deck: Any) -> None:
    _on_layout(deck, "Take home", "Text")._element.find(".//{*}defRPr").set("sz", "1400")


@_breaks(text.SIZE, LIST)
def text_was_shrunk_by_hand(deck: Any) -> None:
    settings = _shape(deck, LIST)._element.find(".//{*}bodyPr")
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    etree.SubElement(settings, f"{{{space}}}normAutofit", fontScale="62500")


@_breaks(text.CONTRAST, LIST)
def text_is_light_gray(deck: Any) -> None:
    _run(deck, LIST).font.color.rgb = RGBColor(0x99, 0x99, 0x99)


@_breaks(text.STRONG_CONTRAST, LIST)
def text_is_gray(deck: Any) -> None:
    _run(deck, LIST).font.color.rgb = RGBColor(0x66, 0x66, 0x66)


@_breaks(text.CONTRAST, HOME)
def ground_of_the_layouts_box_is_dark(deck: Any) -> None:
    shape = _on_layout(deck, "Take home", "Text")
    shape.fill.solid()
    shape.fill.fore_color.theme_color = MSO_THEME_COLOR.TEXT_2


@_breaks(text.CONTRAST, LIST)
def ground_of_the_slide_is_dark(deck: Any) -> None:
    slide = _slide(deck, LIST)
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = RGBColor(0x40, 0x50, 0x60)
    for shape in list(slide.shapes):
        if shape.name in ("Footer", "Slide number"):
            shape._element.getparent().remove(shape._element)


@_breaks(text.FOOT_CONTRAST, LIST)
def footer_is_light_gray(deck: Any) -> None:
    _run(deck, LIST, "Footer").font.color.rgb = RGBColor(0x99, 0x99, 0x99)


@_breaks(text.UNKNOWN_CONTRAST, LIST)
def text_stands_on_a_pattern(deck: Any) -> None:
    _shape(deck, LIST).fill.patterned()


@_breaks(text.FIT, LIST)
def text_is_too_long(deck: Any) -> None:
    _run(deck, LIST).text = "Too much to say on one slide. " * 20


@_breaks(text.FIT, HOME)
def box_is_too_low_on_the_layout(deck: Any) -> None:
    _on_layout(deck, "Take home", "Text").height = Inches(1)


@_breaks(text.FIT, TABLE)
def row_is_too_low(deck: Any) -> None:
    _shape(deck, TABLE, "Table").table.rows[1].height = Pt(20)


@_breaks(text.FIT, 0)
def name_of_the_school_is_too_long_for_the_master(deck: Any) -> None:
    slot = next(shape for shape in deck.slide_master.shapes if shape.name == "school.name")
    slot.text_frame.text = "Cedar School, Cedar Valley Joint School District No. 4 " * 4


@_breaks(codes.READABLE, VIDEO)
def code_is_a_gray_square(deck: Any) -> None:
    gray = BytesIO()
    Image.new("L", (400, 400), 128).save(gray, "PNG")
    _set_picture(deck, gray.getvalue())


@_breaks(codes.ADDRESS, VIDEO)
def code_opens_an_address_of_others(deck: Any) -> None:
    _set_picture(deck, code_png("https://elsewhere.example/"))
    _shape(deck, VIDEO, "Code").click_action.hyperlink.address = "https://elsewhere.example/"


@_breaks(codes.CODE_LINK, VIDEO)
def click_on_the_code_opens_another_page(deck: Any) -> None:
    address = _shape(deck, HOME, "Code").click_action.hyperlink.address
    _shape(deck, VIDEO, "Code").click_action.hyperlink.address = address


@_breaks(codes.CODE_LINK, VIDEO)
def code_can_not_be_clicked(deck: Any) -> None:
    _shape(deck, VIDEO, "Code").click_action.hyperlink.address = None


@_breaks(codes.SQUARE, VIDEO)
def code_is_stretched(deck: Any) -> None:
    code = _shape(deck, VIDEO, "Code")
    left, top, width, height = code.left, code.top, code.width, code.height
    code.left, code.top, code.width, code.height = left, top, int(width * 0.9), height


@_breaks(codes.SQUARE, VIDEO)
def code_is_cropped(deck: Any) -> None:
    code = _shape(deck, VIDEO, "Code")
    code.crop_left = code.crop_right = code.crop_top = code.crop_bottom = 0.02


@_breaks(codes.LARGE, VIDEO)
def code_is_small(deck: Any) -> None:
    code = _shape(deck, VIDEO, "Code")
    left, top, side = code.left, code.top, int(_height(deck) * 0.44)
    code.left, code.top, code.width, code.height = left, top, side, side


@_breaks(codes.PRINTED, VIDEO)
def address_of_the_code_is_not_written(deck: Any) -> None:
    for paragraph in _shape(deck, VIDEO, "Address").text_frame.paragraphs:
        for run in paragraph.runs:
            run.text = "Watch it"


@_breaks(codes.LINK, STEPS)
def link_leads_to_a_page_of_others(deck: Any) -> None:
    runs = _shape(deck, STEPS, "Steps").text_frame.paragraphs[0].runs
    runs[-1].hyperlink.address = "https://elsewhere.example/"


@_breaks(codes.LINK, LIST)
def link_in_the_notes_leads_to_a_page_of_others(deck: Any) -> None:
    run = _slide(deck, LIST).notes_slide.notes_text_frame.paragraphs[0].runs[0]
    run.hyperlink.address = "https://elsewhere.example/"


def _set_picture(deck: Any, data: bytes) -> None:
    _shape(deck, VIDEO, "Code").image  # noqa: B018 (raises if it is no picture)
    part = _slide(deck, VIDEO).part
    (image,) = (one.target_part for one in part.rels.values() if one.reltype.endswith("/image"))
    image._blob = data


def _height(deck: Any) -> int:
    return int(deck.slide_height)
