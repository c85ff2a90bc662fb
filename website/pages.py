"""The download page of a pack, its assets and its ZIP: `render(pack, files)`.

The page of a school in a list shows the same. Hundreds of these pages share `beside(pack)`, and
differ in what `index` fills in (`schools/stamp/html.py`).
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from babel.units import format_unit
from jinja2 import Environment

from languages.tags import own_name
from pack import html, qr, templates
from pack.artifacts import pack_name
from pack.documents import PLAIN, Deck, Edition, Guide, Handout, NotesSheet
from pack.formats import format_of, unit_of
from pack.labels import counted, fill
from pack.logos import read_logo
from pack.model import Pack
from pack.pictures import is_svg, read_bitmap
from pack.scripts import Script
from pack.svg_sanitizer import read_svg
from pack.theme import TEMPLATES, load_theme
from website.illustrations import motif, sign
from website.versions import versions

_FOLDER = TEMPLATES / "website"
#: What a card is about.
Document = Handout | Deck | Guide | NotesSheet

#: What a browser may do here: load the files next to the page, and nothing else. A page opened
#: from a folder or a USB stick has no origin for 'self' to refer to (HTML, 7.1.1: it is opaque),
#: so there is "file:" as well.
_BESIDE = "'self' file:"
_POLICY = (
    f"default-src 'none'; style-src {_BESIDE}; font-src {_BESIDE}; img-src {_BESIDE}; "
    f"script-src {_BESIDE}; base-uri 'none'; form-action 'none'"
)
#: The first and last year that a ZIP file can hold (APPNOTE.TXT, 4.4.6).
_ZIP_YEARS = (1980, 2107)

#: The largest width and height of a video's picture in pixels: twice what it is shown at.
_POSTER = (1280, 1280)

#: The room for a school's logo in CSS pixels; the logo keeps its shape.
_LOGO = (176, 72)


@dataclass(frozen=True)
class Download:
    """A finished file that the page offers.

    `id` is the id of its sheet, deck or guide, `pages` its number of pages or slides. `picture` is
    its first page as WebP, empty if none is wanted; the page shows the first picture of each id.
    """

    file: str
    id: str
    edition: Edition
    pages: int
    data: bytes
    picture: bytes = b""


@dataclass(frozen=True)
class Picture:
    """A picture next to the page: its relative address, and its size in pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True)
class Offer:
    """What the page shows of a file: a `Download` with its size in bytes instead of its data."""

    file: str
    id: str
    edition: Edition
    pages: int
    size: int
    picture: Picture | None = None


@dataclass(frozen=True)
class Link:
    """A link to a file: its kind ("PDF"), its edition ("Large print"), its length and size.

    The plain edition has the name of its paper, and none if it is no PDF.
    """

    file: str
    kind: str
    edition: str
    length: str
    size: str


@dataclass(frozen=True)
class Card:
    """A sheet, the deck or a guide: `link` is the edition to download first."""

    about: Document
    picture: Picture | None
    link: Link
    others: tuple[Link, ...]


@dataclass(frozen=True)
class CardGroup:
    """Cards under a heading of their own, or all cards without one."""

    title: str
    cards: tuple[Card, ...]


def render(
    pack: Pack, files: Sequence[Download], *, archive: bool = True, languages: Sequence[str] = ()
) -> dict[str, bytes]:
    """Everything that goes into the pack's output folder besides `files`, by file name.

    This is the page, the accessibility statement if the pack has one, their assets, and with
    `archive` a ZIP of all files. `languages` are those of the page and of all pages that it links.
    A pure function: the same input gives the same bytes.
    """
    posters = make_posters(pack)
    found = beside(pack, posters, languages)
    found |= {_picture_name(file.id): file.picture for file in reversed(files) if file.picture}
    logo = None
    if pack.school and pack.school.logo:
        logo, data = make_logo(pack.folder / pack.school.logo)
        found[logo.address] = data
    whole = None
    if archive:
        # A folder of its own for each language, wherever people unpack it.
        name = pack_name(pack).replace("/", "-")
        data = zipped(pack, name, {file.file: file.data for file in files})
        found[f"{name}.zip"] = data
        whole = (f"{name}.zip", len(data))
    offers = [
        Offer(
            file.file,
            file.id,
            file.edition,
            file.pages,
            len(file.data),
            measured(_picture_name(file.id), file.picture) if file.picture else None,
        )
        for file in files
    ]
    shown = {name: picture for name, (picture, _) in posters.items()}
    found["index.html"] = index(pack, offers, shown, logo, whole, languages)
    return found


