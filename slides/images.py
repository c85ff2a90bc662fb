"""Pictures for slides: QR codes and logos, as PowerPoint can show them."""

import io
from functools import lru_cache
from pathlib import Path

from PIL import Image

from source import qr

#: Pixels for a module of a QR code: enough for a wall-sized picture.
_PIXELS = 16

#: The height in pixels at which an SVG logo is drawn: an inch and a half at 300 dpi.
_LOGO_HEIGHT = 450


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


def logo_image(file: Path) -> tuple[bytes, float]:
    """A logo as PNG or JPEG, which every PowerPoint shows, and its width in parts of its height."""
    if file.suffix.lower() == ".svg":
        import resvg_py

        # Text in a logo would depend on this machine's typefaces; content with it is refused.
        data = bytes(
            resvg_py.svg_to_bytes(svg_path=str(file), height=_LOGO_HEIGHT, skip_system_fonts=True)
        )
    else:
        data = file.read_bytes()
    with Image.open(io.BytesIO(data)) as image:
        return data, image.width / image.height


def fitted(place: tuple[int, int, int, int], ratio: float) -> tuple[int, int, int, int]:
    """The largest box of that width in parts of its height within a place, at its left.

    Both are left, top, width and height in EMU.
    """
    left, top, width, height = place
    if ratio * height > width:
        high = round(width / ratio)
        return left, top + (height - high) // 2, width, high
    return left, top, round(ratio * height), height
