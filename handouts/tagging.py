"""What PDF/UA-1 asks for and WeasyPrint leaves out, added just before the file is written.

Table headers get their scope (ISO 14289-1, 7.5). The running footer, which WeasyPrint marks as
content that has no place in the structure tree, becomes a pagination artifact (7.8).
"""

from collections.abc import Iterator
from typing import Any

import pydyf


def finish_tags(pdf: pydyf.PDF) -> None:
    """Mend the structure of a tagged PDF that WeasyPrint is about to write."""
    tree = _Tree(pdf)
    root = tree.at(pdf.catalog["StructTreeRoot"])
    placed = {id(element) for element in tree.below(root)}
    for row in tree.below(root):
        if row.get("S") == "/TR":
            _add_scopes([tree.at(cell) for cell in row["K"]])
    parents = tree.at(root["ParentTree"])["Nums"]
    for number, page in enumerate(pdf.page_references):
        elements = parents[2 * number + 1]
        stray = {mcid for mcid, one in enumerate(elements) if id(tree.at(one)) not in placed}
        for mcid in stray:
            elements[mcid] = b"null"
        _make_artifacts(tree.at(tree.at(page)["Contents"]).stream, stray)


class _Tree:
    def __init__(self, pdf: pydyf.PDF) -> None:
        self._objects = pdf.objects

    def at(self, reference: bytes) -> Any:
        """The object that a reference such as b"12 0 R" points to."""
        return self._objects[int(reference.split()[0])]

    def below(self, element: Any) -> Iterator[Any]:
        """Every structure element under this one."""
        for kid in element["K"]:
            if isinstance(kid, bytes) and (child := self.at(kid)).get("Type") == "/StructElem":
                yield child
                yield from self.below(child)


def _add_scopes(cells: list[Any]) -> None:
    """A header in a row of headers heads its column; one beside data heads its row."""
    scope = "/Column" if all(cell["S"] == "/TH" for cell in cells) else "/Row"
    for cell in cells:
        if cell["S"] == "/TH":
            cell["A"]["Scope"] = scope


def _make_artifacts(stream: list[Any], mcids: set[int]) -> None:
    for position in range(2, len(stream)):
        properties = stream[position - 1]
        if stream[position] == b"BDC" and properties.get("MCID") in mcids:
            stream[position - 2] = "/Artifact"
            stream[position - 1] = pydyf.Dictionary({"Type": "/Pagination"})
