"""A deck, composed: plain data that any process can take over, without PowerPoint's libraries."""

from collections.abc import Mapping
from dataclasses import dataclass

from slides.content import SlideContent
from slides.frames import Frame, Layout
from slides.raster import Box


@dataclass(frozen=True)
class Placeholder:
    """A layout's placeholder: our name of it, empty if nothing goes there.

    `place` is its left, top, width and height in EMU.
    """

    name: str
    place: Box


@dataclass(frozen=True)
class LayoutChoice:
    """The layout of a template that stands in for one of ours.

    `number` is its place among the template's layouts; `placeholders` stand in its own order. If
    `merged`, all text of a slide goes into "Text". `height` is the slide's, in pt.
    """

    number: int
    placeholders: tuple[Placeholder, ...]
    look: Layout
    merged: bool = False
    height: float = 0

    def place(self, name: str) -> Box | None:
        """Where the placeholder of that name stands, in EMU; None if there is none."""
        return next((one.place for one in self.placeholders if one.name == name), None)


@dataclass(frozen=True)
class MasterBox:
    """A text box on the master that shows the school: the room for its text, its place in EMU."""

    frame: Frame
    place: Box


@dataclass(frozen=True)
class Composition:
    """What stands on each slide, at sizes at which it fits, and where in the template.

    `chosen` and `looks` are the template's layouts by our names, `planned` the slides as they are
    meant and `slides` as they fit: in other sizes, or divided. `head` is what stands on the
    master, `boxes` the master's boxes for it by name, `master` its part. `size` is the width and
    height of a slide in pt.
    """

    chosen: Mapping[str, LayoutChoice]
    looks: Mapping[str, Layout]
    planned: tuple[SlideContent, ...]
    slides: tuple[SlideContent, ...]
    head: SlideContent | None
    boxes: Mapping[str, MasterBox]
    master: str
    size: tuple[float, float]
