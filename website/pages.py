"""The download page of a pack, its assets and its ZIP: `render(pack, files)`."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from babel.units import format_unit
from jinja2 import Environment

from source import markup, qr, templating
from source.documents import PLAIN, Deck, Guide, Handout, NotesSheet, Variant
from source.model import Pack
from source.theme import TEMPLATES, load_theme

_FOLDER = TEMPLATES / "website"
#: What a browser may do here: load what lies beside the page, and nothing else. Opened from a
#: folder or a USB stick a page has no origin that 'self' could stand for (HTML, 7.1.1: it is
#: opaque), therefore "file:".
_BESIDE = "'self' file:"
_POLICY = (
    f"default-src 'none'; style-src {_BESIDE}; font-src {_BESIDE}; img-src {_BESIDE}; "
    f"script-src {_BESIDE}; base-uri 'none'; form-action 'none'"
)
#: A ZIP can't hold earlier and later years (APPNOTE.TXT, 4.4.6).
_ZIP_YEARS = (1980, 2107)

#: The most pixels that a video's picture has: twice as many as it is shown at.
_POSTER = (1280, 1280)


@dataclass(frozen=True)
class Download:
    """A finished file that the page offers.

    `kind` is "sheet", "deck" or "guide", `id` that of the sheet, deck or guide, `variant` the
    edition, `pages` how many pages or slides it has. `picture` is its first page as WebP,
    empty if none is wanted; the page shows the first picture of each id.
    """

    file: str
    kind: str
    id: str
    variant: Variant
    pages: int
    data: bytes
    picture: bytes = b""


@dataclass(frozen=True)
class Picture:
    """A picture beside the page: its address from there, and its size in pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True)
class Link:
    """A link to a file: its kind ("PDF"), its edition ("Large print"), how long, how large."""

    file: str
    kind: str
    edition: str
    length: str
    size: str


@dataclass(frozen=True)
class Card:
    """A sheet, the deck or a guide, with all its editions."""

    about: Handout | Deck | Guide | NotesSheet
    picture: Picture | None
    links: tuple[Link, ...]


def render(pack: Pack, files: Sequence[Download]) -> dict[str, bytes]:
    """Everything that goes into the pack's output folder beside `files`, by its name there.

    A pure function: the page, the accessibility statement if the pack has one, their assets, and
    a ZIP with all files. The same input gives the same bytes.
    """
    name = pack.origin.file.stem
    archive = zipped(pack, name, {one.file: one.data for one in files})
    pictures = {f"assets/{one.id}.webp": one.picture for one in reversed(files) if one.picture}
    posters = {
        video: _poster(pack.folder / one.poster, f"video.{video}")
        for video, one in pack.videos.items()
        if one.poster
    }
    hosts = {urlsplit(video.embed).netloc for video in pack.videos.values() if video.embed}
    frames = [f"; frame-src {' '.join(f'https://{host}' for host in sorted(hosts))}"]
    shared = {"pack": pack, "page": pack.page, "labels": pack.labels}
    index = _fill(
        "index",
        policy=_POLICY + "".join(frames if hosts else ()),
        sheets=_cards(pack, pack.handouts, files),
        presenters=_cards(pack, _for_presenters(pack), files),
        archive=f"{name}.zip",
        archive_size=_size(len(archive), pack),
        posters={video: poster for video, (poster, _) in posters.items()},
        published=markup.published(pack),
        **shared,
    )
    found = {"index.html": index, f"{name}.zip": archive, **_assets(), **pictures}
    found |= {poster.address: data for poster, data in posters.values()}
    if pack.page and pack.page.accessibility:
        found["accessibility.html"] = _fill(
            "accessibility",
            policy=_POLICY,
            statement=pack.page.accessibility,
            published=markup.published(pack),
            **shared,
        )
    return found


def prepare(pack: Pack) -> None:
    """Do what needs no finished file, while they are being made: `render` is quicker then."""
    _assets()
    for name in ("index", "accessibility"):
        _environment().get_template(f"{name}.html.j2")
    markup.published(pack)
    for video in pack.videos.values():
        qr.path(video.url)


def overview(packs: Sequence[Pack]) -> dict[str, bytes]:
    """The page one folder above that leads to the pages of several packs, and its assets.

    It speaks the language of the first pack, and bears the name of its publisher.
    """
    folders = [(pack, pack.origin.file.stem) for pack in packs]
    return {"index.html": _fill("overview", policy=_POLICY, packs=folders), **_assets()}


