"""Paths in SVG pictures, each read once.

WeasyPrint reads a path anew wherever it is drawn, number by number. The same pictograms and codes
stand on many sheets, and all of them are drawn once for each ink: what a path draws is kept here.

Relies on `weasyprint.svg.TAGS`, and on WeasyPrint's own function calling nothing but methods of
`svg.stream` and `svg.point`, and changing nothing but `node.vertices`.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from types import SimpleNamespace
from typing import Any

import weasyprint.svg
from weasyprint.svg.path import path
from weasyprint.svg.utils import PointError, size

#: The name of a method of the stream, and its arguments.
_Call = tuple[str, tuple[float, ...]]


def keep_paths() -> None:
    """Make WeasyPrint read every path only once from now on."""
    weasyprint.svg.TAGS["path"] = _draw


def _draw(svg: Any, node: Any, font_size: float) -> None:
    data = node.get("d", "")
    if "%" in data:  # of the picture's size
        path(svg, node, font_size)
        return
    calls, vertices = _read(data)
    for method, numbers in calls:
        getattr(svg.stream, method)(*numbers)
    node.vertices.extend(vertices)


@lru_cache(maxsize=512)
def _read(data: str) -> tuple[Sequence[_Call], Sequence[object]]:
    calls: list[_Call] = []
    node = SimpleNamespace(get={"d": data}.get, vertices=[])
    with suppress(PointError):  # a path is drawn up to its first error
        path(SimpleNamespace(stream=_Recorder(calls), point=_point), node, 0)
    return calls, node.vertices


class _Recorder:
    """A stream that keeps which of its methods are called."""

    def __init__(self, calls: list[_Call]) -> None:
        self.calls = calls

    def __getattr__(self, method: str) -> Callable[..., None]:
        return partial(self._keep, method)

    def _keep(self, method: str, *numbers: float) -> None:
        self.calls.append((method, numbers))


def _point(x: str, y: str, _font_size: float) -> tuple[float, float]:
    return size(x), size(y)
