"""Render on all processors: import first, then fork, so that nothing is imported twice."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress

from pack.artifacts import Artifact
from pack.errors import ContentError
from press.builders import PackBuilders, group_by_layout
from press.builders.base import Group
from press.native_libraries import import_handouts
from press.processes import init_child_process, pool, processors, reports_lost_workers
from press.render import Rendered, RenderOptions, inspect, make, render
from slides.draft import DraftState

#: Artifacts that are done, others that are rendered but not yet inspected, and a pack's name with
#: the state of its deck if this job composed it.
_Result = tuple[list[Rendered], list[Rendered], tuple[str, DraftState] | None]


def make_all(
    builders: Mapping[str, PackBuilders],
    artifacts: Sequence[Artifact],
    options: RenderOptions,
    jobs: int | None = None,
) -> Iterator[Rendered]:
    """Start making the artifacts; the result yields each as soon as it is done.

    `builders` are those of each pack by name, `jobs` is the number of processes. Raises
    `MissingLibrary` before any work starts if WeasyPrint can't run here.
    """
    jobs = min(jobs or processors(), len(artifacts))
    printed = [one for one in artifacts if builders[one.pack].of(one).needs_weasyprint]
    if printed:
        import_handouts()
    if jobs < 2:
        groups = group_by_layout(artifacts)
        return (one for group in groups for one in make(builders[group[0].pack], group, options))
    if printed:
        from handouts.weasy.pdf import prepare

        prepare(builders[printed[0].pack].pack)
    return _Run(builders, artifacts, options, jobs).results()


def longest_first(group: Group) -> tuple[bool, int]:
    """A sort key that puts long groups first, so that no worker ends up alone with one.

    Groups of unknown length, such as guides, count as the longest.
    """
    return group[0].pages > 0, -group[0].pages


class _Run:
    """Jobs for a pool of workers, some of which wait for a deck to be composed.

    For each pack one job composes the deck. Its result goes to all jobs that show slides, so a deck
    is composed once per build, whichever processes need it.
    """

    def __init__(
        self,
        builders: Mapping[str, PackBuilders],
        artifacts: Sequence[Artifact],
        options: RenderOptions,
        jobs: int,
    ) -> None:
        queue = sorted(group_by_layout(artifacts), key=longest_first)
        # The last groups are inspected in jobs of their own: small jobs at the end let all workers
        # finish at the same time.
        self.late = set(queue[-jobs:])
        #: All groups that show slides, by the pack whose deck must be composed first.
        self.waiting: dict[str, list[Group]] = {}
        others: list[Group] = []
        for group in queue:
            shows_slides = builders[group[0].pack].of(group[0]).needs_slides
            (self.waiting.setdefault(group[0].pack, []) if shows_slides else others).append(group)
        # Jobs that wait for a deck take longest, so don't queue them behind all the others.
        at_once = jobs if self.waiting else len(others)
        self.rest = others[at_once:]
        self.workers = pool(jobs, _start, (dict(builders), options))
        with reports_lost_workers():
            self.pending = {
                self.workers.submit(_compose, pack, [one for group in groups for one in group])
                for pack, groups in self.waiting.items()
            }
            self.pending |= {self._submit(group) for group in others[:at_once]}

    def results(self) -> Iterator[Rendered]:
        """Each artifact as soon as it is done."""
        unfinished = self.pending
        try:
            while unfinished:
                done, unfinished = wait(unfinished, return_when=FIRST_COMPLETED)
                for future in done:
                    with reports_lost_workers():
                        finished, rendered, composed = future.result()
                        unfinished |= {self.workers.submit(_inspect_one, one) for one in rendered}
                        if composed:
                            pack, found = composed
                            groups = self.waiting.pop(pack)
                            unfinished |= {self._submit(group, found) for group in groups}
                        if not self.waiting:
                            unfinished |= {self._submit(group) for group in self.rest}
                            self.rest = []
                    yield from finished
        finally:
            self.workers.shutdown(cancel_futures=True)

    def _submit(self, group: Group, found: DraftState | None = None) -> "Future[_Result]":
        return self.workers.submit(_render_group, group, group not in self.late, found or {})


_builders: dict[str, PackBuilders] = {}
_options: list[RenderOptions] = []


def _start(builders: dict[str, PackBuilders], options: RenderOptions) -> None:
    """Receive, once per worker, what all its jobs share."""
    init_child_process()
    _builders.update(builders)
    _options.append(options)
    # What is there by now stays. All that a job leaves behind is young when it ends: collected
    # between jobs, it is found at once, and never copied on with what lives.
    gc.freeze()
    gc.disable()


def _compose(pack: str, artifacts: Sequence[Artifact]) -> _Result:
    """Compose a pack's deck, for the artifacts that show it."""
    builders = _builders[pack]
    with suppress(ContentError):  # reported by every job that shows the deck
        builders.prepare(artifacts)
    return [], [], (pack, builders.draft.progress())


def _render_group(group: Group, inspected: bool, found: DraftState) -> _Result:
    """Render a group and, if `inspected`, inspect its first artifact.

    `found` is the deck as another job has composed it.
    """
    gc.collect(0)
    builders, options = _builders[group[0].pack], _options[-1]
    builders.draft.go_on_from(found)
    rendered = render(builders, group, options)
    if not inspected:
        return [], rendered, None
    return [inspect(builders, rendered[0], options)], rendered[1:], None


def _inspect_one(rendered: Rendered) -> _Result:
    gc.collect(0)
    return [inspect(_builders[rendered.artifact.pack], rendered, _options[-1])], [], None
