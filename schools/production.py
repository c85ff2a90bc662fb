"""Make a content file's files for outdated schools: bases first, then the schools."""

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
from schools.school_files import Logos, SchoolResult, SchoolTask, WorkOrder, find_demand, make
from schools.specimen import SHORT, Lengths, SchoolProfile
from schools.storage import ASSETS, Delivery, SharedFile, Storage, language_folder
from schools.thumbnails import draw, drawn_before, keep, pictured
from schools.workers import Workers

_T = TypeVar("_T")

#: How many schools are handed out at a time: to make their files, and to find the bases they need.
_BATCH, _LARGE_BATCH = 20, 200

#: A base to make: the number of its group, the profile of the schools, the lengths of their fields.
_Wanted = tuple[int, SchoolProfile, Lengths]


@dataclass
class Production:
    """For each pack that schools want, call `prepare`; then `make_sites`, then `make`.

    `alone` are the ids of schools for which no base can be made; `missing` are the schools that
    turn out to have no base when they are made.
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

    def prepare(self, name: str, workers: Workers) -> None:
        """Make the bases of a pack. Raises `ContentError`."""
        first = {
            (number, profile.of(group[0].format), SHORT)
            for number, group in enumerate(self.base_set.groups)
            if group[0].pack == name
            for profile in self.outdated.profiles[name]
        }
        self._add_bases(workers, first)
        self._add_longer_bases(workers, name)

    def make_sites(self, workers: Workers) -> None:
        """Make what the pages share."""
        for name in self.outdated.offered:
            self._add_site(workers, name)

    def make(self, workers: Workers) -> None:
        """Make the files of the outdated schools."""
        for pieces in (self._pieces(), self._layouts()):
            for results in workers.each(self.base_set, make, pieces):
                self._take(results)
                self.progress(self.done, self.outdated.tasks.count)

    def _add_bases(self, workers: Workers, wanted: Collection[_Wanted]) -> None:
        """Make bases, and add them to the base set for the work that follows."""
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

    def _add_longer_bases(self, workers: Workers, name: str) -> None:
        """Make the bases for texts that take more lines, before their schools are stamped."""
        pieces = ((name, batch) for batch in _batches(self.outdated.tasks, _LARGE_BATCH))
        demands = list(workers.each(self.base_set, find_demand, pieces))
        self._add_bases(workers, frozenset().union(*(demand.bases for demand in demands)))
        self.alone = self.alone.union(*(demand.alone for demand in demands))

    def _add_site(self, workers: Workers, name: str) -> None:
        """Make the files that the pages of a pack share."""
        plain = self.base_set.packs[name].for_school(None)
        translation, folder = plain.origin.translation, self.journal.folder
        language = translation.language if translation else ""
        assets, own = folder / ASSETS / language, folder.parent / language
        builders = PackBuilders(plain, self.base_set.deck_template)
        wanted = builders.fingerprints(pictured(builders, self.outdated.offered[name]))
        drawn = dict(drawn_before(assets, own, wanted))
        if pieces := [(one,) for one in wanted if thumbnail_name(one) not in drawn]:
            drawn |= workers.each(self.base_set, draw, pieces)
        site = make_site(plain, drawn, f"{language}/" if language else "")
        keep(assets, site.shared, wanted)
        self.base_set = replace(self.base_set, sites={**self.base_set.sites, name: site})

    def _pieces(self) -> Iterator[tuple[WorkOrder, Sequence[SchoolTask], Logos]]:
        """The schools as pieces of work; schools that need layouts come first and take longest."""
        for task in self.outdated.tasks if self.alone else ():
            if task.id in self.alone:
                yield self._piece([task], laying_out=True)
        others = (task for task in self.outdated.tasks if task.id not in self.alone)
        for batch in _batches(others, _BATCH):
            yield self._piece(batch, laying_out=False)
            yield from self._layouts()

    def _layouts(self) -> Iterator[tuple[WorkOrder, Sequence[SchoolTask], Logos]]:
        """The schools that turned out to have no base, one at a time."""
        while self.missing:
            yield self._piece([self.missing.pop()], laying_out=True)

    def _piece(
        self, tasks: Sequence[SchoolTask], *, laying_out: bool
    ) -> tuple[WorkOrder, Sequence[SchoolTask], Logos]:
        # Workers on other machines can't write to this folder: they return their files.
        elsewhere = self.options.scheduler and not self.options.store
        work = WorkOrder(None if elsewhere else self.storage, self.options.zipped, laying_out)
        return work, tasks, self.logo_store.some(task.logo for task in tasks)

    def _take(self, results: Sequence[SchoolResult]) -> None:
        entries = []
        for result in results:
            task = result.task
            if result.missing:
                self.missing.append(task)
                continue
            self.done += 1
            self.report.refuse(result.problems)
            if not result.files:
                continue
            kept = self._put(result) if result.data else result.kept
            entries.append(self._entry(result))
            self.report.made += 1
            self.report.files += 1 if self.options.zipped else len(result.pages)
            self.report.laid_out.update(result.laid_out)
            folder = self.journal.folder if self.options.zipped else self.journal.folder / task.id
            self.report.kept_aside += [folder / name for name in kept]
        self.journal.note(entries)

    def _put(self, result: SchoolResult) -> tuple[str, ...]:
        """Put the files in place that a worker has returned; returns what was kept aside."""
        every = {
            site.folder + name: data
            for site in self.base_set.sites.values()
            for name, data in site.shared.items()
        }
        shared = {name: SharedFile(path, every[path]) for name, path in result.shared.items()}
        task, known = result.task, result.task.known_without(result.failed)
        return self.storage.put(Delivery(task.id, result.data, result.files, known, shared))

    def _entry(self, result: SchoolResult) -> JournalEntry:
        """A school's entry, which also has its files that stay as they were."""
        task, old = result.task, self.journal.entry(result.task.id)
        files, pages = {**task.others}, {**task.pages}
        if old:
            stay = {name for name in old.files if language_folder(name) in result.failed}
            files |= {name: old.files[name] for name in stay}
            pages |= {name: old.pages[name] for name in stay & old.pages.keys()}
        # What could not be made is tried again by the next build.
        fingerprint = "" if result.problems else task.fingerprint
        files, pages = {**files, **result.files}, {**pages, **result.pages}
        return JournalEntry(task.id, fingerprint, files, result.laid_out, pages)


def _batches(values: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(values)
    while batch := list(islice(iterator, size)):
        yield batch
