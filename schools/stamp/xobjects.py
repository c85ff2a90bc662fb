"""Pictures as PDF objects: a school's logo, and the QR code of its page."""

import io
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache

from pack import qr

#: zlib's level: a third of the time of the default 6, for a few hundred bytes more.
_LEVEL = 3

_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")

#: Adjacent dark modules in a row.
_DARK = re.compile(b"\1+")


@dataclass(frozen=True)
class XObject:
    """A picture as one or more objects of a PDF; the first is the picture itself.

    It fills the unit square, as images do (ISO 32000-1, 8.9.5.1). `ratio` is its width divided by
    its height. Each object is a stream's dictionary and data, or an object without data. References
    between them are by position: "1 0 R" is the second object.
    """

    objects: tuple[tuple[bytes, bytes | None], ...]
    ratio: float

    def numbered(self, numbers: tuple[int, ...]) -> tuple[bytes, ...]:
        """The objects, with their numbers in a file."""

        def number(match: re.Match[bytes]) -> bytes:
            return b"%d 0 R" % numbers[int(match[1])]

        return tuple(
            _object(_REFERENCE.sub(number, head), data) if len(numbers) > 1 else _object(head, data)
            for head, data in self.objects
        )


def stream(entries: bytes, data: bytes) -> bytes:
    """A stream object with these dictionary entries; longer data are compressed."""
    return _object(*_packed(entries, data))


def _packed(entries: bytes, data: bytes) -> tuple[bytes, bytes]:
    if len(data) > 200:
        data, entries = zlib.compress(data, _LEVEL), entries + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>" % (entries, len(data)), data


def _object(head: bytes, data: bytes | None) -> bytes:
    return head if data is None else b"%s\nstream\n%s\nendstream" % (head, data)


@lru_cache(maxsize=256)
def code(address: str) -> XObject:
    """A QR code with its quiet zone, black on white."""
    rows = qr.matrix(address)
    size = len(rows) + 2 * qr.QUIET_ZONE
    dark = b"\n".join(
        b"%d %d %d 1 re" % (run.start() + qr.QUIET_ZONE, size - qr.QUIET_ZONE - top, len(run[0]))
        for top, row in enumerate(rows, start=1)
        for run in _DARK.finditer(row)
    )
    content = b"1 g\n0 0 %d %d re\nf\n0 g\n%s\nf" % (size, size, dark)
    return XObject((_packed(_form(size, size), content),), 1)


def modules(address: str) -> int:
    """The number of modules on each side of a code, without its quiet zone."""
    return len(qr.matrix(address))


def raster(data: bytes) -> XObject:
    """A PNG or JPEG file as an image. JPEG data are kept where possible."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as image:
        turned = image.getexif().get(0x0112, 1) != 1
        if image.format == "JPEG" and image.mode in ("L", "RGB") and not turned:
            space = b"/DeviceGray" if image.mode == "L" else b"/DeviceRGB"
            entries = _image(image.size, space) + b"/Filter/DCTDecode"
            head = b"<<%s/Length %d>>" % (entries, len(data))
            return XObject(((head, data),), image.width / image.height)
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    alpha = upright.getchannel("A")
    color = upright.convert("RGB").tobytes()
    ratio = upright.width / upright.height
    entries = _image(upright.size, b"/DeviceRGB")
    if alpha.getextrema()[0] == 255:
        return XObject((_packed(entries, color),), ratio)
    mask = _packed(_image(upright.size, b"/DeviceGray"), alpha.tobytes())
    return XObject((_packed(entries + b"/SMask 1 0 R", color), mask), ratio)


def vector(data: bytes) -> XObject:
    """The first page of a PDF as a form, without its marks for the structure tree."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        _, _, width, height = map(float, page.mediabox)
        drawn = [
            one
            for one in pikepdf.parse_content_stream(page)
            if str(one.operator) not in ("BMC", "BDC", "EMC")
        ]
        content = pikepdf.unparse_content_stream(drawn)
        known = {one.objgen[0]: one for one in pdf.objects}
        order = [0]

        def number(match: re.Match[bytes]) -> bytes:
            if (old := int(match[1])) not in order:
                order.append(old)
            return b"%d 0 R" % order.index(old)

        resources = _REFERENCE.sub(number, page.Resources.unparse(resolved=True))
        objects: list[tuple[bytes, bytes | None]] = []
        while len(objects) < len(order) - 1:
            one = known[order[len(objects) + 1]]
            if isinstance(one, pikepdf.Stream):
                head = _REFERENCE.sub(number, one.stream_dict.unparse())
                objects.append((head, one.read_raw_bytes()))
            else:
                objects.append((_REFERENCE.sub(number, one.unparse(resolved=True)), None))
    entries = _form(width, height) + b"/Resources " + resources
    return XObject((_packed(entries, content), *objects), width / height)


def _form(width: float, height: float) -> bytes:
    box = b"/BBox[0 0 %.6g %.6g]/Matrix[%.8g 0 0 %.8g 0 0]" % (width, height, 1 / width, 1 / height)
    return b"/Type/XObject/Subtype/Form" + box


def _image(size: tuple[int, int], space: bytes) -> bytes:
    return (
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/Interpolate true" % size
        + b"/ColorSpace"
        + space
    )
