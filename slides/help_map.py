"""A slide with every place to turn to: short numbers as tiles, the others as rows."""

from collections.abc import Sequence
from dataclasses import replace

from pack import markdown
from pack.documents import Slide
from pack.items import Contact
from pack.markdown import TextRun, TextRuns
from pack.model import Pack, YamlPath
from pack.reach import numbers
from slides import school
from slides.content import BREAK, Line, Lines, SlideContent
from slides.text_lines import SHORT_NUMBER, stacked, ways

#: The size of a tile's number, compared with the text below.
_NUMBER = 2.1

#: The size of the ways to reach a place after the first, compared with the first.
_IN_ROW = 24 / 30

#: The most rows, and the size of the ways to reach a place where there are so many.
_MOST_ROWS, _CLOSE = 5, 0.9


def help_map(pack: Pack, slide: Slide, path: YamlPath, made: SlideContent) -> SlideContent | None:
    """The contacts as a map: numbers that are dialed by heart in tiles, the others in rows.

    The school's own number is the last row.
    """
    named = [(name, pack.contacts[name]) for name in slide.contacts]
    tiles = [pair for pair in named[:2] if is_short(pack, pair[1])]
    rows = [pair for pair in named if pair not in tiles]
    phone = school.phone_line(pack)
    count = len(rows) + len(phone)
    if not tiles or not 1 <= count <= _MOST_ROWS:
        return None
    scale = _CLOSE if count == _MOST_ROWS else 1
    texts: dict[str, Lines] = {}
    for number, (name, contact) in enumerate(tiles, start=1):
        first, *more = ways(pack, contact)
        large = scaled([first], _NUMBER)
        about = (TextRun(markdown.plain(contact.name), bold=True),)
        use = markdown.parse_line(contact.use)
        at: YamlPath = ("contacts", name)
        texts[f"Tile {number}"] = (Line(stacked([*large, about, use, *more]), at),)
    for number, (name, contact) in enumerate(rows, start=1):
        at = ("contacts", name)
        texts[f"Use {number}"] = (_use(pack, contact, at),)
        texts[f"Reach {number}"] = (_reach(pack, contact, at, scale),)
    if phone:
        label = (TextRun(markdown.plain(pack.labels.my_school), bold=True),)
        texts[f"Use {count}"] = (Line(label, ("labels", "my_school")),)
        texts[f"Reach {count}"] = tuple(
            replace(line, runs=scaled([line.runs], scale)[0]) for line in phone
        )
    return replace(made, layout="Help map", texts=texts, table=(), plain=made)


def is_short(pack: Pack, contact: Contact) -> bool:
    """Whether a contact's first number is dialed by heart."""
    found = numbers(contact, pack)
    return bool(found) and len(found[0].shown) <= SHORT_NUMBER


def _use(pack: Pack, contact: Contact, at: YamlPath) -> Line:
    runs = tuple(replace(run, bold=True) for run in markdown.parse_line(contact.use))
    if numbers(contact, pack):
        runs += (BREAK, TextRun(markdown.plain(contact.name)))
    return Line(runs, (*at, "use"))


def _reach(pack: Pack, contact: Contact, at: YamlPath, scale: float) -> Line:
    """The first number large, or the name if there is none, and what else there is below."""
    first, *more = ways(pack, contact)
    if not numbers(contact, pack):
        first, more = (TextRun(markdown.plain(contact.name)),), [first, *more]
    return Line(stacked(scaled([first, *scaled(more, _IN_ROW)], scale)), at)


def scaled(pieces: Sequence[TextRuns], scale: float) -> list[TextRuns]:
    """Pieces of a paragraph, so many times as large."""
    return [
        tuple(run if run == BREAK else replace(run, scale=run.scale * scale) for run in runs)
        for runs in pieces
    ]
