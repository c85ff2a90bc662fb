"""From a filled-in template to a tagged PDF (PDF/UA-1), with WeasyPrint.

Relies on the boxes of slots, on `Document.fonts` with each font's `family` and `to_unicode`, and on
`PDF.write` being called after the finisher, with nothing but options after the output.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, partial
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
from handouts.weasy.glyph_numbers import keep_types
from handouts.weasy.grayscale import grays_of, to_grays
from handouts.weasy.kept_lines import keep_lines
from handouts.weasy.log import collected
from handouts.weasy.mirrored_grids import mirror_grids
from handouts.weasy.pdfua import finish_tags, mark_languages
from handouts.weasy.svg_logo import printed, printed_svg
from handouts.weasy.svg_paths import keep_paths
from handouts.weasy.svg_text import draw_lines_of_text
from handouts.weasy.url_fetcher import FolderFetcher, Loaded
from handouts.weasy.vertical_justification import spread
from pack import raster
from pack.logos import PUBLISHER, SCHOOL, LogoRoom, read_logo
from pack.model import Pack
from pack.pictures import is_svg, read_bitmap
from pack.problems import Fault
from pack.scripts import FontFace, Script, script_of
from pack.svg_sanitizer import read_svg
from pack.theme import TEMPLATES, Setting, Template, load_theme

draw_lines_of_text()
keep_lines()
keep_paths()
keep_types()
mirror_grids()
mark_languages()

_FOLDER = TEMPLATES / "handouts"
#: How our own font families begin: those of sheets, and of pictures of slides.
_FONTS = (
    "Atkinson Hyperlegible Next",  # and Extended
    "Noto Sans for ",  # Vietnamese, Latin, Arabic
    "Arimo",
)


@dataclass(frozen=True)
class PrintSettings:
    """What a sheet is printed on and how: names of papers and inks in the theme, and its layout.

    `language` is the one beside the pack's own, if there is any.
    """

    paper: str = "letter"
    layout: str = "standard"
    inks: tuple[str, ...] = ("color",)
    language: str = ""


@dataclass(frozen=True)
class Printed:
    """A PDF for each ink, its number of pages, its setting, and what is wrong with it.

    `layouts` is how often it was laid out until it fit.

    There is no PDF if it has more pages than declared, or fewer in the standard layout: others
    run on from page to page, where one page fewer does no harm. If it is too long, `over` is by
    how many lines, and `blocks` are the indexes of its parts with their lengths in lines, the
    longest first.
    """

    data: Mapping[str, bytes]
    pages: int
    setting: Setting
    faults: tuple[Fault, ...]
    layouts: int = 1
    over: int = 0
    blocks: tuple[tuple[int, int], ...] = ()
    slots: tuple[Slot, ...] = ()


def print_pdf(
    html: str,
    template: str,
    pack: Pack,
    form: PrintSettings,
    page_counts: Sequence[int] = (),
    first: Setting | None = None,
    drawings: Mapping[str, str] | None = None,
) -> Printed:
    """A filled-in template as PDF; addresses of pictures are relative to the pack's folder.

    `drawings` are further pictures as SVG, by the names of which `drawing_url` makes addresses.

    `page_counts` are how many pages it may have, the fewest first: it is set as loosely as the
    fewest allow in which it fits, and its parts share the room that is left. Without them, it may
    have any number of pages, set as designed. `first` is the setting to try first.
    """
    size = load_theme().settings_of(form.layout)
    script = pack.script
    fonts, sheets = _styles(template, form.paper, form.layout, script, form.language)
    parsed = HTML(
        string=html,
        base_url=f"{pack.folder.resolve()}/",
        url_fetcher=FolderFetcher(
            [*pack.folders, TEMPLATES], dict(_pictures(pack)) | dict(_drawings(drawings or {}))
        ),
    )
    laid_out: dict[Setting, tuple[Document, list[Fault]]] = {}

    def lay_out(setting: Setting) -> Document:
        """A layout is the same for any number of pages that it may have."""
        if setting not in laid_out:
            logged: list[Fault] = []
            with collected(logged):
                document = parsed.render(
                    font_config=fonts,
                    stylesheets=[*sheets, _setting_style(setting)],
                    pdf_variant="pdf/ua-1",
                    pdf_tags=True,
                )
            laid_out[setting] = document, logged
        return laid_out[setting][0]

    shown = load_theme().handouts.get(template, Template(shows=(), tightest=0))
    settings = [one for one in size.settings if one.text >= shown.tightest]
    start = min(shown.first.get(form.layout, size.first), len(settings) - 1)
    if first in settings:
        start = settings.index(first)

    def fit_into(pages: int) -> tuple[int, Attempt]:
        return loosest(settings, start, lambda setting: attempt(lay_out(setting), pages))

    setting, over, declared = settings[size.designed], 0, 0
    for declared in page_counts:
        number, best = fit_into(declared)
        setting = settings[number]
        over = 0 if best.fits else _lines_over(best, setting)
        if not over:
            break
    document = lay_out(setting)
    faults = laid_out[setting][1]
    pages = len(document.pages)
    faults += () if declared and pages > declared else misfits(document)
    too_few = form.layout == "standard" and pages < (declared or pages)
    if faults or too_few or pages > (declared or pages):
        blocks = _blocks(document, setting)
        return Printed({}, pages, setting, tuple(faults), len(laid_out), over, blocks)
    if declared:
        spread(document)
    data = _write(document, form.inks, faults)
    slots = tuple(_slots(document))
    return Printed(data, pages, setting, tuple(faults), len(laid_out), slots=slots)


def drawing_url(name: str) -> str:
    """The address of a picture that `print_pdf` gets as one of its `drawings`."""
    return _drawing_file(name).as_uri()


def _drawing_file(name: str) -> Path:
    return (_FOLDER / name).resolve()


def _drawings(drawings: Mapping[str, str]) -> Iterator[tuple[Path, Callable[[], Loaded]]]:
    for name, svg in drawings.items():
        yield _drawing_file(name), partial(_svg, svg)


def _svg(svg: str) -> Loaded:
    return svg.encode(), "image/svg+xml"


def _pictures(pack: Pack) -> Iterator[tuple[Path, Callable[[], Loaded]]]:
    """A pack's pictures, each with a function that loads it as it is printed."""
    for video in pack.videos.values():
        if video.poster:
            file = (pack.folder / video.poster).resolve()
            yield file, partial(_printed_poster, file)
    school = pack.school.logo if pack.school else None
    for name, room in ((pack.publisher.logo, PUBLISHER), (school, SCHOOL)):
        if name:
            file = (pack.folder / name).resolve()
            yield file, partial(_printed_logo, file, room)


