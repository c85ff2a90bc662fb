"""QR codes: phones can read the address, and the code has the shape that the standard requires."""

import pytest
import segno
import zxingcpp
from PIL import Image

from pack.qr import QUIET_ZONE, Matrix, matrix

ADDRESSES = [
    "https://tips.fbi.gov",
    "https://988lifeline.org/",
    "https://www.fbi.gov/how-we-can-help-you/safety-resources/scams-and-safety/common-scams-and-crimes/sextortion",
    "https://www.fbi.gov/?a=b%20c&d=%C3%A9#e",
    "HTTPS://WWW.FBI.GOV/",
    "https://a.org/" + "x" * 1000,
    "1",
]
FINDER = (
    "#######",
    "#.....#",
    "#.###.#",
    "#.###.#",
    "#.###.#",
    "#.....#",
    "#######",
)


def picture(rows: Matrix, scale: int = 4) -> Image.Image:
    """The code as printed: dark on white, with its quiet zone."""
    size = len(rows) + 2 * QUIET_ZONE
    image = Image.new("L", (size, size), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + QUIET_ZONE, y + QUIET_ZONE), 0)
    return image.resize((size * scale, size * scale), Image.Resampling.NEAREST)


def read(address: str) -> zxingcpp.Barcode:
    """What a phone reads from the code of an address."""
    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    (found,) = zxingcpp.read_barcodes(picture(matrix(address)), formats)
    return found


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[:30])
def test_a_reader_finds_the_address_in_the_code(address: str) -> None:
    found = read(address)
    assert found.text == address


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[:30])
def test_the_error_correction_is_medium_or_better(address: str) -> None:
    found = read(address)
    assert found.ec_level in ("M", "Q", "H")


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[:30])
def test_the_code_is_a_square_of_a_size_that_the_standard_has(address: str) -> None:
    rows = matrix(address)
    assert all(len(row) == len(rows) for row in rows)
    assert len(rows) in range(21, 178, 4)
    assert set(b"".join(rows)) == {0, 1}


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[:30])
def test_three_corners_hold_the_pattern_that_telephones_look_for(address: str) -> None:
    rows = matrix(address)

    def corner(top: int, left: int) -> tuple[str, ...]:
        return tuple(
            "".join("#" if module else "." for module in row[left : left + 7])
            for row in rows[top : top + 7]
        )

    end = len(rows) - 7
    assert corner(0, 0) == corner(0, end) == corner(end, 0) == FINDER
    assert corner(end, end) != FINDER


def test_the_quiet_zone_is_not_part_of_the_rows() -> None:
    rows = matrix(ADDRESSES[0])
    assert rows[0][0] and rows[-1][0] and rows[0][-1]
    assert QUIET_ZONE == 4


def test_a_short_address_is_never_a_micro_code() -> None:
    assert len(matrix("1")) == 21


def test_better_error_correction_never_makes_the_code_larger() -> None:
    # Version 1 holds 14 bytes at level M (ISO/IEC 18004, table 7).
    assert len(matrix("http://abc.org")) == 21
    assert len(matrix("http://abcd.org")) == 25


def test_one_address_has_one_code() -> None:
    assert matrix(ADDRESSES[0]) == matrix(ADDRESSES[0])
    assert matrix(ADDRESSES[0]) != matrix(ADDRESSES[1])


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[:30])
def test_another_maker_needs_as_many_modules_for_as_much_error_correction(address: str) -> None:
    other = segno.make_qr(address, error="m", boost_error=True)
    assert len(matrix(address)) == len(other.matrix)
    assert read(address).ec_level == other.error
