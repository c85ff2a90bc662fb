"""A language's word lists (`templates/words/`), and how to find their phrases in a text."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pack.theme import TEMPLATES

#: What ends a clause: a denial before it does not apply to the words after it.
_CLAUSE_END = re.compile(r"[.,;:!?…–—]")


@dataclass(frozen=True)
class Phrases:
    """Phrases with the same remedy. If `denied`, they are allowed where their clause denies them.

    `numbers` maps each region to the phone number that must be shown beside them.
    """

    words: tuple[str, ...]
    remedy: str
    denied: bool = False
    numbers: Mapping[str, str] = field(default_factory=dict)

    def found(self, text: str, denials: Sequence[str] = ()) -> Iterator[str]:
        """Every occurrence in a folded text."""
        for match in _whole(self.words).finditer(text):
            clause = _CLAUSE_END.split(text[: match.start()])[-1]
            if not (self.denied and _whole(tuple(denials)).search(clause)):
                yield match[0]


@dataclass(frozen=True)
class WordLists:
    """The word lists of one language; `en.toml` says what each is for."""

    denials: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    never: tuple[Phrases, ...] = ()
    beside: tuple[Phrases, ...] = ()
    noted: tuple[Phrases, ...] = ()


@cache
def load(language: str) -> WordLists:
    """The word lists for a language code such as "en" or "es-US"; empty if there are none."""
    file = TEMPLATES / "words" / f"{language.split('-')[0]}.toml"
    if not file.exists():
        return WordLists()
    data = tomllib.loads(file.read_text("utf-8"))

    def phrases(name: str) -> tuple[Phrases, ...]:
        return tuple(
            Phrases(**{**one, "words": tuple(map(fold, one["words"]))})
            for one in data.get(name, ())
        )

    return WordLists(
        denials=tuple(map(fold, data.get("denials", ()))),
        known=tuple(data.get("known", ())),
        never=phrases("never"),
        beside=phrases("beside"),
        noted=phrases("noted"),
    )


def fold(text: str) -> str:
    """A text without markup, capitals, hyphens and line breaks, and with straight apostrophes."""
    text = re.sub(r"\]\([^)]*\)|[*_\[\]\\\u00ad]", "", unicodedata.normalize("NFC", text))
    return " ".join(re.split(r"[\s\u2010\u2011-]+", text.replace("’", "'").lower()))


@cache
def _whole(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of the phrases as whole words; the longest if several match."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
