"""A sheet in black ink: the same drawing in grays.

The theme gives large areas, and the text on them, colors of their own: black ink leaves them white.
Relies on pydyf's streams being lists, with each color as one operator in bytes.
"""

import re
from collections.abc import Mapping
from typing import Any

import pydyf

from pack.theme import load_theme

_COLOR = re.compile(rb"^([\d.]+) ([\d.]+) ([\d.]+) (rg|RG)$")


def grays_of(ink: str) -> Mapping[str, str]:
    """The gray for each of the theme's colors in an ink, both as "#rrggbb"; none for color ink."""
    theme = load_theme()
    grays = theme.inks[ink]
    return {color: grays[name] for name, color in theme.colors.items()} if grays else {}


def to_grays(pdf: pydyf.PDF, grays: Mapping[str, str]) -> None:
    """Replace each color of a PDF that is about to be written with its gray from `grays_of`.

    Any other color, as in a logo, gets the gray of its luminance.
    """
    known = {_channels(color): _channels(gray)[0] for color, gray in grays.items()}
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and stream.extra.get("Subtype") != "/Image":
            stream.stream = [_gray(operator, known) for operator in stream.stream]


def _gray(operator: Any, known: Mapping[tuple[float, ...], float]) -> Any:
    match = _COLOR.match(operator) if isinstance(operator, bytes) else None
    if match is None:
        return operator
    color = tuple(round(float(value), 3) for value in match.groups()[:3])
    gray = known.get(color)
    if gray is None:
        gray = _luminance(*color)
    return b"%.4g %s" % (gray, b"g" if match[4] == b"rg" else b"G")


def _channels(color: str) -> tuple[float, ...]:
    return tuple(round(int(color[at : at + 2], 16) / 255, 3) for at in (1, 3, 5))


def _luminance(red: float, green: float, blue: float) -> float:
    """How light a color looks, from 0 to 1 (ITU-R BT.601)."""
    return 0.299 * red + 0.587 * green + 0.114 * blue
