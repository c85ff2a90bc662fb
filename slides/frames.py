"""Where text stands in a deck's template: each placeholder's box and its text style.

A style is looked up as PowerPoint does (ECMA-376, 21.1.2.4): in the layout's placeholder, then in
the master's placeholder of the same kind, then in the master's text styles.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from pptx.oxml.ns import qn
from pptx.slide import SlideLayout

_EMU_PER_POINT = 12700


@dataclass(frozen=True)
class Frame:
    """The room for a text and its style: all lengths in pt, `spacing` as a factor.

    `outer` is the height of the placeholder, the margins around its text included.
    """

    width: float
    height: float
    size: float
    outer: float = 0
    bold: bool = False
    indent: float = 0
    before: float = 0
    spacing: float = 1

    def higher(self, more: float) -> "Frame":
        """The frame of a placeholder that is higher by so much, in pt."""
        return replace(self, height=self.height + more, outer=self.outer + more)

    @cached_property
    def measure(self) -> float:
        """The length of a line."""
        return self.width - self.indent


def frames(layout: SlideLayout) -> Mapping[str, Frame]:
    """The frames of a layout's text placeholders, by their names."""
    found = {}
    shapes: Any = layout.placeholders
    for shape in shapes:
        if shape._element.find(qn("p:txBody")) is not None:
            found[shape.name] = _frame(layout, shape)
    return found


def _frame(layout: SlideLayout, shape: Any) -> Frame:
    body = shape._element.find(f".//{qn('a:bodyPr')}")
    sides = {
        side: int(body.get(side, default)) / _EMU_PER_POINT
        for side, default in (("lIns", 91440), ("rIns", 91440), ("tIns", 45720), ("bIns", 45720))
    }
    levels = list(_levels(layout, shape))

    def first(path: str, name: str, default: str) -> str:
        """The nearest value of an attribute."""
        for level in levels:
            node = level if path == "." else level.find(path)
            if node is not None and node.get(name) is not None:
                return str(node.get(name))
        return default

    run = qn("a:defRPr")
    return Frame(
        width=shape.width / _EMU_PER_POINT - sides["lIns"] - sides["rIns"],
        height=shape.height / _EMU_PER_POINT - sides["tIns"] - sides["bIns"],
        outer=shape.height / _EMU_PER_POINT,
        size=int(first(run, "sz", "1800")) / 100,
        bold=first(run, "b", "0") in ("1", "true"),
        indent=int(first(".", "marL", "0")) / _EMU_PER_POINT,
        before=int(first(f"{qn('a:spcBef')}/{qn('a:spcPts')}", "val", "0")) / 100,
        spacing=int(first(f"{qn('a:lnSpc')}/{qn('a:spcPct')}", "val", "100000")) / 100000,
    )


def _levels(layout: SlideLayout, shape: Any) -> Iterator[Any]:
    """The first level's properties, from the nearest list style to the farthest."""
    master: Any = layout.slide_master
    kind = shape._element.find(f".//{qn('p:ph')}").get("type", "body")
    is_title = kind in ("title", "ctrTitle")
    styles = [shape._element.find(f".//{qn('a:lstStyle')}")]
    for other in master.placeholders:
        other_kind = other._element.find(f".//{qn('p:ph')}").get("type", "body")
        if (other_kind == "title") == is_title and other_kind in ("title", "body"):
            styles.append(other._element.find(f".//{qn('a:lstStyle')}"))
    name = "p:titleStyle" if is_title else "p:bodyStyle"
    styles.append(master._element.find(f".//{qn(name)}"))
    for style in styles:
        if style is not None and (level := style.find(qn("a:lvl1pPr"))) is not None:
            yield level
