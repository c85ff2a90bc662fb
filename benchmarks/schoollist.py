"""A list of invented schools to measure with: `write_list(folder, 1000)`.

The same count and seed give the same list. Names, offices, numbers and hosts are invented; the
numbers are reserved for fiction (303-555-0100 to -0199).
"""

import colorsys
import csv
import math
import unicodedata
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw

#: The columns of a list of schools.
COLUMNS = ("id", "name", "logo", "contact", "phone", "email", "website", "language", "sheets")

_HEADS = (
    "Pindle Wimble Quillo Brimble Zantle Ferrow Tuffle Marzle Yondle Skerrel Vindle Noddle Plumble "
    "Jorrel Kestro Luffin Dorrow Crimble Uffle Zizzle Pendrel Ombrel Haffle Tizzel Grommer Ixel "
    "Peñola Ñandel Brécel Sédral O’Marrel O'Tindle"
)
_TAILS = (
    "bank brook by cott crest dale den fell fen field ford gate glen ham haven holt hurst lake "
    "lea ley march mere mont moor point ridge shaw stead stone thorpe vale wick wood worth"
)
_SHORT = "Zib Wexo Quop Fenk Ñolo Drue Évra Jux"
#: How a school is named: {0} and {1} are invented places, {2} is a short name.
_PATTERNS = (
    "{2} Hall",
    "{2} School",
    "{0} School",
    "{0} Academy",
    "{0} Elementary School",
    "{0} Elementary School",
    "{0} Middle School",
    "{0} High School",
    "{0}’s K–8 School",
    "{0} Dual-Language School",
    "{0} {1} Elementary School",
    "{0} and {1} Middle School",
    "{0}-{1} Regional High School",
    "{0} and {1} Combined School of Arts and Trades",
    "{0} Expeditionary Learning Academy at {1}",
)
_OFFICES = (
    "School counselor’s office",
    "Counseling office",
    "Front office",
    "Student support team",
    "School social worker’s office",
    "Dean of students’ office",
    "Family liaison’s office",
)

#: Width and height of logos in pixels.
_SIZES = ((200, 200), (200, 200), (240, 160), (160, 220), (320, 120), (180, 200))

Point = tuple[float, float]
#: A flat picture: polygons with their colors, from back to front; points are from 0 to 1.
Emblem = list[tuple[list[Point], str]]


def write_list(folder: Path, count: int, seed: int = 1, logos: int | None = None) -> Path:
    """Write `schools.csv` and its logos to a folder; returns the list's path.

    `logos` is the number of different logos, by default one for each school. One in ten is an SVG
    file, one in ten a JPEG; the others are PNG files with a transparent background.
    """
    random = Random(seed)
    (folder / "logos").mkdir(parents=True, exist_ok=True)
    pictures = [
        write_logo(folder / "logos", number, Random(f"{seed} {number}"))
        for number in range(min(count, count if logos is None else logos))
    ]
    path = folder / "schools.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS)
        rows.writeheader()
        for number in range(count):
            logo = f"logos/{pictures[number % len(pictures)].name}" if pictures else ""
            rows.writerow(row(number, logo, random))
    return path


def row(number: int, logo: str, random: Random) -> dict[str, str]:
    """A school whose id consists of its name and its number."""
    name = school_name(random)
    host = f"{identity(name.split()[0])}-{number + 1}.example"
    return {
        "id": identity(name, number + 1),
        "name": name,
        "logo": logo,
        "contact": random.choice(_OFFICES),
        "phone": f"303-555-{100 + number % 100:04}",
        "email": f"office@{host}",
        "website": f"https://{host}/safety",
        "language": "en",
        "sheets": "",
    }


def school_name(random: Random) -> str:
    """An invented name of 8 to 60 characters."""
    while True:
        places = [random.choice(_HEADS.split()) + random.choice(_TAILS.split()) for _ in range(2)]
        name = random.choice(_PATTERNS).format(*places, random.choice(_SHORT.split()))
        if 8 <= len(name) <= 60:
            return name


def identity(name: str, number: int | None = None) -> str:
    """A name in lowercase letters, digits and hyphens, followed by a number."""
    letters = unicodedata.normalize("NFKD", name.lower()).replace("–", "-").replace("'", "")
    words = letters.encode("ascii", "ignore").decode().replace("-", " ").split()
    return "-".join([*words, str(number)] if number else words)


def write_logo(folder: Path, number: int, random: Random) -> Path:
    """Write an emblem as SVG, JPEG or PNG."""
    size = random.choice(_SIZES)
    shapes = emblem(random)
    kind = {3: "svg", 7: "jpg"}.get(number % 10, "png")
    path = folder / f"logo-{number + 1:05}.{kind}"
    if kind == "svg":
        path.write_text(as_svg(shapes, size), encoding="utf-8")
    elif kind == "jpg":
        picture = as_picture(shapes, size)
        opaque = Image.new("RGB", picture.size, "white")
        opaque.paste(picture, mask=picture)
        opaque.save(path, quality=85)
    else:
        as_picture(shapes, size).save(path, compress_level=6)
    return path


