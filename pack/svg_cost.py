"""What an SVG picture costs to draw, counted before anything draws it.

A few lines of SVG may ask for years of work: parts that repeat parts that repeat parts, a filter
with a billion octaves, styles that are compared with every element. The counts err on the high
side. What they can't foresee is stopped while it is drawn (`pack/raster.py`).
"""

import base64
import io
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator
from math import comb
from typing import Any, NamedTuple

from pack.pictures import PictureError

_SVG = "{http://www.w3.org/2000/svg}"

#: The start of an address that holds the picture itself, as drawing programs write it.
PICTURE = re.compile(r"data:(image/(?:png|jpe?g));base64,", re.I)

#: An address in a style or an attribute.
URL = re.compile(r"url\(\s*['\"]?\s*([^'\")]*)", re.I)

#: The deepest nesting of elements, references included. At about 200 levels, resvg runs out of
#: memory.
MAX_DEPTH = 64

#: The most characters in style sheets.
MAX_STYLES = 250_000

_SAVE_AS_PNG = "Save the picture as PNG, 1000 pixels wide."

#: Selectors that are known by a type, a class or an id: others count as fitting every element.
_SIMPLE = re.compile(r"([\w-]*)((?:[.#][\w-]+)*)(?::[\w-]+)*")

#: Selectors that contain selectors, which programs may try on all elements for each element.
_NESTED_SELECTOR = re.compile(r":[\w-]+\(")


class Cost(NamedTuple):
    """What is drawn, counted each time that it is drawn.

    `parts` are elements, `outlines` characters of path data, `pixels` those of embedded pictures,
    `filters` how often a filter computes the whole picture, and `matches` how often a selector is
    compared with an element.
    """

    parts: int = 0
    outlines: int = 0
    pixels: int = 0
    filters: int = 0
    matches: int = 0

    def plus(self, other: "Cost", times: int = 1) -> "Cost":
        """The sum with another cost, which occurs so many times."""
        # It must not become a number of a million digits.
        return Cost(
            *(min(a + b * times, 2 * most) for a, b, most in zip(self, other, MOST, strict=True))
        )


#: More is not a picture but an attack.
MOST = Cost(
    parts=100_000, outlines=20_000_000, pixels=100_000_000, filters=1000, matches=50_000_000
)

#: What keeps WeasyPrint and PDF viewers busy for a few seconds; they draw no filters.
_CHEAP = Cost(10_000, 500_000, 20_000_000, MOST.filters, 500_000)

#: The most colors of gradients that a PDF file may have: their cost grows with the square.
_MOST_STOPS = 200

_WHAT = (
    f"has more than {MOST.parts:,} parts",
    f"has outlines of more than {MOST.outlines // 1_000_000} million characters",
    f"shows pictures of more than {MOST.pixels // 1_000_000} megapixels in all",
    "has filters (such as blurs or textures) that take too long to draw",
    "has style sheets that take too long to apply",
)


def too_many_parts() -> PictureError:
    return PictureError(f"this SVG {_WHAT[0]}", _SAVE_AS_PNG)


def check(root: Any) -> None:
    """Raise `PictureError` if an SVG would take too long to draw, or crash what draws it."""
    drawing = _Drawing(root)
    if drawing.depth > MAX_DEPTH:
        raise PictureError(
            f"this SVG is nested more than {MAX_DEPTH} levels deep",
            "Save it again as plain SVG, without groups, or save the picture as PNG.",
        )
    for found, most, what in zip(drawing.cost, MOST, _WHAT, strict=True):
        if found >= most:
            raise PictureError(f"this SVG {what}", _SAVE_AS_PNG)


def is_cheap(data: bytes) -> bool:
    """Whether a clean SVG can be part of a PDF file, where slower programs than resvg draw it."""
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    drawing = _Drawing(root)
    return (
        all(found <= most for found, most in zip(drawing.cost, _CHEAP, strict=True))
        and f"{_SVG}pattern" not in drawing.shown  # a viewer may draw a billion tiles
        and not any(element.get("spreadMethod", "pad") != "pad" for element in root.iter())
        and sum(1 for _ in root.iter(f"{_SVG}stop")) <= _MOST_STOPS
        and not _NESTED_SELECTOR.search(drawing.styles)
    )


