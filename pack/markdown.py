"""The Markdown allowed in content files, parsed once for PDF and slides.

Allowed: **bold**, *italic*, [links](https://…), and in longer texts paragraphs, lists and tables.
Everything else, including raw HTML and template braces, is printed unchanged.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


#: The most letters of the words that are bound together: they must fit in a line.
ROOM = 18

#: A word of fewer letters looks lost in a row of its own; several words, with fewer than these.
_LOST, _FEW = 12, 10

#: By how many letters what follows a pause may be longer than other words that are bound.
_MORE = 2

#: Where a sentence ends, and where a short text may be broken.
_STOP, _COMMA_OR_STOP = re.compile(r"[.?!]\W* "), re.compile(r"[,.?!]\W* ")


@dataclass(frozen=True)
class TextRun:
    """A stretch of text in one style; `link` is an address or None.

    `scale` is its size compared with the text around it.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None
    scale: float = 1


TextRuns = tuple[TextRun, ...]


@dataclass(frozen=True)
class Paragraph:
    runs: TextRuns


@dataclass(frozen=True)
class Bullets:
    """A list; an item holds one or more paragraphs, and may hold lists."""

    items: tuple["Blocks", ...]
    ordered: bool = False


@dataclass(frozen=True)
class Table:
    """A table: its head, and rows of as many cells."""

    head: tuple[TextRuns, ...]
    rows: tuple[tuple[TextRuns, ...], ...]


Block = Paragraph | Bullets | Table
Blocks = tuple[Block, ...]

_MARKUP = re.compile(r"[*_\[\]\\'\"]")

#: A space before a dash between words: a dash may end a line, but never begin one.
_BEFORE_DASH = re.compile(r" (?=[–—](?: |$))")


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    rules = ["emphasis", "link", "escape", "list", "smartquotes", "table"]
    options = {"html": False, "typographer": True, "maxNesting": 200}
    parser = MarkdownIt("zero", options).enable(rules)
    # The content model checks addresses, with messages of its own.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


@lru_cache(maxsize=4096)
def parse_line(text: str) -> TextRuns:
    """One line of text (a title, a point, a label) as runs."""
    if not _MARKUP.search(text):
        return (TextRun(_dashes_bound(" ".join(text.split()))),)
    (token,) = _parser().parseInline(" ".join(text.split()))
    return _runs(token.children or [])


@lru_cache(maxsize=4096)
def parse_body(text: str) -> Blocks:
    """Paragraphs, lists and tables of a longer text."""
    # A large number with a period, such as a year, starts a sentence and not a list.
    tokens = iter(_parser().parse(re.sub(r"(?m)^(\s*\d{3,})([.)])(?=\s)", r"\1\\\2", text)))
    return tuple(_blocks(tokens, until=None))


def plain(text: str) -> str:
    """A line of text without its markup, for titles, alt texts and metadata."""
    return "".join(run.text for run in parse_line(text))


def sentence(text: str, stop: str = ".") -> str:
    """A text with a stop at the end, unless it already ends in a punctuation mark."""
    ended = re.search(r"[.!?:;…؟۔。！？：；][”’»\"'*_)）」』]*$", text)
    return text if ended else text + stop


def with_ending_bound(runs: TextRuns, room: int = ROOM) -> TextRuns:
    """A line whose last words are bound together if the last one would look lost in its own row.

    As many are bound as it takes for that, but no more than about `room` letters, as they must fit
    in a row. Each further word would leave the row above short instead. A last sentence that fits
    in `room` stays whole, and in a short text so does what follows its last comma.
    """
    text = "".join(run.text for run in runs)
    start = len(text)
    for space in reversed([at for at, letter in enumerate(text) if letter == " "]):
        bound = len(text) - start
        enough = max(_FEW if " " in text[start:] else _LOST, room / 2)
        if bound >= enough or len(text) - space - 1 > room:
            break
        start = space + 1
    is_short = len(text) <= 2 * room
    pauses = [end.end() for end in (_COMMA_OR_STOP if is_short else _STOP).finditer(text, 1)]
    if pauses and len(text) - pauses[-1] <= room + _MORE:
        start = min(start, pauses[-1])  # "Be there, / no matter what"
    for run, begin in zip(
        runs, accumulate((len(run.text) for run in runs), initial=0), strict=False
    ):
        # Bold words belong together, too.
        if run.bold and 0 < begin < start < begin + len(run.text) and len(text) - begin <= room:
            start = begin
    return tuple(_bound(runs, start))


