"""A school into a finished deck: `stamp(prepare(deck of a specimen), words, logo) -> deck`.

The result is byte for byte what `slides.deck.render` makes of the pack with that school. A deck is
a ZIP file of XML parts. Those that name the specimen are cut apart around its words once, and put
together again with the words of each school; all others are copied as they are.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pack.markdown import TextRun
from schools.stamp.errors import CannotStamp, DoesNotFit
from schools.stamp.fields import Fields, Template, fill, template
from schools.stamp.pptx_xml import Pieces, attribute, box, cut, element, join
from slides.content import Line, Lines
from slides.raster import Bitmap
from slides.school import literal
from slides.slots import LogoSlot, Slots, TextSlot
from slides.zip_writer import count_slides, directory, end, record

_LINK = re.compile(rb'Target="([^"]*)" TargetMode="External"')


@dataclass(frozen=True)
class _StampedPart:
    """A member that differs from school to school; that without pieces is the logo's picture."""

    name: str
    pieces: Pieces = ()


#: A paragraph in runs, each with its text for every school.
_Named = tuple[tuple[TextRun, Template], ...]


@dataclass(frozen=True)
class _StampedText:
    """A text whose size may follow from the school's words; paragraphs without any stay whole."""

    slot: TextSlot
    lines: tuple[Line | _Named, ...]


@dataclass(frozen=True)
class DeckBase:
    """A deck without its school.

    `keys` are the words that its schools must have and no others; `kind` is that of their logos,
    None if they have none. `head` holds the members that are the same for all, `directory` their
    entries, `count` how many they are; `tail` follows. `links` are the addresses of others that
    the school's slides lead to; `pages` is how many slides there are.
    """

    keys: frozenset[str]
    kind: str | None
    date: datetime.date
    head: bytes
    directory: bytes
    count: int
    tail: tuple[bytes | _StampedPart, ...]
    texts: tuple[_StampedText, ...]
    logos: tuple[LogoSlot, ...]
    links: frozenset[bytes]
    pages: int


def stamp(base: DeckBase, words: Fields, logo: Bitmap | None) -> bytes:
    """The deck of a school. A pure function.

    Raises `DoesNotFit` if a text would be set in another size or not at all, or if an address of
    the school is on its slide already. (Where a row ends is not in the file: PowerPoint breaks
    them.) Raises `ValueError` if the base is one for schools that have other values, or a logo of
    another kind.
    """
    if words.keys() != base.keys or (logo.kind if logo else None) != base.kind:
        raise ValueError("this base is for schools that have other values")
    words = {key: literal(word) for key, word in words.items()}
    ratio = logo.ratio if logo else None
    for text in base.texts:
        if text.slot.size_of(_lines(text, words), ratio) != text.slot.size:
            raise DoesNotFit(words["name"])
    values = {key: element(word) for key, word in words.items()}
    values |= {f"@{key}": attribute(word) for key, word in words.items()}
    values |= {name: box(*place) for name, _, place in _places(base.logos, ratio)}
    if base.links.intersection(values[one] for one in ("@mailto", "@website") if one in values):
        raise DoesNotFit(words["name"])
    picture = logo.data if logo else b""
    tail = [
        one
        if isinstance(one, bytes)
        else record(one.name, join(one.pieces, values) if one.pieces else picture, base.date)
        for one in base.tail
    ]
    entries = base.directory + directory(tail, len(base.head))
    start = len(base.head) + sum(map(len, tail))
    return b"".join((base.head, *tail, entries, end(base.count + len(tail), len(entries), start)))


def prepare(data: bytes, specimen: Fields, slots: Slots | None) -> DeckBase:
    """The base of a deck that was rendered for a specimen school.

    The specimen's words must be unlike all others in the deck. `slots` are what
    `slides.slots.slots` tells of the same pack and template. Raises `CannotStamp` if a word stands
    where none is expected, so that nothing of the specimen can be left over.
    """
    if slots is None:
        raise CannotStamp("a list with the school runs on over a further slide")
    specimen = {key: literal(word) for key, word in specimen.items()}
    if len(set(specimen.values())) < len(specimen) or "" in specimen.values():
        raise CannotStamp("the specimen's words can't be told apart")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        date = datetime.date(*package.infolist()[0].date_time[:3])
        members = {name: package.read(name) for name in package.namelist()}
    logo = slots.logo
    parts = [
        _StampedPart(name)
        if logo and content == logo.data
        else _part(name, content, specimen, slots, date)
        for name, content in members.items()
    ]
    shown = [members[one.name] for one in parts if isinstance(one, _StampedPart)]
    pictures = sum(isinstance(one, _StampedPart) and not one.pieces for one in parts)
    if pictures != bool(slots.logos):
        raise CannotStamp("the logo's picture is not just once in the file")
    head: list[bytes] = []
    for one in parts:
        if isinstance(one, _StampedPart):
            break
        head.append(one)
    own = {attribute(specimen[key]) for key in ("mailto", "website") if key in specimen}
    return DeckBase(
        keys=frozenset(specimen),
        kind=logo.kind if logo else None,
        date=date,
        head=b"".join(head),
        directory=directory(head),
        count=len(head),
        tail=tuple(parts[len(head) :]),
        texts=tuple(_text(slot, specimen) for slot in slots.texts),
        logos=slots.logos,
        links=frozenset(link for content in shown for link in _LINK.findall(content)) - own,
        pages=count_slides(data),
    )


def _part(
    name: str, content: bytes, specimen: Fields, slots: Slots, date: datetime.date
) -> bytes | _StampedPart:
    """A member: its record if it is the same for every school."""
    places = {
        box(*place): value
        for value, part, place in _places(slots.logos, slots.logo.ratio if slots.logo else None)
        if part == name
    }
    pieces = cut(name, content, specimen, places)
    return _StampedPart(name, pieces) if len(pieces) > 1 else record(name, content, date)


def _places(
    logos: tuple[LogoSlot, ...], ratio: float | None
) -> Iterator[tuple[str, str, tuple[int, int, int, int]]]:
    """The places that follow from the logo's shape: a name for each, its part, and the place."""
    for number, slot in enumerate(logos if ratio else ()):
        for each, place in enumerate(slot.places(ratio or 1)):
            yield f"#{number}.{each}", slot.part, place


def _text(slot: TextSlot, specimen: Fields) -> _StampedText:
    lines: list[Line | _Named] = []
    for line in slot.lines:
        named = tuple((run, template(run.text, specimen)) for run in line.runs)
        lines.append(named if any(len(text) > 1 for _, text in named) else line)
    return _StampedText(replace(slot, lines=()), tuple(lines))


def _lines(text: _StampedText, words: Fields) -> Lines:
    return tuple(
        line
        if isinstance(line, Line)
        else Line(tuple(replace(run, text=fill(cut, words)) for run, cut in line), ())
        for line in text.lines
    )
