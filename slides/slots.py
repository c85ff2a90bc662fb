"""Where a deck shows its school, for those who put another school into a finished one."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from slides import openxml, school
from slides.compose import Composed, compose, narrowed
from slides.content import Content, Lines
from slides.fit import Setting, best_size, settings
from slides.frames import measure_boxes
from slides.images import Box, Picture, beside_logo, fitted, logo_image, logo_room
from source.model import Pack


@dataclass(frozen=True)
class TextSlot:
    """A text that names the school: its lines, those of others included, and its size in pt.

    `box` is the place in EMU that it shares with the school's logo, if it does.
    """

    lines: Lines
    size: float
    setting: Setting
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
    logo: Picture | None


def slots(pack: Pack, template: Path | None = None) -> Slots | None:
    """Where the deck of a pack with a school shows it.

    None if a list with the school runs on over a further slide: then what stands on which slide
    follows from the name. Raises as `slides.deck.render` does.
    """
    composed = compose(pack, template)
    whole = {content.key for content in composed.planned}
    shown = [one for one in composed.slides if shows_school(one)]
    if any(one.key not in whole for one in shown):
        return None
    logo = school.logo(pack)
    return Slots(
        texts=tuple(_texts(composed, shown)),
        logos=tuple(_logos(composed)) if logo else (),
        logo=logo_image(logo.file) if logo else None,
    )


def shows_school(content: Content) -> bool:
    """Whether a slide shows the school: in a text, or its logo."""
    lines = [line for lines in content.texts.values() for line in lines]
    return bool(content.logo) or any(line.path[:1] == ("school",) for line in lines)


def _texts(composed: Composed, shown: list[Content]) -> Iterator[TextSlot]:
    for content in shown:
        for one in settings(content, composed.looks[content.layout].frames):
            if any(line.path[:1] == ("school",) for line in one.lines):
                size = content.sizes.get(one.name, one.room.size)
                yield TextSlot(one.lines, size, one)
    if head := composed.head:
        master = composed.presentation.slide_master
        frames = measure_boxes(master, head.texts).frames
        for one in settings(head, frames):
            box = openxml.box_of(master, one.name)
            shares = one.name == "school.name"
            size = head.sizes.get(one.name, one.room.size)
            yield TextSlot(one.lines, size, one, openxml.place_of(box) if shares else None)


def _logos(composed: Composed) -> Iterator[LogoSlot]:
    for number, content in enumerate(composed.slides, start=1):
        room = composed.chosen[content.layout].place("Logo")
        if content.logo and room:
            yield LogoSlot(f"ppt/slides/slide{number}.xml", room)
    master = composed.presentation.slide_master
    if box := openxml.box_of(master, "school.name"):
        place = openxml.place_of(box)
        yield LogoSlot(str(master.part.partname)[1:], logo_room(place), place)
