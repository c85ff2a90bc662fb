"""The options and the report of a run for a list of schools. Light: nothing is rendered here."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pack.problems import Problem

if TYPE_CHECKING:
    from pack.documents import Edition


@dataclass(frozen=True)
class ListOptions:
    """How a list is read: the contact of schools without one of their own, and headings by column.

    A column whose heading is "" is not read. `school` is the id of the only school to read; empty
    for all.
    """

    contact: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    school: str = ""


@dataclass(frozen=True)
class SchoolsOptions:
    """The options of a build, how the list is read, and how the schools are made.

    `jobs` is the number of processes here, `scheduler` the address of a Dask scheduler to use
    instead. `store` is the address of a store for the files instead of the output folder. `zipped`
    makes one ZIP file per school. `skip_bad_rows` skips wrong rows and makes the other schools.
    `languages` are the tags of the only ones to make, `drafts` also makes those that are not ready.
    """

    listed: ListOptions = ListOptions()
    only: Collection[str] = ()
    wanted: "Edition | None" = None
    deck_template: Path | None = None
    release: bool = False
    force: bool = False
    jobs: int | None = None
    scheduler: str | None = None
    store: str | None = None
    zipped: bool = False
    skip_bad_rows: bool = False
    languages: Collection[str] = ()
    drafts: bool = False

    @property
    def part(self) -> bool:
        """Whether only some of the declared files are requested."""
        return bool(self.only or self.wanted or self.languages)


#: How many problems are listed; the rest are counted.
MOST_SHOWN = 50


@dataclass
class SchoolsReport:
    """How many schools were made and kept, and with what; `laid_out` counts files by name.

    `files` counts sheets and decks, but not the pages that lead to them. `bad` are the problems of
    rows that were skipped or could not be made. `more_warnings` counts the warnings beyond those
    in `warnings`, and `more_bad` likewise. `kept_aside` are files that somebody had changed.
    """

    made: int = 0
    kept: int = 0
    files: int = 0
    laid_out: Counter[str] = field(default_factory=Counter)
    bad: list[Problem] = field(default_factory=list)
    more_bad: int = 0
    warnings: list[Problem] = field(default_factory=list)
    more_warnings: int = 0
    kept_aside: list[Path] = field(default_factory=list)

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Keep the first problems of rows, and count the rest."""
        for problem in problems:
            if len(self.bad) < MOST_SHOWN:
                self.bad.append(problem)
            else:
                self.more_bad += 1

    def warn(self, problems: Iterable[Problem]) -> None:
        """Keep the first warnings, and count the rest: nobody reads a hundred thousand."""
        for problem in problems:
            if len(self.warnings) < MOST_SHOWN:
                self.warnings.append(problem)
            else:
                self.more_warnings += 1


#: Called with how many schools are done, and how many there are in all.
Progress = Callable[[int, int], None]
