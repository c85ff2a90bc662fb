"""What a deck must have so that everyone can use it: a checker that knows nothing of its maker."""

import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.util import Pt

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def faults(file: Path) -> list[str]:
    """Every fault of a deck, each as "slide N: what is wrong"."""
    presentation: Any = Presentation(str(file))
    found = list(_file_faults(file, presentation))
    titles: dict[str, int] = {}
    for number, slide in enumerate(presentation.slides, start=1):
        title = slide.shapes.title
        text = title.text_frame.text.strip() if title is not None else ""
        if not text:
            found.append(f"slide {number}: no title")
        elif text in titles:
            found.append(f"slide {number}: same title as slide {titles[text]}")
        titles.setdefault(text, number)
        found += [f"slide {number}: {fault}" for fault in _slide_faults(slide)]
    return found


def _file_faults(file: Path, presentation: Any) -> Iterator[str]:
    properties = presentation.core_properties
    for name in ("title", "author", "subject", "language"):
        if not getattr(properties, name):
            yield f"file: no {name}"
    root = presentation.part._element
    if root.find("{*}notesMasterIdLst") is None:
        yield "file: no notesMasterIdLst"
    if not root.findall(".//{*}sectionLst/{*}section"):
        yield "file: no sections"
    with zipfile.ZipFile(file) as package:
        app = etree.fromstring(package.read("docProps/app.xml"))
        everything = b"".join(package.read(name) for name in package.namelist())
    slides = app.findtext("{*}Slides")
    if slides != str(len(presentation.slides)):
        yield f"file: docProps/app.xml tells of {slides} slides"
    if b"Steve Canny" in everything or b"python-pptx" in everything:
        yield "file: leftovers of the library's own template"


def _slide_faults(slide: Any) -> Iterator[str]:
    if not slide.has_notes_slide or not slide.notes_slide.notes_text_frame.text.strip():
        yield "no notes"
    places = []
    for shape in slide.shapes:
        properties = shape._element.find(".//{*}cNvPr")
        decorative = properties.find(".//{*}decorative") is not None
        alt = properties.get("descr") or ""
        if hasattr(shape, "image") and not decorative:
            if not alt:
                yield f"{shape.name}: no alternative text"
            elif re.fullmatch(r"\S+\.(png|jpe?g|svg|gif)", alt):
                yield f"{shape.name}: the alternative text is a file's name"
        if shape.has_text_frame and shape.text_frame.text.strip() and not shape.is_placeholder:
            yield f"{shape.name}: text outside a placeholder"
        if shape.has_table and not shape.table.first_row:
            yield f"{shape.name}: the table's head is not flagged"
        kind = shape.placeholder_format.type if shape.is_placeholder else None
        if "FOOTER" not in str(kind) and "SLIDE_NUMBER" not in str(kind):
            places.append((shape.name, shape.top, shape.left))
            is_title = str(kind).startswith(("TITLE", "CENTER_TITLE"))
            yield from _size_faults(shape, is_title=is_title)
    for (name, top, left), (after, lower, further) in pairwise(places):
        # Higher up is right only at the head of a further column.
        if lower + Pt(1) < top and further <= left:
            yield f"{after}: read after {name}, but stands above it"
    for run in slide._element.iter("{*}r"):
        properties = run.find("{*}rPr")
        if properties is None or not properties.get("lang"):
            yield "text without a language"


def _size_faults(shape: Any, *, is_title: bool) -> Iterator[str]:
    least = 32 if is_title else 20
    for properties in shape._element.iter("{*}rPr"):
        size = int(properties.get("sz", 10000)) / 100
        if size < least:
            yield f"{shape.name}: text of {size:g} pt"
