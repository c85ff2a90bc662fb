"""The files of some schools: a piece of work for a process of its own, on any machine.

The same schools give the same bytes wherever they are made, and however often.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from pack.artifacts import Artifact
from pack.errors import ContentError
from pack.items import School
from pack.logos import Logo
from pack.problems import Fault, Place, Problem
from press.builders import PackBuilders
from press.builders.base import FileData, Group
from schools.bases import AnyBase, BaseSet, lay_out, lengths_for
from schools.download_pages import INDEX, page
from schools.logo_store import write_once
from schools.publish import Known
from schools.specimen import SHORT, Lengths, SchoolProfile, fields_of
from schools.stamp import pdf, xobjects
from schools.stamp import pptx as decks
from schools.stamp.errors import DoesNotFit
from schools.stamp.fields import Fields
from schools.stamp.pdf import Base
from schools.stamp.pptx import DeckBase
from schools.stamp.xobjects import XObject
from schools.storage import Delivery, Digests, Storage
from slides.raster import Bitmap, as_picture
from website.pages import Picture as Shown
from website.pages import shown_logo, zipped

#: Each logo by the name that tasks have for it.
Logos = Mapping[str, Logo]


@dataclass(frozen=True)
class SchoolTask:
    """A school to make files for.

    `files` are those that it wants. `logo` is the name of its logo on the shelf, if it has one.
    `fingerprint` is what its files follow from. `known` are the digests of the files that were
    made for it before, by name; `others` are those of them that stay, and `pages` how long these
    are.
    """

    id: str
    school: School
    profile: SchoolProfile
    place: Place
    logo: str
    files: frozenset[str]
    fingerprint: str
    known: Known = field(default_factory=dict)
    others: Digests = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class SchoolResult:
    """What was made for a school, or why nothing was.

    `files` are digests and sizes by name, `laid_out` the files that could not be stamped, `kept`
    those that somebody had changed and that were kept aside. `missing` says that a file can't be
    stamped, `problems` what keeps one from being laid out. `data` are the files themselves, if
    they were to be handed back, `shared` the names of those that all schools have beside them.
    `pages` is how many pages or slides files have.
    """

    task: SchoolTask
    files: Digests = field(default_factory=dict)
    laid_out: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    missing: bool = False
    problems: tuple[Problem, ...] = ()
    data: Mapping[str, bytes] = field(default_factory=dict)
    shared: tuple[str, ...] = ()
    pages: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkOrder:
    """What holds for all schools of a run.

    `storage` is where their files go; None hands them back. `zipped` puts all files of a school
    into one. With `laying_out` a file that can't be stamped is laid out for its school.
    """

    storage: Storage | None
    zipped: bool
    laying_out: bool


def make(
    base_set: BaseSet, work: WorkOrder, tasks: Sequence[SchoolTask], logos: Logos
) -> list[SchoolResult]:
    """Make the files of schools, and put them where they belong."""
    return [_make(base_set, work, task, _logo_forms(base_set, task, logos)) for task in tasks]


@dataclass(frozen=True)
class BaseDemand:
    """What schools need besides the bases for short words.

    `bases` are those for longer words: the number of the group, shape and lengths. `alone` are the
    ids of schools that no base can help.
    """

    bases: frozenset[tuple[int, SchoolProfile, Lengths]]
    alone: frozenset[str]


def foresee(base_set: BaseSet, tasks: Sequence[SchoolTask]) -> BaseDemand:
    """What is needed to make the files of schools. Of decks it can't be told beforehand."""
    region = base_set.pack.about.region
    bases: set[tuple[int, SchoolProfile, Lengths]] = set()
    alone: set[str] = set()
    for task in tasks:
        words = fields_of(task.school, region)
        for number, group in enumerate(base_set.groups):
            profile = task.profile.of(group[0].format)
            first = base_set.bases.get((group[0].file, profile, SHORT))
            wanted = any(one.file in task.files for one in group)
            if isinstance(first, Base) and wanted:
                lengths = lengths_for(first, profile, words, region)
                if lengths is None:
                    alone.add(task.id)
                elif lengths != SHORT:
                    bases.add((number, profile, lengths))
    return BaseDemand(frozenset(bases), frozenset(alone))


@dataclass(frozen=True)
class LogoForms:
    """A logo in the forms that files need: a file, a drawing for each ink, a picture for slides.

    `shown` is how it stands on the page, `data` what is shown there.
    """

    file: Path
    inks: Mapping[str, XObject]
    picture: Bitmap
    shown: Shown
    data: bytes


