"""Do the slides' QR codes and links lead where the pack says?"""

import io
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from PIL import Image

from pack.problems import Fault
from preflight.findings import Finding, Rule
from preflight.powerpoint.reader import PptxSlide
from preflight.powerpoint.shapes import Shape

READABLE = Rule("deck-code-readable", "ISO/IEC 18004")
SQUARE = Rule("deck-code-square", "ISO/IEC 18004, 6.3")
LARGE = Rule("deck-code-size", "house rule: slides")
ADDRESS = Rule("deck-code-address", "house rule: slides")
CODE_LINK = Rule("deck-code-link", "WCAG 2.1, 2.1.1")
PRINTED = Rule("deck-code-printed", "house rule: slides")
LINK = Rule("deck-link", "house rule: slides")

#: The least side of a code, in parts of the slide's height: it is scanned from the last row.
_SIDE = 0.45

_OURS = "Nothing in the content file can mend this: tell the person who looks after the program."


def check_codes(slide: PptxSlide, height: float, codes: Mapping[str, str]) -> Iterator[Finding]:
    """What is wrong with a slide's QR codes; `height` is the slide's in pt.

    `codes` are the addresses that codes may lead to, each with how it is printed.
    """
    for shape in slide.shapes:
        if shape.kind == "picture" and shape.name == "Code":
            yield from _shown(shape, slide, height)
            yield from _meant(shape, slide, codes)


def _shown(shape: Shape, slide: PptxSlide, height: float) -> Iterator[Finding]:
    left, top, right, bottom = shape.box
    wide, high = right - left, bottom - top
    if shape.cropped or abs(wide - high) > 0.01 * max(wide, high) or not _is_square(shape.image):
        what = f"the QR code is not shown whole and square: {wide:.0f} by {high:.0f} pt"
        remedy = "Make its box on the layout square in the template, as wide as it is high."
        yield Finding(SQUARE, slide.number, Fault(what, remedy), shape.link, spot=shape.box)
    if min(wide, high) < _SIDE * height:
        share = min(wide, high) / height
        what = f"the QR code takes {share:.0%} of the slide's height; {_SIDE:.0%} is the least"
        remedy = "Make its box on the layout larger in the template: it is scanned from afar."
        yield Finding(LARGE, slide.number, Fault(what, remedy), shape.link, spot=shape.box)


def _meant(shape: Shape, slide: PptxSlide, codes: Mapping[str, str]) -> Iterator[Finding]:
    address = decoded(shape.image)
    if address is None:
        what = "the QR code can't be read from its picture"
        yield Finding(READABLE, slide.number, Fault(what, _OURS), shape.link, spot=shape.box)
        return
    if address not in codes:
        what = f"the QR code opens {address}, which is no address of this pack"
        yield Finding(ADDRESS, slide.number, Fault(what, _OURS), address, spot=shape.box)
    elif codes[address] not in slide.text:
        what = f"“{codes[address]}”, where the QR code leads, is not written on the slide"
        remedy = "Give the layout a box “Address” in the template, for people who can't scan."
        yield Finding(PRINTED, slide.number, Fault(what, remedy), address, spot=shape.box)
    if shape.link != address:
        opens = f"opens {shape.link}" if shape.link else "opens nothing"
        what = f"a click on the QR code {opens}, but the code itself opens {address}"
        yield Finding(CODE_LINK, slide.number, Fault(what, _OURS), address, spot=shape.box)


def check_links(slide: PptxSlide, addresses: Collection[str]) -> Iterator[Finding]:
    """Links of a slide and its notes to anything but `addresses`; a code's is checked with it."""
    for shape in slide.shapes:
        for address in dict.fromkeys(shape.links):
            if address not in addresses and not (shape.name == "Code" and address == shape.link):
                leads = f"leads to {address}" if address else "leads nowhere"
                what = f"a link in “{shape.name}” {leads}, which is no address of this pack"
                yield Finding(LINK, slide.number, Fault(what, _OURS), address, spot=shape.box)
    for address in dict.fromkeys(slide.notes.links if slide.notes else ()):
        if address not in addresses:
            what = f"a link in the notes leads to {address}, which is no address of this pack"
            yield Finding(LINK, slide.number, Fault(what, _OURS), address)


def _is_square(image: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(image)) as picture:
            return picture.width == picture.height
    except OSError:
        return False


@lru_cache(maxsize=64)
def decoded(image: bytes) -> str | None:
    """What a picture of a QR code says; None if it can't be read."""
    import zxingcpp

    try:
        with Image.open(io.BytesIO(image)) as picture:
            gray = picture.convert("L")
    except OSError:
        return None
    kinds = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    # Ours are neither turned nor inverted; not to try that takes a tenth of the time.
    codes = zxingcpp.read_barcodes(
        gray, kinds, try_rotate=False, try_downscale=False, try_invert=False
    )
    return codes[0].text if len(codes) == 1 else None
