"""Content as HTML: the filters shared by the templates of sheets and of pages."""

import datetime
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup, escape

from pack import markdown
from pack.model import Pack
from pack.types import is_placeholder, short_address

#: A piece of an address with at most this many characters fits on a line of every sheet.
_UNBROKEN = 24


def line(text: str) -> Markup:
    """A line of text with its bold, italic and links."""
    return runs_markup(markdown.parse_line(text))


def body(text: str) -> Markup:
    """A longer text with its paragraphs and lists."""
    return _blocks(markdown.parse_body(text))


def runs_markup(runs: Iterable[markdown.TextRun]) -> Markup:
    html = Markup()
    for run in runs:
        piece = escape(run.text)
        if run.italic:
            piece = Markup("<em>%s</em>") % piece
        if run.bold:
            piece = Markup("<strong>%s</strong>") % piece
        if run.link:
            piece = Markup('<a href="%s">%s</a>') % (run.link, piece)
        html += piece
    return html


def _blocks(blocks: markdown.Blocks) -> Markup:
    html = Markup()
    for block in blocks:
        if isinstance(block, markdown.Bullets):
            tag = Markup("ol") if block.ordered else Markup("ul")
            items = Markup().join(Markup("<li>%s</li>") % _item(item) for item in block.items)
            html += Markup("<%s>%s</%s>") % (tag, items, tag)
        else:
            html += Markup("<p>%s</p>") % runs_markup(block.runs)
    return html


def _item(blocks: markdown.Blocks) -> Markup:
    """A list item: a single paragraph gets no `<p>`, as in a tight list."""
    if len(blocks) == 1 and isinstance(blocks[0], markdown.Paragraph):
        return runs_markup(blocks[0].runs)
    return _blocks(blocks)


@lru_cache(maxsize=256)
def dial(phone: str, region: str) -> str:
    """The tel: address of a phone number (RFC 3966); with its country, unless it is a short one."""
    import phonenumbers

    number = phonenumbers.parse(phone, region)
    if phonenumbers.is_valid_number(number):
        return "tel:" + phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return "tel:" + re.sub(r"\D", "", phone)


def mailto(email: str) -> str:
    """The address that opens a new e-mail (RFC 6068)."""
    return f"mailto:{quote(email, safe='@')}"


def month(date: datetime.date, language: str) -> str:
    """A date as month and year in a language."""
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", date, locale=language.replace("-", "_"))


def published(pack: Pack) -> str:
    """The first sentence of the small print: who publishes a pack, and the date of revision."""
    date = month(pack.about.revised, pack.about.language)
    return fill(pack.labels.published, publisher=pack.publisher.name, date=date)


def address(url: str) -> Markup:
    """A web address as people type it, which can only break after a slash.

    A piece that may be longer than a line can also break at its hyphens.
    """
    pieces = re.findall(r"[^/]*/|[^/]+", short_address(url))
    return Markup().join(
        Markup("<span>%s</span>") % piece if len(piece) <= _UNBROKEN else escape(piece)
        for piece in pieces
    )


def sentence(text: str) -> Markup:
    """A line of text that ends like a sentence, so that another sentence can follow."""
    return line(markdown.sentence(text))


def fill(label: str, **values: str) -> str:
    """A label with its words in {braces} filled in; other braces stay unchanged."""
    for name, value in values.items():
        label = label.replace(f"{{{name}}}", value)
    return label


FILTERS = {
    "address": address,
    "line": line,
    "body": body,
    "plain": markdown.plain,
    "dial": dial,
    "mailto": mailto,
    "sentence": sentence,
    "short": short_address,
    "is_placeholder": is_placeholder,
}
