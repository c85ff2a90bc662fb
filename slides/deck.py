"""A pack's deck as a PowerPoint file: `render(pack) -> bytes`."""

import datetime
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from PIL import Image
from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR
from pptx.slide import Slide, SlideLayout
from pptx.util import Pt

from slides import openxml
from slides.fit import (
    CELL_MARGIN,
    CELL_SIZE,
    HEAD_ROW,
    MOVIE_HEIGHT,
    REACH_SIZE,
    bubble_height,
    fit,
    row_height,
)
from slides.frames import Layout, measure
from slides.picture import picture
from slides.plan import BREAK, Code, Content, Line, Movie, plan
from source import inline, qr
from source.items import School
from source.model import Pack
from source.theme import TEMPLATES

_TEMPLATE = TEMPLATES / "slides" / "theme.pptx"

#: Pixels for a module of a QR code: enough for a wall-sized picture.
_PIXELS = 16


def render(pack: Pack) -> bytes:
    """The pack's deck as PPTX. A pure function: the same input gives the same bytes.

    Raises `ContentError` if a text does not fit on its slide.
    """
    presentation = Presentation(str(_TEMPLATE))
    layouts = {layout.name: layout for layout in presentation.slide_layouts}
    names = {
        name: {shape.placeholder_format.idx: shape.name for shape in _placeholders(layout)}
        for name, layout in layouts.items()
    }
    slides = contents(pack)
    footer = f"{inline.plain(pack.publisher.name)} · {inline.plain(pack.pack.title)}"
    language = pack.pack.language
    if "-" not in language:
        language = f"{language}-{pack.pack.region}"
    for content in slides:
        slide = _add(presentation, layouts[content.layout], names[content.layout], content)
        openxml.add_foot(slide, footer)
        openxml.set_language(slide, language)
    if school := pack.school:
        texts = {"school.name": school.name, "school.contact": _reach(school)}
        openxml.fill_slots(presentation.slide_master, texts)
    ids = openxml.keep_ids(presentation, [content.key for content in slides])
    openxml.add_sections(presentation, list(_sections(slides, ids)))
    openxml.describe_file(presentation, sum(content.hidden for content in slides))
    _describe(presentation, pack, language)
    return openxml.to_bytes(presentation, pack.pack.revised)


def contents(pack: Pack) -> tuple[Content, ...]:
    """What stands on each slide of the deck, at sizes at which it fits.

    Raises `ContentError` if a text does not fit on its slide.
    """
    return fit(plan(pack), _layouts(), pack.labels.continued, pack.origin)


def pictures(pack: Pack) -> list[tuple[Content, str]]:
    """Each slide, and a picture of it as SVG."""
    alt = pack.labels.slide_alt
    return [
        (
            content,
            picture(
                content,
                _layouts()[content.layout],
                alt.replace("{number}", str(number)).replace("{title}", content.title.text),
            ),
        )
        for number, content in enumerate(contents(pack), start=1)
    ]


@cache
def _layouts() -> Mapping[str, Layout]:
    """The layouts of our template, by name."""
    layouts = Presentation(str(_TEMPLATE)).slide_layouts
    return {layout.name: measure(layout) for layout in layouts}


def _reach(school: School) -> str:
    return f"{school.contact} · {school.phone}" if school.phone else school.contact


def count_slides(deck: bytes) -> int:
    """How many slides a PPTX has."""
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        return sum(name.startswith("ppt/slides/slide") for name in package.namelist())


def _sections(
    contents: Sequence[Content], ids: Sequence[int]
) -> Iterator[tuple[str, Sequence[int]]]:
    """The sections and the ids of their slides; slides before the first one start it."""
    name, members = contents[0].title.text, [ids[0]]
    for content, number in zip(contents[1:], ids[1:], strict=True):
        if content.section:
            yield name, members
            name, members = content.section, []
        members.append(number)
    yield name, members


def _add(
    presentation: Any, layout: SlideLayout, names: Mapping[int, str], content: Content
) -> Slide:
    """Add a slide; `names` are the layout's placeholders by their index."""
    slide: Slide = presentation.slides.add_slide(layout)
    openxml.follow_layout_colors(slide)
    bubbles = []
    for shape in _placeholders(slide):
        name = shape.name = names[shape.placeholder_format.idx]
        if name == "Code" and content.code:
            _insert_code(shape, content.code)
        elif name == "Table" and content.table:
            _insert_table(shape, content)
        elif lines := {"Title": (content.title,), **content.texts}.get(name):
            _write(shape.text_frame, lines)
            if name == "Steps":
                openxml.number_from(shape, content.first_number)
            if name in content.sizes:
                openxml.set_size(shape, content.sizes[name])
            if name.startswith("Line "):
                bubbles.append(shape)
            elif name in content.heights:
                openxml.set_height(shape, content.heights[name])
        else:
            shape._element.getparent().remove(shape._element)
    _spread(bubbles)
    if content.movie:
        _insert_movie(slide, content.movie)
    if content.hidden:
        openxml.hide(slide)
    # Every slide has a notes page, so that a presenter can always add to it.
    frame = slide.notes_slide.notes_text_frame
    if frame is not None and content.notes:
        frame.text = "\n".join(content.notes)
    return slide


