"""Small pages with QR codes: with one fault each, and some without."""

import segno

from tests.preflight.small_pages import HEADING, TEXT, Broken, arabic, at

ADDRESS = "https://lifeline.example/help"
PRINTED = "lifeline.example/help"


def code(  # one parameter for each way to break it
    address: str = ADDRESS,
    *,
    side: float = 0.9,
    level: str = "m",
    dark: str = "#000",
    light: str = "#fff",
    micro: bool = False,
    quiet: int = 4,
) -> str:
    """A QR code as a picture. `side` is the side of its symbol, in inches."""
    made = segno.make(address, error=None if micro else level, boost_error=False, micro=micro)
    modules = made.symbol_size(border=0)[0]
    size = side * (modules + 2 * quiet) / modules
    svg = made.svg_data_uri(border=quiet, dark=dark, light=light, omitsize=True)
    return f'<img alt="A code" style="width: {size}in; height: {size}in" src="{svg}">'


_CODES = {"addresses": {ADDRESS: PRINTED}}
_BESIDE = f"{TEXT}<p>{PRINTED}</p>"

GOOD = {
    "text and a code": Broken("", f"{_BESIDE}{code()}", expected=_CODES),
    "an address that wraps": Broken(
        "", f"{TEXT}<p>lifeline.example/<br>help</p>{code()}", expected=_CODES
    ),
    "an address in Arabic text beside its code": Broken(
        "", arabic(f"<p>انظروا {{{PRINTED}}} هنا</p>") + code(), expected=_CODES
    ),
}

BROKEN = {
    "a heading whose descenders are under the white of a code": Broken(
        "page-hidden",
        f"<p>{PRINTED}</p>" + at(100, 300, HEADING) + at(100, 316.5, code()),
        said="part of the text “Young people”",
        at=(120, 312),
        expected=_CODES,
    ),
    "code too small": Broken("qr-side", _BESIDE + code(side=0.6), said="0.60 in", expected=_CODES),
    "squares too small": Broken(
        "qr-module",
        TEXT
        + f"<p style='word-break: break-all'>{PRINTED}?{'a' * 150}</p>"
        + code(f"{ADDRESS}?{'a' * 150}"),
        said="mm",
        expected={"addresses": {f"{ADDRESS}?{'a' * 150}": f"{PRINTED}?{'a' * 150}"}},
    ),
    "level L": Broken("qr-level", _BESIDE + code(level="l"), said="level L", expected=_CODES),
    "no quiet zone": Broken(
        "qr-quiet-zone",
        _BESIDE
        + f'<div style="width: 2in; padding: 20pt; background: #0b3b46">{code(quiet=1)}</div>',
        said="white space",
        expected=_CODES,
    ),
    "text beside the code": Broken(
        "qr-quiet-zone",
        TEXT + at(100, 300, code(quiet=0)) + at(169, 320, PRINTED),
        at=(130, 330),
        expected=_CODES,
    ),
    "code askew": Broken(
        "qr-askew",
        _BESIDE + at(200, 300, f'<div style="transform: rotate(5deg)">{code()}</div>'),
        at=(240, 340),
        expected=_CODES,
    ),
    "squeezed code": Broken(
        "qr-side",
        _BESIDE + at(200, 300, f'<div style="transform: scale(1, 0.7)">{code()}</div>'),
        said="0.63 in",
        expected=_CODES,
    ),
    "grey code": Broken("qr-contrast", _BESIDE + code(dark="#aaa"), said="pale", expected=_CODES),
    "a line through the code": Broken(
        "qr-robust",
        _BESIDE
        + at(100, 300, code())
        + at(100, 322, "", "width: 70pt; height: 1.75pt; background: #fff"),
        at=(140, 340),
        expected=_CODES,
    ),
    "code with another address": Broken(
        "qr-address",
        _BESIDE + code() + code("https://other.example/"),
        said="other.example",
        expected=_CODES,
    ),
    "no code": Broken("qr-absent", _BESIDE, page=0, said=ADDRESS, expected=_CODES),
    "light code on dark": Broken(
        "qr-absent", _BESIDE + code(dark="#fff", light="#000"), page=0, expected=_CODES
    ),
    "micro code": Broken(
        "qr-kind",
        "<p>12345</p>" + code("12345", micro=True),
        said="Micro",
        expected={"addresses": {"12345": "12345"}},
    ),
    "address not printed": Broken(
        "qr-printed-address", TEXT + code(), said=PRINTED, expected=_CODES
    ),
    "another address printed in Arabic": Broken(
        "qr-printed-address",
        arabic("<p>انظروا {lifeline.example} هنا</p>") + code(),
        expected=_CODES,
    ),
    "only a longer address printed": Broken(
        "qr-printed-address", f"{TEXT}<p>{PRINTED}/more</p>{code()}", expected=_CODES
    ),
}
