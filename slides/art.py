"""What is drawn on a slide, from where its placeholders are: pictograms, figures, arrows, bubbles.

All lengths are in pt. What stands beside words that say the same is decoration; a picture that says
something has the slide's `drawing_alt` as its alternative text.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from drawings import figures
from drawings.pictograms import pictogram
from drawings.shapes import (
    Illustration,
    PaintedPath,
    bounds,
    ellipse,
    on_circle,
    polygon,
    rectangle,
)
from slides.arrange import SPEAKERS, stem
from slides.content import Sign, SlideContent
from slides.foot import HELP_LINE, Foot, foot
from slides.frames import Frame, Layout, is_light

#: Left, top, width and height.
_Box = tuple[float, float, float, float]

#: The doorways on dark slides.
_DOORS: Mapping[str, _Box] = {
    "Title": (648, 54, 198, 378),
    "Section": (648, 54, 198, 378),
    "Statement with picture": (672, 72, 180, 360),
    "Closing": (619, 43, 259, 389),
    "Closing in full": (736, 162, 180, 270),
}

#: The disk with the sign of a statement: left, top and diameter.
_DISK = (648.0, 134.0, 264.0)

#: Where the light on the floor ends: above the foot of the slide.
_LIT = 494.0

#: The ring of a cycle: its center, its radius, and the radius of its stations.
_CENTER, _RADIUS, _STATION = (374.0, 298.0), 116.0, 44.0

#: The track at the foot: left, top, width, height and gap of its pieces.
_TRACK = (43.2, 508.3, 38.9, 6.5, 5.8)

#: The width of the track's gap to the name of the part.
_TRACK_END = 8.0


def illustrations(content: SlideContent, layout: Layout) -> tuple[Illustration, ...]:
    """Everything that is drawn on a slide, in the order of the drawing; `layout` has its frames."""
    frames = layout.frames
    draw = _DRAWERS.get(content.layout.partition(" of ")[0])
    drawn = [*draw(content, frames)] if draw else []
    if content.door and (box := _DOORS.get(content.layout)):
        drawn += _doorway(content, box)
    return (*drawn, *_track(content, dark=layout.is_dark))


def foot_of(
    content: SlideContent, frames: Mapping[str, Frame], footer: str = "", draft: str = ""
) -> Foot | None:
    """The foot of a slide in one of our layouts; None if the layout has none.

    `footer` is shown if there is no track that a name stands beside; `draft` goes before both.
    """
    line, help_line = frames.get("Footer"), frames.get(HELP_LINE)
    if not line and not help_line:
        return None
    start, name = line.left if line else 0, footer
    if content.track:
        left, _, width, _, gap = _TRACK
        start = left + content.track.count * (width + gap) + _TRACK_END
        name = content.track.name or footer
    return foot(name, content.help_numbers, start, line, help_line, draft)


def _track(content: SlideContent, *, dark: bool) -> Iterator[Illustration]:
    if not content.track or content.layout == "Title":
        return
    left, top, width, height, gap = _TRACK
    done, rest = ("sand", "leaf") if dark else ("deep", "pale")
    shapes = (
        PaintedPath(
            rectangle(left + number * (width + gap), top, width, height),
            done if number <= content.track.part else rest,
        )
        for number in range(content.track.count)
    )
    yield Illustration("Progress", tuple(shapes))


def _doorway(content: SlideContent, box: _Box) -> Iterator[Illustration]:
    x, y, width, height = box
    opening = width * content.door
    is_last = content.layout.startswith("Closing")
    # Where the contacts are beside it, the light falls more straight.
    spread = width * (0.08 if is_last else 0.6), width * 0.12
    wide = figures.light(x, opening, y + height, _LIT, spread, "glow")
    shapes = [wide, *figures.door(x, y, width, height, content.door, frame="leaf")]
    if is_last:
        shapes += figures.pair(
            x + width * 0.12, y + height, height * 0.72, ground="sand", small="white"
        )
    yield Illustration("Door", tuple(shapes), behind=True)


def _sign(sign: Sign, x: float, y: float, side: float, line: str = "deep") -> Illustration:
    light = "sand" if line != "sand" else ""
    return pictogram(sign.name, sign.folder, x, y, side, line=line, light=light)


def _line_on(frame: Frame) -> str:
    """The color of a pictogram on a placeholder's fill."""
    return "sand" if frame.is_on_deep else "deep"


