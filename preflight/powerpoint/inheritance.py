"""What slides inherit from their layout, master and theme (ECMA-376, part 1, 19.3.1)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from preflight.powerpoint.colors import Palette, color_of
from preflight.powerpoint.styles import POINT, A, Fill, Style, fill_of, paragraph_style

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"

#: Left, top, right and bottom in pt.
Box = tuple[float, float, float, float]

#: Title placeholders, and header and footer placeholders (ECMA-376, part 1, 19.7.10).
TITLES = ("title", "ctrTitle")
SMALL = ("dt", "ftr", "sldNum", "hdr")

#: The default text margins in EMU (ECMA-376, part 1, 21.1.2.1.1).
MARGINS = {"lIns": 91440, "rIns": 91440, "tIns": 45720, "bIns": 45720}


@dataclass(frozen=True)
class Defaults:
    """What a shape has unless it says otherwise; `margins` are in EMU, by name.

    `style(depth)` is the paragraph style; depth counts from 0. `box` is None if no position is
    inherited. `anchor` is "t", "ctr" or "b".
    """

    box: Box | None
    fill: Fill
    margins: Mapping[str, int]
    style: Callable[[int], Style]
    anchor: str = "t"


@dataclass(frozen=True)
class Appearance:
    """What the slides of one layout share.

    `behind` is what lies under their own shapes, from the bottom up: the background, then the boxes
    of the master and the layout. `defaults` returns the defaults of a placeholder, or of any other
    shape for None. `moving` is true if any part of it is animated.
    """

    palette: Palette
    behind: tuple[tuple[Box, Fill], ...]
    defaults: Callable[[Any], Defaults]
    moving: bool


#: Elements that animate (ECMA-376, part 1, 19.5.1 ff.); a playable video is not one of them.
EFFECTS = tuple(
    f"{P}{name}"
    for name in ("anim", "animClr", "animEffect", "animMotion", "animRot", "animScale", "set")
)


def appearance_of(
    presentation: Any, theme: Any, master: Any, layout: Any, mapping: Any
) -> Appearance:
    """The appearance of a layout's slides. All arguments but `mapping` are root elements.

    `mapping` is the element that maps the theme's colors to the names that slides use (19.3.1.6).
    """
    palette = _palette(theme, mapping)
    own = {one.get("idx", "0"): shape for shape, one in _placeholders(layout)}
    general = {_general(kind_of(one)): shape for shape, one in _placeholders(master)}

    @cache
    def defaults(index: str, kind: str) -> Defaults:
        shape = own.get(index)
        if shape is not None:
            kind = kind_of(placeholder_of(shape))
        parents = [one for one in (shape, general.get(_general(kind))) if one is not None]
        group = {"title": "title", "body": "body"}.get(_general(kind), "other")
        styles = master.find(f"{P}txStyles/{P}{group}Style")
        return _defaults(parents, styles, palette)

    free = _defaults([], presentation.find(f"{P}defaultTextStyle"), palette)

    def of(placeholder: Any) -> Defaults:
        if placeholder is None:
            return free
        return defaults(placeholder.get("idx", "0"), kind_of(placeholder))

    return Appearance(
        palette=palette,
        behind=tuple(_behind(master, layout, palette)),
        defaults=of,
        moving=any(next(root.iter(*EFFECTS), None) is not None for root in (master, layout)),
    )


def _defaults(parents: list[Any], styles: Any, palette: Palette) -> Defaults:
    """What is inherited from these shapes, nearest first, and from list styles."""
    lists = [one.find(f"{P}txBody/{A}lstStyle") for one in parents]
    margins: dict[str, int] = dict(MARGINS)
    for one in reversed(parents):
        margins |= margins_of(one.find(f"{P}txBody"))
    anchors = (anchor_of(one.find(f"{P}txBody")) for one in parents)
    fills = (fill_of(one.find(f"{P}spPr"), palette) for one in parents)

    @cache
    def style(depth: int) -> Style:
        found = Style(color=palette.get("tx1", ""), face=palette.get("+mn-lt", ""))
        for one in (styles, *reversed(lists)):
            if one is not None:
                found = paragraph_style(found, one.find(f"{A}lvl{depth + 1}pPr"), palette)
        return found

    return Defaults(
        box=next((box for one in parents if (box := box_of(one)) is not None), None),
        fill=next((fill for fill in fills if fill is not None), ()),
        margins=margins,
        style=style,
        anchor=next(filter(None, anchors), "t"),
    )


def _behind(master: Any, layout: Any, palette: Palette) -> Iterator[tuple[Box, Fill]]:
    backgrounds = (background_of(root, palette) for root in (layout, master))
    yield (0, 0, 1e9, 1e9), next((one for one in backgrounds if one is not None), ("",))
    hides = layout.get("showMasterSp") in ("0", "false")
    for root in (layout,) if hides or layout is master else (master, layout):
        for shape in root.find(f"{P}cSld/{P}spTree").iterchildren(f"{P}sp", f"{P}pic"):
            fill = ("",) if shape.tag == f"{P}pic" else fill_of(shape.find(f"{P}spPr"), palette)
            if fill and placeholder_of(shape) is None and (box := box_of(shape)) is not None:
                yield box, fill


def background_of(root: Any, palette: Palette) -> Fill | None:
    """The background of a slide, layout or master; None if it is inherited."""
    background = root.find(f"{P}cSld/{P}bg")
    if background is None:
        return None
    if background[0].tag == f"{P}bgRef":
        # Up to 1000 there is no background; from 1001 on it is one of the theme's fills (19.3.1.3).
        return (color_of(background[0][0], palette),) if len(background[0]) else ("",)
    return fill_of(background[0], palette) or ("",)


def box_of(shape: Any) -> Box | None:
    """A shape's box in pt; None if it is inherited."""
    for path in (f"{P}spPr/{A}xfrm", f"{P}xfrm", f"{P}grpSpPr/{A}xfrm"):
        if (place := shape.find(path)) is not None:
            start, size = place.find(f"{A}off"), place.find(f"{A}ext")
            left, top = int(start.get("x")) / POINT, int(start.get("y")) / POINT
            return (
                left,
                top,
                left + int(size.get("cx")) / POINT,
                top + int(size.get("cy")) / POINT,
            )
    return None


