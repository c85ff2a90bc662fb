"""A list of schools, from start to end: `run(packs, list, output, options) -> Report`.

1. The list is read. If a row is wrong nothing is made, unless bad rows are to be passed over.
2. What is done already, and still as it should be, is left.
3. Every file is laid out and checked once for each shape of schools: these are the bases.
4. Schools are stamped. Those with longer words get bases of their own, or a layout of their own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from press.editions.bases import Lengths, Stock, lengths_for, make_bases
from press.editions.batch import Made, Task, Work, make
from press.editions.ledger import NAME, Entry, Ledger
from press.editions.logos import Shelf
from press.editions.options import Options, Progress, Report
from press.editions.pages import (
    draw,
    drawn_before,
    first_groups,
    keep,
    make_site,
    recall,
    site_mark,
)
from press.editions.specimen import Shape, shape_of, specimen, words_of
from press.editions.spool import Spool
from press.editions.targets import Folder, Store, Target
from press.editions.workers import crew
from press.errors import Refused
from press.fingerprint import fingerprint
from press.plan import Artifact, choose, pack_name, picture_name
from press.program import digest
from press.publish import SCHOOLS
from press.run import unfit
from press.system import import_handouts
from press.workers import Group, together
from source.model import Pack
from source.problems import ContentError, Problem
from source.schools import Row, placeholders, poor_logo, read

_T = TypeVar("_T")

#: How many schools are handed out at a time.
_BATCH = 20

#: From how many schools on a base for their number of lines is worth its layout.
_WORTH = 2


def run(
    packs: Sequence[Pack], file: Path, output: Path, options: Options, progress: Progress
) -> Report:
    """Make the files of all schools of a list.

    Raises `ContentError` before anything is made if rows are wrong and not to be passed over, or
    if a sheet can't be made at all; `Refused`, `UnknownArtifact`, `UnfitTemplate`, `OutputError`,
    `ClusterError`.
    """
    report = Report()
    with TemporaryDirectory(prefix="handout-press-") as name:
        scratch = Path(name)
        shelf = Shelf(scratch / "logos")
        rows = Spool(scratch / "rows")
        for one in read(file, packs):
            if not isinstance(one, Row):
                report.bad += one
                continue
            report.warnings += (*placeholders(one), *poor_logo(one))
            rows.add((one, shelf.add(file.parent, one.school)))
        if report.bad and not options.skip_bad_rows:
            raise ContentError(report.bad)
        if options.release and (reasons := [*unfit(packs), *_stand_ins(rows)]):
            raise Refused(reasons)
        for pack in packs:
            _make_pack(pack, packs[0].pack.language, rows, shelf, output, options, report, progress)
    return report


def _stand_ins(rows: Iterable[tuple[Row, str]]) -> Iterator[Problem]:
    for row, _ in rows:
        yield from placeholders(row)


def _make_pack(
    pack: Pack,
    language: str,
    rows: Iterable[tuple[Row, str]],
    shelf: Shelf,
    output: Path,
    options: Options,
    report: Report,
    progress: Progress,
) -> None:
    """One pack for all schools that want it in its language; `language` is that of those that
    don't say."""
    # Some sheets have a page more for a school, whichever it is.
    anybody = specimen(Shape(frozenset(), "", sample=False), None)
    artifacts = choose([pack.for_school(anybody)], options.only, options.wanted)
    groups = tuple(together(artifacts))
    folder = output / pack_name(pack) / SCHOOLS
    for left in folder.glob(".new-*"):
        rmtree(left, ignore_errors=True)
    ledger = Ledger(folder)
    target: Target = Folder(folder, options.zipped)
    if options.store:
        target = Store(f"{options.store.rstrip('/')}/{pack_name(pack)}/{SCHOOLS}", options.zipped)
    plain = pack.for_school(None)
    common = digest(
        site_mark(plain, artifacts),
        *(fingerprint(plain, one, options.deck_template) for one in artifacts),
    )
    order: list[str] = []
    due = Spool(shelf.folder.parent / f"due-{pack_name(pack)}")
    fingerprints: dict[str, str] = {}
    shapes: set[Shape] = set()
    for row, logo in rows:
        if (row.language or language) != pack.pack.language:
            continue
        order.append(row.id)
        wanted = [one.file for one in artifacts if not row.sheets or one.id in row.sheets]
        mark = digest(common, repr(row.school), logo, *wanted, str(options.zipped))
        old = ledger.entry(row.id)
        sizes = {name: size for name, (_, size) in old.files.items()} if old else {}
        if old and not options.force and old.fingerprint == mark and target.holds(row.id, sizes):
            report.kept += 1
            continue
        shape = shape_of(row.school, pack.pack.region, shelf.kind(logo))
        known = {name: hash for name, (hash, _) in old.files.items()} if old else {}
        due.add(Task(row.id, row.school, shape, row.place, logo, frozenset(wanted), known))
        fingerprints[row.id] = mark
        shapes.add(shape)
    if due.count:
        import_handouts()
        folder.mkdir(parents=True, exist_ok=True)
        stock = Stock(pack, groups, shelf.folder / "files", options.deck_template)
        run_ = _Run(stock, shelf, target, options, ledger, fingerprints, report, progress)
        run_.add_site(artifacts, common)
        run_.make(due, sorted(shapes, key=repr))
    if due.count or not (folder / NAME).exists():
        target.finish(NAME, ledger.finish(order))