def _placeholders(slide: Slide | SlideLayout) -> list[Any]:
    placeholders: Any = slide.placeholders
    return list(placeholders)


def _spread(bubbles: Sequence[Any]) -> None:
    """Share the room for spoken lines among those that are said."""
    top = bubbles[0]._base_placeholder.top if bubbles else 0
    height = Pt(bubble_height(len(bubbles))) if bubbles else 0
    for number, bubble in enumerate(bubbles):
        layout = bubble._base_placeholder
        openxml.copy_shape(layout, bubble)
        bubble.left, bubble.width = layout.left, layout.width
        bubble.top, bubble.height = top + number * (height + Pt(14)), height


def _write(frame: Any, lines: Sequence[Line]) -> None:
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        for piece in line.runs:
            if piece == BREAK:
                paragraph.add_line_break()
                continue
            run = paragraph.add_run()
            run.text = piece.text
            if piece.bold:
                run.font.bold = True
            if piece.italic:
                run.font.italic = True
            if piece.link:
                run.hyperlink.address = piece.link


def _insert_movie(slide: Slide, movie: Movie) -> None:
    """Put a video under the slide's text."""
    text = next(shape for shape in _placeholders(slide) if shape.name == "Text")
    shape = slide.shapes.add_movie(
        str(movie.file),
        text.left,
        text.top + text.height + Pt(12),
        Pt(MOVIE_HEIGHT * 16 / 9),
        Pt(MOVIE_HEIGHT),
        poster_frame_image=str(movie.poster),
        mime_type="video/mp4",
    )
    shape.name = "Movie"
    openxml.set_alt(shape, movie.alt)


def _insert_code(placeholder: Any, code: Code) -> None:
    name = placeholder.name
    picture = placeholder.insert_picture(io.BytesIO(_png(code.address)))
    picture.name = name
    picture.click_action.hyperlink.address = code.address
    openxml.set_alt(picture, code.alt)


def _png(address: str) -> bytes:
    """A QR code with its quiet zone, one bit a pixel."""
    rows = qr.matrix(address)
    size = len(rows) + 2 * qr.QUIET_ZONE
    image = Image.new("1", (size, size), 1)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + qr.QUIET_ZONE, y + qr.QUIET_ZONE), 0)
    out = io.BytesIO()
    image.resize((size * _PIXELS,) * 2, Image.Resampling.NEAREST).save(out, "PNG", optimize=True)
    return out.getvalue()


def _insert_table(placeholder: Any, content: Content) -> None:
    name, rows = placeholder.name, content.table
    frame = placeholder.insert_table(len(rows), len(rows[0]))
    frame.name = name
    openxml.set_alt(frame, content.title.text)
    table = frame.table
    table.first_row, table.horz_banding = True, False
    for y, row in enumerate(rows):
        table.rows[y].height = Pt(row_height(row, frame.width / Pt(1)) if y else HEAD_ROW)
        for x, lines in enumerate(row):
            _fill_cell(table.cell(y, x), lines, head=y == 0, size=CELL_SIZE if x else REACH_SIZE)


def _fill_cell(cell: Any, lines: Sequence[Line], *, head: bool, size: float) -> None:
    ground, ink = MSO_THEME_COLOR.BACKGROUND_1, MSO_THEME_COLOR.TEXT_1
    if head:
        ground, ink, size = MSO_THEME_COLOR.TEXT_2, ground, CELL_SIZE
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = Pt(CELL_MARGIN)
    cell.margin_top = cell.margin_bottom = Pt(CELL_MARGIN / 4)
    cell.fill.solid()
    cell.fill.fore_color.theme_color = ground
    _write(cell.text_frame, lines)
    for paragraph in cell.text_frame.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(size)
            run.font.bold = head or run.font.bold
            if not run.hyperlink.address:
                run.font.color.theme_color = ink


def _describe(presentation: Any, pack: Pack, language: str) -> None:
    properties = presentation.core_properties
    day = datetime.datetime.combine(pack.pack.revised, datetime.time())
    properties.title = inline.plain(pack.deck.title if pack.deck else pack.pack.title)
    properties.author = inline.plain(pack.publisher.name)
    properties.last_modified_by = inline.plain(pack.publisher.name)
    properties.subject = inline.plain(pack.pack.description)
    properties.language = language
    properties.created = properties.modified = day
