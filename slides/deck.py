"""A pack's deck as a PowerPoint file: `render(DeckDraft(pack)) -> bytes`."""

import datetime
import io
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.slide import Slide
from pptx.util import Emu, Pt

from pack import markdown
from pack.errors import template_errors
from pack.html import titled
from pack.model import Pack
from pack.scripts import script_of
from slides import pptx_xml, school
from slides.composition import LayoutChoice
from slides.content import Movie, QrCode, SlideContent
from slides.direction import is_right_to_left
from slides.draft import DeckDraft
from slides.fit import (
    CELL_MARGIN,
    CELL_SIZE,
    MOVIE_HEIGHT,
    REACH_SIZE,
    head_height,
    movie_place,
    row_height,
)
from slides.layout import open_template
from slides.raster import code_png, fitted, logo_image, poster_image
from slides.slide_xml import Relate, add_slide, paragraphs, relate_from, set_paragraphs
from slides.slots import shows_school
from slides.typefaces import ARIAL


def render(draft: DeckDraft) -> bytes:
    """A deck as PPTX. A pure function: the same input gives the same bytes.

    Raises `ContentError` if a text does not fit on its slide, `TemplateError` if the template
    has no suitable layout.
    """
    with template_errors(draft.template):
        return _rendered(draft)


def _rendered(draft: DeckDraft) -> bytes:
    pack, composed = draft.pack, draft.composition
    presentation = open_template(draft.template)
    chosen, slides = composed.chosen, composed.slides
    footer = f"{markdown.plain(pack.publisher.name)} · {markdown.plain(pack.about.title)}"
    state = markdown.plain(pack.labels.draft) if pack.is_draft else ""
    language = pack.locale
    for content in slides:
        slide = add_slide(
            presentation,
            chosen[content.layout],
            content,
            footer,
            language,
            state,
            mirrored=draft.is_mirrored,
        )
        _add_rest(slide, chosen[content.layout], content, language)
    if composed.head:
        _fill_head(presentation.slide_master, composed.head, language)
        if logo := school.logo(pack):
            pptx_xml.add_logo(presentation.slide_master, logo_image(logo.file), logo.alt)
    if draft.is_mirrored:
        pptx_xml.mirror(presentation)
    script = script_of(language)
    if not draft.template and script.slot != "latin":
        pptx_xml.set_typeface(presentation, script.slot, script.typeface)
    ids = pptx_xml.keep_ids(presentation, [content.key for content in slides])
    pptx_xml.add_sections(presentation, list(_sections(slides, ids)))
    pptx_xml.list_notes_master(presentation)
    pptx_xml.add_view_properties(presentation)
    pptx_xml.describe_file(presentation, sum(content.hidden for content in slides))
    _describe(presentation, pack, language)
    return pptx_xml.to_bytes(presentation, pack.about.revised, _last(presentation, slides))


def _fill_head(master: Any, head: SlideContent, language: str) -> None:
    """Write what differs from school to school into the master's boxes, by their names."""
    for name, lines in head.texts.items():
        if box := pptx_xml.box_of(master, name):
            text = paragraphs(lines, language, relate_from(master.part))
            set_paragraphs(box.text_frame._txBody, text)


def _last(presentation: Any, slides: Sequence[SlideContent]) -> set[str]:
    """The parts that show the school. They go last, after what is the same for every school."""
    shown = map(shows_school, slides)
    parts = [slide.part for slide in compress(presentation.slides, shown)]
    parts.append(presentation.slide_master.part)
    logos = {
        relation.target_part.partname
        for part in parts
        for relation in part.rels.values()
        if relation.reltype == RT.IMAGE
    }
    names = {part.partname for part in parts}
    return names | {name.rels_uri for name in names} | logos


def _sections(
    contents: Sequence[SlideContent], ids: Sequence[int]
) -> Iterator[tuple[str, Sequence[int]]]:
    """The sections and the ids of their slides; the first section takes all slides before it."""
    name, members = contents[0].section or contents[0].title.text, [ids[0]]
    for content, number in zip(contents[1:], ids[1:], strict=True):
        if content.section:
            yield name, members
            name, members = content.section, []
        members.append(number)
    yield name, members


