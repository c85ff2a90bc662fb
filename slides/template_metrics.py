"""Where text goes in a deck's template: each placeholder's box and its text style.

A style is looked up as in PowerPoint (ECMA-376, 21.1.2.4): in the layout's placeholder, then in
the master's placeholder of the same kind, then in the master's text styles.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree
from PIL import ImageColor
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.slide import SlideLayout

from pack.office_files import is_xml
from slides.frames import (
    EMU_PER_POINT,
    MOST_DISTANCE,
    SIZES,
    Frame,
    Layout,
    bounded,
    length,
    percentage,
)
from slides.pptx_xml import place_of
from slides.typefaces import Typeface, typeface

#: The default margins of a text in its box (ECMA-376, part 1, 21.1.2.1.1).
_MARGINS = {"lIns": "91440", "rIns": "91440", "tIns": "45720", "bIns": "45720"}

_TITLES = ("title", "ctrTitle")
_SMALL = ("dt", "ftr", "sldNum", "hdr")

#: The most decorative bars of a layout that are drawn in pictures of slides.
_MOST_BARS = 500

#: The longest name of a typeface that is believed.
_LONGEST_NAME = 60

#: The spacing of lines that is believed, as a factor. Text in less is measured as if it had more.
_SPACINGS = (0.5, 20.0)

_COLOR = re.compile("#[0-9a-f]{6}")


@dataclass(frozen=True)
class _Inherited:
    """What a template's texts inherit: the master's placeholders and styles, colors and fonts.

    `boxes` are the master's placeholders and `styles` its text styles, both by their kind: "title",
    "body" and those in `_SMALL`. `fonts` are the theme's fonts by their names in styles, such as
    "+mj-lt".
    """

    boxes: Mapping[str, Any]
    styles: Mapping[str, Any]
    colors: Mapping[str, str]
    fonts: Mapping[str, str]


def measure(layout: SlideLayout) -> Layout:
    """The frames, background and bars of a template's layout."""
    found = {}
    bars: list[tuple[float, float, float, float, str]] = []
    colors = colors_of(layout)
    inherited = _inherited(layout.slide_master, colors)
    shapes: Any = layout.shapes
    for shape in shapes:
        if shape.is_placeholder and shape._element.find(qn("p:txBody")) is not None:
            found[shape.name] = _frame(shape, inherited)
        elif (
            len(bars) < _MOST_BARS and not shape.is_placeholder and (color := _fill(shape, colors))
        ):
            left, top, width, height = (side / EMU_PER_POINT for side in place_of(shape))
            bars.append((left, top, width, height, color))
    return Layout(found, _background(layout, colors), tuple(bars))


def measure_placeholders(layout: SlideLayout, shapes: Iterable[Any]) -> list[Frame | None]:
    """The frames of these placeholders of a layout in order; None for one without text."""
    inherited = _inherited(layout.slide_master, colors_of(layout))
    return [
        _frame(shape, inherited) if shape._element.find(qn("p:txBody")) is not None else None
        for shape in shapes
    ]


def table_face(layout: SlideLayout) -> Typeface:
    """The typeface of tables, whose text follows no placeholder."""
    return typeface(_fonts(_theme(layout.slide_master)).get("+mn-lt") or "Arial")


def measure_boxes(master: Any, names: Iterable[str]) -> Layout:
    """The text boxes of a master that have these names, as a layout."""
    styles = {"body": master._element.find(f".//{qn('p:otherStyle')}")}
    inherited = _Inherited({}, styles, {}, _fonts(_theme(master)))
    boxes = [shape for shape in master.shapes if shape.name in names]
    return Layout({shape.name: _frame(shape, inherited) for shape in boxes}, "", ())


def _fill(shape: Any, colors: Mapping[str, str]) -> str:
    fill = shape._element.find(f"{qn('p:spPr')}/{qn('a:solidFill')}/{qn('a:schemeClr')}")
    return _shade(fill, colors) if fill is not None else ""


def _shade(fill: Any, colors: Mapping[str, str]) -> str:
    """A color of the theme, made lighter or darker (ECMA-376, 20.1.2.3.20); empty if unknown."""
    found = colors.get(fill.get("val"), "")
    changes = {etree.QName(change).localname: change.get("val") for change in fill}
    if not found or not changes.keys() & {"lumMod", "lumOff"}:
        return found
    hue, light, full = rgb_to_hls(*(channel / 255 for channel in ImageColor.getrgb(found)[:3]))
    light = light * percentage(changes.get("lumMod", "100000"))
    light = bounded(light + percentage(changes.get("lumOff", "0")), 0, 1)
    return "#" + "".join(f"{round(one * 255):02x}" for one in hls_to_rgb(hue, light, full))


def _background(layout: SlideLayout, colors: Mapping[str, str]) -> str:
    fill = layout._element.find(f".//{qn('p:bgPr')}/{qn('a:solidFill')}/{qn('a:schemeClr')}")
    return (_shade(fill, colors) if fill is not None else "") or colors["bg1"]


def colors_of(layout: SlideLayout) -> dict[str, str]:
    """The colors that names such as "tx1" have in a layout, as "#rrggbb", with its own mapping."""
    master: Any = layout.slide_master
    slots = _theme_colors(_theme(master))
    mapping = dict(master._element.find(qn("p:clrMap")).attrib)
    override = layout._element.find(f".//{qn('a:overrideClrMapping')}")
    if override is not None:
        mapping = dict(override.attrib)
    return {**slots, **{name: slots[slot] for name, slot in mapping.items()}}


