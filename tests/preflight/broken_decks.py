"""Decks broken in one way each: the damage to a good deck, the rule it breaks, and the slide."""

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor as _RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches, Pt

from pack.load import read_pack
from pack.model import Pack
from preflight.findings import Rule
from preflight.powerpoint import checks as decks
from tests.conftest import CONTENT

_P = "http://schemas.openxmlformats.org/presentationml/2006/main"

RGBColor: Any = _RGBColor  # its constructor has no types

#: The deck to break: a short one of our content that has lists and a table, as well as pictures.
_SLIDES = """\
    - {layout: title, title: A short talk, text: For tests, minutes: 1, say: Welcome.}
    - {layout: key-points, topics: [what-it-is], minutes: 1}
    - {layout: key-points, topics: [how-it-starts], minutes: 1}
    - {layout: video, videos: [explained], minutes: 5}
    - {layout: section, title: What helps, text: Steps and numbers, minutes: 1, say: What helps.}
    - {layout: path, title: The first steps, steps: [be-there, save, block], minutes: 2}
    - {layout: grid, topics: [online-truths], minutes: 2}
    - {layout: take-home, topics: [advocacy], text: Ask for it, minutes: 1}
    - {layout: help-map, title: Numbers, contacts: [fbi, cybertipline], minutes: 1, say: Call.}
"""

#: Its slides: a list, the next one, a video, steps, a grid, take home, the table of contacts.
LIST, NEXT, VIDEO, STEPS, GRID, HOME, TABLE = 2, 3, 4, 6, 7, 8, 9


@dataclass(frozen=True)
class Broken:
    damage: Callable[[Any], None]
    rule: Rule
    page: int


BROKEN: list[Broken] = []


def short_pack(folder: Path, slides: str = _SLIDES) -> Pack:
    """Our content with other slides, written to a folder so that its places have lines."""
    text = CONTENT.read_text("utf-8")
    file = folder / CONTENT.name
    file.write_text(
        re.sub(r"(?ms)^  slides:\n.*?\n(?=\S)", f"  slides:\n{slides}\n", text), "utf-8"
    )
    return read_pack(file)


def broken(deck: bytes, damage: Callable[[Any], None]) -> bytes:
    """The deck with this damage."""
    presentation = Presentation(BytesIO(deck))
    damage(presentation)
    saved = BytesIO()
    presentation.save(saved)
    return saved.getvalue()


def breaks(rule: Rule, page: int) -> Callable[[Callable[[Any], None]], None]:
    return lambda damage: BROKEN.append(Broken(damage, rule, page))


def slide_of(deck: Any, number: int) -> Any:
    return deck.slides[number - 1]


def shape_on(deck: Any, number: int, name: str = "Text") -> Any:
    return next(shape for shape in slide_of(deck, number).shapes if shape.name == name)


def run_on(deck: Any, number: int, name: str = "Text") -> Any:
    return shape_on(deck, number, name).text_frame.paragraphs[0].runs[0]


def _named(shape: Any) -> Any:
    return shape._element.find(".//{*}cNvPr")


def on_layout(deck: Any, layout: str, name: str) -> Any:
    found = next(one for one in deck.slide_layouts if one.name == layout)
    return next(shape for shape in found.placeholders if shape.name == name)


def _app(deck: Any) -> Any:
    return next(
        part for part in deck.part.package.iter_parts() if part.partname == "/docProps/app.xml"
    )


def _sections(deck: Any) -> Any:
    return deck.part._element.findall(".//{*}sectionLst/{*}section/{*}sldIdLst")


@breaks(decks.TITLE, LIST)
def title_is_empty(deck: Any) -> None:
    shape_on(deck, LIST, "Title").text_frame.clear()


@breaks(decks.TITLE, LIST)
def title_is_no_title_placeholder(deck: Any) -> None:
    shape_on(deck, LIST, "Title")._element.find(".//{*}ph").set("type", "body")


@breaks(decks.UNIQUE_TITLE, NEXT)
def title_is_used_twice(deck: Any) -> None:
    run_on(deck, NEXT, "Title").text = run_on(deck, LIST, "Title").text.upper()


@breaks(decks.ORDER, LIST)
def title_is_read_last(deck: Any) -> None:
    slide_of(deck, LIST).shapes._spTree.append(shape_on(deck, LIST, "Title")._element)


@breaks(decks.ORDER, VIDEO)
def address_is_read_before_the_text_above_it(deck: Any) -> None:
    shape_on(deck, VIDEO)._element.addprevious(shape_on(deck, VIDEO, "Address")._element)


@breaks(decks.ORDER, HOME)
def code_to_the_right_is_read_before_the_text(deck: Any) -> None:
    shape_on(deck, HOME)._element.addprevious(shape_on(deck, HOME, "Code")._element)


@breaks(decks.ORDER, GRID)
def points_of_a_picture_are_read_before_the_title(deck: Any) -> None:
    title = shape_on(deck, GRID, "Title")._element
    title.addprevious(shape_on(deck, GRID, "Point 1")._element)


@breaks(decks.ALT, VIDEO)
def code_has_no_alternative_text(deck: Any) -> None:
    _named(shape_on(deck, VIDEO, "Code")).set("descr", "")


@breaks(decks.ALT, VIDEO)
def alternative_text_is_the_name_of_a_file(deck: Any) -> None:
    _named(shape_on(deck, VIDEO, "Code")).set("descr", "my image 1.PNG")


@breaks(decks.ALT, TABLE)
def alternative_text_of_the_table_says_nothing(deck: Any) -> None:
    _named(shape_on(deck, TABLE, "Table")).set("descr", "Table 4")