def index(
    pack: Pack,
    offers: Sequence[Offer],
    posters: Mapping[str, Picture],
    logo: Picture | None = None,
    archive: tuple[str, int] | None = None,
    languages: Sequence[str] = (),
) -> bytes:
    """The page itself.

    `posters` are the videos' pictures by their ids, `logo` is the school's, `archive` the name and
    the size in bytes of the ZIP of all files, if there is one; `languages` as for `render`.
    """
    hosts = {urlsplit(video.embed).netloc for video in pack.videos.values() if video.embed}
    frames = [f"; frame-src {' '.join(f'https://{host}' for host in sorted(hosts))}"]
    sheets = _cards(pack, pack.handouts, offers)
    urgent = pack.page.now if pack.page else None
    now = next((card for card in sheets if card.about.id == urgent), None)
    return _fill(
        "index",
        pack,
        policy=_POLICY + "".join(frames if hosts else ()),
        now=now,
        groups=_groups(pack, [card for card in sheets if card is not now]),
        presenters=_cards(pack, _for_presenters(pack), offers),
        archive=archive[0] if archive else "",
        archive_size=size_text(pack, archive[1]) if archive else "",
        posters=posters,
        logo=logo,
        motif=motif(pack),
        **_shared(pack, languages),
    )


def beside(
    pack: Pack, posters: Mapping[str, tuple[Picture, bytes]], languages: Sequence[str] = ()
) -> dict[str, bytes]:
    """What is next to the page and the same for every school: statement, assets, posters."""
    found = {**_assets(), **{poster.address: data for poster, data in posters.values()}}
    if languages or pack.is_draft:
        found |= _language_style()
    found |= _script_style(pack.script)
    if pack.page and pack.page.accessibility:
        shared = _shared(pack, languages)
        statement = pack.page.accessibility
        found["accessibility.html"] = _fill(
            "accessibility", pack, policy=_POLICY, statement=statement, **shared
        )
    return found


def _shared(pack: Pack, languages: Sequence[str]) -> dict[str, object]:
    """The values that every page of a pack is filled in with."""
    return {
        "versions": versions(pack, languages),
        "pack": pack,
        "page": pack.page,
        "labels": pack.labels,
        "published": html.published(pack),
    }


def prepare(pack: Pack) -> None:
    """Fill in the pages once while files are being made, so that `render` finds all loaded."""
    beside(pack, {})
    index(pack, (), dict.fromkeys(pack.videos, Picture("", 0, 0)))


def overview(packs: Sequence[tuple[Pack, Sequence[str]]]) -> dict[str, bytes]:
    """The page in the folder above that links to the pages of several packs, and its assets.

    Each pack has the languages of its pages. The page has the language of the first pack, and the
    name of its publisher.
    """
    folders = [
        (pack, name := pack_name(pack), versions(pack, languages, above=f"{name}/"))
        for pack, languages in packs
    ]
    first = packs[0][0]
    style = _language_style() if any(languages for _, languages in packs) else {}
    style |= _script_style(first.script)
    page = _fill("overview", first, policy=_POLICY, packs=folders)
    return {"index.html": page, **_assets(), **style}


def _groups(pack: Pack, cards: Sequence[Card]) -> list[CardGroup]:
    """The cards of sheets in the groups of the page, and then those that are in none."""
    by_id = {card.about.id: card for card in cards}
    groups = []
    for group in pack.page.groups if pack.page else ():
        own = tuple(by_id.pop(name) for name in group.handouts if name in by_id)
        groups.append(CardGroup(group.title, own))
    rest = tuple(by_id.values())
    groups.append(CardGroup(pack.labels.more_sheets if len(rest) < len(cards) else "", rest))
    return [group for group in groups if group.cards]


def _for_presenters(pack: Pack) -> Iterator[Deck | Guide | NotesSheet]:
    if pack.deck:
        yield pack.deck
        yield from (guide for guide in (pack.deck.guide, pack.deck.notes_sheet) if guide)


def _cards(
    pack: Pack,
    documents: Iterable[Document],
    offers: Sequence[Offer],
) -> list[Card]:
    """The cards of all documents that have files."""
    cards = []
    for document in documents:
        own = [offer for offer in offers if offer.id == document.id]
        if own:
            picture = next((offer.picture for offer in own if offer.picture), None)
            link, *others = (_link(pack, offer) for offer in own)
            cards.append(Card(document, picture, link, tuple(others)))
    return cards


def _link(pack: Pack, offer: Offer) -> Link:
    labels, edition = pack.labels, offer.edition
    names = {
        " · ".join(own_name(tag) for tag in edition.languages): bool(edition.languages),
        labels.a4: edition.paper == "a4",
        labels.large_print: edition.size != PLAIN.size,
        labels.black: edition.ink != PLAIN.ink,
    }
    named = " · ".join(name for name, wanted in names.items() if wanted)
    kind = format_of(offer.file).upper()
    plain = labels.letter if kind == "PDF" else ""
    length = length_text(pack, offer.file, offer.pages)
    return Link(offer.file, kind, named or plain, length, size_text(pack, offer.size))


def length_text(pack: Pack, file: str, pages: int) -> str:
    """The number of pages or slides in a file, in the pack's words."""
    labels = pack.labels
    return counted(labels.slide_count if unit_of(file) == "slide" else labels.page_count, pages)


