"""Which layout shows a slide best, if the content file leaves it to us (`layout: auto`)."""

from collections.abc import Sequence

from pack.documents import Slide
from pack.items import Point
from pack.model import Pack

#: The layout for each kind of item but topics and figures.
_KINDS = {
    "steps": "path",
    "conversations": "say",
    "checklists": "checklist",
    "contacts": "help-map",
    "videos": "video",
    "quotes": "quote",
}

#: The most points beside the claim of a statement.
_BESIDE_A_CLAIM = 3


def automatic(pack: Pack, slide: Slide) -> str:
    """The layout for a slide, by what it shows; for topics, by what their points have."""
    if slide.kind in _KINDS:
        return _KINDS[slide.kind]
    if slide.kind == "figures":
        return "people" if pack.figures[slide.names[0]].people else "big-number"
    if slide.kind != "topics" or slide.text:
        return "key-points"
    if len(slide.names) > 1:
        return "two-columns" if len(slide.names) == 2 and not slide.points else "key-points"
    topic = pack.topics[slide.names[0]]
    return _for_points(slide.points or topic.points, has_exit=bool(topic.exit))


def _for_points(points: Sequence[Point], *, has_exit: bool) -> str:
    places = {point.place for point in points}
    loose = [point for point in points if not point.place]
    signed = bool(loose) and all(point.sign for point in loose)
    if {"left", "right"} <= places:
        return "fork" if loose else "compare"
    if has_exit and signed and len(loose) in (3, 4):
        return "cycle"
    if signed and len(loose) in (2, 3) and any(point.tone for point in loose):
        return "bubbles"
    if signed and len(loose) in (3, 4, 6):
        return "grid"
    if "claim" in places and len(points) - 1 <= _BESIDE_A_CLAIM and not signed:
        return "statement"
    return "key-points"
