"""Lists of schools as districts and states have them, read for tests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pack.model import Pack
from pack.problems import Problem, Severity
from schools.options import ListOptions
from schools.rows import SchoolList, SchoolRow, remarks

OFFICE = "Counselor's office"


@dataclass(frozen=True)
class ReadList:
    """A list, its schools, and the problems of rows that are none; warnings are apart."""

    schools: SchoolList
    rows: Sequence[SchoolRow]
    errors: Sequence[Problem]
    warnings: Sequence[Problem]

    @property
    def taken(self) -> Mapping[str, str]:
        """The headings by column."""
        assert self.schools.headings
        return self.schools.headings.taken


def read_list(
    folder: Path,
    data: str | bytes,
    packs: Sequence[Pack],
    name: str = "schools.csv",
    *,
    contact: str | None = OFFICE,
    columns: Mapping[str, str] | None = None,
) -> ReadList:
    """Write a list and read it. Raises what `SchoolList` raises."""
    file = folder / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_file(file, packs, contact=contact, columns=columns)


def read_file(
    file: Path,
    packs: Sequence[Pack],
    *,
    contact: str | None = OFFICE,
    columns: Mapping[str, str] | None = None,
) -> ReadList:
    """Read a list that exists."""
    schools = SchoolList(file, packs, ListOptions(contact, columns or {}))
    found = list(schools)
    rows = [one for one in found if isinstance(one, SchoolRow)]
    problems = [problem for one in found if not isinstance(one, SchoolRow) for problem in one]
    return ReadList(
        schools,
        rows,
        [one for one in problems if one.severity is Severity.ERROR],
        [
            *schools.warnings,
            *(one for one in problems if one.severity is Severity.WARNING),
            *(one for row in rows for one in remarks(row)),
        ],
    )
