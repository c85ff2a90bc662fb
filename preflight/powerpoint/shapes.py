"""The shapes of a slide as plain data: their boxes, their text and its style."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from preflight.powerpoint.inheritance import (
    SMALL,
    TITLES,
    Appearance,
    Box,
    P,
    background_of,
    box_of,
    kind_of,
    placeholder_of,
)
from preflight.powerpoint.package import Package, Relation
from preflight.powerpoint.styles import POINT, A, Fill, fill_of
from preflight.powerpoint.texts import PptxText, read_cells, read_text

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_KINDS = {
    f"{P}sp": "text",
    f"{P}pic": "picture",
    f"{P}graphicFrame": "object",
    f"{P}cxnSp": "line",
    f"{P}grpSp": "group",
}


@dataclass(frozen=True)
class Shape:
    """A shape of a slide.

    `kind` is "text", "picture", "table", "object", "line" or "group". `placeholder` is the kind
    of its placeholder (ECMA-376, part 1, 19.7.10), or empty. `links` are all addresses that it
    links to, including those in its text; `link` is that of the shape as a whole. A table is
    `headed` if its first row is marked as a header row. `image` holds the bytes of a picture's
    file; `cropped` is true if only a part of it is shown. `filled` is true if it has a background
    of its own.
    """

    kind: str
    name: str
    placeholder: str
    box: Box
    alt: str
    decorative: bool
    texts: tuple[PptxText, ...]
    link: str
    links: tuple[str, ...]
    headed: bool = False
    image: bytes = b""
    cropped: bool = False
    filled: bool = False

    @property
    def text(self) -> str:
        return "\n".join(text.text for text in self.texts)

    @property
    def is_title(self) -> bool:
        return self.placeholder in TITLES

    @property
    def is_small(self) -> bool:
        """Whether it is a footer, a date or a slide number."""
        return self.placeholder in SMALL


def read_shapes(root: Any, appearance: Appearance, package: Package, part: str) -> Iterator[Shape]:
    """The shapes of a slide in order, from its root element and the name of its part."""
    relations = package.relations(part)
    behind = list(appearance.behind)
    if (background := background_of(root, appearance.palette)) is not None:
        behind[0] = (behind[0][0], background)
    for element in _elements(root.find(f"{P}cSld/{P}spTree")):
        shape, fill = _shape(element, appearance, behind, relations)
        if shape.kind == "picture":
            shape = _with_picture(shape, element, package, relations)
        if fill:
            behind.append((shape.box, fill))
        if shape.kind == "group":
            behind += _parts(element, appearance)
        yield shape


def _parts(group: Any, appearance: Appearance) -> Iterator[tuple[Box, Fill]]:
    """The boxes and fills of the shapes in a group whose parts are not scaled."""
    for part in group.iter(f"{P}sp"):
        box, fill = box_of(part), fill_of(part.find(f"{P}spPr"), appearance.palette)
        if box is not None and fill:
            yield box, fill


def _elements(tree: Any) -> Iterator[Any]:
    for child in tree:
        if child.tag == f"{_COMPATIBLE}AlternateContent":
            yield from _elements(child[0])
        elif child.tag in _KINDS:
            yield child


def _shape(
    element: Any,
    appearance: Appearance,
    behind: list[tuple[Box, Fill]],
    relations: Mapping[str, Relation],
) -> tuple[Shape, Fill]:
    """The shape, and the fill with which it covers others."""
    named, placeholder = element[0].find(f"{P}cNvPr"), placeholder_of(element)
    defaults = appearance.defaults(placeholder)
    kind, box = _KINDS[element.tag], box_of(element) or defaults.box or (0, 0, 0, 0)
    own = fill_of(element.find(f"{P}spPr"), appearance.palette)
    fill = defaults.fill if own is None else own
    texts: tuple[PptxText, ...] = ()
    table = element.find(f"{A}graphic/{A}graphicData/{A}tbl")
    if table is not None:
        kind = "table"
        # The height of a table follows from its rows, not from its frame.
        high = sum(int(row.get("h")) for row in table.iterfind(f"{A}tr")) / POINT
        box = (*box[:3], box[1] + high)
        texts = tuple(read_cells(table, appearance.defaults(None), appearance.palette))
    elif kind != "picture":
        background = fill or _under(box, behind)
        bodies = element.iter(f"{P}txBody")
        texts = tuple(
            read_text(body, defaults, box, background, appearance.palette) for body in bodies
        )
    shape = Shape(
        kind=kind,
        name=named.get("name", ""),
        placeholder="" if placeholder is None else kind_of(placeholder),
        box=box,
        alt=named.get("descr", "").strip(),
        decorative=any(one.get("val") in ("1", "true") for one in named.iter("{*}decorative")),
        texts=texts,
        link=next(links_of(named, relations), ""),
        links=tuple(links_of(element, relations)),
        headed=table is not None and table[0].get("firstRow") in ("1", "true"),
        filled=bool(fill),
    )
    return shape, ("",) if kind == "picture" else fill


def _with_picture(
    shape: Shape, element: Any, package: Package, relations: Mapping[str, Relation]
) -> Shape:
    fill = element.find(f"{P}blipFill")
    shown = relations.get(fill.find(f"{A}blip").get(f"{_RELATION}embed"))
    crop = fill.find(f"{A}srcRect")
    return replace(
        shape,
        image=package.read(shown.target) if shown else b"",
        cropped=crop is not None and any(int(side) for side in crop.attrib.values()),
    )


def links_of(element: Any, relations: Mapping[str, Relation]) -> Iterator[str]:
    """The addresses that an element links to, except other slides and clicks that play a video."""
    for link in element.iter(f"{A}hlinkClick", f"{A}hlinkHover", f"{A}hlinkMouseOver"):
        if identity := link.get(f"{_RELATION}id"):
            relation = relations.get(identity)
            if relation is None or relation.kind == "hyperlink":
                yield relation.target if relation else ""


def _under(box: Box, behind: list[tuple[Box, Fill]]) -> Fill:
    """The fill under the center of a box."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for (left, top, right, bottom), fill in reversed(behind):
        if left <= x <= right and top <= y <= bottom:
            return fill
    return ("",)
