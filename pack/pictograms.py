"""Pictograms: small signs in two tones that stand beside words, never instead of them.

A pictogram is an SVG file with paths only. Its paths with `data-layer="light"`, or with little
opacity, are set in the theme's light color, all others in the color of lines.
`templates/pictograms` has those that every pack can name; its own are in its folder `images`.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from math import isfinite
from pathlib import Path
from typing import Any

from pydantic import ValidationInfo

from pack import media, svg_sanitizer
from pack.pictures import PictureError
from pack.problems import nearest
from pack.theme import TEMPLATES
from pack.validation import context_of, fault

_FOLDER = TEMPLATES / "pictograms"
_SVG = "{http://www.w3.org/2000/svg}"

#: The folder inside a pack's with pictograms of its own.
OWN = "images"

#: Those that are drawn from figures of our own, and have no file.
FIGURES = ("pair",)

#: Elements without a picture of their own.
_SILENT = {f"{_SVG}{name}" for name in ("defs", "desc", "g", "style", "svg", "title")}

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_REMEDY = (
    "In the drawing program, turn everything into plain paths (in Inkscape: Path, Stroke to Path, "
    "then Object to Path, and ungroup), and save it as plain SVG."
)


@dataclass(frozen=True)
class Pictogram:
    """The paths of a pictogram as SVG path data, in a square with sides of `side`."""

    light: tuple[str, ...]
    line: tuple[str, ...]
    left: float
    top: float
    side: float


@cache
def names() -> tuple[str, ...]:
    """The pictograms that every pack can name."""
    return tuple(sorted((*FIGURES, *(file.stem for file in _FOLDER.glob("*.svg")))))


def own_file(name: str, folder: Path) -> Path:
    """Where a pack in this folder may have a pictogram of its own."""
    return folder / OWN / f"{name}.svg"


def file_of(name: str, folder: Path | None) -> Path:
    """The file of a pictogram: the pack's own if there is one of this name, otherwise ours."""
    own = own_file(name, folder) if folder else None
    return own if own and own.is_file() else _FOLDER / f"{name}.svg"


def check(value: str, info: ValidationInfo) -> str:
    """Check a field that names a pictogram (used by `pack.types`)."""
    folder = context_of(info).folder
    own = f"{OWN}/{value}.svg"
    if not _NAME.fullmatch(value) or not (value in FIGURES or file_of(value, folder).is_file()):
        raise fault(
            f"there is no pictogram “{value}”",
            f"{nearest(value, names())} For one of your own, put {own} next to the content file.",
        )
    if (folder / own).is_file():
        try:
            _refuse_unless_drawable(read(media.inside(own, info, "pictogram")))
        except PictureError as error:
            raise fault(
                f"the pictogram {own} can't be used: {error.fault[0]}", error.fault[1]
            ) from None
    return value


@lru_cache(maxsize=256)
def read(file: Path) -> Pictogram:
    """Read a pictogram. Raises `PictureError` if it has anything but filled paths."""
    from lxml import etree

    root = etree.fromstring(svg_sanitizer.read_svg(file).data)
    left, top, width, height = map(float, root.get("viewBox").split())
    if not 0.99 < width / height < 1.01:
        raise PictureError(
            f"it is {width:g} wide and {height:g} high, and a pictogram must be square",
            "Draw it on a square page.",
        )
    layers: dict[str, list[str]] = {"light": [], "line": []}
    for element in root.iter():
        if element.tag != f"{_SVG}path":
            _refuse_unless_silent(element)
            continue
        if element.get("transform") or element.get("stroke", "none") != "none":
            raise PictureError(
                "it has outlines or turned parts, which are not plain paths", _REMEDY
            )
        opacity = element.get("opacity") or element.get("fill-opacity") or "1"
        light = element.get("data-layer") == "light" or float(opacity) < 0.5
        data = element.get("d", "").strip()
        if data and element.get("fill") != "none":
            layers["light" if light else "line"].append(data)
    if not layers["line"]:
        raise PictureError("it has no path to show in the color of lines", _REMEDY)
    return Pictogram(tuple(layers["light"]), tuple(layers["line"]), left, top, max(width, height))


def _refuse_unless_drawable(pictogram: Pictogram) -> None:
    from fontTools.pens.boundsPen import ControlBoundsPen
    from fontTools.svgLib.path import parse_path

    for data in (*pictogram.light, *pictogram.line):
        pen = ControlBoundsPen(None)
        try:
            parse_path(data, pen)
        except (ValueError, IndexError):
            pen.bounds = None
        if not pen.bounds or not all(map(isfinite, pen.bounds)):
            raise PictureError(f"its path “{_shortened(data)}” can't be drawn", _REMEDY)


def _shortened(data: str) -> str:
    return data if len(data) <= 40 else f"{data[:40]}…"


def _refuse_unless_silent(element: Any) -> None:
    tag = str(element.tag)
    if tag not in _SILENT or element.get("transform"):
        name = tag.removeprefix(_SVG)
        raise PictureError(f"it has “{name}”, and a pictogram has only plain paths", _REMEDY)
