"""Content as HTML: the filters shared by the templates of sheets and of pages."""

import datetime
import re
from collections.abc import Iterable
from html import unescape

from markupsafe import Markup, escape

from pack import markdown
from pack.isolates import has_right_to_left, left_to_right
from pack.labels import fill
from pack.model import Pack
from pack.reach import Number, dial, mailto, numbers
from pack.scripts import Script
from pack.types import is_placeholder, is_words, short_address

#: A piece of an address with at most this many characters fits on a line of every sheet.
_UNBROKEN = 24

#: More characters than this are too many for the large numbers on cards and posters.
_LONG_PHONE = 17

_DIGITS = re.compile(r"(\+?\(?\d[\d ().+-]*\d)")


#: What is no text: drawings with their titles, styles and scripts, what is isolated already, tags.
_NO_TEXT = re.compile(r"(<(svg|style|script|bdi)\b.*?</\2>|<[^>]*>)", re.DOTALL)

#: An element of a sheet that holds nothing but a school's words.
SLOT = r"<(\w+)[^<>]* data-slot>.*?</\1>"


def in_script(page: str, script: Script) -> str:
    """A page that a template has made, with what its script needs between and around its words."""
    page = page if script.spaces else without_gaps(page)
    return isolated(page) if script.is_right_to_left else page


def isolated(page: str) -> str:
    """A page from right to left in which numbers, addresses and names in Latin letters keep their
    own direction (`pack/isolates.py`), and a school's words as a whole. Its text stays the same."""
    head, body, rest = page.partition("<body")
    page = re.sub(SLOT, _isolated_slot, body + rest, flags=re.DOTALL)
    # Two groups: every third piece is text.
    pieces = _NO_TEXT.split(page)
    pieces[::3] = map(_isolated_text, pieces[::3])
    del pieces[2::3]
    return head + "".join(pieces)


def _isolated_slot(slot: re.Match[str]) -> str:
    """Its texts in Latin letters, with all marks at their ends: “Oak School (K–8)”."""
    return re.sub(r"(?<=>)[^<>]+(?=<)", _isolated_whole, slot[0])


def _isolated_whole(html: re.Match[str]) -> str:
    text = html[0]
    return text if has_right_to_left(text) or text.isspace() else f'<bdi dir="ltr">{text}</bdi>'


def _isolated_text(html: str) -> str:
    text, made, done = unescape(html), Markup(), 0
    for start, end in left_to_right(text):
        made += escape(text[done:start]) + Markup('<bdi dir="ltr">%s</bdi>') % text[start:end]
        done = end
    return made + escape(text[done:]) if done else html


#: A space of a template after a mark that has its own, between words or the tags around them.
_GAP = re.compile(
    r"(?<=[，；：。？！）])((?:</(?:strong|em|a|span)>)*)\s+(?=[^\s<]|<(?:strong|em|a|span)\b)"
)


def without_gaps(page: str) -> str:
    """A page in a script without spaces, with none between its sentences."""
    return _GAP.sub(r"\1", page)


def line(text: str) -> Markup:
    """A line of text with its bold, italic and links."""
    return runs_markup(markdown.parse_line(text))


def body(text: str) -> Markup:
    """A longer text with its paragraphs and lists."""
    return blocks_markup(markdown.parse_body(text))


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


def blocks_markup(blocks: markdown.Blocks) -> Markup:
    """Paragraphs, lists and tables."""
    html = Markup()
    for block in blocks:
        if isinstance(block, markdown.Bullets):
            tag = Markup("ol") if block.ordered else Markup("ul")
            items = Markup().join(Markup("<li>%s</li>") % _item(item) for item in block.items)
            html += Markup("<%s>%s</%s>") % (tag, items, tag)
        elif isinstance(block, markdown.Table):
            html += _table(block)
        else:
            html += Markup("<p>%s</p>") % runs_markup(block.runs)
    return html


