"""A school's words, logo and code stamped into a finished sheet: `stamp(base, words, logo)`.

A base (`prepare.py` makes it) is a sheet cut into what all schools share and what they do not.
The first is one run of bytes, compressed once. The second is a few objects that are written
behind it for each school: the lines of text that show its words, the places of its links, the
texts of its pictures. The structure tree stays as it is, for what a school's line replaces had the
same place in it (ISO 32000-1, 14.7.4.2): a stamped sheet is as accessible as its base.

The bytes are put together by hand. pikepdf would write every object of the file again, which
takes ten times as long.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pikepdf import Matrix, String

from pack import qr
from schools.stamp.errors import DoesNotFit
from schools.stamp.fields import Fields, Template, fill
from schools.stamp.shaping import breaks, shape
from schools.stamp.xobjects import XObject, code, modules, stream

#: The least side of a module of a printed QR code in pt (0.5 mm).
_MODULE = 0.5 / 25.4 * 72

#: How much shorter than its room a line of several texts must be, in units of the page.
_MARGIN = 1.5

#: Left, bottom, right and top in pt from the page's lower left corner.
Rectangle = tuple[float, float, float, float]

#: In how many lines a word is broken, in each place that it has in a sheet.
Counts = tuple[int, ...]

#: A piece of an object that differs: bytes, a text that becomes a string, or None for the
#: object's rectangle.
Piece = bytes | Template | None


@dataclass(frozen=True)
class TextObject:
    """A text object (ISO 32000-1, 9.4), which is written anew: a piece of a line.

    `part` is the number of the part of content that it is; `x` is where it starts and `width` how
    long it is in the base, both in units of the page. `matrix` is its text matrix with a place
    for x, `style` its font as the page calls it; `face` and `size` say the same to HarfBuzz.
    `link` is the number of the link annotation around it.
    """

    part: int
    text: Template
    x: float
    width: float
    matrix: bytes
    style: bytes
    face: str
    size: float
    link: int | None


@dataclass(frozen=True)
class TextLine:
    """Runs one behind another, which have `room` in units of the page; `scale` is a unit in pt.

    If `broken`, they stand under one another: the lines into which one text is broken.
    """

    runs: tuple[TextObject, ...]
    room: float
    scale: float
    broken: bool


@dataclass(frozen=True)
class Box:
    """A picture: the number of its part of content, and the matrix from pt to the page's units.

    `place` is where it stands. `align` is where a logo stands in it if it is narrower: 0 left to
    1 right.
    """

    part: int
    place: Rectangle
    from_points: Matrix
    align: float


@dataclass(frozen=True)
class Base:
    """A sheet for every school that gives the same kinds of words.

    `shared` are the bytes that all editions start with, `previous` is where in them the
    cross-references to them stand, `trailer` what names the catalog, `size` one more than the
    highest number of an object. `contents` are the streams of content that differ: what stays,
    and the numbers of the parts that do not. `objects` are the pieces of the objects that differ;
    `rectangles` are those of links and figures, of which those in `around_code` are as large as
    the code. `code` and `logo` are the numbers of the pictures, 0 if there is none.
    `pages` is how many there are, `texts` are all that show words of the school, each once.
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
    #: What was found out of how many lines words take, for whoever asks again.
    memo: dict[str, dict[Counts, int]] = field(default_factory=dict, compare=False, repr=False)


