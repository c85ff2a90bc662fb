"""The places of a deck that show its school, found by composing it."""

from collections.abc import Iterator
from pathlib import Path

from pack.model import Pack
from slides import pptx_xml, school
from slides.content import SlideContent
from slides.fit import texts_to_fit
from slides.layout import Composed, compose
from slides.raster import logo_image, logo_room
from slides.slots import LogoSlot, Slots, TextSlot, shows_school
from slides.template_metrics import measure_boxes


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


def _texts(composed: Composed, shown: list[SlideContent]) -> Iterator[TextSlot]:
    for content in shown:
        for one in texts_to_fit(content, composed.looks[content.layout].frames):
            if any(line.path[:1] == ("school",) for line in one.lines):
                size = content.sizes.get(one.name, one.room.size)
                yield TextSlot(one.lines, size, one)
    if head := composed.head:
        master = composed.presentation.slide_master
        frames = measure_boxes(master, head.texts).frames
        for one in texts_to_fit(head, frames):
            box = pptx_xml.box_of(master, one.name)
            shares = one.name == "school.name"
            size = head.sizes.get(one.name, one.room.size)
            yield TextSlot(one.lines, size, one, pptx_xml.place_of(box) if shares else None)


def _logos(composed: Composed) -> Iterator[LogoSlot]:
    for number, content in enumerate(composed.slides, start=1):
        room = composed.chosen[content.layout].place("Logo")
        if content.logo and room:
            yield LogoSlot(f"ppt/slides/slide{number}.xml", room)
    master = composed.presentation.slide_master
    if box := pptx_xml.box_of(master, "school.name"):
        place = pptx_xml.place_of(box)
        yield LogoSlot(str(master.part.partname)[1:], logo_room(place), place)