def size_text(pack: Pack, size: int) -> str:
    """A number of bytes in the pack's language (1 kB is 1,000 bytes)."""
    if size >= 1_000_000:
        return _measure(round(size / 1_000_000, 1), "digital-megabyte", pack.about.language)
    return _measure(max(round(size / 1000), 1), "digital-kilobyte", pack.about.language)


@lru_cache(maxsize=4096)
def _measure(number: float, unit: str, language: str) -> str:
    return format_unit(number, unit, "short", locale=language.replace("-", "_"))


def zipped(pack: Pack, name: str, files: Mapping[str, bytes]) -> bytes:
    """Files as one ZIP, in a folder with this name. The same files give the same bytes.

    They are stored, because they are already compressed, and the bytes must not depend on zlib.
    """
    revised = pack.about.revised
    year = min(max(revised.year, _ZIP_YEARS[0]), _ZIP_YEARS[1])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for file, data in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{name}/{file}", (year, revised.month, revised.day, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # Unix, on any system
            archive.writestr(entry, data)
    return out.getvalue()


def make_posters(pack: Pack) -> dict[str, tuple[Picture, bytes]]:
    """The pictures shown for videos, by the videos' ids."""
    return {
        name: _poster(pack.folder / video.poster, f"assets/video.{name}")
        for name, video in pack.videos.items()
        if video.poster
    }


def _poster(file: Path, name: str) -> tuple[Picture, bytes]:
    """The picture shown for a video, 16 by 9."""
    if is_svg(file):
        return Picture(f"{name}.svg", 640, 360), read_svg(file).data
    out = io.BytesIO()
    image = read_bitmap(file).image.convert("RGB")
    image.thumbnail(_POSTER)
    image.save(out, "WEBP", quality=80, method=4)
    return measured(f"{name}.webp", out.getvalue()), out.getvalue()


def make_logo(file: Path) -> tuple[Picture, bytes]:
    """A school's logo for the page, and its data. Raises as `read_logo` does."""
    logo = read_logo(file)
    return shown_logo(logo.kind, logo.width, logo.height), logo.data


def shown_logo(kind: str, width: float, height: float) -> Picture:
    """A logo at the size at which the page shows it; `kind` is "png", "jpeg" or "svg"."""
    scale = min(_LOGO[0] / width, _LOGO[1] / height)
    sides = [max(round(side * scale), 1) for side in (width, height)]
    return Picture(f"assets/logo.{'jpg' if kind == 'jpeg' else kind}", sides[0], sides[1])


def _picture_name(id: str) -> str:
    return f"assets/{id}.webp"


def measured(address: str, data: bytes) -> Picture:
    """A WebP picture next to the page, in its own size."""
    from PIL.WebPImagePlugin import WebPImageFile

    with WebPImageFile(io.BytesIO(data)) as image:
        return Picture(address, image.width, image.height)


@cache
def _assets() -> Mapping[str, bytes]:
    """Style, script and fonts, the same for every page."""
    colors = "".join(f"--{name}:{value};" for name, value in load_theme().colors.items())
    style = f":root{{{colors}}}\n" + (_FOLDER / "page.css").read_text("utf-8")
    found = {"assets/page.css": style.encode()}
    for file in (_FOLDER / "page.js", *sorted((_FOLDER / "fonts").iterdir())):
        found[f"assets/{file.name}"] = file.read_bytes()
    return found


def _language_style() -> dict[str, bytes]:
    return {"assets/languages.css": (_FOLDER / "languages.css").read_bytes()}


@cache
def _script_style(script: Script) -> Mapping[str, bytes]:
    """What pages in a script have besides: the style of its direction and its own, and its fonts.

    Nothing for Latin letters.
    """
    files = [_FOLDER / f"{name}.css" for name in (script.direction, script.code)]
    style = b"".join(file.read_bytes() for file in files if file.exists())
    if not style:
        return {}
    fonts = {
        f"assets/{face.file.name}": face.file.read_bytes()
        for face in script.sheet_faces
        if face.file.name.encode() in style
    }
    if fonts:  # all of them are from Noto Sans
        license_file = TEMPLATES / "fonts" / "OFL-NotoSans.txt"
        fonts[f"assets/{license_file.name}"] = license_file.read_bytes()
    return {"assets/script.css": style, **fonts}


def _fill(template: str, pack: Pack, /, **values: object) -> bytes:
    """A page in the language and script of a pack."""
    page = _environment().get_template(f"{template}.html.j2")
    script = pack.script
    of_script = {"direction": script.direction, "script_style": bool(_script_style(script))}
    made: str = page.render(here=f"{template}.html", script=script, **of_script, **values)
    return html.in_script(made, script).encode()


@cache
def _environment() -> Environment:
    environment = templates.environment("website")
    environment.filters.update(html.FILTERS)
    environment.globals.update(fill=fill, qr_path=qr.path, sign=sign)
    return environment
