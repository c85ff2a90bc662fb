"""Pictograms as drawings: a sign in a square, in the colors of the theme."""

import re
from functools import lru_cache
from pathlib import Path

from drawings import figures
from drawings.shapes import Illustration, PaintedPath, Segment
from pack import pictograms

#: The signs that show a way, and so follow the direction of reading.
_DIRECTED = frozenset(("sign-out",))

_COMMAND = re.compile(r"([MLCZ])([^MLCZ]*)")

_NUMBERS = {"M": 2, "L": 2, "C": 6, "Z": 0}

#: Path data as in our own files: absolute commands only, and one space between numbers.
_NUMBER = r"-?\d+(?:\.\d+)?"
_PLAIN = re.compile(rf"(?:[MLCZ](?:{_NUMBER}(?: {_NUMBER})*)?)*")


def pictogram(
    name: str,
    folder: Path | None,
    x: float = 0,
    y: float = 0,
    side: float = 24,
    *,
    line: str = "deep",
    light: str = "sand",
) -> Illustration:
    """A pictogram of a pack as a decoration, in a square with this side in pt.

    `folder` is the folder of the pack, if its own may have this name; `line` and `light` are names
    of colors, `light` empty for none. Raises `PictureError`.
    """
    if name in pictograms.FIGURES:
        left = side * (1 - figures.PAIR_WIDTH * 0.9) / 2
        # As heavy as the lines of the other pictograms, almost.
        shapes = figures.pair(left, side * 0.96, side * 0.9, small=light, weight=side * 0.035)
        return Illustration(name, shapes).moved(x, y)
    found = pictograms.read(pictograms.file_of(name, folder))
    scale = side / found.side
    layers = ((found.light, light), (found.line, line))
    middle = None if name in _DIRECTED else found.left + found.side / 2
    shapes = tuple(
        PaintedPath(_segments(data), color, middle=middle)
        for paths, color in layers
        for data in paths
        if color
    )
    return Illustration(name, shapes).moved(x - found.left * scale, y - found.top * scale, scale)


@lru_cache(maxsize=256)
def _segments(data: str) -> tuple[Segment, ...]:
    """Path data (SVG 2, 9.3) as absolute lines and cubic curves."""
    if _PLAIN.fullmatch(data):
        found = _COMMAND.findall(data)
        segments = tuple((command, tuple(map(float, rest.split()))) for command, rest in found)
        if all(len(points) == _NUMBERS[command] for command, points in segments):
            return segments
    return _converted(data)


def _converted(data: str) -> tuple[Segment, ...]:
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.svgLib.path import parse_path

    pen = RecordingPen()
    parse_path(data, pen)
    path: list[Segment] = []
    last = (0.0, 0.0)
    for name, points in pen.value:
        if name == "qCurveTo":
            (cx, cy), (x, y) = points
            first = (last[0] + (cx - last[0]) * 2 / 3, last[1] + (cy - last[1]) * 2 / 3)
            second = (x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3)
            path.append(("C", (*first, *second, x, y)))
        elif name in ("moveTo", "lineTo", "curveTo"):
            command = {"moveTo": "M", "lineTo": "L", "curveTo": "C"}[name]
            path.append((command, tuple(value for point in points for value in point)))
        elif name == "closePath":
            path.append(("Z", ()))
        last = points[-1] if points else last
    return tuple(path)
