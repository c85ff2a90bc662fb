"""A pack's translations into one language: read together, brought up to date, written in one step.

They are in `translations/PACK/` beside the content file: LANG.po, LANG.glossary.csv, and the
approvals in LANG.reviews.csv.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from languages import checks
from languages.catalog import Catalog, TranslationError, TranslationState
from languages.glossary import Glossary, empty_glossary, read_glossary
from languages.merge import merge
from languages.po import read_po, write_po
from languages.reviews import Reviews, follow, read_reviews, write_reviews
from languages.strings import SourceString, strings
from pack.artifacts import pack_name
from pack.errors import OutputError, output_errors
from pack.model import Pack
from pack.problems import Fault, Place, Problem, Severity
from preflight.language.word_lists import fold, load
from press.content_files import translations_folder as folder_of
from press.publish import publish
from press.where_shown import where_shown

_Read = TypeVar("_Read")


class TranslationsChanged(OutputError):
    """Files of a language are not those that were read."""


@dataclass(frozen=True)
class TranslationFiles:
    """The files of one language; `catalog` has today's strings, whatever the files have.

    `read` has the bytes that the files had, by name; None for one that there was not.
    """

    pack: Pack
    language: str
    strings: tuple[SourceString, ...]
    catalog: Catalog
    reviews: Reviews
    glossary: Glossary
    read: Mapping[str, bytes | None]

    @property
    def po(self) -> Path:
        return po_file(self.pack, self.language)

    def faults(self, string: SourceString, target: str) -> Iterator[Fault]:
        """Everything that makes a translation of a string unfit to be shown."""
        yield from checks.faults(string, target, self.glossary)
        if string.path[0] == "quotes" and string.path[-1] == "text":
            return  # the source's own words
        lists, folded = load(self.language), fold(target)
        for phrases in lists.never:
            for found in dict.fromkeys(phrases.found(folded, lists.denials, lists.conjunctions)):
                what = f"“{found}” is harmful and must not appear in materials for families"
                yield Fault(what, phrases.remedy)

    @cached_property
    def flaws(self) -> Mapping[str, tuple[Fault, ...]]:
        """What is wrong with current translations, by context."""
        found = {
            string.context: tuple(self.faults(string, entry.target))
            for string, entry in zip(self.strings, self.catalog.entries, strict=True)
            if entry.state is TranslationState.CURRENT
        }
        return {context: faults for context, faults in found.items() if faults}

    def problems(self) -> Iterator[Problem]:
        """An error for everything that is wrong, and a warning for other words than agreed on."""
        for entry in self.catalog.entries:
            place = entry.place or Place(self.po, 0)
            for fault in self.flaws.get(entry.context, ()):
                yield Problem(place, entry.context, fault)
            if entry.state is TranslationState.CURRENT:
                for fault in self.glossary.unrendered(entry.source, entry.target):
                    yield Problem(place, entry.context, fault, Severity.WARNING)

    def comments(self, string: SourceString, *, where: bool = True) -> Iterator[str]:
        """What a translator needs to know about a string; if `where`, also what shows it."""
        yield string.about
        if where and string.shown_on.documents:
            yield f"Shown on: {string.shown_on}."
        if string.longest:
            yield f"At most {string.longest} characters."
        if hints := [term.hint for term in self.glossary.terms_in(string.source)]:
            yield f"Glossary: {'; '.join(hints)}."

    def po_bytes(self) -> bytes:
        comments = {string.context: tuple(self.comments(string)) for string in self.strings}
        return write_po(self.catalog, pack_name(self.pack), self.language, comments)

    def save(self) -> "TranslationFiles":
        """Write all files or none, and return what they have, with its lines.

        Raises `OutputError`: `TranslationsChanged` if another program has written them meanwhile.
        """
        folder = translations_folder(self.pack)
        for name, data in self.read.items():
            if _content(folder / name) != data:
                raise TranslationsChanged(
                    f"{folder / name} was changed by another program, and is left as that wrote it."
                    " Try again."
                )
        glossary = folder / f"{self.language}.glossary.csv"
        reviews = follow(self.reviews, self.catalog.entries)
        files = {self.po.name: self.po_bytes()}
        if reviews.rows:
            files[f"{self.language}.reviews.csv"] = write_reviews(reviews)
        if not glossary.exists():
            files[glossary.name] = empty_glossary()
        if any(_content(folder / name) != data for name, data in files.items()):
            publish(folder, files)
        return open_translations(self.pack, self.language)


def translations_folder(pack: Pack) -> Path:
    """The folder of a pack's translations, which need not exist."""
    return folder_of(pack.origin.file)


def po_file(pack: Pack, language: str) -> Path:
    """The file of a pack's translations into a language, which need not exist."""
    return translations_folder(pack) / f"{language}.po"


def languages_of(pack: Pack) -> list[str]:
    """The tags of the languages that a pack has translations in."""
    return sorted(file.stem for file in translations_folder(pack).glob("*.po"))


def open_translations(
    pack: Pack, language: str, found: tuple[SourceString, ...] = ()
) -> TranslationFiles:
    """The translations of a pack, brought up to date in memory; none if there are no files.

    `found` are the pack's strings, if they are known already.
    Raises `TranslationError` with the problems of all files, and `OutputError` if one can't be
    read.
    """
    folder = translations_folder(pack)
    found = found or strings(pack, where_shown(pack))
    problems: list[Problem] = []
    contents: dict[str, bytes | None] = {}

    def read(ending: str, reader: Callable[[bytes, Path], _Read], nothing: _Read) -> _Read:
        file = folder / f"{language}{ending}"
        try:
            data = contents[file.name] = _content(file)
            return nothing if data is None else reader(data, file)
        except TranslationError as error:
            problems.extend(error.problems)
            return nothing

    catalog = read(".po", lambda data, file: read_po(data, file, language), Catalog())
    glossary = read(".glossary.csv", read_glossary, Glossary())
    reviews = read(".reviews.csv", read_reviews, Reviews())
    if problems:
        raise TranslationError(problems)
    merged = merge(catalog, found)
    return TranslationFiles(
        pack, language, found, merged, follow(reviews, merged.entries), glossary, contents
    )


def _content(file: Path) -> bytes | None:
    """The bytes of a file; None if it doesn't exist."""
    with output_errors(file, "read"):
        return file.read_bytes() if file.exists() else None