@dataclass
class _Run:
    """The making of one pack's schools."""

    stock: Stock
    shelf: Shelf
    target: Target
    options: Options
    ledger: Ledger
    fingerprints: dict[str, str]
    report: Report
    progress: Progress
    done: int = 0

    def add_site(self, artifacts: Sequence[Artifact], mark: str) -> None:
        """Draw the pictures that all schools' pages show, if they don't lie there already."""
        folder = self.ledger.folder
        kept = recall(folder, mark)
        if kept is None:
            groups, plain = first_groups(self.stock.groups), self.stock.pack.for_school(None)
            drawn = dict(drawn_before(folder.parent, plain, groups, self.options.deck_template))
            pieces = [(group,) for group in groups if picture_name(group[0]) not in drawn]
            with crew(self.stock, self.options.jobs, self.options.scheduler) as workers:
                drawn |= workers.each(draw, pieces)
        site = make_site(self.stock.pack, artifacts, drawn if kept is None else kept)
        if kept is None:
            keep(folder, mark, site.shared)
        self.stock = replace(self.stock, site=site)

    def make(self, due: Spool, shapes: Sequence[Shape]) -> None:
        first = [(group, shape) for group in self.stock.groups for shape in shapes]
        self._add_bases(first)
        missing: dict[str, tuple[str, ...]] = {}
        self._each(due, due.count, missing, laying_out=False)
        if missing:
            later = [task for task in due if task.id in missing]
            self._add_bases(self._further(later, missing))
            self._each(later, due.count, {}, laying_out=True)

    def _add_bases(self, wanted: Sequence[tuple[Any, ...]]) -> None:
        """Make bases, and let those who come later have them."""
        with crew(self.stock, self.options.jobs, self.options.scheduler) as workers:
            found = [one for some in workers.each(make_bases, wanted) for one in some]
        self.stock = self.stock.with_bases(sorted(found, key=lambda one: repr(one[0])))

    def _further(
        self, tasks: Iterable[Task], missing: dict[str, tuple[str, ...]]
    ) -> list[tuple[Group, Shape, Lengths]]:
        """The bases for names that take more lines, if some schools share them."""
        region = self.stock.pack.pack.region
        counted: Counter[tuple[int, Shape, Lengths]] = Counter()
        for task in tasks:
            words = words_of(task.school, region)
            for number, group in enumerate(self.stock.groups):
                file = next((one.file for one in group if one.file in missing[task.id]), None)
                bases = self.stock.bases.get((file, task.shape)) if file else None
                lengths = lengths_for(bases[0], task.shape, words, region) if bases else None
                if lengths:
                    counted[number, task.shape, lengths] += 1
        return [
            (self.stock.groups[number], shape, lengths)
            for (number, shape, lengths), count in counted.items()
            if count >= _WORTH
        ]

    def _each(
        self,
        tasks: Iterable[Task],
        total: int,
        missing: dict[str, tuple[str, ...]],
        *,
        laying_out: bool,
    ) -> None:
        """Make schools, and note those that are done and those that lack a base."""
        # Workers on other machines can't write to this folder: they hand their files back.
        elsewhere = self.options.scheduler and not self.options.store
        work = Work(None if elsewhere else self.target, self.options.zipped, laying_out)
        pieces = (
            (work, some, self.shelf.some(task.logo for task in some))
            for some in _batches(tasks, _BATCH)
        )
        with crew(self.stock, self.options.jobs, self.options.scheduler) as workers:
            for results in workers.each(make, pieces):
                self._take(results, missing)
                self.progress(self.done, total)

    def _take(self, results: Sequence[Made], missing: dict[str, tuple[str, ...]]) -> None:
        entries = []
        for one in results:
            if one.missing:
                missing[one.id] = one.missing
                continue
            self.done += 1
            if one.problems:
                self.report.bad += one.problems
                continue
            kept = one.kept
            if one.data:
                every = self.stock.site.shared if self.stock.site else {}
                shared = {name: every[name] for name in one.shared}
                kept = self.target.put(one.id, one.data, {}, shared)
            entries.append(Entry(one.id, self.fingerprints[one.id], one.files, one.laid_out))
            self.report.made += 1
            self.report.files += len(one.files)
            self.report.laid_out.update(one.laid_out)
            self.report.kept_aside += [self.ledger.folder / one.id / name for name in kept]
        self.ledger.note(entries)


def _batches(values: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(values)
    while some := list(islice(iterator, size)):
        yield some
