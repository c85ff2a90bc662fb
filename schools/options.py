"""What a run for a list of schools is asked for, and what it tells. Light: nothing is rendered."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pack.problems import Problem

if TYPE_CHECKING:
    from pack.documents import Edition


@dataclass(frozen=True)
class SchoolsOptions:
    """What is asked for: as for a build, and how the schools are made.

    `jobs` is the number of processes here, `scheduler` the address of a Dask scheduler to use
    instead. `store` is the address of a store for the files instead of the output folder; `zipped`
    makes one ZIP of each school's files. `skip_bad_rows` makes the others if a row is wrong.
    """

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

    @property
    def part(self) -> bool:
        """Whether only some of what the content declares is asked for."""
        return bool(self.only or self.wanted)


#: How many warnings are told one by one.
SAID = 50


@dataclass
class SchoolsReport:
    """How many schools were made and kept, and of what; `laid_out` counts files by name.

    `files` are sheets and decks; the page that leads to them is not counted. `bad` is what is wrong
    with rows that were passed over, or could not be made; `unsaid` is how many warnings there are
    beside those that are kept. `kept_aside` are files that somebody had changed by hand.
    """

    made: int = 0
    kept: int = 0
    files: int = 0
    laid_out: Counter[str] = field(default_factory=Counter)
    bad: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    unsaid: int = 0
    kept_aside: list[Path] = field(default_factory=list)

    def warn(self, problems: Iterable[Problem]) -> None:
        """Keep some warnings, and count the others: nobody reads a hundred thousand."""
        for one in problems:
            if len(self.warnings) < SAID:
                self.warnings.append(one)
            else:
                self.unsaid += 1


#: Called with how many schools are done, and how many there are to do.
Progress = Callable[[int, int], None]