def _of(content: SlideContent, frames: Mapping[str, Frame], kind: str) -> list[tuple[str, _Box]]:
    """The placeholders of one kind that the slide uses, with their boxes."""
    return [(name, frames[name].box) for name in content.texts if stem(name) == kind]


def _grid(content: SlideContent, frames: Mapping[str, Frame]) -> Iterator[Illustration]:
    above = content.layout.endswith("three")
    for name, (x, y, _, height) in _of(content, frames, "Point"):
        if sign := content.signs.get(name):
            room = frames[name].inset[1 if above else 0]
            side = min(room * 0.74, height * 0.8)
            left = x + (21.6 if above else (room - side) / 2)
            top = y + (21.6 if above else (height - side) / 2)
            yield _on_disk(sign, left, top, side, "white")


def _on_disk(sign: Sign, x: float, y: float, side: float, ground: str) -> Illustration:
    drawn = _sign(sign, x + side * 0.17, y + side * 0.17, side * 0.66)
    disk = PaintedPath(ellipse(x, y, side, side), ground)
    return replace(drawn, shapes=(disk, *drawn.shapes))


def _process(content: SlideContent, frames: Mapping[str, Frame]) -> Iterator[Illustration]:
    boxes = _of(content, frames, "Point")
    for name, (x, y, _, _) in boxes:
        if sign := content.signs.get(name):
            yield _sign(sign, x + 21.6, y + 20, 76, _line_on(frames[name]))
    arrows: list[PaintedPath] = []
    for (_, (x, y, width, height)), (_, (after, *_)) in pairwise(boxes):
        middle = y + height / 2
        arrows += figures.arrow((x + width + 9, middle), after - 9, "warm", 6, 18)
    yield Illustration("Arrows", tuple(arrows))


def _bubbles(content: SlideContent, frames: Mapping[str, Frame]) -> Iterator[Illustration]:
    for name, (x, y, width, height) in _of(content, frames, "Point"):
        threat = name in content.threats
        tip = (x + 30, y + height + 26)
        path = figures.bubble(x, y, width, height, tip)
        shape = PaintedPath(path, "soft")
        if threat:
            shape = PaintedPath(path, "white", "warm", 3.5)
        yield Illustration("Bubble", (shape,), behind=True)
        if sign := content.signs.get(name):
            drawn = _sign(sign, x + 21.6, y + 18, 82, "warm" if threat else "deep")
            # On its own color, the light part would not be seen.
            shapes = [one for one in drawn.shapes if one.fill != "sand"]
            yield replace(drawn, shapes=tuple(shapes))
        if not content.texts.get("Below"):
            head = SPEAKERS * 0.62
            speaker = _sign(Sign("user-circle-dashed"), x + 4, y + height + 29, head, "muted")
            yield replace(speaker, name="Speaker")


def _cycle(content: SlideContent, frames: Mapping[str, Frame]) -> Iterator[Illustration]:
    count = len([name for name in content.texts if stem(name) == "Point"])
    turn = 360 / count
    shapes: list[PaintedPath] = []
    gap = 57.3 * (_STATION + 6) / _RADIUS
    for number in range(count):
        start = number * turn + gap
        shapes += figures.round_arrow(_CENTER, _RADIUS, start, (number + 1) * turn - gap, "warm", 7)
    x, y = _CENTER
    shapes += figures.person(x, y + 58, 112, "sand", "deep", 2.5, child=True)
    for number in range(count):
        middle = on_circle(_CENTER, _RADIUS, number * turn)
        left, top = middle[0] - _STATION, middle[1] - _STATION
        circle = ellipse(left, top, 2 * _STATION, 2 * _STATION)
        shapes.append(PaintedPath(circle, "white", "deep", 3))
        if sign := content.signs.get(f"Point {number + 1}"):
            side = _STATION * 1.3
            inset = _STATION - side / 2
            shapes += _sign(sign, left + inset, top + inset, side).shapes
    box = frames["Exit"].box
    leave = on_circle(_CENTER, _RADIUS, turn * 0.58)
    dot = ellipse(leave[0] - 6, leave[1] - 6, 12, 12)
    shapes.append(PaintedPath(dot, "deep"))
    shapes += figures.arrow(leave, box[0] - 7, "deep", 4, 14)
    yield Illustration("Cycle", tuple(shapes), content.drawing_alt)
    yield from _way_out(content, box)
    if content.texts.get("Below"):
        corners = [(43.2, 486.0), (916.8, 472.0), (916.8, 486.0)]
        yield Illustration("Growing", (PaintedPath(polygon(corners), "sand"),))


