"""From a template to a tagged PDF (PDF/UA-1): Jinja2 to HTML, WeasyPrint to PDF.

Relies upon the boxes of slots, upon a layout that can be written several times, and upon
`Document.fonts` with each font's `family` and `to_unicode`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pydyf
from weasyprint import CSS, HTML, Document
from weasyprint.formatting_structure.boxes import BlockContainerBox
from weasyprint.text.fonts import FontConfiguration

from handouts import filters
from handouts.html import environment
from handouts.slots import Slot
from handouts.weasy.boxes import misfits, sections
from handouts.weasy.copyfit import Attempt, attempt, loosest
from handouts.weasy.grayscale import greys_of, lift_grounds, to_greys
from handouts.weasy.log import collected
from handouts.weasy.pdfua import finish_tags
from handouts.weasy.svg_logo import printed, printed_svg
from handouts.weasy.svg_text import draw_lines_of_text
from handouts.weasy.url_fetcher import FolderFetcher, Loaded
from handouts.weasy.vertical_justification import spread
from pack import raster
from pack.logos import read_logo
from pack.model import Pack
from pack.pictures import is_svg
from pack.problems import Fault
from pack.svg_sanitizer import read_svg
from pack.theme import TEMPLATES, Setting, load_theme

draw_lines_of_text()

_FOLDER = TEMPLATES / "handouts"
#: Our own faces: those of the sheets, and that of the pictures of slides.
_FACES = (
    "Atkinson Hyperlegible Next",  # and Extended
    "Noto Sans for ",  # Vietnamese, Latin, Arabic
    "Arimo",
)


@dataclass(frozen=True)
class PrintSettings:
    """What a sheet is printed on and how: names of the theme's papers, sizes and inks."""

    paper: str = "letter"
    size: str = "standard"
    inks: tuple[str, ...] = ("color",)


@dataclass(frozen=True)
class Printed:
    """A PDF for each ink, its pages, the step it is set at, and what is wrong with it.

    `layouts` is how often it was laid out until it fitted.

    There is no PDF if it has more pages than declared, or fewer in standard size: large print
    runs on from page to page, and one page less is no harm there. If it is too long, `over` is by
    how many lines, and `blocks` are the places of its parts with their lengths in lines, the
    longest first.
    """

    data: Mapping[str, bytes]
    pages: int
    step: Setting
    complaints: tuple[Fault, ...]
    layouts: int = 1
    over: int = 0
    blocks: tuple[tuple[int, int], ...] = ()
    slots: tuple[Slot, ...] = ()


def print_pdf(
    html: str,
    template: str,
    pack: Pack,
    form: PrintSettings,
    declared: int | None = None,
    first: Setting | None = None,
) -> Printed:
    """A filled template as PDF; pictures are named from the pack's folder.

    `declared` is how many pages it must have: it is set as loosely as that allows, and its parts
    share the room that is left. `first` is the step to try first. None stands for any number,
    set as designed.
    """
    size = load_theme().sizes[form.size]
    fonts, sheets = _styles(template, form.paper, form.size)
    parsed = HTML(
        string=html,
        base_url=f"{pack.folder.resolve()}/",
        url_fetcher=FolderFetcher([*pack.folders, TEMPLATES], dict(_drawings(pack))),
    )
    complaints: list[Fault] = []
    layouts = 0

    def lay_out(step: Setting) -> Attempt:
        nonlocal layouts
        layouts += 1
        complaints.clear()
        with collected(complaints):
            document = parsed.render(
                font_config=fonts,
                stylesheets=[*sheets, _step_style(step)],
                pdf_variant="pdf/ua-1",
                pdf_tags=True,
            )
        return attempt(document, declared or len(document.pages))

    number = size.steps.index(first) if first in size.steps else size.designed
    if declared:
        number, one = loosest(size.steps, number, lay_out)
    else:
        one = lay_out(size.steps[number])
    document, step = one.document, size.steps[number]
    pages = len(document.pages)
    complaints += () if declared and pages > declared else misfits(document)
    too_few = form.size == "standard" and pages < (declared or pages)
    if complaints or too_few or pages > (declared or pages):
        over = round(max((-area.room for area in one.areas), default=0) / _pixels(step) + 0.5)
        blocks = _blocks(document, step)
        return Printed({}, pages, step, tuple(complaints), layouts, max(over, 0), blocks)
    if declared:
        spread(document)
    data = {ink: _write(document, ink, complaints) for ink in form.inks}
    slots = tuple(_slots(document))
    return Printed(data, pages, step, tuple(complaints), layouts, slots=slots)


