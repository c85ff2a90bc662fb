"""Read and check a list of schools on all processors, because logos take long."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from languages.tags import any_language
from pack.errors import ContentError, UsageError
from pack.model import Pack
from pack.problems import Fault, Place, Problem, Severity
from press.languages import PackVersions
from press.processes import background, processors
from press.translations import languages_of
from schools.logo_store import LogoStore
from schools.options import MOST_SHOWN, ListOptions, SchoolsReport
from schools.rows import SchoolList, SchoolRow, Unmade, part_of, placeholders, poor_logo, remarks
from schools.spool import Spool
from schools.tables.headings import Headings

#: The size in bytes from which a list is worth more than one process.
_LONG = 20_000

#: A list is read to its end if it has fewer bad rows than this for a process, or more good ones.
_MOST_BAD = 5_000


@dataclass
class Listing:
    """The rows of a list in order, on the disk, each with the name of its logo in the store.

    `headings` are None in a YAML file. `contact` is for schools that have none of their own.
    `languages` are those that rows name. `bad` counts the rows with errors, and `left_out` those
    that are no schools of this list.
    """

    logo_store: LogoStore
    rows: Spool
    headings: Headings | None
    contact: str | None
    languages: set[str] = field(default_factory=set)
    bad: int = 0
    left_out: int = 0


class _ReadPart(NamedTuple):
    """What a process has read: how many rows, and the same about the list as the others."""

    rows: int
    closed: int
    headings: Headings | None
    contact: str | None
    warnings: Sequence[Problem]


@contextmanager
def reading(
    file: Path,
    versions: Sequence[PackVersions],
    options: ListOptions,
    scratch: Path,
    jobs: int | None,
) -> Iterator[Callable[[SchoolsReport], Listing]]:
    """Read a list in processes that end with the block; call what it yields to get the list.

    The call takes a report, and adds the list's problems and warnings to it. It raises what
    `SchoolList` raises, and `UsageError` if the only school to read is not in it.
    """
    packs = [pack for one in versions for pack in one.packs]
    unmade = _unmade(versions)
    parts = (jobs or processors()) if file.exists() and file.stat().st_size > _LONG else 1

    def wait(report: SchoolsReport) -> Listing:
        read = [one() for one in waiting]
        first = read[0]
        listing = Listing(
            _logo_store(scratch), Spool(scratch / "rows"), first.headings, first.contact
        )
        report.warn([*first.warnings, *_closed(sum(part.closed for part in read), first.headings)])
        spools = [
            iter(Spool(_spool(scratch, number), part.rows)) for number, part in enumerate(read)
        ]
        for number in range(sum(part.rows for part in read)):
            row, logo, problems = next(spools[part_of(number, parts)])
            if options.school and (row is None or row.id != options.school):
                continue
            errors = [one for one in problems if one.severity is Severity.ERROR]
            report.refuse(errors)
            report.warn(one for one in problems if one.severity is not Severity.ERROR)
            if row is not None:
                listing.rows.add((row, logo))
                listing.languages.update(row.languages)
            elif errors:
                listing.bad += 1
            else:
                listing.left_out += 1
        if options.school and not listing.rows.count:
            raise UsageError(f"There is no school “{options.school}” in this list.")
        return listing

    with ExitStack() as stack:
        waiting = [
            stack.enter_context(
                background(_check_rows, file, packs, unmade, options, scratch, part, parts)
            )
            for part in range(parts)
        ]
        yield wait


def _unmade(versions: Sequence[PackVersions]) -> Unmade:
    """The languages that a row may name although nothing is made in them."""
    found: dict[str, Fault | None] = {}
    for one in versions:
        made = {pack.about.language for pack in one.packs}
        for tag in languages_of(one.original):
            # A file of translations may have any name.
            if tag not in made and any_language(tag) == tag:
                unready = one.unready.get(tag)
                found[tag] = _not_ready(unready.fault, one.original) if unready else None
    return found


def _not_ready(fault: Fault, original: Pack) -> Fault:
    """What is wrong with a row that names a language that is not ready."""
    remedy = f"{fault.remedy} Or make the others with --language {original.about.language}."
    return Fault(fault.what, remedy)


def _check_rows(
    file: Path,
    packs: Sequence[Pack],
    unmade: Unmade,
    options: ListOptions,
    scratch: Path,
    part: int,
    parts: int,
) -> _ReadPart:
    """Check the rows of one part."""
    logo_store, spool = _logo_store(scratch), Spool(_spool(scratch, part))
    schools = SchoolList(file, packs, options, part, parts, unmade)
    first: list[Problem] = []
    bad = 0
    for number, row in enumerate(schools, start=1):
        checked = _checked(row, file, logo_store)
        spool.add(checked)
        if checked[0] is None:
            bad += 1
            first += checked[2] if len(first) < MOST_SHOWN else ()
            if bad > _MOST_BAD and bad * 2 > number:
                raise ContentError([*first, _not_this_list(file, bad, number)])
    count = spool.close()
    return _ReadPart(count, schools.closed, schools.headings, schools.contact, schools.warnings)


def _not_this_list(file: Path, bad: int, number: int) -> Problem:
    """The problem of a list that nobody wants to correct row by row."""
    what = f"{bad:,} of {number:,} rows have problems, so the rest of this list was not read"
    remedy = "Check that this is the list of schools, and that its headings are understood."
    return Problem(Place(file), "", Fault(what, remedy))


def _checked(
    row: SchoolRow | tuple[Problem, ...], file: Path, logo_store: LogoStore
) -> tuple[SchoolRow | None, str, tuple[Problem, ...]]:
    if not isinstance(row, SchoolRow):
        return None, "", row
    logo = logo_store.add(file.parent, row.school)
    return row, logo, (*remarks(row), *placeholders(row), *poor_logo(row))


def _closed(count: int, headings: Headings | None) -> Iterator[Problem]:
    """A warning if some schools are closed."""
    if count and headings:
        rows = "1 school is" if count == 1 else f"{count:,} schools are"
        what = f"{rows} closed or inactive according to the column “{headings.taken['status']}”"
        remedy = "Files are made for all schools; delete the rows of those that should have none."
        yield Problem(headings.place, "", Fault(what, remedy), Severity.WARNING)


def _logo_store(scratch: Path) -> LogoStore:
    return LogoStore(scratch / "logos")


def _spool(scratch: Path, part: int) -> Path:
    return scratch / f"rows-{part}"
