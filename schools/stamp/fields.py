"""The words of a school, as they stand in files, and how those of another take their place."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

#: What a school is called and how it is reached, by name: "name", "contact", "phone", "dial" (its
#: tel: address), "email", "mailto", "website", "address" (the website as people type it).
#: A school has the keys of what it gives.
Fields = Mapping[str, str]

#: A text with the specimen's words taken out: text and the keys of words in turns.
Template = tuple[str, ...]


def template(text: str, specimen: Fields) -> Template:
    """A text that shows the specimen school as one for every school.

    Of words that hold one another the longest counts, as the website does and not the address.
    """
    keys = {word: key for key, word in specimen.items()}
    pieces = _pattern(tuple(keys)).split(text)
    return tuple(keys[piece] if at % 2 else piece for at, piece in enumerate(pieces))


def fill(cut: Template, words: Fields, escape: Callable[[str], str] = str) -> str:
    """A text for a school. Its words stay as they are, even if they look like the specimen's."""
    return "".join(escape(words[piece]) if at % 2 else piece for at, piece in enumerate(cut))


@lru_cache(maxsize=32)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest))})")
