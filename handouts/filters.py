"""HTML filters that only sheets need: page numbers, codes and line breaks by sense."""

import re
from collections.abc import Iterable
from dataclasses import replace
from unicodedata import east_asian_width

from markupsafe import Markup, escape

from pack import html, markdown, qr
from pack.html import published as published
from pack.labels import fill as fill
from pack.labels import quoted as quoted
from pack.markdown import with_ending_bound

#: The side of a QR code on a sheet in inches, without its quiet zone.
QR_SIDE = 0.9

#: The smallest printed module, in inches (0.5 mm): long addresses get larger codes.
_MODULE = 0.5 / 25.4

#: Where a title may be divided: after a colon, or after a sentence ("U.S." and "Dr." end none).
#: Chinese has no spaces after them.
_SENSE = re.compile(
    r"(?:(?<=:)|(?<=[^\W\d_A-Z]{3}[.!?؟])) (?=\S)|(?<=[：。！？])(?=[^\s”’）」』<])"
)


#: A bold run that is short enough to stay on one line.
_SHORT_BOLD = re.compile(r"<strong>(?=[^<]{1,18}</strong>)")

_NBSP = "\N{NO-BREAK SPACE}"

#: The last two Chinese characters of a paragraph, with what closes it: lines break between any two
#: characters, and one alone looks lost. More would often tear the word before: most have two.
#: Not a whole text, which needs no element of its own.
_CHINESE_END = re.compile(
    r"(?:(?<=[^>])|(?<=</strong>)|(?<=</em>)|(?<=</a>))"
    r"([\u3400-\u9fff]{2}[，。？！：；、”’）」』…]*)(?=(?:</(?:strong|em|a)>)*(?:</(?:p|li|td|th)>|$))"
)


def line(text: str, room: int = markdown.ROOM) -> Markup:
    """A line of text whose short bold runs are not broken, and that doesn't end in a lost word.

    Its last words stay together as long as they have no more than `room` letters.
    """
    return _whole(html.runs_markup(with_ending_bound(markdown.parse_line(text), room)))


def body(text: str, room: int = markdown.ROOM) -> Markup:
    """A longer text; each of its paragraphs is like a `line`."""
    blocks = markdown.mapped(markdown.parse_body(text), lambda runs: with_ending_bound(runs, room))
    return _whole(html.blocks_markup(blocks))


def sentence(text: str, stop: str) -> Markup:
    """Like `line`, and it ends like a sentence, so that another one can follow."""
    return line(markdown.sentence(text, stop))


#: The most letters of words that are bound together in a wide column.
_WIDE = 26


def ended(text: str) -> str:
    """A text without markup, in a wide column, that doesn't end in a lost word."""
    return "".join(run.text for run in with_ending_bound((markdown.TextRun(text),), _WIDE))


#: The most letters of a name that is not broken.
_SHORT_NAME = 12


def with_names_whole(page: str, names: Iterable[str]) -> str:
    """A page in whose texts none of these names is broken: those of two or three words that are
    short enough for any line, even where a name stands in large type for want of a number.

    A school's words are set as they are written, so that another's can be put in their place.
    """
    short = [name for name in names if len(name) <= _SHORT_NAME and 0 < name.count(" ") < 3]
    if not short:
        return page
    words = "|".join(re.escape(str(escape(name))).replace(r"\ ", f"[ {_NBSP}]") for name in short)
    # Not in an attribute: a tag starts after a text.
    pattern = rf"{html.SLOT}|(?<!\w)(?:{words})(?!\w)(?=[^<>]*<)"
    head, body, rest = page.partition("<body>")
    return head + body + re.sub(pattern, _whole_name, rest, flags=re.DOTALL)


def _whole_name(found: re.Match[str]) -> str:
    return found[0] if found[1] else found[0].replace(" ", _NBSP)


def _whole(text: Markup) -> Markup:
    bound = _SHORT_BOLD.sub('<strong class="bound">', text)
    return _with_end(Markup(bound))  # noqa: S704 (escaped already)


def _with_end(text: Markup) -> Markup:
    ended = _CHINESE_END.sub(r'<span class="end">\1</span>', str(text))
    return Markup(ended)  # noqa: S704 (escaped already)


