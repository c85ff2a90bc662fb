"""One pack's files for the schools that are due: bases first, then school by school."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypeVar

from pack.artifacts import thumbnail_name
from pack.errors import ContentError
from pack.problems import Problem
from press.builders import PackBuilders
from press.worker_pool import longest_first
from schools.bases import AnyBase, BaseSet, Key, make_bases
from schools.download_pages import make_site
from schools.journal import Journal, JournalEntry
from schools.logo_store import LogoStore
from schools.options import Progress, SchoolsOptions, SchoolsReport
from schools.outdated import Outdated
from schools.school_files import Logos, SchoolResult, SchoolTask, WorkOrder, foresee, make
from schools.specimen import SHORT, Lengths, SchoolProfile
from schools.storage import Delivery, Storage
from schools.thumbnails import draw, drawn_before, keep, pictured
from schools.workers import Workers

_T = TypeVar("_T")

#: How many schools are handed out at a time: to be made, and to be looked at.
_BATCH, _MANY = 20, 200

#: A base to make: the number of its group, the shape of schools, the lengths of their words.
_Wanted = tuple[int, SchoolProfile, Lengths]


@dataclass
class Production:
    """`prepare`, then `make`.

    `alone` are the ids of schools that no base can help; `missing` are those that prove to lack one
    when their turn comes.
    """

    base_set: BaseSet
    outdated: Outdated
    logo_store: LogoStore
    storage: Storage
    options: SchoolsOptions
    journal: Journal
    report: SchoolsReport
    progress: Progress
    done: int = 0
    alone: frozenset[str] = frozenset()
    missing: list[SchoolTask] = field(default_factory=list)

    def prepare(self, workers: Workers) -> None:
        """Make what schools are stamped into, and what their pages share. Raises `ContentError`."""
        first = {
            (number, profile.of(group[0].format), SHORT)
            for number, group in enumerate(self.base_set.groups)
            for profile in self.outdated.profiles
        }
        self._add_bases(workers, first)
        self._foresee(workers)
        self._add_site(workers)

    def make(self, workers: Workers) -> None:
        """Make the schools that are due."""
        for pieces in (self._pieces(), self._layouts()):
            for results in workers.each(self.base_set, make, pieces):
                self._take(results)
                self.progress(self.done, self.outdated.tasks.count)

    def _add_bases(self, workers: Workers, wanted: Collection[_Wanted]) -> None:
        """Make bases, and let those who come later have them."""
        groups = self.base_set.groups
        order = sorted(wanted, key=lambda one: (longest_first(groups[one[0]]), repr(one)))
        pieces = [(groups[number], profile, lengths) for number, profile, lengths in order]
        found: list[tuple[Key, AnyBase]] = []
        problems: list[Problem] = []
        for bases, faults in workers.each(self.base_set, make_bases, pieces):
            found += bases
            problems += faults
        if problems:
            raise ContentError(problems)
        self.base_set = self.base_set.with_bases(found)

    def _foresee(self, workers: Workers) -> None:
        """Make the bases for words that take more lines, before their schools are stamped."""
        pieces = ((some,) for some in _batches(self.outdated.tasks, _MANY))
        found = list(workers.each(self.base_set, foresee, pieces))
        self._add_bases(workers, frozenset().union(*(one.bases for one in found)))
        self.alone = frozenset().union(*(one.alone for one in found))

    def _add_site(self, workers: Workers) -> None:
        """Make what the pages of all schools share."""
        folder, plain = self.journal.folder, self.base_set.pack.for_school(None)
        builders = PackBuilders(plain, self.base_set.deck_template)
        wanted = builders.fingerprints(pictured(builders, self.outdated.offered))
        drawn = dict(drawn_before(folder, wanted))
        if pieces := [(one,) for one in wanted if thumbnail_name(one) not in drawn]:
            drawn |= workers.each(self.base_set, draw, pieces)
        site = make_site(plain, drawn)
        keep(folder, site.shared, wanted)
        self.base_set = replace(self.base_set, site=site)

    def _pieces(self) -> Iterator[tuple[WorkOrder, Sequence[SchoolTask], Logos]]:
        """The schools as pieces of work; those that need layouts first, for these take longest."""
        for task in self.outdated.tasks if self.alone else ():
            if task.id in self.alone:
                yield self._piece([task], laying_out=True)
        others = (task for task in self.outdated.tasks if task.id not in self.alone)
        for some in _batches(others, _BATCH):
            yield self._piece(some, laying_out=False)
            yield from self._layouts()

    def _layouts(self) -> Iterator[tuple[WorkOrder, Sequence[SchoolTask], Logos]]:
        """Those that proved to lack a base, one at a time."""
        while self.missing:
            yield self._piece([self.missing.pop()], laying_out=True)

    def _piece(
        self, tasks: Sequence[SchoolTask], *, laying_out: bool
    ) -> tuple[WorkOrder, Sequence[SchoolTask], Logos]:
        # Workers on other machines can't write to this folder: they hand their files back.
        elsewhere = self.options.scheduler and not self.options.store
        work = WorkOrder(None if elsewhere else self.storage, self.options.zipped, laying_out)
        return work, tasks, self.logo_store.some(task.logo for task in tasks)

    def _take(self, results: Sequence[SchoolResult]) -> None:
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
                every = self.base_set.site.shared if self.base_set.site else {}
                shared = {name: every[name] for name in one.shared}
                kept = self.storage.put(Delivery(task.id, one.data, one.files, task.known, shared))
            files, pages = {**task.others, **one.files}, {**task.pages, **one.pages}
            entries.append(JournalEntry(task.id, task.fingerprint, files, one.laid_out, pages))
            self.report.made += 1
            self.report.files += 1 if self.options.zipped else len(one.pages)
            self.report.laid_out.update(one.laid_out)
            folder = self.journal.folder if self.options.zipped else self.journal.folder / task.id
            self.report.kept_aside += [folder / name for name in kept]
        self.journal.note(entries)


def _batches(values: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(values)
    while some := list(islice(iterator, size)):
        yield some
