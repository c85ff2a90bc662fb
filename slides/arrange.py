"""Where the placeholders of a slide go if they are not all used: the others take their room."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from slides.content import SlideContent
from slides.frames import Frame, Layout
from slides.text_metrics import height

#: The gaps in pt between a picture and the bar below it, and between two bubbles.
_GAP, _BETWEEN = 11.0, 13.0

#: The room in pt under bubbles for who speaks.
SPEAKERS = 84.0

#: The height in pt of the tallest spoken line, where the room for all of them ends, and by how
#: much their text may be smaller than in the layout.
_TALLEST, _SAID_UNTIL, _SMALLER = 120.0, 474.0, 6.0

#: What has a ground of its own, and stands apart from the next.
_APART = ("Tile", "Band")

#: The rows of the agenda, and how tall they are at most, in pt.
_AGENDA, _TALLEST_ROW = ("Part", "Clock"), 78.0

Frames = Mapping[str, Frame]


def stem(name: str) -> str:
    """A placeholder's name without its number: those with the same one look alike."""
    return re.sub(r" \d+$", "", name)


def arranged(content: SlideContent, layout: Layout, drop: float) -> SlideContent:
    """The slide with places for the placeholders that are not where the layout has them.

    A title under a small line is lower by `drop` pt.
    """
    frames = layout.frames
    used = {name: frames[name] for name, lines in content.texts.items() if lines and name in frames}
    places = {
        **_stretched(content, used, frames),
        **_said(used, content),
        **_rows(used, frames),
        **_statement(content, layout),
        **_dropped(content, frames, drop),
    }
    return replace(content, places=places) if places else content


def _dropped(content: SlideContent, frames: Frames, drop: float) -> dict[str, Frame]:
    """The title, if it begins where the small line above it ends, and has room."""
    if not drop or not content.texts.get("Kicker") or "Kicker" not in frames:
        return {}
    title, kicker = frames["Title"], frames["Kicker"]
    _, top, _, outer = title.box
    is_close = top - kicker.box[1] - kicker.outer < drop
    lower = title.placed(top + drop, outer - drop)
    return {"Title": lower} if is_close and height((content.title,), lower) <= lower.height else {}


def _stretched(content: SlideContent, used: Frames, frames: Frames) -> dict[str, Frame]:
    """Pictures of points, where no text above and no bar below is used; all move in proportion."""
    names = [name for name in used if stem(name) in ("Point", "Left point", "Right point", "Way")]
    if not names or "Below" not in frames or "Help" not in frames:
        return {}
    boxes = [frames[name].box for name in names]
    top = min(box[1] for box in boxes)
    bottom = max(box[1] + box[3] for box in boxes)
    floor = frames["Help"].box[1] + frames["Help"].outer
    for bar in ("Help", "Below"):
        floor = used[bar].box[1] - _GAP if bar in used else floor
    if content.layout.startswith("Bubbles"):
        floor -= 0 if "Below" in used else SPEAKERS
    # They begin where a sentence above them would, if there is none.
    start = frames["Text"].box[1] if "Text" in frames and "Text" not in used else top
    factor = (floor - start) / (bottom - top)
    return {
        name: frames[name].placed(start + (box[1] - top) * factor, box[3] * factor)
        for name, box in zip(names, boxes, strict=True)
    }


def _statement(content: SlideContent, layout: Layout) -> dict[str, Frame]:
    """A statement and what stands below it, in the middle of their room: above the floor, or over
    it if there is too much of it."""
    if not content.layout.startswith("Statement") or not {"Title", "Text"} <= {*layout.frames}:
        return {}
    title, text = layout.frames["Title"], layout.frames["Text"]
    lines = content.texts.get("Text", ())
    gap = text.box[1] - title.box[1] - title.outer if lines else 0.0
    start, end = title.box[1], text.box[1] + text.outer
    floors = [bar[1] - _GAP for bar in layout.bars]
    for bottom in (*floors, end):
        for smaller in range(int(_SMALLER)):
            said = height((content.title,), replace(title, size=title.size - 2 * smaller))
            more = height(lines, replace(text, size=text.size - smaller)) if lines else 0.0
            if (spare := bottom - start - said - gap - more) >= 0:
                middle = start + said + spare / 2
                return {
                    "Title": title.placed(start, middle - start),
                    "Text": text.placed(middle + gap, bottom - middle - gap),
                }
    return {}


def _said(used: Frames, content: SlideContent) -> dict[str, Frame]:
    """Spoken lines, each as tall as its text, one below the other."""
    names = [name for name in used if stem(name) in ("Line", "Last")]
    if "Last" not in names:
        return {}
    first = used[names[0]].box[1]
    room = _SAID_UNTIL - first - _BETWEEN * (len(names) - 1)
    smaller = 0.0
    needed = _needed(content, used, names, smaller)
    while sum(needed.values()) > room and smaller < _SMALLER:
        smaller += 1
        needed = _needed(content, used, names, smaller)
    spare = max(room - sum(needed.values()), 0) / len(names)
    places, top = {}, first
    for name in names:
        outer = min(needed[name] + spare, max(_TALLEST, needed[name]))
        places[name] = used[name].placed(top, outer)
        top += outer + _BETWEEN
    return places


def _needed(
    content: SlideContent, used: Frames, names: Sequence[str], smaller: float
) -> dict[str, float]:
    """The heights in pt of spoken lines whose text is set smaller by so many pt."""
    found = {}
    for name in names:
        frame = replace(used[name], size=used[name].size - smaller)
        found[name] = height(content.texts[name], frame) + frame.outer - frame.height + 0.1
    return found


def _rows(used: Frames, frames: Frames) -> dict[str, Frame]:
    """Rows and tiles that are used share the room of all of them."""
    places: dict[str, Frame] = {}
    for kind in ("Use", "Reach", "Tile", "Band", "Part", "Clock"):
        every = [frame.box for name, frame in frames.items() if stem(name) == kind]
        names = [name for name in used if stem(name) == kind]
        if not names:
            continue
        gap = _GAP if kind in _APART else 0.0
        top = min(box[1] for box in every)
        bottom = max(box[1] + box[3] for box in every)
        high = min((bottom - top + gap) / len(names), _TALLEST_ROW if kind in _AGENDA else bottom)
        for number, name in enumerate(names):
            places[name] = used[name].placed(top + number * high, high - gap)
    return places
