"""The files of some schools: a piece of work for a worker process on any machine.

The same schools give the same bytes on every machine and in every run.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from pack.artifacts import Artifact
from pack.errors import ContentError, UnexpectedError, unexpected_errors
from pack.items import School
from pack.logos import Logo
from pack.model import Pack
from pack.problems import Fault, Place, Problem
from press.builders import PackBuilders
from press.builders.base import FileData, Group
from schools.bases import AnyBase, BaseSet, lay_out, lengths_for
from schools.download_pages import INDEX, Site, page
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
from schools.storage import Delivery, Digests, SharedFile, Storage, language_folder
from slides.raster import Bitmap, as_picture
from website.pages import Picture as Shown
from website.pages import shown_logo, zipped

#: Logos, by the names that tasks use.
Logos = Mapping[str, Logo]


@dataclass(frozen=True)
class SchoolVersion:
    """A school's files in one language.

    `pack` is the name of the pack in this language, `files` the files of it that the school wants.
    `folder` is where they are in the school's folder: "", or for further languages one like "es/".
    """

    language: str
    pack: str
    folder: str
    files: frozenset[str]


@dataclass(frozen=True)
class SchoolTask:
    """A school to make files for, in one or several languages.

    `languages` are all that it has, the first one first, and `versions` those that are to be made;
    pages also link those in `linked`, which are there already. `logo` is the name of its logo in
    the store, if it has one. `fingerprint` covers everything that determines its files. `known` are
    the digests of the files that earlier builds made for it, by name. `others` are the files among
    them that stay, `pages` their numbers of pages.
    """

    id: str
    school: School
    profile: SchoolProfile
    place: Place
    logo: str
    languages: tuple[str, ...]
    versions: tuple[SchoolVersion, ...]
    linked: frozenset[str]
    fingerprint: str
    known: Known = field(default_factory=dict)
    others: Digests = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)

    def links(self, made: Collection[str]) -> tuple[str, ...]:
        """The languages that the pages link, if these are made; none if there is only one."""
        found = tuple(one for one in self.languages if one in made or one in self.linked)
        # Pages are linked from the school's folder, where the first language is.
        return found if len(found) > 1 and found[0] == self.languages[0] else ()

    def known_without(self, folders: Collection[str]) -> Known:
        """The files of earlier builds, but for those in the folders of some languages."""
        archive = f"{self.id}.zip"
        return {
            name: digests
            for name, digests in self.known.items()
            if name == archive or language_folder(name) not in folders
        }


@dataclass(frozen=True)
class SchoolResult:
    """What was made for a school, or why nothing was made.

    `files` are digests and sizes by name, `laid_out` the files that could not be stamped, `kept`
    the hand-edited files that were kept aside. `missing` says that a file can't be stamped;
    `problems` say why a file can't be laid out: then the languages in the folders `failed` stay as
    they were. `data` are the files themselves if they are returned, `shared` the paths of the files
    that other schools have as well (`SharedFile`), by name. `pages` are the numbers of pages or
    slides.
    """

    task: SchoolTask
    files: Digests = field(default_factory=dict)
    laid_out: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    missing: bool = False
    problems: tuple[Problem, ...] = ()
    failed: frozenset[str] = frozenset()
    data: Mapping[str, bytes] = field(default_factory=dict)
    shared: Mapping[str, str] = field(default_factory=dict)
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
        return SchoolResult(task, problems=(_unexpected(task, error),))


@dataclass(frozen=True)
class BaseDemand:
    """What schools need besides the bases for short texts.

    `bases` are bases for longer texts: the number of the group, the profile and the lengths.
    `alone` are the ids of schools for which no base can be made.
    """

    bases: frozenset[tuple[int, SchoolProfile, Lengths]]
    alone: frozenset[str]


def find_demand(base_set: BaseSet, pack: str, tasks: Sequence[SchoolTask]) -> BaseDemand:
    """What is needed to make a pack's files for schools.

    Which decks have no base can't be known in advance.
    """
    region = base_set.region
    bases: set[tuple[int, SchoolProfile, Lengths]] = set()
    alone: set[str] = set()
    for task in tasks:
        fields = fields_of(task.school, region)
        wanted = {file for own in task.versions if own.pack == pack for file in own.files}
        for number, group in enumerate(base_set.groups):
            if group[0].pack != pack or not any(one.file in wanted for one in group):
                continue
            profile = task.profile.of(group[0].format)
            first = base_set.bases.get((pack, group[0].file, profile, SHORT))
            if first is None:
                alone.add(task.id)
                continue
            lengths = lengths_for(first, profile, fields, region)
            if lengths not in (None, SHORT):
                bases.add((number, profile, lengths))
            elif lengths is None and isinstance(first, Base):
                alone.add(task.id)
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


@dataclass(frozen=True)
class _Documents:
    """A school's sheets, deck and guides in one language; the rest as in `SchoolResult`."""

    made: Mapping[str, FileData]
    laid_out: Sequence[str]
    missing: bool
    problems: Sequence[Problem]


