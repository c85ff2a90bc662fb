"""One handout of a pack as a tagged PDF (PDF/UA-1): `render(pack, handout) -> bytes`."""

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
from source.model import Block, Handout, Pack
from source.problems import ContentError, Problem
from source.theme import TEMPLATES, load_theme

_FOLDER = TEMPLATES / "handouts"
_FACE = "Atkinson Hyperlegible Next"


def render(pack: Pack, handout: Handout) -> bytes:
    """The handout as PDF. A pure function: the same input gives the same bytes.

    Raises `ContentError` if it comes out with another page count than declared, if a character
    is not in our face, or if WeasyPrint has anything to complain about.
    """
    fonts, sheets = _styles(handout.template)
    html = HTML(
        string=to_html(pack, handout),
        base_url=f"{pack.folder.resolve()}/",
        url_fetcher=FolderFetcher([pack.folder, TEMPLATES]),
    )
    with _complaints() as complaints:
        document = html.render(
            font_config=fonts, stylesheets=list(sheets), pdf_variant="pdf/ua-1", pdf_tags=True
        )
        pages = len(document.pages)
        if pages == handout.pages:
            complaints.extend(misfits(document))
            spread(document)

        def finish(document: Any, pdf: pydyf.PDF) -> None:
            finish_tags(document, pdf)
            complaints.extend(_strange_characters(document))

        data: bytes = document.write_pdf(finisher=finish, pdf_variant="pdf/ua-1", pdf_tags=True)
    if pages != handout.pages:
        complaints.append(_page_count(handout.pages, pages))
    if complaints:
        number = pack.handouts.index(handout)
        place = pack.origin.place(("handouts", number, "pages"))
        raise ContentError(
            Problem(place, f"handouts → {handout.id}", what, remedy) for what, remedy in complaints
        )
    return data


def to_html(pack: Pack, handout: Handout) -> str:
    template = _environment().get_template(f"{handout.template}.html.j2")
    return template.render(
        pack=pack,
        handout=handout,
        sides=tuple(_sides(handout)),
        labels=pack.labels,
        revised=markup.month(pack.pack.revised, pack.pack.language),
    )


def _sides(handout: Handout) -> Iterator[list[Block]]:
    """The blocks of each page; only blocks that say `new_page` start one."""
    side: list[Block] = []
    for block in handout.blocks:
        if block.new_page and side:
            yield side
            side = []
        side.append(block)
    yield side


def _page_count(declared: int, made: int) -> tuple[str, str]:
    if made > declared:
        remedy = "Shorten the text, or move a part of it to another sheet."
    else:
        remedy = "Write the new number after “pages:”."
    pages = "1 page" if made == 1 else f"{made} pages"
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
def _complaints() -> Iterator[list[tuple[str, str]]]:
    """Collect what WeasyPrint only logs: missing pictures, alt texts, anchors, bad CSS."""
    found: list[tuple[str, str]] = []

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


def _strange_characters(document: Any) -> Iterator[tuple[str, str]]:
    """Text that our face can't set, which another face from this machine stood in for."""
    for font in document.fonts.values():
        if not font.family.startswith(_FACE):
            characters = " ".join(sorted(set("".join(font.to_unicode.values()))))
            yield (
                f"our typeface has no sign for: {characters}",
                "Replace these characters in the text that this sheet shows.",
            )
