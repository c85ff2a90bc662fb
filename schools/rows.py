"""A list of schools: a CSV, Excel or YAML file, read school by school.

Each school of a district gets the same pack with its own name, logo and contact line. A list may
cover a whole country: memory holds only one row at a time, and the ids of earlier rows.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from pydantic import ValidationError

from languages.tags import any_language, english_name, find_language
from pack.errors import ContentError, UsageError
from pack.glyphs import BREAK_HINTS
from pack.items import School
from pack.logos import read_logo
from pack.model import Pack
from pack.problems import Fault, Place, Problem, Severity, nearest, path_text
from pack.theme import load_theme
from pack.types import is_placeholder
from pack.validation import Context
from schools import cells
from schools.columns import COLUMNS
from schools.ids import MAX_ID, DerivedIds, GivenId, WrittenIds
from schools.options import ListOptions
from schools.tables.table import TableRow, read_table

_HIDDEN = Fault(
    "this row is hidden in Excel, so no files are made for it",
    "To include it, show it: clear the filter, or choose “Unhide” for the row.",
)

#: What may be between several languages in a cell.
_BETWEEN_LANGUAGES = re.compile(r"[,;/&+|\n]|\band\b", re.I)

#: How many words the name of a language has at most.
_MOST_WORDS = 5

#: Languages that a row may name although nothing is made in them now, and what is then wrong: None
#: if that was asked for.
Unmade = Mapping[str, Fault | None]

#: How a list says that a school no longer exists.
_CLOSED = re.compile(r"(permanently )?(closed|inactive|merged|discontinued)\b.*", re.I)


class BadContact(UsageError):
    """The contact for all schools can't be printed."""


@dataclass(frozen=True)
class SchoolRow:
    """One school of a list.

    `id` is the name of its folder. `languages` are tags, none for the language of the first pack.
    `sheets` are ids of sheets, decks and guides; empty for all. `place` is the row's start.
    `remarks` are doubts whether it is what was meant.
    """

    id: str
    school: School
    languages: tuple[str, ...]
    sheets: tuple[str, ...]
    place: Place
    remarks: tuple[Fault, ...] = ()


class _Language(NamedTuple):
    """What there is in a language: ids of documents, and whom to ask if the list doesn't say."""

    documents: frozenset[str]
    contact: str | None


