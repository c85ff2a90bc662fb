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

from press.editions.bases import Stock
from press.editions.due import Plan, find_due, plan_of
from press.editions.ledger import Ledger
from press.editions.listing import Listing
from press.editions.logos import Shelf
from press.editions.making import Making
from press.editions.options import Options, Progress, Report
from press.editions.specimen import Shape, specimen
from press.editions.targets import Folder, Store, Target
from press.editions.workers import crew
from press.errors import Refused
from press.plan import choose, pack_name
from press.publish import SCHOOLS, recover
from press.run import unfit, warnings
from press.workers import together
from source.model import Pack
from source.problems import ContentError, Problem
from source.schools import Row, placeholders


def run(
    packs: Sequence[Pack],
    listing: Callable[[Report], Listing],
    output: Path,
    options: Options,
    progress: Progress,
    scratch: Path,
) -> Report:
    """Make the files of all schools of a list that is being read; nothing in `scratch` is kept.

    Raises `ContentError` before anything is made if rows are wrong and not to be passed over, or
    if a sheet can't be made at all; `Refused`, `UnknownArtifact`, `UnfitTemplate`, `OutputError`,
    `WorkerError`, `OSError`.
    """
    # Some sheets have a page more for a school, whichever it is.
    anybody = specimen(Shape(frozenset(), "", sample=False), None)
    chosen = choose([one.for_school(anybody) for one in packs], options.only, options.wanted)
    report = Report()
    report.warn(warnings(packs))
    # While others still read the list.
    plans = [plan_of(pack, chosen, options.deck_template) for pack in packs]
    listed = listing(report)
    if report.bad and not options.skip_bad_rows:
        raise ContentError(report.bad)
    if options.release and (reasons := [*unfit(packs), *_stand_ins(listed.rows)]):
        raise Refused(reasons)
    for plan in plans:
        own = _in_language(listed.rows, plan.pack.pack.language, packs[0].pack.language)
        _make_pack(plan, own, listed.shelf, output, options, report, progress)
    return report


def _stand_ins(rows: Iterable[tuple[Row, str]]) -> Iterator[Problem]:
    """What in a list must not reach a family."""
    for row, _ in rows:
        yield from placeholders(row)


def _in_language(
    rows: Iterable[tuple[Row, str]], language: str, usual: str
) -> Iterator[tuple[Row, str]]:
    """The schools that want a language; `usual` is that of those that don't say."""
    return (one for one in rows if (one[0].language or usual) == language)


def _make_pack(
    plan: Plan,
    rows: Iterable[tuple[Row, str]],
    shelf: Shelf,
    output: Path,
    options: Options,
    report: Report,
    progress: Progress,
) -> None:
    """One pack for all schools that want it."""
    folder = output / pack_name(plan.pack) / SCHOOLS
    recover(folder.parent)
    ledger = Ledger(folder)
    target: Target = Folder(folder, options.zipped)
    if options.store:
        target = Store(f"{options.store.rstrip('/')}/{pack_name(plan.pack)}/{SCHOOLS}")
    due = find_due(plan, rows, shelf, ledger, target, options)
    report.kept += due.kept
    if due.tasks.count:
        folder.mkdir(parents=True, exist_ok=True)
        groups = tuple(together(plan.artifacts))
        stock = Stock(plan.pack, groups, shelf.folder / "files", options.deck_template)
        making = Making(stock, due, shelf, target, options, ledger, report, progress)
        hire = partial(crew, shelf.folder.parent, options.jobs, options.scheduler)
        with hire() as workers:
            making.prepare(workers)
        # Others, because layouts leave much in memory that stamping has no use for.
        with hire() as workers:
            making.make(workers)
    ledger.finish(due.order, target.finish)
