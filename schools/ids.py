"""The ids of schools, which are the names of their folders."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from pack.problems import Fault
from schools.tables.table import TableRow

#: Short enough for the folder and its files on every system.
MAX_ID = 80

#: The longest town in an id.
_MAX_TOWN = 30

#: Names that Windows reserves for devices (Naming Files, Paths, and Namespaces).
_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")

#: Letters that NFKD does not decompose, and characters that belong to a word.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict.fromkeys("'’‘ʻʼ`", "")
)


class GivenId(NamedTuple):
    """The id of a school, or what is wrong with it.

    `remark` is a warning; without a name, the row is left out for that reason.
    """

    name: str
    fault: Fault | None = None
    remark: Fault | None = None


class WrittenIds:
    """The ids in the column “id”; each may be used once."""

    def __init__(self) -> None:
        self._lines: dict[str, int] = {}

    def give(self, row: TableRow) -> GivenId:
        """The id of the next row of the list."""
        if "id" not in row.texts:
            faulty = any(column in ("", "id") for column, _ in row.faults)
            return GivenId("", None if faulty else Fault("“id” is missing", "Fill it in."))
        text = row.texts["id"]
        name = folder_name(text)
        if fault := _fault(text, name):
            return GivenId(name, fault)
        if name in self._lines:
            what = f"the school on line {self._lines[name]} already has the id “{name}”"
            return GivenId(name, Fault(what, "Give each school its own id."))
        self._lines[name] = row.place.line
        return GivenId(name)


class DerivedIds:
    """Ids from the names of schools, for a list without a column “id”.

    Schools of the same name have their towns in their ids, so that these do not depend on the order
    of the list; only schools of the same name in the same town have numbers, in that order.
    """

    def __init__(self, rows: Iterable[TableRow]) -> None:
        """All `rows` of the list are read for their names."""
        self._count = Counter(_base(row) for row in rows if not row.hidden)
        self._lines: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._seen: dict[int, int] = {}

    def give(self, row: TableRow) -> GivenId:
        """The id of the next row of the list."""
        if "name" not in row.texts:
            return GivenId("")
        base = name = _base(row)
        line = row.place.line
        if self._count[base] > 1:
            if (cells := hash((base, *row.cells))) in self._seen:
                what = f"this row is the same as line {self._seen[cells]}, so it is left out"
                return GivenId("", None, Fault(what, "Remove one of the two rows."))
            self._seen[cells] = line
            if town := folder_name(row.texts.get("town", ""))[:_MAX_TOWN].strip("-"):
                name = _joined(base, town)
        if name == base and name not in self._lines:
            self._lines[name] = line
            return GivenId(name)
        number = self._numbers.get(name, 1)
        free = name if number == 1 else _joined(name, str(number))
        # A name may also be that of another school further down.
        while free in self._lines or free in self._count:
            number += 1
            free = _joined(name, str(number))
        self._lines[free] = line
        self._numbers[name] = number
        if number == 1:
            return GivenId(free)
        first = self._lines.get(name)
        what = (
            f"the school on line {first} has the same name"
            if first
            else "another school has the same name"
        )
        remedy = "Write a column “id”, so that ids don't depend on the order of the list."
        return GivenId(free, None, Fault(f"{what}, so the id of this one is “{free}”", remedy))


def folder_name(text: str) -> str:
    """An id as the name of a folder: letters a to z, digits, and single hyphens between them.

    Accents are dropped (Unicode NFKD), capitals become lowercase, anything else becomes a hyphen.
    So no name leads out of its folder or is hidden, and names that differ only in capitals are the
    same. Names that Windows reserves, names longer than `MAX_ID` and empty names are returned
    unchanged, and refused elsewhere: if they were shortened, two might become equal.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)).casefold()
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")


def _base(row: TableRow) -> str:
    """The id that follows from the name of a school alone."""
    name = folder_name(row.texts.get("name", ""))[:MAX_ID].strip("-") or "school"
    return f"{name}-school" if _RESERVED.fullmatch(name) else name


def _joined(name: str, end: str) -> str:
    return f"{name[: MAX_ID - len(end) - 1].strip('-')}-{end}"


def _fault(text: str, name: str) -> Fault | None:
    if not name:
        what = f"the id “{text[:MAX_ID]}” has no characters that can be used in a folder name"
        return Fault(what, "Use letters a to z, digits and hyphens, like “oak-hill”.")
    if _RESERVED.fullmatch(name):
        what = f"Windows does not allow a folder named “{name}”"
        return Fault(what, f"Add a word, like “{name}-school”.")
    if len(name) > MAX_ID:
        what = f"this id has {len(name)} characters; the limit is {MAX_ID}"
        return Fault(what, "Make it shorter.")
    return None
