"""An address as a QR code's matrix (ISO/IEC 18004 model 2); PDF and slides each draw it."""

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
