"""The download page of each school, and what lies beside it that all schools share."""

import io
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from press.editions.specimen import Shape, nobody, specimen, words_of
from press.manifest import digest_of, read_manifest
from press.plan import Artifact, artifacts, picture_name
from press.program import digest
from press.publish import replace_files
from press.stamp.errors import CannotStamp, DoesNotFit
from press.stamp.page import PageBase, length, prepare, size, stamp
from source.documents import Variant
from source.items import School
from source.kinds import is_placeholder
from source.model import Pack
from source.theme import load_theme
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

#: The page's name.
INDEX = "index.html"

#: The folder beside those of the schools that holds what they share, and the file in it that tells
#: what pictures were made from. No school's folder has such a name.
ASSETS, _SHELF = ".assets", "pictures.json"

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


def mark_of(pack: Pack) -> str:
    """What the pages follow from, but for the schools' words and their files."""
    posters = make_posters(pack)
    offers = [Offer(one.file, one.kind, one.id, one.variant, 0, 0) for one in artifacts(pack)]
    shown = {name: one for name, (one, _) in posters.items()}
    parts = {**beside(pack, posters), INDEX: index(pack, offers, shown)}
    return digest(*(f"{name} {sha256(data).hexdigest()}" for name, data in sorted(parts.items())))


def make_site(pack: Pack, drawn: Mapping[str, bytes]) -> Site:
    """What is the same for all schools; `drawn` are pictures of first pages by their names."""
    posters = make_posters(pack)
    known = _every(pack)
    pictures = {
        one.id: measured(picture_name(one), drawn[picture_name(one)])
        for one in known
        if picture_name(one) in drawn
    }
    return Site(
        known,
        {**beside(pack, posters), **drawn},
        pictures,
        {name: one for name, (one, _) in posters.items()},
    )


def pictured(pack: Pack, offered: Collection[str]) -> list[Artifact]:
    """The artifacts whose first pages are shown for files that are offered: the plain ones."""
    ids = {one.id for one in _every(pack) if one.file in offered}
    return list({one.id: one for one in reversed(tuple(artifacts(pack))) if one.id in ids}.values())


def draw(stock: "Stock", artifact: Artifact) -> tuple[str, bytes]:
    """A picture of an artifact's first page as it is for no school in particular, and its name."""
    from press.editions.bases import lay_out
    from press.pictures import first_page, first_slide

    pack = stock.pack.for_school(None)
    if artifact.kind == "deck":
        return picture_name(artifact), first_slide(pack, stock.deck_template)
    if not (data := _of_nobody(stock, artifact)):
        data = lay_out(pack, (artifact,), stock.deck_template)[0][artifact.file]
    return picture_name(artifact), first_page(data)


def _of_nobody(stock: "Stock", artifact: Artifact) -> bytes | None:
    """A file without a school, from a base: that is quicker than to lay it out."""
    from press.stamp import drawing, pdf

    own = [one for key, one in sorted(stock.bases.items(), key=repr) if key[0] == artifact.file]
    base = own[0] if own else None
    if not isinstance(base, pdf.Base):
        return None
    blank = io.BytesIO()
    Image.new("RGBA", (1, 1)).save(blank, "PNG")
    try:
        words = nobody(stock.pack, base.specimen)
        return pdf.stamp(base, words, drawing.raster(blank.getvalue()))
    except DoesNotFit:
        return None


def drawn_before(folder: Path, wanted: Mapping[Artifact, str]) -> Iterator[tuple[str, bytes]]:
    """The pictures that lie in a folder of schools, or were drawn by a build of the pack itself.

    `wanted` has the fingerprint that each artifact must have had then.
    """
    manifest, shelf = read_manifest(folder.parent), _shelf(folder)
    for artifact, mark in wanted.items():
        name, entry = picture_name(artifact), manifest.entries.get(artifact.file)
        before = entry.fingerprint if entry and entry.pictured else ""
        for root, *drawn in (
            (folder / ASSETS, *shelf.get(name, ("", ""))),
            (folder.parent, before, manifest.others.get(name, "")),
        ):
            if drawn[0] == mark and drawn[1] == digest_of(root / name):
                yield name, (root / name).read_bytes()
                break


def keep(folder: Path, shared: Mapping[str, bytes], wanted: Mapping[Artifact, str]) -> None:
    """Lay down what schools share: one file each, of which every school's folder has a name.

    A file that is there already stays as it is. Raises `OutputError`.
    """
    digests = {name: sha256(data).hexdigest() for name, data in shared.items()}
    root = folder / ASSETS
    fresh = {name: shared[name] for name, one in digests.items() if digest_of(root / name) != one}
    drawn = {picture_name(one): (mark, digests[picture_name(one)]) for one, mark in wanted.items()}
    text = json.dumps({**_shelf(folder), **drawn}, indent=1)
    replace_files(root, {**fresh, _SHELF: text.encode()})


def _shelf(folder: Path) -> dict[str, tuple[str, str]]:
    """By the name of each picture that is kept: what it was made from, and its digest."""
    try:
        found = json.loads((folder / ASSETS / _SHELF).read_text("utf-8"))
        return {str(name): (str(mark), str(one)) for name, (mark, one) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _every(pack: Pack) -> tuple[Artifact, ...]:
    """All files that can be made of a pack: those that are declared, then any other edition."""
    theme = load_theme()
    found = {one.file: one for one in artifacts(pack)}
    for paper, ink, letters in product(theme.papers, theme.inks, theme.sizes):
        wanted = Variant.model_construct(paper=paper, ink=ink, size=letters)
        for one in artifacts(pack, wanted):
            found.setdefault(one.file, one)
    return tuple(found.values())


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
