"""How to break our good PDFs: the registered damages, and helpers to write them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

Damage = Callable[[pikepdf.Pdf], None]


@dataclass(frozen=True)
class Broken:
    """A damage to a good `sheet`, and the `rules` that the file then breaks."""

    damage: Damage
    sheet: str
    rules: frozenset[str]
    save: dict[str, Any] = field(default_factory=dict)


#: Every broken file by name; the files in `SOUND` are changed but still good.
BROKEN: dict[str, Broken] = {}
SOUND: dict[str, Broken] = {}

LINKS = "resource-list.pdf"
TABLE = "myths-and-facts.pdf"
PICTURES = "audience-notes.pdf"


def breaks(*rules: str, sheet: str = LINKS, **save: Any) -> Callable[[Damage], Damage]:
    """Register a damage and the rules that it breaks; `save` is passed to `pikepdf.Pdf.save`."""

    def register(damage: Damage) -> Damage:
        name = damage.__name__.lstrip("_")
        (BROKEN if rules else SOUND)[name] = Broken(damage, sheet, frozenset(rules), save)
        return damage

    return register


def make(good: Path, folder: Path, chosen: dict[str, Broken]) -> dict[str, Path]:
    """Write the chosen files to a folder, made from the finished sheets in `good`."""
    files = {name: folder / f"{name}.pdf" for name in chosen}
    for name, one in chosen.items():
        with pikepdf.open(good / one.sheet) as pdf:
            one.damage(pdf)
            pdf.save(files[name], **one.save)
    return files


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """The structure elements of a type, in reading order."""

    def below(node: Any) -> Iterator[Any]:
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, Array) else [kids]:
            if kind_of(kid):
                yield kid
                yield from below(kid)

    return [one for one in below(pdf.Root.StructTreeRoot) if kind_of(one) == kind]


def kind_of(node: Any) -> str:
    """The type of a structure element; empty for anything else."""
    return str(node.S)[1:] if isinstance(node, Dictionary) and "/S" in node else ""


def holder(pdf: pikepdf.Pdf) -> Any:
    """The element that holds the title's text."""
    return elements(pdf, "H1")[0].K[0]


def first_picture(pdf: pikepdf.Pdf) -> Any:
    """A picture that is not a link."""
    return next(one for one in elements(pdf, "Figure") if kind_of(one.P) != "Link")


def first_font(pdf: pikepdf.Pdf) -> Any:
    return next(iter(pdf.pages[0].Resources.Font.values()))


def listed(pdf: pikepdf.Pdf) -> Any:
    """The first page's entry in the ParentTree: an element for each MCID."""
    return pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(pdf.pages[0].StructParents)]


def split_parents(pdf: pikepdf.Pdf) -> None:
    """Split the ParentTree into a root and two leaves (ISO 32000-1, 7.9.7)."""
    tree = pdf.Root.StructTreeRoot.ParentTree
    numbers = list(tree.Nums)
    half = len(numbers) // 4 * 2
    leaves = [
        Dictionary(Limits=Array([part[0], part[-2]]), Nums=Array(part))
        for part in (numbers[:half], numbers[half:])
    ]
    tree.Kids = Array([pdf.make_indirect(leaf) for leaf in leaves])
    del tree.Nums


def append(pdf: pikepdf.Pdf, content: bytes) -> None:
    pdf.pages[0].contents_add(content)


def new_form(pdf: pikepdf.Pdf, content: bytes) -> Any:
    return pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])


def draw(pdf: pikepdf.Pdf, thing: Any, content: bytes) -> None:
    """Paint a picture or form on the first page; `content` has %s for its name."""
    name = pdf.pages[0].add_resource(thing, Name.XObject)
    append(pdf, content % str(name).encode())


def tagged_form(pdf: pikepdf.Pdf) -> Any:
    """Paint a form whose content is a figure in the tree (ISO 32000-1, 14.7.4.2)."""
    form = new_form(pdf, b"/Figure <</MCID 0>> BDC 0 0 9 9 re f EMC")
    around = elements(pdf, "Sect")[0]
    piece = Dictionary(Type=Name.MCR, Pg=pdf.pages[0].obj, Stm=form, MCID=0)
    figure = Dictionary(S=Name.Figure, P=around, Alt="A square", K=Array([piece]))
    figure = pdf.make_indirect(figure)
    around.K.append(figure)
    form.StructParents = 9999
    pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[9999] = Array([figure])
    draw(pdf, form, b"%s Do")
    return form


def instructions_of(pdf: pikepdf.Pdf) -> list[Any]:
    return list(pikepdf.parse_content_stream(pdf.pages[0]))


def marks_in(instructions: list[Any]) -> list[int]:
    """Where content with an MCID begins."""
    return [number for number, one in enumerate(instructions) if str(one.operator) == "BDC"]


def operation(operator: str, *operands: Any) -> pikepdf.ContentStreamInstruction:
    return pikepdf.ContentStreamInstruction(operands, Operator(operator))


def write(pdf: pikepdf.Pdf, instructions: list[Any]) -> None:
    pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
