"""What a build has made: only files that a manifest names are ever given out."""

import io
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from languages.tags import english_name
from pack.formats import unit_of
from pack.hashing import sha256_of_bytes
from press.manifest import NAME, Manifest, read_manifest
from preview.app import drawing
from studio.answers import FRESH
from studio.desk import Desk
from studio.words import say, title_of

_TYPES = {
    ".pdf": "application/pdf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".zip": "application/zip",
}
#: What a browser may show itself. A page would be one of ours, and could do what our pages can.
_SHOWN = (".pdf",)
#: How wide the picture of a first page is, in pixels.
_WIDTH = 360
_PIECE = 1 << 16


@dataclass(frozen=True)
class MadeFile:
    """A file that was made. `name` is its path in the pack's output folder."""

    name: str
    path: Path
    sha256: str
    bytes: int
    pages: int
    about: str = ""

    @property
    def unit(self) -> str:
        return unit_of(self.name)

    @property
    def shown(self) -> bool:
        """Whether a browser may show it; others are only downloaded."""
        return self.path.suffix in _SHOWN


@dataclass(frozen=True)
class MadeLanguage:
    """What was made in a language: its files by the title of the document.

    `name` is "" for the pack's own language.
    """

    name: str
    documents: Mapping[str, Sequence[MadeFile]]

    @property
    def files(self) -> Iterator[MadeFile]:
        for files in self.documents.values():
            yield from files


def made_languages(desk: Desk, output: Path) -> Iterator[MadeLanguage]:
    """What the last build made, in the order of the pack."""
    titles = {}
    if pack := desk.pack:
        titles = {one.id: title_of((), one.title) for one in pack.documents.values()}
    for tag, folder, manifest in _manifests(output / desk.name):
        found: dict[str, list[MadeFile]] = {}
        for name, entry in manifest.entries.items():
            details = [
                *(english_name(one) for one in entry.languages),
                *(say(one) for one in (entry.ink, entry.size) if one in ("black", "large-print")),
                *(["A4"] if entry.paper == "a4" else []),
            ]
            file = MadeFile(
                f"{tag}/{name}" if tag else name,
                folder / name,
                entry.sha256,
                entry.bytes,
                entry.pages,
                ", ".join(details),
            )
            found.setdefault(titles.get(entry.id, entry.id), []).append(file)
        if found:
            yield MadeLanguage(english_name(tag) if tag else "", found)


def made_file(desk: Desk, output: Path, name: str) -> MadeFile:
    """The file with a name in the manifests. Raises a 404 if there is none."""
    for language in made_languages(desk, output):
        for file in language.files:
            if file.name == name:
                return file
    raise HTTPException(404, say("not_made"))


def give(file: Path, sha256: str, *, download: bool) -> Response:
    """A file as it was made. Raises a 404 if it is gone, or no longer the same."""
    data = _read(file, sha256)
    how = "inline" if file.suffix in _SHOWN and not download else "attachment"
    headers = {"Content-Disposition": f'{how}; filename="{file.name}"', **FRESH}
    return Response(
        data, media_type=_TYPES.get(file.suffix, "application/octet-stream"), headers=headers
    )


def first_page(file: MadeFile) -> Response:
    """A picture of the first page of a PDF. Raises a 404 if there is none."""
    import pypdfium2

    if not file.shown:
        raise HTTPException(404, say("not_made"))
    data = _read(file.path, file.sha256)
    out = io.BytesIO()
    with drawing, pypdfium2.PdfDocument(data) as document:
        page = document[0]
        page.render(scale=_WIDTH / page.get_width()).to_pil().save(out, "PNG", compress_level=1)
    return Response(out.getvalue(), media_type="image/png", headers=FRESH)


def _read(file: Path, sha256: str) -> bytes:
    try:
        data = file.read_bytes()
    except OSError:
        raise HTTPException(404, say("not_made")) from None
    if sha256_of_bytes(data) != sha256:
        raise HTTPException(404, say("changed_by_hand", file=file.name))
    return data


def archive(desk: Desk, output: Path) -> Response:
    """Everything that the last build made, with the download page, as a ZIP file."""
    top = output / desk.name
    files = {
        f"{desk.name}/{tag}/{name}" if tag else f"{desk.name}/{name}": folder / name
        for tag, folder, manifest in _manifests(top)
        for name in (*manifest.entries, *manifest.others)
    }
    return zipped({name: file for name, file in files.items() if _inside(file, top)}, desk.name)


def zipped(files: Mapping[str, Path], name: str) -> Response:
    """Files as a ZIP file, by their names in it. Raises a 404 if there are none any more."""
    if not files:
        raise HTTPException(404, say("not_made"))
    stream = tempfile.TemporaryFile()  # noqa: SIM115 (closed when it is sent)
    try:
        with zipfile.ZipFile(stream, "w") as found:
            for inside, file in sorted(files.items()):
                found.write(file, inside)
    except OSError:
        stream.close()
        raise HTTPException(404, say("not_made")) from None
    stream.seek(0)
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"', **FRESH}
    return StreamingResponse(_pieces(stream), media_type=_TYPES[".zip"], headers=headers)


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while piece := stream.read(_PIECE):
            yield piece


def _manifests(folder: Path) -> Iterator[tuple[str, Path, Manifest]]:
    """The manifest of a pack and those of its languages, each with its tag and folder."""
    own = read_manifest(folder)
    yield "", folder, own
    for tag in own.languages[1:]:
        if (folder / tag / NAME).is_file() and _inside(folder / tag, folder):
            yield tag, folder / tag, read_manifest(folder / tag)


def _inside(file: Path, folder: Path) -> bool:
    """Whether a manifest names a file of its own folder: anybody may have edited it."""
    return file.resolve().is_relative_to(folder.resolve())
