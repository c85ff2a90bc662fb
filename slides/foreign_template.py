"""A district's own PowerPoint file as the deck's template.

For each of our layouts, a layout with its name and all its placeholders is looked for. If there is
none, the slide's text goes into another layout with a title and a text, as one list.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from PIL import ImageColor
from pptx.oxml.ns import qn
from pptx.slide import SlideLayout
from pptx.util import Pt

from pack.contrast import luminance, ratio
from pack.errors import TemplateError
from pack.theme import load_theme
from slides.composition import LayoutChoice, Placeholder
from slides.content import SlideContent
from slides.frames import SLIDE_HEIGHT, Frame
from slides.pptx_xml import place_of
from slides.raster import Box
from slides.template_metrics import colors_of, measure, measure_placeholders, table_face

# The kinds of placeholders (ECMA-376, 19.7.10); a placeholder of no kind is for any object.
_TITLES = ("title", "ctrTitle")
_TEXTS = ("body", "obj", "subTitle")
_SMALL = ("dt", "ftr", "sldNum", "hdr")

#: Our name for the layout of any slide with a title and a text.
CONTENT = "Content"

#: The smallest part of a slide that a content layout's text should take, and the part from which
#: on a picture is its background.
_ROOMY, _BACKGROUND = 0.15, 0.5

#: The least contrast of a table's text (WCAG 2.1, 1.4.3).
_LEAST_CONTRAST = 4.5

#: How many layouts are named that a template lacks.
_NAMED = 3

#: How many times larger than the slide a placeholder may be; a larger one is a mistake.
_HUGE = 4

#: The width and height of a slide in EMU.
Size = tuple[int, int]

#: The types of layouts for slides that open a part of the talk, best first.
_PURPOSES = {
    "Title": ("title", "secHead"),
    "Section": ("secHead", "title"),
    "Closing": ("title", "secHead"),
    "Closing in full": ("title", "secHead"),
}


#: The layouts that open or close a part of the talk.
OPENINGS = tuple(_PURPOSES)


def choose(
    presentation: Any,
    wanted: Mapping[str, Iterable[str]],
    template: Path,
    known: dict[str, LayoutChoice] | None = None,
    *,
    merged: bool = False,
) -> dict[str, LayoutChoice]:
    """The layout to use for each layout in `wanted`, which names the placeholders of each.

    `template` is the file of the presentation; `known` holds the choices that were made for it
    before, and gets those that have its own layouts. If `merged`, no layout is used for its name.
    Raises `TemplateError` if there is no layout for some of them.
    """
    chosen: dict[str, LayoutChoice] = {}
    missing: list[str] = []
    layouts = list(presentation.slide_layouts)
    size = (presentation.slide_width, presentation.slide_height)
    # Our own template needs no substitutes. Many layouts have the same: it is looked for, and
    # measured, once.
    candidates = cache(lambda: _candidates(layouts, size))
    substitute = cache(lambda purpose: _substitute(candidates(), purpose, size))
    adapted = cache(lambda index: _adapted(layouts[index], index, presentation))
    known = {} if known is None else known
    for name, needed in wanted.items():
        if name in known:
            chosen[name] = known[name]
            continue
        numbers = range(0 if merged else len(layouts))
        own = next((index for index in numbers if _has(layouts[index], name, needed, size)), None)
        if own is not None:
            placed = tuple(_placeholder(shape.name, shape) for shape in contents_of(layouts[own]))
            chosen[name] = known[name] = LayoutChoice(own, placed, measure(layouts[own]))
        elif (other := substitute(name if name in _PURPOSES else CONTENT)) is not None:
            chosen[name] = adapted(other)
        else:
            missing.append(name)
    if any(choice.merged for choice in chosen.values()):
        # For an opening with more text than its own layout has room for.
        chosen[CONTENT] = adapted(substitute(CONTENT) or 0)
    if missing:
        raise TemplateError(
            f"The template {template.name} has no layout for: "
            + ", ".join([*missing[:_NAMED], *(["…"] if len(missing) > _NAMED else [])])
            + ". Add a layout with a title and one text placeholder to its slide master."
        )
    return chosen


def merge(content: SlideContent) -> SlideContent:
    """The slide with all its text in one list."""
    content = content.plain or content
    lines = tuple(line for lines in content.texts.values() for line in lines)
    return replace(content, texts={"Text": lines} if lines else {})


def contents_of(layout: Any) -> list[Any]:
    """The placeholders of a layout in its own order, except date, footer and number."""
    return [shape for shape in layout.shapes if _kind(shape) not in (None, *_SMALL)]


def _has(layout: SlideLayout, name: str, needed: Iterable[str], size: Size) -> bool:
    if layout.name != name:
        return False
    return set(needed) <= {shape.name for shape in contents_of(layout) if _has_place(shape, size)}


def _candidates(layouts: Sequence[SlideLayout], size: Size) -> Mapping[int, SlideLayout]:
    """The layouts with a title and a text, by their index."""
    return {
        number: layout
        for number, layout in enumerate(layouts)
        if {"Title", "Text"} <= set(_named(layout, size).values())
    }


def _substitute(candidates: Mapping[int, SlideLayout], name: str, size: Size) -> int | None:
    """The index of a layout with a title and a text, and with as few other texts as possible.

    Layouts made for this purpose come first; for openings, those with a subtitle, and for content,
    those with enough room.
    """
    fitting: list[tuple[bool, int, int, bool, bool, int]] = []
    for number, layout in candidates.items():
        texts = [kind for shape in contents_of(layout) if (kind := _kind(shape)) in _TEXTS]
        area = _area(layout, _named(layout, size))
        small = name not in _PURPOSES and area < _ROOMY * size[0] * size[1]
        rank = _rank(layout, name)
        opens = ("subTitle" in texts) != (name in _PURPOSES)
        fitting.append((small, rank, len(texts), opens, _has_picture(layout), number))
    return min(fitting)[-1] if fitting else None


def _rank(layout: SlideLayout, name: str) -> int:
    """How well a layout's type (ECMA-376, 19.7.15) fits the slide named: 0 is best."""
    purpose = str(layout._element.get("type", ""))
    wanted = _PURPOSES.get(name, ("obj", "tx"))
    if purpose in wanted:
        return wanted.index(purpose)
    # For pictures, captions or vertical text, or for another kind of slide.
    others = ("picTx", "objTx", "vertTx", "vertTitleAndTx", "title", "secHead")
    return 3 if purpose in others else 2


