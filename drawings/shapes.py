"""The one primitive of all drawings: a path that is filled or outlined in a color of the theme.

Slides write it as DrawingML, sheets and pages as SVG; so what they show agrees.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

#: A command and its points: ("M", (x, y)), ("L", (x, y)), ("C", (x1, y1, x2, y2, x, y)), ("Z", ()).
Segment = tuple[str, tuple[float, ...]]

Point = tuple[float, float]

#: A quarter of a circle as a cubic curve: how long its handles are, compared with the radius.
_ROUND = 0.5523


@dataclass(frozen=True)
class PaintedPath:
    """A path in pt, with `fill` and `line` as names of colors in the theme; empty for none.

    `weight` is the width of the line in pt. `opacity` is the fill's. `middle` is the middle of a
    sign that looks the same in every direction of reading, such as a check mark.
    """

    path: tuple[Segment, ...]
    fill: str = ""
    line: str = ""
    weight: float = 0
    opacity: float = 1
    middle: float | None = None

    def moved(self, x: float, y: float, scale: float = 1) -> "PaintedPath":
        """The shape, first scaled and then moved; its line stays as wide as it is."""
        path = tuple(
            (
                command,
                tuple(
                    value * scale + (y if number % 2 else x) for number, value in enumerate(points)
                ),
            )
            for command, points in self.path
        )
        middle = None if self.middle is None else self.middle * scale + x
        return replace(self, path=path, middle=middle)

    def mirrored(self, width: float) -> "PaintedPath":
        """The shape on a ground of this width as in a mirror; a sign only changes its place."""
        if self.middle is not None:
            return self.moved(width - 2 * self.middle, 0)
        path = tuple(
            (
                command,
                tuple(
                    value if number % 2 else width - value for number, value in enumerate(points)
                ),
            )
            for command, points in self.path
        )
        return replace(self, path=path)


@dataclass(frozen=True)
class Illustration:
    """Shapes that belong together. Without an alternative text, they are decoration.

    If `behind`, text stands on them.
    """

    name: str
    shapes: tuple[PaintedPath, ...]
    alt: str = ""
    behind: bool = False

    def moved(self, x: float, y: float, scale: float = 1) -> "Illustration":
        shapes = tuple(shape.moved(x, y, scale) for shape in self.shapes)
        return replace(self, shapes=shapes)

    def mirrored(self, width: float) -> "Illustration":
        """The drawing on a ground of this width as in a mirror."""
        return replace(self, shapes=tuple(shape.mirrored(width) for shape in self.shapes))


def bounds(shapes: Iterable[PaintedPath]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of paths' points and handles."""
    points = [points for shape in shapes for _, points in shape.path]
    across = [value for values in points for value in values[::2]]
    down = [value for values in points for value in values[1::2]]
    return min(across), min(down), max(across), max(down)


def polygon(points: Sequence[Point], *, closed: bool = True) -> tuple[Segment, ...]:
    """Straight lines through points."""
    lines = tuple(("L" if number else "M", tuple(point)) for number, point in enumerate(points))
    return (*lines, ("Z", ())) if closed else lines


def rectangle(x: float, y: float, width: float, height: float) -> tuple[Segment, ...]:
    return polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])


def ellipse(x: float, y: float, width: float, height: float) -> tuple[Segment, ...]:
    """An ellipse in the rectangle whose left, top, width and height are given."""
    rx, ry = width / 2, height / 2
    cx, cy, kx, ky = x + rx, y + ry, rx * _ROUND, ry * _ROUND
    return (
        ("M", (cx + rx, cy)),
        ("C", (cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry)),
        ("C", (cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy)),
        ("C", (cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry)),
        ("C", (cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy)),
        ("Z", ()),
    )


def rounded(corners: Sequence[tuple[Point, float]]) -> tuple[Segment, ...]:
    """A polygon whose corners are rounded, each with its own radius; 0 for a sharp one."""
    path: list[Segment] = []
    count = len(corners)
    for number, ((x, y), radius) in enumerate(corners):
        before, after = corners[number - 1][0], corners[(number + 1) % count][0]
        start, end = (_toward((x, y), other, radius) for other in (before, after))
        path.append(("L" if path else "M", start))
        if radius:
            first, second = (_toward(point, (x, y), radius * _ROUND) for point in (start, end))
            path.append(("C", (*first, *second, *end)))
    return (*path, ("Z", ()))


def arc(center: Point, radius: float, start: float, end: float) -> tuple[Segment, ...]:
    """A part of a circle, clockwise, in degrees from the top; it is not closed."""
    steps = max(1, math.ceil(abs(end - start) / 45))
    turn = math.radians(end - start) / steps
    handle = radius * 4 / 3 * math.tan(turn / 4)
    path: list[Segment] = []
    for step in range(steps + 1):
        angle = math.radians(start) + turn * step
        x, y = on_circle(center, radius, math.degrees(angle))
        if not step:
            path.append(("M", (x, y)))
        else:
            before = angle - turn
            x0, y0 = on_circle(center, radius, math.degrees(before))
            path.append(
                (
                    "C",
                    (
                        x0 + handle * math.cos(before),
                        y0 + handle * math.sin(before),
                        x - handle * math.cos(angle),
                        y - handle * math.sin(angle),
                        x,
                        y,
                    ),
                )
            )
    return tuple(path)


def on_circle(center: Point, radius: float, degrees: float) -> Point:
    """A point of a circle, clockwise from the top."""
    angle = math.radians(degrees)
    return center[0] + radius * math.sin(angle), center[1] - radius * math.cos(angle)


def _toward(point: Point, other: Point, distance: float) -> Point:
    length = math.dist(point, other) or 1
    share = min(distance / length, 0.5)
    return point[0] + (other[0] - point[0]) * share, point[1] + (other[1] - point[1]) * share
