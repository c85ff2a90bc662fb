"""Where text goes in a deck's template: each placeholder's box and its text style.

A style is looked up as in PowerPoint (ECMA-376, 21.1.2.4): in the layout's placeholder, then in
the master's placeholder of the same kind, then in the master's text styles.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.slide import SlideLayout

from slides.frames import EMU_PER_POINT, LINE, Frame, Layout, percentage


def measure(layout: SlideLayout) -> Layout:
    """The frames, background and bars of a template's layout."""
    found = {}
    bars = []
    colors = colors_of(layout)
    styles = {is_title: list(_master_styles(layout, is_title)) for is_title in (True, False)}
    shapes: Any = layout.shapes
    for shape in shapes:
        if shape.is_placeholder and shape._element.find(qn("p:txBody")) is not None:
            found[shape.name] = _frame(shape, styles, colors)
        elif not shape.is_placeholder and (color := _fill(shape, colors)):
            place = (shape.left, shape.top, shape.width, shape.height)
            left, top, width, height = (length / EMU_PER_POINT for length in place)
            bars.append((left, top, width, height, color))
    return Layout(found, colors["bg1"], tuple(bars))


def measure_boxes(master: Any, names: Iterable[str]) -> Layout:
    """The text boxes of a master that have these names, as a layout."""
    styles = {False: [master._element.find(f".//{qn('p:otherStyle')}")]}
    boxes = [shape for shape in master.shapes if shape.name in names]
    return Layout({shape.name: _frame(shape, styles, {}) for shape in boxes}, "", ())


def _fill(shape: Any, colors: Mapping[str, str]) -> str:
    fill = shape._element.find(f"{qn('p:spPr')}/{qn('a:solidFill')}/{qn('a:schemeClr')}")
    return colors.get(fill.get("val"), "") if fill is not None else ""


def colors_of(layout: SlideLayout) -> dict[str, str]:
    """The colors that names such as "tx1" have in a layout, as "#rrggbb", with its own mapping."""
    master: Any = layout.slide_master
    slots = _theme_colors(master.part.part_related_by(RT.THEME).blob)
    mapping = dict(master._element.find(qn("p:clrMap")).attrib)
    override = layout._element.find(f".//{qn('a:overrideClrMapping')}")
    if override is not None:
        mapping = dict(override.attrib)
    return {name: slots[slot] for name, slot in mapping.items()}


@lru_cache(maxsize=4)
def _theme_colors(theme: bytes) -> dict[str, str]:
    scheme = etree.fromstring(theme).find(f".//{qn('a:clrScheme')}")
    # A system color, such as "windowText", comes with the color that it had last.
    return {
        etree.QName(slot).localname: f"#{slot[0].get('lastClr', slot[0].get('val')).lower()}"
        for slot in scheme
    }


def _mark(levels: Sequence[Any]) -> str:
    """What precedes each paragraph, according to the nearest style that sets it."""
    for level in levels:
        for tag, mark in (("a:buNone", ""), ("a:buAutoNum", "1"), ("a:buChar", "•")):
            if level.find(qn(tag)) is not None:
                return mark
    return ""


def _frame(shape: Any, styles: Mapping[bool, Sequence[Any]], colors: Mapping[str, str]) -> Frame:
    """The frame of a placeholder or text box; `styles` are the master's, by whether for titles."""
    body = shape._element.find(f".//{qn('a:bodyPr')}")
    sides = {
        side: int(body.get(side, default)) / EMU_PER_POINT
        for side, default in (("lIns", 91440), ("rIns", 91440), ("tIns", 45720), ("bIns", 45720))
    }
    found = shape._element.find(f".//{qn('p:ph')}")
    kind = "body" if found is None else found.get("type", "body")
    own = shape._element.find(f".//{qn('a:lstStyle')}")
    levels = [
        level
        for style in (own, *styles[kind in ("title", "ctrTitle")])
        if style is not None and (level := style.find(qn("a:lvl1pPr"))) is not None
    ]

    def first(path: str, name: str, default: str) -> str:
        """The nearest value of an attribute."""
        for level in levels:
            node = level if path == "." else level.find(path)
            if node is not None and node.get(name) is not None:
                return str(node.get(name))
        return default

    place = (shape.left, shape.top, shape.width, shape.height)
    left, top, width, height = (length / EMU_PER_POINT for length in place)
    run = qn("a:defRPr")
    size = int(first(run, "sz", "1800")) / 100
    before = int(first(f"{qn('a:spcBef')}/{qn('a:spcPts')}", "val", "0")) / 100
    # Some templates give it as a fraction of a line.
    share = percentage(first(f"{qn('a:spcBef')}/{qn('a:spcPct')}", "val", "0"))
    fill = f"{qn('a:solidFill')}/{qn('a:schemeClr')}"
    return Frame(
        width=width - sides["lIns"] - sides["rIns"],
        height=height - sides["tIns"] - sides["bIns"],
        outer=height,
        left=left + sides["lIns"],
        top=top + sides["tIns"],
        color=colors.get(first(f"{run}/{fill}", "val", "tx1"), ""),
        fill=_fill(shape, colors),
        anchor=body.get("anchor", "t"),
        centered=first(".", "algn", "l") == "ctr",
        mark=_mark(levels),
        size=size,
        bold=first(run, "b", "0") in ("1", "true"),
        indent=int(first(".", "marL", "0")) / EMU_PER_POINT,
        before=before or share * size * LINE,
        spacing=percentage(first(f"{qn('a:lnSpc')}/{qn('a:spcPct')}", "val", "100000")),
    )


def _master_styles(layout: SlideLayout, is_title: bool) -> Iterator[Any]:
    """The master's list styles for titles or for other text, the nearest first."""
    master: Any = layout.slide_master
    for shape in master.placeholders:
        kind = shape._element.find(f".//{qn('p:ph')}").get("type", "body")
        if kind == ("title" if is_title else "body"):
            yield shape._element.find(f".//{qn('a:lstStyle')}")
    yield master._element.find(f".//{qn('p:titleStyle' if is_title else 'p:bodyStyle')}")