def _printed_logo(file: Path, room: LogoRoom) -> Loaded:
    logo = read_logo(file, room)
    return printed(logo) if logo.drawn else (logo.data, f"image/{logo.kind}")


def _printed_poster(file: Path) -> Loaded:
    if is_svg(file):
        svg = read_svg(file)
        return printed_svg(svg, raster.shown(svg))
    bitmap = read_bitmap(file)
    return bitmap.data, f"image/{bitmap.kind}"


def _slots(document: Document) -> Iterator[Slot]:
    for number, page in enumerate(document.pages):
        # Without placeholders, what is positioned absolutely is passed over.
        for box in page._page_box.descendants(placeholders=True):
            # Lines have the element of their block.
            if isinstance(box, BlockContainerBox) and "data-slot" in getattr(
                box.element, "attrib", ()
            ):
                left, top = box.content_box_x(), box.content_box_y()
                right, bottom = left + box.width, top + box.height
                edges = left, page.height - bottom, right, page.height - top
                yield Slot(number, *(edge * 0.75 for edge in edges))


def _write(document: Document, inks: Sequence[str], faults: list[Fault]) -> dict[str, bytes]:
    """The PDF for each ink; it is painted once, as painting takes as long as a layout."""
    data: dict[str, bytes] = {}

    def finish(document: Any, pdf: pydyf.PDF) -> None:
        finish_tags(document, pdf)
        faults.extend(_missing_glyphs(document))

        def write(_output: Any, *options: Any) -> None:
            for ink in inks:
                copied, out = _copy(pdf), io.BytesIO()
                if grays := grays_of(ink):
                    to_grays(copied, grays)
                pydyf.PDF.write(copied, out, *options)
                data[ink] = out.getvalue()

        pdf.write = write  # WeasyPrint calls it next

    with collected(faults):
        document.write_pdf(finisher=finish, pdf_variant="pdf/ua-1", pdf_tags=True)
    return data


def _copy(pdf: pydyf.PDF) -> pydyf.PDF:
    """A PDF with streams of its own; writing it adds objects to no other."""
    copied = copy(pdf)
    copied.objects = [copy(one) if isinstance(one, pydyf.Stream) else one for one in pdf.objects]
    return copied


