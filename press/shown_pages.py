"""The pages of a finished file as the preview shows them: their size and their text."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from slides.draft import DeckDraft


@dataclass(frozen=True)
class ShownPage:
    """A page or slide: size in pt and text; a slide also has an SVG and a title."""

    width: float
    height: float
    text: str
    svg: str = ""
    title: str = ""


def pdf_pages(data: bytes, *, texts: bool) -> Iterator[ShownPage]:
    """The pages of a PDF, with or without their texts."""
    import pypdfium2

    found = _texts_of_pages(data) if texts else {}
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document, start=1):
            width, height = page.get_size()
            yield ShownPage(width, height, " ".join(found.get(number, ())))


def _texts_of_pages(data: bytes) -> dict[int, list[str]]:
    """The text of each page in the reading order of its tags: one column after the other."""
    import pikepdf

    from preflight.pdf.marked_content import read_content
    from preflight.pdf.structure_tree import Element, read_tree
    from preflight.pdf.text_extraction import TextExtractor

    texts: dict[int, list[str]] = {}
    with pikepdf.open(io.BytesIO(data)) as document:
        tree = read_tree(document)
        marks = read_content(document).marks
        extractor = TextExtractor(marks)

        def read(element: Element) -> None:
            if element.replacement:
                texts.setdefault(element.page, []).append(f"[{element.replacement}]")
                return
            for part in element.order:
                if isinstance(part, Element):
                    read(part)
                elif part in marks:
                    texts.setdefault(marks[part].page, []).append(extractor.text_of_mark(part))

        for element in tree.elements if tree else ():
            if element.parent is None:
                read(element)
    return texts


def slide_pages(draft: DeckDraft) -> Iterator[ShownPage]:
    """The slides of a deck as pictures."""
    from slides.raster import with_files

    for content, svg in draft.pictures():
        root = ElementTree.fromstring(svg)  # noqa: S314 (we have just written it)
        _, _, width, height = map(float, root.attrib["viewBox"].split())
        lines = ("".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text"))
        # Embed its files now: if they change later, there will be a new view.
        yield ShownPage(width, height, " ".join(lines), with_files(svg), content.title.in_one_row)
