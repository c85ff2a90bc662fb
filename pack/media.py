"""Pictures and videos that a content file names: in its folder, and what they say they are."""

import warnings
from pathlib import Path

from pydantic import ValidationInfo

from pack.validation import context_of, fault

#: Pictures above this many pixels are refused: no printed sheet shows more.
MAX_PIXELS = 20_000_000

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
    if (pixels := _pixels(path)) is None:
        raise fault(f"“{value}” is not a picture", "Use a PNG, JPEG or SVG file.")
    if path.suffix.lower() == ".svg" and b"<text" in path.read_bytes():
        raise fault(
            f"the picture “{value}” has text that needs a typeface of its own",
            "Convert text to paths in the drawing program, and save it again.",
        )
    if pixels > MAX_PIXELS:
        raise fault(
            f"the picture “{value}” has {pixels / 1e6:.0f} megapixels",
            f"Save a smaller copy: {MAX_PIXELS / 1e6:.0f} megapixels are enough for any sheet.",
        )
    return value


def _pixels(path: Path) -> int | None:
    """How many pixels a picture has (an SVG has none), or None if it is not a picture."""
    if path.suffix.lower() == ".svg":
        from lxml import etree

        # No entities, no network: a picture is not to read other files.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.parse(str(path), parser).getroot()
        except (etree.XMLSyntaxError, OSError):
            return None
        return 0 if root.tag == "{http://www.w3.org/2000/svg}svg" else None

    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(path, formats=_FORMATS) as image:
            pixels = image.width * image.height
            if pixels <= MAX_PIXELS:
                image.verify()
            return pixels
    except Image.DecompressionBombError:
        return MAX_PIXELS * 10
    except Exception:
        return None  # a broken picture makes Pillow stumble in many ways
