"""Pictures as PDF objects: a school's logo, and the QR code of its page."""

import io
import zlib
from dataclasses import dataclass
from functools import lru_cache

from source import qr

#: Stands for the number of an object of the same picture, counted from 0.
_REFERENCE = b"\x00%d\x00"


@dataclass(frozen=True)
class Drawing:
    """A picture as one or more objects of a PDF, the first of them the picture itself.

    It fills the unit square, as images do (ISO 32000-1, 8.9.5.1). `ratio` is its width to its
    height; `objects` refer to one another by places that `numbered` fills in.
    """

    objects: tuple[bytes, ...]
    ratio: float

    def numbered(self, numbers: tuple[int, ...]) -> tuple[bytes, ...]:
        """The objects, with the numbers that they get in a file."""
        objects = self.objects
        for at, number in enumerate(numbers):
            objects = tuple(one.replace(_REFERENCE % at, b"%d 0 R" % number) for one in objects)
        return objects


def stream(dictionary: bytes, data: bytes) -> bytes:
    """A stream object without its number; longer data are compressed."""
    if len(data) > 200:
        data, dictionary = zlib.compress(data), dictionary + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (dictionary, len(data), data)


@lru_cache(maxsize=256)
def code(address: str) -> Drawing:
    """A QR code with its quiet zone, black on white."""
    rows = qr.matrix(address)
    size = len(rows) + 2 * qr.QUIET_ZONE
    cuts = (
        b"%d %d %d %d re"
        % (left + qr.QUIET_ZONE, size - qr.QUIET_ZONE - top - height, width, height)
        for left, top, width, height in qr.rectangles(rows)
    )
    content = b"1 g\n0 0 %d %d re\nf\n0 g\n%s\nf" % (size, size, b"\n".join(cuts))
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 %d %d]/Matrix[%.8f 0 0 %.8f 0 0]" % (
        size,
        size,
        1 / size,
        1 / size,
    )
    return Drawing((stream(form, content),), 1)


def modules(address: str) -> int:
    """How many modules a code has along each side, without its quiet zone."""
    return len(qr.matrix(address))


def raster(data: bytes) -> Drawing:
    """A PNG or JPEG file as an image. A JPEG's data stay as they are."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as image:
        size = (
            b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/Interpolate true"
            % image.size
        )
        ratio = image.width / image.height
        turned = image.getexif().get(0x0112, 1) != 1
        if image.format == "JPEG" and image.mode in ("L", "RGB") and not turned:
            space = b"/ColorSpace/DeviceGray" if image.mode == "L" else b"/ColorSpace/DeviceRGB"
            head = size + space + b"/Filter/DCTDecode/Length %d" % len(data)
            return Drawing((b"<<%s>>\nstream\n%s\nendstream" % (head, data),), ratio)
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    size = (
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/Interpolate true"
        % upright.size
    )
    color = upright.convert("RGB").tobytes()
    alpha = upright.getchannel("A")
    image_head = size + b"/ColorSpace/DeviceRGB"
    if alpha.getextrema()[0] == 255:
        return Drawing((stream(image_head, color),), upright.width / upright.height)
    masked = image_head + b"/SMask " + _REFERENCE % 1
    mask = stream(size + b"/ColorSpace/DeviceGray", alpha.tobytes())
    return Drawing((stream(masked, color), mask), upright.width / upright.height)
