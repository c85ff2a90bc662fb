"""A list of invented schools, and what a build makes from it."""

import html
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pikepdf
from PIL import Image

from tests.conftest import CONTENT, ENGLISH
from tests.tools import pdf

#: Two files for each school, which are made quickly.
QUICK = (
    *("--only", "myths-and-facts", "--only", "parent-night"),
    *("--size", "standard", "--ink", "color", "--paper", "letter"),
)
FILES = ("myths-and-facts.pdf", "parent-night.pptx")

HEADS = ("id", "name", "contact", "phone", "email", "website", "logo", "sheets")
Row = Mapping[str, str]


def row(id: str, name: str, contact: str = "Front desk", **others: str) -> Row:
    return {"id": id, "name": name, "contact": contact, **others}


#: No two schools share a value.
OAK = row(
    *("oak-hill", "Oak Hill School", "Quill office"),
    phone="303-555-0101",
    email="desk@oakhill.example",
    website="https://oakhill.example/help",
    logo="logos/oak.png",
)
ELM = row("elm", "Elm Creek School", "Elm office")
PINE = row(
    "pine", "Pine Ridge School", "Needle office", phone="303-555-0102", logo="logos/pine.jpg"
)
CEDAR = row(
    *("cedar", "Cedar Lake School", "Cedar desk"),
    website="https://cedar.example/families",
    logo="logos/cedar.svg",
)
BIRCH = row("birch", "Birch Row School", "Birch room", sheets="myths-and-facts")
MAPLE = row(
    "maple",
    "Maple Valley Community School of Arts, Letters, Music, Languages, Sciences and Agriculture",
    "Maple counter",
)
WILLOW = row(
    "willow",
    "Willow Springs Community School of Arts, Letters, Music, Languages, Sciences and Gardening",
    "Willow counter",
)
AMAL = row("amal", "مدرسة الأمل", "Amal bureau")

FIR = row("fir", "Fir Grove School", "Cone office")

#: Schools of all kinds, and a few that are made quickly.
DISTRICT = (OAK, ELM, PINE, CEDAR, BIRCH, MAPLE, WILLOW, AMAL)
SMALL = (ELM, BIRCH, FIR)


def write(folder: Path, rows: Sequence[Row]) -> Path:
    """Write a list of schools with their logos; returns the list's path."""
    (folder / "logos").mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (600, 400), "#205080").save(folder / "logos" / "oak.png")
    Image.new("RGB", (500, 500), "#704020").save(folder / "logos" / "pine.jpg")
    (folder / "logos" / "cedar.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">'
        '<rect width="80" height="40" fill="#135"/><circle cx="20" cy="20" r="9"/></svg>'
    )
    file = folder / "schools.csv"
    lines = [",".join(f'"{one.get(head, "")}"' for head in HEADS) for one in rows]
    file.write_text("\n".join([",".join(HEADS), *lines, ""]), "utf-8")
    return file


def many(count: int) -> list[Row]:
    """This many similar schools."""
    return [row(f"s-{number}", f"School {number}", f"Room {number}") for number in range(count)]


def build(schools: Path, output: Path, *options: object, content: Path = CONTENT) -> list[object]:
    """The arguments of a build for a list of schools."""
    return ["build", content, *ENGLISH, "--schools", schools, "--output", output, *QUICK, *options]


def files(folder: Path) -> dict[str, bytes]:
    """All files below a folder, also hidden ones, except pages and what they load."""
    found = (file for file in folder.rglob("*") if file.is_file() and not beside(file))
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def beside(file: Path) -> bool:
    """Whether a file is a school's page, or is loaded by pages."""
    return file.suffix == ".html" or bool({"assets", ".assets"} & {file.name, *file.parts})


def words(file: Path) -> str:
    """All words of a file: its text, its addresses, its alternative texts."""
    if file.suffix == ".pptx":
        with zipfile.ZipFile(file) as package:
            parts = [package.read(name) for name in package.namelist()]
        return html.unescape("".join(part.decode("utf-8", "ignore") for part in parts))
    with pikepdf.open(file) as document:
        strings = [str(one) for item in document.objects for one in _strings(item)]
    return " ".join([pdf.text(file), *strings])


def _strings(item: pikepdf.Object) -> list[pikepdf.Object]:
    if isinstance(item, pikepdf.String):
        return [item]
    if isinstance(item, pikepdf.Array):
        return [found for one in list(item) for found in _direct(one)]
    if isinstance(item, pikepdf.Dictionary):
        return [found for key in item.keys() for found in _direct(item[key])]  # noqa: SIM118
    return []


def _direct(item: pikepdf.Object) -> list[pikepdf.Object]:
    nested = isinstance(item, pikepdf.Object) and not item.is_indirect
    return _strings(item) if nested else []
