"""The files of some schools: a piece of work for a process of its own, on any machine.

The same schools give the same bytes wherever they are made, and however often.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import pikepdf

from press.editions.bases import Stock, check_all, lay_out
from press.editions.pages import page
from press.editions.specimen import Shape, words_of
from press.editions.targets import Target
from press.stamp import deck as decks
from press.stamp import drawing, pdf
from press.stamp.deck import DeckBase
from press.stamp.drawing import Drawing
from press.stamp.errors import DoesNotFit
from press.stamp.words import Words
from slides.deck import count_slides
from slides.images import Picture, logo_image
from source.items import School
from source.problems import ContentError, Place, Problem
from website.pages import Picture as PagePicture
from website.pages import make_logo, zipped

#: The kind and the bytes of each logo, by the digest that tasks name it with.
Logos = Mapping[str, tuple[str, bytes]]


@dataclass(frozen=True)
class Task:
    """A school to make files for.

    `files` are those that it wants. `logo` is the digest of its logo, if it has one. `known` are
    the digests of the files that were made for it before, by name.
    """

    id: str
    school: School
    shape: Shape
    place: Place
    logo: str
    files: frozenset[str]
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """What was made for a school, or why nothing was.

    `files` are digests and sizes by name, `laid_out` the files that could not be stamped, `kept`
    those that somebody had changed and that were kept aside. `missing` are files that can't be
    stamped, `problems` what keeps one from being laid out. `data` are the files themselves, if
    they were to be handed back, and `shared` the names of those beside them that all share.
    """

    id: str
    files: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    laid_out: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    data: Mapping[str, bytes] = field(default_factory=dict)
    shared: tuple[str, ...] = ()


@dataclass(frozen=True)
class Work:
    """What holds for all schools of a run.

    `target` is where their files go; None hands them back. `zipped` puts all files of a school into
    one. With `laying_out` a file that can't be stamped is laid out for its school.
    """

    target: Target | None
    zipped: bool
    laying_out: bool


def make(stock: Stock, work: Work, tasks: Sequence[Task], logos: Logos) -> list[Made]:
    """Make the files of schools, and put them where they belong."""
    return [_make(stock, work, task, _emblem(stock, task, logos)) for task in tasks]


@dataclass(frozen=True)
class _Emblem:
    """A logo in the forms that files need: a file, a drawing for each ink, a picture for slides.

    `shown` is how large it is on the page, and `data` what is shown there.
    """

    file: Path
    inks: Mapping[str, Drawing]
    picture: Picture
    shown: PagePicture
    data: bytes


def _make(stock: Stock, work: Work, task: Task, emblem: _Emblem | None) -> Made:
    words = words_of(task.school, stock.pack.pack.region)
    files: dict[str, bytes] = {}
    pages: dict[str, int] = {}
    laid_out: list[str] = []
    missing: list[str] = []
    for group in stock.groups:
        wanted = [one for one in group if one.file in task.files]
        found = {
            one.file: _stamped(stock, task.shape, one.file, one.variant.ink, words, emblem)
            for one in wanted
        }
        lacking = [file for file, made in found.items() if made is None]
        if lacking and work.laying_out:
            school = task.school.model_copy(update={"logo": str(emblem.file) if emblem else None})
            pack = stock.pack.for_school(school)
            try:
                whole = lay_out(pack, group, stock.deck_template)[0]
                check_all(pack, group, whole)
            except ContentError as error:
                return Made(
                    task.id, problems=tuple(_of_school(task, one) for one in error.problems)
                )
            found |= {file: (whole[file], _count_pages(file, whole[file])) for file in lacking}
            laid_out += lacking
        else:
            missing += lacking
        files |= {file: made[0] for file, made in found.items() if made}
        pages |= {file: made[1] for file, made in found.items() if made}
    if missing:
        return Made(task.id, missing=tuple(missing))
    shared = stock.site.beside(files) if stock.site else {}
    if stock.site:
        lengths = {name: (pages[name], len(data)) for name, data in files.items()}
        logo = emblem.shown if emblem else None
        files["index.html"] = page(stock.pack, stock.site, task.school, task.shape, lengths, logo)
        if emblem:
            files[emblem.shown.address] = emblem.data
    if work.zipped:
        files = {f"{task.id}.zip": zipped(stock.pack, task.id, {**files, **shared})}
        shared = {}
    digests = {name: (sha256(data).hexdigest(), len(data)) for name, data in files.items()}
    if work.target is None:
        return Made(task.id, digests, tuple(laid_out), data=files, shared=tuple(shared))
    kept = work.target.put(task.id, files, task.known, shared)
    return Made(task.id, digests, tuple(laid_out), kept)


def _count_pages(file: str, data: bytes) -> int:
    """How many pages or slides a file has that was laid out for a school."""
    if file.endswith(".pptx"):
        return count_slides(data)
    with pikepdf.open(io.BytesIO(data)) as document:
        return len(document.pages)


def _stamped(
    stock: Stock, shape: Shape, file: str, ink: str, words: Words, emblem: _Emblem | None
) -> tuple[bytes, int] | None:
    """A school's file, and its number of pages, from the first base that it fits into.

    None if it fits into none.
    """
    for base in stock.bases.get((file, shape), ()):
        try:
            if isinstance(base, DeckBase):
                data = decks.stamp(base, words, emblem.picture if emblem else None)
            else:
                data = pdf.stamp(base, words, emblem.inks[ink] if emblem else None)
            return data, base.pages
        except DoesNotFit:
            continue
    return None


def _emblem(stock: Stock, task: Task, logos: Logos) -> _Emblem | None:
    return _drawn(stock.scratch, task.logo, *logos[task.logo]) if task.logo else None


@lru_cache(maxsize=64)
def _drawn(scratch: Path, digest: str, kind: str, data: bytes) -> _Emblem:
    file = scratch / f"{digest}.{'jpg' if kind == 'jpeg' else kind}"
    if not file.exists():
        scratch.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{id(data)}")
        fresh.write_bytes(data)
        fresh.replace(file)
    picture = logo_image(file)
    if kind == "svg":
        from handouts.printing import print_logo

        inks = {
            ink: drawing.vector(print_logo(file, picture.ratio, ink)) for ink in ("color", "black")
        }
    else:
        inks = dict.fromkeys(("color", "black"), drawing.raster(data))
    return _Emblem(file, inks, picture, *make_logo(file))


def _of_school(task: Task, problem: Problem) -> Problem:
    """What is wrong with a file, told with the line of its school."""
    return Problem(task.place, f"schools → {task.id}", problem.what, problem.remedy)