def _named(layout: SlideLayout, size: Size) -> dict[int, str]:
    """Our names for a layout's placeholders that text can go into, by the ids of their shapes."""
    names: dict[int, str] = {}
    best = (False, 0)
    text = 0
    for shape in contents_of(layout):
        kind = _kind(shape)
        if not _is_usable(shape, size):
            continue
        if kind in _TITLES and "Title" not in names.values():
            names[shape.shape_id] = "Title"
        elif kind in _TEXTS:
            this = (kind == "subTitle", shape.width * shape.height)
            if this > best:
                best, text = this, shape.shape_id
    names |= {text: "Text"} if text else {}
    found = [shape for shape in contents_of(layout) if shape.shape_id in names]
    for shape, frame in zip(found, measure_placeholders(layout, found), strict=True):
        # Some templates have margins or indents that leave no room in the box.
        if frame is None or frame.height <= 0 or frame.line < frame.size:
            names.pop(shape.shape_id, None)
    return names


def _has_picture(layout: SlideLayout) -> bool:
    return any(_kind(shape) == "pic" for shape in contents_of(layout))


def _area(layout: SlideLayout, named: Mapping[int, str]) -> int:
    """The area of a layout's text placeholder in square EMU."""
    shapes = contents_of(layout)
    text = next(shape for shape in shapes if named.get(shape.shape_id) == "Text")
    return int(text.width * text.height)


def _is_usable(shape: Any, size: Size) -> bool:
    """Whether text in a placeholder is upright and mostly on the slide."""
    if (
        shape._element.find(qn("p:txBody")) is None
        or _is_turned(shape)
        or not _has_place(shape, size)
    ):
        return False
    _, _, width, height = place_of(shape)
    seen = _inside(place_of(shape), size)
    return seen[2] > 0 and seen[3] * 2 > height and seen[2] * 2 > width


def _has_place(shape: Any, size: Size) -> bool:
    """Whether a placeholder is somewhere, and has a size that can be."""
    _, _, width, height = place_of(shape)
    return 0 < width <= size[0] * _HUGE and 0 < height <= size[1] * _HUGE


def _is_turned(shape: Any) -> bool:
    """Whether the text of a placeholder runs up or down, by itself or as on the master."""
    parent = shape._base_placeholder
    places = [one for one in (shape, parent) if one is not None]
    own = next((one for one in places if one._element.spPr.xfrm is not None), shape)
    bodies = (one._element.find(f".//{qn('a:bodyPr')}") for one in places)
    flows = (body.get("vert") for body in bodies if body is not None)
    flow = next((flow for flow in flows if flow), "horz")
    return bool(own.rotation) or flow != "horz"


def _inside(place: Box, size: Size) -> Box:
    """The part of a place that is on the slide, in EMU."""
    left, top = max(place[0], 0), max(place[1], 0)
    right, bottom = min(place[0] + place[2], size[0]), min(place[1] + place[3], size[1])
    return left, top, right - left, bottom - top


