"""Pictures and videos that a content file names: in its folder, and what they say they are."""

import warnings
from pathlib import Path

from pydantic import ValidationInfo

from pack import raster
from pack.pictures import MAX_PIXELS, PictureError, is_svg
from pack.svg_sanitizer import read_svg
from pack.validation import context_of, fault

_FORMATS = ("PNG", "JPEG", "MPO")  # MPO: a telephone's JPEG with a second picture in it


def inside(value: str, info: ValidationInfo, what: str) -> Path:
    """The file that a value names, which must lie in the pack's folder or below it."""
    folder = context_of(info).folder
    try:
        path = (folder / value).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        raise fault(
            f"there is no {what} “{value}”", f"Put the file there, below {folder}."
        ) from None
    if Path(value).is_absolute() or not path.is_relative_to(folder.resolve()):
        raise fault(
            f"the {what} “{value}” lies outside the content's folder",
            f"Copy it into {folder} and write its name from there, like images/logo.png.",
        )
    return path


def movie(value: str, info: ValidationInfo) -> str:
    path = inside(value, info, "video")
    try:
        with path.open("rb") as stream:
            kind = stream.read(12)[4:8]
    except OSError:
        kind = b""
    # ISO/IEC 14496-12, 4.3: a file of this family says so in its first box.
    if kind != b"ftyp":
        raise fault(f"“{value}” is not an MP4 video", "Save the video as MP4 (H.264).")
    return value


def picture(value: str, info: ValidationInfo) -> str:
    path = inside(value, info, "picture")
    if is_svg(path):
        try:
            raster.shown(read_svg(path))
        except PictureError as error:
            raise fault(*error.fault) from None
        return value
    if (pixels := _pixels(path)) is None:
        raise fault(f"“{value}” is not a picture", "Use a PNG, JPEG or SVG file.")
    if pixels > MAX_PIXELS:
        raise fault(
            f"the picture “{value}” has more than {MAX_PIXELS // 1_000_000} megapixels",
            "Save a smaller copy: 2000 pixels in width are enough.",
        )
    return value


def _pixels(path: Path) -> int | None:
    """How many pixels a picture has, or None if it is not a picture."""
    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(path, formats=_FORMATS) as image:
            pixels = image.width * image.height
            if pixels <= MAX_PIXELS:
                image.verify()
            return pixels
    except Image.DecompressionBombError:
        return MAX_PIXELS + 1
    except Exception:
        return None  # a broken picture makes Pillow stumble in many ways
