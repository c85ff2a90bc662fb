"""The room for texts on a slide, as measured in a template: plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from slides.typefaces import ARIAL, Typeface

EMU_PER_POINT = 12700

#: The height of our own slides in pt, for which the theme's sizes are meant.
SLIDE_HEIGHT = 540


#: The sizes of text in pt, and the distances in pt, that are believed; larger ones are mistakes.
SIZES, MOST_DISTANCE = (1.0, 400.0), 4032.0

#: Points in the units of lengths that have one (ECMA-376, 22.9.2.15).
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0}


def percentage(value: str) -> float:
    """A percentage of DrawingML as a factor: "20%" and "20000" are 0.2 (ECMA-376, 22.9.2.9)."""
    return float(value[:-1]) / 100 if value.endswith("%") else int(value) / 100000


def length(value: str) -> float:
    """A length of DrawingML in pt: "91440" and "0.1in" are 7.2 (ECMA-376, 22.9.2.15)."""
    if value[-2:] in _UNITS:
        return bounded(float(value[:-2]) * _UNITS[value[-2:]], -MOST_DISTANCE, MOST_DISTANCE)
    return bounded(int(value) / EMU_PER_POINT, -MOST_DISTANCE, MOST_DISTANCE)


def bounded(value: float, least: float, most: float) -> float:
    """The number between `least` and `most` that is closest; what is no number is `least`."""
    return min(max(value, least), most) if value == value else least


def is_light(color: str) -> bool:
    """Whether dark text is better read on a color than light text."""
    return int(color[1:3], 16) >= 128 if color else True


@dataclass(frozen=True)
class Frame:
    """The room for a text and its style: all lengths in pt, `spacing` as a factor.

    `outer` is the height of the placeholder including the margins around its text; `left` and
    `top` are where its text may start. `color` and `fill` are "#rrggbb", `fill` is empty for none;
    `anchor` is "t", "ctr" or "b", `mark` what precedes a paragraph: "•", "1" or nothing. `tracking`
    is added after each letter, `exact` is the distance between lines if it does not depend on the
    size, and `least` the smallest size of text here if it is not the theme's. `inset` is the room
    between the left, top and right edges of the placeholder and its text.
    """

    width: float
    height: float
    size: float
    outer: float = 0
    left: float = 0
    top: float = 0
    color: str = ""
    fill: str = ""
    anchor: str = "t"
    centered: bool = False
    mark: str = ""
    bold: bool = False
    indent: float = 0
    before: float = 0
    spacing: float = 1
    exact: float = 0
    face: Typeface = ARIAL
    capitals: bool = False
    tracking: float = 0
    least: float = 0
    inset: tuple[float, float, float] = (0, 0, 0)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The placeholder's left, top, width and height in pt."""
        left, top, right = self.inset
        return self.left - left, self.top - top, self.width + left + right, self.outer

    @property
    def is_on_deep(self) -> bool:
        """Whether its fill is dark."""
        return bool(self.fill) and not is_light(self.fill)

    def placed(self, top: float, outer: float) -> "Frame":
        """The frame of the same placeholder with another top and height, in pt."""
        return replace(self, top=top + self.inset[1]).higher(outer - self.outer)

    def mirrored(self, width: float) -> "Frame":
        """The frame in the mirror image of a slide of this width in pt."""
        left, top, right = self.inset
        return replace(self, left=width - self.left - self.width, inset=(right, top, left))

    def higher(self, more: float) -> "Frame":
        """The frame of a placeholder that is taller by `more` pt."""
        return replace(self, height=self.height + more, outer=self.outer + more)

    @cached_property
    def line(self) -> float:
        """The length of a line."""
        return self.width - self.indent


@dataclass(frozen=True)
class Layout:
    """A layout: its placeholders' frames by name, its background, and its decorative bars.

    A bar is left, top, width and height in pt, and its color. `scale` is the height of a slide
    compared with ours: on a smaller slide, a smaller text looks the same.
    """

    frames: Mapping[str, Frame]
    background: str
    bars: tuple[tuple[float, float, float, float, str], ...]
    scale: float = 1

    @property
    def is_dark(self) -> bool:
        return bool(self.background) and not is_light(self.background)
