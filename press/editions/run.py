"""A list of schools, from start to end: `run(packs, list, output, options) -> Report`.

1. The list is read. If a row is wrong nothing is made, unless bad rows are to be passed over.
2. What is done already, and still as it should be, is left.
3. Every file is laid out and checked once for each shape of schools: these are the bases.
4. Schools are stamped. Those with longer words get bases of their own, or a layout of their own.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from press.editions.bases import AnyBase, Key, Stock, make_bases
from press.editions.batch import Logos, Made, Task, Work, foresee, make
from press.editions.ledger import Entry, Ledger
from press.editions.listing import Listing
from press.editions.logos import Shelf
from press.editions.options import Options, Progress, Report
from press.editions.pages import (
    INDEX,
    draw,
    drawn_before,
    keep,
    make_site,
    mark_of,
    pictured,
)
from press.editions.specimen import SHORT, Lengths, Shape, shape_of, specimen
from press.editions.spool import Spool
from press.editions.targets import Delivery, Folder, Store, Target
from press.editions.workers import Crew, crew
from press.errors import Refused
from press.fingerprint import fingerprints
from press.plan import Artifact, choose, pack_name, picture_name
from press.program import digest
from press.publish import SCHOOLS, recover
from press.run import unfit, warnings
from press.workers import longest_first, together
from source.model import Pack
from source.problems import ContentError, Problem
from source.schools import Row, placeholders

_T = TypeVar("_T")

#: How many schools are handed out at a time: to be made, and to be looked at.
_BATCH, _MANY = 20, 200

#: A base to make: the number of its group, the shape of schools, the lengths of their words.
_Wanted = tuple[int, Shape, Lengths]


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
    plans = [_plan(pack, chosen, options.deck_template) for pack in packs]
    listed = listing(report)
    if report.bad and not options.skip_bad_rows:
        raise ContentError(report.bad)
    if options.release and (reasons := [*unfit(packs), *_stand_ins(listed.rows)]):
        raise Refused(reasons)
    for plan in plans:
        own = _in_language(listed.rows, plan.pack.pack.language, packs[0].pack.language)
        _make_pack(plan, own, listed.shelf, output, options, report, progress)
    return report


@dataclass(frozen=True)
class _Plan:
    """What to make of a pack; `common` is what the files of all its schools follow from."""

    pack: Pack
    artifacts: Sequence[Artifact]
    common: str


def _plan(pack: Pack, chosen: Iterable[Artifact], deck_template: Path | None) -> _Plan:
    artifacts = [one for one in chosen if one.pack == pack_name(pack)]
    plain = pack.for_school(None)
    found = fingerprints(plain, artifacts, deck_template).values()
    return _Plan(pack, artifacts, digest(mark_of(plain), *found))


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
    plan: _Plan,
    rows: Iterable[tuple[Row, str]],
    shelf: Shelf,
    output: Path,
    options: Options,
    report: Report,
    progress: Progress,
) -> None:
    """One pack for all schools that want it."""
    pack, artifacts = plan.pack, plan.artifacts
    folder = output / pack_name(pack) / SCHOOLS
    recover(folder.parent)
    ledger = Ledger(folder)
    target: Target = Folder(folder, options.zipped)
    if options.store:
        target = Store(f"{options.store.rstrip('/')}/{pack_name(pack)}/{SCHOOLS}")
    order: list[str] = []
    due = Spool(shelf.folder.parent / f"due-{pack_name(pack)}")
    shapes: set[Shape] = set()
    offered: set[str] = set()
    for row, logo in rows:
        old = ledger.entry(row.id)
        wanted = [one.file for one in artifacts if not row.sheets or one.id in row.sheets]
        if not wanted and not old:
            continue
        order.append(row.id)
        mark = digest(plan.common, repr(row.school), logo, *wanted, str(options.zipped))
        others = _others(old, wanted, options)
        pages = {name: old.pages[name] for name in others if name in old.pages} if old else {}
        sizes = {name: size for name, (_, size) in old.files.items()} if old else {}
        here = target.holds(row.id, {name: sizes[name] for name in sizes if name not in others})
        same = old and old.fingerprint == mark and here and not options.force
        if same or (options.part and not wanted):
            report.kept += 1
            continue
        shape = shape_of(row.school, pack.pack.region, shelf.kind(logo))
        known = {name: one for name, one in ledger.known(row.id).items() if name not in others}
        task = Task(
            row.id,
            row.school,
            shape,
            row.place,
            logo,
            frozenset(wanted),
            mark,
            known,
            others,
            pages,
        )
        due.add(task)
        shapes.add(shape)
        offered |= {*wanted, *pages}
    if due.count:
        folder.mkdir(parents=True, exist_ok=True)
        stock = Stock(
            pack, tuple(together(artifacts)), shelf.folder / "files", options.deck_template
        )
        run_ = _Run(stock, shelf, target, options, ledger, report, progress)
        hire = partial(crew, shelf.folder.parent, options.jobs, options.scheduler)
        with hire() as workers:
            alone = run_.prepare(workers, due, sorted(shapes, key=repr), offered)
        # Others, because layouts leave much in memory that stamping has no use for.
        with hire() as workers:
            run_.make(workers, due, alone)
    ledger.finish(order, target.finish)


def _others(
    old: Entry | None, wanted: Sequence[str], options: Options
) -> Mapping[str, tuple[str, int]]:
    """A school's files that stay as they are, as in a build of the pack: only others are asked
    for."""
    if old is None or options.zipped or not options.part:
        return {}
    own = {*wanted, f"{old.id}.zip", INDEX}
    # Its logo lies beside its page, and is made with it.
    return {name: one for name, one in old.files.items() if name not in own and "/" not in name}


@dataclass
class _Run:
    """The making of one pack's schools; `missing` are those that lack a base."""

    stock: Stock
    shelf: Shelf
    target: Target
    options: Options
    ledger: Ledger
    report: Report
    progress: Progress
    done: int = 0
    missing: list[Task] = field(default_factory=list)

    def _add_site(self, workers: Crew, offered: Collection[str]) -> None:
        """Make what the pages of all schools share."""
        folder, plain = self.ledger.folder, self.stock.pack.for_school(None)
        wanted = fingerprints(plain, pictured(plain, offered), self.stock.deck_template)
        drawn = dict(drawn_before(folder, wanted))
        if pieces := [(one,) for one in wanted if picture_name(one) not in drawn]:
            drawn |= workers.each(self.stock, draw, pieces)
        site = make_site(plain, drawn)
        keep(folder, site.shared, wanted)
        self.stock = replace(self.stock, site=site)

    def prepare(
        self, workers: Crew, due: Spool, shapes: Sequence[Shape], offered: Collection[str]
    ) -> Collection[str]:
        """Make what schools are stamped into; `offered` are the files that their pages lead to.

        Returns the ids of schools that no base can help.
        """
        first = {
            (number, shape.of(group[0].kind), SHORT)
            for number, group in enumerate(self.stock.groups)
            for shape in shapes
        }
        self._add_bases(workers, first)
        alone = self._foresee(workers, due)
        self._add_site(workers, offered)
        return alone

    def make(self, workers: Crew, due: Spool, alone: Collection[str]) -> None:
        """Make the schools that are due; those of `alone` need layouts of their own."""
        for pieces in (self._pieces(due, alone), self._layouts()):
            for results in workers.each(self.stock, make, pieces):
                self._take(results)
                self.progress(self.done, due.count)

    def _add_bases(self, workers: Crew, wanted: Collection[_Wanted]) -> None:
        """Make bases, and let those who come later have them."""
        groups = self.stock.groups
        order = sorted(wanted, key=lambda one: (longest_first(groups[one[0]]), repr(one)))
        pieces = [(groups[number], shape, lengths) for number, shape, lengths in order]
        found: list[tuple[Key, AnyBase]] = []
        problems: list[Problem] = []
        for bases, faults in workers.each(self.stock, make_bases, pieces):
            found += bases
            problems += faults
        if problems:
            raise ContentError(problems)
        self.stock = self.stock.with_bases(found)

    def _foresee(self, workers: Crew, due: Spool) -> frozenset[str]:
        """Make the bases for words that take more lines, before their schools are stamped.

        Returns the ids of schools that no base can help.
        """
        pieces = ((some,) for some in _batches(due, _MANY))
        found = list(workers.each(self.stock, foresee, pieces))
        self._add_bases(workers, frozenset().union(*(one.bases for one in found)))
        return frozenset().union(*(one.alone for one in found))

    def _pieces(
        self, due: Spool, alone: Collection[str]
    ) -> Iterator[tuple[Work, Sequence[Task], Logos]]:
        """The schools as pieces of work; those that need layouts first, for these take longest."""
        for task in due if alone else ():
            if task.id in alone:
                yield self._piece([task], laying_out=True)
        for some in _batches((task for task in due if task.id not in alone), _BATCH):
            yield self._piece(some, laying_out=False)
            yield from self._layouts()

    def _layouts(self) -> Iterator[tuple[Work, Sequence[Task], Logos]]:
        """Those that proved to lack a base, one at a time."""
        while self.missing:
            yield self._piece([self.missing.pop()], laying_out=True)

    def _piece(
        self, tasks: Sequence[Task], *, laying_out: bool
    ) -> tuple[Work, Sequence[Task], Logos]:
        # Workers on other machines can't write to this folder: they hand their files back.
        elsewhere = self.options.scheduler and not self.options.store
        work = Work(None if elsewhere else self.target, self.options.zipped, laying_out)
        return work, tasks, self.shelf.some(task.logo for task in tasks)

    def _take(self, results: Sequence[Made]) -> None:
        entries = []
        for one in results:
            task = one.task
            if one.missing:
                self.missing.append(task)
                continue
            self.done += 1
            if one.problems:
                self.report.bad += one.problems
                continue
            kept = one.kept
            if one.data:
                every = self.stock.site.shared if self.stock.site else {}
                shared = {name: every[name] for name in one.shared}
                kept = self.target.put(Delivery(task.id, one.data, one.files, task.known, shared))
            files, pages = {**task.others, **one.files}, {**task.pages, **one.pages}
            entries.append(Entry(task.id, task.fingerprint, files, one.laid_out, pages))
            self.report.made += 1
            self.report.files += 1 if self.options.zipped else len(one.pages)
            self.report.laid_out.update(one.laid_out)
            folder = self.ledger.folder if self.options.zipped else self.ledger.folder / task.id
            self.report.kept_aside += [folder / name for name in kept]
        self.ledger.note(entries)


def _batches(values: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(values)
    while some := list(islice(iterator, size)):
        yield some
