"""Stamp a school into a finished deck: `stamp(prepare(specimen's deck), fields, logo) -> deck`.

The result is byte for byte what `slides.deck.render` makes from the pack with that school. A deck
is a ZIP file of XML parts. The parts that name the specimen are split around its fields once, then
joined with the fields of each school; all other parts are copied unchanged.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pack.markdown import TextRun
from schools.stamp.errors import CannotStamp, DoesNotFit
from schools.stamp.fields import Fields, Template, fill, template
from schools.stamp.pptx_xml import Pieces, attribute, box, cut, element, join
from slides.content import Line, Lines
from slides.raster import Bitmap
from slides.school import literal
from slides.slots import LogoSlot, PictureSlot, Slots, TextSlot, names_school
from slides.zip_writer import count_slides, directory, end, record

_LINK = re.compile(rb'Target="([^"]*)" TargetMode="External"')


@dataclass(frozen=True)
class _StampedPart:
    """A ZIP member that differs between schools; the member without pieces is the logo."""

    name: str
    pieces: Pieces = ()


#: A paragraph as runs, each with its text as a template.
_Named = tuple[tuple[TextRun, Template], ...]


@dataclass(frozen=True)
class _StampedText:
    """A text whose size may depend on the school's fields; paragraphs without fields stay whole."""

    slot: TextSlot
    lines: tuple[Line | _Named, ...]


@dataclass(frozen=True)
class _StampedPicture:
    """A picture that is too long because of these of its texts, which name the school."""

    slot: PictureSlot
    texts: Mapping[str, tuple[Line | _Named, ...]]


@dataclass(frozen=True)
class DeckBase:
    """A deck without its school.

    `keys` are exactly the fields that its schools must have; `kind` is the kind of their logos,
    None for no logo. `head` holds the leading members that all schools share, `directory` their
    entries, `count` their number; `tail` follows. `links` are the other addresses on the
    school's slides; `pages` is the number of slides.
    """

    keys: frozenset[str]
    kind: str | None
    date: datetime.date
    head: bytes
    directory: bytes
    count: int
    tail: tuple[bytes | _StampedPart, ...]
    texts: tuple[_StampedText, ...]
    pictures: tuple[_StampedPicture, ...]
    logos: tuple[LogoSlot, ...]
    links: frozenset[bytes]
    pages: int


def stamp(base: DeckBase, fields: Fields, logo: Bitmap | None) -> bytes:
    """The deck of a school. A pure function.

    Raises `DoesNotFit` if a text would be set in another size or not at all, if a slide would not
    be the list that it is in the base, or if an address of the school is already on its slide.
    (Line breaks are not in the file: PowerPoint makes them.)
    Raises `ValueError` if the base is for schools with other fields, or another kind of logo.
    """
    if fields.keys() != base.keys or (logo.kind if logo else None) != base.kind:
        raise ValueError("this base is for schools with other fields")
    fields = {key: literal(value) for key, value in fields.items()}
    ratio = logo.ratio if logo else None
    for text in base.texts:
        if text.slot.size_of(_lines(text.lines, fields), ratio) != text.slot.size:
            raise DoesNotFit(fields["name"])
    for one in base.pictures:
        texts = {name: _lines(lines, fields) for name, lines in one.texts.items()}
        if not one.slot.is_too_long(texts):
            raise DoesNotFit(fields["name"])
    values = {key: element(value) for key, value in fields.items()}
    values |= {f"@{key}": attribute(value) for key, value in fields.items()}
    values |= {name: box(*place) for name, _, place in _places(base.logos, ratio)}
    if base.links.intersection(values[one] for one in ("@mailto", "@website") if one in values):
        raise DoesNotFit(fields["name"])
    picture = logo.data if logo else b""
    tail = [
        part
        if isinstance(part, bytes)
        else record(part.name, join(part.pieces, values) if part.pieces else picture, base.date)
        for part in base.tail
    ]
    entries = base.directory + directory(tail, len(base.head))
    start = len(base.head) + sum(map(len, tail))
    return b"".join((base.head, *tail, entries, end(base.count + len(tail), len(entries), start)))


def is_too_long(base: DeckBase, fields: Fields) -> bool:
    """Whether a text on a slide has no room for these fields, whatever the logo."""
    fields = {key: literal(value) for key, value in fields.items()}
    return any(
        text.slot.size_of(_lines(text.lines, fields), None) is None
        for text in base.texts
        if not text.slot.box
    )


def prepare(data: bytes, specimen: Fields, slots: Slots | None) -> DeckBase:
    """The base of a deck that was rendered for a specimen school.

    The specimen's fields must differ from all other text of the deck. `slots` are the result of
    `slides.school_slots.slots` for the same pack and template. Raises `CannotStamp` if a field
    appears in an unexpected place, so that nothing of the specimen is left.
    """
    if slots is None:
        raise CannotStamp("the school has no fixed room on its slides")
    specimen = {key: literal(value) for key, value in specimen.items()}
    if len(set(specimen.values())) < len(specimen) or "" in specimen.values():
        raise CannotStamp("the specimen's fields are not distinct")
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
        raise CannotStamp("the logo's picture is not exactly once in the file")
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
        texts=tuple(
            _StampedText(replace(slot, lines=()), _named(slot.lines, specimen))
            for slot in slots.texts
        ),
        pictures=tuple(_picture(slot, specimen) for slot in slots.pictures),
        logos=slots.logos,
        links=frozenset(link for content in shown for link in _LINK.findall(content)) - own,
        pages=count_slides(data),
    )


def _part(
    name: str, content: bytes, specimen: Fields, slots: Slots, date: datetime.date
) -> bytes | _StampedPart:
    """A ZIP member: its finished record if it is the same for every school."""
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
    """The places that depend on the logo's shape: a name for each, its part, and the place."""
    for number, slot in enumerate(logos if ratio else ()):
        for each, place in enumerate(slot.places(ratio or 1)):
            yield f"#{number}.{each}", slot.part, place


def _picture(slot: PictureSlot, specimen: Fields) -> _StampedPicture:
    texts = slot.content.texts.items()
    named = {name: _named(lines, specimen) for name, lines in texts if names_school(lines)}
    return _StampedPicture(slot, named)


def _named(lines: Lines, specimen: Fields) -> tuple[Line | _Named, ...]:
    found: list[Line | _Named] = []
    for line in lines:
        named = tuple((run, template(run.text, specimen)) for run in line.runs)
        found.append(named if any(len(text) > 1 for _, text in named) else line)
    return tuple(found)


def _lines(lines: Iterable[Line | _Named], fields: Fields) -> Lines:
    return tuple(
        line
        if isinstance(line, Line)
        else Line(tuple(replace(run, text=fill(cut, fields)) for run, cut in line), ())
        for line in lines
    )
