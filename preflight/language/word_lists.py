"""A language's word lists (`templates/words/`), and how to find their phrases in a text."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pack.theme import TEMPLATES


@dataclass(frozen=True)
class Phrases:
    """Phrases with the same remedy. If `denied`, they are allowed where their clause denies them.

    A “*” at the end of a word leaves its ending open. `numbers` maps each region to the phone
    number that must be shown beside them.
    """

    words: tuple[str, ...]
    remedy: str
    denied: bool = False
    numbers: Mapping[str, str] = field(default_factory=dict)

    def found(
        self, text: str, denials: Sequence[str] = (), conjunctions: Sequence[str] = ()
    ) -> Iterator[str]:
        """Every occurrence in a folded text."""
        for match in _whole(self.words).finditer(text):
            clause = _clause_end(tuple(conjunctions)).split(text[: match.start()])[-1]
            if not (self.denied and _whole(tuple(denials)).search(clause)):
                yield match[0]


@dataclass(frozen=True)
class WordLists:
    """The word lists of one language; `en.toml` says what each is for."""

    denials: tuple[str, ...] = ()
    conjunctions: tuple[str, ...] = ()
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
            Phrases(**{**one, "words": tuple(map(_fold_phrase, one["words"]))})
            for one in data.get(name, ())
        )

    return WordLists(
        denials=tuple(map(fold, data.get("denials", ()))),
        conjunctions=tuple(map(fold, data.get("conjunctions", ()))),
        known=tuple(data.get("known", ())),
        never=phrases("never"),
        beside=phrases("beside"),
        noted=phrases("noted"),
    )


def fold(text: str) -> str:
    """A text without markup, capitals, hyphens and line breaks, and with straight apostrophes.

    “ё” becomes “е”, as most people write it.
    """
    text = re.sub(r"\]\([^)]*\)|[*_\[\]\\\u00ad]", "", unicodedata.normalize("NFC", text))
    text = text.lower().replace("’", "'").replace("ё", "е")
    return " ".join(re.split(r"[\s\u2010\u2011-]+", text))


def _fold_phrase(phrase: str) -> str:
    """A phrase of a list, folded, with its open endings."""
    return " ".join(fold(word) + "*" * word.endswith("*") for word in phrase.split())


@cache
def _clause_end(conjunctions: tuple[str, ...]) -> re.Pattern[str]:
    """What ends a clause: a denial before it does not apply to the words after it.

    In some languages, a comma stands where the denial goes on: “Не думай, что это твоя вина.”
    """
    goes_on = rf"(?! {_whole(conjunctions).pattern})" if conjunctions else ""
    return re.compile(rf"[.;:!?…–—]|,{goes_on}")


@cache
def _whole(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of the phrases as whole words; the longest if several match."""
    longest_first = sorted(words, key=len, reverse=True)
    patterns = (re.escape(word).replace(r"\*", r"\w*") for word in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")
