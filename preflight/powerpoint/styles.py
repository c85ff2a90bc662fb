"""The style of text on a slide, looked up as PowerPoint does (ECMA-376, part 1, 21.1.2.4).

Each level only says what differs from the level before: the presentation, the master's styles,
the master's placeholder, the layout's, the slide's, the paragraph, the run.
"""

from dataclasses import dataclass, replace
from typing import Any

from preflight.powerpoint.colors import Palette, color_of
from slides.frames import percentage

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
POINT = 12700

#: Fills of shapes and of text (ECMA-376, part 1, 20.1.8).
_FILLS = frozenset(f"{A}{name}Fill" for name in ("solid", "no", "grad", "blip", "patt", "grp"))

#: The colors of a fill: none if there is no fill, "" for an unknown color, as in a picture.
Fill = tuple[str, ...]


@dataclass(frozen=True)
class Space:
    """A distance: `points` in pt, plus `lines` times the line height."""

    points: float = 0
    lines: float = 0

    def of(self, line: float) -> float:
        """The distance in pt for this line height."""
        return self.points + self.lines * line


@dataclass(frozen=True)
class Style:
    """A text style: lengths in pt, `color` as "#rrggbb" or empty if it is unknown.

    `tracking` is added after each letter; `face` is the name of a typeface, empty if none is set.
    """

    size: float = 18
    bold: bool = False
    color: str = ""
    indent: float = 0
    line: Space = Space(lines=1)
    before: Space = Space()
    after: Space = Space()
    face: str = ""
    capitals: bool = False
    tracking: float = 0


def paragraph_style(style: Style, level: Any, palette: Palette) -> Style:
    """The style, changed by a list level or a paragraph's properties; `level` may be None."""
    if level is None:
        return style
    changes: dict[str, Any] = {}
    if (margin := level.get("marL")) is not None:
        changes["indent"] = int(margin) / POINT
    for tag, name in (("lnSpc", "line"), ("spcBef", "before"), ("spcAft", "after")):
        if (space := level.find(A + tag)) is not None and len(space):
            value = str(space[0].get("val"))
            in_points = space[0].tag == f"{A}spcPts"
            changes[name] = Space(int(value) / 100) if in_points else Space(0, percentage(value))
    style = replace(style, **changes) if changes else style
    return run_style(style, level.find(f"{A}defRPr"), palette)


def run_style(style: Style, properties: Any, palette: Palette) -> Style:
    """The style, changed by a run's properties, which may be None."""
    if properties is None:
        return style
    changes: dict[str, Any] = {}
    if (size := properties.get("sz")) is not None:
        changes["size"] = int(size) / 100
    if (bold := properties.get("b")) is not None:
        changes["bold"] = bold in ("1", "true")
    if (capitals := properties.get("cap")) is not None:
        changes["capitals"] = capitals == "all"
    if (tracking := properties.get("spc")) is not None:
        changes["tracking"] = int(tracking) / 100
    if (face := properties.find(f"{A}latin")) is not None:
        changes["face"] = palette.get(face.get("typeface", ""), face.get("typeface", ""))
    link = properties.find(f"{A}hlinkClick")
    if link is not None and not any(one.get("val") == "tx" for one in link.iter("{*}hlinkClr")):
        # PowerPoint draws links in the theme's link color, whatever the run says, unless the link
        # itself says otherwise (MS-ODRAWXML, 2.3.1.19).
        changes["color"] = palette.get("hlink", "")
    elif (fill := fill_of(properties, palette)) is not None:
        changes["color"] = fill[0] if len(fill) == 1 else ""
    return replace(style, **changes) if changes else style


def fill_of(properties: Any, palette: Palette) -> Fill | None:
    """The fill of a shape, cell, run or background; None if it is not set here."""
    if properties is None:
        return None
    fill = next((child for child in properties if child.tag in _FILLS), None)
    if fill is None:
        return None
    if fill.tag == f"{A}noFill":
        return ()
    if fill.tag == f"{A}solidFill" and len(fill):
        return (color_of(fill[0], palette),)
    stops = fill.iterfind(f"{A}gsLst/{A}gs")
    return tuple(color_of(stop[0], palette) for stop in stops) or ("",)
