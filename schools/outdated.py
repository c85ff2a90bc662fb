"""Find the schools of a list whose files are missing or outdated."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from pack.artifacts import Artifact, pack_name
from pack.hashing import sha256_of_file, short_digest
from pack.model import Pack
from press.builders import PackBuilders
from schools.download_pages import INDEX, pages_fingerprint
from schools.journal import Journal, JournalEntry
from schools.logo_store import LogoStore
from schools.options import SchoolsOptions
from schools.publish import Known
from schools.rows import SchoolRow
from schools.school_files import SchoolTask, SchoolVersion
from schools.specimen import SchoolProfile, profile_of
from schools.spool import Spool
from schools.storage import ASSETS, Storage, language_folder


@dataclass(frozen=True)
class PackPlan:
    """What to make from a pack in one language; `common` is the part of all fingerprints."""

    pack: Pack
    artifacts: Sequence[Artifact]
    common: str


def plan_of(pack: Pack, chosen: Iterable[Artifact], deck_template: Path | None) -> PackPlan:
    """The plan of a pack; `chosen` are the artifacts of all packs."""
    artifacts = [one for one in chosen if one.pack == pack_name(pack)]
    plain = pack.for_school(None)
    found = PackBuilders(plain, deck_template).fingerprints(artifacts).values()
    return PackPlan(pack, artifacts, short_digest(pages_fingerprint(plain), *found))


@dataclass
class Outdated:
    """The schools to make files for, and what they have in common.

    `profiles` are the schools' profiles, `offered` the files that their pages lead to, both by the
    name of the pack. `order` has the ids of all schools that want files; `kept` counts those that
    are up to date.
    """

    tasks: Spool
    profiles: dict[str, set[SchoolProfile]] = field(default_factory=lambda: defaultdict(set))
    offered: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    order: list[str] = field(default_factory=list)
    kept: int = 0


@dataclass(frozen=True)
class FilePlan:
    """What to make from a content file: a plan for each language in which something is made.

    `languages` are all that the file has, the one that it is written in first; `default` is the
    language of schools that name none.
    """

    plans: Mapping[str, PackPlan]
    languages: Sequence[str]
    default: str

    @property
    def name(self) -> str:
        """The name of the content file and of its output folder."""
        return next(iter(self.plans.values())).pack.origin.file.stem

    def versions(self, row: SchoolRow) -> tuple[tuple[str, ...], tuple[SchoolVersion, ...]]:
        """The languages of a school in this file, and what is made for it."""
        wanted = row.languages or (self.default,)
        languages = tuple(one for one in wanted if one in self.languages)
        plans = [self.plans[one] for one in languages if one in self.plans]
        return languages, tuple(
            SchoolVersion(
                language=(language := plan.pack.about.language),
                pack=pack_name(plan.pack),
                folder="" if language == languages[0] else f"{language}/",
                files=frozenset(_wanted(plan, row)),
            )
            for plan in plans
        )


def _wanted(plan: PackPlan, row: SchoolRow) -> Iterator[str]:
    return (one.file for one in plan.artifacts if not row.sheets or one.id in row.sheets)


def find_outdated(
    plan: FilePlan,
    rows: Iterable[tuple[SchoolRow, str]],
    logo_store: LogoStore,
    journal: Journal,
    storage: Storage,
    options: SchoolsOptions,
) -> Outdated:
    """Compare a list's rows, each with the name of its logo, with what was made before."""
    outdated = Outdated(Spool(logo_store.folder.parent / f"outdated-{journal.folder.parent.name}"))
    shared = cache(partial(_shared_files, journal.folder / ASSETS, plan.languages))
    region = next(iter(plan.plans.values())).pack.about.region
    common = {pack_name(one.pack): one.common for one in plan.plans.values()}
    for row, logo in rows:
        old = journal.entry(row.id)
        languages, versions = plan.versions(row)
        wanted = [version for version in versions if version.files]
        if not languages or not (wanted or old):
            continue
        outdated.order.append(row.id)
        others = _others(old, versions, options)
        linked = _linked(languages, others, options)
        fingerprint = short_digest(
            *(repr(row.school), logo, str(options.zipped)),
            *(common[version.pack] for version in versions),
            *(f"{one.folder}{name}" for one in versions for name in sorted(one.files)),
            *(f"{one} linked" for one in (*languages, *sorted(linked))),
        )
        pages = {name: old.pages[name] for name in others if name in old.pages} if old else {}
        sizes = {name: size for name, (_, size) in old.files.items()} if old else {}
        here = storage.holds(row.id, {name: sizes[name] for name in sizes if name not in others})
        same = old and old.fingerprint == fingerprint and here and not options.force
        if same or not versions or (options.part and not wanted):
            outdated.kept += 1
            continue
        known: Known = {
            name: one for name, one in journal.known(row.id).items() if name not in others
        }
        if old and (len(languages) > 1 or any(map(language_folder, old.files))):
            made = {one.folder for one in versions}
            stay = {language_folder(name) for name in others} - made
            folders = {language_folder(name) for name in old.files} - stay
            known = _with_shared(known, folders, shared())
        profile = profile_of(row.school, region, logo_store.kind(logo))
        task = SchoolTask(
            id=row.id,
            school=row.school,
            profile=profile,
            place=row.place,
            logo=logo,
            languages=languages,
            versions=versions,
            linked=linked,
            fingerprint=fingerprint,
            known=known,
            others=others,
            pages=pages,
        )
        outdated.tasks.add(task)
        for one in versions:
            outdated.profiles[one.pack].add(profile)
            there = (name for name in pages if language_folder(name) == one.folder)
            outdated.offered[one.pack] |= one.files
            outdated.offered[one.pack].update(name.removeprefix(one.folder) for name in there)
    return outdated


