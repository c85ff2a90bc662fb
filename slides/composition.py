"""A composed deck: plain data that any process can take over, without PowerPoint's libraries."""

from collections.abc import Mapping
from dataclasses import dataclass

from slides.content import SlideContent
from slides.frames import Frame, Layout
from slides.raster import Box


@dataclass(frozen=True)
class Placeholder:
    """A layout's placeholder: our name for it, empty if nothing goes there.

    `place` is its left, top, width and height in EMU.
    """

    name: str
    place: Box


@dataclass(frozen=True)
class LayoutChoice:
    """The layout of a template that is used for one of ours.

    `number` is its index among the template's layouts; `placeholders` are in its own order. If
    `merged`, all text of a slide goes into "Text". `height` is the height of a slide in pt.
    """

    number: int
    placeholders: tuple[Placeholder, ...]
    layout: Layout
    merged: bool = False
    height: float = 0

    def place(self, name: str) -> Box | None:
        """The place of the placeholder with that name, in EMU; None if there is none."""
        return next((box.place for box in self.placeholders if box.name == name), None)


@dataclass(frozen=True)
class MasterBox:
    """A text box on the master that shows the school: the room for text, and its place in EMU."""

    frame: Frame
    place: Box


@dataclass(frozen=True)
class Composition:
    """What is on each slide, at sizes at which it fits, and where in the template.

    `chosen` and `layouts` are the template's layouts by our names. `planned` are the slides as
    planned, `slides` the same as they fit: in other sizes, or divided. `head` is the text on the
    master, `boxes` the master's boxes for it by name, `master` the name of its part. `size` is the
    width and height of a slide in pt.
    """

    chosen: Mapping[str, LayoutChoice]
    layouts: Mapping[str, Layout]
    planned: tuple[SlideContent, ...]
    slides: tuple[SlideContent, ...]
    head: SlideContent | None
    boxes: Mapping[str, MasterBox]
    master: str
    size: tuple[float, float]
