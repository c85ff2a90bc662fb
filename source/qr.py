"""An address as a QR code's matrix (ISO/IEC 18004 model 2); PDF and slides each draw it."""

from collections.abc import Iterator
from functools import lru_cache

Matrix = tuple[tuple[bool, ...], ...]

#: Light modules that must surround the code on every side (ISO/IEC 18004, 6.3.8).
QUIET_ZONE = 4


@lru_cache(maxsize=256)
def matrix(address: str) -> Matrix:
    """Rows of modules, True for dark, without the quiet zone.

    Error correction is level M, or better where that needs no larger code. Never a Micro QR
    code: telephones don't read it.
    """
    import segno

    code = segno.make_qr(address, error="m", boost_error=True)
    return tuple(tuple(module == 1 for module in row) for row in code.matrix)


@lru_cache(maxsize=256)
def path(address: str) -> tuple[str, int]:
    """The dark modules as an SVG path, and the side of the code with its quiet zone.

    Both in modules; the path leaves the quiet zone free on all sides.
    """
    rows = matrix(address)
    pieces = [
        f"M{start + QUIET_ZONE} {y + QUIET_ZONE}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _dark_stretches(row)
    ]
    return "".join(pieces), len(rows) + 2 * QUIET_ZONE


def _dark_stretches(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Where dark modules stand side by side: start and length."""
    start = None
    for x, dark in enumerate((*row, False)):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            yield start, x - start
            start = None
