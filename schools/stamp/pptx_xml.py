"""XML parts of a PowerPoint file, cut apart around the words of a specimen school."""

import re
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from schools.stamp.errors import CannotStamp
from schools.stamp.fields import Fields

#: Constant bytes and, at every second place, the name of the value between them.
Pieces = tuple[bytes | str, ...]

#: Where words may stand: in the text of elements, and in attributes.
_TEXTS = {b"<a:t": {"name", "contact", "phone", "email", "address"}}
_ATTRIBUTES = {b"p:cNvPr descr": {"name"}, b"Relationship Target": {"mailto", "website"}}


def element(word: str) -> bytes:
    """A word as it stands in an element's text."""
    return escape(word).encode()


def attribute(word: str) -> bytes:
    """A word as it stands in an attribute between double quotation marks."""
    return escape(word, {'"': "&quot;"}).encode()


def box(left: int, top: int, width: int, height: int) -> bytes:
    """A place and size in EMU (ECMA-376, part 1, 20.1.7.6)."""
    return f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/>'.encode()


def cut(name: str, content: bytes, specimen: Fields, places: Mapping[bytes, str]) -> Pieces:
    """A member of the file in pieces: a single one if nothing of the specimen is in it.

    Values are named as their words in text, with "@" before it in attributes, and as `places`
    names those of the logo. Raises `CannotStamp` if a word stands where none is expected, or a
    place not just once.
    """
    forms = {form(word): key for key, word in specimen.items() for form in (element, attribute)}
    longest = sorted((*forms, *places), key=len, reverse=True)
    pieces: list[bytes | str] = []
    done = 0
    for found in re.finditer(b"|".join(map(re.escape, longest)), content):
        if not (value := places.get(found[0])):
            value = _value(name, content, found, forms[found[0]])
        pieces += [content[done : found.start()], value]
        done = found.end()
    pieces.append(content[done:])
    if any(pieces.count(one) != 1 for one in places.values()):
        raise CannotStamp(f"{name}: the logo does not stand where it should")
    _forbid(name, (name.encode(), *pieces[::2]), forms)
    return tuple(pieces)


def _value(name: str, content: bytes, found: re.Match[bytes], key: str) -> str:
    """The value that a word of the specimen stands for."""
    tag, closed, _ = content[content.rfind(b"<", 0, found.start()) : found.start()].partition(b">")
    if closed and key in _TEXTS.get(tag, ()):
        return key
    inside = re.fullmatch(rb'<([\w:]+) (?:[^"]*"[^"]*" )*([\w:]+)="[^"]*', tag)
    if not closed and inside and key in _ATTRIBUTES.get(b" ".join(inside.groups()), ()):
        return f"@{key}"
    raise CannotStamp(f"{name}: the specimen's {key} stands in a place that is not known")


def _forbid(name: str, pieces: Iterable[bytes | str], forms: Mapping[bytes, str]) -> None:
    """Nothing of the specimen may be left over, in capitals or as part of other words."""
    for piece in pieces:
        lower = piece.lower() if isinstance(piece, bytes) else b""
        for form, key in forms.items():
            if form.lower() in lower:
                raise CannotStamp(f"{name}: the specimen's {key} stands in it in another form")


def join(pieces: Pieces, values: Mapping[str, bytes]) -> bytes:
    """The pieces with values between them."""
    return b"".join([values[one] if isinstance(one, str) else one for one in pieces])
