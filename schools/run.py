"""A list of schools, from start to end: `run(packs, list, output, options) -> Report`.

1. The list is read. If a row is wrong nothing is made, unless bad rows are to be passed over.
2. What is done already, and still as it should be, is left (`due.py`).
3. Every file is laid out and checked once for each shape of schools: these are the bases.
4. Schools are stamped. Those with longer words get bases of their own, or a layout of their own
   (`making.py` for both).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from pack.artifacts import choose, pack_name
from pack.errors import ContentError, Refused
from pack.model import Pack
from pack.problems import Problem
from press.builders import artifacts_of, group_by_layout
from press.pipeline import release_blockers, warnings
from press.publish import SCHOOLS
from schools.bases import BaseSet
from schools.journal import Journal
from schools.local_workers import local_workers
from schools.logo_store import LogoStore
from schools.options import Progress, SchoolsOptions, SchoolsReport
from schools.outdated import PackPlan, find_outdated, plan_of
from schools.production import Production
from schools.publish import recover
from schools.read_list import Listing
from schools.rows import SchoolRow, placeholders
from schools.specimen import SchoolProfile, specimen
from schools.storage import FolderStorage, ObjectStorage, Storage


def run(
    packs: Sequence[Pack],
    listing: Callable[[SchoolsReport], Listing],
    output: Path,
    options: SchoolsOptions,
    progress: Progress,
    scratch: Path,
) -> SchoolsReport:
    """Make the files of all schools of a list that is being read; nothing in `scratch` is kept.

    Raises `ContentError` before anything is made if rows are wrong and not to be passed over, or
    if a sheet can't be made at all; `Refused`, `UnknownArtifact`, `TemplateError`, `OutputError`,
    `WorkerError`, `OSError`.
    """
    # Some sheets have a page more for a school, whichever it is.
    anybody = specimen(SchoolProfile(frozenset(), "", sample=False), None)
    schooled = [pack.for_school(anybody) for pack in packs]
    every = [one for pack in schooled for one in artifacts_of(pack, options.wanted)]
    chosen = choose(every, options.only)
    report = SchoolsReport()
    report.warn(warnings(packs))
    # While others still read the list.
    plans = [plan_of(pack, chosen, options.deck_template) for pack in packs]
    listed = listing(report)
    if report.bad and not options.skip_bad_rows:
        raise ContentError(report.bad)
    if options.release and (reasons := [*release_blockers(packs), *_stand_ins(listed.rows)]):
        raise Refused(reasons)
    for plan in plans:
        own = _in_language(listed.rows, plan.pack.about.language, packs[0].about.language)
        _make_pack(plan, own, listed.logo_store, output, options, report, progress)
    return report


def _stand_ins(rows: Iterable[tuple[SchoolRow, str]]) -> Iterator[Problem]:
    """What in a list must not reach a family."""
    for row, _ in rows:
        yield from placeholders(row)


def _in_language(
    rows: Iterable[tuple[SchoolRow, str]], language: str, usual: str
) -> Iterator[tuple[SchoolRow, str]]:
    """The schools that want a language; `usual` is that of those that don't say."""
    return (one for one in rows if (one[0].language or usual) == language)


def _make_pack(
    plan: PackPlan,
    rows: Iterable[tuple[SchoolRow, str]],
    logo_store: LogoStore,
    output: Path,
    options: SchoolsOptions,
    report: SchoolsReport,
    progress: Progress,
) -> None:
    """One pack for all schools that want it."""
    folder = output / pack_name(plan.pack) / SCHOOLS
    recover(folder.parent)
    journal = Journal(folder)
    storage: Storage = FolderStorage(folder, options.zipped)
    if options.store:
        storage = ObjectStorage(f"{options.store.rstrip('/')}/{pack_name(plan.pack)}/{SCHOOLS}")
    outdated = find_outdated(plan, rows, logo_store, journal, storage, options)
    report.kept += outdated.kept
    if outdated.tasks.count:
        folder.mkdir(parents=True, exist_ok=True)
        groups = tuple(group_by_layout(plan.artifacts))
        base_set = BaseSet(plan.pack, groups, logo_store.folder / "files", options.deck_template)
        production = Production(
            base_set, outdated, logo_store, storage, options, journal, report, progress
        )
        hire = partial(local_workers, logo_store.folder.parent, options.jobs, options.scheduler)
        with hire() as workers:
            production.prepare(workers)
        # Others, because layouts leave much in memory that stamping has no use for.
        with hire() as workers:
            production.make(workers)
    journal.finish(outdated.order, storage.finish)
