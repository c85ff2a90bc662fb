"""Vertical justification: the parts of a page share the room that is left on it.

It moves boxes that WeasyPrint has laid out, before they are painted. CSS can do the same with
grid or flex on the page, but then every part is laid out twice (measured: 1.6 times as long).

Relies on `translate` of boxes, `layout_box_backgrounds` and the layers of `background`, and a
`Page` made from another's boxes.
"""

from collections.abc import Iterator
from typing import Any

from weasyprint import Document
from weasyprint.document import Page
from weasyprint.layout.background import layout_box_backgrounds

from handouts.weasy.boxes import sections


def spread(document: Document) -> None:
    """On each page, move the parts (the children of `.page`) apart until they end at its foot.

    Not if a side runs on over several pages: there, text continues as in a book.
    """
    sides = list(sections(document))
    if len({id(side.box.element) for side in sides}) < len(sides):
        return
    for section in sides:
        parts, room = section.parts, section.foot - section.end
        if len(parts) < 2 or room <= 0:
            continue
        for number, part in enumerate(parts):
            part.translate(dy=room * number / (len(parts) - 1))
            # Backgrounds are laid out apart from their boxes, and don't move with them.
            pictures = dict(_pictures(part))
            layout_box_backgrounds(
                section.page, part, lambda url, found=pictures, **options: found[url]
            )
    # Make the pages again: a page notes the places of its links when it is made.
    document.pages[:] = [Page(page._page_box) for page in document.pages]


def _pictures(box: Any) -> Iterator[tuple[str, Any]]:
    """The background pictures in a box that is laid out, by their addresses."""
    if box.background:
        images = zip(box.style["background_image"], box.background.layers, strict=False)
        yield from ((value, layer.image) for (kind, value), layer in images if kind == "url")
    for child in box.all_children():
        yield from _pictures(child)