@breaks(decks.ALT, STEPS)
def alternative_text_of_a_drawing_says_nothing(deck: Any) -> None:
    named = _named(shape_on(deck, STEPS, "Progress"))
    named.set("descr", "Group 7")
    named.remove(named.find("{*}extLst"))


@breaks(decks.DECORATIVE, LIST)
def bar_is_not_marked_as_decorative(deck: Any) -> None:
    place = Inches(1), Inches(6.7), Inches(3), Inches(0.1)
    slide_of(deck, LIST).shapes.add_shape(MSO_SHAPE.RECTANGLE, *place)


@breaks(decks.DECORATIVE, STEPS)
def drawing_is_not_marked_as_decorative(deck: Any) -> None:
    named = _named(shape_on(deck, STEPS, "Progress"))
    named.remove(named.find("{*}extLst"))


@breaks(decks.LANGUAGE, LIST)
def text_has_no_language(deck: Any) -> None:
    del run_on(deck, LIST)._r.rPr.attrib["lang"]


@breaks(decks.LANGUAGE, LIST)
def text_has_another_language(deck: Any) -> None:
    run_on(deck, LIST)._r.rPr.set("lang", "de-DE")


@breaks(decks.LANGUAGE, TABLE)
def cell_has_another_language(deck: Any) -> None:
    cell = shape_on(deck, TABLE, "Table").table.cell(1, 1)
    cell.text_frame.paragraphs[0].runs[0]._r.rPr.set("lang", "en-GB")


@breaks(decks.LANGUAGE, LIST)
def notes_have_no_language(deck: Any) -> None:
    notes = slide_of(deck, LIST).notes_slide.notes_text_frame
    del notes.paragraphs[0].runs[0]._r.rPr.attrib["lang"]


@breaks(decks.TABLE_HEAD, TABLE)
def head_of_the_table_is_not_flagged(deck: Any) -> None:
    shape_on(deck, TABLE, "Table").table.first_row = False


@breaks(decks.PROPERTIES, 0)
def document_has_no_author(deck: Any) -> None:
    deck.core_properties.author = ""


@breaks(decks.PROPERTIES, 0)
def document_has_no_language(deck: Any) -> None:
    deck.core_properties.language = " "


@breaks(decks.LEFTOVERS, 0)
def library_left_its_name_in_the_document(deck: Any) -> None:
    deck.core_properties.comments = "generated using python-pptx"


@breaks(decks.NOTES, LIST)
def slide_has_no_notes(deck: Any) -> None:
    slide_of(deck, LIST).notes_slide.notes_text_frame.clear()


@breaks(decks.NOTES_MASTER, 0)
def notes_master_is_not_listed(deck: Any) -> None:
    root = deck.part._element
    root.remove(root.find("{*}notesMasterIdLst"))


@breaks(decks.COUNTS, 0)
def file_gives_a_wrong_number_of_slides(deck: Any) -> None:
    app = _app(deck)
    app._blob = re.sub(rb"<Slides>\d+<", b"<Slides>34<", app.blob)


@breaks(decks.COUNTS, 0)
def hidden_slide_is_not_counted(deck: Any) -> None:
    slide_of(deck, LIST)._element.set("show", "0")


@breaks(decks.IDS, NEXT)
def two_slides_have_one_id(deck: Any) -> None:
    listed = deck.slides._sldIdLst.sldId_lst
    listed[NEXT - 1].set("id", listed[LIST - 1].get("id"))


@breaks(decks.IDS, 1)
def id_is_too_small(deck: Any) -> None:
    deck.slides._sldIdLst.sldId_lst[0].set("id", "17")
    _sections(deck)[0][0].set("id", "17")


@breaks(decks.SECTIONS, 0)
def deck_has_no_sections(deck: Any) -> None:
    deck.part._element.remove(deck.part._element.find("{*}extLst"))


@breaks(decks.SECTIONS, LIST)
def slide_is_in_no_section(deck: Any) -> None:
    first = _sections(deck)[0]
    first.remove(first[LIST - 1])


@breaks(decks.SECTIONS, LIST)
def slide_is_in_two_sections(deck: Any) -> None:
    first, second, *_ = _sections(deck)
    second.append(deepcopy(first[LIST - 1]))


@breaks(decks.SECTIONS, 0)
def section_names_a_slide_that_is_gone(deck: Any) -> None:
    first = _sections(deck)[0]
    first.append(deepcopy(first[0]))
    first[-1].set("id", "999")


@breaks(decks.MOTION, LIST)
def slide_has_a_transition(deck: Any) -> None:
    colors = slide_of(deck, LIST)._element.find("{*}clrMapOvr")
    colors.addnext(etree.fromstring(f'<p:transition xmlns:p="{_P}"><p:fade/></p:transition>'))


@breaks(decks.MOTION, TABLE)
def layout_has_an_animation(deck: Any) -> None:
    effect = '<p:animEffect transition="in" filter="fade"/>'
    timing = f'<p:timing xmlns:p="{_P}"><p:tnLst>{effect}</p:tnLst></p:timing>'
    slide_of(deck, TABLE).slide_layout._element.append(etree.fromstring(timing))


@breaks(decks.OUTLINE, LIST)
def text_is_in_no_placeholder(deck: Any) -> None:
    place = Inches(1), Inches(6.2), Inches(3), Inches(0.5)
    run = slide_of(deck, LIST).shapes.add_textbox(*place).text_frame.paragraphs[0].add_run()
    run.text, run.font.size = "Loose", Pt(20)
    run._r.rPr.set("lang", "en-US")


@breaks(decks.EMPTY, LIST)
def placeholder_is_empty(deck: Any) -> None:
    shape_on(deck, LIST).text_frame.clear()


@breaks(decks.OFF_SLIDE, LIST)
def text_runs_over_the_edge(deck: Any) -> None:
    shape_on(deck, LIST).left = Inches(3)
