"""Pictures made to take forever, or all memory: each kind is refused with a remedy, or drawn."""

import io
import struct
import zlib
from base64 import b64encode
from pathlib import Path

import pytest
from PIL import Image

from handouts.weasy.svg_logo import printed
from pack.logos import read_logo
from pack.pictures import PictureError, read_bitmap

INK = '<rect width="100" height="50" fill="#036"/>'
_PARTS = "more than 100,000 parts"
_STYLES = "style sheets that take too long"
_FILTERS = "filters (such as blurs or textures) that take too long"
_DRAW = "takes too much time or memory to draw"


def _svg(folder: Path, inside: str) -> Path:
    file = folder / "logo.svg"
    file.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 100 50">{inside}{INK}</svg>'
    )
    return file


def _refused(file: Path) -> str:
    with pytest.raises(PictureError) as caught:
        read_logo(file)
    assert "\n" not in caught.value.fault.what
    assert "PNG" in caught.value.fault.remedy
    return caught.value.fault.what


def _png(width: int, height: int, extra: bytes = b"") -> bytes:
    """A PNG file with one bit per pixel, all black, and a chunk more."""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    rows = zlib.compress(bytes((width + 7) // 8 + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + header + extra + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _nested(container: str, attribute: str, style: bool = False) -> str:
    """Nine elements, each of which shows the one before ten times: a billion in all."""
    found = f'<{container} id="a0" width="9" height="9">{INK}</{container}>'
    for level in range(1, 10):
        name = f"url(#a{level - 1})"
        how = f'class="c{level}"' if style else f'{attribute}="{name}"'
        sheet = f"<style>.c{level}{{{attribute}:{name}}}</style>" if style else ""
        shapes = f'<rect {how} width="100" height="50"/>' * 10
        found += f'{sheet}<{container} id="a{level}" width="9" height="9">{shapes}</{container}>'
    return f'{found}<rect {attribute}="url(#a9)" width="100" height="50"/>'


@pytest.mark.parametrize("style", [False, True])
@pytest.mark.parametrize(
    ("container", "attribute"),
    [
        ("pattern", "fill"),
        ("pattern", "stroke"),
        ("mask", "mask"),
        ("clipPath", "clip-path"),
        ("marker", "marker-start"),
    ],
)
def test_parts_that_show_parts_are_counted_each_time(
    container: str, attribute: str, style: bool, tmp_path: Path
) -> None:
    assert _PARTS in _refused(_svg(tmp_path, _nested(container, attribute, style)))


_ZIGZAG = "M0 0" + "L9 9 0 9" * 20_000


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        # What a group passes on to its parts is drawn for each of them.
        (f'<marker id="m">{INK * 9}</marker><g marker-mid="url(#m)"><path d="{_ZIGZAG}"/></g>',
         _PARTS),
        (f'<pattern id="p">{INK * 999}</pattern><g fill="url(#p)">{INK * 999}</g>', _PARTS),
        (f'<style>*{{marker:url(#m)}}</style><marker id="m">{INK * 9}</marker>'
         f'<path d="{_ZIGZAG}"/>', _PARTS),
        ('<linearGradient id="g">' + "<stop/>" * 9999 + "</linearGradient>"
         + '<rect fill="url(#g)" width="9" height="9"/>' * 20, _PARTS),
        ("<a/>" * 500_000, _PARTS),
        ('<g id="a0">' + f'<path d="{_ZIGZAG}"/>' * 9 + "</g>" + '<use href="#a0"/>' * 20,
         "outlines of more than 20 million characters"),
        ('<filter id="f"><feTurbulence numOctaves="2000000000"/></filter>', _FILTERS),
        ('<filter id="f"><feMorphology radius="1e9"/></filter>', _FILTERS),
        ('<filter id="f"><feConvolveMatrix order="1000"/></filter>', _FILTERS),
        ('<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>'
         + '<rect filter="url(#f)" width="9" height="9"/>' * 300, _FILTERS),
        ("<style>" + "g " * 20 + "a{fill:red}</style>" + "<g>" * 50 + "</g>" * 50, _STYLES),
        ("<style>" + ".a .b .c{fill:red}" * 10_000 + "</style>" + INK * 5000, _STYLES),
        ("<style>." + "a" * 300_000 + "{fill:red}</style>", _STYLES),
        # Not foreseen, but stopped: a tile of terabytes, and numbers that resvg can't take.
        ('<pattern id="p" width="1e5" height="1e5" patternUnits="userSpaceOnUse">'
         f'{INK}</pattern><rect fill="url(#p)" width="100" height="50"/>', _DRAW),
        ('<path transform="scale(1e30)" d="M0 0 1e30 1 1 1z"/>'
         '<rect stroke-width="1e30" stroke="red" width="1e30" height="1e30"/>', "can't be drawn"),
        ('<style>a{fill:rgb(' + " " * 100_000 + "1}</style>" + "<g>" * 90 + "</g>" * 90,
         "nested more than 64 levels"),
    ],
)  # fmt: skip
def test_a_drawing_that_would_take_too_long_is_refused(
    inside: str, what: str, tmp_path: Path
) -> None:
    assert what in _refused(_svg(tmp_path, inside))


