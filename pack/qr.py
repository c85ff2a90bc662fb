"""An address as the matrix of a QR code (ISO/IEC 18004 model 2); PDF and slides draw it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

#: Rows of modules: 1 for dark, 0 for light.
Matrix = tuple[bytes, ...]

#: Light modules that must surround the code on every side (ISO/IEC 18004, 6.3.8).
QUIET_ZONE = 4

#: Translates pixels, where 0 is dark, to modules.
_DARK = bytes([1]) + bytes(255)


@lru_cache(maxsize=256)
def matrix(address: str) -> Matrix:
    """A QR code without its quiet zone.

    Error correction is level M, or better if that makes the code no larger. Never a Micro QR code,
    which phones can't read.
    """
    picture = _encoded(address, "M")
    for level in ("Q", "H"):
        better = _encoded(address, level)
        if better.shape != picture.shape:
            break
        picture = better
    side, pixels = picture.shape[0], picture.tobytes().translate(_DARK)
    return tuple(pixels[at : at + side] for at in range(0, side * side, side))


def _encoded(address: str, level: str) -> Any:
    """A picture with one pixel per module, 0 for dark.

    zxing-cpp writes with Zint and reads with ZXing, two programs by different authors, so a fault
    in one is noticed by the other. (We tried segno: it takes eight times as long, and pads data
    with a zero byte that ISO/IEC 18004, 7.4.10 does not have; its issues 123 and 148.)
    """
    import zxingcpp

    kind = zxingcpp.BarcodeFormat.QRCodeModel2
    code = zxingcpp.create_barcode(address, kind, ec_level=level)
    return memoryview(code.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]


@lru_cache(maxsize=256)
def path(address: str) -> tuple[str, int]:
    """The dark modules as an SVG path, and the side length of the code with its quiet zone.

    Both in modules; the path leaves the quiet zone empty on all sides.
    """
    rows = matrix(address)
    pieces = [
        f"M{left + QUIET_ZONE} {top + QUIET_ZONE}h{width}v{height}h-{width}z"
        for left, top, width, height in _rectangles(rows)
    ]
    return "".join(pieces), len(rows) + 2 * QUIET_ZONE


def _rectangles(rows: Matrix) -> Iterator[tuple[int, int, int, int]]:
    """The dark modules as few rectangles: left, top, width and height."""
    drawn: set[tuple[int, int]] = set()
    for top, row in enumerate(rows):
        for left, dark in enumerate(row):
            if not dark or (left, top) in drawn:
                continue
            right, bottom = left, top
            while right < len(row) and row[right] and (right, top) not in drawn:
                right += 1
            while bottom < len(rows) and all(rows[bottom][left:right]):
                bottom += 1
            drawn |= {(x, y) for x in range(left, right) for y in range(top, bottom)}
            yield left, top, right - left, bottom - top