@lru_cache(maxsize=4)
def _theme_colors(theme: bytes) -> dict[str, str]:
    scheme = etree.fromstring(theme).find(f".//{qn('a:clrScheme')}")
    # A system color, such as "windowText", comes with the color that it had last.
    return {etree.QName(slot).localname: _color(slot) for slot in scheme}


def _color(slot: Any) -> str:
    found = f"#{slot[0].get('lastClr', slot[0].get('val')).lower()}"
    if _COLOR.fullmatch(found):
        return found
    return "#ffffff" if etree.QName(slot).localname.startswith("lt") else "#000000"


def _theme(master: Any) -> bytes:
    part = master.part.part_related_by(RT.THEME)
    if not is_xml(str(part.partname), part.content_type):
        raise ValueError("a theme is XML")  # only XML was checked before it is parsed
    blob: bytes = part.blob
    return blob


@lru_cache(maxsize=4)
def _fonts(theme: bytes) -> dict[str, str]:
    root = etree.fromstring(theme)
    return {
        f"+{short}-lt": font.get("typeface", "")[:_LONGEST_NAME]
        for short, name in (("mj", "major"), ("mn", "minor"))
        if (font := root.find(f".//{qn(f'a:{name}Font')}/{qn('a:latin')}")) is not None
    }


def _inherited(master: Any, colors: Mapping[str, str]) -> _Inherited:
    boxes: dict[str, Any] = {}
    for shape in master.placeholders:
        kind = shape._element.find(f".//{qn('p:ph')}").get("type", "body")
        boxes.setdefault(kind, shape._element)
    styles = {
        kind: master._element.find(f".//{qn(f'p:{name}Style')}")
        for kind, name in (
            ("title", "title"),
            ("body", "body"),
            *((one, "other") for one in _SMALL),
        )
    }
    return _Inherited(boxes, styles, colors, _fonts(_theme(master)))


def _mark(levels: Sequence[Any]) -> str:
    """What precedes each paragraph, according to the nearest style that sets it."""
    for level in levels:
        for tag, mark in (("a:buNone", ""), ("a:buAutoNum", "1"), ("a:buChar", "•")):
            if level.find(qn(tag)) is not None:
                return mark
    return ""


def _frame(shape: Any, inherited: _Inherited) -> Frame:
    """The frame of a placeholder or text box."""
    found = shape._element.find(f".//{qn('p:ph')}")
    kind = "body" if found is None else found.get("type", "body")
    kind = "title" if kind in _TITLES else kind if kind in _SMALL else "body"
    boxes = [shape._element]
    if found is not None and kind in inherited.boxes:
        boxes.append(inherited.boxes[kind])
    body = _body(boxes)
    inset = {side: length(body.get(side, default)) for side, default in _MARGINS.items()}
    lists = [box.find(f".//{qn('a:lstStyle')}") for box in boxes]
    levels = [
        level
        for style in (*lists, inherited.styles[kind])
        if style is not None and (level := style.find(qn("a:lvl1pPr"))) is not None
    ]

    def first(path: str, name: str, default: str) -> str:
        """The nearest value of an attribute."""
        for level in levels:
            node = level if path == "." else level.find(path)
            if node is not None and node.get(name) is not None:
                return str(node.get(name))
        return default

    left, top, width, height = (side / EMU_PER_POINT for side in place_of(shape))
    run = qn("a:defRPr")
    size = bounded(int(first(run, "sz", "1800")) / 100, *SIZES)
    font = first(f"{run}/{qn('a:latin')}", "typeface", "+mn-lt")[:_LONGEST_NAME]
    face = typeface(inherited.fonts.get(font, font) or "Arial")
    gap = 0.0
    for side in ("a:spcBef", "a:spcAft"):
        points = int(first(f"{qn(side)}/{qn('a:spcPts')}", "val", "0")) / 100
        # Some templates give it as a fraction of a line.
        share = percentage(first(f"{qn(side)}/{qn('a:spcPct')}", "val", "0"))
        gap += bounded(points or share * size * face.line, 0, MOST_DISTANCE)
    fill = f"{qn('a:solidFill')}/{qn('a:schemeClr')}"
    return Frame(
        width=width - inset["lIns"] - inset["rIns"],
        height=height - inset["tIns"] - inset["bIns"],
        outer=height,
        left=left + inset["lIns"],
        top=top + inset["tIns"],
        color=inherited.colors.get(first(f"{run}/{fill}", "val", "tx1"), ""),
        fill=_fill(shape, inherited.colors),
        inset=(inset["lIns"], inset["tIns"], inset["rIns"]),
        anchor=anchor if (anchor := body.get("anchor")) in ("ctr", "b") else "t",
        centered=first(".", "algn", "l") == "ctr",
        mark=_mark(levels),
        size=size,
        bold=first(run, "b", "0") in ("1", "true"),
        indent=max(length(first(".", "marL", "0")), 0),
        before=gap,
        spacing=bounded(
            percentage(first(f"{qn('a:lnSpc')}/{qn('a:spcPct')}", "val", "100000")), *_SPACINGS
        ),
        exact=bounded(
            int(first(f"{qn('a:lnSpc')}/{qn('a:spcPts')}", "val", "0")) / 100, 0, MOST_DISTANCE
        ),
        face=face,
        capitals=first(run, "cap", "none") == "all",
        tracking=bounded(int(first(run, "spc", "0")) / 100, -size / 5, size),
    )


def _body(boxes: Sequence[Any]) -> dict[str, str]:
    """The properties of a text's box; the first of `boxes` counts before the others."""
    found: dict[str, str] = {}
    for box in reversed(boxes):
        own = box.find(f".//{qn('a:bodyPr')}")
        found |= own.attrib if own is not None else {}
    return found
