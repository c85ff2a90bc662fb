"""A language's word lists (`templates/words/`), and how to find their phrases in a text."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import groupby

from pack.theme import TEMPLATES

#: Letters of scripts without spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"

_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}]")

#: The space that a line break leaves within a text in such a script.
_NO_SPACE = re.compile(f"(?<=[{_UNSPACED}]) (?=[{_UNSPACED}])")

#: Vowel marks and hamzas of Arabic, which many leave out, and the line that stretches words.
_ARABIC_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")

#: Text from a PDF has the two letters of a ligature in the wrong order: “االنتحار”.
_SWAPPED_LIGATURE = re.compile("([ال])ال")

#: Arabic joins “and”, “in”, “to”, “the” and the like to the front of a word.
_ARABIC_PREFIX = "[وف]?[بكلس]?(?:ا?ل)?"


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
        for match in _whole(self.words).finditer(text) if self.may_be_in(text) else ():
            # With the phrase itself: it may begin within a denial, as 一定 (sure) does in 不一定.
            clause = _clause_end(tuple(conjunctions)).split(text[: match.end()])[-1]
            if not (self.denied and _whole(tuple(denials)).search(clause)):
                yield match[0]

    def may_be_in(self, text: str) -> bool:
        """Whether a folded text may have any of them: most have none, which is found quickly."""
        return any(start in text for start in self._starts)

    @cached_property
    def _starts(self) -> tuple[str, ...]:
        return tuple(word.split("*")[0] for word in self.words)


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

    Letters that are written in several ways are made the same: “ё” as “е”, Arabic without vowel
    marks and hamzas, full width as usual width. Arabic may come from a PDF.
    """
    text = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKD", text))
    text = _SWAPPED_LIGATURE.sub(r"\1لا", text)
    text = re.sub(r"\]\([^)]*\)|[*_\[\]\\\u00ad]", "", unicodedata.normalize("NFC", text))
    text = text.lower().replace("’", "'").replace("ё", "е")
    text = " ".join(re.split(r"[\s\u2010\u2011-]+", text))
    return _NO_SPACE.sub("", text)


def _fold_phrase(phrase: str) -> str:
    """A phrase of a list, folded, with its open endings."""
    return " ".join(fold(word) + "*" * word.endswith("*") for word in phrase.split())


@cache
def _clause_end(conjunctions: tuple[str, ...]) -> re.Pattern[str]:
    """What ends a clause: a denial before it does not apply to the words after it.

    In some languages, a comma stands where the denial goes on: “Не думай, что это твоя вина.”
    """
    goes_on = rf"(?! (?:{_whole(conjunctions).pattern}))" if conjunctions else ""
    return re.compile(rf"[.;:!?…–—。،؛؟]|,{goes_on}")


@cache
def _whole(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of the phrases as whole words; the longest if several match."""
    longest_first = sorted(words, key=len, reverse=True)
    # Phrases in a row share their bounds, which take as long to compile as many phrases.
    return re.compile(
        "|".join(
            f"{start}(?:{'|'.join(map(_pattern, phrases))}){end}"
            for (start, end), phrases in groupby(longest_first, _bounds)
        )
    )


def _bounds(phrase: str) -> tuple[str, str]:
    """What must be around a phrase for it to end where its words do, if its script shows that."""
    start = "" if _UNSPACED_LETTER.match(phrase[0]) else rf"(?<![^\W{_UNSPACED}])"
    end = "" if _UNSPACED_LETTER.match(phrase[-1]) else rf"(?![^\W{_UNSPACED}])"
    return start, end


def _pattern(phrase: str) -> str:
    """A pattern for a phrase, with its open endings and, in Arabic, with what joins it."""
    prefix = _ARABIC_PREFIX if "\u0620" <= phrase[0] <= "\u064a" else ""
    return prefix + re.escape(phrase).replace(r"\*", r"\w*")
