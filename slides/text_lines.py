"""Paragraphs of slides from a pack's texts, contacts and addresses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pack import markdown
from pack.items import Contact, Point, Topic
from pack.markdown import TextRun, TextRuns
from pack.model import Pack, YamlPath
from pack.reach import mailto, numbers
from pack.types import is_placeholder, short_address
from slides.content import BREAK, Line, Lines, QrCode

#: A number with at most so many digits is dialed by heart: it is shown large.
SHORT_NUMBER = 4


def lines(text: str | None, path: YamlPath) -> Lines:
    """A text as a paragraph, or none."""
    return (Line(markdown.parse_line(text), path),) if text else ()


def each(texts: Sequence[str], path: YamlPath) -> Lines:
    """Each text of a list as a paragraph."""
    return tuple(
        Line(markdown.parse_line(text), (*path, number)) for number, text in enumerate(texts)
    )


def each_point(points: Sequence[Point], path: YamlPath) -> Lines:
    """Points as a list; the names of a fork's ways follow its left point."""
    found = each([point.text for point in points], path)
    return tuple(
        replace(
            line, runs=(*line.runs, TextRun(f" ({' / '.join(map(markdown.plain, point.ways))})"))
        )
        if point.ways
        else line
        for point, line in zip(points, found, strict=True)
    )


def plain(text: str, path: YamlPath) -> Line:
    """A text without its markup as a paragraph."""
    return Line((TextRun(markdown.plain(text)),) if text else (), path)


def halves(text: str) -> tuple[str, str]:
    """What stands before a colon, with it, and what comes after it; one is empty without one."""
    start, colon, rest = text.partition(": ")
    if not colon:
        start, colon, rest = text.partition("：")
    return (start + colon.strip(), rest) if rest else ("", text)


def after_colons(text: str) -> str:
    """What stands after the last colon of a text; all of it, if it has none."""
    return re.split(r": |：", text)[-1]


def capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def lead_in(pack: Pack, title: str) -> TextRun:
    """A title at the start of its own text."""
    script = pack.script
    gap = " " if script.spaces else ""
    return TextRun(markdown.plain(markdown.sentence(title, script.stop)) + gap, bold=True)


def contact_line(pack: Pack, contact: Contact, short: float = 1) -> TextRuns:
    """A contact in one line: its name, and all ways to reach it.

    `short` is the size of numbers that are dialed by heart, compared with the text around them.
    """
    name = TextRun(markdown.plain(contact.name) + pack.script.colon)
    return name, *joined(ways(pack, contact, short), TextRun(" · "))


def ways(pack: Pack, contact: Contact, short: float = 1) -> list[TextRuns]:
    """All that it takes to reach a contact: its numbers, its addresses, its hours."""
    shown: list[TextRuns] = [
        (TextRun(one.shown, bold=True, scale=short if len(one.shown) <= SHORT_NUMBER else 1),)
        for one in numbers(contact, pack)
    ]
    if contact.email:
        shown.append((TextRun(contact.email, link=mailto(contact.email)),))
    if contact.url:
        shown.append(address_line(pack, contact.url))
    if contact.hours:
        shown.append(markdown.parse_line(contact.hours))
    return shown


def reach(pack: Pack, topic: Topic, short: float = 1) -> Iterator[Line]:
    """The contacts that must be next to a topic."""
    large = short if len(topic.help) == 1 else 1
    for name in topic.help:
        yield Line(contact_line(pack, pack.contacts[name], large), ("contacts", name))


def joined(pieces: Sequence[TextRuns], gap: TextRun) -> TextRuns:
    return tuple(run for runs in pieces for run in (gap, *runs))[1:]


def stacked(pieces: Sequence[TextRuns]) -> TextRuns:
    """Pieces of a paragraph, each in a row of its own."""
    return joined(pieces, BREAK)


def address_line(pack: Pack, url: str) -> TextRuns:
    """An address as people type it, with a warning before it if it is a placeholder."""
    link = TextRun(short_address(pack.printed(url)), link=url)
    return (TextRun(f"{pack.labels.sample_link} "), link) if is_placeholder(url) else (link,)


def code(pack: Pack, url: str) -> QrCode:
    address = short_address(pack.printed(url))
    return QrCode(url, pack.labels.qr_alt.replace("{address}", address))
