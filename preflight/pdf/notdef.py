"""Characters that a PDF has no glyph for: they are printed as an empty box, or not at all."""

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from preflight.findings import Spot

#: How far the edges of two equal outlines may differ, in em. Fonts use thousandths; pdfium rounds
#: the top edge of a character's box to a hundredth.
_SAME = (0.004, 0.004, 0.004, 0.015)

Outline = tuple[float, float, float, float]


def missing_glyphs(
    page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage, text: str
) -> Iterator[tuple[str, Spot]]:
    """Each character that can't be read, and its box in pt from the page's top left corner.

    `text` is the whole text of the page, as pdfium returns it.

    A font draws its glyph 0 for every character it doesn't have (OpenType 1.9, recommendations for
    “.notdef”); we recognize it by its outline. Every font has ASCII, so it is not checked.
    """
    left, _, _, top = page.get_cropbox()
    for index, character in _non_ascii(text):
        kind = unicodedata.category(character)
        if character in "\x02\ufffe" or kind in ("Cf", "Zs", "Zl", "Zp"):
            continue  # hyphens at the end of a line, and invisible characters
        x1, y1, x2, y2 = textpage.get_charbox(index)
        unreadable = kind in ("Cc", "Cn") or character == "\ufffd"
        if unreadable or _is_glyph_zero(textpage, index, (x1, y1, x2, y2)):
            yield character, (x1 - left, top - y2, x2 - left, top - y1)


def _non_ascii(text: str) -> Iterator[tuple[int, str]]:
    """The characters outside ASCII, each with its index as pdfium counts, in UTF-16 units."""
    wide = 0
    for found in re.finditer(r"[^\r\n\x20-\x7e]", text):
        yield found.start() + wide, found[0]
        wide += found[0] > "\uffff"


def _is_glyph_zero(textpage: pypdfium2.PdfTextPage, index: int, box: Outline) -> bool:
    font = pdfium.FPDFTextObj_GetFont(pdfium.FPDFText_GetTextObject(textpage, index))
    zero = _outline(font)
    if zero is None:
        return box[0] == box[2]  # an empty glyph 0: the character is invisible
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
    pdfium.FPDFText_GetMatrix(textpage, index, matrix)
    size = pdfium.FPDFText_GetFontSize(textpage, index) * matrix.d or 1.0
    found = (box[0] - x.value, box[1] - y.value, box[2] - x.value, box[3] - y.value)
    return all(
        abs(edge / size - other) < same
        for edge, other, same in zip(found, zero, _SAME, strict=True)
    )


def _outline(font: Any) -> Outline | None:
    """The box of a font's glyph 0 in em, from its origin."""
    path = pdfium.FPDFFont_GetGlyphPath(font, 0, 1.0)
    points = []
    for at in range(max(pdfium.FPDFGlyphPath_CountGlyphSegments(path), 0) if path else 0):
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFGlyphPath_GetGlyphPathSegment(path, at), x, y)
        points.append((x.value, y.value))
    if not points:
        return None
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
