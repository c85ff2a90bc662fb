"""Colors in a PowerPoint file as people see them, and their contrast."""

import colorsys
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from PIL import ImageColor

from pack.contrast import linear, luminance, ratio
from slides.frames import percentage

#: What the theme's names stand for: a color such as "tx1" as "#rrggbb", a font such as "+mn-lt".
Palette = Mapping[str, str]


def color_of(element: Any, palette: Palette) -> str:
    """A color (ECMA-376, part 1, 20.1.2.3) as "#rrggbb"; empty if it can't be determined."""
    kind, value = element.tag.rpartition("}")[2], element.get("val", "")
    if kind == "schemeClr":
        found = palette.get(value, "")
    elif kind == "srgbClr":
        found = f"#{value.lower()}"
    elif kind == "sysClr":
        found = f"#{element.get('lastClr', '').lower()}"
    elif kind == "prstClr":
        name = value.lower().replace("dk", "dark").replace("lt", "light")
        found = str(ImageColor.colormap.get(name, ""))
    else:
        found = ""
    for change in element:
        name, part = change.tag.rpartition("}")[2], percentage(change.get("val", "0"))
        if len(found) != 7 or (name == "alpha" and part < 1):
            return ""
        found = _changed(found, name, part)
    return found if len(found) == 7 else ""


def _changed(color: str, name: str, part: float) -> str:
    """A color made lighter or darker (ECMA-376, part 1, 20.1.2.3.20, .21, .31 and .34)."""
    red, green, blue = (value / 255 for value in _channels(color))
    if name in ("lumMod", "lumOff"):
        hue, light, colorful = colorsys.rgb_to_hls(red, green, blue)
        light = light * part if name == "lumMod" else light + part
        return _text(colorsys.hls_to_rgb(hue, min(light, 1), colorful))
    if name in ("shade", "tint"):
        white = 1 - part if name == "tint" else 0
        lights = (linear(one) * part + white for one in (red, green, blue))
        return _text(tuple(_encoded(one) for one in lights))
    return color


@lru_cache(maxsize=1024)
def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colors, from 1 to 21."""
    return ratio(luminance(_channels(one)), luminance(_channels(other)))


def _channels(color: str) -> tuple[int, int, int]:
    """Red, green and blue from 0 to 255."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _text(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _encoded(part: float) -> float:
    return float(part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055)
