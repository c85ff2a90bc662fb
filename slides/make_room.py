"""Room for a slide's text in a foreign template's boxes, which were not made for it.

A title box that is too low grows, and the text below it gives way. An opening whose text does not
fit below its title goes into the template's layout for content.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from slides.composition import LayoutChoice
from slides.content import Line, Lines, SlideContent
from slides.fit import fits, numbered, opens_code
from slides.foreign_template import CONTENT, OPENINGS
from slides.frames import Frame
from slides.text_metrics import smallest_height

#: The side of a QR code as a fraction of the slide's height, at best and at least.
_CODE, _LEAST = 0.52, 0.46

#: The room before a numbered paragraph, as a factor of its size.
_NUMBER = 1.5

#: The gap beside a QR code in pt, on a slide of our size.
_GAP = 18

Frames = Mapping[str, Frame]


def make_room(
    content: SlideContent,
    chosen: Mapping[str, LayoutChoice],
    continued: str,
    *,
    from_right: bool = False,
) -> SlideContent:
    """The slide in the layout in which it fits, with frames of its own.

    `continued` is the label for the titles of divided slides. What is read `from_right` has its
    code at the left.
    """
    opens = content.layout in OPENINGS and content.layout != CONTENT
    names = (content.layout, CONTENT) if opens else (content.layout,)
    for name in names:
        choice = chosen[name]
        frames = _frames(content, choice, opens=opens, from_right=from_right)
        placed = replace(content, layout=name, frames=frames)
        if fits(placed, choice.layout.scale):
            return placed
    # It is divided: the titles of its parts are longer.
    long = replace(content, title=numbered(content.title, continued, 10, 10))
    frames = _frames(long, choice, opens=False, from_right=from_right)
    return replace(placed, frames=frames)


def _frames(
    content: SlideContent, choice: LayoutChoice, *, opens: bool, from_right: bool
) -> Frames:
    frames = dict(choice.layout.frames)
    title, text = frames["Title"], frames["Text"]
    if content.numbers:
        # Two digits and a space.
        text = replace(text, indent=max(text.indent, text.size * _NUMBER))
    title, text = _grown(title, text, content.title, choice.floor)
    changed = {}
    if content.code:
        title, text, changed["Code"] = _beside_code(title, text, choice, from_right=from_right)
        title, text = _grown(title, text, content.title, choice.floor)
    if content.texts.get("Text"):
        needed = max(smallest_height(part, text) for part in _parts(content, opens=opens))
        more = min(needed - text.height, choice.floor - _bottom(text))
        if more > 0 and not _is_above(text, title):
            text = text.higher(more)
    if content.table:
        table = frames["Table"]
        changed["Table"] = replace(text, face=table.face, capitals=table.capitals)
    return {**frames, **changed, "Title": title, "Text": text}


def _beside_code(
    title: Frame, text: Frame, choice: LayoutChoice, *, from_right: bool
) -> tuple[Frame, Frame, Frame]:
    """A narrower text, and after it, at its right or left, a square for a QR code.

    If there is too little room below the title, it becomes narrower, too.
    """
    gap = _GAP * choice.layout.scale
    below = _top(title) if _is_above(text, title) else choice.floor
    high = max(text.height, below - text.top)
    best, least = choice.height * _CODE, choice.height * _LEAST
    side = min(best, max(high, least), text.width * 0.55)
    right = text.left + text.width
    for start, top, end in choice.taken:
        # A logo in the corner stays free, if the code is large enough above it.
        if start < right and end > right - side and least <= top - text.top < side:
            side = top - text.top
    left = text.left + text.width - side
    top = text.top
    if side > high:
        top = choice.floor - side
        narrow = min(title.width, left - gap - title.left)
        start = title.left + title.width - narrow if from_right else title.left
        title = replace(title, left=start, width=narrow)
    start = text.left
    if from_right:
        left, start = text.left, text.left + side + gap
    code = replace(text, left=left, top=top, width=side, height=side, outer=side)
    return title, replace(text, left=start, width=text.width - side - gap), code


def _grown(title: Frame, text: Frame, line: Line, floor: float) -> tuple[Frame, Frame]:
    """A title as tall as it must be, and the text below it moved down by as much as necessary."""
    more = smallest_height((line,), title) - title.height
    if more <= 0:
        return title, text
    if not _is_above(title, text):
        return title.higher(min(more, max(floor - _bottom(title), 0))), text
    title = title.higher(more)
    push = _bottom(title) - _top(text)
    if push <= 0:
        return title, text
    down = replace(text, top=text.top + push)
    return title, down.higher(-max(_bottom(down) - max(floor, _bottom(text)), 0))


def _parts(content: SlideContent, *, opens: bool) -> Iterator[Lines]:
    """What must fit: all of an opening, otherwise each paragraph with the address of the code."""
    lines = content.texts["Text"]
    if opens:
        yield lines
        return
    fixed = tuple(line for line in lines if opens_code(line, content.code))
    for line in lines:
        yield (line, *fixed) if line not in fixed else fixed


def _margin(frame: Frame) -> float:
    return (frame.outer - frame.height) / 2


def _top(frame: Frame) -> float:
    return frame.top - _margin(frame)


def _bottom(frame: Frame) -> float:
    return _top(frame) + frame.outer


def _is_above(one: Frame, other: Frame) -> bool:
    """Whether one box ends about where the other begins, or before, in the same column."""
    beside = one.left >= other.left + other.width or other.left >= one.left + one.width
    return not beside and _bottom(one) <= _top(other) + other.outer / 4
