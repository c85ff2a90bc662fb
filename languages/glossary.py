"""A language's glossary: terms that are to be translated in the same way everywhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from languages.catalog import TranslationError
from languages.csv_files import read_rows, write_rows
from pack.problems import Fault, Place, Problem

COLUMNS = ("term", "translation", "note")

#: A translation that says: this term stays as it is.
_STAYS = "="


@dataclass(frozen=True)
class Term:
    """An English term and its translations, any of which will do.

    A translation may leave its ending open: “жертв*”.
    """

    english: str
    translations: tuple[str, ...]
    note: str = ""

    @property
    def stays(self) -> bool:
        """Whether it may stay as it is."""
        return self.english.casefold() in (one.casefold() for one in self.translations)

    @property
    def hint(self) -> str:
        """What translators are told of it."""
        others = [one for one in self.translations if one != self.english]
        said = " or ".join([*others, *(["stays as it is"] if self.stays else [])])
        return f"{self.english}: {said}{f' ({self.note})' if self.note else ''}"


@dataclass(frozen=True)
class Glossary:
    """The terms of a language."""

    terms: tuple[Term, ...] = ()

    def terms_in(self, source: str) -> tuple[Term, ...]:
        """The terms in an English text, in their order there; of overlapping ones the longest."""
        if not self.terms:
            return ()
        found = (match[0].casefold() for match in self._pattern.finditer(source))
        return tuple(dict.fromkeys(filter(None, map(self._term, found))))

    def unrendered(self, source: str, target: str) -> Iterator[Fault]:
        """A fault for every term of an English text that its translation has otherwise."""
        text = target.casefold()
        for term in self.terms_in(source):
            if not any(one.rstrip("*").casefold() in text for one in term.translations):
                wanted = " or ".join(f"“{one}”" for one in term.translations)
                rule = "leaves it as it is" if term.stays else f"has {wanted}"
                what = f"for “{term.english}”, the glossary {rule}"
                yield Fault(what, "Use that word, or add this one to the glossary.")

    def without_staying(self, source: str) -> str:
        """An English text without the terms that may stay as they are."""
        if not self.terms:
            return source

        def replaced(match: re.Match[str]) -> str:
            term = self._term(match[0].casefold())
            return " " if term and term.stays else match[0]

        return self._pattern.sub(replaced, source)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted((one.english for one in self.terms), key=len, reverse=True)
        # “IT” is not “it”.
        patterns = (f"(?-i:{re.escape(one)})" if one.isupper() else re.escape(one) for one in names)
        return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?:s|es)?(?!\w)", re.I)

    def _term(self, found: str) -> Term | None:
        by_name = {one.english.casefold(): one for one in self.terms}
        names = (found, found.removesuffix("s"), found.removesuffix("es"))
        return next((by_name[name] for name in names if name in by_name), None)


def read_glossary(data: bytes, file: Path) -> Glossary:
    """The glossary in the bytes of a CSV file with the columns `COLUMNS`.

    A term may have several rows. Raises `TranslationError` with every bad row.
    """
    terms: dict[str, Term] = {}
    problems = []
    for line, (english, translation, note) in read_rows(data, file, COLUMNS):
        if not (english and translation):
            what = "this row has no " + ("translation" if english else "term")
            remedy = "Write it; “=” as translation means that the term stays as it is."
            problems.append(Problem(Place(file, line), "", Fault(what, remedy)))
            continue
        rendered = english if translation == _STAYS else translation
        known = terms.get(english.casefold(), Term(english, ()))
        translations = tuple(dict.fromkeys((*known.translations, rendered)))
        notes = " ".join(dict.fromkeys(filter(None, (known.note, note))))
        terms[english.casefold()] = Term(known.english, translations, notes)
    if problems:
        raise TranslationError(problems)
    return Glossary(tuple(terms.values()))


def empty_glossary() -> bytes:
    """A glossary to begin with, as a CSV file."""
    return write_rows(COLUMNS, ())
