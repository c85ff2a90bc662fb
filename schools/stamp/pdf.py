"""Stamp a school's fields, logo and code into a finished sheet: `stamp(base, fields, logo)`.

A base (made by `pdf_base.py`) is a sheet split into what all schools share and what differs. The
shared part is one run of bytes, compressed once. What differs is a few objects that are appended
for each school: the lines of text with its fields, the places of its links, the alternative texts
of its pictures. The structure tree is unchanged, because each new line has the same place in it as
the line that it replaces (ISO 32000-1, 14.7.4.2): a stamped sheet is as accessible as its base.

The bytes are assembled by hand. pikepdf would write every object of the file again, which takes ten
times as long.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pikepdf import Matrix, String

from pack import qr
from schools.stamp.errors import DoesNotFit
from schools.stamp.fields import Fields, Template, fill
from schools.stamp.shaping import breaks, shape
from schools.stamp.xobjects import XObject, code, modules, stream

#: The smallest side of a module of a printed QR code in pt (0.5 mm).
_MODULE = 0.5 / 25.4 * 72

#: How much shorter than its room a line of several text objects must be, in units of the page.
_MARGIN = 1.5

#: Left, bottom, right and top in pt from the page's lower left corner.
Rectangle = tuple[float, float, float, float]

#: The number of lines of a field, for each place where it appears in a sheet.
Counts = tuple[int, ...]

#: A piece of an object that differs: bytes, a text that becomes a string, or None for the object's
#: rectangle.
Piece = bytes | Template | None


@dataclass(frozen=True)
class TextObject:
    """A text object (ISO 32000-1, 9.4) that is rewritten: a piece of a line.

    `part` is the number of its part of the content. `x` is its start and `width` its width in the
    base, both in units of the page. `matrix` is its text matrix with a placeholder for x, `style`
    its font as the page names it; `font_name` and `size` tell HarfBuzz the same. `link` is the
    number of the link annotation around it.
    """

    part: int
    text: Template
    x: float
    width: float
    matrix: bytes
    style: bytes
    font_name: str
    size: float
    link: int | None


@dataclass(frozen=True)
class TextLine:
    """Runs one after another, with `room` in units of the page; `scale` is one unit in pt.

    If `broken`, the runs are one below another: the lines into which one text is broken.
    If `from_right`, the first run ends at the right edge, and each other one where the one before
    it starts.
    """

    runs: tuple[TextObject, ...]
    room: float
    scale: float
    broken: bool
    from_right: bool


@dataclass(frozen=True)
class Box:
    """A picture: the number of its part of the content, and the matrix from pt to page units.

    `place` is its box. `align` is the position of a narrower logo in the box, from 0 (left) to 1
    (right).
    """

    part: int
    place: Rectangle
    from_points: Matrix
    align: float


@dataclass(frozen=True)
class Base:
    """A sheet for every school that gives the same fields.

    `shared` are the bytes with which every school's file starts, `previous` is the offset of their
    cross-references, `trailer` names the catalog, `size` is the highest object number plus one.
    `contents` are the content streams that differ: constant bytes, and the numbers of the parts
    that are rewritten. `objects` are the pieces of the objects that differ. `rectangles` are the
    rectangles of links and figures; those in `around_code` have the size of the code. `code` and
    `logo` are the object numbers of the pictures, 0 for none. `pages` is the number of pages,
    `texts` are all texts that show the school, each once.
    """

    specimen: Fields
    shared: bytes
    previous: int
    trailer: bytes
    size: int
    contents: Mapping[int, tuple[bytes | int, ...]]
    objects: Mapping[int, tuple[Piece, ...]]
    rectangles: Mapping[int, Rectangle]
    around_code: frozenset[int]
    lines: tuple[TextLine, ...]
    codes: tuple[Box, ...]
    logos: tuple[Box, ...]
    code: int
    logo: int
    pages: int
    texts: frozenset[Template]
    #: A cache for the line counts of fields.
    memo: dict[str, dict[Counts, int]] = field(default_factory=dict, compare=False, repr=False)


def stamp(base: Base, fields: Fields, logo: XObject | None) -> bytes:
    """The sheet of a school. A pure function: the same input gives the same bytes.

    Raises `DoesNotFit` if its fields need a different number of lines, or glyphs that the base
    lacks: the sheet must then be laid out for the school.
    """
    assert fields.keys() == base.specimen.keys(), "a base is for schools with the same fields"  # noqa: S101
    found: dict[int, bytes] = {}
    parts: dict[int, bytes] = {}
    rectangles = dict(base.rectangles)
    filled = {text: fill(text, fields) for text in base.texts}
    for line in base.lines:
        _write_line(line, filled, parts, rectangles)
    free = base.size
    if base.codes:
        drawing = code(fields["website"])
        for number in base.around_code:
            rectangles[number] = _around_code(base, rectangles[number], fields)
        for box in base.codes:
            parts[box.part] = _draw(box, _around_code(base, box.place, fields), b"/SchoolCode")
        found[base.code] = drawing.numbered((base.code,))[0]
    if base.logos:
        assert logo, "a base with a logo is for schools with a logo"  # noqa: S101
        numbers = (base.logo, *range(free, free + len(logo.objects) - 1))
        free += len(logo.objects) - 1
        found |= dict(zip(numbers, logo.numbered(numbers), strict=True))
        for box in base.logos:
            parts[box.part] = _draw(box, _contained(box, logo.ratio), b"/SchoolLogo")
    for number, content in base.contents.items():
        operators = [parts[one] if isinstance(one, int) else one for one in content]
        found[number] = stream(b"", b"\n".join(operators))
    values: dict[Piece, bytes] = {text: String(shown).unparse() for text, shown in filled.items()}
    for number, pieces in base.objects.items():
        if number in rectangles:
            values[None] = _array(rectangles[number])
        found[number] = b"".join([one if isinstance(one, bytes) else values[one] for one in pieces])
    return _file(base, found, free)


def lines(base: Base, fields: Fields) -> dict[str, Counts]:
    """The line counts of each field of a school that may be broken, for each place.

    Places with the same font and room, such as those on cards, count once. Raises `DoesNotFit`.
    """
    apart = {
        (line.runs[0].text, line.runs[0].font_name, line.runs[0].size, line.room): line
        for line in base.lines
        if line.broken
    }
    found: dict[str, Counts] = {}
    for line in apart.values():
        _, key, _ = text = line.runs[0].text  # a field and nothing else
        found[key] = (*found.get(key, ()), len(_broken(line, {text: fields[key]})))
    return found


def _write_line(
    line: TextLine,
    filled: Mapping[Template, str],
    parts: dict[int, bytes],
    rectangles: dict[int, Rectangle],
) -> None:
    texts = _broken(line, filled) if line.broken else [filled[run.text] for run in line.runs]
    if len(texts) != len(line.runs):
        raise DoesNotFit(f"“{' '.join(texts)}” takes a different number of lines")
    edge = first = _edge(line, line.runs[0])
    for run, text in zip(line.runs, texts, strict=True):
        shaped = shape(text, run.font_name, run.size)
        edge = _edge(line, run) if line.broken else edge
        x = edge - shaped.width if line.from_right else edge
        matrix = run.matrix % _number(x)
        parts[run.part] = b"BT\n%s\n%s\n%s TJ\nET" % (matrix, run.style, shaped.operand)
        # The link around a text of several lines is as wide as their room.
        if run.link is not None and not (line.broken and len(texts) > 1):
            left, bottom, right, top = rectangles[run.link]
            moved, grown = (x - run.x) * line.scale, (shaped.width - run.width) * line.scale
            rectangles[run.link] = (left + moved, bottom, right + moved + grown, top)
        edge = x if line.from_right else x + shaped.width
    if not line.broken and abs(edge - first) > line.room - _MARGIN:
        raise DoesNotFit(f"“{''.join(texts)}” is too long for its line")


def _edge(line: TextLine, run: TextObject) -> float:
    """Where a run starts in the base, as it is read."""
    return run.x + run.width if line.from_right else run.x


def _broken(line: TextLine, filled: Mapping[Template, str]) -> Sequence[str]:
    first = line.runs[0]
    return breaks(filled[first.text], first.font_name, first.size, line.room)


def _around_code(base: Base, place: Rectangle, fields: Fields) -> Rectangle:
    """The place of a code with its quiet zone: the symbol keeps its size, the zone changes."""
    left, bottom, right, top = place
    count, new = modules(base.specimen["website"]), modules(fields["website"])
    symbol = (right - left) * count / (count + 2 * qr.QUIET_ZONE)
    if new < count or symbol / new < _MODULE:  # the code would be cut off, or its modules too small
        raise DoesNotFit(f"the code of “{fields['website']}” needs more room")
    grown = (symbol * (new + 2 * qr.QUIET_ZONE) / new - (right - left)) / 2
    return left - grown, bottom - grown, right + grown, top + grown


def _contained(box: Box, ratio: float) -> Rectangle:
    """The place of a logo as large as its box allows (CSS Images 3, 5.5: object-fit contain)."""
    left, bottom, right, top = box.place
    width = min(right - left, (top - bottom) * ratio)
    height = width / ratio
    x = left + (right - left - width) * box.align
    y = bottom + (top - bottom - height) / 2
    return x, y, x + width, y + height


def _draw(box: Box, place: Rectangle, name: bytes) -> bytes:
    left, bottom, right, top = place
    matrix = Matrix(right - left, 0, 0, top - bottom, left, bottom) @ box.from_points
    return b"q\n%s cm\n%s Do\nQ" % (b" ".join(b"%.9g" % one for one in matrix.shorthand), name)


def _array(rectangle: Rectangle) -> bytes:
    return b"[%.3f %.3f %.3f %.3f]" % rectangle


def _number(value: float) -> bytes:
    return b"%.8g" % round(value, 4)


def _file(base: Base, found: Mapping[int, bytes], free: int) -> bytes:
    """The file: the shared bytes, these objects, and cross-references (ISO 32000-1, 7.5.8)."""
    out = bytearray(base.shared)
    places = []
    for number, data in sorted(found.items()):
        places.append((number, len(out)))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    places.append((free, len(out)))
    index = b" ".join(b"%d 1" % number for number, _ in places)
    entries = b"".join(b"\1" + place.to_bytes(4) for _, place in places)
    head = b"/Type/XRef/Size %d/W[1 4 0]/Index[%s]/Prev %d%s" % (
        free + 1,
        index,
        base.previous,
        base.trailer,
    )
    out += b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
        free,
        stream(head, entries),
        places[-1][1],
    )
    return bytes(out)