def _for_presenters(pack: Pack) -> Iterator[Deck | Guide | NotesSheet]:
    if pack.deck:
        yield pack.deck
        yield from (one for one in (pack.deck.guide, pack.deck.notes_sheet) if one)


def _cards(
    pack: Pack,
    documents: Iterable[Handout | Deck | Guide | NotesSheet],
    files: Sequence[Download],
) -> list[Card]:
    """The cards of all documents that there are files of."""
    cards = []
    for document in documents:
        own = [one for one in files if one.id == document.id]
        picture = next((one for one in own if one.picture), None)
        if own:
            links = tuple(_link(pack, one) for one in own)
            shown = _picture(picture.picture, picture.id) if picture else None
            cards.append(Card(document, shown, links))
    return cards


def _link(pack: Pack, one: Download) -> Link:
    labels, variant = pack.labels, one.variant
    names = {
        labels.a4: variant.paper == "a4",
        labels.large_print: variant.size != PLAIN.size,
        labels.black: variant.ink != PLAIN.ink,
    }
    edition = " · ".join(name for name, wanted in names.items() if wanted)
    kind = Path(one.file).suffix.removeprefix(".").upper()
    # The sheet itself, which nothing tells from its other editions, bears its kind.
    plain = kind if one.kind == "deck" else f"{kind} · {labels.letter}"
    length = labels.slide_count if one.kind == "deck" else labels.page_count
    return Link(
        one.file,
        kind,
        edition or plain,
        markup.fill(length, count=str(one.pages)),
        _size(len(one.data), pack),
    )


def _size(count: int, pack: Pack) -> str:
    """A number of bytes in the words of the pack's language (1 kB is 1,000 bytes)."""
    large = count >= 1_000_000
    unit = "digital-megabyte" if large else "digital-kilobyte"
    number = round(count / 1_000_000, 1) if large else max(round(count / 1000), 1)
    return format_unit(number, unit, "short", locale=pack.pack.language.replace("-", "_"))


def zipped(pack: Pack, name: str, files: Mapping[str, bytes]) -> bytes:
    """Files as one ZIP, under a folder with a name. The same files give the same bytes.

    They are compressed already, and stored the bytes don't depend on the version of zlib.
    """
    revised = pack.pack.revised
    year = min(max(revised.year, _ZIP_YEARS[0]), _ZIP_YEARS[1])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for file, data in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{name}/{file}", (year, revised.month, revised.day, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # Unix, wherever it is made
            archive.writestr(entry, data)
    return out.getvalue()


def _poster(file: Path, name: str) -> tuple[Picture, bytes]:
    """The picture shown for a video, 16 wide and 9 high.

    A photograph is written anew: what a camera notes in it, such as a place, is nobody's business.
    """
    if file.suffix.lower() == ".svg":
        return Picture(f"assets/{name}.svg", 640, 360), file.read_bytes()
    from PIL import Image, ImageOps

    out = io.BytesIO()
    with Image.open(file) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail(_POSTER)
    upright.save(out, "WEBP", quality=80, method=4)
    return _picture(out.getvalue(), name), out.getvalue()


def _picture(data: bytes, name: str) -> Picture:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        return Picture(f"assets/{name}.webp", image.width, image.height)


@cache
def _assets() -> Mapping[str, bytes]:
    """Style, script and typeface: the same for every page."""
    colors = "".join(f"--{name}:{value};" for name, value in load_theme().colors.items())
    style = f":root{{{colors}}}\n" + (_FOLDER / "page.css").read_text("utf-8")
    found = {"assets/page.css": style.encode()}
    for file in (_FOLDER / "page.js", *sorted((_FOLDER / "fonts").iterdir())):
        found[f"assets/{file.name}"] = file.read_bytes()
    return found


def _fill(template: str, **values: object) -> bytes:
    html: str = _environment().get_template(f"{template}.html.j2").render(**values)
    return html.encode()


@cache
def _environment() -> Environment:
    environment = templating.environment("website")
    environment.filters.update(markup.FILTERS)
    environment.globals.update(fill=markup.fill, qr_path=qr.path)
    return environment
