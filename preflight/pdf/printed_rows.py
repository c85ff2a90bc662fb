"""ASCII characters as they stand on a page, from left to right, in whatever order they are read.

The text that programs extract is in reading order: it is right even if a number is printed
backwards, and an address beside Arabic words comes out in pieces.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from preflight.findings import Spot

#: A gap between two characters parts words, or texts, if it is this part of their height.
_WORDS, _TEXTS = 0.12, 0.7


@dataclass(frozen=True)
class PrintedRow:
    """ASCII characters as they stand on the page, from left to right, and the box of each."""

    text: str
    boxes: tuple[Spot, ...]


def printed_rows(page: pypdfium2.PdfPage) -> Iterator[PrintedRow]:
    """The text of a page, line by line, divided where there is a wide gap."""
    rows: dict[int, list[tuple[Spot, str]]] = {}
    for baseline, box, character in _characters(page):
        near = (at for at in (baseline, baseline - 1, baseline + 1) if at in rows)
        rows.setdefault(next(near, baseline), []).append((box, character))
    for row in rows.values():
        text, boxes = "", list[Spot]()
        for box, character in sorted(row):
            gap = (box[0] - boxes[-1][2]) / (box[3] - box[1]) if boxes else 0
            if gap > _TEXTS:
                yield PrintedRow(text, tuple(boxes))
                text, boxes = "", []
            elif gap > _WORDS:
                text, boxes = f"{text} ", [*boxes, box]
            text, boxes = text + character, [*boxes, box]
        yield PrintedRow(text, tuple(boxes))


def _characters(page: pypdfium2.PdfPage) -> Iterator[tuple[int, Spot, str]]:
    """Every visible ASCII character of a page: its baseline in whole pt, and its box."""
    textpage = page.get_textpage()
    left, _, _, top = page.get_cropbox()
    try:
        for index in range(textpage.count_chars()):
            character = chr(pdfium.FPDFText_GetUnicode(textpage, index))
            if not "!" <= character <= "~" or pdfium.FPDFText_IsGenerated(textpage, index):
                continue
            x1, y1, x2, y2 = textpage.get_charbox(index, loose=True)
            yield round(y1), (x1 - left, top - y2, x2 - left, top - y1), character
    finally:
        textpage.close()