def _make(
    base_set: BaseSet, work: WorkOrder, task: SchoolTask, logo_forms: LogoForms | None
) -> SchoolResult:
    def in_language(version: SchoolVersion) -> _Documents:
        """Whatever goes wrong in one language does not stop the others."""
        try:
            with unexpected_errors(task.id):
                return _documents(base_set, work, task, version, logo_forms)
        except UnexpectedError as error:
            return _Documents({}, (), False, [_unexpected(task, error)])

    every = {one: in_language(one) for one in task.versions}
    if any(one.missing for one in every.values()):
        return SchoolResult(task, missing=True)
    problems = tuple(problem for one in every.values() for problem in one.problems)
    good = {version: one for version, one in every.items() if not one.problems}
    if not good:
        return SchoolResult(task, problems=problems)
    links = task.links({version.language for version in good})
    files: dict[str, bytes] = {}
    shared: dict[str, SharedFile] = {}
    pages: dict[str, int] = {}
    laid_out: list[str] = []
    for version, documents in good.items():
        at = version.folder
        own = {name: one.data for name, one in documents.made.items()}
        if site := base_set.sites.get(version.pack):
            facts = _facts(task, version, documents)
            own |= _page(base_set.packs[version.pack], site, task, facts, logo_forms, links)
            shared |= {
                at + name: SharedFile(site.folder + name, data)
                for name, data in site.beside(facts).items()
                if name not in own
            }
        files |= {at + name: data for name, data in own.items()}
        pages |= {at + name: one.pages for name, one in documents.made.items()}
        laid_out += (at + name for name in documents.laid_out)
    if work.zipped:
        inside = {**files, **{name: one.data for name, one in shared.items()}}
        pack = base_set.packs[task.versions[0].pack]
        files = {f"{task.id}.zip": zipped(pack, task.id, inside)}
    digests = {name: (sha256(data).hexdigest(), len(data)) for name, data in files.items()}
    failed = frozenset(version.folder for version, one in every.items() if one.problems)
    result = SchoolResult(
        task, digests, tuple(laid_out), problems=problems, failed=failed, pages=pages
    )
    if work.storage is None:
        return replace(result, data=files, shared={name: one.path for name, one in shared.items()})
    delivery = Delivery(task.id, files, digests, task.known_without(failed), shared)
    return replace(result, kept=work.storage.put(delivery))


def _facts(
    task: SchoolTask, version: SchoolVersion, documents: _Documents
) -> dict[str, tuple[int, int]]:
    """The number of pages and the size of each file that a page offers, also of those that stay."""
    there = {
        name.removeprefix(version.folder): (pages, task.others[name][1])
        for name, pages in task.pages.items()
        if language_folder(name) == version.folder
    }
    made = {name: (one.pages, len(one.data)) for name, one in documents.made.items()}
    return there | made


def _page(
    pack: Pack,
    site: Site,
    task: SchoolTask,
    facts: Mapping[str, tuple[int, int]],
    logo_forms: LogoForms | None,
    links: tuple[str, ...],
) -> dict[str, bytes]:
    """A school's page in one language, and what is beside it and not shared."""
    logo = logo_forms.shown if logo_forms else None
    files = dict(site.beside_links(pack, links)) if links else {}
    files[INDEX] = page(pack, site, task.school, task.profile, facts, logo, links)
    if logo_forms:
        files[logo_forms.shown.address] = logo_forms.data
    return files


def _documents(
    base_set: BaseSet,
    work: WorkOrder,
    task: SchoolTask,
    version: SchoolVersion,
    logo_forms: LogoForms | None,
) -> _Documents:
    """Stamp a school's files in one language, or lay them out."""
    fields = fields_of(task.school, base_set.region)
    made: dict[str, FileData] = {}
    laid_out: list[str] = []
    missing = False
    problems: list[Problem] = []
    for group in base_set.groups:
        if group[0].pack != version.pack:
            continue
        unstamped: list[str] = []
        for one in group:
            if one.file in version.files:
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
                problems += (_of_school(task, version, group, one) for one in error.problems)
            laid_out += unstamped
        else:
            missing = missing or bool(unstamped)
    return _Documents(made, laid_out, missing, problems)


def _own_layout(
    base_set: BaseSet, task: SchoolTask, group: Group, logo_forms: LogoForms | None
) -> Mapping[str, FileData]:
    school = task.school.model_copy(update={"logo": str(logo_forms.file) if logo_forms else None})
    pack = base_set.packs[group[0].pack]
    return lay_out(PackBuilders(pack.for_school(school), base_set.deck_template), group)


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
    pack, file, ink = artifact.pack, artifact.file, artifact.edition.ink
    base = base_set.bases.get((pack, file, profile, SHORT))
    if base is None:
        return None
    with suppress(DoesNotFit):
        return _fill(base, fields, ink, logo_forms)
    lengths = lengths_for(base, profile, fields, base_set.region)
    longer = base_set.bases.get((pack, file, profile, lengths)) if lengths else None
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


def _unexpected(task: SchoolTask, error: UnexpectedError) -> Problem:
    """A fault of the program, with the line of its school."""
    fault = Fault(
        f"the files of this school could not be made ({error.trail.splitlines()[-1]})",
        "Check its name, its addresses and its logo. If they are right, it is a fault of the "
        "program: please report it with this row.",
    )
    return Problem(task.place, f"schools → {task.id}", fault)


def _of_school(task: SchoolTask, version: SchoolVersion, group: Group, problem: Problem) -> Problem:
    """A problem of a file, with the line of its school."""
    language = [version.language] if len(task.languages) > 1 else []
    where = " → ".join(["schools", task.id, *language, group[0].id])
    remedy = "Other schools fit: shorten this school's name, contact or website, or leave one out."
    return Problem(task.place, where, Fault(problem.what, remedy))
