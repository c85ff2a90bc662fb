"""Makes SVG pictures from outside safe to print, so that they can neither run nor load anything.

What doesn't change the picture is removed: scripts and event handlers, HTML (`foreignObject`),
links, animation, metadata of drawing programs. Refused are pictures that would change (because of
pictures in other files, or text that needs a font), and anything that can't be cleaned reliably.
"""

import base64
import binascii
import io
import re
import warnings
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pack import svg_cost
from pack.pictures import MAX_PIXELS, PictureError, read_whole
from pack.svg_cost import PICTURE, URL

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"

#: SVG elements that do something instead of showing something (SVG 2; `handler` and `listener`
#: are from SVG Tiny).
_ACTIVE = {
    f"{_SVG}{name}"
    for name in (
        *("animate", "animateColor", "animateMotion", "animateTransform", "audio", "canvas"),
        *("discard", "foreignObject", "handler", "iframe", "listener", "metadata", "script"),
        *("set", "video"),
    )
}
_TEXT = (f"{_SVG}text", f"{_SVG}textPath", f"{_SVG}tspan")

#: CSS pixels per unit of length (CSS Values 4, 6.2).
_UNITS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4}

#: The most tags of a file, those that are removed included: reading more takes too much memory.
_MOST_TAGS = 4 * svg_cost.MOST.parts

_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[+-]?[0-9]{1,2})?)\s*([a-z]*)\s*", re.I)
#: An address in quotation marks or parentheses may contain semicolons, as with web fonts.
_LOADING_RULES = re.compile(
    r"""@import\s*(?:url\([^)]*\)|"[^"]*"|'[^']*')?[^;]*;?|@font-face\s*\{[^}]*\}?""", re.I
)

#: What browsers can draw but our libraries can't: CSS variables, newer colors (CSS Color 4), and
#: "currentColor" in lowercase.
_TOO_NEW = re.compile(
    r"(?i:(?<![\w-])(?:var|env|calc|color-mix|color|device-cmyk|lab|lch|oklab|oklch|hwb)\()|"
    r"(?i:\b(?:rgb|hsl)a?\([^,()]*\))|\bcurrentcolor\b"
)
#: Transforms in a style (CSS Transforms 1): some programs only draw those in attributes.
_STYLE_TRANSFORM = re.compile(r"(?:^|[;{\s])(?:transform|translate|rotate|scale)\s*:", re.I)

#: Path data (SVG 2, 9.3): letters and numbers, and no number after "z".
#: What is matched is not given back: otherwise it would take 100 bytes a character to remember.
_OUTLINE = re.compile(r"(?:[\sMLHVCSQTA0-9e.,+-]++|Z(?![\s,]*+[0-9e.+-]))*+", re.I)


class CleanSvg(NamedTuple):
    """An SVG file that neither runs nor loads anything; its width and height in CSS pixels."""

    data: bytes
    width: float
    height: float


def read_svg(file: Path) -> CleanSvg:
    """Read and clean an SVG file. Raises `PictureError`, as `clean` does."""
    return clean(read_whole(file))


@lru_cache(maxsize=16)
def clean(data: bytes) -> CleanSvg:
    """Remove everything active from an SVG picture.

    Also gives it a `viewBox`, `width` and `height`, so that every program can scale it. Raises
    `PictureError` if it is not an SVG, or if cleaning it would change its appearance.
    """
    from lxml import etree

    if data.count(b"<") > _MOST_TAGS:
        raise svg_cost.too_many_parts()
    # No entities, no network: a picture must not read other files.
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
            "this SVG contains entities (abbreviations), which could hide anything",
            "Save it again as plain SVG, for example with Inkscape.",
        )
    _clean(root)
    svg_cost.check(root)
    left, top, width, height = _bounds(root)
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
            "this SVG has text that needs a font of its own",
            "Convert the text to paths in your drawing program, and save it again.",
        )
    if element.tag == f"{_SVG}style":
        style = _LOADING_RULES.sub("", "".join(element.itertext()))
        _check_style(style)
        _check_transform(style)
        element[:] = []
        element.text = style
    if not _OUTLINE.fullmatch(element.get("d", "")):
        raise PictureError(
            "this SVG has a broken outline (the “d” of a path)",
            "Save it again from a drawing program, or save the picture as PNG.",
        )
    _check_transform(element.get("style", ""))
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
        if isinstance(child.tag, str) and child.tag.startswith(_SVG) and child.tag not in _ACTIVE:
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
    for target in URL.findall(style):
        _check_target(target)


def _check_transform(style: str) -> None:
    if found := _STYLE_TRANSFORM.search(style):
        raise _too_new(found[0].strip(" \t\r\n;{"))


def _too_new(found: str) -> PictureError:
    return PictureError(
        f"this SVG uses “{found[:40]}”, which some programs can't draw",
        "Save it again as plain SVG, for example with Inkscape, or save the picture as PNG.",
    )


def _check_target(target: str) -> None:
    """Refuse an address unless it is a part of the same file or an embedded picture."""
    target = target.strip()
    if target.startswith("#"):
        return
    if not (start := PICTURE.match(target)):
        raise PictureError(
            "this SVG shows something from another file",
            "Embed all pictures when you save it, or save the picture as PNG.",
        )
    from PIL import Image

    try:
        inside = base64.b64decode(target[start.end() :])
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(inside), formats=("PNG", "JPEG")) as image,
        ):
            # Some programs don't draw a picture with the wrong type.
            mistaken = ("png" in start[0].lower()) != (image.format == "PNG")
            bad = mistaken or image.width * image.height > MAX_PIXELS
    except (binascii.Error, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        bad = True
    if bad:
        raise PictureError(
            "a picture inside this SVG is broken or too large, "
            "or its format is not what the SVG says",
            "Save the picture as PNG, 1000 pixels wide.",
        )


def _bounds(root: Any) -> tuple[float, float, float, float]:
    """Left, top, width and height from the `viewBox`, or from the attributes if it has none."""
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
    found = _LENGTH.fullmatch(text[:40])
    return float(found[1]) * _UNITS.get(found[2].lower(), 0) if found else 0