class _Drawing:
    """An SVG's cost, the depth of its elements, and the types of elements that others refer to."""

    def __init__(self, root: Any) -> None:
        self._by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
        self._found: dict[Any, tuple[Cost, int]] = {}
        self.shown: set[str] = set()
        self.styles = "\n".join(element.text or "" for element in root.iter(f"{_SVG}style"))
        if len(self.styles) > MAX_STYLES:
            raise PictureError(f"this SVG {_WHAT[-1]}", _SAVE_AS_PNG)
        rules = list(_rules(self.styles))
        self._by_key: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for selector, declarations in rules:
            if references := list(_addresses(declarations)):
                self._by_key[_key(selector)] += references
        width = _first_number(root.get("viewBox", "0 0 100").replace(",", " ").split()[2:3])
        #: Pixels of a large drawing per unit of the SVG.
        self._scale = 1000 / max(width, 0.01)
        cost, self.depth = self._size(root, 0)
        combinators = (len(selector.split()) - 1 for selector, _ in rules)
        tries = sum(comb(self.depth, min(count, self.depth // 2)) for count in combinators)
        self.cost = cost.plus(Cost(matches=min(tries, MOST.matches) * sum(1 for _ in root.iter())))

    def _size(self, element: Any, depth: int) -> tuple[Cost, int]:
        """What is drawn with an element, and how deep it is nested."""
        if depth > MAX_DEPTH:
            return Cost(parts=1), MAX_DEPTH
        if element not in self._found:
            own = self._own(element)
            self._found[element] = own, 1  # in a cycle, each counts once
            height = 0
            for child in element:
                cost, deep = self._size(child, depth + 1)
                own, height = own.plus(cost), max(height, deep)
            for name, target in self._references(element):
                cost, deep = self._size(target, depth + 1)
                own, height = own.plus(cost, _times(name, target, own)), max(height, deep)
                self.shown.add(target.tag)
            self._found[element] = own, height + 1
        return self._found[element]

    def _own(self, element: Any) -> Cost:
        tag = element.tag.removeprefix(_SVG)
        return Cost(
            parts=1,
            outlines=len(element.get("d", "")) + len(element.get("points", "")),
            pixels=_pixels(element) if tag in ("image", "feImage") else 0,
            filters=_passes(element, tag, self._scale) if tag.startswith("fe") else 0,
        )

    def _references(self, element: Any) -> Iterator[tuple[str, Any]]:
        """The elements that an element refers to, with the attribute or property that does.

        Links come first: what they add inherits the rest.
        """
        found = [
            ("href", value.strip().removeprefix("#"))
            for key, value in element.attrib.items()
            if key.rpartition("}")[2] == "href"
        ]
        for key, value in element.attrib.items():
            if "(" in value:
                found += _addresses(value if key == "style" else f"{key}:{value}")
        if self._by_key:
            names = element.get("class", "").split()
            keys = ("*", element.tag.removeprefix(_SVG), f"#{element.get('id')}")
            for key in (*keys, *(f".{name}" for name in names)):
                found += self._by_key.get(key, ())
        return ((name, self._by_id[target]) for name, target in found if target in self._by_id)


def _times(name: str, target: Any, inside: Cost) -> int:
    """How often an element draws what it refers to; `inside` is what it draws itself.

    Paints and markers are inherited, so those of a group are drawn for each of its parts.
    """
    if name in ("marker", "marker-mid"):
        return max(inside.outlines // 2, inside.parts)  # a vertex takes two characters or more
    inherited = name.startswith("marker-") or target.tag == f"{_SVG}pattern"
    return inside.parts if inherited else 1


def _pixels(element: Any) -> int:
    from PIL import Image

    for key, value in element.attrib.items():
        start = PICTURE.match(value.strip()) if key.rpartition("}")[2] == "href" else None
        if start:
            data = base64.b64decode(value.strip()[start.end() :])
            with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as image:
                return int(image.width * image.height)
    return 0


def _passes(element: Any, tag: str, scale: float) -> int:
    """How often a filter primitive computes the whole picture, about."""
    if tag == "feTurbulence":
        return 1 + 3 * round(_first_number(element.get("numOctaves", "").split()))
    if tag == "feConvolveMatrix":
        return 1 + round(_first_number(element.get("order", "").split()) ** 2 / 10)
    if tag == "feMorphology":
        radius = _first_number(element.get("radius", "").split()) * scale
        return 1 + round((2 * radius + 1) ** 2 / 50)
    return 4 if tag == "feGaussianBlur" else 1


def _first_number(words: list[str]) -> float:
    """The first of these words as a number between 0 and a million, 0 for anything else."""
    try:
        number = float(words[0]) if words else 0
    except ValueError:
        return 0
    return min(number, 1e6) if number > 0 else 0  # not-a-number is not above 0


def _rules(styles: str) -> Iterator[tuple[str, str]]:
    """Each selector of a style sheet, one compound a word, and its declarations."""
    plain = re.sub(r"/\*.*?(?:\*/|\Z)", " ", styles, flags=re.S)
    plain = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", "''", plain)
    for block in plain.split("}"):
        before, _, declarations = block.rpartition("{")
        for selector in before.rpartition("{")[2].split(","):
            if compounds := re.sub(r"[>+~]", " ", selector).strip():
                yield compounds, declarations


def _key(selector: str) -> str:
    """What an element must have to fit: an id (#a), a class (.a), a type (a), or nothing (*)."""
    last = selector.split()[-1:] or ["*"]
    found = _SIMPLE.fullmatch(last[0])
    if not found:
        return "*"
    return re.findall(r"[.#][\w-]+", found[2])[0] if found[2] else found[1] or "*"


def _addresses(declarations: str) -> Iterator[tuple[str, str]]:
    """The ids that declarations refer to, each with the name of its property."""
    for declaration in declarations.split(";"):
        if "(" in declaration:
            name = declaration.partition(":")[0].strip().lower()
            for target in URL.findall(declaration):
                yield name, target.strip().removeprefix("#")