def stamp(base: Base, words: Fields, logo: XObject | None) -> bytes:
    """The sheet of a school. A pure function: the same input gives the same bytes.

    Raises `DoesNotFit` if its words would take another number of lines, or signs that the base
    lacks: then the sheet has to be laid out for it.
    """
    assert words.keys() == base.specimen.keys(), "a base is for schools that give the same"  # noqa: S101
    found: dict[int, bytes] = {}
    parts: dict[int, bytes] = {}
    rectangles = dict(base.rectangles)
    said = {text: fill(text, words) for text in base.texts}
    for line in base.lines:
        _write_line(line, said, parts, rectangles)
    free = base.size
    if base.codes:
        drawing = code(words["website"])
        for number in base.around_code:
            rectangles[number] = _around_code(base, rectangles[number], words)
        for box in base.codes:
            parts[box.part] = _draw(box, _around_code(base, box.place, words), b"/SchoolCode")
        found[base.code] = drawing.numbered((base.code,))[0]
    if base.logos:
        assert logo, "a base with a logo is for schools that have one"  # noqa: S101
        numbers = (base.logo, *range(free, free + len(logo.objects) - 1))
        free += len(logo.objects) - 1
        found |= dict(zip(numbers, logo.numbered(numbers), strict=True))
        for box in base.logos:
            parts[box.part] = _draw(box, _contained(box, logo.ratio), b"/SchoolLogo")
    for number, content in base.contents.items():
        operators = [parts[one] if isinstance(one, int) else one for one in content]
        found[number] = stream(b"", b"\n".join(operators))
    values: dict[Piece, bytes] = {text: String(shown).unparse() for text, shown in said.items()}
    for number, pieces in base.objects.items():
        if number in rectangles:
            values[None] = _array(rectangles[number])
        found[number] = b"".join([one if isinstance(one, bytes) else values[one] for one in pieces])
    return _file(base, found, free)


def lines(base: Base, words: Fields) -> dict[str, Counts]:
    """How many lines each word of a school takes that may be broken, in each place.

    What stands in several places alike, as on cards, is counted once. Raises `DoesNotFit`.
    """
    apart = {
        (line.runs[0].text, line.runs[0].face, line.runs[0].size, line.room): line
        for line in base.lines
        if line.broken
    }
    found: dict[str, Counts] = {}
    for line in apart.values():
        _, key, _ = text = line.runs[0].text  # a word and nothing else
        found[key] = (*found.get(key, ()), len(_broken(line, {text: words[key]})))
    return found


def _write_line(
    line: TextLine,
    said: Mapping[Template, str],
    parts: dict[int, bytes],
    rectangles: dict[int, Rectangle],
) -> None:
    texts = _broken(line, said) if line.broken else [said[run.text] for run in line.runs]
    if len(texts) != len(line.runs):
        raise DoesNotFit(f"“{' '.join(texts)}” takes another number of lines")
    x = line.runs[0].x
    for run, text in zip(line.runs, texts, strict=True):
        shaped = shape(text, run.face, run.size)
        at = run.x if line.broken else x
        matrix = run.matrix % _number(at)
        parts[run.part] = b"BT\n%s\n%s\n%s TJ\nET" % (matrix, run.style, shaped.operand)
        # The link of a text in several lines is as wide as the room for them.
        if run.link is not None and not (line.broken and len(texts) > 1):
            left, bottom, right, top = rectangles[run.link]
            moved, grown = (at - run.x) * line.scale, (shaped.width - run.width) * line.scale
            rectangles[run.link] = (left + moved, bottom, right + moved + grown, top)
        x += shaped.width
    if not line.broken and x - line.runs[0].x > line.room - _MARGIN:
        raise DoesNotFit(f"“{''.join(texts)}” is too long for its line")


def _broken(line: TextLine, said: Mapping[Template, str]) -> Sequence[str]:
    first = line.runs[0]
    return breaks(said[first.text], first.face, first.size, line.room)


def _around_code(base: Base, place: Rectangle, words: Fields) -> Rectangle:
    """The place of a code with its quiet zone: the symbol keeps its side, the zone does not."""
    left, bottom, right, top = place
    count, new = modules(base.specimen["website"]), modules(words["website"])
    symbol = (right - left) * count / (count + 2 * qr.QUIET_ZONE)
    if new < count or symbol / new < _MODULE:  # its quiet zone, or the code, would be cut off
        raise DoesNotFit(f"the code of “{words['website']}” needs more room")
    grown = (symbol * (new + 2 * qr.QUIET_ZONE) / new - (right - left)) / 2
    return left - grown, bottom - grown, right + grown, top + grown


def _contained(box: Box, ratio: float) -> Rectangle:
    """A logo as large as its box allows (CSS Images 3, 5.5: object-fit contain)."""
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
    return b"%.6g" % round(value, 4)


def _file(base: Base, found: Mapping[int, bytes], free: int) -> bytes:
    """The file: what all schools share, these objects, and cross-references (32000-1, 7.5.8)."""
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
