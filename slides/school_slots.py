"""The places in a deck that show its school, found by composing the deck."""

from collections.abc import Iterator
from dataclasses import replace

from slides import school
from slides.composition import Composition
from slides.content import SlideContent
from slides.draft import DeckDraft
from slides.fit import frames_of, texts_to_fit
from slides.frames import EMU_PER_POINT
from slides.raster import logo_image, logo_room
from slides.slots import LogoSlot, PictureSlot, Slots, TextSlot, names_school, shows_school


def slots(draft: DeckDraft) -> Slots | None:
    """Where a deck shows its school.

    None if a list with the school runs on to another slide, or if a foreign template's box was made
    larger for it: then the name decides what is on which slide, or where. Raises as
    `slides.deck.render` does.
    """
    composed = draft.composition
    planned = {content.key: content for content in composed.planned}
    shown = [content for content in composed.slides if shows_school(content)]
    if any(content.key not in planned for content in shown):
        return None
    pairs = [(content, planned[content.key]) for content in shown]
    if any(_has_own_room(content, before, composed) for content, before in pairs):
        return None
    logo = school.logo(draft.pack)
    return Slots(
        texts=tuple(_texts(composed, shown)),
        pictures=tuple(
            PictureSlot(
                replace(before, plain=None),
                composed.chosen[before.layout].layout,
                draft.pack.script.drop,
            )
            for content, before in pairs
            if _is_list(content, before, composed)
        ),
        logos=tuple(_logos(composed, mirrored=draft.is_mirrored)) if logo else (),
        logo=logo_image(logo.file) if logo else None,
    )


def _is_list(content: SlideContent, planned: SlideContent, composed: Composition) -> bool:
    """Whether a slide is a list instead of the picture that was planned."""
    return content.layout != planned.layout and not composed.chosen[content.layout].merged


def _has_own_room(content: SlideContent, planned: SlideContent, composed: Composition) -> bool:
    """Whether a slide's text was too long for its box in a foreign template."""
    if _is_list(content, planned, composed):
        return composed.chosen[planned.layout].merged
    if not content.frames or content.layout != planned.layout:
        return bool(content.frames)
    return content.frames["Text"].outer > composed.layouts[content.layout].frames["Text"].outer


def _texts(composed: Composition, shown: list[SlideContent]) -> Iterator[TextSlot]:
    for content in shown:
        for text in texts_to_fit(content, frames_of(content, composed.layouts)):
            if names_school(text.lines):
                size = content.sizes.get(text.name, text.room.size)
                yield TextSlot(text.lines, size, text)
    if head := composed.head:
        frames = {name: box.frame for name, box in composed.boxes.items()}
        for text in texts_to_fit(head, frames):
            shared = composed.boxes[text.name].place if text.name == "school.name" else None
            size = head.sizes.get(text.name, text.room.size)
            yield TextSlot(text.lines, size, text, shared)


def _logos(composed: Composition, *, mirrored: bool) -> Iterator[LogoSlot]:
    width = round(composed.size[0] * EMU_PER_POINT) if mirrored else 0
    for number, content in enumerate(composed.slides, start=1):
        room = composed.chosen[content.layout].logo_room
        if content.logo and room:
            on_plate = composed.layouts[content.layout].is_dark
            yield LogoSlot(f"ppt/slides/slide{number}.xml", room, None, width, on_plate)
    if box := composed.boxes.get("school.name"):
        yield LogoSlot(composed.master, logo_room(box.place), box.place, width)
