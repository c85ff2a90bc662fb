"""Pictures for slides: QR codes, logos and posters, as PowerPoint can show them; slides as PNG."""

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
from pack.pictures import is_svg
from pack.svg_sanitizer import read_svg
from pack.theme import slide_font_files

#: Left, top, width and height in EMU.
Box = tuple[int, int, int, int]

#: Pixels for a module of a QR code: enough for a wall-sized picture.
_PIXELS = 16

#: What stays free between a logo on the master and the name beside it, and around it, in EMU.
_GAP, _MARGIN = 76200, 25400

#: A file that the picture of a slide shows (`slide_svg`).
_FILE = re.compile(r'(?<=<image href=")file:[^"]+')


@lru_cache(maxsize=64)
def code_png(address: str) -> bytes:
    """A QR code with its quiet zone, one bit a pixel."""
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
        """The width in parts of the height."""
        return self.width / self.height

    @property
    def kind(self) -> str:
        """What a part of a deck that holds it is called at its end: "png" or "jpg"."""
        return "png" if self.data.startswith(b"\x89PNG") else "jpg"


def logo_image(file: Path) -> Bitmap:
    """A logo as PNG or JPEG, which every PowerPoint shows. Raises as `read_logo` does."""
    return as_picture(read_logo(file))


def as_picture(logo: Logo) -> Bitmap:
    """The same of a logo that was read."""
    if not logo.drawn:
        return Bitmap(logo.data, int(logo.width), int(logo.height))
    with Image.open(io.BytesIO(logo.drawn)) as image:
        return Bitmap(logo.drawn, image.width, image.height)


def poster_image(file: Path) -> str | io.BytesIO:
    """A video's poster as python-pptx takes it, which knows no SVG."""
    return io.BytesIO(raster.shown(read_svg(file))) if is_svg(file) else str(file)


def draw_slide(svg: str, width: int) -> bytes:
    """The picture of a slide as PNG, with the files that it shows. Raises as `with_files` does."""
    return raster.draw(with_files(svg), width, fonts=slide_font_files())


def with_files(svg: str) -> str:
    """The picture of a slide with the files that it shows inside it: resvg loads none.

    Raises `OSError` or `PictureError` if one of them is no longer as it was.
    """
    return _FILE.sub(lambda found: _inside(found[0]), svg)


def _inside(address: str) -> str:
    file = Path(url2pathname(urlsplit(address).path))
    if is_svg(file):
        kind, data = "svg+xml", read_svg(file).data
    else:
        data = file.read_bytes()
        kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{b64encode(data).decode()}"


def fitted(place: Box, ratio: float) -> Box:
    """The largest box of that width in parts of its height within a place, at its left.

    Both are left, top, width and height in EMU.
    """
    left, top, width, height = place
    if ratio * height > width:
        high = round(width / ratio)
        return left, top + (height - high) // 2, width, high
    return left, top, round(ratio * height), height


def logo_room(box: Box) -> Box:
    """Where a logo may stand inside the master's box for the name: at its left, in EMU."""
    left, top, width, height = box
    return left, top + _MARGIN, width // 4, height - 2 * _MARGIN


def beside_logo(box: Box, ratio: float) -> Box:
    """What a logo of that width in parts of its height leaves of the box for the name."""
    left, top, width, height = box
    taken = fitted(logo_room(box), ratio)[2] + _GAP
    return left + taken, top, width - taken, height
