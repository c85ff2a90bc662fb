"""The download page of each school, and what lies beside it that all schools share."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from press.editions.specimen import Shape, specimen, words_of
from press.fingerprint import fingerprint
from press.manifest import digest_of, read_manifest
from press.plan import Artifact, picture_name
from press.program import digest
from press.publish import replace_files
from press.stamp.errors import CannotStamp
from press.stamp.page import PageBase, length, prepare, size, stamp
from source.items import School
from source.kinds import is_placeholder
from source.model import Pack
from website.pages import (
    Offer,
    Picture,
    beside,
    index,
    length_text,
    make_posters,
    measured,
    size_text,
)

if TYPE_CHECKING:
    from press.editions.bases import Stock
    from press.workers import Group

#: The folder beside those of the schools that holds what they share, and the file in it that tells
#: what that was made from. No school's folder has such a name.
ASSETS, _MARK = ".assets", ".made-from"

#: How many bases a process keeps.
_MOST = 256

#: What the specimen's files are said to have: of pages and of bytes, a number for each and more.
_PAGES, _BYTES = 700_001, 800_001_000_000

#: The specimen's logo, in letters and numbers that stand nowhere else.
_LOGO = Picture("assets/qzxlogo.png", 909_001, 909_002)


@dataclass(frozen=True)
class Site:
    """What the pages of all schools have in common.

    `artifacts` are the files that pages may offer, in their order. `shared` are the files beside a
    page that are the same for all schools, by name; among them are the `pictures` of first pages
    and the `posters` of videos, by the ids of both. `bases` are remembered here.
    """

    artifacts: tuple[Artifact, ...]
    shared: Mapping[str, bytes]
    pictures: Mapping[str, Picture]
    posters: Mapping[str, Picture]
    bases: dict[tuple[object, ...], PageBase | None] = field(default_factory=dict, compare=False)

    def beside(self, files: Mapping[str, object]) -> dict[str, bytes]:
        """What of the shared files the page of a school needs that has these files."""
        unused = {picture_name(one) for one in self.artifacts}
        unused -= {picture_name(one) for one in self.artifacts if one.file in files}
        return {name: data for name, data in self.shared.items() if name not in unused}


def page(
    pack: Pack,
    site: Site,
    school: School,
    shape: Shape,
    files: Mapping[str, tuple[int, int]],
    logo: Picture | None,
) -> bytes:
    """The page of a school; `files` has the number of pages and the size in bytes of each.

    What can't be stamped is filled in as a whole: that takes a few milliseconds more.
    """
    sample = is_placeholder(school.email or "")
    key = (shape.keys, shape.sample, sample, bool(logo), *files)
    if key not in site.bases:
        if len(site.bases) >= _MOST:
            site.bases.clear()
        site.bases[key] = _base(pack, site, shape, sample, list(files), bool(logo))
    if not (base := site.bases[key]):
        own = pack.for_school(school)
        return index(own, _offers(site, files), site.posters, logo)
    words = {**words_of(school, pack.pack.region), **_logo(logo), **dict(_facts(pack, site, files))}
    return stamp(base, words)


def site_mark(pack: Pack, artifacts: Sequence[Artifact]) -> str:
    """What the pages follow from, but for the schools' words and the sheets themselves."""
    posters = make_posters(pack)
    site = Site(tuple(artifacts), {}, {}, {name: one for name, (one, _) in posters.items()})
    offers = _offers(site, {one.file: (0, 0) for one in artifacts})
    parts = {**beside(pack, posters), "index.html": index(pack, offers, site.posters)}
    return digest(*(f"{name} {sha256(data).hexdigest()}" for name, data in sorted(parts.items())))


def first_groups(groups: Sequence["Group"]) -> "list[Group]":
    """The groups of which a picture is shown: the first of each sheet."""
    return list({group[0].id: group for group in reversed(groups)}.values())


