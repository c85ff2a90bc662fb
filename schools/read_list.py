"""A list of schools, read and judged on all processors: what takes long are the logos."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pack.model import Pack
from pack.problems import Problem
from press.processes import background, processors
from schools.logo_store import LogoStore
from schools.options import SchoolsReport
from schools.rows import SchoolRow, part_of, placeholders, poor_logo, read
from schools.spool import Spool

#: From how many bytes on a list is worth a second process.
_LONG = 20_000


@dataclass
class Listing:
    """The rows of a list in its order, on the disk: each with the name of its logo on the shelf."""

    logo_store: LogoStore
    rows: Spool


@contextmanager
def reading(
    file: Path, packs: Sequence[Pack], scratch: Path, jobs: int | None
) -> Iterator[Callable[[SchoolsReport], Listing]]:
    """Read a list in processes that end with the block; call what it gives to wait for the list.

    What is wrong with the list, or to be warned of, is added to the report that is given then.
    That call raises `ContentError` if the file can't be read or has wrong columns.
    """
    parts = (jobs or processors()) if file.exists() and file.stat().st_size > _LONG else 1

    def wait(report: SchoolsReport) -> Listing:
        counts = [one() for one in waiting]
        listing = Listing(_shelf(scratch), Spool(scratch / "rows"))
        spools = [iter(Spool(_spool(scratch, part), count)) for part, count in enumerate(counts)]
        for number in range(sum(counts)):
            row, logo, problems = next(spools[part_of(number, parts)])
            if row is None:
                report.bad += problems
            else:
                report.warn(problems)
                listing.rows.add((row, logo))
        return listing

    with ExitStack() as stack:
        waiting = [
            stack.enter_context(background(_judge, file, packs, scratch, part, parts))
            for part in range(parts)
        ]
        yield wait


def _judge(file: Path, packs: Sequence[Pack], scratch: Path, part: int, parts: int) -> int:
    """Judge the rows of a part; returns how many they are."""
    logo_store, spool = _shelf(scratch), Spool(_spool(scratch, part))
    for one in read(file, packs, part, parts):
        spool.add(_judged(one, file, logo_store))
    return spool.close()


def _judged(
    one: SchoolRow | tuple[Problem, ...], file: Path, logo_store: LogoStore
) -> tuple[SchoolRow | None, str, tuple[Problem, ...]]:
    if not isinstance(one, SchoolRow):
        return None, "", one
    return one, logo_store.add(file.parent, one.school), (*placeholders(one), *poor_logo(one))


def _shelf(scratch: Path) -> LogoStore:
    return LogoStore(scratch / "logos")


def _spool(scratch: Path, part: int) -> Path:
    return scratch / f"rows-{part}"