def _add_rest(slide: Slide, chosen: LayoutChoice, content: SlideContent, language: str) -> None:
    """Add what a slide has besides text: its code, its table, its video, its logo."""
    if content.code:
        png = io.BytesIO(code_png(content.code.address))
        if frame := content.frames.get("Code"):
            place = [Pt(side) for side in (frame.left, frame.top, frame.width, frame.width)]
            picture = slide.shapes.add_picture(png, *place)
        else:
            picture = _placeholder(slide, "Code").insert_picture(png)
        _describe_code(picture, content.code)
    if content.table:
        rows, columns = len(content.table), len(content.table[0])
        if frame := content.frames.get("Table"):
            place = [Pt(side) for side in (frame.left, frame.top, frame.width, frame.height)]
            table: Any = slide.shapes.add_table(rows, columns, *place)
        else:
            table = _placeholder(slide, "Table").insert_table(rows, columns)
        _fill_table(table, content, chosen, language, relate_from(slide.part))
    if content.movie:
        _insert_movie(slide, content.movie, content, chosen)
    if content.logo and (room := chosen.logo_room):
        logo = logo_image(content.logo.file)
        where = map(Emu, fitted(room, logo.ratio))
        shape = slide.shapes.add_picture(io.BytesIO(logo.data), *where)
        shape.name = "Logo"
        pptx_xml.set_alt(shape, content.logo.alt)
        pptx_xml.set_background(shape._element)
        # It is at the top, so it is read right after the title.
        _placeholder(slide, "Title")._element.addnext(shape._element)
        if chosen.layout.is_dark:
            pptx_xml.add_plate(shape._element, room, slide.shapes._next_shape_id)


def _placeholder(slide: Slide, name: str) -> Any:
    placeholders: Any = slide.placeholders
    return next(shape for shape in placeholders if shape.name == name)


def _insert_movie(slide: Slide, movie: Movie, content: SlideContent, chosen: LayoutChoice) -> None:
    """Put a video on its slide."""
    above = _placeholder(slide, "Text" if content.frames else "Title")
    left, top = movie_place(content, content.frames or chosen.layout.frames)
    shape = slide.shapes.add_movie(
        str(movie.file),
        Pt(left),
        Pt(top),
        Pt(MOVIE_HEIGHT * 16 / 9),
        Pt(MOVIE_HEIGHT),
        poster_frame_image=poster_image(movie.poster),
        mime_type="video/mp4",
    )
    shape.name = "Movie"
    pptx_xml.set_alt(shape, movie.alt)
    above._element.addnext(shape._element)  # it is read at its place on the slide


def _describe_code(picture: Any, code: QrCode) -> None:
    picture.name = "Code"
    picture.click_action.hyperlink.address = code.address
    pptx_xml.set_alt(picture, code.alt)


def _fill_table(
    frame: Any, content: SlideContent, chosen: LayoutChoice, language: str, relate: Relate
) -> None:
    scale = chosen.layout.scale
    face = content.frames["Table"].face if content.frames else ARIAL
    # A foreign theme's second text color need not contrast with its background.
    head = chosen.ink if chosen.merged else "tx2"
    frame.name = "Table"
    pptx_xml.set_alt(frame, content.title.text)
    table = frame.table
    table.first_row, table.horz_banding = True, False
    if is_right_to_left(language):
        table._tbl.tblPr.set("rtl", "1")  # its first column is the right one
    for y, row in enumerate(content.table):
        measure = row_height if y else head_height
        table.rows[y].height = Pt(measure(row, frame.width / Pt(1), scale, face))
        for x, lines in enumerate(row):
            cell = table.cell(y, x)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.margin_left = cell.margin_right = Pt(CELL_MARGIN * scale)
            cell.margin_top = cell.margin_bottom = Pt(CELL_MARGIN * scale / 4)
            cell.fill.solid()
            _color(cell.fill.fore_color, chosen.paper if y else head)
            text = paragraphs(
                lines,
                language,
                relate,
                size=scale * (CELL_SIZE if x or not y else REACH_SIZE),
                bold=not y,
                color=chosen.ink if y else chosen.paper,
                plain_links=chosen.merged,
                plain=chosen.merged,
                starts=True,
            )
            set_paragraphs(cell.text_frame._txBody, text)


def _color(format: Any, color: str) -> None:
    """Set a color, given as a name in the color scheme or as "RRGGBB"."""
    if len(color) == len("RRGGBB"):
        rgb: Any = RGBColor  # python-pptx has no types here
        format.rgb = rgb.from_string(color)
    else:
        format.theme_color = MSO_THEME_COLOR.from_xml(color)


def _describe(presentation: Any, pack: Pack, language: str) -> None:
    properties = presentation.core_properties
    day = datetime.datetime.combine(pack.about.revised, datetime.time())
    properties.title = titled(pack.deck.title if pack.deck else pack.about.title, pack)
    properties.author = markdown.plain(pack.publisher.name)
    properties.last_modified_by = markdown.plain(pack.publisher.name)
    properties.subject = markdown.plain(pack.about.description)
    properties.language = language
    # What a template says about itself is not true for the deck.
    properties.comments = properties.keywords = properties.category = ""
    properties.created = properties.modified = day