def _drawings(pack: Pack) -> Iterator[tuple[Path, Loaded]]:
    """The SVG pictures of a pack as they are printed: safe, and as other programs draw them."""
    for name in (pack.publisher.logo, *(video.poster for video in pack.videos.values())):
        if name and is_svg(file := (pack.folder / name).resolve()):
            svg = read_svg(file)
            yield file, printed_svg(svg, raster.shown(svg))
    if pack.school and pack.school.logo:
        file = (pack.folder / pack.school.logo).resolve()
        if is_svg(file):
            yield file, printed(read_logo(file))


def _slots(document: Document) -> Iterator[Slot]:
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants():
            # Lines have the element of the block that they are in.
            if isinstance(box, BlockContainerBox) and "data-slot" in getattr(
                box.element, "attrib", ()
            ):
                left, top = box.content_box_x(), box.content_box_y()
                right, bottom = left + box.width, top + box.height
                edges = left, page.height - bottom, right, page.height - top
                yield Slot(number, *(edge * 0.75 for edge in edges))


def _write(document: Document, ink: str, complaints: list[Fault]) -> bytes:
    greys = greys_of(ink)
    if greys:
        lift_grounds(document)

    def finish(document: Any, pdf: pydyf.PDF) -> None:
        finish_tags(document, pdf)
        complaints.extend(_strange_characters(document))
        if greys:
            to_greys(pdf, greys)

    with collected(complaints):
        data: bytes = document.write_pdf(finisher=finish, pdf_variant="pdf/ua-1", pdf_tags=True)
    return data


def _blocks(document: Document, step: Setting) -> tuple[tuple[int, int], ...]:
    """The parts of a sheet apart from its head and foot: place and length in lines."""
    lengths: dict[Any, float] = {}
    for section in sections(document):
        for part in section.parts:
            if part.element_tag not in ("header", "footer", "p"):
                lengths[part.element] = lengths.get(part.element, 0) + part.border_height()
    counted = [
        (number, round(length / _pixels(step))) for number, length in enumerate(lengths.values())
    ]
    return tuple(sorted(counted, key=lambda one: -one[1]))


def _pixels(step: Setting) -> float:
    """The height of a line of text in CSS pixels."""
    return step.line * 4 / 3


def prepare(pack: Pack) -> None:
    """Do what every process that prints would do first: before they are forked, it is done once.

    Not the faces: a font configuration that is made before a fork finds none that is added after.
    """
    filters.published(pack)
    for name in ("sheet", "parts"):
        environment().get_template(f"{name}.html.j2")


@cache
def _base_styles() -> tuple[FontConfiguration, CSS]:
    """The face, colors and common style: read once for each process."""
    fonts = FontConfiguration()
    colors = "".join(f"--{name}:{value};" for name, value in load_theme().colors.items())
    css = f"html{{{colors}}}" + (_FOLDER / "sheet.css").read_text("utf-8")
    return fonts, _css(css, fonts)


@cache
def _styles(template: str, paper: str, size: str) -> tuple[FontConfiguration, tuple[CSS, ...]]:
    """The style of a template on a paper; later sheets win over earlier ones."""
    fonts, base = _base_styles()
    width, height = load_theme().papers[paper]
    files = [_FOLDER / f"{name}.css" for name in (template, paper, size)]
    own = [file.read_text("utf-8") for file in files if file.exists()]
    texts = [f"@page {{ size: {width}pt {height}pt }}", *own]
    return fonts, (base, *(_css(text, fonts) for text in texts))


@cache
def _step_style(step: Setting) -> CSS:
    """The factors that the style sheets multiply their sizes and spaces with."""
    text, lead = step.text / 11, step.leading / 1.42
    factors = {"text": text, "lead": lead, "line": text * lead, "space": step.space}
    css = "".join(f"--{name}:{value:.5g};" for name, value in factors.items())
    return _css(f"html{{{css}}}", _base_styles()[0])


def _css(text: str, fonts: FontConfiguration) -> CSS:
    complaints: list[Fault] = []
    with collected(complaints):
        css = CSS(
            string=text,
            base_url=f"{_FOLDER}/",
            font_config=fonts,
            url_fetcher=FolderFetcher([TEMPLATES]),
        )
    if complaints:
        raise RuntimeError(f"a style sheet is broken: {'; '.join(one.what for one in complaints)}")
    return css


def _strange_characters(document: Any) -> Iterator[Fault]:
    """Text that our faces can't set, which another face from this machine stood in for."""
    for font in document.fonts.values():
        if not font.family.startswith(_FACES):
            characters = " ".join(sorted(set("".join(font.to_unicode.values()))))
            yield Fault(
                f"our typeface has no sign for: {characters}",
                "Replace these characters in the text that this sheet shows.",
            )
