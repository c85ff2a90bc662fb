"""One pack's files for the schools that are due: bases first, then school by school."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypeVar

from press.editions.bases import AnyBase, Key, Stock, make_bases
from press.editions.batch import Logos, Made, Task, Work, foresee, make
from press.editions.due import Due
from press.editions.ledger import Entry, Ledger
from press.editions.logos import Shelf
from press.editions.options import Options, Progress, Report
from press.editions.pages import draw, drawn_before, keep, make_site, pictured
from press.editions.specimen import SHORT, Lengths, Shape
from press.editions.targets import Delivery, Target
from press.editions.workers import Crew
from press.fingerprint import fingerprints
from press.plan import picture_name
from press.workers import longest_first
from source.problems import ContentError, Problem

_T = TypeVar("_T")

#: How many schools are handed out at a time: to be made, and to be looked at.
_BATCH, _MANY = 20, 200

#: A base to make: the number of its group, the shape of schools, the lengths of their words.
_Wanted = tuple[int, Shape, Lengths]


@dataclass
class Making:
    """`prepare`, then `make`.

    `alone` are the ids of schools that no base can help; `missing` are those that prove to lack one
    when their turn comes.
    """

    stock: Stock
    due: Due
    shelf: Shelf
    target: Target
    options: Options
    ledger: Ledger
    report: Report
    progress: Progress
    done: int = 0
    alone: frozenset[str] = frozenset()
    missing: list[Task] = field(default_factory=list)

    def prepare(self, workers: Crew) -> None:
        """Make what schools are stamped into, and what their pages share. Raises `ContentError`."""
        first = {
            (number, shape.of(group[0].kind), SHORT)
            for number, group in enumerate(self.stock.groups)
            for shape in self.due.shapes
        }
        self._add_bases(workers, first)
        self._foresee(workers)
        self._add_site(workers)

    def make(self, workers: Crew) -> None:
        """Make the schools that are due."""
        for pieces in (self._pieces(), self._layouts()):
            for results in workers.each(self.stock, make, pieces):
                self._take(results)
                self.progress(self.done, self.due.tasks.count)

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

    def _foresee(self, workers: Crew) -> None:
        """Make the bases for words that take more lines, before their schools are stamped."""
        pieces = ((some,) for some in _batches(self.due.tasks, _MANY))
        found = list(workers.each(self.stock, foresee, pieces))
        self._add_bases(workers, frozenset().union(*(one.bases for one in found)))
        self.alone = frozenset().union(*(one.alone for one in found))

    def _add_site(self, workers: Crew) -> None:
        """Make what the pages of all schools share."""
        folder, plain = self.ledger.folder, self.stock.pack.for_school(None)
        wanted = fingerprints(plain, pictured(plain, self.due.offered), self.stock.deck_template)
        drawn = dict(drawn_before(folder, wanted))
        if pieces := [(one,) for one in wanted if picture_name(one) not in drawn]:
            drawn |= workers.each(self.stock, draw, pieces)
        site = make_site(plain, drawn)
        keep(folder, site.shared, wanted)
        self.stock = replace(self.stock, site=site)

    def _pieces(self) -> Iterator[tuple[Work, Sequence[Task], Logos]]:
        """The schools as pieces of work; those that need layouts first, for these take longest."""
        for task in self.due.tasks if self.alone else ():
            if task.id in self.alone:
                yield self._piece([task], laying_out=True)
        others = (task for task in self.due.tasks if task.id not in self.alone)
        for some in _batches(others, _BATCH):
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
