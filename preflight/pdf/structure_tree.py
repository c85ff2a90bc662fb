"""The structure tree of a PDF, read once into plain objects for the rules.

The clauses are those of ISO 32000-1 (PDF 1.7): 14.7 (logical structure), 14.8.4 (its types).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pikepdf

#: Number and generation of an object in the file; (0, 0) for a direct object.
Key = tuple[int, int]

#: The standard structure types (14.8.4).
_STANDARD = """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private
    P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot
    Span Quote Note Reference BibEntry Code Link Annot
    Ruby RB RT RP Warichu WT WP Figure Formula Form
"""
STANDARD = frozenset(_STANDARD.split())


class Mark(NamedTuple):
    """A piece of content: the page or form that draws it, and its number there (MCID)."""

    stream: Key
    mcid: int


@dataclass(eq=False)
class Element:
    """A structure element.

    `name` is its type as written, `kind` the standard type that it maps to, or empty. `page` is
    where its content begins, from 1, or 0 if unknown. `order` holds its content and child elements
    in reading order, `annotations` the annotations that it refers to.
    """

    name: str
    kind: str
    node: pikepdf.Object
    parent: "Element | None"
    page: int = 0
    order: list["Element | Mark"] = field(default_factory=list)
    annotations: list[Key] = field(default_factory=list)

    @property
    def kids(self) -> list["Element"]:
        return [kid for kid in self.order if isinstance(kid, Element)]

    @property
    def replacement(self) -> str:
        """The text that is read instead of its content (14.9.3, 14.9.4)."""
        alt = str(self.node.get("/Alt", "")).strip()
        return alt or str(self.node.get("/ActualText", "")).strip()

    @property
    def language(self) -> str | None:
        """The language of its text, if it has one of its own (14.9.2)."""
        given = self.node.get("/Lang")
        return None if given is None else str(given)

    def attribute(self, name: str) -> Any:
        """The value of an attribute (14.7.5), such as "/Scope"; None if it is not set."""
        given = self.node.get("/A")
        for attributes in given if isinstance(given, pikepdf.Array) else [given]:
            if isinstance(attributes, pikepdf.Dictionary) and name in attributes:
                return attributes[name]
        return None

    def below(self) -> Iterator["Element"]:
        """Every descendant, in reading order."""
        for kid in self.kids:
            yield kid
            yield from kid.below()

    def above(self) -> Iterator["Element"]:
        """Every ancestor, nearest first."""
        around = self.parent
        while around:
            yield around
            around = around.parent


@dataclass
class Tree:
    """All `elements` in reading order, and the element that each piece of content belongs to.

    `owners` follows from the elements, `parents` from the content's side (the ParentTree,
    14.7.4.4). `shared` holds the marks that several elements claim.
    """

    elements: list[Element]
    by_key: dict[Key, Element]
    owners: dict[Mark, Element]
    shared: dict[Mark, Element]
    parents: dict[int, pikepdf.Object]


def read_tree(document: pikepdf.Pdf) -> Tree | None:
    """The structure tree of a document; None if it has none."""
    root = entry(document.Root, "/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary):
        return None
    found = entry(root, "/ParentTree")
    parents = dict(pikepdf.NumberTree(found)) if isinstance(found, pikepdf.Dictionary) else {}
    tree = Tree([], {}, {}, {}, parents)
    given = entry(root, "/RoleMap") or pikepdf.Dictionary()
    roles = {str(name)[1:]: str(role)[1:] for name, role in given.items()}
    pages = {page.obj.objgen: number for number, page in enumerate(document.pages, start=1)}

    def add(node: pikepdf.Object, parent: Element | None) -> Element | None:
        key = node.objgen
        if key in tree.by_key:
            return None  # Don't follow a circular tree twice.
        name = str(node.S)[1:]
        element = Element(name, _standard(name, roles), node, parent)
        tree.elements.append(element)
        if key != (0, 0):
            tree.by_key[key] = element
        own_page = node.get("/Pg")
        page = own_page.objgen if own_page is not None else (0, 0)
        for kid in _kids(node):
            if isinstance(kid, int):
                claim(element, Mark(page, kid), page)
            elif not isinstance(kid, pikepdf.Dictionary):
                continue
            elif "/S" in kid:
                if child := add(kid, element):
                    element.order.append(child)
                    element.page = element.page or child.page
            elif "/MCID" in kid:
                on = kid.Pg.objgen if "/Pg" in kid else page
                stream = kid.Stm.objgen if "/Stm" in kid else on
                claim(element, Mark(stream, int(kid.MCID)), on)
            elif "/Obj" in kid:
                element.annotations.append(kid.Obj.objgen)
        element.page = element.page or pages.get(page, 0)
        return element

    def claim(element: Element, mark: Mark, page: Key) -> None:
        if mark in tree.owners:
            tree.shared[mark] = element
        tree.owners.setdefault(mark, element)
        element.order.append(mark)
        element.page = element.page or pages.get(page, 0)

    for node in _kids(root):
        if isinstance(node, pikepdf.Dictionary) and "/S" in node:
            add(node, None)
    return tree


def entry(holder: Any, *names: str) -> Any:
    """The value at a path of names through nested dictionaries; None if a name is missing."""
    for name in names:
        if not isinstance(holder, pikepdf.Dictionary | pikepdf.Stream):
            return None
        holder = holder.get(name)
    return holder


def _kids(node: pikepdf.Object) -> Iterable[Any]:
    """The contents of /K, which holds one kid or a list of them."""
    kids = node.get("/K")
    return kids if isinstance(kids, pikepdf.Array) else [kids]


def _standard(name: str, roles: dict[str, str]) -> str:
    """The standard type that a type maps to in the role map (14.7.3)."""
    passed: set[str] = set()
    while name not in STANDARD:
        if name in passed or name not in roles:
            return ""
        passed.add(name)
        name = roles[name]
    return name
