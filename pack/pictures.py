"""What holds for every picture: how large it may be, and how it is said that it can't be used."""

from pathlib import Path

from pack.problems import Fault

#: More pixels are refused, in a file and in a picture inside an SVG.
MAX_PIXELS = 50_000_000

#: More bytes are refused where a whole file is read at once: logos, and SVG files.
MAX_BYTES = 10_000_000


class PictureError(Exception):
    """A picture can't be used; `fault` says why, and how to fix it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.fault = Fault(what, remedy)


def is_svg(file: Path) -> bool:
    """Whether a file is taken for an SVG picture, by its own name: not by that of a link to it."""
    return file.resolve().suffix.lower() == ".svg"


def read_whole(file: Path) -> bytes:
    """The bytes of a picture. Raises `PictureError`."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError:
        raise PictureError("this file can't be opened", "Check that you may read it.") from None
    if len(data) > MAX_BYTES:
        raise PictureError(
            f"this picture has more than {MAX_BYTES // 1_000_000} MB",
            "Save a smaller copy: 2000 pixels in width are enough.",
        )
    return data
