"""Rendering on all processors: import first, then fork, so that nothing is imported twice."""

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pack.artifacts import Artifact
from pack.errors import ContentError
from pack.model import Pack
from pack.problems import Problem
from pack.theme import Setting
from preflight.checks import check
from preflight.findings import Finding
from press.native_libraries import import_handouts
from press.processes import (
    in_background,
    init_child_process,
    pool,
    processors,
    reports_lost_workers,
)

if TYPE_CHECKING:
    from handouts.sheets import Sheet

#: Artifacts that are made together.
Group = tuple[Artifact, ...]


@dataclass(frozen=True)
class Rendered:
    """An artifact's bytes, or the problems that kept it from being made.

    `pages` is how many pages or slides it has: a deck has more than planned if lists run on over
    further slides. `step` is the step of copyfit that a sheet is set at. `findings` are those of
    preflight; `seconds` is what all of it took, `checking` the part of preflight in that.
    `picture` is its first page as WebP, of the first edition of each.
    """

    artifact: Artifact
    data: bytes
    pages: int
    problems: tuple[Problem, ...]
    seconds: float
    step: Setting | None = None
    findings: tuple[Finding, ...] = ()
    checking: float = 0
    picture: bytes = b""


@dataclass(frozen=True)
class RenderOptions:
    """What holds for all artifacts of a build.

    `deck_template` is a PowerPoint file to build decks on instead of our own, `steps` are the
    steps of copyfit to try first; `pictures` says whether first pages are drawn too.
    """

    deck_template: Path | None = None
    steps: Mapping[Artifact, Setting] = field(default_factory=dict)
    pictures: bool = True


#: Artifacts that are done, and others that are rendered and yet to be inspected.
_Begun = tuple[list[Rendered], list[Rendered]]


def make_all(
    packs: Mapping[str, Pack],
    artifacts: Sequence[Artifact],
    terms: RenderOptions,
    jobs: int | None = None,
) -> Iterator[Rendered]:
    """Begin to make the artifacts; the result gives each as soon as it is done.

    `jobs` is the number of processes. Raises `MissingLibrary` before anything is handed out if
    WeasyPrint can't work here.
    """
    decks = [artifact for artifact in artifacts if artifact.kind == "deck"]
    sheets = [artifact for artifact in artifacts if artifact.kind != "deck"]
    jobs = jobs or processors()
    if jobs == 1 or len(artifacts) == 1:
        if sheets:
            import_handouts()
        groups = group_by_layout(artifacts)
        return (one for group in groups for one in make(packs[group[0].pack], group, terms))
    # Decks don't need WeasyPrint: a processor of their own while it is imported.
    in_work = [in_background(make, packs[deck.pack], (deck,), terms) for deck in decks]
    pooled: Iterator[Rendered] = iter(())
    if sheets:
        import_handouts()
        from handouts.weasy.pdf import prepare

        prepare(next(iter(packs.values())))
        pooled = _in_pool(packs, sheets, min(jobs, len(sheets)), terms)
    return chain(pooled, (one for receive in in_work for one in receive()))


def make(pack: Pack, group: Group, terms: RenderOptions) -> list[Rendered]:
    """Render the artifacts of a group in this process, and check them."""
    return [inspect(pack, one, terms) for one in render(pack, group, terms)]


def render(pack: Pack, group: Group, terms: RenderOptions) -> list[Rendered]:
    """The artifacts of a group before preflight."""
    start = time.perf_counter()
    try:
        found = list(_render(pack, group, terms))
    except ContentError as error:
        seconds = (time.perf_counter() - start) / len(group)
        return [Rendered(artifact, b"", 0, error.problems, seconds) for artifact in group]
    seconds = (time.perf_counter() - start) / len(group)
    return [
        Rendered(artifact, data, pages, (), seconds, step)
        for artifact, (data, pages, step) in zip(group, found, strict=True)
    ]


def inspect(pack: Pack, made: Rendered, terms: RenderOptions) -> Rendered:
    """What was rendered, with the findings of preflight and the picture of its first page."""
    if made.problems:
        return made
    start = time.perf_counter()
    findings = check(pack, made.artifact, made.data)
    checking = time.perf_counter() - start
    pictured = terms.pictures and not made.artifact.edition.name
    picture = _picture(pack, made.artifact, made.data, terms) if pictured else b""
    seconds = made.seconds + checking
    return replace(made, seconds=seconds, findings=findings, checking=checking, picture=picture)


