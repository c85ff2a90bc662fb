"""Drawings that attack, as logos: `python -m tests.fuzz.drawings --seed 1 --count 500`."""

import base64
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from PIL import Image

from tests.conftest import WATER
from tests.fuzz.runner import Kind, main

_NUMBERS = (
    *("0", "-1", "1", "3", "9", "50", "1e-30", "1e-6", "0.01", "1e4", "1e6", "1e9", "1e30"),
    *("-1e30", "1e400", "NaN", "inf", "9" * 5000, "", "x", "50%", "1e9%", "1e9in", "2 2", "1 0 9"),
)
_SHAPES = (
    *(
        '<rect width="100" height="50"/>',
        '<circle cx="50" cy="25" r="20"/>',
        '<path d="M0 0h9v9z"/>',
    ),
    *('<path d="M0 0' + "L9 9 0 9" * 9000 + '"/>', '<ellipse rx="1e9" ry="1e-9"/>', "<g/>"),
    *('<path d="M0 0' + "a1 2 3 0 1 4 5" * 9000 + '"/>', '<path d="' + "z" * 99_999 + '"/>'),
    *(
        '<polyline points="' + "1 2 " * 9000 + '"/>',
        '<line x2="1e30" y2="1e30"/>',
        "<text>a</text>",
    ),
)
_REFERRED = ("pattern", "mask", "clipPath", "marker", "filter", "linearGradient", "radialGradient")
_REFERRING = (
    *("fill", "stroke", "mask", "clip-path", "filter", "marker", "marker-start", "marker-mid"),
    "marker-end",
)
_ATTRIBUTES = (
    *("x", "y", "width", "height", "r", "rx", "cx", "x1", "x2", "fx", "fr", "offset", "dx", "in"),
    *("stroke-width", "stroke-dasharray", "stroke-dashoffset", "stroke-miterlimit", "opacity"),
    *("markerWidth", "markerHeight", "refX", "viewBox", "preserveAspectRatio", "pathLength"),
    *("numOctaves", "baseFrequency", "stdDeviation", "radius", "order", "scale", "surfaceScale"),
    *("kernelMatrix", "seed", "tableValues", "font-size", "id", "class", "d", "points"),
)
_UNITS = ("userSpaceOnUse", "objectBoundingBox")
_PRIMITIVES = (
    *("feTurbulence", "feMorphology", "feGaussianBlur", "feOffset", "feFlood", "feTile", "feImage"),
    *("feConvolveMatrix", "feDisplacementMap", "feDropShadow", "feColorMatrix", "feMerge"),
    *("feDiffuseLighting", "feSpecularLighting", "feComposite", "feBlend", "feComponentTransfer"),
)


def _make(random: Random, folder: Path) -> Sequence[object]:
    (folder / "logo.svg").write_bytes(drawing(random))
    file = folder / "schools.csv"
    file.write_text("name,logo\nOak School,logo.svg\nElm School,\n")
    return "schools", "--contact", "Office", "--check", file, WATER


def drawing(random: Random) -> bytes:
    """An SVG file that may be anything but ordinary."""
    kinds: list[Callable[[Random], str]] = [
        *(_levels, _levels, _soup, _soup, _soup, _filters, _styles, _images, _deep, _many)
    ]
    inside = "".join(random.choice(kinds)(random) for _ in range(random.choice([1, 1, 2, 3])))
    box = random.choice(
        ["0 0 100 50"] * 9 + ["0 0 1e-30 1", "0 0 1e5 1", "-1e8 0 1e6 1e6", "0 0 1 1"]
    )
    head = random.choice(
        [""] * 12
        + [
            '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
            "\ufeff",
            "<!--" + "x" * 9999 + "-->",
        ]
    )
    text = (
        f'{head}<svg xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{box}">{inside}'
        '<rect width="100" height="50" fill="#036"/></svg>'
    )
    data = text.encode(random.choice(["utf-8"] * 9 + ["utf-16"]), errors="replace")
    if random.random() < 0.1:
        at = random.randrange(len(data))
        data = (
            data[:at]
            + random.choice([b"", b"\0", b"<", b"&x;", random.randbytes(9)])
            + data[at + 3 :]
        )
    if random.random() < 0.01:
        data += b" " * 40_000_000
    return data


def _shape(random: Random) -> str:
    """A shape with attributes that do not become it."""
    shape = random.choice(_SHAPES)
    name, space, rest = shape[:-2].partition(" ")
    return f"{name} {_attributes(random)}{space}{rest}/>" if shape.endswith("/>") else shape


def _attributes(random: Random) -> str:
    names = random.sample(_ATTRIBUTES, random.choice([0, 0, 1, 2]))
    found = [
        f'{name}="{random.choice(_NUMBERS)}" ' for name in names if name not in ("d", "points")
    ]
    if random.random() < 0.15:
        found.append(f'transform="{_transform(random)}" ')
    if random.random() < 0.1:
        found.append('stroke="#a00" stroke-linejoin="round" stroke-linecap="round" ')
    # The same attribute twice is no XML: the shape's own go first.
    return "".join(one for one in found if one.split("=")[0] not in ("width", "height", "cx", "r"))


def _transform(random: Random) -> str:
    number = random.choice(_NUMBERS[:14])
    return random.choice(
        [f"scale({number})", f"translate({number})", f"skewX({number})", "matrix(0 0 0 0 0 0)"]
    )


