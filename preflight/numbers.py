"""Numbers that text from right to left could take apart.

Unless it is isolated, a number of several parts is shown with its parts in reverse order after
Arabic words: 1-800-225-5324 as 5324-225-800-1 (Unicode Standard Annex 9).
"""

import re
from collections.abc import Iterator

from pack import markdown
from pack.model import Pack
from pack.walk import texts

#: Not in a web or e-mail address.
_NUMBER = re.compile(r"(?<![\w@./-])[0-9A-Z]+(?:[-\u2011./:,][0-9A-Z]+)*(?![\w@/-]|\.\w)")

#: A part of a number; vanity numbers have letters in some.
PART = re.compile(r"[0-9A-Za-z]+")

#: Those of one part that have fewer digits may be anything, such as the number of a page.
_MIN_DIGITS = 3


def numbers_of(pack: Pack) -> frozenset[str]:
    """The numbers of contacts and in texts, as they are written: what could be shown backwards.

    None if the pack's language is written from left to right.
    """
    if not pack.script.is_right_to_left:
        return frozenset()
    return frozenset(
        number
        for number in _written(pack)
        if re.search(r"\d", number) and (has_parts(number) or len(number) >= _MIN_DIGITS)
    )


def has_parts(number: str) -> bool:
    return len(PART.findall(number)) > 1


def _written(pack: Pack) -> Iterator[str]:
    for contact in pack.contacts.values():
        yield from filter(None, (contact.phone, contact.tty, contact.text and contact.text.number))
    for _, text in texts(pack):
        yield from _NUMBER.findall(markdown.plain(text))
