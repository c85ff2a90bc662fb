"""Pictures from outside, read in one way: limits, bitmaps as every program shows them, errors."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pack.problems import Fault

#: The most pixels of a picture file, or of a picture inside an SVG.
MAX_PIXELS = 50_000_000

#: The most bytes of schools' logos and of SVG files, and of other bitmaps.
MAX_BYTES, MAX_BITMAP = 10_000_000, 4 * MAX_PIXELS

#: The most pixels of pictures that take more memory to read: of WebP files, which Pillow keeps four
#: times, and of PNG files in which one of 16 million colors is transparent.
_MAX_COSTLY = 25_000_000

#: The most pixels that a JPEG file may write again and again, a "progressive" scan at a time. There
#: are usually ten scans; they need few bytes, and as much time as a whole picture.
_MAX_SCANNED = 40 * MAX_PIXELS

#: Larger pictures are scaled down to this size, enough for a projected slide and for a logo with
#: 1000 pixels per inch on paper.
_MAX_SIZE = (2000, 1500)

#: What is read: the formats of cameras, websites and Windows, all but the first two converted. TIFF
#: is not: it is a family of formats, whose library has had many holes, and lists of schools come
#: from strangers.
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP")

#: What Pillow calls JPEG files; MPO is a phone's, with a second picture in it.
_JPEG = ("JPEG", "MPO")

#: How files in other formats begin, after so many bytes.
_OTHERS = (
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"%PDF", "PDF"),
    (0, b"%!PS", "EPS"),
    (0, b"\xc5\xd0\xd3\xc6", "EPS"),
    (0, b"8BPS", "Photoshop"),
    (0, b"\0\0\1\0", "ICO"),
    (0, b"\xd7\xcd\xc6\x9a", "WMF"),
    (40, b" EMF", "EMF"),
    (4, b"jP  ", "JPEG 2000"),
    (4, b"ftypavif", "AVIF"),
    (4, b"ftyphei", "HEIC"),
    (4, b"ftypmif1", "HEIC"),
)

#: Metadata that a picture may have and still be embedded unchanged: nothing about who or where.
_HARMLESS = frozenset(
    [
        *("dpi", "gamma", "srgb", "chromaticity", "aspect"),
        *("jfif", "jfif_version", "jfif_unit", "jfif_density"),
    ]
)

#: The mode of the pixels that a color profile describes, by its color space (ICC.1, 7.2.6).
_PROFILED = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK"}


class PictureError(Exception):
    """A picture can't be used; `fault` says why, and how to fix it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.fault = Fault(what, remedy)


@dataclass(frozen=True)
class CleanBitmap:
    """A bitmap as every program shows it: upright, in sRGB, with eight bits per channel.

    `size` is the width and height in the file, in pixels; the `image` (Pillow's) may be smaller.
    `data` is a PNG or JPEG file without the metadata that cameras write.
    """

    kind: Literal["png", "jpeg"]
    size: tuple[int, int]
    image: Any
    data: bytes


def is_svg(file: Path) -> bool:
    """Whether a file is an SVG, by its own name and not the name of a link to it."""
    return file.resolve().suffix.lower() == ".svg"


def read_whole(file: Path, most: int = MAX_BYTES) -> bytes:
    """The bytes of a picture, at most `most`. Raises `PictureError` if it can't be opened."""
    try:
        with file.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError:
        raise PictureError(
            "this file can't be opened", "Check that you have permission to read it."
        ) from None
    if len(data) > most:
        raise PictureError(
            f"this picture is larger than {most // 1_000_000} MB",
            "Save a smaller copy: a width of 2000 pixels is enough.",
        )
    return data


def check_bitmap(data: bytes) -> None:
    """Raise `PictureError` if a bitmap is damaged, too large, or in a format that we don't read."""
    with _loaded(data):
        pass


@lru_cache(maxsize=4)
def _read_bitmap(file: Path, changed: int) -> CleanBitmap:
    return clean_bitmap(read_whole(file, MAX_BITMAP))


def read_bitmap(file: Path) -> CleanBitmap:
    """Read a bitmap file, which may have been read before. Raises `PictureError`."""
    return _read_bitmap(file, file.stat().st_mtime_ns)