def margins_of(body: Any) -> dict[str, int]:
    """The margins in EMU that a text body sets, by name."""
    settings = None if body is None else body.find(f"{A}bodyPr")
    given = {} if settings is None else settings.attrib
    return {name: int(given[name]) for name in MARGINS if name in given}


def anchor_of(body: Any) -> str:
    """Where in its box a text body's text is; empty if this is inherited."""
    settings = None if body is None else body.find(f"{A}bodyPr")
    return "" if settings is None else settings.get("anchor", "")


def placeholder_of(shape: Any) -> Any:
    """A shape's p:ph element, or None."""
    return shape[0].find(f"{P}nvPr/{P}ph")


def kind_of(placeholder: Any) -> str:
    return str(placeholder.get("type", "obj"))


def _placeholders(root: Any) -> Iterator[tuple[Any, Any]]:
    for shape in root.find(f"{P}cSld/{P}spTree").iterchildren(f"{P}sp", f"{P}pic"):
        if (found := placeholder_of(shape)) is not None:
            yield shape, found


def _general(kind: str) -> str:
    """The kind of master placeholder that a layout's placeholder inherits from."""
    if kind in SMALL:
        return kind
    return "title" if kind in TITLES else "body"


def _palette(theme: Any, mapping: Any) -> dict[str, str]:
    slots = {
        slot.tag.rpartition("}")[2]: color_of(slot[0], {})
        for slot in theme.find(f"{A}themeElements/{A}clrScheme")
    }
    fonts = {
        f"+{short}-lt": font.get("typeface", "")
        for short, name in (("mj", "major"), ("mn", "minor"))
        if (font := theme.find(f".//{A}{name}Font/{A}latin")) is not None
    }
    return {**slots, **{name: slots[slot] for name, slot in mapping.attrib.items()}, **fonts}
