"""The columns of a table, and which of its headings names which column."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from pack.problems import Place

#: A heading ranks below all others if only a part of it is known.
_IN_PART = 10_000

#: What may follow a heading: "(main)", "[Public School] 2022-23", "2009", "09"; but "(code)" makes
#: it another one.
_EXTRAS = re.compile(
    r"[(\[](?!\s*(?:code|id|no|number|type)\b)[^])]*[])]|latest available year"
    r"|\d\d(\d\d)?([-–/]\d\d(\d\d)?)?\s*$"
)

#: How close a heading must be to a known one to be taken for a slip of the pen.
_CLOSE = 0.8


@dataclass(frozen=True)
class Columns:
    """What a table lists, and the headings by which each column is known, the best one first.

    In a heading, a word stands for all its `synonyms`. The columns in `required` must be there. A
    cell that says "N/A" is empty, except in columns of `codes`. Of several headings for one of the
    `principal` columns, the others are worth a warning.
    """

    name: str
    headings: Mapping[str, Sequence[str]]
    synonyms: Mapping[str, Sequence[str]]
    required: Sequence[str]
    codes: Sequence[str]
    principal: Sequence[str]

    @property
    def known(self) -> Sequence[str]:
        """The names of all columns."""
        return tuple(self.headings)

    @cached_property
    def _ranks(self) -> Mapping[str, tuple[str, int]]:
        """The column that each heading means, and its rank there; 0 is the best."""
        ranks: dict[str, tuple[str, int]] = {}
        for column in self.headings:
            for rank, spelling in enumerate(self.spellings(column)):
                ranks.setdefault(squeezed(spelling), (column, rank))
        return ranks

    def spellings(self, column: str) -> Iterator[str]:
        """The headings of a column with all synonyms, the best one first."""
        for heading in self.headings[column]:
            words = (self.synonyms.get(word, (word,)) for word in heading.split())
            yield from map(" ".join, product(*words))

    def meaning(self, heading: str) -> tuple[str, int] | None:
        """The column that a heading means, and how well; a lower number is better."""
        if found := self._ranks.get(squeezed(heading)):
            return found
        column, rank = self._ranks.get(squeezed(_EXTRAS.sub("", heading.lower())), ("", 0))
        return (column, rank + _IN_PART) if column else None

    def probably(self, heading: str, missing: Iterable[str]) -> str:
        """The missing column that a heading with a typing error probably means, or ""."""
        import difflib

        word = squeezed(heading[:40])
        names = {
            name: column
            for column in missing
            for name in map(squeezed, (*self.headings[column], *self.synonyms.get(column, ())))
            if abs(len(name) - len(word)) <= 2
        }
        close = difflib.get_close_matches(word, names, n=1, cutoff=_CLOSE)
        return names[close[0]] if close else ""


@dataclass(frozen=True)
class Headings:
    """The headings of a table as they are written, and what they were taken for.

    `taken` are by column, and `others` would have been possible for it, too. `typos` are headings
    that probably mean a column that has none, by heading; they are also among the `ignored`.
    `numbers` are the positions of the columns, from 0. Behind `width` cells, there are no headings;
    `length` counts empty ones, too.
    """

    place: Place
    taken: Mapping[str, str]
    others: Mapping[str, Sequence[str]]
    typos: Mapping[str, str]
    ignored: Sequence[str]
    numbers: Mapping[str, int] = field(repr=False)
    width: int = 0
    length: int = 0


def squeezed(text: str) -> str:
    """The letters and digits of a text: "E-mail" and "EMAIL " are the same heading."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())


def recognized(
    cells: Sequence[object], columns: Columns, given: Mapping[str, str]
) -> tuple[bool, int]:
    """How much a line looks like the headings.

    That is whether it has all required columns, and how many columns it has.
    """
    found = {column for _, column, _ in _meanings(cells, columns, given)}
    return found.issuperset(columns.required), len(found)


def understand(
    place: Place,
    cells: Sequence[object],
    columns: Columns,
    given: Mapping[str, str],
    below: Sequence[Sequence[object]] = (),
) -> Headings:
    """Which cell of the headings means which column; `given` are headings by column.

    Of several headings for a column, one with text in the lines `below` is better than one without.
    """
    texts = [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in cells]
    possible: dict[str, list[tuple[bool, int, int]]] = {}
    for number, column, rank in _meanings(texts, columns, given):
        empty = not any(str(line[number]).strip() for line in below if number < len(line))
        possible.setdefault(column, []).append((empty, rank, number))
    numbers = {one: min(possible[one])[-1] for one in columns.known if one in possible}
    taken = {column: texts[number] for column, number in numbers.items()}
    ignored = [text for number, text in enumerate(texts) if text and number not in numbers.values()]
    missing = [one for one in columns.principal if one not in (*taken, *given)]
    typos = {text: column for text in ignored if (column := columns.probably(text, missing))}
    return Headings(
        place,
        taken,
        {
            column: [texts[number] for *_, number in sorted(possible[column])[1:]]
            for column in columns.principal
            if len(possible.get(column, ())) > 1 and column not in given
        },
        typos,
        ignored,
        numbers,
        max((number + 1 for number, text in enumerate(texts) if text), default=0),
        len(texts),
    )


def _meanings(
    cells: Sequence[object], columns: Columns, given: Mapping[str, str]
) -> Iterator[tuple[int, str, int]]:
    """The number of each cell that means a column, with the column and its rank."""
    wanted = {squeezed(heading): column for column, heading in given.items() if heading}
    for number, cell in enumerate(cells):
        if not isinstance(cell, str) or not cell.strip() or len(cell) > 100:
            continue
        if column := wanted.get(squeezed(cell)):
            yield number, column, -1
        elif (found := columns.meaning(cell)) and found[0] not in given:
            yield number, *found
