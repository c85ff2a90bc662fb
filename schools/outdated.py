"""Find the schools of a list whose files are missing or outdated."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pack.artifacts import Artifact, pack_name
from pack.hashing import short_digest
from pack.model import Pack
from press.builders import PackBuilders
from schools.download_pages import INDEX, pages_fingerprint
from schools.journal import Journal, JournalEntry
from schools.logo_store import LogoStore
from schools.options import SchoolsOptions
from schools.rows import SchoolRow
from schools.school_files import SchoolTask
from schools.specimen import SchoolProfile, profile_of
from schools.spool import Spool
from schools.storage import Storage


@dataclass(frozen=True)
class PackPlan:
    """What to make from a pack; `common` is the part of the fingerprint that all schools share."""

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

    `profiles` are the schools' profiles, `offered` the files that their pages lead to. `order` has
    the ids of all schools that want files of the pack; `kept` counts those that are up to date.
    """

    tasks: Spool
    profiles: set[SchoolProfile] = field(default_factory=set)
    offered: set[str] = field(default_factory=set)
    order: list[str] = field(default_factory=list)
    kept: int = 0


def find_outdated(
    plan: PackPlan,
    rows: Iterable[tuple[SchoolRow, str]],
    logo_store: LogoStore,
    journal: Journal,
    storage: Storage,
    options: SchoolsOptions,
) -> Outdated:
    """Compare a list's rows, each with the name of its logo, with what was made before."""
    outdated = Outdated(Spool(logo_store.folder.parent / f"outdated-{pack_name(plan.pack)}"))
    for row, logo in rows:
        old = journal.entry(row.id)
        wanted = [one.file for one in plan.artifacts if not row.sheets or one.id in row.sheets]
        if not wanted and not old:
            continue
        outdated.order.append(row.id)
        values = (repr(row.school), logo, *wanted, str(options.zipped))
        fingerprint = short_digest(plan.common, *values)
        others = _others(old, wanted, options)
        pages = {name: old.pages[name] for name in others if name in old.pages} if old else {}
        sizes = {name: size for name, (_, size) in old.files.items()} if old else {}
        here = storage.holds(row.id, {name: sizes[name] for name in sizes if name not in others})
        same = old and old.fingerprint == fingerprint and here and not options.force
        if same or (options.part and not wanted):
            outdated.kept += 1
            continue
        profile = profile_of(row.school, plan.pack.about.region, logo_store.kind(logo))
        task = SchoolTask(
            id=row.id,
            school=row.school,
            profile=profile,
            place=row.place,
            logo=logo,
            files=frozenset(wanted),
            fingerprint=fingerprint,
            known={name: one for name, one in journal.known(row.id).items() if name not in others},
            others=others,
            pages=pages,
        )
        outdated.tasks.add(task)
        outdated.profiles.add(profile)
        outdated.offered |= {*wanted, *pages}
    return outdated


def _others(
    old: JournalEntry | None, wanted: Sequence[str], options: SchoolsOptions
) -> Mapping[str, tuple[str, int]]:
    """A school's existing files that were not requested and stay, as in a build of the pack."""
    if old is None or options.zipped or not options.part:
        return {}
    own = {*wanted, f"{old.id}.zip", INDEX}
    # The logo is in a folder beside the page, and is made with it.
    return {name: one for name, one in old.files.items() if name not in own and "/" not in name}
