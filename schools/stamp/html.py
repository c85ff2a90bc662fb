"""Stamp a school into a finished download page: `stamp(prepare(specimen page), fields) -> page`.

The result is byte for byte what `website.pages.render` makes from the pack with that school. A
page shows a school's fields, its logo, and the length and size of each file. Here all these are
fields: "logo", "width", "height", and the keys that `length` and `size` return.
"""

import re
from collections import Counter
from dataclasses import dataclass

from markupsafe import escape

from pack.html import address
from schools.stamp.errors import CannotStamp
from schools.stamp.fields import Fields, Template, fill, template

#: Where fields may appear: in the text of an element, or in one of its attributes.
_PLACES = {
    "title": {"name"},
    "span": {"name", "contact"},
    "a": {"phone", "email", "address"},
    "a href": {"dial", "mailto", "website"},
    "img alt": {"name"},
    "img src": {"logo"},
    "img width": {"width"},
    "img height": {"height"},
}

#: What comes right before a field: an element, and perhaps an attribute that is not closed.
_BEFORE = re.compile(r'<([a-z]+)(?:(?: [a-z-]+(?:="[^"<>]*")?)*(?:>[^<]*| ([a-z]+)="[^"<>]*))')


@dataclass(frozen=True)
class PageBase:
    """A page without its school; `keys` are exactly the fields that its schools must have."""

    keys: frozenset[str]
    text: Template


def length(file: str) -> str:
    """The key for the length of a file, such as "Pages: 2"."""
    return f"length {file}"


def size(file: str) -> str:
    """The key for the size of a file, such as "128 kB"."""
    return f"size {file}"


def prepare(data: bytes, specimen: Fields) -> PageBase:
    """The base of a page that was rendered for a specimen school.

    The specimen's fields must differ from all other text of the page. Raises `CannotStamp` if a
    field appears in an unexpected place or not at all, so that nothing of the specimen is left.
    """
    forms = _forms(specimen)
    if len(set(forms.values())) < len(forms) or "" in forms.values():
        raise CannotStamp("the specimen's fields are not distinct")
    text = template(data.decode(), forms)
    before = ""
    for at, piece in enumerate(text):
        if at % 2 == 0:
            before += piece
        elif not _expected(before, piece):
            raise CannotStamp(f"the specimen's {piece} appears in an unexpected place")
    found = Counter(text[1::2])
    if missing := forms.keys() - found:
        raise CannotStamp(f"the specimen's {min(missing)} does not appear on the page")
    plain = before.casefold()
    for key, value in [*specimen.items(), *forms.items()]:
        if value.casefold() in plain:
            raise CannotStamp(f"the specimen's {key} appears on the page in another form")
    return PageBase(frozenset(specimen), text)


def stamp(base: PageBase, fields: Fields) -> bytes:
    """The page of a school. A pure function.

    Raises `ValueError` if the base is for schools with other fields.
    """
    if fields.keys() != base.keys:
        raise ValueError("this base is for schools with other fields")
    return fill(base.text, _forms(fields)).encode()


def _forms(fields: Fields) -> dict[str, str]:
    """Fields as they appear in the page: an address may break after each slash."""
    forms = {key: str(escape(value)) for key, value in fields.items()}
    if "website" in fields:
        forms["address"] = str(address(fields["website"]))
    return forms


def _expected(before: str, key: str) -> bool:
    """Whether a field may follow a piece of the page. Other fields are left out of the piece."""
    tag = _BEFORE.fullmatch(before[before.rfind("<") :])
    if not tag:
        return False
    if key.startswith(("length ", "size ")):
        return tag[0].startswith('<span class="facts">')
    return key in _PLACES.get(" ".join(filter(None, tag.groups())), ())
