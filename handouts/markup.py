"""Content as HTML: the filters that templates use."""

import datetime
import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from source import inline, qr
from source.kinds import is_placeholder, short_address
from source.model import Pack

#: The side of a QR code's symbol on a sheet, without its quiet zone, in inches.
QR_SIDE = 0.9

#: No module is printed smaller than this, in inches (0.5 mm): long addresses get larger codes.
_MODULE = 0.5 / 25.4

#: A piece of an address up to so many characters fits on a line of every sheet.
_UNBROKEN = 24


def line(text: str) -> Markup:
    """A line of text: its bold, italic and links."""
    return runs_markup(inline.parse_line(text))


def body(text: str) -> Markup:
    """A longer text: paragraphs and lists."""
    return _blocks(inline.parse_body(text))


def runs_markup(runs: Iterable[inline.Run]) -> Markup:
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


def _blocks(blocks: inline.Blocks) -> Markup:
    html = Markup()
    for block in blocks:
        if isinstance(block, inline.Bullets):
            tag = Markup("ol") if block.ordered else Markup("ul")
            items = Markup().join(Markup("<li>%s</li>") % _item(item) for item in block.items)
            html += Markup("<%s>%s</%s>") % (tag, items, tag)
        else:
            html += Markup("<p>%s</p>") % runs_markup(block.runs)
    return html


def _item(blocks: inline.Blocks) -> Markup:
    """A list item: a single paragraph stands bare, as in a tight list."""
    if len(blocks) == 1 and isinstance(blocks[0], inline.Paragraph):
        return runs_markup(blocks[0].runs)
    return _blocks(blocks)


def dial(phone: str, region: str) -> str:
    """The tel: address of a number (RFC 3966): with its country, unless it is a short one."""
    import phonenumbers

    number = phonenumbers.parse(phone, region)
    if phonenumbers.is_valid_number(number):
        return "tel:" + phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return "tel:" + re.sub(r"\D", "", phone)


def month(date: datetime.date, language: str) -> str:
    """A date as month and year in the words of a language."""
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", date, locale=language.replace("-", "_"))


def published(pack: Pack) -> str:
    """Who publishes a pack and since when: the first sentence of its small print."""
    date = month(pack.pack.revised, pack.pack.language)
    return fill(pack.labels.published, publisher=pack.publisher.name, date=date)


def address(url: str) -> Markup:
    """A web address as people type it, which breaks after a slash only.

    A piece that may be longer than a line can break at its hyphens too.
    """
    pieces = re.findall(r"[^/]*/|[^/]+", short_address(url))
    return Markup().join(
        Markup("<span>%s</span>") % piece if len(piece) <= _UNBROKEN else escape(piece)
        for piece in pieces
    )


def sentence(text: str) -> Markup:
    """A line of text that ends like a sentence, so that another can follow."""
    return line(inline.sentence(text))


def page_number(label: str) -> Markup:
    """A label with {page} and {pages}, which the style sheet counts."""
    html = str(escape(label))
    for name, counter in (("{page}", "page-number"), ("{pages}", "page-count")):
        html = html.replace(name, f'<span class="{counter}"></span>')
    return Markup(html)  # noqa: S704 (the label is escaped above)


def fill(label: str, **values: str) -> str:
    """A label with its {places} filled in; other braces stay as they stand."""
    for name, value in values.items():
        label = label.replace(f"{{{name}}}", value)
    return label


def qr_code(address: str, alt: str, side: float = QR_SIDE) -> Markup:
    """A QR code as an SVG picture with its quiet zone.

    `side` is the side of its symbol in inches; it grows if the modules would be too small.
    The quiet zone hangs out on all sides, so that it is the symbol that stands in line:
    leave 4 modules free around it.
    """
    path, size = qr.path(address)
    module = max(side / (size - 2 * qr.QUIET_ZONE), _MODULE)
    return Markup(
        '<a class="qr" href="{address}" style="margin:-{quiet:.4f}in">'
        '<svg xmlns="http://www.w3.org/2000/svg" '
        'style="width:{inches:.4f}in;height:{inches:.4f}in" viewBox="0 0 {size} {size}">'
        '<title>{alt}</title><path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>'
        '<path fill="#000" d="{path}"/></svg></a>'
    ).format(
        address=address,
        alt=alt,
        inches=module * size,
        path=path,
        quiet=module * qr.QUIET_ZONE,
        size=size,
    )


FILTERS = {
    "address": address,
    "line": line,
    "body": body,
    "plain": inline.plain,
    "dial": dial,
    "page_number": page_number,
    "sentence": sentence,
    "short": short_address,
    "is_placeholder": is_placeholder,
}
