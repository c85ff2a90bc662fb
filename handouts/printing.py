"""From a template to a tagged PDF (PDF/UA-1): Jinja2 to HTML, WeasyPrint to PDF."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pydyf
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from handouts import markup
from handouts.fetching import FolderFetcher
from handouts.fitting import misfits
from handouts.spacing import spread
from handouts.tagging import finish_tags
from source.model import Pack
from source.theme import TEMPLATES, load_theme

_FOLDER = TEMPLATES / "handouts"
#: Our own faces: that of the sheets, and that of the pictures of slides.
_FACES = ("Atkinson Hyperlegible Next", "Arimo")

#: What is wrong with a print, and how to mend it.
Complaint = tuple[str, str]


def print_pdf(
    pack: Pack, template: str, pages: int | None = None, **values: object
) -> tuple[bytes, int, list[Complaint]]:
    """A template, filled with a pack and other values: the PDF, its pages, what is wrong with it.

    `pages` is how many pages it must have; None for any number, and no spreading of parts.
    """
    fonts, sheets = _styles(template)
    html = HTML(
        string=to_html(pack, template, **values),
        base_url=f"{pack.folder.resolve()}/",
        url_fetcher=FolderFetcher([pack.folder, TEMPLATES]),
    )
    with _complaints() as complaints:
        document = html.render(
            font_config=fonts, stylesheets=list(sheets), pdf_variant="pdf/ua-1", pdf_tags=True
        )
        made = len(document.pages)
        if pages in (None, made):
            complaints.extend(misfits(document))
        else:
            complaints.append(_page_count(pages, made))
        if pages == made:
            spread(document)

        def finish(document: Any, pdf: pydyf.PDF) -> None:
            finish_tags(document, pdf)
            complaints.extend(_strange_characters(document))

        data: bytes = document.write_pdf(finisher=finish, pdf_variant="pdf/ua-1", pdf_tags=True)
    return data, made, complaints


def to_html(pack: Pack, template: str, **values: object) -> str:
    return (
        _environment()
        .get_template(f"{template}.html.j2")
        .render(
            pack=pack,
            labels=pack.labels,
            revised=markup.month(pack.pack.revised, pack.pack.language),
            **values,
        )
    )


def _page_count(declared: int | None, made: int) -> Complaint:
    pages = "1 page" if made == 1 else f"{made} pages"
    remedy = (
        "Shorten the text, or move a part of it to another sheet."
        if made > (declared or 0)
        else "Write the new number after “pages:”."
    )
    return f"the sheet came out with {pages} instead of {declared}", remedy


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(markup.FILTERS)
    environment.globals.update(fill=markup.fill, qr_code=markup.qr_code)
    return environment


@cache
def _base_styles() -> tuple[FontConfiguration, CSS]:
    """The face, colors and common style: read once for each process."""
    fonts = FontConfiguration()
    colors = "".join(f"--{name}:{value};" for name, value in load_theme().colors.items())
    css = f"html{{{colors}}}" + (_FOLDER / "sheet.css").read_text("utf-8")
    return fonts, _css(css, fonts)


@cache
def _styles(template: str) -> tuple[FontConfiguration, tuple[CSS, CSS]]:
    fonts, base = _base_styles()
    own = (_FOLDER / f"{template}.css").read_text("utf-8")
    return fonts, (base, _css(own, fonts))


def _css(text: str, fonts: FontConfiguration) -> CSS:
    with _complaints() as complaints:
        css = CSS(
            string=text,
            base_url=f"{_FOLDER}/",
            font_config=fonts,
            url_fetcher=FolderFetcher([TEMPLATES]),
        )
    if complaints:
        raise RuntimeError(f"a style sheet is broken: {complaints}")
    return css


@contextmanager
def _complaints() -> Iterator[list[Complaint]]:
    """Collect what WeasyPrint only logs: missing pictures, alt texts, anchors, bad CSS."""
    found: list[Complaint] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append((record.getMessage(), "Mend the content or template named here."))

    logger = logging.getLogger("weasyprint")
    handler = Collector(logging.WARNING)
    others, logger.handlers = logger.handlers, [handler]
    try:
        yield found
    finally:
        logger.handlers = others


def _strange_characters(document: Any) -> Iterator[Complaint]:
    """Text that our face can't set, which another face from this machine stood in for."""
    for font in document.fonts.values():
        if not font.family.startswith(_FACES):
            characters = " ".join(sorted(set("".join(font.to_unicode.values()))))
            yield (
                f"our typeface has no sign for: {characters}",
                "Replace these characters in the text that this sheet shows.",
            )
