"""Pictures and other files that people bring in, stored beside the content under safe names."""

from pathlib import Path, PurePosixPath

from starlette.datastructures import FormData, UploadFile

from pack.errors import UsageError
from press.publish import replace_files
from studio.words import as_name, say

#: The largest file to bring in by the browser, in MB; a film is put into the folder itself.
MOST = 20

_ENDINGS = {
    "picture": (".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif"),
    "logo": (".png", ".jpg", ".jpeg", ".svg"),
    "movie": (".mp4",),
    "presentation": (".pptx", ".potx"),
}
_FOLDERS = {"movie": "videos", "presentation": "templates"}


async def sent_file(form: FormData, name: str, most: int) -> tuple[str, bytes]:
    """The name of a file that a form sent, and its first `most` bytes; both empty if none."""
    file = form.get(name)
    if not isinstance(file, UploadFile):
        return "", b""
    return file.filename or "", await file.read(most)


def bring_in(folder: Path, kind: str, name: str, data: bytes) -> str:
    """Store a file in the content folder; returns its name as the content file writes it.

    A file of the same name and other contents stays. Whether it can be used is checked where it is
    read, like every file. Raises `UsageError`, and `OutputError` if it can't be written.
    """
    if not data:
        raise UsageError(say("no_file"))
    if len(data) > MOST * 1_000_000:
        raise UsageError(say("big_file", most=MOST, folder=folder))
    stem, ending = _safe(name)
    if ending not in _ENDINGS[kind]:
        raise UsageError(say("wrong_kind", endings=", ".join(_ENDINGS[kind])))
    inside = _FOLDERS.get(kind, "images")
    number = 1
    while True:
        stored = f"{inside}/{stem}{f'-{number}' if number > 1 else ''}{ending}"
        target = folder / stored
        if not target.exists():
            replace_files(folder, {stored: data})
            return stored
        if target.is_file() and target.read_bytes() == data:
            return stored
        number += 1


def _safe(name: str) -> tuple[str, str]:
    """The stem and the ending of a file's name, in letters that every system can store."""
    given = PurePosixPath(name.replace("\\", "/")).name
    ending = PurePosixPath(given).suffix.lower()
    return as_name(given.removesuffix(PurePosixPath(given).suffix)) or "file", ending
