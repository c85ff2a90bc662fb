"""A composed deck: plain data that any process can take over, without PowerPoint's libraries."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from slides.content import Lines, SlideContent
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
    `merged`, all text of a slide goes into "Text". `height` is the height of a slide in pt, and
    `floor` where the room for text ends. `logo` is a place for a logo if no placeholder is for it,
    and `footer` the room for the footer of a foreign template. `taken` are the left,
    top and right edges in pt of what its slides show besides. `ink` and `paper` are the colors of a
    table's text and cells, as names in the color scheme or "RRGGBB".
    """

    number: int
    placeholders: tuple[Placeholder, ...]
    layout: Layout
    merged: bool = False
    height: float = 0
    floor: float = 0
    logo: Box | None = None
    footer: Frame | None = None
    taken: tuple[tuple[float, float, float], ...] = ()
    ink: str = "tx1"
    paper: str = "bg1"

    @property
    def logo_room(self) -> Box | None:
        """The place for a logo, in EMU; None if there is none."""
        own = (box.place for box in self.placeholders if box.name == "Logo")
        return next(own, self.logo)


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
    width and height of a slide in pt. `too_long` are the lines, by the key of a planned slide, that
    don't fit its picture: the slide is shown as a list.
    """

    chosen: Mapping[str, LayoutChoice]
    layouts: Mapping[str, Layout]
    planned: tuple[SlideContent, ...]
    slides: tuple[SlideContent, ...]
    head: SlideContent | None
    boxes: Mapping[str, MasterBox]
    master: str
    size: tuple[float, float]
    too_long: Mapping[str, Lines] = field(default_factory=dict)

    def layout_of(self, content: SlideContent) -> Layout:
        """The layout of a slide, with the slide's own frames if it has any."""
        layout = self.layouts[content.layout]
        return replace(layout, frames=content.frames or {**layout.frames, **content.places})
