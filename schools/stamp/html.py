"""A school into a finished download page: `stamp(prepare(page of a specimen), words) -> page`.

The result is byte for byte what `website.pages.render` makes of the pack with that school. Beside a
school's words a page shows its logo, and of each file how long and how large it is: these are words
as well here, "logo", "width", "height", and those that `length` and `size` name.
"""

import re
from collections import Counter
from dataclasses import dataclass

from markupsafe import escape

from pack.html import address
from schools.stamp.errors import CannotStamp
from schools.stamp.fields import Fields, Template, fill, template

#: Where words may stand: in the text of an element, or in an attribute of it.
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

#: What comes last before a word: an element, and perhaps an attribute that is not closed.
_BEFORE = re.compile(r'<([a-z]+)(?:(?: [a-z-]+(?:="[^"<>]*")?)*(?:>[^<]*| ([a-z]+)="[^"<>]*))')


@dataclass(frozen=True)
class PageBase:
    """A page without its school; `keys` are the words that its schools must have, and no others."""

    keys: frozenset[str]
    text: Template


def length(file: str) -> str:
    """The key of how long a file is, such as "Pages: 2"."""
    return f"length {file}"


def size(file: str) -> str:
    """The key of how large a file is, such as "128 kB"."""
    return f"size {file}"


def prepare(data: bytes, specimen: Fields) -> PageBase:
    """The base of a page that was rendered for a specimen school.

    The specimen's words must be unlike all others of the page. Raises `CannotStamp` if one stands
    where none is expected, or nowhere: nothing of the specimen can be left over.
    """
    forms = _forms(specimen)
    if len(set(forms.values())) < len(forms) or "" in forms.values():
        raise CannotStamp("the specimen's words can't be told apart")
    text = template(data.decode(), forms)
    before = ""
    for at, piece in enumerate(text):
        if at % 2 == 0:
            before += piece
        elif not _expected(before, piece):
            raise CannotStamp(f"the specimen's {piece} stands in a place that is not known")
    found = Counter(text[1::2])
    if missing := forms.keys() - found:
        raise CannotStamp(f"the specimen's {min(missing)} stands nowhere on the page")
    plain = before.casefold()
    for key, word in [*specimen.items(), *forms.items()]:
        if word.casefold() in plain:
            raise CannotStamp(f"the specimen's {key} stands on the page in another form")
    return PageBase(frozenset(specimen), text)


def stamp(base: PageBase, words: Fields) -> bytes:
    """The page of a school. A pure function.

    Raises `ValueError` if the base is one for schools that have other words.
    """
    if words.keys() != base.keys:
        raise ValueError("this base is for schools that have other values")
    return fill(base.text, _forms(words)).encode()


def _forms(words: Fields) -> dict[str, str]:
    """Words as they stand in the page: an address may break behind each slash."""
    forms = {key: str(escape(word)) for key, word in words.items()}
    if "website" in words:
        forms["address"] = str(address(words["website"]))
    return forms


def _expected(before: str, key: str) -> bool:
    """Whether a word may stand behind a piece of the page, from which other words are left out."""
    tag = _BEFORE.fullmatch(before[before.rfind("<") :])
    if not tag:
        return False
    if key.startswith(("length ", "size ")):
        return tag[0].startswith('<span class="facts">')
    return key in _PLACES.get(" ".join(filter(None, tag.groups())), ())
