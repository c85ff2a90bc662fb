"""Measures of how hard a text is to read: one for each language that has a recognized one."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from preflight.language.dictionary import Dictionary


@dataclass(frozen=True)
class Measure:
    """A measure of reading ease or difficulty.

    `value` computes it from the words per sentence and the syllables per word; up to `limit`, or
    down to it if `falls`, a text is easy enough. `told` is a message about a text that isn't, with
    {value} and {limit}. `syllables` counts those of each word.
    """

    value: Callable[[float, float], float]
    limit: float
    falls: bool
    told: str
    syllables: Callable[[Iterable[str], Dictionary], Mapping[str, int]]

    def is_easy(self, value: float) -> bool:
        return value >= self.limit if self.falls else value <= self.limit


def measure_of(language: str) -> Measure | None:
    """The measure for a language such as "en-US"; None if none is recognized."""
    return _MEASURES.get(language.split("-")[0])


#: The vowels that make a syllable: a strong one with weak ones around it, or weak ones alone. An
#: accent on a weak one parts it from a strong one: “pa-ís”, “dí-a”.
_NUCLEUS = re.compile(
    r"[iuü]?[aeoáéó](?:[iuü](?![aeoáéó]))?|[iuü]?[íú]|[iuü]{1,2}|(?<![aeoáéóiuüíú])y(?![aeoáéóiuüíú])"
)
_SILENT = re.compile(r"(?<=q)u|(?<=g)u(?=[eiéí])|h")


def spanish_syllables(word: str) -> int:
    """The number of syllables of a Spanish word in small letters, by its spelling."""
    return max(len(_NUCLEUS.findall(_SILENT.sub("", word))), 1)


_MEASURES = {
    # The Flesch-Kincaid grade (Kincaid and others, 1975), in school years of the U.S.
    "en": Measure(
        lambda words, syllables: 0.39 * words + 11.8 * syllables - 15.59,
        limit=8.0,
        falls=False,
        told="this text reads at grade {value:.1f}; the limit is grade {limit:.0f}",
        syllables=lambda words, dictionary: dictionary.syllables(set(words)),
    ),
    # The perspicuity of Szigriszt Pazos (1993) on the scale INFLESZ (Barrio-Cantalejo and others,
    # “Validación de la Escala INFLESZ”, An Sist Sanit Navar 2008; 31(2):135-152): from 55 on, a
    # text is “normal” for patients and their families.
    "es": Measure(
        lambda words, syllables: 206.835 - 62.3 * syllables - words,
        limit=55.0,
        falls=True,
        told="this text has {value:.1f} on the INFLESZ scale of ease; it needs {limit:.0f}",
        syllables=lambda words, _: {word: spanish_syllables(word) for word in words},
    ),
}
