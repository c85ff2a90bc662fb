"""What PDF/UA-1 requires and WeasyPrint leaves out, fixed just before the file is written.

Clauses refer to ISO 14289-1 (PDF/UA-1) and ISO 32000-1 (PDF 1.7).

Relies on the PDF that `write_pdf` passes to its finisher: pydyf's references, the shape of the
structure tree and of its parent tree, marked content; on `link_annotation` of boxes; and on
`_build_box_tree`, which makes the structure elements of a box and calls itself by its global name.
"""

from collections.abc import Iterator
from typing import Any

import pydyf
import weasyprint.pdf.tags
from weasyprint import Document


def finish_tags(document: Document, pdf: pydyf.PDF) -> None:
    """Fix the structure of a tagged PDF that WeasyPrint is about to write."""
    _name_links(document)
    if document.pages[0]._page_box.children[0].style["direction"] == "rtl":
        preferences = pdf.catalog.setdefault("ViewerPreferences", pydyf.Dictionary())
        preferences["Direction"] = "/R2L"  # how pages are bound (32000-1, table 150)
    tree = _TagTree(pdf)
    elements = list(tree.below(tree.root))
    for element in elements:
        match element["S"]:
            case "/TR":
                _add_scopes([tree.at(cell) for cell in element["K"]])
            case "/Figure":
                _measure_in_points(element["A"]["BBox"], tree.at(element["Pg"])["MediaBox"][3])
            case "/Link":
                _drop_inner_links(tree, element)
            case "/LBody":
                _make_label(tree, element)
    _add_id_tree(tree, elements)
    _make_artifacts(tree, {id(element) for element in elements})


_build_box_tree = weasyprint.pdf.tags._build_box_tree


def mark_languages() -> None:
    """Make WeasyPrint write the language of passages in another one (14289-1, 7.2)."""
    weasyprint.pdf.tags._build_box_tree = _with_language


def _with_language(box: Any, *others: Any) -> Iterator[Any]:
    """The structure elements of a box, with the language of its HTML element, if it has any.

    That of the page is the document's.
    """
    inside = box.element is not None and box.element_tag not in ("html", "body")
    language = box.element.get("lang") if inside else None
    for element in _build_box_tree(box, *others):
        if language:
            element["Lang"] = pydyf.String(language)
        yield element


class _TagTree:
    """The structure tree of a PDF under construction."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.pdf = pdf
        self.root = self.at(pdf.catalog["StructTreeRoot"])
        #: Numbers alternating with elements: for each page, then for each annotation.
        self.parents = self.at(self.root["ParentTree"])["Nums"]

    def at(self, reference: bytes) -> Any:
        """The object that a reference such as b"12 0 R" points to."""
        return self.pdf.objects[int(reference.split()[0])]

    def kids(self, element: Any, kind: str) -> Iterator[tuple[bytes, Any]]:
        """The children of an element that are objects of one type, with their references."""
        for kid in element["K"]:
            if isinstance(kid, bytes) and (child := self.at(kid)).get("Type") == kind:
                yield kid, child

    def below(self, element: Any) -> Iterator[Any]:
        """Every structure element under this one, in reading order."""
        for _, child in self.kids(element, "/StructElem"):
            yield child
            yield from self.below(child)


def _name_links(document: Document) -> None:
    """Describe links by their text, not by their bare addresses (14289-1, 7.18.5)."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if getattr(box, "link_annotation", None):
                text = " ".join("".join(box.element.itertext()).split())
                box.link_annotation["Contents"] = pydyf.String(text)


def _add_scopes(cells: list[Any]) -> None:
    """Headers in a row of headers head columns; headers next to data head rows (14289-1, 7.5)."""
    scope = "/Column" if all(cell["S"] == "/TH" for cell in cells) else "/Row"
    for cell in cells:
        if cell["S"] == "/TH":
            cell["A"]["Scope"] = scope


def _measure_in_points(box: Any, height: float) -> None:
    """Convert a figure's box from CSS pixels from the top to points from the foot, as in PDF."""
    x1, y1, x2, y2 = box
    box[:] = [x1 * 0.75, height - y2 * 0.75, x2 * 0.75, height - y1 * 0.75]


def _drop_inner_links(tree: _TagTree, link: Any) -> None:
    """Drop the links of boxes inside a link: they are in no Link element (14289-1, 7.18.5)."""
    for element in tree.below(link):
        for kid, reference in list(tree.kids(element, "/OBJR")):
            element["K"].remove(kid)
            tree.at(reference["Pg"])["Annots"].remove(reference["Obj"])
            at = tree.parents[::2].index(tree.at(reference["Obj"])["StructParent"])
            del tree.parents[2 * at : 2 * at + 2]


def _make_label(tree: _TagTree, body: Any) -> None:
    """Make the span that opens a list item, its number, the item's label (32000-1, 14.8.4.3.3)."""
    kid, first = next(tree.kids(body, "/StructElem"), (b"", None))
    # A span that only holds text has no structure below it; the template's span does.
    if first and first["S"] == "/Span" and next(tree.kids(first, "/StructElem"), None):
        item = tree.at(body["P"])
        body["K"].remove(kid)
        item["K"].insert(0, kid)
        first["S"], first["P"] = "/Lbl", item.reference
        attributes = {"O": "/List", "ListNumbering": "/Decimal"}
        tree.at(item["P"])["A"] = pydyf.Dictionary(attributes)


def _add_id_tree(tree: _TagTree, elements: list[Any]) -> None:
    """List elements with an ID at the root (32000-1, table 322)."""
    named = {element["ID"].data: element for element in elements if "ID" in element}
    if named:
        names = pydyf.Array()
        for _, element in sorted(named.items()):
            names.extend([element["ID"], element.reference])
        tree.root["IDTree"] = pydyf.Dictionary({"Names": names})


def _make_artifacts(tree: _TagTree, placed: set[int]) -> None:
    """Make content outside the tree, the running footer, an artifact (14289-1, 7.8)."""
    for number, page in enumerate(tree.pdf.page_references):
        elements = tree.parents[2 * number + 1]
        stray = {
            mcid for mcid, element in enumerate(elements) if id(tree.at(element)) not in placed
        }
        for mcid in stray:
            elements[mcid] = b"null"
        stream = tree.at(tree.at(page)["Contents"]).stream
        for position in range(2, len(stream)):
            if stream[position] == b"BDC" and stream[position - 1].get("MCID") in stray:
                stream[position - 2] = "/Artifact"
                stream[position - 1] = pydyf.Dictionary({"Type": "/Pagination"})
