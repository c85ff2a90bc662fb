"""Where a deck shows its school, so that another school can be put into a finished deck."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from slides.arrange import arranged
from slides.content import Lines, SlideContent
from slides.fit import TextToFit, too_long_for_picture
from slides.frames import EMU_PER_POINT, Frame, Layout
from slides.raster import Bitmap, Box, beside_logo, fitted, mirrored, plate
from slides.text_metrics import best_size, with_breaks


@dataclass(frozen=True)
class TextSlot:
    """A text that names the school: all its lines, also those without it, and its size in pt.

    `box` is the place in EMU that it shares with the school's logo, if it does.
    """

    lines: Lines
    size: float
    setting: TextToFit
    box: Box | None = None

    def size_of(self, lines: Lines, ratio: float | None) -> float | None:
        """The size in pt at which a deck sets other lines here; None if they don't fit unbroken.

        `ratio` is the logo's width divided by its height, if there is a logo.
        """
        room = self.setting.room
        if self.box and ratio:
            room = narrowed(room, self.box, ratio)
        size = best_size(lines, room, self.setting.least)
        whole = size and all(with_breaks(line, replace(room, size=size)) is line for line in lines)
        return size if whole else None


@dataclass(frozen=True)
class PictureSlot:
    """A slide that is a list because a text with the school is too long for its picture.

    `content` is the slide as it was planned, `layout` that of its picture, `drop` as in `arranged`.
    """

    content: SlideContent
    layout: Layout
    drop: float

    def is_too_long(self, texts: Mapping[str, Lines]) -> bool:
        """Whether a deck with these texts shows a list here, too."""
        content = replace(self.content, texts={**self.content.texts, **texts})
        drawn = arranged(content, self.layout, self.drop)
        return bool(too_long_for_picture(drawn, {**self.layout.frames, **drawn.places}))


@dataclass(frozen=True)
class LogoSlot:
    """The room for a logo, in EMU, on a part of the file.

    `box` is the box of the name next to the logo, which is on the master. `across` is the width of
    a slide whose left and right change, otherwise 0. `has_plate` says whether the logo stands on a
    plate.
    """

    part: str
    room: Box
    box: Box | None = None
    across: int = 0
    has_plate: bool = True

    def places(self, ratio: float) -> Iterator[Box]:
        """The place of the logo, of its plate, and of the name next to it."""
        logo = fitted(self.room, ratio)
        ground = plate(logo, self.room) if self.has_plate else None
        for place in (logo, ground, self.box and beside_logo(self.box, ratio)):
            if place:
                yield mirrored(place, self.across) if self.across else place


@dataclass(frozen=True)
class Slots:
    """Everything that differs between the decks of two schools, if all texts keep their sizes."""

    texts: tuple[TextSlot, ...]
    pictures: tuple[PictureSlot, ...]
    logos: tuple[LogoSlot, ...]
    logo: Bitmap | None


def shows_school(content: SlideContent) -> bool:
    """Whether a slide shows the school, in a text or as a logo."""
    return bool(content.logo) or any(map(names_school, content.texts.values()))


def names_school(lines: Lines) -> bool:
    """Whether a text names the school."""
    return any(line.path[:1] == ("school",) for line in lines)


def narrowed(frame: Frame, box: Box, ratio: float) -> Frame:
    """The frame of the name next to a logo; `box` is on the master, `ratio` width by height."""
    taken = box[2] - beside_logo(box, ratio)[2]
    return replace(frame, width=frame.width - taken / EMU_PER_POINT)
