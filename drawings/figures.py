"""Our own figures: people without sex or face, a door with the light behind it, speech bubbles.

All lengths are in pt. People stand on their feet at `(x, y)`; everything else starts at its left
and top.
"""

from collections.abc import Iterable

from drawings.shapes import (
    PaintedPath,
    Point,
    Segment,
    arc,
    ellipse,
    on_circle,
    polygon,
    rectangle,
    rounded,
)

#: How high a child is compared with the adult beside it.
CHILD = 0.56

#: The width of a pair compared with the adult's height.
PAIR_WIDTH = 0.61


def person(
    x: float,
    y: float,
    height: float,
    fill: str,
    line: str = "",
    weight: float = 0,
    *,
    child: bool = False,
    halo: str = "",
) -> tuple[PaintedPath, ...]:
    """A person whose feet stand at `(x, y)`. A `halo` in the ground's color sets it apart."""
    head = height * (0.30 if child else 0.235)
    wide = height * (0.44 if child else 0.375)
    gap = height * 0.03
    top, left = y - height, x - wide / 2
    face = ellipse(x - head / 2, top, head, head)
    body = _body(left, top + head + gap, wide, height - head - gap)
    around: tuple[PaintedPath, ...] = ()
    if halo:
        edge = height * 0.06
        neck = rectangle(x - head * 0.3, top + head * 0.8, head * 0.6, gap + head * 0.4)
        around = tuple(PaintedPath(path, halo, halo, edge) for path in (face, body, neck))
    return (*around, *(PaintedPath(path, fill, line, weight) for path in (face, body)))


def _body(x: float, y: float, width: float, height: float) -> tuple[Segment, ...]:
    """Round shoulders that taper to the feet."""
    shoulder = width * 0.42
    handle = 0.5523 * shoulder
    inset, foot = width * 0.15, width * 0.13
    knee = 0.5523 * foot
    right, bottom = x + width, y + height
    return (
        ("M", (x, y + shoulder)),
        ("C", (x, y + shoulder - handle, x + shoulder - handle, y, x + shoulder, y)),
        ("L", (right - shoulder, y)),
        (
            "C",
            (
                *(right - shoulder + handle, y),
                *(right, y + shoulder - handle),
                *(right, y + shoulder),
            ),
        ),
        (
            "C",
            (
                *(right, y + shoulder + height * 0.1),
                *(right - inset * 0.45, y + height * 0.55),
                *(right - inset, bottom - foot),
            ),
        ),
        (
            "C",
            (
                *(right - inset, bottom - foot + knee),
                *(right - inset - foot + knee, bottom),
                *(right - inset - foot, bottom),
            ),
        ),
        ("L", (x + inset + foot, bottom)),
        (
            "C",
            (
                *(x + inset + foot - knee, bottom),
                *(x + inset, bottom - foot + knee),
                *(x + inset, bottom - foot),
            ),
        ),
        (
            "C",
            (
                *(x + inset * 0.45, y + height * 0.55),
                *(x, y + shoulder + height * 0.1),
                *(x, y + shoulder),
            ),
        ),
        ("Z", ()),
    )


def pair(
    x: float,
    y: float,
    height: float,
    *,
    filled: bool = True,
    ground: str = "white",
    small: str = "sand",
    weight: float = 0,
) -> tuple[PaintedPath, ...]:
    """An adult and a child, whose left foot is at `x`; outlined only, if not `filled`.

    `weight` is the width of the outlines, if it does not follow from the height.
    """
    weight = weight or max(height * 0.012, 0.75)
    adult = (x + height * 0.1875, y, height)
    child = (x + height * 0.465, y, height * CHILD)
    if filled:
        return (
            *person(*adult, "deep"),
            *person(*child, small, "deep", weight, child=True, halo=ground),
        )
    return (
        *person(*adult, "white", "line", weight),
        *person(*child, "white", "line", weight, child=True, halo=ground),
    )


