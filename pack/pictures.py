"""What applies to every picture: size limits, and the error for pictures that can't be used."""

from pathlib import Path

from pack.problems import Fault

#: The most pixels of a picture file, or of a picture inside an SVG.
MAX_PIXELS = 50_000_000

#: The most bytes of a file that is read as a whole: logos and SVG files.
MAX_BYTES = 10_000_000


class PictureError(Exception):
    """A picture can't be used; `fault` says why, and how to fix it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.fault = Fault(what, remedy)


def is_svg(file: Path) -> bool:
    """Whether a file is an SVG, by its own name and not the name of a link to it."""
    return file.resolve().suffix.lower() == ".svg"


def read_whole(file: Path) -> bytes:
    """The bytes of a picture. Raises `PictureError` if it can't be opened or is too large."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError:
        raise PictureError(
            "this file can't be opened", "Check that you have permission to read it."
        ) from None
    if len(data) > MAX_BYTES:
        raise PictureError(
            f"this picture is larger than {MAX_BYTES // 1_000_000} MB",
            "Save a smaller copy: a width of 2000 pixels is enough.",
        )
    return data
