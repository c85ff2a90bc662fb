"""Drawings as native shapes of PowerPoint: groups of custom geometry in the theme's colors.

ECMA-376, part 1, 19.3.1.22 (`p:grpSp`) and 20.1.9.8 (`a:custGeom`).
"""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from drawings.shapes import Illustration, PaintedPath, bounds
from slides.frames import EMU_PER_POINT


def _lighter(slot: str, percent: int) -> str:
    """A color of the theme, lighter by as much as PowerPoint's own menus offer."""
    change = f'<a:lumMod val="{100 - percent}000"/><a:lumOff val="{percent}000"/>'
    return f'<a:schemeClr val="{slot}">{change}</a:schemeClr>'


#: Our colors in the slots of the theme, so that a drawing follows a theme that somebody changes.
#: "tx1" and its like would change on dark slides, and "accent4" does.
_COLORS = {
    "ink": '<a:schemeClr val="dk1"/>',
    "deep": '<a:schemeClr val="dk2"/>',
    "white": '<a:schemeClr val="lt1"/>',
    "tint": '<a:schemeClr val="lt2"/>',
    "warm": '<a:schemeClr val="accent2"/>',
    "sand": '<a:schemeClr val="accent3"/>',
    "muted": '<a:schemeClr val="accent5"><a:lumMod val="70000"/></a:schemeClr>',
    "line": '<a:schemeClr val="accent5"/>',
    "leaf": '<a:schemeClr val="accent6"/>',
    "pale": _lighter("accent5", 60),
    "soft": _lighter("accent3", 30),
    "cream": _lighter("accent3", 60),
    "glow": '<a:schemeClr val="accent3"><a:alpha val="40000"/></a:schemeClr>',
}

_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
    "</a:extLst>"
)


def group_xml(drawing: Illustration, number: int) -> str:
    """A drawing as a group; `number` is its id, and its shapes have those that follow."""
    box = _box(drawing.shapes)
    place = '<a:off x="{}" y="{}"/><a:ext cx="{}" cy="{}"/>'.format(*box)
    inner = '<a:chOff x="{}" y="{}"/><a:chExt cx="{}" cy="{}"/>'.format(*box)
    shapes = "".join(
        _shape(shape, number + at, f"{drawing.name} {at}")
        for at, shape in enumerate(drawing.shapes, start=1)
    )
    return (
        f"<p:grpSp><p:nvGrpSpPr>{named(number, drawing.name, drawing.alt)}<p:cNvGrpSpPr/>"
        f"<p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>{place}{inner}</a:xfrm></p:grpSpPr>"
        f"{shapes}</p:grpSp>"
    )


def named(number: int, name: str, alt: str = "") -> str:
    """The id and name of a shape, which is decoration without an alternative text."""
    start = f'<p:cNvPr id="{number}" name={quoteattr(name)} descr={quoteattr(alt)}'
    return f"{start}/>" if alt else f"{start}>{_DECORATIVE}</p:cNvPr>"


def _shape(shape: PaintedPath, number: int, name: str) -> str:
    left, top, width, height = _box((shape,))
    commands = "".join(_commands(shape, left, top))
    fill = f"<a:solidFill>{_COLORS[shape.fill]}</a:solidFill>" if shape.fill else "<a:noFill/>"
    line = "<a:ln><a:noFill/></a:ln>"
    if shape.line:
        line = (
            f'<a:ln w="{round(shape.weight * EMU_PER_POINT)}" cap="rnd"><a:solidFill>'
            f"{_COLORS[shape.line]}</a:solidFill><a:round/></a:ln>"
        )
    unfilled = "" if shape.fill else ' fill="none"'
    return (
        f"<p:sp><p:nvSpPr>{named(number, name)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>"
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{width}" h="{height}"{unfilled}>{commands}</a:path></a:pathLst>'
        f"</a:custGeom>{fill}{line}</p:spPr></p:sp>"
    )


def _commands(shape: PaintedPath, left: int, top: int) -> Iterator[str]:
    tags = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo"}
    for command, values in shape.path:
        if command == "Z":
            yield "<a:close/>"
            continue
        points = "".join(
            f'<a:pt x="{_emu(x) - left}" y="{_emu(y) - top}"/>'
            for x, y in zip(values[::2], values[1::2], strict=True)
        )
        yield f"<a:{tags[command]}>{points}</a:{tags[command]}>"


def _box(shapes: tuple[PaintedPath, ...]) -> tuple[int, int, int, int]:
    """Left, top, width and height in EMU; PowerPoint can't scale a path without an extent."""
    left, top, right, bottom = bounds(shapes)
    left, top, width, height = map(_emu, (left, top, right - left, bottom - top))
    return left, top, max(width, 1), max(height, 1)


def _emu(points: float) -> int:
    return round(points * EMU_PER_POINT)
