"""An SVG picture of others, made fit to be printed: it can neither run anything nor load anything.

Removed is what is not needed to see it: scripts and event handlers, HTML (`foreignObject`), links,
animation, what drawing programs note for themselves. Refused is what would look different without
it (pictures in other files, text that needs a typeface), and what can't be cleaned for certain.
"""

import base64
import binascii
import io
import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pack.pictures import MAX_PIXELS, PictureError, read_whole

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"

#: Elements of SVG that act instead of being seen (SVG 2; `handler` and `listener` are of SVG Tiny).
_ACTING = {
    f"{_SVG}{name}"
    for name in (
        *("animate", "animateColor", "animateMotion", "animateTransform", "audio", "canvas"),
        *("discard", "foreignObject", "handler", "iframe", "listener", "metadata", "script"),
        *("set", "video"),
    )
}
_TEXT = (f"{_SVG}text", f"{_SVG}textPath", f"{_SVG}tspan")

#: CSS pixels for each unit of length (CSS Values 4, 6.2).
_UNITS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4}

#: More than this, counted with what is drawn again and again, is no picture but an attack.
MAX_ELEMENTS = 100_000

#: How an address begins that is a picture itself, as drawing programs write it; with its type.
PICTURE = re.compile(r"data:(image/(?:png|jpe?g));base64,", re.I)

#: More parts inside each other, counted with those that they refer to, are no picture either: at
#: some 200, resvg has no memory left to draw them and ends the process.
MAX_DEPTH = 64

_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[+-]?[0-9]{1,2})?)\s*([a-z]*)\s*", re.I)
_URL = re.compile(r"url\(\s*['\"]?\s*([^'\")]*)", re.I)
#: An address in quotation marks or brackets may have semicolons, as those of web fonts do.
_LOADING_RULES = re.compile(
    r"""@import\s*(?:url\([^)]*\)|"[^"]*"|'[^']*')?[^;]*;?|@font-face\s*\{[^}]*\}?""", re.I
)

#: What browsers draw, but not those who draw pictures for us: CSS variables and newer colors (CSS
#: Color 4), and "currentColor" in small letters.
_TOO_NEW = re.compile(
    r"(?i:(?<![\w-])(?:var|env|calc|color-mix|color|device-cmyk|lab|lch|oklab|oklch|hwb)\()|"
    r"(?i:\b(?:rgb|hsl)a?\(\s*[^,()]*\))|\bcurrentcolor\b"
)
#: CSS Transforms 1: in a style, unlike in an attribute, they are drawn by some programs only.
_MOVING_STYLE = re.compile(r"(?:^|[;{\s])(?:transform|translate|rotate|scale)\s*:", re.I)

#: Outlines (SVG 2, 9.3): letters and numbers, and after "z" no number.
_OUTLINE = re.compile(r"(?:[\sMLHVCSQTA0-9e.,+-]|Z(?![\s,]*[0-9e.+-]))*", re.I)


class CleanSvg(NamedTuple):
    """An SVG file that neither runs nor loads anything; its width and height in CSS pixels."""

    data: bytes
    width: float
    height: float


def read_svg(file: Path) -> CleanSvg:
    """An SVG file as it may be shown. Raises `PictureError`, as `clean` does."""
    return clean(read_whole(file))


@lru_cache(maxsize=16)
def clean(data: bytes) -> CleanSvg:
    """The picture without what could act.

    It gets a `viewBox`, a `width` and a `height`, so that every program can scale it. Raises
    `PictureError` if it is no SVG, or holds what can't be removed without a change to its look.
    """
    from lxml import etree

    # No entities, no network: a picture is not to read other files.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise _not_svg() from None
    if root.tag != f"{_SVG}svg":
        raise _not_svg()
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise PictureError(
            "this SVG has abbreviations (entities) in it, which could hide anything",
            "Save it again as plain SVG, for example with Inkscape.",
        )
    _clean(root)
    _check_amount(root)
    left, top, width, height = _measures(root)
    root.set("viewBox", f"{left:.12g} {top:.12g} {width:.12g} {height:.12g}")
    root.set("width", f"{width:.12g}")
    root.set("height", f"{height:.12g}")
    return CleanSvg(etree.tostring(root), width, height)


def _not_svg() -> PictureError:
    return PictureError(
        "this file is not an SVG picture",
        "Save the picture again as SVG, or use a PNG or JPEG file.",
    )


