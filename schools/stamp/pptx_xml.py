"""XML parts of a PowerPoint file, split around the fields of a specimen school."""

import re
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from schools.stamp.errors import CannotStamp
from schools.stamp.fields import Fields

#: Constant bytes, alternating with the names of the values between them.
Pieces = tuple[bytes | str, ...]

#: Where fields may appear: in the text of elements, and in attributes.
_TEXTS = {b"<a:t": {"name", "contact", "phone", "email", "address"}}
_ATTRIBUTES = {b"p:cNvPr descr": {"name"}, b"Relationship Target": {"mailto", "website"}}


def element(value: str) -> bytes:
    """A field as it appears in an element's text."""
    return escape(value).encode()


def attribute(value: str) -> bytes:
    """A field as it appears in an attribute between double quotation marks."""
    return escape(value, {'"': "&quot;"}).encode()


def box(left: int, top: int, width: int, height: int) -> bytes:
    """A place and size in EMU (ECMA-376, part 1, 20.1.7.6)."""
    return f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/>'.encode()


def cut(name: str, content: bytes, specimen: Fields, places: Mapping[bytes, str]) -> Pieces:
    """A ZIP member in pieces: a single piece if nothing of the specimen is in it.

    Values have the key of their field in text, with "@" before it in attributes, and the names that
    `places` gives to places of the logo. Raises `CannotStamp` if a field appears in an unexpected
    place, or a place not exactly once.
    """
    forms = {form(value): key for key, value in specimen.items() for form in (element, attribute)}
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
        raise CannotStamp(f"{name}: the logo is not where it should be")
    _forbid(name, (name.encode(), *pieces[::2]), forms)
    return tuple(pieces)


def _value(name: str, content: bytes, found: re.Match[bytes], key: str) -> str:
    """The name of the value that a field of the specimen stands for."""
    tag, closed, _ = content[content.rfind(b"<", 0, found.start()) : found.start()].partition(b">")
    if closed and key in _TEXTS.get(tag, ()):
        return key
    inside = re.fullmatch(rb'<([\w:]+) (?:[^"]*"[^"]*" )*([\w:]+)="[^"]*', tag)
    if not closed and inside and key in _ATTRIBUTES.get(b" ".join(inside.groups()), ()):
        return f"@{key}"
    raise CannotStamp(f"{name}: the specimen's {key} appears in an unexpected place")


def _forbid(name: str, pieces: Iterable[bytes | str], forms: Mapping[bytes, str]) -> None:
    """Refuse anything left of the specimen, in capitals or as part of other words."""
    for piece in pieces:
        lower = piece.lower() if isinstance(piece, bytes) else b""
        for form, key in forms.items():
            if form.lower() in lower:
                raise CannotStamp(f"{name}: the specimen's {key} appears in another form")


def join(pieces: Pieces, values: Mapping[str, bytes]) -> bytes:
    """Join the pieces with values between them."""
    return b"".join([values[one] if isinstance(one, str) else one for one in pieces])
