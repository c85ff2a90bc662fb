"""The lists of words of a language (`templates/words/`), and how they are found in a text."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pack.theme import TEMPLATES

#: What ends a clause: a denial before it does not reach the words behind it.
_CLAUSE_END = re.compile(r"[.,;:!?…–—]")


@dataclass(frozen=True)
class Phrases:
    """Words with the same remedy. `denied`: they may stand where their clause denies them.

    `numbers` holds, by region, the telephone number that must stand beside them.
    """

    words: tuple[str, ...]
    remedy: str
    denied: bool = False
    numbers: Mapping[str, str] = field(default_factory=dict)

    def found(self, text: str, denials: Sequence[str] = ()) -> Iterator[str]:
        """Those that stand in a folded text, as often as they do."""
        for match in _whole(self.words).finditer(text):
            clause = _CLAUSE_END.split(text[: match.start()])[-1]
            if not (self.denied and _whole(tuple(denials)).search(clause)):
                yield match[0]


@dataclass(frozen=True)
class Lists:
    """The lists of one language; `en.toml` says what each is for."""

    denials: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    never: tuple[Phrases, ...] = ()
    beside: tuple[Phrases, ...] = ()
    noted: tuple[Phrases, ...] = ()


@cache
def load(language: str) -> Lists:
    """The lists for a language code such as "en" or "es-US"; empty if it has none."""
    file = TEMPLATES / "words" / f"{language.split('-')[0]}.toml"
    if not file.exists():
        return Lists()
    data = tomllib.loads(file.read_text("utf-8"))

    def phrases(name: str) -> tuple[Phrases, ...]:
        return tuple(
            Phrases(**{**one, "words": tuple(map(fold, one["words"]))})
            for one in data.get(name, ())
        )

    return Lists(
        denials=tuple(map(fold, data.get("denials", ()))),
        known=tuple(data.get("known", ())),
        never=phrases("never"),
        beside=phrases("beside"),
        noted=phrases("noted"),
    )


def fold(text: str) -> str:
    """A text without markup, capitals, hyphens and line breaks, in straight apostrophes."""
    text = re.sub(r"\]\([^)]*\)|[*_\[\]\\\u00ad]", "", unicodedata.normalize("NFC", text))
    return " ".join(re.split(r"[\s\u2010\u2011-]+", text.replace("’", "'").lower()))


@cache
def _whole(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, whole; the longest if several fit."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
