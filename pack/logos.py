"""School logos: read, made safe, and checked for how they will appear on white paper."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationInfo

from pack import contrast, media, svg_sanitizer
from pack.pictures import MAX_PIXELS, PictureError, is_svg, read_whole
from pack.problems import Fault
from pack.raster import draw_within
from pack.validation import fault

#: The largest width and height of a logo on a sheet, in inches; it keeps its proportions.
PRINTED = (1.4, 60 / 72)

#: Pixels per inch of paper: fewer are refused, or cause a warning.
LEAST_PIXELS, GOOD_PIXELS = 100, 150

#: Contrast with white paper: less is refused, or causes a warning (WCAG 2.2, 1.4.11 asks for 3:1).
LEAST_CONTRAST, GOOD_CONTRAST = 1.5, 3

#: The largest width and height in pixels at which an SVG file is drawn: enough for the largest
#: logo on a slide, 0.9 in high, at twice the resolution of full HD (240 pixels per inch of slide).
_MAX_DRAWN = (2160, 216)

#: Larger pictures are scaled down to this size, enough for a projected slide and for 1000 pixels
#: per inch on paper.
_MAX_SIZE = (2000, 1500)

#: Metadata that a picture may have and still be embedded unchanged: nothing about who or where.
_HARMLESS = frozenset(
    [
        *("dpi", "gamma", "srgb", "chromaticity", "aspect"),
        *("jfif", "jfif_version", "jfif_unit", "jfif_density"),
    ]
)

#: The share of a logo's ink that counts as a color of the logo; less is noise.
_LEAST_SHARE = 0.01

#: How many logos are kept in memory: the schools of a district share a few.
_REMEMBERED = 64


@dataclass(frozen=True)
class Logo:
    """A logo that is fit to print.

    `data` is the file to embed: an SVG that neither runs nor loads anything, or an upright picture
    with eight bits per channel and without the metadata that cameras write. `width` and `height`
    are in its own pixels. `warnings` say what is poor about it, and how to fix it. `drawn` is the
    PNG version of an SVG, for programs that don't show SVG; otherwise it is empty.
    """

    kind: Literal["svg", "png", "jpeg"]
    width: float
    height: float
    data: bytes
    warnings: tuple[Fault, ...] = ()
    drawn: bytes = b""


_logos: dict[tuple[bool, bytes], Logo | Fault] = {}


def check(value: str, info: ValidationInfo) -> str:
    """Check a field that names a logo (used by `pack.types`)."""
    file = media.inside(value, info, "picture")
    try:
        read_logo(file)
    except PictureError as error:
        raise fault(*error.fault) from None
    return value


def read_logo(file: Path) -> Logo:
    """Read a PNG, JPEG or SVG file as a logo. The same bytes are checked once, under any name.

    Raises `PictureError` if the file is broken or too large, would look blurry at its printed size,
    or would be invisible on white paper.
    """
    data = read_whole(file)
    key = (is_svg(file), sha256(data).digest())
    if key not in _logos:
        if len(_logos) >= _REMEMBERED:
            del _logos[next(iter(_logos))]
        try:
            _logos[key] = _svg(data) if key[0] else _raster(data)
        except PictureError as error:
            _logos[key] = error.fault
    found = _logos[key]
    if isinstance(found, Fault):
        raise PictureError(*found)
    return found


def _svg(data: bytes) -> Logo:
    from PIL import Image

    svg = svg_sanitizer.clean(data)
    drawn = draw_within(svg, *_MAX_DRAWN)
    with Image.open(io.BytesIO(drawn)) as image:
        return Logo("svg", svg.width, svg.height, svg.data, _contrast_warnings(image), drawn)


def _drawn_at(pixels: int, side: int) -> int:
    """The largest width (0) or height (1) of a logo, in pixels, at this many pixels per inch."""
    return round(PRINTED[side] * pixels)


def _raster(data: bytes) -> Logo:
    from PIL import Image, ImageOps

    too_many = PictureError(
        f"this picture has more than {MAX_PIXELS // 1_000_000} megapixels",
        "Save a smaller copy: a logo 1000 pixels wide is enough.",
    )
    broken = PictureError(
        "this file is not a picture, or it is damaged",
        "Save the logo again as a PNG, JPEG or SVG file.",
    )
    try:
        # MPO: a phone's JPEG with a second picture in it.
        with (
            warnings.catch_warnings(action="ignore"),
            _refuse_truncated(),
            Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "MPO")) as opened,
        ):
            if opened.width * opened.height > MAX_PIXELS:
                raise too_many
            jpeg = opened.format != "PNG"
            opened.load()
            bare = opened.mode in ("RGB", "RGBA") and opened.info.keys() <= _HARMLESS
            image = opened if bare else _eight_bits(ImageOps.exif_transpose(opened))
    except Image.DecompressionBombError:
        raise too_many from None
    except PictureError:
        raise
    except Exception:
        raise broken from None  # Pillow raises all kinds of errors for damaged pictures
    sharpness = _sharpness(image.width, image.height)
    poor = (*sharpness, *_contrast_warnings(image))
    if bare and image.width <= _MAX_SIZE[0] and image.height <= _MAX_SIZE[1]:
        return Logo("jpeg" if jpeg else "png", image.width, image.height, data, poor)
    image.thumbnail(_MAX_SIZE, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if jpeg:
        image.save(out, "JPEG", quality=92, subsampling=0)
    else:
        image.save(out, "PNG")
    kind: Literal["jpeg", "png"] = "jpeg" if jpeg else "png"
    return Logo(kind, image.width, image.height, out.getvalue(), poor)


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
    """The first frame of a picture in RGB or RGBA, without metadata."""
    from PIL import Image

    if image.mode.startswith("I"):  # 16-bit gray, whose light tones a plain conversion would clip
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    alpha = "A" in image.getbands() or "transparency" in image.info
    image = image.convert("RGBA" if alpha else "RGB")
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _sharpness(width: int, height: int) -> tuple[Fault, ...]:
    """A warning if it has few pixels for its printed size. Raises `PictureError` for too few."""
    pixels = max(width / PRINTED[0], height / PRINTED[1])
    what = f"this logo has only {width} × {height} pixels, {pixels:.0f} per inch in print"
    remedy = (
        f"Ask for a larger picture: {_drawn_at(300, 0)} pixels wide or "
        f"{_drawn_at(300, 1)} pixels high, or an SVG file."
    )
    if pixels < LEAST_PIXELS:
        raise PictureError(f"{what}: it would look blurry", remedy)
    return (Fault(f"{what}: it may look blurry", remedy),) if pixels < GOOD_PIXELS else ()


def _contrast_warnings(image: Any) -> tuple[Fault, ...]:
    """A warning if it is pale on white paper. Raises `PictureError` if it is invisible."""
    found = _contrast(image)
    remedy = "Use the version of the logo that is made for white paper."
    if found < LEAST_CONTRAST:
        raise PictureError("this logo would be invisible on white paper", remedy)
    if found < GOOD_CONTRAST:
        what = (
            f"this logo is pale: its darkest color has a contrast of only {found:.1f}:1 with white"
        )
        return (Fault(what, remedy),)
    return ()


def _contrast(image: Any) -> float:
    """The contrast between white and the darkest real color of a logo (WCAG 2.2).

    Measured at its printed size, with transparent parts on white. A few odd pixels don't count as
    a color.
    """
    from PIL import Image

    small = image.convert("RGBA")
    small.thumbnail((_drawn_at(300, 0), _drawn_at(300, 1)), Image.Resampling.BOX)
    paper = Image.new("RGB", small.size, "white")
    paper.paste(small, mask=small)
    light = paper.point([round(255 * contrast.linear(value / 255)) for value in range(256)] * 3)
    counts = light.convert("L", matrix=(*contrast.WEIGHTS, 0)).histogram()
    # From 243/255 of white's light on, there is practically no contrast (1.05:1).
    ink = counts[:243]
    enough = _LEAST_SHARE * sum(ink)
    for luminance, count in enumerate(ink):
        enough -= count
        if count and enough <= 0:
            return contrast.ratio(1, luminance / 255)
    return 1
