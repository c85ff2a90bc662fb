"""The files of some schools: a piece of work for a worker process on any machine.

The same schools give the same bytes on every machine and in every run.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from pack.artifacts import Artifact
from pack.errors import ContentError, UnexpectedError, unexpected_errors
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

#: Logos, by the names that tasks use.
Logos = Mapping[str, Logo]


@dataclass(frozen=True)
class SchoolTask:
    """A school to make files for.

    `files` are the files that it wants. `logo` is the name of its logo in the store, if it has one.
    `fingerprint` covers everything that determines its files. `known` are the digests of the files
    that earlier builds made for it, by name. `others` are the files among them that stay, `pages`
    their numbers of pages.
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
    """What was made for a school, or why nothing was made.

    `files` are digests and sizes by name, `laid_out` the files that could not be stamped, `kept`
    the hand-edited files that were kept aside. `missing` says that a file can't be stamped;
    `problems` say why a file can't be laid out. `data` are the files themselves if they are
    returned, `shared` the names of the files that all schools have as well. `pages` are the numbers
    of pages or slides.
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
    """What applies to a whole piece of work.

    `storage` is where the files go; None returns them. `zipped` puts all files of a school into one
    ZIP file. With `laying_out`, a file that can't be stamped is laid out for its school.
    """

    storage: Storage | None
    zipped: bool
    laying_out: bool


def make(
    base_set: BaseSet, work: WorkOrder, tasks: Sequence[SchoolTask], logos: Logos
) -> list[SchoolResult]:
    """Make the files of schools, and store or return them."""
    return [_make_one(base_set, work, task, logos) for task in tasks]


def _make_one(base_set: BaseSet, work: WorkOrder, task: SchoolTask, logos: Logos) -> SchoolResult:
    """Make a school's files; whatever goes wrong with them does not stop the other schools."""
    try:
        with unexpected_errors(task.id):
            return _make(base_set, work, task, _logo_forms(base_set, task, logos))
    except UnexpectedError as error:
        fault = Fault(
            f"the files of this school could not be made ({error.trail.splitlines()[-1]})",
            "Check its name, its addresses and its logo. If they are right, it is a fault of the "
            "program: please report it with this row.",
        )
        return SchoolResult(task, problems=(Problem(task.place, f"schools → {task.id}", fault),))


@dataclass(frozen=True)
class BaseDemand:
    """What schools need besides the bases for short texts.

    `bases` are bases for longer texts: the number of the group, the profile and the lengths.
    `alone` are the ids of schools for which no base can be made.
    """

    bases: frozenset[tuple[int, SchoolProfile, Lengths]]
    alone: frozenset[str]


def find_demand(base_set: BaseSet, tasks: Sequence[SchoolTask]) -> BaseDemand:
    """What is needed to make the files of schools. For decks it can't be known in advance."""
    region = base_set.pack.about.region
    bases: set[tuple[int, SchoolProfile, Lengths]] = set()
    alone: set[str] = set()
    for task in tasks:
        fields = fields_of(task.school, region)
        for number, group in enumerate(base_set.groups):
            profile = task.profile.of(group[0].format)
            first = base_set.bases.get((group[0].file, profile, SHORT))
            wanted = any(one.file in task.files for one in group)
            if isinstance(first, Base) and wanted:
                lengths = lengths_for(first, profile, fields, region)
                if lengths is None:
                    alone.add(task.id)
                elif lengths != SHORT:
                    bases.add((number, profile, lengths))
    return BaseDemand(frozenset(bases), frozenset(alone))


@dataclass(frozen=True)
class LogoForms:
    """A logo in the forms that files need: a file, a drawing for each ink, a picture for slides.

    `shown` is the logo's picture on the download page, `data` the bytes of that picture.
    """

    file: Path
    inks: Mapping[str, XObject]
    picture: Bitmap
    shown: Shown
    data: bytes


def _make(
    base_set: BaseSet, work: WorkOrder, task: SchoolTask, logo_forms: LogoForms | None
) -> SchoolResult:
    fields = fields_of(task.school, base_set.pack.about.region)
    made: dict[str, FileData] = {}
    laid_out: list[str] = []
    missing = False
    problems: list[Problem] = []
    for group in base_set.groups:
        unstamped: list[str] = []
        for one in group:
            if one.file in task.files:
                found = _stamped(base_set, one, task.profile.of(one.format), fields, logo_forms)
                if found:
                    made[one.file] = found
                else:
                    unstamped.append(one.file)
        if unstamped and work.laying_out:
            try:
                layout = _own_layout(base_set, task, group, logo_forms)
                made |= {file: layout[file] for file in unstamped}
            except ContentError as error:
                problems += (_of_school(task, group, problem) for problem in error.problems)
            laid_out += unstamped
        else:
            missing = missing or bool(unstamped)
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
    fields: Fields,
    logo_forms: LogoForms | None,
) -> FileData | None:
    """A school's file from the base for short texts, or from the base for texts of its length.

    None if there is no such base. The choice depends on the school alone: its file is the same,
    whichever other schools are made with it.
    """
    file, ink = artifact.file, artifact.edition.ink
    base = base_set.bases.get((file, profile, SHORT))
    if base is None:
        return None
    with suppress(DoesNotFit):
        return _fill(base, fields, ink, logo_forms)
    lengths = lengths_for(base, profile, fields, base_set.pack.about.region)
    longer = base_set.bases.get((file, profile, lengths)) if lengths else None
    if longer:
        with suppress(DoesNotFit):
            return _fill(longer, fields, ink, logo_forms)
    return None


def _fill(base: AnyBase, fields: Fields, ink: str, logo_forms: LogoForms | None) -> FileData:
    if isinstance(base, DeckBase):
        data = decks.stamp(base, fields, logo_forms.picture if logo_forms else None)
    else:
        data = pdf.stamp(base, fields, logo_forms.inks[ink] if logo_forms else None)
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
    """A problem of a file, with the line of its school."""
    where = f"schools → {task.id} → {group[0].id}"
    remedy = "Other schools fit: shorten this school's name, contact or website, or leave one out."
    return Problem(task.place, where, Fault(problem.what, remedy))