class SchoolList:
    """A list of schools: the schools when it is iterated, and what is known about it as a whole.

    `headings` are None in a YAML file; `warnings` are about the whole list. `contact` is for
    schools of the first language that have none of their own. `closed` counts the schools so far
    that no longer exist.

    Several processes can share a list: with `parts`, each checks the rows that `part_of` assigns to
    it, and reads only the ids of the others. `packs` are in all languages that can be made;
    `unmade` are others that a row may name, each with what is then wrong, if anything. Phone
    numbers belong to the first pack's country. Logos are relative to the list's folder.
    Raises `BadContact`, or `ContentError` if the file can't be read or lacks a column.
    """

    def __init__(
        self,
        file: Path,
        packs: Sequence[Pack],
        options: ListOptions | None = None,
        part: int = 0,
        parts: int = 1,
        unmade: Unmade | None = None,
    ) -> None:
        options = options or ListOptions()
        about = packs[0].about
        self._context = Context(
            ids={},
            folder=file.parent,
            theme=load_theme(),
            region=about.region,
            language=about.language,
        )
        _check_contact(options, self._context)
        self._offer = _offer(packs, options)
        self._unmade = {
            tag: fault for tag, fault in (unmade or {}).items() if tag not in self._offer
        }
        self._part, self._parts = part, parts
        self._table = read_table(file, COLUMNS, options.columns)
        self.headings = self._table.headings
        self.warnings = self._table.warnings
        self.contact = next(iter(self._offer.values())).contact
        self.closed = 0
        self._start = self.headings.place if self.headings else Place(file)
        if self.headings and "contact" not in self.headings.taken and not self.contact:
            raise ContentError([Problem(self._start, "", _NO_CONTACT)])
        self._has_ids = (
            "id" in self.headings.taken
            if self.headings
            else any("id" in row.texts for row in self._table)
        )

    def __iter__(self) -> Iterator[SchoolRow | tuple[Problem, ...]]:
        """Each school, or all problems of its row; a row that is left out is only a warning."""
        ids = WrittenIds() if self._has_ids else DerivedIds(self._table)
        empty, number = True, -1
        for number, row in enumerate(self._table):
            empty = empty and row.hidden
            given = GivenId("") if row.hidden else ids.give(row)
            if part_of(number, self._parts) == self._part:
                yield self._school(row, given)
        if empty and part_of(number + 1, self._parts) == self._part:
            what = "there are no schools in this list"
            remedy = "Write each school in a row of its own, below the column headings."
            yield (Problem(self._start, "", Fault(what, remedy)),)

    def _school(self, row: TableRow, given: GivenId) -> SchoolRow | tuple[Problem, ...]:
        """A row's school, or all its problems."""
        if row.hidden:
            return (Problem(row.place, "", _HIDDEN, Severity.WARNING),)
        # A broken row is not checked further: its cells may be in the wrong columns.
        if any(not column for column, _ in row.faults):
            return _problems(row, row.faults)
        alone = self._alone(row)
        if fault := cells.not_a_school(row.texts.get("name", ""), alone=alone):
            return _problems(row, [("name", fault)])
        if given.remark and not given.name:
            return (Problem(row.place, _known_as(row), given.remark, Severity.WARNING),)

        faults = list(row.faults)
        if given.fault:
            faults.append(("id", given.fault))
        languages, sheets, wrong = self._wanted(row)
        faults += wrong
        contact = self._offered(languages)[0].contact
        values, wrong, doubts = _values(row.texts, contact, self._context.region)
        faults += wrong
        school, wrong = self._checked(values, {column for column, _ in faults})
        faults += wrong
        if faults or school is None:
            return _problems(row, faults)
        self.closed += bool(_CLOSED.fullmatch(row.texts.get("status", "")))
        hinted = any(isinstance(cell, str) and BREAK_HINTS.search(cell) for cell in row.cells)
        doubts += [
            one
            for one in (given.remark, _ALONE if alone else None, _HINTED if hinted else None)
            if one
        ]
        return SchoolRow(given.name, school, languages, sheets, row.place, tuple(doubts))

    def _alone(self, row: TableRow) -> bool:
        """Whether a row has only a name, unlike the list."""
        if len(row.texts) > 1 or not self.headings or self.headings.width < 3:
            return False
        return sum(bool(cell.strip()) for cell in row.cells if isinstance(cell, str)) == 1

    def _wanted(
        self, row: TableRow
    ) -> tuple[tuple[str, ...], tuple[str, ...], list[tuple[str, Fault]]]:
        """The languages and the sheets that a row wants, and what is wrong with them."""
        texts = row.texts
        if "language" not in texts and "sheets" not in texts:
            return (), (), []
        languages, wrong = self._languages(texts.get("language", ""))
        faults = [("language", fault) for fault in wrong]
        known = frozenset().union(*(one.documents for one in self._offered(languages)))
        sheets = tuple(dict.fromkeys(re.findall(r"[^;,\s]+", texts.get("sheets", "").lower())))
        if all(column != "language" for column, _ in row.faults):
            for sheet in sheets:
                if sheet not in known:
                    what = f"there is no sheet “{sheet[:MAX_ID]}”"
                    faults.append(("sheets", Fault(what, nearest(sheet, known))))
        return languages, sheets, faults

    def _languages(self, text: str) -> tuple[tuple[str, ...], list[Fault]]:
        """The languages in a cell, and what is wrong with them."""
        tags: dict[str, None] = {}
        faults: dict[Fault, None] = {}
        for name in _names_of_languages(text, self._known):
            tag = find_language(name, self._known)
            fault = self._unmade.get(tag) if tag else _unknown_language(name, self._known)
            if fault:
                faults[fault] = None
            elif tag:
                tags[tag] = None
        return tuple(tags), list(faults)

    def _offered(self, languages: Sequence[str]) -> Sequence[_Language]:
        """What there is in the languages of a school; in the first pack's if there is nothing."""
        found = [self._offer[one] for one in languages if one in self._offer]
        return found or [next(iter(self._offer.values()))]

    @property
    def _known(self) -> tuple[str, ...]:
        return (*self._offer, *self._unmade)

    def _checked(
        self, values: Mapping[str, str], faulty: set[str]
    ) -> tuple[School | None, list[tuple[str, Fault]]]:
        """A school, and what is wrong with it beyond the columns that are known to be `faulty`."""
        faults: list[tuple[str, Fault]] = []
        try:
            school = School.model_validate(values, context=self._context)
            # An extension has a no-break space, which can't be stamped; phone numbers never break.
            if school.phone and "\N{NO-BREAK SPACE}" in school.phone:
                phone = school.phone.replace("\N{NO-BREAK SPACE}", " ")
                school = school.model_copy(update={"phone": phone})
            return school, faults
        except ValidationError as error:
            for details in error.errors(include_url=False):
                column = str(details["loc"][0])
                if details["type"] == "content":
                    remedy = details["ctx"]["remedy"]
                    if column == "phone":
                        remedy += (
                            f" A number of another country than {self._context.region} needs its "
                            "code, like +44."
                        )
                    faults.append((column, Fault(details["ctx"]["what"], remedy)))
                elif column not in faulty:
                    faults.append((column, Fault(f"“{column}” is missing", _FILL_IN[column])))
            return None, faults


_FILL_IN = {
    "name": "Fill it in, or delete the row if it is not a school.",
    "contact": "Fill it in, or say it for all schools without one, with --contact.",
}

_NO_CONTACT = Fault(
    "this list does not say whom to ask at a school",
    'Say it for all schools: --contact "School counselor\'s office". '
    "Or write it in a column “contact”.",
)

_HINTED = Fault(
    "there are invisible characters in this row, which are left out",
    "To be rid of them, type the cells again.",
)