def drawn_before(
    folder: Path, pack: Pack, groups: Sequence["Group"], deck_template: Path | None
) -> Iterator[tuple[str, bytes]]:
    """The pictures that a build of the pack itself has left in its folder, by their names."""
    manifest = read_manifest(folder)
    for group in groups:
        name, entry = picture_name(group[0]), manifest.entries.get(group[0].file)
        if (
            entry
            and entry.pictured
            and manifest.others.get(name, "-") == digest_of(folder / name)
            and entry.fingerprint == fingerprint(pack, group[0], deck_template)
        ):
            yield name, (folder / name).read_bytes()


def draw(stock: "Stock", group: "Group") -> tuple[str, bytes]:
    """A picture of an artifact's first page as it is for no school in particular, and its name."""
    from press.editions.bases import lay_out
    from press.pictures import first_page, first_slide

    pack, first = stock.pack.for_school(None), group[0]
    if first.kind == "deck":
        return picture_name(first), first_slide(pack, stock.deck_template)
    files, _ = lay_out(pack, (first,), stock.deck_template)
    return picture_name(first), first_page(files[first.file])


def make_site(pack: Pack, artifacts: Sequence[Artifact], drawn: Mapping[str, bytes]) -> Site:
    """What is the same for all schools; `drawn` are pictures of first pages by their names."""
    posters = make_posters(pack)
    pictures = {
        one.id: measured(picture_name(one), drawn[picture_name(one)])
        for one in artifacts
        if picture_name(one) in drawn
    }
    return Site(
        tuple(artifacts),
        {**beside(pack, posters), **drawn},
        pictures,
        {name: one for name, (one, _) in posters.items()},
    )


def recall(folder: Path, mark: str) -> dict[str, bytes] | None:
    """What schools share, if it lies beside them already, made from the same and unchanged."""
    root = folder / ASSETS
    try:
        files = {
            file.relative_to(root).as_posix(): file.read_bytes()
            for file in root.rglob("*")
            if file.is_file() and file.name != _MARK
        }
        made_from = (root / _MARK).read_text()
    except OSError:
        return None
    return files if made_from == _marked(mark, files) else None


def keep(folder: Path, mark: str, files: Mapping[str, bytes]) -> None:
    """Lay down what schools share: one file each, of which every school's folder has a name.

    Raises `OutputError`.
    """
    root = folder / ASSETS
    rmtree(root, ignore_errors=True)
    replace_files(root, files)
    # What it was made from comes last: after a run that was cut short it is made anew.
    replace_files(root, {_MARK: _marked(mark, files).encode()})


def _marked(mark: str, files: Mapping[str, bytes]) -> str:
    return digest(mark, *(f"{name} {sha256(files[name]).hexdigest()}" for name in sorted(files)))


def _base(
    pack: Pack, site: Site, shape: Shape, sample: bool, files: Sequence[str], logo: bool
) -> PageBase | None:
    """The page of a specimen school, cut open; None if that can't be done."""
    school = specimen(shape, None)
    if school.email and sample:
        school = school.model_copy(update={"email": f"{school.email}.example"})
    shown = _LOGO if logo else None
    made = {file: (_PAGES + at, _BYTES + at * 1_000_000) for at, file in enumerate(files)}
    words = {**words_of(school, pack.pack.region), **_logo(shown), **dict(_facts(pack, site, made))}
    data = index(pack.for_school(school), _offers(site, made), site.posters, shown)
    try:
        return prepare(data, words)
    except CannotStamp:
        return None


def _offers(site: Site, files: Mapping[str, tuple[int, int]]) -> list[Offer]:
    return [
        Offer(one.file, one.kind, one.id, one.variant, *files[one.file], site.pictures.get(one.id))
        for one in site.artifacts
        if one.file in files
    ]


def _facts(
    pack: Pack, site: Site, files: Mapping[str, tuple[int, int]]
) -> Iterator[tuple[str, str]]:
    """How long and how large each file is, as words of a page."""
    for one in site.artifacts:
        if one.file in files:
            pages, count = files[one.file]
            yield length(one.file), length_text(pack, one.kind, pages)
            yield size(one.file), size_text(pack, count)


def _logo(logo: Picture | None) -> dict[str, str]:
    """A logo as words of a page."""
    if not logo:
        return {}
    return {"logo": logo.address, "width": str(logo.width), "height": str(logo.height)}
