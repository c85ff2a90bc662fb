"""A deck as another program draws it: LibreOffice's PDF of it, and what is misplaced there."""

import subprocess
from itertools import combinations
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn

from tests.conftest import program
from tests.tools import pdf

_POINT = 12700


def draw(deck: Path, folder: Path) -> Path:
    """The deck as a PDF drawn by LibreOffice."""
    return convert(deck, folder, "pdf")


def convert(deck: Path, folder: Path, kind: str) -> Path:
    """The deck in another format. Fails if LibreOffice can't load it."""
    folder.mkdir(exist_ok=True)
    subprocess.run(
        [
            program("soffice"),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            str(deck),
        ],
        check=True,
        capture_output=True,
    )
    converted = folder / f"{deck.stem}.{kind}"
    assert converted.exists(), "LibreOffice could not load the deck"
    return converted


def misplaced(deck: Path, drawn: Path) -> list[str]:
    """Text outside every shape of its slide or over a drawing, and shapes that overlap."""
    presentation: Any = Presentation(str(deck))
    height = presentation.slide_height / _POINT
    found = []
    slides: list[list[tuple[float, float, float, float]]] = []
    drawings: list[list[tuple[float, float, float, float]]] = []
    for number, slide in enumerate(presentation.slides, start=1):
        groups = [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP]
        boxes = {shape.name: _box(shape) for shape in slide.shapes if shape not in groups}
        slides.append(list(boxes.values()))
        drawings.append([_box(part) for group in groups for part in _in_front(group)])
        for (name, one), (other_name, other) in combinations(boxes.items(), 2):
            wide = min(one[2], other[2]) - max(one[0], other[0])
            high = min(one[3], other[3]) - max(one[1], other[1])
            if wide > 1 and high > 1:
                found.append(f"slide {number}: {name} overlaps {other_name}")
    outside: dict[int, str] = {}
    for letter in pdf.characters(drawn):
        x, y = (letter.left + letter.right) / 2, height - (letter.top + letter.bottom) / 2
        if not any(
            left - 2 <= x <= right + 2 and top - 2 <= y <= bottom + 2
            for left, top, right, bottom in slides[letter.page]
        ):
            outside[letter.page] = outside.get(letter.page, "") + letter.text
        if any(
            left < x < right and top < y < bottom
            for left, top, right, bottom in drawings[letter.page]
        ):
            found.append(f"slide {letter.page + 1}: over a drawing: {letter.text}")
    found += [f"slide {page + 1}: outside: {text}" for page, text in outside.items()]
    return found


def _in_front(group: Any) -> list[Any]:
    """The filled shapes of a drawing, unless text stands on it."""
    behind = group._element.getnext() is not None and any(
        one.tag == qn("p:sp") and one.find(f".//{qn('p:ph')}").get("type") == "title"
        for one in group._element.itersiblings(qn("p:sp"))
    )
    filled = (
        part for part in group.shapes if part._element.spPr.find(qn("a:solidFill")) is not None
    )
    return [] if behind else list(filled)


def _box(shape: Any) -> tuple[float, float, float, float]:
    """Left, top, right and bottom in pt."""
    left, top = shape.left / _POINT, shape.top / _POINT
    height = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
    return left, top, left + shape.width / _POINT, top + height / _POINT