def _lines_over(tried: Attempt, setting: Setting) -> int:
    """By how many lines a sheet is too long."""
    over = max((-area.room for area in tried.areas), default=0)
    return max(round(over / _pixels(setting) + 0.5), 0)


def _blocks(document: Document, setting: Setting) -> tuple[tuple[int, int], ...]:
    """The parts of a sheet except its head and foot: index and length in lines."""
    lengths: dict[Any, float] = {}
    for section in sections(document):
        for part in section.parts:
            if part.element_tag not in ("header", "footer", "p"):
                lengths[part.element] = lengths.get(part.element, 0) + part.border_height()
    counted = [
        (number, round(length / _pixels(setting))) for number, length in enumerate(lengths.values())
    ]
    return tuple(sorted(counted, key=lambda part: -part[1]))


def _pixels(setting: Setting) -> float:
    """The height of a line of text in CSS pixels."""
    return setting.line * 4 / 3


def prepare(pack: Pack) -> None:
    """Do once, before processes are forked, what each of them would have to do first.

    Not the fonts: a font configuration made before a fork finds no font that is added after it.
    """
    filters.published(pack)
    for name in ("sheet", "parts"):
        environment().get_template(f"{name}.html.j2")


@cache
def _base_styles(script: Script, other: Script | None) -> tuple[FontConfiguration, CSS]:
    """The fonts, colors and common style, read once per process."""
    fonts = FontConfiguration()
    colors = "".join(f"--{name}:{value};" for name, value in load_theme().colors.items())
    css = f"html{{{colors}{_families(script)}}}" + (_FOLDER / "sheet.css").read_text("utf-8")
    # A guide has pictures of slides, too.
    scripts = (script, other) if other else (script,)
    faces = dict.fromkeys(face for one in scripts for face in (*one.sheet_faces, *one.slide_faces))
    return fonts, _css(css + "".join(map(_face, faces)), fonts)


def _families(script: Script) -> str:
    return "--families:" + ", ".join(f'"{family}"' for family in script.sheet_families)


def _face(face: FontFace) -> str:
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f"src: url({face.file.as_uri()}) }}"
    )


@cache
def _styles(
    template: str, paper: str, layout: str, script: Script, language: str
) -> tuple[FontConfiguration, tuple[CSS, ...]]:
    """The style of a template on a paper; later style sheets override earlier ones.

    Elements in another `language` than the page's have the style of its script.
    """
    other = script_of(language) if language else None
    fonts, base = _base_styles(script, other)
    width, height = load_theme().papers[paper]
    names = (template, paper, layout, script.direction, script.code)
    texts = [f"@page {{ size: {width}pt {height}pt }}", *_texts_of(names)]
    if other:
        # Nested, so that they hold for these elements alone.
        own = "".join(_texts_of((other.direction, other.code)))
        faces = f"{_families(other)};font-family:var(--families);"
        texts.append(f'[lang="{language}"] {{ {faces} {own} }}')
    return fonts, (base, *(_css(text, fonts) for text in texts))


def _texts_of(names: Iterable[str]) -> list[str]:
    """The style sheets with these names that there are."""
    files = [_FOLDER / f"{name}.css" for name in names]
    return [file.read_text("utf-8") for file in files if file.exists()]


@cache
def _setting_style(setting: Setting) -> CSS:
    """The factors by which the style sheets multiply sizes and spaces, and what is left out."""
    text, lead = setting.text / 11, setting.leading / 1.42
    factors = {"text": text, "lead": lead, "line": text * lead, "space": setting.space}
    css = "".join(f"--{name}:{value:.5g};" for name, value in factors.items())
    without = "" if setting.repeats else ".repeat{display:none}"
    return _css(f"html{{{css}}}{without}")


def _css(text: str, fonts: FontConfiguration | None = None) -> CSS:
    faults: list[Fault] = []
    with collected(faults):
        css = CSS(
            string=text,
            base_url=f"{_FOLDER}/",
            font_config=fonts,
            url_fetcher=FolderFetcher([TEMPLATES]),
        )
    if faults:
        raise RuntimeError(f"a style sheet is broken: {'; '.join(fault.what for fault in faults)}")
    return css


def _missing_glyphs(document: Any) -> Iterator[Fault]:
    """Characters that our fonts have no glyph for, set in another font of this machine."""
    for font in document.fonts.values():
        if not font.family.startswith(_FONTS):
            characters = " ".join(sorted(set("".join(font.to_unicode.values()))))
            yield Fault(
                f"our fonts have no glyph for: {characters}",
                "Replace these characters in the text of this sheet.",
            )