def _make(
    base_set: BaseSet, work: WorkOrder, task: SchoolTask, logo_forms: LogoForms | None
) -> SchoolResult:
    words = fields_of(task.school, base_set.pack.about.region)
    made: dict[str, FileData] = {}
    laid_out: list[str] = []
    missing = False
    problems: list[Problem] = []
    for group in base_set.groups:
        lacking: list[str] = []
        for one in group:
            if one.file in task.files:
                found = _stamped(base_set, one, task.profile.of(one.format), words, logo_forms)
                if found:
                    made[one.file] = found
                else:
                    lacking.append(one.file)
        if lacking and work.laying_out:
            try:
                whole = _own_layout(base_set, task, group, logo_forms)
                made |= {file: whole[file] for file in lacking}
            except ContentError as error:
                problems += (_of_school(task, group, one) for one in error.problems)
            laid_out += lacking
        else:
            missing = missing or bool(lacking)
    if missing or problems:
        return SchoolResult(task, missing=missing, problems=tuple(problems))
    files = {name: one.data for name, one in made.items()}
    pages = {name: one.pages for name, one in made.items()}
    shared: Mapping[str, bytes] = {}
    if base_set.site:
        facts = {name: (task.pages[name], task.others[name][1]) for name in task.pages}
        facts |= {name: (one.pages, len(one.data)) for name, one in made.items()}
        logo = logo_forms.shown if logo_forms else None
        shared = base_set.site.beside(facts)
        files[INDEX] = page(base_set.pack, base_set.site, task.school, task.profile, facts, logo)
        if logo_forms:
            files[logo_forms.shown.address] = logo_forms.data
    if work.zipped:
        files = {f"{task.id}.zip": zipped(base_set.pack, task.id, {**files, **shared})}
    digests = {name: (sha256(data).hexdigest(), len(data)) for name, data in files.items()}
    if work.storage is None:
        return SchoolResult(
            task, digests, tuple(laid_out), data=files, shared=tuple(shared), pages=pages
        )
    kept = work.storage.put(Delivery(task.id, files, digests, task.known, shared))
    return SchoolResult(task, digests, tuple(laid_out), kept, pages=pages)


def _own_layout(
    base_set: BaseSet, task: SchoolTask, group: Group, logo_forms: LogoForms | None
) -> Mapping[str, FileData]:
    school = task.school.model_copy(update={"logo": str(logo_forms.file) if logo_forms else None})
    return lay_out(PackBuilders(base_set.pack.for_school(school), base_set.deck_template), group)


def _stamped(
    base_set: BaseSet,
    artifact: Artifact,
    profile: SchoolProfile,
    words: Fields,
    logo_forms: LogoForms | None,
) -> FileData | None:
    """A school's file from the base for short words, or from that for words as long as its own.

    None if there is no such base. Which base it is follows from the school alone: the same file
    comes out, whichever others are made with it.
    """
    file, ink = artifact.file, artifact.edition.ink
    base = base_set.bases.get((file, profile, SHORT))
    if base is None:
        return None
    with suppress(DoesNotFit):
        return _put_in(base, words, ink, logo_forms)
    lengths = lengths_for(base, profile, words, base_set.pack.about.region)
    further = base_set.bases.get((file, profile, lengths)) if lengths else None
    if further:
        with suppress(DoesNotFit):
            return _put_in(further, words, ink, logo_forms)
    return None


def _put_in(base: AnyBase, words: Fields, ink: str, logo_forms: LogoForms | None) -> FileData:
    if isinstance(base, DeckBase):
        data = decks.stamp(base, words, logo_forms.picture if logo_forms else None)
    else:
        data = pdf.stamp(base, words, logo_forms.inks[ink] if logo_forms else None)
    return FileData(data, base.pages)


def _logo_forms(base_set: BaseSet, task: SchoolTask, logos: Logos) -> LogoForms | None:
    if not task.logo:
        return None
    inks = sorted({one.edition.ink for group in base_set.groups for one in group})
    return _drawn(base_set.scratch, logos[task.logo], tuple(inks))


@lru_cache(maxsize=64)
def _drawn(scratch: Path, logo: Logo, inks: tuple[str, ...]) -> LogoForms:
    ending = "jpg" if logo.kind == "jpeg" else logo.kind
    file = scratch / f"{sha256(logo.data).hexdigest()}.{ending}"
    write_once(file, lambda: logo.data)
    shown = shown_logo(logo.kind, logo.width, logo.height)
    return LogoForms(file, _on_paper(logo, inks), as_picture(logo), shown, logo.data)


def _on_paper(logo: Logo, inks: Sequence[str]) -> Mapping[str, XObject]:
    """A logo for each ink."""
    data = logo.data
    if logo.kind == "svg":
        from handouts.weasy.svg_logo import print_logo, printed

        data, kind = printed(logo)
        if kind == "image/svg+xml":
            ratio = logo.width / logo.height
            return {ink: xobjects.vector(print_logo(data, ratio, ink)) for ink in inks}
    return dict.fromkeys(inks, xobjects.raster(data))


def _of_school(task: SchoolTask, group: Group, problem: Problem) -> Problem:
    """What is wrong with a file, told with the line of its school."""
    where = f"schools → {task.id} → {group[0].id}"
    remedy = "Other schools have room: shorten its name, contact or website, or leave one out."
    return Problem(task.place, where, Fault(problem.what, remedy))
