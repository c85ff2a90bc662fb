"""A district's own PowerPoint file as the deck's template.

For each of our layouts, a layout with its name and all its placeholders is looked for. If there is
none, the slide's text goes into another layout with a title and a text, as one list.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pptx.oxml.ns import qn
from pptx.slide import SlideLayout
from pptx.util import Pt

from pack.errors import TemplateError
from pack.theme import load_theme
from slides.composition import LayoutChoice, Placeholder
from slides.content import SlideContent
from slides.frames import Frame, Layout
from slides.pptx_xml import place_of
from slides.template_metrics import measure

# The kinds of placeholders (ECMA-376, 19.7.10); a placeholder of no kind is for any object.
_TITLES = ("title", "ctrTitle")
_TEXTS = ("body", "obj", "subTitle")
_SMALL = ("dt", "ftr", "sldNum", "hdr")

#: The types of layouts for slides that open a part of the talk, best first.
_PURPOSES = {
    "Title": ("title", "secHead"),
    "Section": ("secHead", "title"),
    "Closing": ("title", "secHead"),
}


def choose(presentation: Any, wanted: Mapping[str, Iterable[str]]) -> dict[str, LayoutChoice]:
    """The layout to use for each layout in `wanted`, which names the placeholders of each.

    Raises `TemplateError` if the file has no layout for some of them.
    """
    chosen: dict[str, LayoutChoice] = {}
    missing: list[str] = []
    layouts = list(presentation.slide_layouts)
    for name, needed in wanted.items():
        numbers = range(len(layouts))
        own = next((index for index in numbers if _has(layouts[index], name, needed)), None)
        if own is not None:
            placed = tuple(_placeholder(shape.name, shape) for shape in contents_of(layouts[own]))
            chosen[name] = LayoutChoice(own, placed, measure(layouts[own]))
        elif (other := _substitute(layouts, name)) is not None:
            chosen[name] = _adapted(layouts[other], other, presentation)
        else:
            missing.append(name)
    if missing:
        raise TemplateError(
            "This template has no layout for: "
            + ", ".join(missing)
            + ". Add a layout with a title and one text placeholder to its slide master."
        )
    return chosen


def merge(content: SlideContent) -> SlideContent:
    """The slide with all its text in one list."""
    lines = tuple(line for lines in content.texts.values() for line in lines)
    return replace(content, texts={"Text": lines} if lines else {})


def contents_of(layout: Any) -> list[Any]:
    """The placeholders of a layout in its own order, except date, footer and number."""
    return [shape for shape in layout.shapes if _kind(shape) not in (None, *_SMALL)]


def _has(layout: SlideLayout, name: str, needed: Iterable[str]) -> bool:
    return layout.name == name and set(needed) <= {shape.name for shape in contents_of(layout)}


def _substitute(layouts: Sequence[SlideLayout], name: str) -> int | None:
    """The index of a layout with a title and a text, and with as few other texts as possible.

    Layouts made for this purpose come first; for openings, those with a subtitle.
    """
    fitting: list[tuple[int, int, bool, int]] = []
    for number, layout in enumerate(layouts):
        kinds = [_kind(shape) for shape in contents_of(layout)]
        texts = [kind for kind in kinds if kind in _TEXTS]
        if any(kind in _TITLES for kind in kinds) and texts:
            rank = _rank(layout, name)
            fitting.append((rank, len(texts), ("subTitle" in texts) != (name in _PURPOSES), number))
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


def _adapted(layout: SlideLayout, number: int, presentation: Any) -> LayoutChoice:
    placed: list[Placeholder] = []
    frames: dict[str, Frame] = {}
    for shape, frame in zip(contents_of(layout), _frames(layout), strict=True):
        name = ""
        if _kind(shape) in _TITLES and "Title" not in frames:
            name = "Title"
        elif _kind(shape) in _TEXTS and "Text" not in frames:
            name = "Text"
        placed.append(_placeholder(name, shape))
        if name:
            least = load_theme().smallest["title" if name == "Title" else "body"]
            frames[name] = replace(frame, size=max(frame.size, least))
    frames["Table"] = frames["Text"]
    height = presentation.slide_height / Pt(1)
    measured = replace(measure(layout), frames=frames)
    return LayoutChoice(number, tuple(placed), measured, merged=True, height=height)


def _placeholder(name: str, shape: Any) -> Placeholder:
    return Placeholder(name, place_of(shape))


def _frames(layout: SlideLayout) -> list[Frame]:
    """The frames of a layout's placeholders in order; their names need not be unique."""
    found = []
    for number, shape in enumerate(contents_of(layout)):
        old, shape.name = shape.name, f"placeholder {number}"
        found.append(measure(layout).frames[shape.name])
        shape.name = old
    return found


def beside_code(layout: Layout, side: float) -> Layout:
    """The layout with narrower text, and to its right a square for a QR code; `side` is in pt."""
    text = layout.frames["Text"]
    side = min(side, text.height, text.width * 0.55)
    code = replace(text, left=text.left + text.width - side, width=side, height=side, outer=side)
    narrow = replace(text, width=text.width - side - 18)
    return replace(layout, frames={**layout.frames, "Text": narrow, "Code": code})


def _kind(shape: Any) -> str | None:
    """The kind of a placeholder; None for any other shape."""
    found = shape._element.find(f".//{qn('p:ph')}")
    return None if found is None else str(found.get("type", "obj"))