def test_pictures_inside_a_drawing_are_counted_each_time(tmp_path: Path) -> None:
    data = b64encode(_png(6000, 6000)).decode()
    image = f'<image id="i" width="9" height="9" href="data:image/png;base64,{data}"/>'
    assert "more than 100 megapixels" in _refused(_svg(tmp_path, image + '<use href="#i"/>' * 2))


def test_a_drawing_is_drawn_after_one_that_could_not_be(tmp_path: Path) -> None:
    test_a_drawing_that_would_take_too_long_is_refused(
        '<pattern id="p" width="1e6" height="1e6" patternUnits="userSpaceOnUse">'
        f'{INK}</pattern><rect fill="url(#p)" width="100" height="50"/>', _DRAW, tmp_path
    )  # fmt: skip
    assert read_logo(_svg(tmp_path, "")).drawn.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "inside",
    [
        '<linearGradient id="g" spreadMethod="repeat" gradientUnits="userSpaceOnUse" x2="1e-6">'
        '<stop stop-color="#a00"/><stop offset="1"/></linearGradient><path fill="url(#g)" d="h9"/>',
        '<linearGradient id="g">' + "<stop/>" * 300 + "</linearGradient>",
        '<pattern id="p" width="1e-3" height="1e-3"><rect width="1" height="1"/></pattern>'
        '<rect fill="url(#p)" width="100" height="50"/>',
        '<style>:not(:has(g)){stroke:red}</style>',
        f'<path d="{"M0 0" + "l9 9 0 9" * 70_000}"/>',
        '<rect width="9" height="9"/>' * 11_000,
    ],
)  # fmt: skip
def test_what_only_resvg_draws_in_time_is_printed_as_a_picture(inside: str, tmp_path: Path) -> None:
    logo = read_logo(_svg(tmp_path, inside))
    assert printed(logo) == (logo.drawn, "image/png")


# Bitmaps


def _gif() -> bytes:
    """Ten thousand frames."""
    out = io.BytesIO()
    Image.new("P", (300, 300)).save(out, "GIF")
    whole = out.getvalue()
    frame = whole[whole.index(b",") : -1]
    return whole[:-1] + frame * 10_000 + b";"


def _many_scans(times: int) -> bytes:
    """A JPEG file that writes its pixels again and again."""
    out = io.BytesIO()
    Image.new("L", (5000, 2000)).save(out, "JPEG", progressive=True)
    whole = out.getvalue()
    last = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + last * times + whole[-2:]


def _webp() -> bytes:
    out = io.BytesIO()
    Image.new("L", (6000, 4200)).save(out, "WEBP", method=0)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (_png(9, 9).replace(struct.pack(">II", 9, 9), struct.pack(">II", 50_000, 50_000)),
         "damaged"),  # its checksum is wrong
        (_png(60_000, 1000), "more than 50 megapixels"),
        (_webp(), "more than 25 megapixels"),
        (_png(400, 400, _chunk(b"iCCP", b"k\0\0" + zlib.compress(bytes(50_000_000)))), "damaged"),
        (_many_scans(300), "this JPEG picture takes too long to open"),
        (_many_scans(10)[:900], "damaged"),
        (b"II*\0" + b"\xff" * 999, "in the format TIFF"),
    ],
    ids=["wrong size", "pixels", "webp", "profile", "scans", "truncated", "tiff"],
)  # fmt: skip
def test_a_picture_that_swells_is_refused(data: bytes, what: str, tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(data)
    with pytest.raises(PictureError) as caught:
        read_bitmap(file)
    assert what in caught.value.fault.what
    assert caught.value.fault.remedy


def test_many_frames_and_scans_are_no_reason_to_refuse_a_picture(tmp_path: Path) -> None:
    file = tmp_path / "logo.gif"
    file.write_bytes(_gif())
    assert read_bitmap(file).size == (300, 300)
    file.write_bytes(_many_scans(20))
    assert read_bitmap(file).size == (5000, 2000)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_damaged_metadata_is_ignored(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "logo.x"
    Image.new("RGB", (420, 100)).save(file, kind, exif=b"Exif\0\0neither end of the egg")
    assert read_bitmap(file).size == (420, 100)
