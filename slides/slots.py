"""Where a deck shows its school, for those who put another school into a finished one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from slides.content import Lines, SlideContent
from slides.fit import TextToFit, best_size
from slides.frames import EMU_PER_POINT, Frame
from slides.raster import Bitmap, Box, beside_logo, fitted


@dataclass(frozen=True)
class TextSlot:
    """A text that names the school: its lines, those of others included, and its size in pt.

    `box` is the place in EMU that it shares with the school's logo, if it does.
    """

    lines: Lines
    size: float
    setting: TextToFit
    box: Box | None = None

    def size_of(self, lines: Lines, ratio: float | None) -> float | None:
        """The size in pt at which a deck sets other lines here; None if they don't fit.

        `ratio` is the width to height of the logo, if there is one.
        """
        room = self.setting.room
        if self.box and ratio:
            room = narrowed(room, self.box, ratio)
        return best_size(lines, room, self.setting.least)


@dataclass(frozen=True)
class LogoSlot:
    """The room for a logo, in EMU, on a part of the file.

    `box` is that of the name, which stands beside the logo on the master.
    """

    part: str
    room: Box
    box: Box | None = None

    def places(self, ratio: float) -> Iterator[Box]:
        """Where the logo stands, and the name beside it."""
        yield fitted(self.room, ratio)
        if self.box:
            yield beside_logo(self.box, ratio)


@dataclass(frozen=True)
class Slots:
    """All that differs between the decks of two schools, if all texts keep their sizes."""

    texts: tuple[TextSlot, ...]
    logos: tuple[LogoSlot, ...]
    logo: Bitmap | None


def shows_school(content: SlideContent) -> bool:
    """Whether a slide shows the school: in a text, or its logo."""
    lines = [line for lines in content.texts.values() for line in lines]
    return bool(content.logo) or any(line.path[:1] == ("school",) for line in lines)


def narrowed(frame: Frame, box: Box, ratio: float) -> Frame:
    """The frame of the name beside a logo; `box` is the master's, `ratio` width to height."""
    taken = box[2] - beside_logo(box, ratio)[2]
    return replace(frame, width=frame.width - taken / EMU_PER_POINT)
