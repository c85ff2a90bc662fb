"""A district's own PowerPoint file as the deck's template.

A layout of ours is looked for by its name, with all its placeholders. Where there is none, the
slide's text goes into a layout of theirs that has a title and one text, in one list.
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

# The kinds of placeholders (ECMA-376, 19.7.10); those of no kind are for any object.
_TITLES = ("title", "ctrTitle")
_TEXTS = ("body", "obj", "subTitle")
_SMALL = ("dt", "ftr", "sldNum", "hdr")

#: The purposes of layouts for slides that open a part of the talk, the best first.
_PURPOSES = {
    "Title": ("title", "secHead"),
    "Section": ("secHead", "title"),
    "Closing": ("title", "secHead"),
}


def choose(presentation: Any, wanted: Mapping[str, Iterable[str]]) -> dict[str, LayoutChoice]:
    """For each layout in `wanted`, which names its placeholders, the one to use.

    Raises `TemplateError` if the file has none for some of them.
    """
    chosen: dict[str, LayoutChoice] = {}
    missing: list[str] = []
    layouts = list(presentation.slide_layouts)
    for name, needed in wanted.items():
        numbers = range(len(layouts))
        own = next((one for one in numbers if _has(layouts[one], name, needed)), None)
        if own is not None:
            placed = tuple(_placeholder(one.name, one) for one in contents_of(layouts[own]))
            chosen[name] = LayoutChoice(own, placed, measure(layouts[own]))
        elif (other := _other(layouts, name)) is not None:
            chosen[name] = _adopted(layouts[other], other, presentation)
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
    """The placeholders of a layout in their own order, without date, footer, number."""
    return [shape for shape in layout.shapes if _kind(shape) not in (None, *_SMALL)]


def _has(layout: SlideLayout, name: str, needed: Iterable[str]) -> bool:
    return layout.name == name and set(needed) <= {shape.name for shape in contents_of(layout)}


def _other(layouts: Sequence[SlideLayout], name: str) -> int | None:
    """The number of a layout with a title and a text, and as few others as can be.

    With a subtitle for openings.
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
    """How well a layout's purpose fits, as its type has it (ECMA-376, 19.7.15): 0 is best."""
    purpose = str(layout._element.get("type", ""))
    wanted = _PURPOSES.get(name, ("obj", "tx"))
    if purpose in wanted:
        return wanted.index(purpose)
    # For pictures, captions or vertical text, or for another kind of slide.
    others = ("picTx", "objTx", "vertTx", "vertTitleAndTx", "title", "secHead")
    return 3 if purpose in others else 2


def _adopted(layout: SlideLayout, number: int, presentation: Any) -> LayoutChoice:
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
    look = replace(measure(layout), frames=frames)
    return LayoutChoice(number, tuple(placed), look, merged=True, height=height)


def _placeholder(name: str, shape: Any) -> Placeholder:
    return Placeholder(name, place_of(shape))


def _frames(layout: SlideLayout) -> list[Frame]:
    """The frames of a layout's placeholders in their order; names may not be unique there."""
    found = []
    for number, shape in enumerate(contents_of(layout)):
        old, shape.name = shape.name, f"placeholder {number}"
        found.append(measure(layout).frames[shape.name])
        shape.name = old
    return found


def beside_code(look: Layout, side: float) -> Layout:
    """The look with the text narrowed, and a square for a QR code to its right, in pt."""
    text = look.frames["Text"]
    side = min(side, text.height, text.width * 0.55)
    code = replace(text, left=text.left + text.width - side, width=side, height=side, outer=side)
    narrow = replace(text, width=text.width - side - 18)
    return replace(look, frames={**look.frames, "Text": narrow, "Code": code})


def _kind(shape: Any) -> str | None:
    """The kind of a placeholder; None if the shape is none."""
    found = shape._element.find(f".//{qn('p:ph')}")
    return None if found is None else str(found.get("type", "obj"))