def _bound(runs: TextRuns, start: int) -> Iterator[TextRun]:
    """Runs that have no-break spaces after so many letters."""
    for run in runs:
        at = max(start, 0)
        ending = run.text[at:].replace(" ", "\N{NO-BREAK SPACE}")
        yield replace(run, text=run.text[:at] + ending)
        start -= len(run.text)


def mapped(blocks: Blocks, change: Callable[[TextRuns], TextRuns]) -> Blocks:
    """Blocks with the runs of every paragraph, list item and cell changed."""

    def one(block: Block) -> Block:
        match block:
            case Paragraph(runs):
                return Paragraph(change(runs))
            case Bullets(items, ordered):
                return Bullets(tuple(mapped(item, change) for item in items), ordered)
            case Table(head, rows):
                return Table(tuple(map(change, head)), tuple(tuple(map(change, r)) for r in rows))

    return tuple(map(one, blocks))


def links(text: str) -> tuple[str, ...]:
    """Every address that a text links to, whether it is read as one line or as paragraphs."""
    if "](" not in text:
        return ()
    every = (*runs_of(parse_body(text)), parse_line(text))
    return tuple(dict.fromkeys(run.link for runs in every for run in runs if run.link is not None))


def paragraphs(text: str) -> tuple[str, ...]:
    """A longer text without its markup: one string per paragraph, list item and cell."""
    return tuple("".join(run.text for run in runs) for runs in runs_of(parse_body(text)))


def runs_of(blocks: Blocks) -> Iterator[TextRuns]:
    """The runs of every paragraph, list item and cell."""
    for block in blocks:
        if isinstance(block, Bullets):
            for item in block.items:
                yield from runs_of(item)
        elif isinstance(block, Table):
            yield from (cell for row in (block.head, *block.rows) for cell in row)
        else:
            yield block.runs


def _blocks(tokens: Iterator["Token"], until: str | None) -> Iterator[Block]:
    for token in tokens:
        if token.type == until:
            return
        if token.type == "inline":
            yield Paragraph(_runs(token.children or []))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            ordered = token.type == "ordered_list_open"
            yield Bullets(tuple(_items(tokens)), ordered)
        elif token.type == "table_open":
            head, *rows = _rows(tokens)
            yield Table(head, tuple(rows))


def _rows(tokens: Iterator["Token"]) -> Iterator[tuple[TextRuns, ...]]:
    cells: list[TextRuns] = []
    for token in tokens:
        if token.type == "table_close":
            return
        if token.type == "inline":
            cells.append(_runs(token.children or []))
        elif token.type == "tr_close":
            yield tuple(cells)
            cells = []


def _items(tokens: Iterator["Token"]) -> Iterator[Blocks]:
    for token in tokens:
        if token.type in ("bullet_list_close", "ordered_list_close"):
            return
        if token.type == "list_item_open":
            yield tuple(_blocks(tokens, until="list_item_close"))


def _runs(tokens: Sequence["Token"]) -> TextRuns:
    runs: list[TextRun] = []
    bold = italic = 0
    link: str | None = None
    for token in tokens:
        match token.type:
            case "strong_open":
                bold += 1
            case "strong_close":
                bold -= 1
            case "em_open":
                italic += 1
            case "em_close":
                italic -= 1
            case "link_open":
                link = str(token.attrs["href"])
            case "link_close":
                link = None
            case _:
                # A line break in the file becomes a space on paper.
                if text := re.sub(r"\s*\n\s*", " ", token.content):
                    runs.append(TextRun(text, bold > 0, italic > 0, link))
    return tuple(replace(run, text=_dashes_bound(run.text)) for run in _joined(runs))


def _dashes_bound(text: str) -> str:
    return _BEFORE_DASH.sub("\N{NO-BREAK SPACE}", text)


def _joined(runs: Sequence[TextRun]) -> Iterator[TextRun]:
    """Merge adjacent runs of the same style, so that no renderer sees a seam."""
    last: TextRun | None = None
    for run in runs:
        style = (run.bold, run.italic, run.link)
        if last is not None and style == (last.bold, last.italic, last.link):
            last = TextRun(last.text + run.text, *style)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last
