"""Preflight of QR codes as a phone sees them: read from an image of the page.

A code inside a picture that is at least four times as large, such as a small slide in a
presenter's guide, is part of that picture: only its address is checked.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import zxingcpp
from PIL import Image

from pack.contrast import luminance
from pack.isolates import has_right_to_left
from pack.problems import Fault
from pack.qr import QUIET_ZONE
from preflight.findings import Finding, Rule, Spot
from preflight.pdf.page_view import SCALE, Closeup, PageView, common, cut
from preflight.pdf.printed_rows import printed_rows

ADDRESS = Rule("qr-address", "house rule: print")
ABSENT = Rule("qr-absent", "house rule: print")
KIND = Rule("qr-kind", "ISO/IEC 18004, 5.1")
LEVEL = Rule("qr-level", "ISO/IEC 18004, 7.5.1")
SIDE = Rule("qr-side", "house rule: print")
MODULE = Rule("qr-module", "house rule: print")
ASKEW = Rule("qr-askew", "house rule: print")
QUIET = Rule("qr-quiet-zone", "ISO/IEC 18004, 6.3.8")
CONTRAST = Rule("qr-contrast", "ISO/IEC 15415, 7.8.3")
ROBUST = Rule("qr-robust", "house rule: print")
PRINTED = Rule("qr-printed-address", "house rule: print")

#: The minimum side of a module in mm.
MIN_MODULE = 0.5

#: The minimum contrast of light and dark modules, as a fraction of white: grade A (ISO/IEC 15415).
_MIN_CONTRAST = 0.7

#: The tolerance of measured sides: a side counts as large enough from this fraction on.
_TOLERANCE = 0.98

#: A picture this many times as large as a code shows more than the code and its quiet zone.
_PICTURE = 4

#: The resolutions in dpi of a second look, and at which a code is measured.
_SECOND_DPI, _FINE_DPI = 200, 300

#: Modules with fewer pixels per side at 100 dpi are given a second look.
_FEW_PIXELS = 2.2


@dataclass(frozen=True)
class FoundCode:
    """A code on a page: its address, its symbol's box and shorter side in pt, its modules per side.

    `level` is its error correction: L, M, Q or H.
    """

    address: str
    box: Spot
    side: float
    askew: bool
    modules: int
    level: str
    micro: bool

    @property
    def module(self) -> float:
        """The side of a module in pt."""
        return self.side / self.modules

    def with_room(self, modules: float) -> Spot:
        """The box of the symbol with this many modules around it."""
        room = modules * self.module
        left, top, right, bottom = self.box
        return left - room, top - room, right + room, bottom + room


def find_codes(view: PageView) -> list[FoundCode]:
    """The QR codes on a page that can be read at 100 dpi, dark on light only."""
    return [_code(found, SCALE, (0, 0)) for found in _read(view.picture.convert("L"))]


def look_again(view: PageView) -> list[FoundCode]:
    """The QR codes on a page that can be read at 200 dpi: also those with very small modules."""
    fine = view.closer((0, 0, *view.size), _SECOND_DPI)
    return [_code(found, fine.scale, fine.origin) for found in _read(fine.image)]


def absent_codes(addresses: Mapping[str, str], seen: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each expected address that no code in the file opens."""
    for address in sorted(addresses.keys() - set(seen)):
        what = f"there is no readable QR code that opens “{address}”"
        remedy = "Show the code in black on white, with nothing on top of it."
        yield Finding(ABSENT, 0, Fault(what, remedy), address)


def check_codes(
    view: PageView, codes: Iterable[FoundCode], addresses: Mapping[str, str], side: float
) -> Iterator[Finding]:
    """Yield what is wrong with the codes of a page. `side` is the minimum symbol side in pt."""
    for code in codes:
        faults: Iterator[tuple[Rule, Fault]]
        if code.address not in addresses:
            faults = iter([_strange(code)])
        elif code.micro:
            faults = iter([_is_micro(code)])
        elif _is_in_picture(view, code):
            continue
        else:
            faults = _faults(view, code, addresses[code.address], side)
        for rule, fault in faults:
            yield Finding(rule, view.number, fault, code.address, spot=code.box)


def _faults(
    view: PageView, code: FoundCode, printed: str, side: float
) -> Iterator[tuple[Rule, Fault]]:
    name = f"the QR code that opens “{code.address}”"
    fine, code = _measured(view, code)
    module = code.module / 72 * 25.4
    if code.side < _TOLERANCE * side:
        what = f"{name} is only {code.side / 72:.2f} in wide"
        yield SIDE, Fault(what, f"Print it {side / 72:.2g} in wide or wider.")
    if module < _TOLERANCE * MIN_MODULE:
        what = f"the squares of {name} are only {module:.2f} mm wide"
        remedy = f"Print it larger, or use a shorter address: {MIN_MODULE} mm or more."
        yield MODULE, Fault(what, remedy)
    if code.level == "L":
        what = f"{name} can't be read if a small part of it is dirty (level L)"
        yield LEVEL, Fault(what, "Make it with error correction level M or higher.")
    if code.askew:
        yield ASKEW, Fault(f"{name} is tilted", "Print it upright.")
    elif not _is_quiet(fine, code):
        what = f"there is not enough white space around {name}"
        yield (
            QUIET,
            Fault(what, f"Leave {QUIET_ZONE} of its squares free on each side."),
        )
    contrast = _contrast(fine, code)
    if contrast < _MIN_CONTRAST:
        what = f"{name} is too pale: {contrast:.0%} contrast"
        yield CONTRAST, Fault(what, f"Print it in black on white: {_MIN_CONTRAST:.0%} or more.")
    elif not _is_robust(view, code):
        what = f"{name} can't be read in dim light or at an angle"
        yield ROBUST, Fault(what, "Print it larger, in black on white, with nothing on top of it.")
    if not _is_printed(view, printed):
        what = f"“{printed}” is not printed on the page with its QR code"
        remedy = "Print the address beside the code, for people who can't scan it."
        yield PRINTED, Fault(what, remedy)


