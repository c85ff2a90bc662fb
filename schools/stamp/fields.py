"""The fields of a school as files show them, and how they replace the specimen's."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

#: What a school is called and how to reach it, by key: "name", "contact", "phone", "dial" (its tel:
#: address), "email", "mailto", "website", "address" (the website as people type it). A school has
#: only the keys of the values that it gives.
Fields = Mapping[str, str]

#: A text without the specimen's fields: constant text and the keys of fields alternate.
Template = tuple[str, ...]


def template(text: str, specimen: Fields) -> Template:
    """Turn a text that shows the specimen school into a template for every school.

    If one field contains another, the longer field wins: the website, not the address.
    """
    keys = {word: key for key, word in specimen.items()}
    pieces = _pattern(tuple(keys)).split(text)
    return tuple(keys[piece] if at % 2 else piece for at, piece in enumerate(pieces))


def fill(cut: Template, fields: Fields, escape: Callable[[str], str] = str) -> str:
    """Fill a text for a school, whose fields may even look like the specimen's."""
    return "".join(escape(fields[piece]) if at % 2 else piece for at, piece in enumerate(cut))


@lru_cache(maxsize=32)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest))})")