_ALONE = Fault("this row has nothing but a name", "Delete the row if it is not a school.")


def part_of(number: int, parts: int) -> int:
    """Which part of a list a row belongs to; rows count from 0.

    Rows are not dealt out in turn: a list may have a pattern, such as a large logo in every second
    row.
    """
    return crc32(b"%d" % number) % parts


def _offer(packs: Sequence[Pack], options: ListOptions) -> Mapping[str, _Language]:
    """What there is in each language, the language of the first pack first."""
    offer: dict[str, _Language] = {}
    for pack in packs:
        ids = frozenset(document.id for document in pack.documents.values())
        contact = options.contact or (pack.school.contact if pack.school else None)
        known = offer.get(pack.about.language, _Language(frozenset(), None))
        language = _Language(known.documents | ids, known.contact or contact)
        offer[pack.about.language] = language
    return offer


def _check_contact(options: ListOptions, context: Context) -> None:
    if options.contact is None:
        return
    try:
        School.model_validate({"name": "Any school", "contact": options.contact}, context=context)
    except ValidationError as error:
        found = error.errors(include_url=False)[0]["ctx"]
        raise BadContact(f"--contact: {found['what']}. {found['remedy']}") from None


def _values(
    texts: Mapping[str, str], contact: str | None, region: str
) -> tuple[Mapping[str, str], list[tuple[str, Fault]], list[Fault]]:
    """The fields of a school as they are printed, what can't be, and what may not be meant."""
    values = {column: texts[column] for column in School.model_fields if column in texts}
    faults, doubts = [], []
    if contact:
        values.setdefault("contact", contact)
    if "website" in values:
        values["website"] = cells.website(values["website"])
    if "email" in values:
        email, doubt = cells.first_of(cells.email(values["email"]), "e-mail address")
        values["email"] = email
        doubts += [doubt] if doubt else []
    if "phone" in values:
        text, doubt = cells.first_of(values.pop("phone"), "phone number")
        phone, fault = cells.phone(text, texts.get("extension", ""), region)
        values |= {"phone": phone} if phone else {}
        faults += [("phone", fault)] if fault else []
        doubts += [doubt] if doubt else []
    return values, faults, doubts


def _problems(row: TableRow, faults: Sequence[tuple[str, Fault]]) -> tuple[Problem, ...]:
    return tuple(
        Problem(row.locate(column), _known_as(row, *([column] if column else [])), fault)
        for column, fault in faults
    )


def _known_as(row: TableRow, *column: str) -> str:
    """What a row is called in a message: in a table, the place names the column."""
    name = (row.texts.get("id") or row.texts.get("name") or "")[:MAX_ID]
    if row.place.name:
        return name
    return path_text(("schools", name or f"line {row.place.line}", *column))


def _names_of_languages(text: str, known: tuple[str, ...]) -> Iterator[str]:
    """The names or tags in a cell: "English and Spanish", "en; es", "en es"."""
    for part in filter(None, map(str.strip, _BETWEEN_LANGUAGES.split(text))):
        words = part.split()
        while words:
            # A name may have spaces itself, such as “Haitian Creole”.
            every = (" ".join(words[:end]) for end in range(_MOST_WORDS, 0, -1))
            name = next((one for one in every if find_language(one, known)), " ".join(words))
            yield name
            del words[: len(name.split())]


@lru_cache
def _unknown_language(name: str, known: tuple[str, ...]) -> Fault:
    """What is wrong with a language that there is nothing in."""
    names = [english_name(tag) for tag in known]
    if tag := any_language(name):
        what = f"there are no materials in {english_name(tag)}"
        remedy = f"Choose from: {', '.join(names)}. Or begin a translation with: translate {tag}"
        return Fault(what, remedy)
    what = f"“{name[:40]}” is not a language that is known here"
    return Fault(what, nearest(name[:40], names))


def remarks(row: SchoolRow) -> Iterator[Problem]:
    """A warning for each doubt whether a school is what was meant."""
    where = path_text(("schools", row.id))
    return (Problem(row.place, where, remark, Severity.WARNING) for remark in row.remarks)


def placeholders(row: SchoolRow) -> Iterator[Problem]:
    """A warning for each address of a school that is a placeholder and must not reach families."""
    for column, address in (("email", row.school.email), ("website", row.school.website)):
        if address and is_placeholder(address):
            yield _warning(
                row,
                column,
                Fault(
                    f"“{address}” is a placeholder",
                    "Write the real address here before you print for families.",
                ),
            )


def poor_logo(row: SchoolRow) -> Iterator[Problem]:
    """A warning for each reason why a school's logo prints poorly."""
    if row.school.logo:
        logo = read_logo(row.place.file.parent / row.school.logo)
        for what, remedy in logo.warnings:
            yield _warning(row, "logo", Fault(what, remedy))


def _warning(row: SchoolRow, column: str, fault: Fault) -> Problem:
    where = path_text(("schools", row.id, column))
    return Problem(row.place, where, fault, Severity.WARNING)