def _strange(code: FoundCode) -> tuple[Rule, Fault]:
    what = f"a QR code opens “{code.address}”, which is not in the content of this file"
    return ADDRESS, Fault(what, "Build this file again from the content, or remove the code.")


def _is_micro(code: FoundCode) -> tuple[Rule, Fault]:
    what = f"the code that opens “{code.address}” is a Micro QR code"
    return KIND, Fault(what, "Phones can't read it: make a full QR code (model 2).")


def _read(image: Image.Image) -> list[Any]:
    found: list[Any] = zxingcpp.read_barcodes(
        image,
        formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]),
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
    )
    return found


def _code(found: Any, scale: float, origin: tuple[int, int]) -> FoundCode:
    """A code that was read from an image with `scale` pixels per pt."""
    place = found.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    points = [((at.x + origin[0]) / scale, (at.y + origin[1]) / scale) for at in corners]
    first, second, _, fourth = points
    side = min(math.dist(first, second), math.dist(first, fourth))
    lean = max(min(abs(a - b) for a, b in zip(first, end, strict=True)) for end in (second, fourth))
    xs, ys = zip(*points, strict=True)
    box = (min(xs), min(ys), max(xs), max(ys))
    version = found.extra["Version"]
    micro = found.format != zxingcpp.BarcodeFormat.QRCode
    # ISO/IEC 18004, 6.3.1: 21 modules and 4 more with each version; a Micro QR code 11 and 2 more.
    number = int(re.sub(r"\D", "", version) or 1)
    modules = 9 + 2 * number if micro else 17 + 4 * number
    return FoundCode(found.text, box, side, lean > 0.03 * side, modules, found.ec_level, micro)


def _is_in_picture(view: PageView, code: FoundCode) -> bool:
    return any(
        shape.picture
        and common(shape.box, code.box)
        and _area(shape.box) >= _PICTURE * _area(code.box)
        for shape in view.shapes
    )


def _area(box: Spot) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _measured(view: PageView, code: FoundCode) -> tuple[Closeup, FoundCode]:
    """A close-up of a code and its quiet zone, and the code as measured there."""
    fine = view.closer(code.with_room(QUIET_ZONE + 1), _FINE_DPI)
    found = [one for one in _read(fine.image) if one.text == code.address]
    return fine, _code(found[0], fine.scale, fine.origin) if found else code


def _is_quiet(fine: Closeup, code: FoundCode) -> bool:
    """Whether everything around a code is as light as its light modules."""
    light = _shades(fine, code)[1]
    # Leave out half a module on either side of the quiet zone: its edges are not sharp.
    left, top, right, bottom = code.with_room(QUIET_ZONE - 0.5)
    x1, y1, x2, y2 = code.with_room(0.5)
    strips = (
        (left, top, right, y1),
        (left, y2, right, bottom),
        (left, top, x1, bottom),
        (x2, top, right, bottom),
    )
    darkest = min(min(fine.cut(strip).tobytes()) for strip in strips)
    return darkest >= light - 16


def _contrast(fine: Closeup, code: FoundCode) -> float:
    """The difference in luminance between a code's light and dark modules."""
    dark, light = (luminance((shade, shade, shade)) for shade in _shades(fine, code))
    return light - dark


def _shades(fine: Closeup, code: FoundCode) -> tuple[int, int]:
    """The shades of a code's dark and light modules, as its 10th and 90th percentiles."""
    counts = list(accumulate(fine.cut(code.box).histogram()))
    return bisect_left(counts, 0.1 * counts[-1]), bisect_left(counts, 0.9 * counts[-1])


def _is_robust(view: PageView, code: FoundCode) -> bool:
    """Whether a code can also be read at half its contrast, and rotated by 2 degrees."""
    box = code.with_room(QUIET_ZONE)
    seen = cut(view.picture, box).convert("L")
    if _is_read(seen, code):
        return True
    # Whether modules of two pixels are lost in a rotated picture is a matter of chance.
    fine = code.module * SCALE < _FEW_PIXELS
    return fine and _is_read(view.closer(box, _SECOND_DPI).image, code)


def _is_read(seen: Image.Image, code: FoundCode) -> bool:
    pale = seen.point([64 + shade // 2 for shade in range(256)])
    turned = seen.rotate(2, Image.Resampling.BILINEAR, expand=True, fillcolor=255)
    return all(any(found.text == code.address for found in _read(one)) for one in (pale, turned))


def _is_printed(view: PageView, printed: str) -> bool:
    if _stands_in(view.text, printed):
        return True
    if not has_right_to_left(view.text):
        return False
    rows = sorted(printed_rows(view.page), key=lambda row: (row.boxes[0][3], row.boxes[0][0]))
    text = "\n".join(row.text for row in rows)
    return all(_stands_in(text, piece) for piece in re.findall(r"[!-~]+", printed))


def _stands_in(text: str, printed: str) -> bool:
    """Whether an address is printed in a text, where it may be broken across lines anywhere."""
    # pdfium returns a hyphen at the end of a line as one of these characters.
    text = re.sub("[\x02\ufffe]", "-", text)
    letters = r"\s*".join(map(re.escape, printed))
    return re.search(rf"(?<![\w./-]){letters}(?![\w/-]|\.\w)", text, re.IGNORECASE) is not None
