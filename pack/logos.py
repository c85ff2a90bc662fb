"""A school's logo: read, made safe, and judged as it will be seen on white paper."""

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

#: The most room that a logo has on a sheet, in inches; its shape is kept.
PRINTED = (1.4, 60 / 72)

#: Pixels for an inch of paper: fewer are refused, or warned of.
LEAST_PIXELS, GOOD_PIXELS = 100, 150

#: Contrast with white paper (WCAG 2.2, 1.4.11 asks 3:1 of pictures): less is refused, or warned of.
LEAST_CONTRAST, GOOD_CONTRAST = 1.5, 3

#: The most width and height in pixels at which an SVG file is drawn: enough for the largest place
#: on a slide, 0.9 in high, on a wall of twice the pixels of full HD (240 to an inch of the slide).
_DRAWN = (2160, 216)

#: Larger pictures are made smaller: enough for a wall-sized slide, and for 1000 pixels an inch.
_KEPT = (2000, 1500)

#: What a picture may say of itself and be embedded as it is: nothing of whom or where.
_HARMLESS = frozenset(
    [
        *("dpi", "gamma", "srgb", "chromaticity", "aspect"),
        *("jfif", "jfif_version", "jfif_unit", "jfif_density"),
    ]
)

#: How many pixels of its ink a color must have to be one of its colors.
_MEANINGFUL = 0.01

#: Logos in memory at once: a district's schools share a few.
_REMEMBERED = 64


@dataclass(frozen=True)
class Logo:
    """A logo that is fit to print.

    `data` is the file to embed: an SVG that neither runs nor loads anything, or a picture of eight
    bits a channel, upright, without the notes that cameras write. `width` and `height` are in its
    own pixels. `warnings` say what is poor about it, and how to fix it. `drawn` is an SVG as a PNG
    file, for programs that don't show SVG; else it is empty.
    """

    kind: Literal["svg", "png", "jpeg"]
    width: float
    height: float
    data: bytes
    warnings: tuple[Fault, ...] = ()
    drawn: bytes = b""


_logos: dict[tuple[bool, bytes], Logo | Fault] = {}


def check(value: str, info: ValidationInfo) -> str:
    """The check of a field that names a logo, for `pack.types`."""
    file = media.inside(value, info, "picture")
    try:
        read_logo(file)
    except PictureError as error:
        raise fault(*error.fault) from None
    return value


def read_logo(file: Path) -> Logo:
    """A PNG, JPEG or SVG file as a logo. The same bytes are judged once, whatever their name.

    Raises `PictureError` if the file is broken or too large, would be blurred at the size it is
    printed at, or would not be seen on white paper.
    """
    data = read_whole(file)
    key = (is_svg(file), sha256(data).digest())
    if key not in _logos:
        if len(_logos) >= _REMEMBERED:
            del _logos[next(iter(_logos))]
        try:
            _logos[key] = _svg(data) if key[0] else _raster(data)
        except PictureError as refused:
            _logos[key] = refused.fault
    found = _logos[key]
    if isinstance(found, Fault):
        raise PictureError(*found)
    return found


def _svg(data: bytes) -> Logo:
    from PIL import Image

    svg = svg_sanitizer.clean(data)
    drawn = draw_within(svg, *_DRAWN)
    with Image.open(io.BytesIO(drawn)) as image:
        return Logo("svg", svg.width, svg.height, svg.data, _contrast_warnings(image), drawn)


def _drawn_at(pixels: int, side: int) -> int:
    """The pixels of the room for a logo, at so many an inch."""
    return round(PRINTED[side] * pixels)


def _raster(data: bytes) -> Logo:
    from PIL import Image, ImageOps

    too_many = PictureError(
        f"this picture has more than {MAX_PIXELS // 1_000_000} megapixels",
        "Save a smaller copy: a logo 1000 pixels wide is enough.",
    )
    broken = PictureError(
        "this is not a picture, or it is damaged", "Save the logo again as a PNG, JPEG or SVG file."
    )
    try:
        # MPO: a telephone's JPEG with a second picture in it.
        with (
            warnings.catch_warnings(action="ignore"),
            _whole_pictures_only(),
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
        raise broken from None  # a damaged picture makes Pillow stumble in many ways
    sharpness = _sharpness(image.width, image.height)
    poor = (*sharpness, *_contrast_warnings(image))
    if bare and image.width <= _KEPT[0] and image.height <= _KEPT[1]:
        return Logo("jpeg" if jpeg else "png", image.width, image.height, data, poor)
    image.thumbnail(_KEPT, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if jpeg:
        image.save(out, "JPEG", quality=92, subsampling=0)
    else:
        image.save(out, "PNG")
    kind: Literal["jpeg", "png"] = "jpeg" if jpeg else "png"
    return Logo(kind, image.width, image.height, out.getvalue(), poor)


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """Let Pillow refuse pictures that are cut off: WeasyPrint, once imported, lets it show them."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _eight_bits(image: Any) -> Any:
    """The first frame of a picture in RGB or RGBA, without what is written beside its pixels."""
    from PIL import Image

    if image.mode.startswith("I"):  # grey of 16 bits; to convert it would cut its lights off
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    alpha = "A" in image.getbands() or "transparency" in image.info
    image = image.convert("RGBA" if alpha else "RGB")
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _sharpness(width: int, height: int) -> tuple[Fault, ...]:
    """A warning if it has few pixels for its size on paper. Raises `PictureError` for too few."""
    pixels = max(width / PRINTED[0], height / PRINTED[1])
    what = f"this logo of {width} × {height} pixels is printed with {pixels:.0f} pixels an inch"
    remedy = (
        f"Ask for a larger picture: {_drawn_at(300, 0)} pixels wide or "
        f"{_drawn_at(300, 1)} pixels high, or an SVG file."
    )
    if pixels < LEAST_PIXELS:
        raise PictureError(f"{what}: it would be blurred", remedy)
    return (Fault(f"{what}: it may look blurred", remedy),) if pixels < GOOD_PIXELS else ()


def _contrast_warnings(image: Any) -> tuple[Fault, ...]:
    """A warning if it is pale on white paper. Raises `PictureError` if it can't be seen."""
    found = _contrast(image)
    remedy = "Use the edition of the logo that is made for white paper."
    if found < LEAST_CONTRAST:
        raise PictureError("this logo would not be seen on white paper", remedy)
    if found < GOOD_CONTRAST:
        what = f"this logo is pale: its darkest color has a contrast of {found:.1f}:1 with white"
        return (Fault(what, remedy),)
    return ()


def _contrast(image: Any) -> float:
    """The contrast with white of the darkest color that a logo really has (WCAG 2.2).

    It is looked at as it is printed: small, and with its clear parts on white. A few odd pixels
    are none of its colors.
    """
    from PIL import Image

    small = image.convert("RGBA")
    small.thumbnail((_drawn_at(300, 0), _drawn_at(300, 1)), Image.Resampling.BOX)
    paper = Image.new("RGB", small.size, "white")
    paper.paste(small, mask=small)
    light = paper.point([round(255 * contrast.linear(value / 255)) for value in range(256)] * 3)
    counts = light.convert("L", matrix=(*contrast.WEIGHTS, 0)).histogram()
    # From how many 255ths of white's light on there is no contrast to speak of: 1.05 to 1.
    ink = counts[:243]
    enough = _MEANINGFUL * sum(ink)
    for luminance, count in enumerate(ink):
        enough -= count
        if count and enough <= 0:
            return contrast.ratio(1, luminance / 255)
    return 1
