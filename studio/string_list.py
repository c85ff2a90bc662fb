"""Which of a language's strings a page lists, and what it shows of each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from difflib import SequenceMatcher
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from languages.catalog import Translation, TranslationState
from languages.strings import SourceString
from pack.hashing import short_digest
from pack.model import Pack
from pack.problems import Place, Problem, Severity
from press.translations import TranslationFiles
from studio.outline import documents, places, where
from studio.words import say

#: What a list may be limited to; the texts of the page are in words.toml.
SHOWS = ("todo", "stale", "problems", "unapproved", "all")

#: How many strings a page has.
PAGE = 30


@dataclass(frozen=True)
class View:
    """What a page lists: one of `SHOWS`, of one sheet if one is named, with the words of `q`.

    `start` is the number of the first string, of all that there are: so strings that are done
    meanwhile move no others from page to page.
    """

    show: str = "todo"
    sheet: str = ""
    q: str = ""
    start: int = 0

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "View":
        """From an address; what it can't mean is left out."""
        show, start = query.get("show", ""), query.get("start", "")
        return cls(
            show if show in SHOWS else cls.show,
            query.get("sheet", ""),
            " ".join(query.get("q", "").split())[:200],
            int(start) if start.isascii() and start.isdecimal() and len(start) < 7 else 0,
        )

    def address(self, **changed: Any) -> str:
        """The view, or one with something changed, as the query of an address."""
        values = asdict(replace(self, **changed))
        return urlencode({name: value for name, value in values.items() if value})


@dataclass(frozen=True)
class Row:
    """A string as a page shows it.

    `english` is what its translation must be of, as a digest. `state` is that of the translation,
    or "unfinished", "approved" or "flawed".
    """

    number: int
    string: SourceString
    entry: Translation
    where: str
    state: str
    comments: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def english(self) -> str:
        return english_digest(self.string.source)

    @property
    def is_of_older_english(self) -> bool:
        return self.entry.state is TranslationState.STALE and bool(self.entry.previous)

    @property
    def previous_parts(self) -> Iterator[tuple[bool, str]]:
        """The English before, in parts; True for one that today's English hasn't."""
        before, now = (re.split(r"(\s+)", one) for one in (self.entry.previous, self.string.source))
        for kind, start, end, _, _ in SequenceMatcher(None, before, now, False).get_opcodes():
            if start < end:
                yield kind != "equal", "".join(before[start:end])


@dataclass(frozen=True)
class Listed:
    """A page of strings; `before` and `after` are where the pages beside it start, if any do."""

    rows: tuple[Row, ...]
    count: int
    before: int | None
    after: int | None


def english_digest(source: str) -> str:
    """What a form says of the English that it showed."""
    return short_digest(source)


def sheets(pack: Pack, found: TranslationFiles) -> dict[str, str]:
    """The titles of everything that shows strings, by name."""
    names = dict.fromkeys(name for one in found.strings for name in one.shown_on.documents)
    titles = documents(pack)
    return {name: titles[name] for name in names}


def row(found: TranslationFiles, number: int, values: Mapping[str, Any]) -> Row:
    """A string by its number. `values` are those of the content file."""
    string, entry = found.strings[number], found.catalog.entries[number]
    problems = tuple(_problems(found, string, entry))
    about, *comments = found.comments(string, where=False)
    if shown := places(string.shown_on, documents(found.pack)):
        comments.insert(0, say("page.shown_in", places=shown))
    return Row(
        number,
        string,
        entry,
        where(values, string.path),
        _state(found, entry, any(one.severity is Severity.ERROR for one in problems)),
        (about, *comments, *([entry.note] if entry.note else [])),
        problems,
    )


def listed(found: TranslationFiles, view: View, values: Mapping[str, Any]) -> Listed:
    """The strings of a page."""
    numbers = [number for number in range(len(found.strings)) if _fits(found, view, number)]
    earlier = [number for number in numbers if number < view.start]
    page = list(islice((number for number in numbers if number >= view.start), PAGE + 1))
    before = earlier[-PAGE:][0] if earlier else None
    after = page[PAGE] if len(page) > PAGE else None
    rows = tuple(row(found, number, values) for number in page[:PAGE])
    return Listed(rows, len(numbers), before, after)


def _fits(found: TranslationFiles, view: View, number: int) -> bool:
    string, entry = found.strings[number], found.catalog.entries[number]
    current, flawed = entry.state is TranslationState.CURRENT, string.context in found.flaws
    wanted = {
        "todo": not current or flawed,
        "stale": entry.state is TranslationState.STALE,
        "problems": flawed,
        "unapproved": current and not flawed and not found.reviews.approves(entry),
        "all": True,
    }
    text = "\n".join((string.context, string.source, entry.target)).casefold()
    return (
        wanted[view.show]
        and (not view.sheet or view.sheet in string.shown_on.documents)
        and view.q.casefold() in text
    )


def _state(found: TranslationFiles, entry: Translation, flawed: bool) -> str:
    if entry.state is TranslationState.STALE:
        return "stale" if entry.previous else "unfinished"
    if entry.state is TranslationState.MISSING:
        return "missing"
    if flawed:
        return "flawed"
    return "approved" if found.reviews.approves(entry) else "translated"


def _problems(
    found: TranslationFiles, string: SourceString, entry: Translation
) -> Iterator[Problem]:
    """What is wrong with a translation, and which terms it has otherwise.

    An old one, too: so a translator sees which number is another now.
    """
    if entry.state is TranslationState.MISSING:
        return
    place = entry.place or Place(found.po, 0)
    for fault in found.faults(string, entry.target):
        yield Problem(place, entry.context, fault)
    for fault in found.glossary.unrendered(entry.source, entry.target):
        yield Problem(place, entry.context, fault, Severity.WARNING)