def emblem(random: Random) -> Emblem:
    """A dark shape that stands out from white paper, with a light symbol on it."""
    hue = random.random()
    dark = _color(hue, random.uniform(0.55, 0.95), random.uniform(0.25, 0.45))
    light = _color(random.random(), random.uniform(0.05, 0.35), 1.0)
    outline = random.choice((_shield(), _ring(6), _ring(8), _ring(48), _ring(48), _box()))
    symbol = random.choice(("star", "peaks", "book", "tree", "sun", "waves"))
    shapes: Emblem = [(outline, dark)]
    if random.random() < 0.4:  # a rim inside the edge
        rim = [(0.5 + (x - 0.5) * 0.9, 0.5 + (y - 0.5) * 0.9) for x, y in outline]
        inner = [(0.5 + (x - 0.5) * 0.82, 0.5 + (y - 0.5) * 0.82) for x, y in outline]
        shapes += [(rim, light), (inner, dark)]
    return shapes + [(polygon, light) for polygon in _symbol(symbol, random)]


def _symbol(name: str, random: Random) -> list[list[Point]]:
    if name == "star":
        return [_star(random.randint(4, 9), 0.28, random.uniform(0.1, 0.16))]
    if name == "sun":
        return [_star(random.randint(10, 16), 0.3, 0.2)]
    if name == "peaks":
        top = random.uniform(0.25, 0.35)
        return [[(0.2, 0.7), (0.42, top), (0.56, 0.5), (0.64, top + 0.1), (0.8, 0.7)]]
    if name == "book":
        dip = random.uniform(0.04, 0.1)
        left = [(0.22, 0.36), (0.48, 0.36 + dip), (0.48, 0.7 + dip), (0.22, 0.7)]
        return [left, [(1 - x, y) for x, y in left]]
    if name == "tree":
        wide = random.uniform(0.14, 0.22)
        crowns = [
            [(0.5, 0.2 + step), (0.5 - wide - step / 4, 0.42 + step), (0.5 + wide, 0.42 + step)]
            for step in (0.0, 0.12, 0.24)
        ]
        return [*crowns, [(0.47, 0.66), (0.53, 0.66), (0.53, 0.78), (0.47, 0.78)]]
    swing = random.uniform(0.02, 0.05)
    return [_wave(height, swing) for height in (0.36, 0.5, 0.64)]


def _ring(corners: int, radius: float = 0.5) -> list[Point]:
    turns = [math.tau * corner / corners for corner in range(corners)]
    return [(0.5 + radius * math.sin(turn), 0.5 - radius * math.cos(turn)) for turn in turns]


def _star(points: int, outer: float, inner: float) -> list[Point]:
    pairs = zip(_ring(2 * points, outer)[::2], _ring(2 * points, inner)[1::2], strict=True)
    return [point for pair in pairs for point in pair]


def _shield() -> list[Point]:
    turns = [math.pi / 2 * step / 12 for step in range(13)]
    right = [(0.5 + 0.48 * math.cos(turn), 0.35 + 0.65 * math.sin(turn)) for turn in turns]
    return [(0.02, 0.0), (0.98, 0.0), *right, *[(1 - x, y) for x, y in reversed(right)]]


def _box() -> list[Point]:
    """A square with rounded corners (a superellipse)."""
    turns = [math.tau * step / 48 for step in range(48)]
    return [(0.5 + _root(math.cos(turn)) / 2, 0.5 + _root(math.sin(turn)) / 2) for turn in turns]


def _root(value: float) -> float:
    return math.copysign(abs(value) ** 0.4, value)


def _wave(height: float, swing: float) -> list[Point]:
    xs = [0.2 + 0.6 * step / 24 for step in range(25)]
    upper = [(x, height + swing * math.sin(x * 20)) for x in xs]
    return [*upper, *[(x, y + 0.06) for x, y in reversed(upper)]]


def _color(hue: float, saturation: float, value: float) -> str:
    parts = colorsys.hsv_to_rgb(hue, saturation, value)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def as_picture(shapes: Emblem, size: tuple[int, int]) -> Image.Image:
    """The emblem on a transparent background, drawn at twice its size for smooth edges."""
    width, height = size
    # The transparent pixels have the emblem's color, so that no white shows at its edge.
    picture = Image.new("RGBA", (2 * width, 2 * height), shapes[0][1] + "00")
    draw = ImageDraw.Draw(picture)
    for polygon, color in shapes:
        draw.polygon([(x * 2 * width, y * 2 * height) for x, y in polygon], fill=color)
    return picture.reduce(2)


def as_svg(shapes: Emblem, size: tuple[int, int]) -> str:
    width, height = size
    drawn = "\n".join(
        f'<polygon fill="{color}" points="'
        + " ".join(f"{x * width:.1f},{y * height:.1f}" for x, y in polygon)
        + '"/>'
        for polygon, color in shapes
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">\n{drawn}\n</svg>\n'
    )
