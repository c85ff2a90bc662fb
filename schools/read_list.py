"""Read and check a list of schools on all processors, because logos take long."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pack.model import Pack
from pack.problems import Problem, Severity
from press.processes import background, processors
from schools.logo_store import LogoStore
from schools.options import SchoolsReport
from schools.rows import SchoolRow, part_of, placeholders, poor_logo, read
from schools.spool import Spool

#: The size in bytes from which a list is worth more than one process.
_LONG = 20_000


@dataclass
class Listing:
    """The rows of a list in order, on the disk, each with the name of its logo in the store."""

    logo_store: LogoStore
    rows: Spool


@contextmanager
def reading(
    file: Path, packs: Sequence[Pack], scratch: Path, jobs: int | None
) -> Iterator[Callable[[SchoolsReport], Listing]]:
    """Read a list in processes that end with the block; call what it yields to get the list.

    The call takes a report, and adds the list's problems and warnings to it. It raises
    `ContentError` if the file can't be read or has wrong columns.
    """
    parts = (jobs or processors()) if file.exists() and file.stat().st_size > _LONG else 1

    def wait(report: SchoolsReport) -> Listing:
        counts = [one() for one in waiting]
        listing = Listing(_logo_store(scratch), Spool(scratch / "rows"))
        spools = [iter(Spool(_spool(scratch, part), count)) for part, count in enumerate(counts)]
        for number in range(sum(counts)):
            row, logo, problems = next(spools[part_of(number, parts)])
            report.bad += (one for one in problems if one.severity is Severity.ERROR)
            report.warn(one for one in problems if one.severity is not Severity.ERROR)
            if row is not None:
                listing.rows.add((row, logo))
        return listing

    with ExitStack() as stack:
        waiting = [
            stack.enter_context(background(_check_rows, file, packs, scratch, part, parts))
            for part in range(parts)
        ]
        yield wait


def _check_rows(file: Path, packs: Sequence[Pack], scratch: Path, part: int, parts: int) -> int:
    """Check the rows of one part; returns their number."""
    logo_store, spool = _logo_store(scratch), Spool(_spool(scratch, part))
    for row in read(file, packs, part, parts):
        spool.add(_checked(row, file, logo_store))
    return spool.close()


def _checked(
    row: SchoolRow | tuple[Problem, ...], file: Path, logo_store: LogoStore
) -> tuple[SchoolRow | None, str, tuple[Problem, ...]]:
    if not isinstance(row, SchoolRow):
        return None, "", row
    return row, logo_store.add(file.parent, row.school), (*placeholders(row), *poor_logo(row))


def _logo_store(scratch: Path) -> LogoStore:
    return LogoStore(scratch / "logos")


def _spool(scratch: Path, part: int) -> Path:
    return scratch / f"rows-{part}"