def _levels(random: Random) -> str:
    """Elements that show the ones before them, several times each, through any reference."""
    found = [f'<g id="e0">{_shape(random)}</g>']
    times = random.choice([1, 2, 3, 10, 100])
    for level in range(1, random.choice([2, 3, 5, 9, 30])):
        before = f"e{random.choice([level - 1] * 9 + [level])}"  # at times, itself
        container = random.choice(["g", "symbol", *_REFERRED])
        if random.random() < 0.4:
            inner = f'<use xlink:href="#{before}" {_attributes(random)}/>' * times
        else:
            name = random.choice(_REFERRING)
            shape = random.choice(_SHAPES[:3])
            inner = shape.replace("/>", f' {name}="url(#{before})"/>') * times
        units = (
            f'patternUnits="{random.choice(_UNITS)}" width="{random.choice(_NUMBERS)}" height="9"'
        )
        found.append(f'<{container} id="e{level}" {units}>{inner}</{container}>')
    last = f"e{len(found) - 1}"
    refers = "".join(f'{name}="url(#{last})" ' for name in random.sample(_REFERRING, 2))
    return f'{"".join(found)}<g {refers}>{_shape(random) * times}<use xlink:href="#{last}"/></g>'


def _soup(random: Random) -> str:
    """Paint servers and shapes with any numbers."""
    kind = random.choice(_REFERRED)
    spread = random.choice(["pad", "repeat", "reflect"])
    units = random.choice(_UNITS)
    stops = '<stop offset="0.5" stop-color="#a00"/>' * random.choice([0, 2, 300, 20_000])
    inner = stops if "Gradient" in kind else _shape(random) * random.choice([1, 1, 20])
    sizes = f'width="{random.choice(_NUMBERS)}" height="{random.choice(_NUMBERS)}"'
    if "Gradient" in kind:
        sizes = f'x2="{random.choice(_NUMBERS)}" r="{random.choice(_NUMBERS)}"'
    names = {"pattern": "patternUnits", "mask": "maskUnits", "clipPath": "clipPathUnits"}
    unit = names.get(kind, "gradientUnits")
    name = random.choice(_REFERRING)
    return (
        f'<{kind} id="s" {sizes} spreadMethod="{spread}" {unit}="{units}">'
        f'{inner}</{kind}><g {name}="url(#s)" stroke-width="{random.choice(_NUMBERS)}" '
        f'stroke-dasharray="{random.choice(_NUMBERS)}" transform="{_transform(random)}">'
        f"{_shape(random) * random.choice([1, 3, 500])}</g>"
    )


def _filters(random: Random) -> str:
    steps = ""
    for _ in range(random.choice([1, 2, 9, 60])):
        name = random.choice(_PRIMITIVES)
        values = "".join(
            f'{key}="{random.choice(_NUMBERS)}" ' for key in random.sample(_ATTRIBUTES[-13:-4], 3)
        )
        inner = '<fePointLight x="1e30"/>' if "Lighting" in name else ""
        steps += f'<{name} {values}xlink:href="#f">{inner}</{name}>'
    region = f'x="-1e{random.randint(0, 9)}" width="1e{random.randint(0, 30)}"'
    shape = '<rect filter="url(#f)" width="100" height="50"/>' * random.choice([1, 1, 100])
    return f'<filter id="f" {region} filterUnits="{random.choice(_UNITS)}">{steps}</filter>{shape}'


def _styles(random: Random) -> str:
    selector = random.choice(
        [".a", "g " * 30 + ".b", ":not(" * 90 + ".a" + ")" * 90, "g:has(g:has(.b))", "*", "g>g .b",
         ":nth-child(2n+1 of .a)", '[class~="a"]', "g~" * 20 + "g", '[a="}"] .a', "@media all{.a"]
    )  # fmt: skip
    body = random.choice(
        ["fill:red", "mask:url(#m)", "fill:rgb(" + " " * 9999, "marker:url(#m)", "filter:blur(9px)",
         "stroke-dasharray:1e-9", "mix-blend-mode:multiply", "opacity:.5;isolation:isolate", "d:x"]
    )  # fmt: skip
    rules = f"{selector}{{{body}}}" * random.choice([1, 100, 10_000])
    shapes = '<g class="a"><rect class="b" width="9" height="9"/></g>' * random.choice(
        [1, 100, 5000]
    )
    imported = random.choice(["", "@import url(x.css);", "@import" * 5000, "/*" * 9])
    return f'<mask id="m"><rect class="a"/></mask><style>{imported}{rules}</style>{shapes}'


def _images(random: Random) -> str:
    size = random.choice([(9, 9), (3000, 2000), (8000, 6000), (8000, 8000)])
    out = io.BytesIO()
    kind = random.choice(["PNG", "PNG", "JPEG"])
    Image.new(random.choice(["1", "L"] if kind == "PNG" else ["L"]), size).save(out, kind)
    data = base64.b64encode(out.getvalue()).decode()
    address = random.choice(
        [f"data:image/{kind.lower()};base64,{data}"] * 9 + ["data:image/svg+xml,<svg/>"]
    )
    return f'<image width="{random.choice(_NUMBERS)}" height="9" xlink:href="{address}"/>' * (
        random.choice([1, 2]) if len(address) > 50_000 else random.choice([1, 9, 300])
    )


def _deep(random: Random) -> str:
    depth = random.choice([10, 60, 63, 200, 300, 50_000])
    how = random.choice(["", 'opacity=".5"', 'clip-path="url(#x)"', 'transform="scale(1.1)"'])
    return f"<g {how}>" * depth + '<path d="M0 0h9v9z"/>' + "</g>" * depth


def _many(random: Random) -> str:
    shape = random.choice(
        [_shape(random), "<animate/>", "<script/>", '<g opacity=".5"><rect/></g>']
    )
    return shape * min(random.choice([10, 1000, 90_000, 500_000]), 9_000_000 // len(shape) + 1)


KIND = Kind("drawings", _make)

if __name__ == "__main__":
    main(KIND)