def _way_out(content: SlideContent, box: _Box) -> Iterator[Illustration]:
    if not content.door:
        return
    x, y, width, _ = box
    feet = y + 214
    shapes = [
        *figures.door(x + width * 0.46, feet - 190, width * 0.4, 190, 0.58),
        *figures.person(x + width * 0.24, feet, 158, "deep"),
        PaintedPath(rectangle(x + 12, feet, width - 24, 1.5), "deep"),
    ]
    yield Illustration("Way out", tuple(shapes))


def _fork(content: SlideContent, frames: Mapping[str, Frame]) -> Iterator[Illustration]:
    (x, y, width, height), right = frames["Left point"].box, frames["Right point"].box
    end, start = right[0] - 10, x + width + 10
    arrows: list[PaintedPath] = []
    for share in (0.3, 0.7):
        level = y + height * share
        arrows += figures.arrow((start, level), end, "warm", 6, 18)
    yield Illustration("Arrows", tuple(arrows), content.drawing_alt)
    for name, box in (("Left point", (x, y, width, height)), ("Right point", right)):
        if sign := content.signs.get(name):
            top = box[1] + box[3] / 2 - 36
            yield _sign(sign, box[0] + 20, top, 72, _line_on(frames[name]))


def _compare(content: SlideContent, frames: Mapping[str, Frame]) -> Iterator[Illustration]:
    x, y, width, height = frames["Left point"].box
    edge = rectangle(x + 1, y + 1, width - 2, height - 2)
    yield Illustration("Edge", (PaintedPath(edge, "", "line", 2),))
    for name, sign in (("Left point", "x-circle"), ("Right point", "check-circle")):
        left, top, _, _ = frames[name].box
        own = content.signs.get(name, Sign(sign))
        line = "muted" if name == "Left point" else _line_on(frames[name])
        yield replace(_sign(own, left + 25, top + 20, 61, line), name=sign)


def _people(content: SlideContent, frames: Mapping[str, Frame]) -> Iterator[Illustration]:
    if not content.people:
        return
    feet, left, room = 461.0, 50.0, 590.0
    tall = 212.0 if content.people.drawn != "row" else 240.0
    shapes = figures.group(content.people.of, content.people.on, content.people.drawn, tall)
    width = bounds(shapes)[2]
    scale = min(room / width, 1.25)
    shapes = tuple(shape.moved(left, feet, scale) for shape in shapes)
    ground = PaintedPath(rectangle(43.2, feet, 620, 1.5), "deep")
    yield Illustration("People", (*shapes, ground), content.drawing_alt)


def _path(content: SlideContent, frames: Mapping[str, Frame]) -> Iterator[Illustration]:
    stations = [frames[name].box for name in content.texts if stem(name) == "Number"]
    x, y, side, _ = stations[0]
    middle = y + side / 2
    # It begins at the first step of all, and runs on over the edges of the slides that follow.
    start = x if content.texts["Number 1"][0].text == "1" else 0.0
    line = PaintedPath(rectangle(start, middle - 2, 960 - start, 4), "warm")
    disks = (
        PaintedPath(ellipse(left, top, side, side), "warm", "white", 4)
        for left, top, *_ in stations
    )
    yield Illustration("Path", (line, *disks), behind=True)
    for name, (left, top, *_) in _of(content, frames, "Step"):
        if sign := content.signs.get(name):
            yield _sign(sign, left, top - 72, 64)


def _say(content: SlideContent, frames: Mapping[str, Frame]) -> Iterator[Illustration]:
    for name in content.texts:
        if stem(name) not in ("Line", "Last"):
            continue
        x, y, width, height = frames[name].box
        path = figures.bubble(x, y, width, height, (x - 20, y + height / 2), at_left=True)
        # On paper, what is deep on the screen is drawn pale, with dark text.
        pale = "white" if name != "Last" else "tint"
        fill = "deep" if name == "Last" and is_light(frames[name].color) else pale
        yield Illustration("Bubble", (PaintedPath(path, fill),), behind=True)
    ground = PaintedPath(rectangle(43.2, 464, 184, 1.5), "deep")
    sign = content.signs.get("Last")
    # With a sign over their heads, they are a little smaller.
    tall = 204.0 if sign else 238.0
    shapes = (*figures.pair(52, 464, tall, ground="cream"), ground)
    yield Illustration("Pair", shapes)
    if sign:
        yield _on_disk(sign, 56, 138, 114, "white")


