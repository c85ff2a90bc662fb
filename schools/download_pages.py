"""The download page of each school, and the files that all schools share."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import product
from typing import TYPE_CHECKING

from pack.artifacts import Artifact, thumbnail_name
from pack.documents import Edition
from pack.hashing import short_digest
from pack.items import School
from pack.model import Pack
from pack.theme import load_theme
from pack.types import is_placeholder
from press.builders import PackBuilders, artifacts_of
from schools.specimen import SchoolProfile, fields_of, specimen
from schools.stamp.errors import CannotStamp
from schools.stamp.html import PageBase, length, prepare, size, stamp
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
    pass

#: The name of the page's file.
INDEX = "index.html"

#: How many bases a process keeps.
_MOST = 256

#: The numbers of pages and bytes of the specimen's first file; further files have larger ones.
_PAGES, _BYTES = 700_001, 800_001_000_000

#: The specimen's logo, with letters and numbers that appear nowhere else.
_LOGO = Picture("assets/qzxlogo.png", 909_001, 909_002)


@dataclass(frozen=True)
class Site:
    """What the pages of all schools have in common.

    `folder` is where its files are among those that schools share: "" or, in another language than
    the content's, a folder such as "es/". `artifacts` are the files that pages may offer, in order.
    `shared` are the files that are the same for all schools, by name. They include the `pictures`
    of first pages and the `posters` of videos, both by id. `bases` and `linking` are caches.
    """

    folder: str
    artifacts: tuple[Artifact, ...]
    shared: Mapping[str, bytes]
    pictures: Mapping[str, Picture]
    posters: Mapping[str, Picture]
    bases: dict[tuple[object, ...], PageBase | None] = field(default_factory=dict, compare=False)
    linking: dict[tuple[str, ...], Mapping[str, bytes]] = field(default_factory=dict, compare=False)

    def beside(self, files: Mapping[str, object]) -> dict[str, bytes]:
        """The shared files that a page needs to offer these files."""
        unused = {thumbnail_name(one) for one in self.artifacts}
        unused -= {thumbnail_name(one) for one in self.artifacts if one.file in files}
        return {name: data for name, data in self.shared.items() if name not in unused}

    def beside_links(self, pack: Pack, languages: tuple[str, ...]) -> Mapping[str, bytes]:
        """What is beside a page that links other languages, where it isn't as without links."""
        if languages not in self.linking:
            found = beside(pack.for_school(None), {}, languages)
            self.linking[languages] = {
                name: data for name, data in found.items() if self.shared.get(name) != data
            }
        return self.linking[languages]


def page(
    pack: Pack,
    site: Site,
    school: School,
    profile: SchoolProfile,
    files: Mapping[str, tuple[int, int]],
    logo: Picture | None,
    languages: tuple[str, ...] = (),
) -> bytes:
    """The page of a school; `files` has the number of pages and the size in bytes of each.

    `languages` are those of the page and of all pages that it links, as for `website.pages.index`.
    A page that can't be stamped is rendered in full, which takes a few milliseconds more.
    """
    sample = is_placeholder(school.email or "")
    key = (profile.keys, profile.sample, sample, bool(logo), languages, *files)
    if key not in site.bases:
        if len(site.bases) >= _MOST:
            site.bases.clear()
        site.bases[key] = _base(pack, site, profile, sample, list(files), bool(logo), languages)
    if not (base := site.bases[key]):
        own = pack.for_school(school)
        return index(own, _offers(site, files), site.posters, logo, languages=languages)
    fields = {
        **fields_of(school, pack.about.region),
        **_logo(logo),
        **dict(_facts(pack, site, files)),
    }
    return stamp(base, fields)


def pages_fingerprint(pack: Pack) -> str:
    """The fingerprint of the pages, without the schools' fields and files."""
    posters = make_posters(pack)
    offers = [Offer(one.file, one.id, one.edition, 0, 0) for one in artifacts_of(pack)]
    shown = {name: one for name, (one, _) in posters.items()}
    parts = {**beside(pack, posters), INDEX: index(pack, offers, shown)}
    return short_digest(
        *(f"{name} {sha256(data).hexdigest()}" for name, data in sorted(parts.items()))
    )


def make_site(pack: Pack, drawn: Mapping[str, bytes], folder: str = "") -> Site:
    """What is the same for all schools; `drawn` has pictures of first pages by name.

    `folder` is as in `Site`.
    """
    posters = make_posters(pack)
    known = every_artifact(PackBuilders(pack))
    pictures = {
        one.id: measured(thumbnail_name(one), drawn[thumbnail_name(one)])
        for one in known
        if thumbnail_name(one) in drawn
    }
    return Site(
        folder,
        known,
        {**beside(pack, posters), **drawn},
        pictures,
        {name: one for name, (one, _) in posters.items()},
    )


def every_artifact(builders: PackBuilders) -> tuple[Artifact, ...]:
    """All files that can be made from a pack: the declared ones, then all other editions."""
    theme = load_theme()
    found = {one.file: one for one in builders.plan()}
    for paper, ink, text_size in product(theme.papers, theme.inks, theme.sizes):
        wanted = Edition.model_construct(paper=paper, ink=ink, size=text_size)
        for one in builders.plan(wanted):
            found.setdefault(one.file, one)
    return tuple(found.values())


def _base(
    pack: Pack,
    site: Site,
    profile: SchoolProfile,
    sample: bool,
    files: Sequence[str],
    logo: bool,
    languages: tuple[str, ...],
) -> PageBase | None:
    """The page of a specimen school, cut open; None if it can't be stamped."""
    school = specimen(profile, None)
    if school.email and sample:
        school = school.model_copy(update={"email": f"{school.email}.example"})
    shown = _LOGO if logo else None
    made = {file: (_PAGES + at, _BYTES + at * 1_000_000) for at, file in enumerate(files)}
    fields = {
        **fields_of(school, pack.about.region),
        **_logo(shown),
        **dict(_facts(pack, site, made)),
    }
    own = pack.for_school(school)
    data = index(own, _offers(site, made), site.posters, shown, languages=languages)
    try:
        return prepare(data, fields)
    except CannotStamp:
        return None


def _offers(site: Site, files: Mapping[str, tuple[int, int]]) -> list[Offer]:
    return [
        Offer(one.file, one.id, one.edition, *files[one.file], site.pictures.get(one.id))
        for one in site.artifacts
        if one.file in files
    ]


def _facts(
    pack: Pack, site: Site, files: Mapping[str, tuple[int, int]]
) -> Iterator[tuple[str, str]]:
    """The length and the size of each file, as fields of a page."""
    for one in site.artifacts:
        if one.file in files:
            pages, count = files[one.file]
            yield length(one.file), length_text(pack, one.file, pages)
            yield size(one.file), size_text(pack, count)


def _logo(logo: Picture | None) -> dict[str, str]:
    """A logo as fields of a page."""
    if not logo:
        return {}
    return {"logo": logo.address, "width": str(logo.width), "height": str(logo.height)}
