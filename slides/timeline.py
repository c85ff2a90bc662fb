"""The agenda of a talk: its sections, as long as they last."""

from itertools import pairwise

from pack.markdown import plain
from pack.model import Pack
from slides.text_lines import after_colons, capitalized


def sections(pack: Pack) -> list[tuple[str, int, int]]:
    """The name of each part of the talk, and the minutes at which it starts and ends.

    The first part is named by what the title of the talk says about its topic.
    """
    starts: list[tuple[str, int]] = []
    clock = 0
    for slide in pack.deck.slides if pack.deck else ():
        if slide.hidden:
            continue
        if slide.layout in ("title", "section") and slide.title:
            name = plain(slide.title)
            starts.append((name if starts else after_colons(name), clock))
        elif not starts:
            starts.append(("", clock))
        clock += slide.minutes or 0
    ends = pairwise([*(start for _, start in starts), clock])
    return [
        (capitalized(name), first, last)
        for (name, first), (_, last) in zip(starts, ends, strict=True)
    ]


def clock_text(minutes: int) -> str:
    """Minutes since the beginning as hours and minutes."""
    return f"{minutes // 60}:{minutes % 60:02}"
