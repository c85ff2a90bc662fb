"""Text that has no room where it stands: nothing may be cut off or run into its neighbor.

WeasyPrint lets text run over the edge of a box or page in silence.
"""

from collections.abc import Iterator
from typing import Any

from weasyprint import Document
from weasyprint.formatting_structure.boxes import TextBox

#: What counts as over the edge, in CSS pixels.
_TOLERANCE = 1.0


def misfits(document: Document) -> Iterator[tuple[str, str]]:
    """What is wrong and how to mend it, for each text outside its page or its fixed box.

    Templates mark boxes of a fixed size, such as cards to cut apart, with `data-fixed`.
    """
    for page in document.pages:
        box = page._page_box
        left, right = box.content_box_x(), box.content_box_x() + box.width
        foot = box.content_box_y() + box.height
        for text in _texts(box.children[0]):
            over = max(left - text.position_x, text.position_x + text.width - right)
            if over > _TOLERANCE or text.position_y + text.height - foot > _TOLERANCE:
                yield (
                    f"“{text.text.strip()}” runs over the edge of the page",
                    "Shorten it, or break it into pieces with spaces.",
                )
        for fixed in _fixed(box):
            end = fixed.content_box_y() + fixed.height
            texts = list(_texts(fixed))
            over = max(text.position_y + text.height for text in texts) - end
            if over > _TOLERANCE:
                lines = round(over / texts[-1].height + 0.5)
                yield (
                    f"the card that starts “{texts[0].text.strip()}” is too full, "
                    f"by about {lines} line{'' if lines == 1 else 's'}",
                    "Shorten its text, or show less on it.",
                )


def _texts(box: Any) -> Iterator[Any]:
    """The pieces of text in a box that one can see."""
    for one in box.descendants():
        if isinstance(one, TextBox) and one.text.strip():
            yield one


def _fixed(box: Any) -> Iterator[Any]:
    for one in box.descendants():
        element = one.element
        if element is not None and "data-fixed" in element and one.element_tag == element.tag:
            yield one