def letters(text: str) -> int:
    """How many letters wide a text is, if a Chinese character is as wide as two (UAX #11)."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def by_sense(text: str, *, clauses: int | None = None) -> Markup:
    """A line of text that is broken where its sense is, not where a line happens to end.

    If it does not fit on a line, it is broken between its clauses, as long as none of them has more
    than this number of characters. Without a number, it is broken anywhere.
    """
    if clauses is None:
        shown = html.line(text)
    else:
        short = longest_clause(markdown.plain(text)) <= clauses
        shown = by_clause(text) if short else line(text)
    return Markup(_SENSE.sub("<br>", _with_end(shown)))  # noqa: S704 (escaped by both)


def longest_word(text: str) -> int:
    """How many characters the longest word has, which must fit on a line."""
    return max(map(len, text.split()), default=0)


#: Where a clause or a sentence ends, and where a sentence does ("U.S." and "Dr." end none).
_CLAUSE = re.compile(r"(?<=[,;.?!،؛؟]) |(?<=[，；。？！])(?=[^\s”’）」』])")
_SENTENCE = re.compile(
    r"(?<=[^\W\d_]{3}[.?!؟])\s|(?<=[.?!؟][”’»\"])\s|(?<=[。？！])(?=[^”’）」』])|(?<=[。？！]”)(?=.)"
)


def longest_clause(text: str) -> int:
    """How many characters the longest clause of a text without markup has."""
    return max(map(len, _CLAUSE.split(text)), default=0)


#: The space that joining clauses puts after punctuation of Chinese, which has none.
_CHINESE_GAP = re.compile("(?<=[，；。？！]</span>) ")


def by_clause(text: str) -> Markup:
    """A line of text that is broken between its clauses, as long as each fits on a line."""
    clauses: list[list[markdown.TextRun]] = [[]]
    for run in markdown.parse_line(text):
        first, *others = _CLAUSE.split(run.text)
        clauses[-1].append(replace(run, text=first))
        clauses += [[replace(run, text=other)] for other in others]
    html_of = Markup('<span class="clause">%s</span>')
    spans = Markup(" ").join(html_of % html.runs_markup(one) for one in clauses)
    return Markup(_CHINESE_GAP.sub("", str(spans)))  # noqa: S704 (escaped already)


def lead_in(text: str) -> Markup:
    """A line of text that begins in bold: its first sentence, or its first clause if it has one.

    As it is, if something in it is bold already.
    """
    runs = markdown.parse_line(text)
    if len(runs) != 1 or runs[0].bold or runs[0].italic or runs[0].link:
        return _with_end(html.runs_markup(with_ending_bound(runs)))
    (run,) = runs
    cut = _SENTENCE.search(run.text) or re.search(r"(?<=[,;:،؛])\s|(?<=[，；：])", run.text)
    end = cut.start() if cut else len(run.text)
    lead, rest = replace(run, text=run.text[:end], bold=True), replace(run, text=run.text[end:])
    return _with_end(html.runs_markup(with_ending_bound((lead, rest))))


def page_number(label: str) -> Markup:
    """A label whose {page} and {pages} become counters of the style sheet."""
    html = str(escape(label))
    for name, counter in (("{page}", "page-number"), ("{pages}", "page-count")):
        html = html.replace(name, f'<span class="{counter}"></span>')
    return Markup(html)  # noqa: S704 (the label is escaped above)


def qr_code(address: str, alt: str, side: float = QR_SIDE) -> Markup:
    """A QR code as an SVG picture with its quiet zone.

    `side` is the side of the code in inches, without the quiet zone; it grows if the modules would
    be too small. The quiet zone hangs out on all sides, so that the code itself is aligned with
    the text: leave 4 modules free around it.
    """
    path, size = qr.path(address)
    module = code_side(address, side) / (size - 2 * qr.QUIET_ZONE)
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


def code_side(address: str, side: float) -> float:
    """The side of a QR code in inches, without its quiet zone: `side`, or more if it must be."""
    return max(side, _MODULE * len(qr.matrix(address)))


FILTERS = {
    **html.FILTERS,
    "line": line,
    "body": body,
    "sentence": sentence,
    "ended": ended,
    "longest_clause": longest_clause,
    "letters": letters,
    "longest_word": longest_word,
    "page_number": page_number,
    "by_sense": by_sense,
    "by_clause": by_clause,
    "lead_in": lead_in,
}
