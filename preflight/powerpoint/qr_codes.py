"""Do the slides' QR codes and links go where the pack says?"""

import io
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from PIL import Image

from pack.isolates import without_marks
from pack.problems import Fault
from pack.types import BRIEF, short_address
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

#: The minimum side of a code as a fraction of the slide's height, to scan it from the last row.
_MIN_SIDE = 0.45

_OURS = "You can't fix this in the content file: tell the person who maintains the program."


def check_codes(slide: PptxSlide, height: float, codes: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what is wrong with a slide's QR codes; `height` is the slide's in pt.

    `codes` maps the addresses that codes may open to the form in which they are printed.
    """
    for shape in slide.shapes:
        if shape.kind == "picture" and shape.name == "Code":
            yield from _shown(shape, slide, height)
            yield from _meant(shape, slide, codes)


def _shown(shape: Shape, slide: PptxSlide, height: float) -> Iterator[Finding]:
    left, top, right, bottom = shape.box
    wide, high = right - left, bottom - top
    if shape.cropped or abs(wide - high) > 0.01 * max(wide, high) or not _is_square(shape.image):
        what = f"the QR code is cropped or not square: {wide:.0f} by {high:.0f} pt"
        remedy = "Make its box square on the layout in the template."
        yield Finding(SQUARE, slide.number, Fault(what, remedy), shape.link, spot=shape.box)
    if min(wide, high) < _MIN_SIDE * height:
        share = min(wide, high) / height
        what = f"the QR code takes up {share:.0%} of the slide's height, "
        what += f"but needs at least {_MIN_SIDE:.0%}"
        remedy = "Make its box larger on the layout in the template: it is scanned from a distance."
        yield Finding(LARGE, slide.number, Fault(what, remedy), shape.link, spot=shape.box)


def _meant(shape: Shape, slide: PptxSlide, codes: Mapping[str, str]) -> Iterator[Finding]:
    address = decoded(shape.image)
    if address is None:
        what = "the QR code can't be read"
        yield Finding(READABLE, slide.number, Fault(what, _OURS), shape.link, spot=shape.box)
        return
    if address not in codes:
        what = f"the QR code opens {address}, which is not in this pack"
        yield Finding(ADDRESS, slide.number, Fault(what, _OURS), address, spot=shape.box)
    elif not _stands_in(slide.text, codes[address], short_address(address, BRIEF)):
        what = f"“{codes[address]}”, which the QR code opens, is not written on the slide"
        remedy = "Add a box “Address” to the layout in the template, for people who can't scan."
        yield Finding(PRINTED, slide.number, Fault(what, remedy), address, spot=shape.box)
    if shape.link != address:
        opens = f"opens {shape.link}" if shape.link else "opens nothing"
        what = f"clicking the QR code {opens}, but scanning it opens {address}"
        yield Finding(CODE_LINK, slide.number, Fault(what, _OURS), address, spot=shape.box)


def _stands_in(text: str, *forms: str) -> bool:
    """Whether an address is on a slide, in one of these forms; it may be broken across lines."""
    written = "".join(without_marks(text).split())
    return any("".join(form.split()) in written for form in forms)


def check_links(slide: PptxSlide, addresses: Collection[str]) -> Iterator[Finding]:
    """Links on a slide and in its notes to anything but `addresses`, except links of QR codes."""
    for shape in slide.shapes:
        for address in dict.fromkeys(shape.links):
            if address not in addresses and not (shape.name == "Code" and address == shape.link):
                target = f"{address}, which is not in this pack" if address else "nothing"
                what = f"a link in “{shape.name}” opens {target}"
                yield Finding(LINK, slide.number, Fault(what, _OURS), address, spot=shape.box)
    for address in dict.fromkeys(slide.notes.links if slide.notes else ()):
        if address not in addresses:
            what = f"a link in the notes opens {address}, which is not in this pack"
            yield Finding(LINK, slide.number, Fault(what, _OURS), address)


def _is_square(image: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(image)) as picture:
            return picture.width == picture.height
    except OSError:
        return False


@lru_cache(maxsize=64)
def decoded(image: bytes) -> str | None:
    """The content of a QR code in a picture; None if it can't be read."""
    import zxingcpp

    try:
        with Image.open(io.BytesIO(image)) as picture:
            gray = picture.convert("L")
    except OSError:
        return None
    kinds = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    # Our codes are neither rotated nor inverted; skipping these attempts is ten times as fast.
    codes = zxingcpp.read_barcodes(
        gray, kinds, try_rotate=False, try_downscale=False, try_invert=False
    )
    return codes[0].text if len(codes) == 1 else None
