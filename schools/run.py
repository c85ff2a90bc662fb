"""A list of schools, from start to end: `run(versions, listing, output, options, …)`.

1. The list is read. If a row is wrong, nothing is made, unless bad rows are to be skipped.
2. Schools whose files are up to date are left alone (`outdated.py`).
3. Each file is laid out and checked once for each profile of schools and each language: these
   are the bases.
4. Schools are stamped. Schools with longer texts get bases for these, or a layout of their own
   (`production.py` for 3 and 4).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from languages.tags import language_tag
from pack.artifacts import Artifact, choose, pack_name, possible
from pack.errors import ContentError, Refused
from pack.model import Pack
from pack.problems import Problem
from press.builders import artifacts_of, group_by_layout
from press.languages import PackVersions
from press.pipeline import check_template, release_blockers, warnings
from press.publish import SCHOOLS
from press.translations import languages_of
from schools.bases import BaseSet
from schools.journal import Journal
from schools.local_workers import local_workers
from schools.options import Progress, SchoolsOptions, SchoolsReport
from schools.outdated import FilePlan, PackPlan, find_outdated, plan_of
from schools.production import Production
from schools.publish import recover
from schools.read_list import Listing
from schools.rows import SchoolRow, placeholders
from schools.specimen import SchoolProfile, specimen
from schools.storage import FolderStorage, ObjectStorage, Storage
from slides.draft import DeckDraft


def run(
    versions: Sequence[PackVersions],
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
    originals = [one.original for one in versions]
    packs = [pack for one in versions for pack in one.packs]
    # Some sheets have one more page for any school.
    anybody = specimen(SchoolProfile(frozenset(), "", sample=False), None)
    schooled = [pack.for_school(anybody) for pack in packs]
    artifacts = [one for pack in schooled for one in artifacts_of(pack, options.wanted)]
    chosen, left_out = possible(packs, choose(artifacts, options.only))
    report = SchoolsReport()
    report.warn((*warnings(originals), *dict.fromkeys(left_out)))
    # Other processes are still reading the list.
    plans = {pack_name(pack): _plan(pack, chosen, options) for pack in originals}
    listed = listing(report)
    understood(listed)
    if report.bad and not options.skip_bad_rows:
        raise ContentError(report.bad, more=report.more_bad)
    default = originals[0].about.language
    wanted = {*map(language_tag, options.languages)} or {default, *listed.languages}
    if options.release and (reasons := [*_blockers(versions, wanted, listed)]):
        raise Refused(reasons)
    report.warn(sorted({*_about_translations(versions, wanted)} - {*warnings(originals)}))
    translated = _translated(versions, wanted)
    plans |= {pack_name(pack): _plan(pack, chosen, options) for pack in translated}
    for one in versions:
        own = [pack for pack in one.packs if pack.about.language in wanted]
        if own:
            made = {pack.about.language: plans[pack_name(pack)] for pack in own}
            languages = (one.original.about.language, *languages_of(one.original))
            plan = FilePlan(made, languages, default)
            _make_file(plan, listed, output, options, report, progress)
    return report


def _plan(pack: Pack, chosen: Sequence[Artifact], options: SchoolsOptions) -> PackPlan:
    """The plan of a pack. Raises `ContentError` or `TemplateError` if its deck can't be made."""
    check_template(DeckDraft(pack, options.deck_template))
    return plan_of(pack, chosen, options.deck_template)


def _translated(versions: Sequence[PackVersions], wanted: Collection[str]) -> Iterator[Pack]:
    """The packs in other languages than their files' that schools want."""
    every = (pack for one in versions for pack in one.translated)
    return (pack for pack in every if pack.about.language in wanted)


def _about_translations(
    versions: Sequence[PackVersions], wanted: Collection[str]
) -> Iterator[Problem]:
    """The warnings about the languages that schools want."""
    yield from warnings(_translated(versions, wanted))
    for one in versions:
        yield from (problem for tag, problem in one.unready.items() if tag in wanted)


def _blockers(
    versions: Sequence[PackVersions], wanted: Collection[str], listed: Listing
) -> Iterator[Problem]:
    """What must be fixed before the schools' materials reach a family."""
    yield from release_blockers(one.original for one in versions)
    for one in versions:
        for tag, problems in one.blockers.items():
            yield from problems if tag in wanted else ()
    yield from _all_placeholders(listed.rows)


def _all_placeholders(rows: Iterable[tuple[SchoolRow, str]]) -> Iterator[Problem]:
    """The placeholders in a list, which must not reach families."""
    for row, _ in rows:
        yield from placeholders(row)


def _make_file(
    plan: FilePlan,
    listed: Listing,
    output: Path,
    options: SchoolsOptions,
    report: SchoolsReport,
    progress: Progress,
) -> None:
    """Make the materials of one content file, in its languages, for all schools that want them."""
    name, logo_store = plan.name, listed.logo_store
    folder = output / name / SCHOOLS
    recover(folder.parent)
    journal = Journal(folder)
    storage: Storage = FolderStorage(folder, options.zipped)
    if options.store:
        storage = ObjectStorage(f"{options.store.rstrip('/')}/{name}/{SCHOOLS}")
    outdated = find_outdated(plan, listed.rows, logo_store, journal, storage, options)
    report.kept += outdated.kept
    if outdated.tasks.count:
        folder.mkdir(parents=True, exist_ok=True)
        packs = {pack_name(one.pack): one.pack for one in plan.plans.values()}
        artifacts = (one.artifacts for one in plan.plans.values())
        groups = tuple(group for own in artifacts for group in group_by_layout(own))
        base_set = BaseSet(packs, groups, logo_store.folder / "files", options.deck_template)
        production = Production(
            base_set, outdated, logo_store, storage, options, journal, report, progress
        )
        start_workers = partial(
            local_workers, logo_store.folder.parent, options.jobs, options.scheduler
        )
        # New workers each time, because layouts leave much in memory.
        for pack in outdated.offered:
            with start_workers() as workers:
                production.prepare(pack, workers)
        with start_workers() as workers:
            production.make_sites(workers)
        with start_workers() as workers:
            production.make(workers)
    journal.finish(outdated.order, storage.finish)