def _table(table: markdown.Table) -> Markup:
    """A table whose first column names its rows, as the tables of sheets do."""
    head = Markup().join(Markup('<th scope="col">%s</th>') % runs_markup(c) for c in table.head)
    html = Markup('<table class="simple"><thead><tr>%s</tr></thead><tbody>') % head
    for first, *others in table.rows:
        cells = Markup().join(Markup("<td>%s</td>") % runs_markup(cell) for cell in others)
        html += Markup('<tr><th scope="row">%s</th>%s</tr>') % (runs_markup(first), cells)
    return html + Markup("</tbody></table>")


def _item(blocks: markdown.Blocks) -> Markup:
    """A list item: a single paragraph gets no `<p>`, as in a tight list."""
    if len(blocks) == 1 and isinstance(blocks[0], markdown.Paragraph):
        return runs_markup(blocks[0].runs)
    return blocks_markup(blocks)


def month(date: datetime.date, language: str) -> str:
    """A date as month and year in a language."""
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", date, locale=language.replace("-", "_"))


def published(pack: Pack, *, draft: bool | None = None) -> str:
    """The first sentence of the small print: who publishes a pack, and the date of revision.

    Before it, the small print says if it is a `draft`, by default if the pack is one.
    """
    date = month(pack.about.revised, pack.about.language)
    said = fill(pack.labels.published, publisher=pack.publisher.name, date=date)
    return f"{pack.labels.draft} · {said}" if (pack.is_draft if draft is None else draft) else said


def titled(title: str, pack: Pack) -> str:
    """A file's title without markup, which says if it is a draft."""
    plain = markdown.plain(title)
    return f"{plain} ({markdown.plain(pack.labels.draft)})" if pack.is_draft else plain


def address(url: str) -> Markup:
    """A web address as people type it, which can only break after a slash.

    A piece that may be longer than a line can also break between its parts, such as after a "?";
    a part that is as long can break anywhere.
    """
    if is_words(url):
        return escape(url)
    html = Markup()
    for piece in re.findall(r"[^/]*/|[^/]+", short_address(url)):
        if len(piece) <= _UNBROKEN:
            html += Markup("<span>%s</span>") % piece
            continue
        for part in re.findall(r"[^?&=_.-]*[?&=_.-]+|[^?&=_.-]+", piece):
            short = len(part) <= _UNBROKEN
            html += Markup('<span class="part">%s</span>') % part if short else escape(part)
    return html


def tel(phone: str, region: str) -> Markup:
    """A phone number as a link that dials it, in one piece."""
    return Markup('<a class="tel" href="%s">%s</a>') % (dial(phone, region), phone)


def is_long_phone(phone: str) -> bool:
    """Whether a phone number has an extension, or as many digits: it is set smaller on cards."""
    return len(phone) > _LONG_PHONE


def number(number: Number) -> Markup:
    """A number to call or text as a link, which never breaks between digits."""
    words = _DIGITS.split(number.shown)  # every second one has the digits
    if words[::2] == ["", ""]:
        return Markup('<a class="tel" href="%s">%s</a>') % (number.link, number.shown)
    words[1::2] = [Markup('<span class="tel">%s</span>') % digits for digits in words[1::2]]
    return Markup('<a class="number" href="%s">%s</a>') % (number.link, Markup().join(words))


def email(address: str) -> Markup:
    """An e-mail address as a link; if it must be broken, then after the @."""
    halves = Markup().join(Markup("<span>%s</span>") % half for half in re.split("(?<=@)", address))
    return Markup('<a class="email" href="%s">%s</a>') % (mailto(address), halves)


def sentence(text: str, stop: str) -> Markup:
    """A line of text that ends like a sentence, so that another sentence can follow."""
    return line(markdown.sentence(text, stop))


FILTERS = {
    "address": address,
    "line": line,
    "body": body,
    "plain": markdown.plain,
    "titled": titled,
    "tel": tel,
    "is_long_phone": is_long_phone,
    "number": number,
    "mailto": mailto,
    "email": email,
    "numbers": numbers,
    "sentence": sentence,
    "short": short_address,
    "is_placeholder": is_placeholder,
    "is_words": is_words,
}
