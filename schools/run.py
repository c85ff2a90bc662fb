"""A list of schools, from start to end: `run(packs, listing, output, options, …)`.

1. The list is read. If a row is wrong, nothing is made, unless bad rows are to be skipped.
2. Schools whose files are up to date are left alone (`outdated.py`).
3. Each file is laid out and checked once for each profile of schools: these are the bases.
4. Schools are stamped. Schools with longer texts get bases for these, or a layout of their own
   (`production.py` for 3 and 4).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from pack.artifacts import choose, pack_name, possible
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
    understood: Callable[[Listing], None],
    scratch: Path,
) -> SchoolsReport:
    """Make the files of all schools in a list that is being read; `scratch` may be deleted after.

    `understood` is called as soon as the list is read.
    Raises `ContentError` before anything is made if rows are wrong and not to be skipped, or if a
    sheet can't be made at all; `Refused`, `UnknownArtifact`, `TemplateError`, `OutputError`,
    `WorkerError`, `OSError`.
    """
    # Some sheets have one more page for any school.
    anybody = specimen(SchoolProfile(frozenset(), "", sample=False), None)
    schooled = [pack.for_school(anybody) for pack in packs]
    artifacts = [one for pack in schooled for one in artifacts_of(pack, options.wanted)]
    chosen, left_out = possible(packs, choose(artifacts, options.only))
    report = SchoolsReport()
    report.warn((*warnings(packs), *left_out))
    # Other processes are still reading the list.
    plans = [plan_of(pack, chosen, options.deck_template) for pack in packs]
    listed = listing(report)
    understood(listed)
    if report.bad and not options.skip_bad_rows:
        raise ContentError(report.bad, more=report.more_bad)
    if options.release and (reasons := [*release_blockers(packs), *_all_placeholders(listed.rows)]):
        raise Refused(reasons)
    for plan in plans:
        own = _in_language(listed.rows, plan.pack.about.language, packs[0].about.language)
        _make_pack(plan, own, listed.logo_store, output, options, report, progress)
    return report


def _all_placeholders(rows: Iterable[tuple[SchoolRow, str]]) -> Iterator[Problem]:
    """The placeholders in a list, which must not reach families."""
    for row, _ in rows:
        yield from placeholders(row)


def _in_language(
    rows: Iterable[tuple[SchoolRow, str]], language: str, default: str
) -> Iterator[tuple[SchoolRow, str]]:
    """The rows of the schools that want a language; `default` is for rows that name none."""
    return ((row, logo) for row, logo in rows if (row.language or default) == language)


def _make_pack(
    plan: PackPlan,
    rows: Iterable[tuple[SchoolRow, str]],
    logo_store: LogoStore,
    output: Path,
    options: SchoolsOptions,
    report: SchoolsReport,
    progress: Progress,
) -> None:
    """Make one pack for all schools that want it."""
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
        start_workers = partial(
            local_workers, logo_store.folder.parent, options.jobs, options.scheduler
        )
        with start_workers() as workers:
            production.prepare(workers)
        # New workers, because layouts leave much in memory that stamping does not need.
        with start_workers() as workers:
            production.make(workers)
    journal.finish(outdated.order, storage.finish)
