"""Logos: read, made safe, and checked for how they will appear on white paper."""

import io
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationInfo

from pack import contrast, media, svg_sanitizer
from pack.pictures import MAX_BITMAP, MAX_BYTES, PictureError, clean_bitmap, is_svg, read_whole
from pack.problems import Fault
from pack.raster import draw_within
from pack.validation import fault


@dataclass(frozen=True)
class LogoRoom:
    """The largest width and height of a logo on a sheet, in inches, and of its file, in bytes.

    The logo keeps its proportions.
    """

    width: float
    height: float
    most: int = MAX_BYTES

    def pixels(self, per_inch: int) -> tuple[int, int]:
        """The largest width and height in pixels, at this many pixels per inch."""
        return round(self.width * per_inch), round(self.height * per_inch)


#: The room for the logos of schools, of which a list may have thousands, and of the publisher.
SCHOOL = LogoRoom(1.4, 60 / 72)
PUBLISHER = LogoRoom(1.5, 22 / 72, MAX_BITMAP)

#: Pixels per inch of paper: fewer are refused, or cause a warning.
LEAST_PIXELS, GOOD_PIXELS = 100, 150

#: Contrast with white paper: less is refused, or causes a warning (WCAG 2.2, 1.4.11 asks for 3:1).
LEAST_CONTRAST, GOOD_CONTRAST = 1.5, 3

#: The largest width and height in pixels at which an SVG file is drawn: enough for the largest
#: logo on a slide, 0.9 in high, at twice the resolution of full HD (240 pixels per inch of slide).
_MAX_DRAWN = (2160, 216)

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


_logos: dict[tuple[bool, LogoRoom, bytes], Logo | Fault] = {}


def check_school(value: str, info: ValidationInfo) -> str:
    """Check a field that names a school's logo (used by `pack.types`)."""
    return _check(value, info, SCHOOL)


def check_publisher(value: str, info: ValidationInfo) -> str:
    """Check a field that names the publisher's logo (used by `pack.types`)."""
    return _check(value, info, PUBLISHER)


def _check(value: str, info: ValidationInfo, room: LogoRoom) -> str:
    file = media.inside(value, info, "picture")
    try:
        read_logo(file, room)
    except PictureError as error:
        raise fault(*error.fault) from None
    return value


def read_logo(file: Path, room: LogoRoom = SCHOOL) -> Logo:
    """Read a picture as a logo for this room. The same bytes are checked once, under any name.

    Raises `PictureError` if the file is broken or too large, would look blurry at its printed size,
    or would be invisible on white paper.
    """
    data = read_whole(file, MAX_BYTES if is_svg(file) else room.most)
    key = (is_svg(file), room, sha256(data).digest())
    if key not in _logos:
        if len(_logos) >= _REMEMBERED:
            del _logos[next(iter(_logos))]
        try:
            _logos[key] = _svg(data, room) if key[0] else _bitmap(data, room)
        except PictureError as error:
            _logos[key] = error.fault
    found = _logos[key]
    if isinstance(found, Fault):
        raise PictureError(*found)
    return found


def _svg(data: bytes, room: LogoRoom) -> Logo:
    from PIL import Image

    svg = svg_sanitizer.clean(data)
    drawn = draw_within(svg, *_MAX_DRAWN)
    with Image.open(io.BytesIO(drawn)) as image:
        return Logo("svg", svg.width, svg.height, svg.data, _contrast_warnings(image, room), drawn)


def _bitmap(data: bytes, room: LogoRoom) -> Logo:
    bitmap = clean_bitmap(data)
    poor = (*_sharpness(bitmap.size, room), *_contrast_warnings(bitmap.image, room))
    return Logo(bitmap.kind, bitmap.image.width, bitmap.image.height, bitmap.data, poor)


def _sharpness(size: tuple[int, int], room: LogoRoom) -> tuple[Fault, ...]:
    """A warning if it has few pixels for its printed size. Raises `PictureError` for too few."""
    width, height = size
    pixels = max(width / room.width, height / room.height)
    what = f"this logo has only {width} × {height} pixels, {pixels:.0f} per inch in print"
    wide, high = room.pixels(300)
    remedy = f"Ask for a larger picture: {wide} pixels wide or {high} pixels high, or an SVG file."
    if pixels < LEAST_PIXELS:
        raise PictureError(f"{what}: it would look blurry", remedy)
    return (Fault(f"{what}: it may look blurry", remedy),) if pixels < GOOD_PIXELS else ()


def _contrast_warnings(image: Any, room: LogoRoom) -> tuple[Fault, ...]:
    """A warning if it is pale on white paper. Raises `PictureError` if it is invisible."""
    found = _contrast(image, room)
    remedy = "Use the version of the logo that is made for white paper."
    if found < LEAST_CONTRAST:
        raise PictureError("this logo would be invisible on white paper", remedy)
    if found < GOOD_CONTRAST:
        what = (
            f"this logo is pale: its darkest color has a contrast of only {found:.1f}:1 with white"
        )
        return (Fault(what, remedy),)
    return ()


def _contrast(image: Any, room: LogoRoom) -> float:
    """The contrast between white and the darkest real color of a logo (WCAG 2.2).

    Measured at its printed size, with transparent parts on white. A few odd pixels don't count as
    a color.
    """
    from PIL import Image

    small = image.convert("RGBA")
    small.thumbnail(room.pixels(300), Image.Resampling.BOX)
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
