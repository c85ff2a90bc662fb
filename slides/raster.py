"""Pictures for slides, as PowerPoint can show them: codes, logos, posters; and slides as PNG."""

import io
import re
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from PIL import Image

from pack import qr, raster
from pack.logos import Logo, read_logo
from pack.pictures import is_svg, read_bitmap
from pack.scripts import every_slide_face
from pack.svg_sanitizer import read_svg
from pack.theme import slide_font_files

#: Left, top, width and height in EMU.
Box = tuple[int, int, int, int]

#: Pixels per module of a QR code: enough for a wall-sized picture.
_PIXELS = 16

#: The gap between a logo on the master and the name next to it, and its margin, in EMU.
_GAP, _MARGIN = 76200, 25400

#: A file that the picture of a slide shows (`slide_svg`).
_FILE = re.compile(r'(?<=<image href=")file:[^"]+')


@lru_cache(maxsize=64)
def code_png(address: str) -> bytes:
    """A QR code with its quiet zone, as PNG with one bit per pixel."""
    rows = qr.matrix(address)
    size = len(rows) + 2 * qr.QUIET_ZONE
    image = Image.new("1", (size, size), 1)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + qr.QUIET_ZONE, y + qr.QUIET_ZONE), 0)
    out = io.BytesIO()
    image.resize((size * _PIXELS,) * 2, Image.Resampling.NEAREST).save(out, "PNG", optimize=True)
    return out.getvalue()


@dataclass(frozen=True)
class Bitmap:
    """A PNG or JPEG file, its width and its height in pixels."""

    data: bytes
    width: int
    height: int

    @property
    def ratio(self) -> float:
        """The width divided by the height."""
        return self.width / self.height

    @property
    def kind(self) -> str:
        """The file name extension of a deck's part that holds it: "png" or "jpg"."""
        return "png" if self.data.startswith(b"\x89PNG") else "jpg"


def logo_image(file: Path) -> Bitmap:
    """A logo as PNG or JPEG, which every PowerPoint can show. Raises as `read_logo` does."""
    return as_picture(read_logo(file))


def as_picture(logo: Logo) -> Bitmap:
    """A logo that has been read as PNG or JPEG."""
    if not logo.drawn:
        return Bitmap(logo.data, int(logo.width), int(logo.height))
    with Image.open(io.BytesIO(logo.drawn)) as image:
        return Bitmap(logo.drawn, image.width, image.height)


def poster_image(file: Path) -> io.BytesIO:
    """A video's poster for python-pptx, which does not support SVG."""
    data = raster.shown(read_svg(file)) if is_svg(file) else read_bitmap(file).data
    return io.BytesIO(data)


def draw_slide(svg: str, width: int) -> bytes:
    """The picture of a slide as PNG, with the files that it shows. Raises as `with_files` does."""
    own = [str(face.file) for face in every_slide_face() if f'"{face.family}"' in svg]
    return raster.draw(with_files(svg), width, fonts=[*slide_font_files(), *own])


def with_files(svg: str) -> str:
    """The picture of a slide with the files that it shows embedded: resvg loads no files.

    Raises `OSError` or `PictureError` if one of them can no longer be read.
    """
    return _FILE.sub(lambda found: _embedded(found[0]), svg)


def _embedded(address: str) -> str:
    file = Path(url2pathname(urlsplit(address).path))
    if is_svg(file):
        kind, data = "svg+xml", read_svg(file).data
    else:
        bitmap = read_bitmap(file)
        kind, data = bitmap.kind, bitmap.data
    return f"data:image/{kind};base64,{b64encode(data).decode()}"


def fitted(place: Box, ratio: float) -> Box:
    """The largest box of a shape that fits into a place, at its left.

    `ratio` is width divided by height; places are left, top, width and height in EMU.
    """
    left, top, width, height = place
    if ratio * height > width:
        high = round(width / ratio)
        return left, top + (height - high) // 2, width, high
    return left, top, round(ratio * height), height


def plate(logo: Box, room: Box) -> Box:
    """The white ground of a logo in its room, a little larger: on a dark slide, it sets it off."""
    left, top, width, height = logo
    edge = room[3] // 10
    return left - edge, top - edge, width + 2 * edge, height + 2 * edge


def mirrored(place: Box, whole: int) -> Box:
    """A place in the mirror image of a slide that is `whole` EMU wide."""
    left, top, width, height = place
    return whole - left - width, top, width, height


def logo_room(box: Box) -> Box:
    """The room for a logo inside the master's box for the name: at its left, in EMU."""
    left, top, width, height = box
    return left, top + _MARGIN, width // 4, height - 2 * _MARGIN


def beside_logo(box: Box, ratio: float) -> Box:
    """The rest of the box for the name, next to a logo; `ratio` is its width divided by height."""
    left, top, width, height = box
    taken = fitted(logo_room(box), ratio)[2] + _GAP
    return left + taken, top, width - taken, height
