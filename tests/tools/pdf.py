"""What a PDF shows, read by libraries that did not make it."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import zxingcpp


@dataclass(frozen=True)
class Character:
    """A character on a page: its box in pt from the page's lower left corner, its size in pt."""

    text: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    size: float


def characters(file: Path) -> Iterator[Character]:
    """Every visible character."""
    with pdfium.PdfDocument(file) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for index in range(text.count_chars()):
                character = text.get_text_range(index, 1)
                if not character.strip() or raw.FPDFText_IsGenerated(text, index):
                    continue
                matrix = raw.FS_MATRIX()
                raw.FPDFText_GetMatrix(text, index, matrix)
                scale = math.hypot(matrix.b, matrix.d)
                size = raw.FPDFText_GetFontSize(text, index) * scale
                left, bottom, right, top = text.get_charbox(index)
                yield Character(character, number, left, bottom, right, top, size)


@dataclass(frozen=True)
class Element:
    """A structure element of a PDF: its type, and its alternative text and scope, if any."""

    kind: str
    alt: str
    scope: str


def elements(file: Path) -> list[Element]:
    """Every structure element of a PDF, in reading order."""
    found: list[Element] = []

    def walk(element: Any) -> None:
        kids: Any = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                scope = kid.A.get("/Scope", "") if "/A" in kid else ""
                found.append(Element(str(kid.S), str(kid.get("/Alt", "")), str(scope)))
                walk(kid)

    with pikepdf.open(file) as document:
        walk(document.Root.StructTreeRoot)
    return found


def marked(file: Path) -> Iterator[tuple[tuple[tuple[str, object], ...], int]]:
    """Each piece of tagged content in reading order: the elements it is in, and its page from 0.

    An element is its type and its identity.
    """
    with pikepdf.open(file) as document:
        pages = {page.obj.objgen: number for number, page in enumerate(document.pages)}

        def walk(
            element: Any, within: tuple[tuple[str, object], ...]
        ) -> Iterator[tuple[tuple[tuple[str, object], ...], int]]:
            kids: Any = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    yield from walk(kid, (*within, (str(kid.S), kid.objgen)))
                elif not isinstance(kid, pikepdf.Dictionary):
                    yield within, pages[element.Pg.objgen]
                elif "/MCID" in kid:
                    yield within, pages[kid.get("/Pg", element.get("/Pg")).objgen]

        yield from walk(document.Root.StructTreeRoot, ())


def text(file: Path) -> str:
    """All text of a PDF, with white space collapsed."""
    with pdfium.PdfDocument(file) as document:
        pages = (page.get_textpage().get_text_bounded() for page in document)
        # PDFium returns a hyphen at the end of a line as one of these characters.
        return re.sub("[\x02\ufffe]\\s*", "-", " ".join(" ".join(pages).split()))


def links(file: Path) -> list[str]:
    """The addresses that the links of a file open."""
    with pikepdf.open(file) as document:
        return [
            str(annotation.A.URI)
            for page in document.pages
            for annotation in page.get("/Annots", [])
            if "/URI" in annotation.get("/A", {})
        ]


def page_sizes(file: Path) -> list[tuple[float, float]]:
    """Width and height of each page in pt."""
    with pdfium.PdfDocument(file) as document:
        return [page.get_size() for page in document]


def codes(file: Path | bytes, dpi: int = 100) -> list[str]:
    """The contents of QR codes, decoded from pictures of the pages."""
    found = []
    with pdfium.PdfDocument(file) as document:
        for page in document:
            picture = page.render(scale=dpi / 72).to_pil()
            found += [code.text for code in zxingcpp.read_barcodes(picture)]
    return found
