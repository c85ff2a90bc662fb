"""Rendering on all processors: import first, then fork, so that nothing is imported twice."""

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from press.plan import Artifact
from press.system import import_handouts
from source.model import Pack
from source.problems import ContentError, Problem

# Forked workers share what is imported; elsewhere than on Linux forking is not safe.
if sys.platform == "linux":
    _processes = multiprocessing.get_context("fork")
else:
    _processes = multiprocessing.get_context("spawn")


@dataclass(frozen=True)
class Made:
    """An artifact's bytes, or the problems that kept it from being made.

    `pages` is how many pages or slides it has: a deck has more than planned if lists run on over
    further slides. `seconds` is what it took.
    """

    artifact: Artifact
    data: bytes
    pages: int
    problems: tuple[Problem, ...]
    seconds: float


def make_all(
    packs: Mapping[str, Pack],
    artifacts: Sequence[Artifact],
    jobs: int | None = None,
    deck_template: Path | None = None,
) -> Iterator[Made]:
    """Make the artifacts, each as soon as it is done; `jobs` is the number of processes.

    `deck_template` is a PowerPoint file to build decks on instead of our own.

    Raises `MissingLibrary` before anything is handed out if WeasyPrint can't work here.
    """
    decks = [artifact for artifact in artifacts if artifact.kind == "deck"]
    sheets = [artifact for artifact in artifacts if artifact.kind != "deck"]
    jobs = jobs or processors()
    if jobs == 1 or len(artifacts) == 1:
        if sheets:
            import_handouts()
        yield from (make(packs[artifact.pack], artifact, deck_template) for artifact in artifacts)
        return
    # Decks don't need WeasyPrint: a processor of their own while it is imported.
    waiting = [_in_background(packs[deck.pack], deck, deck_template) for deck in decks]
    if sheets:
        import_handouts()
        yield from _in_pool(packs, sheets, min(jobs, len(sheets)), deck_template)
    yield from (wait() for wait in waiting)


def make(pack: Pack, artifact: Artifact, deck_template: Path | None = None) -> Made:
    """Render one artifact in this process."""
    start = time.perf_counter()
    problems: tuple[Problem, ...] = ()
    try:
        data, pages = _render(pack, artifact, deck_template)
    except ContentError as error:
        data, pages, problems = b"", 0, error.problems
    return Made(artifact, data, pages, problems, time.perf_counter() - start)


def _render(pack: Pack, artifact: Artifact, deck_template: Path | None) -> tuple[bytes, int]:
    """The artifact's bytes and its number of pages."""
    if artifact.kind == "deck":
        from slides import deck

        data = deck.render(pack, deck_template)
        return data, deck.count_slides(data)
    from handouts import sheets

    if artifact.kind == "guide":
        return _render_guide(pack, artifact, deck_template)
    handout = next(one for one in pack.handouts if one.id == artifact.id)
    return sheets.render(pack, handout), handout.pages


def _render_guide(pack: Pack, artifact: Artifact, deck_template: Path | None) -> tuple[bytes, int]:
    from handouts import guide
    from slides import deck

    assert pack.deck  # noqa: S101 (it is the deck that plans guides)
    documents = (pack.deck.guide, pack.deck.notes_sheet)
    document = next(one for one in documents if one and one.id == artifact.id)
    pages = [
        guide.SlidePage(
            number=number,
            title=content.title.text,
            picture=picture,
            notes=content.notes.lines,
            until=content.until,
            hand_out=content.hand_out,
            hidden=content.hidden,
        )
        for number, (content, picture) in enumerate(deck.pictures(pack, deck_template), start=1)
    ]
    return guide.render(pack, document, pages)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _in_background(
    pack: Pack, artifact: Artifact, deck_template: Path | None
) -> Callable[[], Made]:
    """Start to make an artifact in a process of its own; call the result to wait for it."""
    receiver, sender = _processes.Pipe(duplex=False)
    process = _processes.Process(
        target=_send, args=(sender, pack, artifact, deck_template), daemon=True
    )
    process.start()
    sender.close()

    def wait() -> Made:
        made: Made = receiver.recv()
        process.join()
        return made

    return wait


def _send(
    sender: "Connection[Made, None]", pack: Pack, artifact: Artifact, deck_template: Path | None
) -> None:
    sender.send(make(pack, artifact, deck_template))


def _in_pool(
    packs: Mapping[str, Pack],
    artifacts: Sequence[Artifact],
    jobs: int,
    deck_template: Path | None,
) -> Iterator[Made]:
    # The longest first, so that no worker is left alone with it at the end.
    queue = sorted(artifacts, key=lambda artifact: (artifact.kind != "guide", -artifact.pages))
    with ProcessPoolExecutor(jobs, _processes, _start, (dict(packs), deck_template)) as pool:
        futures: list[Future[Made]] = [pool.submit(_make_one, artifact) for artifact in queue]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


_packs: dict[str, Pack] = {}
_templates: list[Path | None] = []


def _start(packs: dict[str, Pack], deck_template: Path | None) -> None:
    """What every job of a worker shares is handed over once."""
    _packs.update(packs)
    _templates.append(deck_template)


def _make_one(artifact: Artifact) -> Made:
    return make(_packs[artifact.pack], artifact, _templates[-1])