def group(of: int, on: int, kind: str, height: float) -> tuple[PaintedPath, ...]:
    """People side by side, of whom the first `on` are filled in; the tallest is `height` high.

    `kind` is "person", "pair" (an adult and a child) or "row" (children by height). Their feet are
    at 0, and they begin at 0 on the left.
    """
    shapes: list[PaintedPath] = []
    x = 0.0
    weight = max(height * 0.012, 0.75)
    for number in range(of):
        filled = number < on
        if kind == "pair":
            shapes += pair(x, 0, height, filled=filled)
            x += height * (PAIR_WIDTH + 0.08)
        elif kind == "row":
            tall = height * (0.62 + 0.38 * number / max(of - 1, 1))
            fill = "sand" if filled else "white"
            line = "deep" if filled else "line"
            wide = tall * 0.44
            shapes += person(x + wide / 2, 0, tall, fill, line, weight, child=True)
            x += wide + height * 0.12
        else:
            colors = ("deep", "") if filled else ("white", "line")
            shapes += person(x + height * 0.19, 0, height, *colors, 0 if filled else weight)
            x += height * 0.46
    return tuple(shapes)


def door(
    x: float,
    y: float,
    width: float,
    height: float,
    openness: float,
    *,
    frame: str = "deep",
    light: str = "sand",
    edge: float = 0,
) -> tuple[PaintedPath, ...]:
    """A doorway with light in it; `openness` is from 0 to 1, the hinge is at the right.

    `edge` is the least width of its frame.
    """
    edge = max(width * 0.036, edge)
    shapes = [PaintedPath(rectangle(x, y, width, height), light)]
    if openness < 1:
        leaf = x + width * openness
        slant = width * 0.14 * openness**0.6
        corners = [
            (x + width, y),
            (leaf, y + slant * 0.8),
            (leaf, y + height - slant),
            (x + width, y + height),
        ]
        shapes.append(PaintedPath(polygon(corners), "leaf"))
        handle = leaf + (x + width - leaf) * 0.14
        size = width * 0.045
        knob = ellipse(handle - size / 2, y + height * 0.515, size, size * 1.3)
        shapes.append(PaintedPath(knob, light))
    if frame:
        shapes += [
            PaintedPath(rectangle(x - edge, y - edge, edge, height + edge), frame),
            PaintedPath(rectangle(x + width, y - edge, edge, height + edge), frame),
            PaintedPath(rectangle(x, y - edge, width, edge), frame),
        ]
    return tuple(shapes)


def light(
    x: float, width: float, top: float, bottom: float, spread: tuple[float, float], fill: str
) -> PaintedPath:
    """The light that falls through a door onto the floor, wider at its `bottom`."""
    left, right = spread
    corners = [(x, top), (x + width, top), (x + width + right, bottom), (x - left, bottom)]
    return PaintedPath(polygon(corners), fill, opacity=0.4 if fill == "sand" else 1)


def bubble(
    x: float,
    y: float,
    width: float,
    height: float,
    tip: Point,
    *,
    at_left: bool = False,
    radius: float = 12,
) -> tuple[Segment, ...]:
    """A speech bubble with a tail to `tip`, from its bottom or from its left side."""
    right, bottom = x + width, y + height
    corners: list[tuple[Point, float]] = [((x, y), radius), ((right, y), radius)]
    corners += [((right, bottom), radius)]
    if at_left:
        start = min(tip[1] + 8, bottom - radius - 2)
        tail: Iterable[Point] = ((x, start), tip, (x, start - 20))
        corners += [((x, bottom), radius), *((point, 0.0) for point in tail)]
    else:
        start = x + 22
        tail = ((start + 20, bottom), tip, (start, bottom))
        corners += [*((point, 0.0) for point in tail), ((x, bottom), radius)]
    return rounded(corners)


def arrow(
    start: Point, end: float, color: str, weight: float, head: float = 12
) -> tuple[PaintedPath, ...]:
    """A straight arrow to the right, as far as `end`."""
    x, y = start
    shaft = [(x, y), (end - head * 0.8, y)]
    tip = [(end, y), (end - head, y - head * 0.6), (end - head, y + head * 0.6)]
    return (
        PaintedPath(polygon(shaft, closed=False), "", color, weight),
        PaintedPath(polygon(tip), color),
    )


def round_arrow(
    center: Point, radius: float, start: float, end: float, color: str, weight: float
) -> tuple[PaintedPath, ...]:
    """A part of a circle with an arrow head, clockwise, in degrees from the top."""
    head = weight * 2.7
    long = 57.3 * head / radius
    tip = on_circle(center, radius, end)
    sides = [on_circle(center, radius + head * across, end - long) for across in (0.6, -0.6)]
    return (
        PaintedPath(arc(center, radius, start, end - long * 0.7), "", color, weight),
        PaintedPath(polygon([tip, *sides]), color),
    )