def clean_bitmap(data: bytes) -> CleanBitmap:
    """Read a bitmap. Raises `PictureError` as `check_bitmap` does.

    The file itself is kept if it is all that a `CleanBitmap` is.
    """
    from PIL import Image, ImageOps

    with _loaded(data) as opened:
        kind: Literal["png", "jpeg"] = "jpeg" if opened.format in _JPEG else "png"
        image, size = opened, opened.size
        if not (
            opened.format in ("PNG", *_JPEG)
            and opened.mode in ("RGB", "RGBA")
            and opened.info.keys() <= _HARMLESS
        ):
            with suppress(Exception):  # Pillow raises all kinds of errors for damaged metadata
                ImageOps.exif_transpose(opened, in_place=True)  # a copy would take 200 MB
            size = opened.size
        elif size[0] <= _MAX_SIZE[0] and size[1] <= _MAX_SIZE[1]:
            return CleanBitmap(kind, size, image, data)
        image = _eight_bits(image)
        image.thumbnail(_MAX_SIZE, Image.Resampling.LANCZOS)
        image = _in_srgb(image, opened.info.get("icc_profile"))
    out = io.BytesIO()
    if kind == "jpeg":
        image.save(out, "JPEG", quality=92, subsampling=0)
    else:
        image.save(out, "PNG")
    return CleanBitmap(kind, size, image, out.getvalue())


@contextmanager
def _loaded(data: bytes) -> Iterator[Any]:
    """Pillow's image of a bitmap, with all its pixels read."""
    from PIL import Image, WebPImagePlugin  # noqa: F401 (Pillow does not find this one by itself)

    try:
        with warnings.catch_warnings(action="ignore"), _refuse_truncated():
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
            keyed = image.mode == "RGB" and "transparency" in image.info
            most = _MAX_COSTLY if keyed or image.format == "WEBP" else MAX_PIXELS
            if image.width * image.height > most:
                raise _too_many_pixels(most)
            if image.format in _JPEG:
                _check_scans(data, image.width * image.height)
            image.load()
    except Image.DecompressionBombError:
        raise _too_many_pixels(MAX_PIXELS) from None
    except PictureError:
        raise
    except Exception:  # Pillow raises all kinds of errors for damaged pictures
        raise _not_read(data) from None
    with image:
        yield image


def _too_many_pixels(most: int) -> PictureError:
    return PictureError(
        f"this picture has more than {most // 1_000_000} megapixels",
        "Save a smaller copy: a width of 2000 pixels is enough.",
    )


def _check_scans(data: bytes, pixels: int) -> None:
    """Refuse a JPEG file that would take minutes to open."""
    if data.count(b"\xff\xda") * pixels > _MAX_SCANNED:  # "start of scan": ISO/IEC 10918-1, B.2.3
        raise PictureError(
            "this JPEG picture takes too long to open",
            "Save it again as JPEG without “progressive”, or as PNG.",
        )


def _not_read(data: bytes) -> PictureError:
    """What is wrong with a file that can't be read as a bitmap."""
    for start, mark, name in _OTHERS:
        if data.startswith(mark, start):
            return PictureError(
                f"this file is in the format {name}, whatever its name",
                "Open it in a program for pictures, and save it as PNG or JPEG.",
            )
    if data.lstrip().startswith(b"<") and b"<svg" in data[:2000]:
        return PictureError("this file is an SVG picture", "Give it a name that ends in .svg.")
    return PictureError(
        "this file is not a picture, or it is damaged",
        "Save the picture again as a PNG, JPEG or SVG file.",
    )


@contextmanager
def _refuse_truncated() -> Iterator[None]:
    """Make Pillow refuse truncated pictures, which WeasyPrint tells it to accept."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _eight_bits(image: Any) -> Any:
    """A picture in grays, RGB or CMYK, perhaps with transparency, in eight bits per channel."""
    if image.mode.startswith("I"):  # 16-bit gray, whose light tones a plain conversion would clip
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if "transparency" in image.info or image.mode in ("PA", "La", "RGBa"):
        return image.convert("RGBA")
    return image if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK") else image.convert("RGB")


def _in_srgb(image: Any, profile: bytes | None) -> Any:
    """A picture in RGB or RGBA, in sRGB, and without metadata. A broken profile is ignored."""
    from PIL import Image

    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    pixels = image.convert(image.mode.removesuffix("A")) if alpha else image
    if profile:
        pixels = _profiled(pixels, profile)
    bare = Image.new("RGB", pixels.size)
    bare.paste(pixels.convert("RGB"))
    if alpha:
        bare.putalpha(alpha)
    return bare


def _profiled(image: Any, profile: bytes) -> Any:
    """A picture in L, RGB or CMYK with its color profile applied, if that can be done."""
    from PIL import ImageCms

    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = _PROFILED[own.profile.xcolor_space.strip()]
        if mode != image.mode:
            if image.mode != "L" or mode != "RGB":
                return image
            image = image.convert(mode)
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, own, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, KeyError, ValueError):
        return image
