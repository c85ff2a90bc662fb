"""A pack's deck as a PowerPoint file: `render(pack) -> bytes`."""

import datetime
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from PIL import Image
from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR
from pptx.exc import PythonPptxError
from pptx.slide import Slide, SlideLayout
from pptx.util import Pt

from slides import openxml
from slides.adopt import Chosen, TemplateError, beside_code, choose, merge
from slides.content import BREAK, Code, Content, Line, Movie
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
from slides.plan import plan
from source import inline, qr
from source.items import School
from source.model import Pack
from source.theme import TEMPLATES

_TEMPLATE = TEMPLATES / "slides" / "theme.pptx"

#: The side of a QR code on a template of others, in parts of the slide's height.
_CODE = 0.52

#: Pixels for a module of a QR code: enough for a wall-sized picture.
_PIXELS = 16


def render(pack: Pack, template: Path | None = None) -> bytes:
    """The pack's deck as PPTX. A pure function: the same input gives the same bytes.

    `template` is another PowerPoint file to build on. Raises `ContentError` if a text does not
    fit on its slide, `TemplateError` if the template lacks a layout.
    """
    presentation = _open(template or _TEMPLATE)
    planned = plan(pack)
    chosen = choose(presentation, _wanted(planned))
    slides = _fitted(pack, planned, chosen)
    footer = f"{inline.plain(pack.publisher.name)} · {inline.plain(pack.pack.title)}"
    language = pack.pack.language
    if "-" not in language:
        language = f"{language}-{pack.pack.region}"
    for content in slides:
        slide = _add(presentation, chosen[content.layout], content)
        openxml.add_foot(slide, footer)
        openxml.set_language(slide, language)
    if school := pack.school:
        texts = {"school.name": school.name, "school.contact": _reach(school)}
        openxml.fill_slots(presentation.slide_master, texts)
    ids = openxml.keep_ids(presentation, [content.key for content in slides])
    openxml.add_sections(presentation, list(_sections(slides, ids)))
    openxml.list_notes_master(presentation)
    openxml.add_view_properties(presentation)
    openxml.describe_file(presentation, sum(content.hidden for content in slides))
    _describe(presentation, pack, language)
    return openxml.to_bytes(presentation, pack.pack.revised)


def contents(pack: Pack) -> tuple[Content, ...]:
    """What stands on each slide of the deck, at sizes at which it fits.

    Raises `ContentError` if a text does not fit on its slide.
    """
    return fit(plan(pack), _layouts(), pack.labels.continued, pack.origin)


def check(pack: Pack, template: Path) -> None:
    """Raises `TemplateError` if a file lacks a layout that the pack's deck needs."""
    choose(_open(template), _wanted(plan(pack)))


def _open(template: Path) -> Any:
    """A template without its slides. Raises `TemplateError` if it is none."""
    try:
        presentation: Any = Presentation(str(template))
    except (OSError, KeyError, ValueError, PythonPptxError, BadZipFile):
        raise TemplateError(f"{template} can't be opened as a PowerPoint file (.pptx).") from None
    openxml.remove_slides(presentation)
    return presentation


def _wanted(planned: Sequence[Content]) -> dict[str, set[str]]:
    """The placeholders that the slides need, by layout."""
    wanted: dict[str, set[str]] = {}
    for content in planned:
        needed = wanted.setdefault(content.layout, {"Title"})
        needed |= {name for name, lines in content.texts.items() if lines}
        needed |= {"Code"} if content.code else set()
        needed |= {"Table"} if content.table else set()
    return wanted


def _fitted(
    pack: Pack, planned: Sequence[Content], chosen: Mapping[str, Chosen]
) -> tuple[Content, ...]:
    """The slides, in the template's layouts, at sizes at which they fit."""
    with_code = {content.layout for content in planned if content.code}
    looks = {}
    for name, one in chosen.items():
        looks[name] = one.look
        if one.merged and name in with_code:
            looks[name] = beside_code(one.look, one.height * _CODE)
    placed = [merge(one) if chosen[one.layout].merged else one for one in planned]
    fitted = fit(placed, looks, pack.labels.continued, pack.origin)
    return tuple(
        replace(one, frames=looks[one.layout].frames) if chosen[one.layout].merged else one
        for one in fitted
    )


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


def _add(presentation: Any, chosen: Chosen, content: Content) -> Slide:
    slide: Slide = presentation.slides.add_slide(chosen.layout)
    openxml.follow_layout_colors(slide)
    texts = {"Title": (content.title,), **content.texts}
    bubbles = []
    added: list[Any] = list(slide.shapes)
    for shape, name in zip(added, chosen.slots, strict=True):
        shape.name = name or shape.name
        if name == "Code" and content.code:
            _insert_code(shape.insert_picture, name, content.code)
        elif name == "Table" and content.table:
            rows, columns = len(content.table), len(content.table[0])
            _fill_table(shape.insert_table(rows, columns), content)
        elif lines := texts.get(name or ""):
            _write(shape.text_frame, lines)
            _place(shape, str(name), content)
            if str(name).startswith("Line "):
                bubbles.append(shape)
        else:
            shape._element.getparent().remove(shape._element)
    _spread(bubbles)
    if content.frames:
        _add_without_placeholder(slide, content)
    if content.movie:
        _insert_movie(slide, content.movie)
    if content.hidden:
        openxml.hide(slide)
    # Every slide has a notes page, so that a presenter can always add to it.
    frame = slide.notes_slide.notes_text_frame
    if frame is not None and content.notes:
        frame.text = "\n".join(content.notes)
    return slide


def _place(shape: Any, name: str, content: Content) -> None:
    """Give a placeholder the size of text, the height and the numbers that its slide needs."""
    if name == "Steps":
        openxml.number_from(shape, content.first_number)
    if frame := content.frames.get(name):
        openxml.set_place(shape, frame)
        openxml.set_size(shape, content.sizes.get(name, frame.size))
    elif name in content.sizes:
        openxml.set_size(shape, content.sizes[name])
    if name in content.heights and not name.startswith("Line "):
        openxml.set_height(shape, content.heights[name])


def _add_without_placeholder(slide: Slide, content: Content) -> None:
    """The code and the table, where a foreign template has no placeholder for them."""
    if content.code:
        frame = content.frames["Code"]
        place = [Pt(one) for one in (frame.left, frame.top, frame.width, frame.width)]
        _insert_code(lambda png: slide.shapes.add_picture(png, *place), "Code", content.code)
    if content.table:
        frame = content.frames["Table"]
        place = [Pt(one) for one in (frame.left, frame.top, frame.width, frame.height)]
        rows, columns = len(content.table), len(content.table[0])
        _fill_table(slide.shapes.add_table(rows, columns, *place), content)


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


def _insert_code(insert: Callable[[io.BytesIO], Any], name: str, code: Code) -> None:
    picture = insert(io.BytesIO(_png(code.address)))
    picture.name = name
    picture.click_action.hyperlink.address = code.address
    openxml.set_alt(picture, code.alt)


@lru_cache(maxsize=64)
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


def _fill_table(frame: Any, content: Content) -> None:
    rows = content.table
    frame.name = "Table"
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
