"""Where the text of a laid-out sheet stands, and what has no room: nothing may be cut off.

WeasyPrint lets text run over the edge of a box or page in silence.

Relies upon `Page._page_box` and its tree of boxes: their classes, places, sizes and elements.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from weasyprint import Document
from weasyprint.formatting_structure.boxes import ReplacedBox, TextBox

from pack.problems import Fault

#: What counts as over the edge, in CSS pixels.
_TOLERANCE = 1.0


@dataclass(frozen=True)
class SheetSide:
    """A side of a sheet (an element of the class `page`), or what of it stands on one page.

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
    """A fault for each text outside its page or its fixed box.

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
                    "Shorten it, or break it into pieces with spaces.",
                )
        yield from _covered(box)
    for card in cards(document):
        shown = list(texts(card))
        end = card.content_box_y() + card.height
        over = max(text.position_y + text.height for text in shown) - end
        if over > _TOLERANCE:
            lines = round(over / shown[-1].height + 0.5)
            yield Fault(
                f"the card that starts “{shown[0].text.strip()}” is too full, "
                f"by about {lines} line{'' if lines == 1 else 's'}",
                "Shorten its text, or show less on it.",
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
                    f"“{text.text.strip()}” runs into the picture beside it",
                    "Shorten it, or break it into pieces with spaces.",
                )


def texts(box: Any) -> Iterator[Any]:
    """The pieces of text in a box that one can see."""
    for one in box.descendants():
        if isinstance(one, TextBox) and one.text.strip():
            yield one


def cards(document: Document) -> Iterator[Any]:
    """The boxes of a fixed size."""
    for page in document.pages:
        for one in page._page_box.descendants():
            element = one.element
            if element is None or "data-fixed" not in element.attrib:
                continue
            if one.element_tag == element.tag and one.children:
                yield one


def _find(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if child.element is not None and "page" in child.element.get("class", "").split():
            yield child
        else:
            yield from _find(child)