def _checklist(content: SlideContent, frames: Mapping[str, Frame]) -> Iterator[Illustration]:
    shapes = [
        PaintedPath(rectangle(x + 2, y + 4, 30, 30), "white", "deep", 2.5)
        for _, (x, y, _, _) in _of(content, frames, "Task")
    ]
    yield Illustration("Boxes", tuple(shapes))


def _timeline(content: SlideContent, frames: Mapping[str, Frame]) -> Iterator[Illustration]:
    left, width, high = 430.0, 255.0, 22.0
    at, shapes = left, []
    for number, minutes in enumerate(content.parts, start=1):
        _, y, _, height = frames[f"Part {number}"].box
        middle = y + height / 2
        long = width * minutes / sum(content.parts)
        shapes.append(PaintedPath(rectangle(left, middle - 1, width, 2), "pale"))
        shapes.append(PaintedPath(rectangle(at, middle - high / 2, long, high), "deep"))
        at += long
    yield Illustration("Agenda", tuple(shapes), content.drawing_alt)


def _video(content: SlideContent, frames: Mapping[str, Frame]) -> Iterator[Illustration]:
    if content.movie:
        return
    x, y, side = 277.0, 96.0, 101.0
    disk = ellipse(x, y, side, side)
    mark = [(x + side * 0.39, y + side * 0.29), (x + side * 0.75, y + side * 0.5)]
    mark.append((x + side * 0.39, y + side * 0.71))
    # Everywhere, the mark for playing points to the right.
    shapes = (PaintedPath(disk, "sand"), PaintedPath(polygon(mark), "deep", middle=x + side / 2))
    yield Illustration("Play", shapes)


def _help_map(content: SlideContent, frames: Mapping[str, Frame]) -> Iterator[Illustration]:
    rows = _of(content, frames, "Use")
    shapes = [
        PaintedPath(rectangle(x, y - 0.5, 916.8 - x, 1), "line") for _, (x, y, _, _) in rows[1:]
    ]
    if shapes:
        yield Illustration("Rules", tuple(shapes))


def _take_home(content: SlideContent, frames: Mapping[str, Frame]) -> Iterator[Illustration]:
    for name, (x, y, _, _) in _of(content, frames, "Item"):
        if sign := content.signs.get(name):
            sheet = PaintedPath(rectangle(x + 1, y + 1, 82, 106), "white", "line", 2)
            drawn = _sign(sign, x + 17, y + 28, 50)
            yield replace(drawn, shapes=(sheet, *drawn.shapes))


def _bands(content: SlideContent, frames: Mapping[str, Frame]) -> Iterator[Illustration]:
    for name, (x, y, _, height) in _of(content, frames, "Band"):
        if sign := content.signs.get(name):
            room = frames[name].inset[0]
            side = min(room * 0.74, height * 0.8)
            yield _on_disk(sign, x + (room - side) / 2, y + (height - side) / 2, side, "white")


def _statement_with_sign(
    content: SlideContent, frames: Mapping[str, Frame]
) -> Iterator[Illustration]:
    if not content.people:
        yield _on_disk(content.signs["Title"], *_DISK, "cream")
        return
    # What concerns all of them: each is linked to it.
    left, top, side = _DISK
    feet, count = top + 300.0, content.people.of
    people = figures.group(count, count, content.people.drawn, 132.0)
    width = bounds(people)[2]
    scale = min(side / width, 1.25)
    start = left + (side - width * scale) / 2
    people = tuple(shape.moved(start, feet, scale) for shape in people)
    middle, hub = left + side / 2, top - 14 + 76.0
    heads = [bounds([shape]) for shape in people if bounds([shape])[3] < feet - 30]
    links = (
        PaintedPath(polygon([(middle, hub), ((x + right) / 2, y)], closed=False), "", "sand", 3)
        for x, y, right, _ in heads
    )
    disk = _on_disk(content.signs["Title"], middle - 76, top - 14, 152, "cream")
    yield replace(disk, shapes=(*links, *disk.shapes, *people))


_DRAWERS: Mapping[str, Callable[[SlideContent, Mapping[str, Frame]], Iterator[Illustration]]] = {
    "Grid": _grid,
    "Process": _process,
    "Bubbles": _bubbles,
    "Cycle": _cycle,
    "Fork": _fork,
    "Compare": _compare,
    "People": _people,
    "Path": _path,
    "Path with note": _path,
    "Say": _say,
    "Checklist": _checklist,
    "Timeline": _timeline,
    "Video": _video,
    "Help map": _help_map,
    "Take home in pictures": _take_home,
    "Take home in bands": _bands,
    "Statement with sign": _statement_with_sign,
}