def _clean(element: Any) -> None:
    if element.tag in _TEXT:
        raise PictureError(
            "this SVG has text that needs a typeface of its own",
            "Convert text to paths in the drawing program, and save it again.",
        )
    if element.tag == f"{_SVG}style":
        style = _LOADING_RULES.sub("", "".join(element.itertext()))
        _check_style(style)
        _check_moving(style)
        element[:] = []
        element.text = style
    if not _OUTLINE.fullmatch(element.get("d", "")):
        raise PictureError(
            "this SVG has a broken outline (the “d” of a path)",
            "Save it again from a drawing program, or save the picture as PNG.",
        )
    _check_moving(element.get("style", ""))
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].lower() in ("href", "src"):
            if element.tag == f"{_SVG}a":
                del element.attrib[key]
            else:
                _check_target(value)
        elif key.lower().startswith("on") or (key[0] == "{" and key != _XLINK):
            del element.attrib[key]
        elif "(" in value or "\\" in value or "currentcolor" in value:
            _check_style(value)
    for child in list(element):
        if isinstance(child.tag, str) and child.tag.startswith(_SVG) and child.tag not in _ACTING:
            _clean(child)
        else:
            element.remove(child)


def _check_style(style: str) -> None:
    if "\\" in style or "image-set(" in style.lower():
        raise PictureError(
            "this SVG has a style that could hide an address",
            "Save it again as plain SVG, for example with Inkscape.",
        )
    if found := _TOO_NEW.search(style):
        raise _too_new(found[0])
    for target in _URL.findall(style):
        _check_target(target)


def _check_moving(style: str) -> None:
    if found := _MOVING_STYLE.search(style):
        raise _too_new(found[0].strip(" \t\r\n;{"))


def _too_new(found: str) -> PictureError:
    return PictureError(
        f"this SVG has “{found[:40]}” in it, which not all programs draw",
        "Save it again as plain SVG, for example with Inkscape, or save the picture as PNG.",
    )


def _check_target(target: str) -> None:
    """A part of the same file, or a picture that is written inside it."""
    target = target.strip()
    if target.startswith("#"):
        return
    if not (start := PICTURE.match(target)):
        raise PictureError(
            "this SVG shows something that lies in another file",
            "Embed all pictures when you save it, or save the picture as PNG.",
        )
    from PIL import Image

    try:
        inside = base64.b64decode(target[start.end() :])
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(inside), formats=("PNG", "JPEG")) as image,
        ):
            # Programs leave out what says that it is of another kind than it is.
            mistaken = ("png" in start[0].lower()) != (image.format == "PNG")
            bad = mistaken or image.width * image.height > MAX_PIXELS
    except (binascii.Error, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        bad = True
    if bad:
        raise PictureError(
            "there is a picture inside this SVG that is broken or too large, "
            "or of another kind than it says",
            "Save the picture as PNG, 1000 pixels wide.",
        )


def _check_amount(root: Any) -> None:
    """Refuse parts that are drawn inside each other so often that drawing would never end.

    Or so deep that those who draw it would crash.
    """
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    sizes: dict[Any, tuple[int, int]] = {}

    def size(element: Any, depth: int) -> tuple[int, int]:
        """How many parts are drawn with an element, and how deep they lie in each other."""
        if depth > MAX_DEPTH:
            return 1, MAX_DEPTH
        if element not in sizes:
            sizes[element] = 1, 1  # in a circle each counts once
            inner = (*element, *(by_id[name] for name in _named(element) if name in by_id))
            found = [size(one, depth + 1) for one in inner]
            amount = 1 + sum(parts for parts, _ in found)
            height = 1 + max((deep for _, deep in found), default=0)
            sizes[element] = min(amount, MAX_ELEMENTS), height
        return sizes[element]

    amount, height = size(root, 0)
    if height > MAX_DEPTH:
        raise PictureError(
            f"this SVG has more than {MAX_DEPTH} parts inside each other",
            "Save it again as plain SVG, without groups, or save the picture as PNG.",
        )
    if amount >= MAX_ELEMENTS:
        raise PictureError(
            f"this SVG is made of more than {MAX_ELEMENTS:,} parts",
            "Save the picture as PNG, 1000 pixels wide.",
        )


def _named(element: Any) -> Iterator[str]:
    """The ids of the parts that an element refers to."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == "href":
            yield value.strip().removeprefix("#")
        elif "(" in value:
            yield from (target.strip().removeprefix("#") for target in _URL.findall(value))


def _measures(root: Any) -> tuple[float, float, float, float]:
    """Left, top, width and height: of the `viewBox`, or of a picture without one."""
    box = [_number(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
    if len(box) != 4 or None in box:
        box = [0, 0, _length(root.get("width", "")), _length(root.get("height", ""))]
    left, top, width, height = (number or 0 for number in box)
    if not (0.01 <= width <= 1e6 and 0.01 <= height <= 1e6):
        raise PictureError(
            "this SVG does not say how large it is",
            "Save it again from a drawing program, with a size (a “viewBox”).",
        )
    return left, top, width, height


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e9 else None


def _length(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _UNITS.get(found[2].lower(), 0) if found else 0