def _others(
    old: JournalEntry | None, versions: Sequence[SchoolVersion], options: SchoolsOptions
) -> Mapping[str, tuple[str, int]]:
    """A school's existing files that were not requested and stay, as in a build of the pack.

    Its page in each language, and what is beside it, are made with the files.
    """
    if old is None or options.zipped or not options.part:
        return {}
    made = {one.folder for one in versions}
    wanted = {f"{one.folder}{name}" for one in versions for name in one.files}
    return {
        name: one
        for name, one in old.files.items()
        if name != f"{old.id}.zip"
        and (language_folder(name) not in made or (name in old.pages and name not in wanted))
    }


def _linked(
    languages: Sequence[str], others: Collection[str], options: SchoolsOptions
) -> frozenset[str]:
    """The languages that a school has files in that stay; a release leads to none of them."""
    pages = {one: f"{one}/{INDEX}" if number else INDEX for number, one in enumerate(languages)}
    found = (one for one, page in pages.items() if page in others)
    return frozenset(() if options.release else found)


def _with_shared(known: Known, folders: Collection[str], shared: Known) -> Known:
    """The same as `known`, with the files in some folders that schools `shared` until now.

    A school's entry doesn't have them. They go with a language that the school no longer has, and
    pages that link other languages take the place of some.
    """
    found = {name: {*digests} for name, digests in known.items()}
    for folder in folders:
        for name, digests in shared.items():
            found.setdefault(f"{folder}{name}", set()).update(digests)
    return {name: frozenset(digests) for name, digests in found.items()}


def _shared_files(assets: Path, languages: Sequence[str]) -> Known:
    """The digests of what earlier builds shared among schools, by name in any language's folder."""
    found: dict[str, set[str]] = defaultdict(set)
    for tag in languages:
        root = assets if tag == languages[0] else assets / tag
        for file in root.rglob("*"):
            name = file.relative_to(root).as_posix()
            if file.is_file() and not language_folder(name):
                found[name].add(sha256_of_file(file))
    return found