def _render(
    pack: Pack, group: Group, terms: RenderOptions
) -> Iterator[tuple[bytes, int, Setting | None]]:
    """Each artifact's bytes, its number of pages, and its step of copyfit if it has one."""
    artifact = group[0]
    if artifact.kind == "deck":
        from slides import deck
        from slides.zip_writer import count_slides

        data = deck.render(pack, terms.deck_template)
        yield data, count_slides(data), None
        return
    from handouts import sheets

    if artifact.kind == "guide":
        printed = render_guide(pack, artifact, terms.deck_template)
        yield printed.data["color"], printed.pages, None
        return
    handout = next(one for one in pack.handouts if one.id == artifact.id)
    inks = [one.edition.ink for one in group]
    step = next((terms.steps[one] for one in group if one in terms.steps), None)
    sheet = sheets.render(pack, handout, artifact.edition, inks, step)
    yield from ((sheet.data[ink], sheet.pages, sheet.step) for ink in inks)


def _picture(pack: Pack, artifact: Artifact, data: bytes, terms: RenderOptions) -> bytes:
    """The first page, for the page that families download it from."""
    from press.thumbnails import first_page, first_slide

    if artifact.kind == "deck":
        return first_slide(pack, terms.deck_template)
    return first_page(data)


def group_by_layout(artifacts: Sequence[Artifact]) -> list[Group]:
    """The artifacts in groups that differ in ink only: those are laid out once."""
    groups: dict[tuple[str, ...], list[Artifact]] = {}
    for one in artifacts:
        key = (one.pack, one.kind, one.id, one.edition.paper, one.edition.size)
        groups.setdefault(key, []).append(one)
    return [tuple(group) for group in groups.values()]


def longest_first(group: Group) -> tuple[bool, int]:
    """What to sort groups by, so that no worker is left alone with a long one at the end."""
    return group[0].kind != "guide", -group[0].pages


def render_guide(pack: Pack, artifact: Artifact, deck_template: Path | None) -> "Sheet":
    """A guide or notes sheet. Its pictures show the slides as they are for every school."""
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
        for number, (content, picture) in enumerate(
            deck.pictures(pack.for_school(None), deck_template), start=1
        )
    ]
    return guide.render(pack, document, pages, artifact.edition.paper)


def _in_pool(
    packs: Mapping[str, Pack],
    artifacts: Sequence[Artifact],
    jobs: int,
    terms: RenderOptions,
) -> Iterator[Rendered]:
    queue = sorted(group_by_layout(artifacts), key=longest_first)
    workers = pool(jobs, _start, (dict(packs), terms))
    # Of the last groups nothing is inspected by who rendered it: small jobs at the end let all
    # workers end at the same time.
    last = len(queue) - jobs
    with reports_lost_workers():
        begun = [workers.submit(_begin, group, number < last) for number, group in enumerate(queue)]

    def wait_for_all() -> Iterator[Rendered]:
        unfinished: set[Future[_Begun]] = set(begun)
        try:
            while unfinished:
                done, unfinished = wait(unfinished, return_when=FIRST_COMPLETED)
                for future in done:
                    with reports_lost_workers():
                        made, rendered = future.result()
                        unfinished |= {workers.submit(_finish, one) for one in rendered}
                    yield from made
        finally:
            workers.shutdown(cancel_futures=True)

    return wait_for_all()


_packs: dict[str, Pack] = {}
_terms: list[RenderOptions] = []


def _start(packs: dict[str, Pack], terms: RenderOptions) -> None:
    """What every job of a worker shares is handed over once."""
    init_child_process()
    _packs.update(packs)
    _terms.append(terms)


def _begin(group: Group, inspected: bool) -> _Begun:
    """Render a group, and inspect the first of it if that is wanted."""
    pack, terms = _packs[group[0].pack], _terms[-1]
    rendered = render(pack, group, terms)
    if not inspected:
        return [], rendered
    return [inspect(pack, rendered[0], terms)], rendered[1:]


def _finish(made: Rendered) -> _Begun:
    return [inspect(_packs[made.artifact.pack], made, _terms[-1])], []
