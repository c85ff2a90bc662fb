"""A sheet in black ink: the same layout, painted in greys, without grounds that eat toner.

Relies upon where WeasyPrint's boxes keep their colors until they are painted (`background.color`,
`style["color"]`), and upon pydyf's streams being lists, with each color as one operator in bytes.
"""

import re
from collections.abc import Mapping
from typing import Any

import pydyf
from tinycss2.color5 import parse_color
from weasyprint import Document

from pack.theme import load_theme

#: A ground above this many square CSS pixels, an inch by an inch, is a large one.
_LARGE = 96 * 96

_COLOR = re.compile(rb"^([\d.]+) ([\d.]+) ([\d.]+) (rg|RG)$")


def lift_grounds(document: Document) -> None:
    """Take large dark grounds away, and set the light text that stood on them in black."""
    for page in document.pages:
        _lift(page._page_box, lifted=False)


def _lift(box: Any, *, lifted: bool) -> None:
    ground = box.background and box.background.color
    if ground and ground.alpha and _luminance(*ground.to("srgb").coordinates) < 0.5:
        lifted = box.border_width() * box.border_height() > _LARGE
        if lifted:
            box.background = box.background._replace(color=parse_color("transparent"))
    if lifted and _luminance(*box.style["color"].to("srgb").coordinates) > 0.5:
        box.style["color"] = parse_color("#000")
    for child in getattr(box, "children", ()):
        _lift(child, lifted=lifted)


def greys_of(ink: str) -> Mapping[str, str]:
    """The grey of each of the theme's colors in an ink, both as "#rrggbb"; none if it has color."""
    theme = load_theme()
    greys = theme.inks[ink]
    return {color: greys[name] for name, color in theme.colors.items()} if greys else {}


def to_greys(pdf: pydyf.PDF, greys: Mapping[str, str]) -> None:
    """Replace each color of a PDF that is about to be written by its grey of `greys_of`.

    Any other color, as in a logo, gets the grey of its luminance.
    """
    known = {_channels(color): _channels(grey)[0] for color, grey in greys.items()}
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and stream.extra.get("Subtype") != "/Image":
            stream.stream = [_grey(operator, known) for operator in stream.stream]


def _grey(operator: Any, known: Mapping[tuple[float, ...], float]) -> Any:
    match = _COLOR.match(operator) if isinstance(operator, bytes) else None
    if match is None:
        return operator
    color = tuple(round(float(value), 3) for value in match.groups()[:3])
    grey = known.get(color)
    if grey is None:
        grey = _luminance(*color)
    return b"%.4g %s" % (grey, b"g" if match[4] == b"rg" else b"G")


def _channels(color: str) -> tuple[float, ...]:
    return tuple(round(int(color[at : at + 2], 16) / 255, 3) for at in (1, 3, 5))


def _luminance(red: float, green: float, blue: float) -> float:
    """How light a color looks, from 0 to 1 (ITU-R BT.601)."""
    return 0.299 * red + 0.587 * green + 0.114 * blue
