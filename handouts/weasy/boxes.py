"""Where the text of a laid-out sheet is, and which text has no room: nothing may be cut off.

WeasyPrint silently lets text run over the edge of a box or page.

Relies on `Page._page_box` and its tree of boxes: their classes, positions, sizes and elements.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from weasyprint import Document
from weasyprint.formatting_structure.boxes import ReplacedBox, TextBox

from pack.problems import Fault

#: How far text may run over an edge, in CSS pixels.
_TOLERANCE = 1.0


@dataclass(frozen=True)
class SheetSide:
    """A side of a sheet (an element of the class `page`), or the part of it on one page.

    `start` and `end` are where its parts begin and end, `foot` is where the page ends, in CSS
    pixels from the top of the page.
    """

    page: Any
    box: Any

    @property
    def parts(self) -> list[Any]:
        return [part for part in self.box.children if part.is_in_normal_flow()]

    @property
    def start(self) -> float:
        return float(self.page.content_box_y())

    @property
    def end(self) -> float:
        return float(max(part.border_box_y() + part.border_height() for part in self.parts))

    @property
    def foot(self) -> float:
        return float(self.page.content_box_y() + self.page.height)


def sections(document: Document) -> Iterator[SheetSide]:
    """The sides of a sheet, page by page."""
    for page in document.pages:
        for box in _find(page._page_box):
            yield SheetSide(page._page_box, box)


def misfits(document: Document) -> Iterator[Fault]:
    """A fault for each text that runs out of its page or its fixed-size box.

    Templates mark boxes of a fixed size, such as cards to cut apart, with `data-fixed`.
    """
    for page in document.pages:
        box = page._page_box
        left, right = box.content_box_x(), box.content_box_x() + box.width
        foot = box.content_box_y() + box.height
        for text in texts(box.children[0]):
            over = max(left - text.position_x, text.position_x + text.width - right)
            if over > _TOLERANCE or text.position_y + text.height - foot > _TOLERANCE:
                yield Fault(
                    f"“{text.text.strip()}” runs over the edge of the page",
                    "Shorten it, or add spaces where it may break.",
                )
        yield from _covered(box)
    for card in cards(document):
        shown = list(texts(card))
        end = card.content_box_y() + card.height
        over = max(text.position_y + text.height for text in shown) - end
        if over > _TOLERANCE:
            lines = round(over / shown[-1].height + 0.5)
            yield Fault(
                f"the card that starts “{shown[0].text.strip()}” is about "
                f"{lines} line{'' if lines == 1 else 's'} too long",
                "Shorten its text, or put less on it.",
            )


def _covered(page: Any) -> Iterator[Fault]:
    """Text that runs into a picture."""
    pictures = [box for box in page.descendants() if isinstance(box, ReplacedBox)]
    for text in texts(page.children[0]) if pictures else ():
        for picture in pictures:
            left, top = picture.content_box_x(), picture.content_box_y()
            across = min(text.position_x + text.width, left + picture.width)
            across -= max(text.position_x, left)
            down = min(text.position_y + text.height, top + picture.height)
            down -= max(text.position_y, top)
            if across > _TOLERANCE and down > _TOLERANCE:
                yield Fault(
                    f"“{text.text.strip()}” runs into the picture next to it",
                    "Shorten it, or add spaces where it may break.",
                )


def texts(box: Any) -> Iterator[Any]:
    """The visible pieces of text in a box."""
    for text in box.descendants():
        if isinstance(text, TextBox) and text.text.strip():
            yield text


def cards(document: Document) -> Iterator[Any]:
    """The boxes of a fixed size."""
    for page in document.pages:
        for box in page._page_box.descendants():
            element = box.element
            if element is None or "data-fixed" not in element.attrib:
                continue
            if box.element_tag == element.tag and box.children:
                yield box


def _find(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if child.element is not None and "page" in child.element.get("class", "").split():
            yield child
        else:
            yield from _find(child)
