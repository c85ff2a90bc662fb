"""A pack's deck as a PowerPoint file: `render(pack) -> bytes`."""

import datetime
import io
from collections.abc import Sequence
from typing import Any

from PIL import Image
from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR
from pptx.slide import Slide, SlideLayout
from pptx.util import Emu, Inches, Pt

from slides import openxml
from slides.plan import Code, Content, plan
from source import inline, qr
from source.inline import Runs
from source.model import Pack
from source.theme import TEMPLATES

#: Pixels for a module of a QR code: enough for a wall-sized picture.
_PIXELS = 16


def render(pack: Pack) -> bytes:
    """The pack's deck as PPTX. A pure function: the same input gives the same bytes."""
    presentation = Presentation(str(TEMPLATES / "slides" / "theme.pptx"))
    layouts = {layout.name: layout for layout in presentation.slide_layouts}
    footer = f"{inline.plain(pack.publisher.name)} · {inline.plain(pack.pack.title)}"
    language = pack.pack.language
    if "-" not in language:
        language = f"{language}-{pack.pack.region}"
    for content in plan(pack):
        slide = _add(presentation, layouts[content.layout], content)
        openxml.add_foot(slide, footer)
        openxml.set_language(slide, language)
    _describe(presentation, pack, language)
    return openxml.to_bytes(presentation, pack.pack.revised)


def _add(presentation: Any, layout: SlideLayout, content: Content) -> Slide:
    slide: Slide = presentation.slides.add_slide(layout)
    openxml.follow_layout_colors(slide)
    names = {shape.placeholder_format.idx: shape.name for shape in _placeholders(layout)}
    for shape in _placeholders(slide):
        name = names[shape.placeholder_format.idx]
        shape.name = name
        if name == "Title":
            shape.text_frame.text = content.title
        elif name == "Code" and content.code:
            _insert_code(shape, content.code)
        elif name == "Table" and content.table:
            _insert_table(shape, content)
        elif content.texts.get(name):
            _write(shape.text_frame, content.texts[name])
            if name == "Steps":
                openxml.number_from(shape, content.first_number)
        else:
            shape._element.getparent().remove(shape._element)
    _spread([shape for shape in slide.placeholders if shape.name.startswith("Line ")])
    if content.notes:
        frame = slide.notes_slide.notes_text_frame
        if frame is not None:
            frame.text = "\n".join(content.notes)
    return slide


def _placeholders(slide: Slide | SlideLayout) -> list[Any]:
    placeholders: Any = slide.placeholders
    return list(placeholders)


def _spread(bubbles: Sequence[Any]) -> None:
    """Share the height that the layout gives to spoken lines among those that are said."""
    if not bubbles:
        return
    layout = bubbles[0]._base_placeholder
    top, bottom, gap = layout.top, Inches(6.7), Inches(0.2)
    height = min(Inches(1.1), (bottom - top + gap) // len(bubbles) - gap)
    for number, bubble in enumerate(bubbles):
        openxml.copy_shape(bubble._base_placeholder, bubble)
        bubble.left, bubble.width = layout.left, layout.width
        bubble.top, bubble.height = top + number * (height + gap), height


def _write(frame: Any, paragraphs: Sequence[Runs]) -> None:
    for number, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        _write_runs(paragraph, runs)


def _write_runs(paragraph: Any, runs: Runs) -> None:
    for piece in runs:
        if piece.text == "\n":
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
    openxml.set_alt(frame, content.title)
    table = frame.table
    table.first_row, table.horz_banding = True, False
    width = sum(column.width for column in table.columns)
    table.columns[0].width = Emu(width // 2)
    table.columns[1].width = Emu(width - table.columns[0].width)
    for y, row in enumerate(rows):
        table.rows[y].height = Inches(0.42 if y == 0 else 0.72)
        for x, paragraphs in enumerate(row):
            _fill_cell(table.cell(y, x), paragraphs, head=y == 0, size=24 if y and not x else 20)


def _fill_cell(cell: Any, paragraphs: Sequence[Runs], *, head: bool, size: int) -> None:
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = Inches(0.12)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.fill.solid()
    ground = MSO_THEME_COLOR.TEXT_2 if head else MSO_THEME_COLOR.BACKGROUND_1
    cell.fill.fore_color.theme_color = ground
    _write(cell.text_frame, [_spaced(paragraphs)])
    for paragraph in cell.text_frame.paragraphs:
        paragraph.font.size = Pt(size)
        paragraph.font.bold = head
        paragraph.font.color.theme_color = (
            MSO_THEME_COLOR.BACKGROUND_1 if head else MSO_THEME_COLOR.TEXT_1
        )


def _spaced(paragraphs: Sequence[Runs]) -> Runs:
    """The lines of a cell side by side."""
    runs: list[inline.Run] = []
    for line in paragraphs:
        runs += [inline.Run("   ")] if runs else []
        runs += line
    return tuple(runs)


def _describe(presentation: Any, pack: Pack, language: str) -> None:
    properties = presentation.core_properties
    day = datetime.datetime.combine(pack.pack.revised, datetime.time())
    properties.title = inline.plain(pack.deck.title if pack.deck else pack.pack.title)
    properties.author = inline.plain(pack.publisher.name)
    properties.last_modified_by = inline.plain(pack.publisher.name)
    properties.subject = inline.plain(pack.pack.description)
    properties.language = language
    properties.created = properties.modified = day