def _adapted(layout: SlideLayout, number: int, presentation: Any) -> LayoutChoice:
    size = (presentation.slide_width, presentation.slide_height)
    scale = size[1] / Pt(SLIDE_HEIGHT)
    names = _named(layout, size)
    placed: list[Placeholder] = []
    frames: dict[str, Frame] = {}
    shapes = contents_of(layout)
    for shape, frame in zip(shapes, measure_placeholders(layout, shapes), strict=True):
        name = names.get(shape.shape_id, "")
        placed.append(_placeholder(name, shape))
        if name and frame:
            frames[name] = _on_slide(frame, name, shape, size, _floor(layout, size))
    frames["Table"] = replace(frames["Text"], face=table_face(layout), capitals=False)
    measured = replace(measure(layout), frames=frames, scale=scale)
    ink, paper = _table_colors(layout)
    return LayoutChoice(
        number,
        tuple(placed),
        measured,
        merged=True,
        height=size[1] / Pt(1),
        floor=_floor(layout, size) / Pt(1),
        logo=_corner(layout, size),
        footer=_footer(layout, size),
        ink=ink,
        paper=paper,
        taken=tuple(
            (left / Pt(1), top / Pt(1), (left + width) / Pt(1))
            for left, top, width, _ in _taken(layout, size)
        ),
    )


def _table_colors(layout: SlideLayout) -> tuple[str, str]:
    """The theme's colors for text and background, or black on white if they can't be told apart."""
    colors = colors_of(layout)
    lights = [luminance(ImageColor.getrgb(colors[name])[:3]) for name in ("tx1", "bg1")]
    return ("tx1", "bg1") if ratio(*lights) >= _LEAST_CONTRAST else ("000000", "FFFFFF")


def _on_slide(frame: Frame, name: str, shape: Any, size: Size, floor: int) -> Frame:
    """A placeholder's frame, as far as it is on the slide and at a size that can be read.

    One that sticks out below ends at the `floor`.
    """
    least = load_theme().smallest["title" if name == "Title" else "label"]
    least *= size[1] / Pt(SLIDE_HEIGHT)
    larger = max(least / frame.size, 1)
    whole = place_of(shape)
    seen = _inside(whole, size if whole[1] + whole[3] <= size[1] else (size[0], floor))
    cut = [(before - after) / Pt(1) for before, after in zip(whole, seen, strict=True)]
    return replace(
        frame,
        left=frame.left - cut[0],
        top=frame.top - cut[1],
        width=frame.width - cut[2],
        height=frame.height - cut[3],
        outer=frame.outer - cut[3],
        size=frame.size * larger,
        before=frame.before * larger,
        least=least,
    )


def _footer(layout: SlideLayout, size: Size) -> Frame | None:
    """The frame of a layout's footer; None if it has none that can be seen."""
    shapes: Any = layout.placeholders
    found = [shape for shape in shapes if _kind(shape) == "ftr" and _is_usable(shape, size)]
    return measure_placeholders(layout, found[:1])[0] if found else None


def _floor(layout: SlideLayout, size: Size) -> int:
    """Where the room for text ends: above the footers, or at the margin of the slide, in EMU."""
    shapes: Any = layout.placeholders
    feet = [int(shape.top) for shape in shapes if _kind(shape) in _SMALL]
    return min([foot for foot in feet if foot > size[1] * 0.75], default=round(size[1] * 0.95))


def _corner(layout: SlideLayout, size: Size) -> Box | None:
    """A free place for a logo in a corner of the slide, in EMU; None if every corner is taken."""
    wide, high = round(size[0] * 0.2), round(size[1] * 0.12)
    margin = round(size[1] * 0.04)
    taken = _taken(layout, size)
    boxes: Any = layout.placeholders
    taken += [place_of(shape) for shape in boxes if shape.width and shape.height]
    for top in (margin, size[1] - margin - high):
        for left in (margin, size[0] - margin - wide):
            if not any(_overlap((left, top, wide, high), one) for one in taken):
                return left, top, wide, high
    return None


def _taken(layout: SlideLayout, size: Size) -> list[Box]:
    """The places of what the layout and its master show besides text, such as logos, in EMU."""
    shapes: list[Any] = [*layout.shapes]
    if layout._element.get("showMasterSp") not in ("0", "false"):
        shapes += layout.slide_master.shapes
    places = [
        place_of(shape)
        for shape in shapes
        if not shape.is_placeholder and shape.width and shape.height
    ]
    # What covers most of the slide is its background.
    return [one for one in places if one[2] * one[3] < _BACKGROUND * size[0] * size[1]]


def _overlap(one: Box, other: Box) -> bool:
    beside = one[0] >= other[0] + other[2] or other[0] >= one[0] + one[2]
    return not beside and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]


def _placeholder(name: str, shape: Any) -> Placeholder:
    return Placeholder(name, place_of(shape))


def _kind(shape: Any) -> str | None:
    """The kind of a placeholder; None for any other shape."""
    found = shape._element.find(f".//{qn('p:ph')}")
    return None if found is None else str(found.get("type", "obj"))
