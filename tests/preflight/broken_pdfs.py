"""Good PDFs of the press, each broken in one way: what preflight must find, and no more."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

Damage = Callable[[pikepdf.Pdf], None]


@dataclass(frozen=True)
class Broken:
    """A damage done to a good `sheet`, and the `rules` that the file then breaks."""

    damage: Damage
    sheet: str
    rules: frozenset[str]
    save: dict[str, Any] = field(default_factory=dict)


#: Every broken file by its name; those in `SOUND` are changed and still good.
BROKEN: dict[str, Broken] = {}
SOUND: dict[str, Broken] = {}

_LINKS = "resource-list.pdf"
_TABLE = "myths-and-facts.pdf"
_PICTURES = "audience-notes.pdf"


def breaks(*rules: str, sheet: str = _LINKS, **save: Any) -> Callable[[Damage], Damage]:
    """Note a damage and the rules that it breaks; `save` goes to `pikepdf.Pdf.save`."""

    def note(damage: Damage) -> Damage:
        name = damage.__name__.lstrip("_")
        (BROKEN if rules else SOUND)[name] = Broken(damage, sheet, frozenset(rules), save)
        return damage

    return note


def make(good: Path, folder: Path, chosen: dict[str, Broken]) -> dict[str, Path]:
    """Write the chosen files into a folder, made from the finished sheets in `good`."""
    files = {name: folder / f"{name}.pdf" for name in chosen}
    for name, one in chosen.items():
        with pikepdf.open(good / one.sheet) as pdf:
            one.damage(pdf)
            pdf.save(files[name], **one.save)
    return files


# The document


@breaks("pdf-not-marked")
def _not_marked(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


@breaks("pdf-suspects")
def _suspects(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Suspects = True


@breaks("pdf-language")
def _no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


@breaks("pdf-language")
def _wrong_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("fr")


@breaks("pdf-title")
def _no_title(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        del metadata["dc:title"]


@breaks("pdf-title")
def _no_title_in_the_properties(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]


@breaks("pdf-title")
def _two_titles(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Another title"


@breaks("pdf-title-shown")
def _title_not_shown(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@breaks("pdf-ua-declared")
def _no_pdfuaid(pdf: pikepdf.Pdf) -> None:
    data = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(data.replace(b'pdfuaid:part="1"', b""))


@breaks("pdf-title", "pdf-ua-declared")
def _no_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


@breaks(
    "pdf-locked",
    encryption=pikepdf.Encryption(
        owner="owner", user="", R=3, aes=False, metadata=False,
        allow=pikepdf.Permissions(accessibility=False, extract=False),
    ),
)  # fmt: skip
def _locked(pdf: pikepdf.Pdf) -> None:
    """The damage is in how it is saved."""


@breaks("pdf-script")
def _script_when_opened(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert('Hello')")


@breaks("pdf-script")
def _script_by_name(pdf: pikepdf.Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS="app.alert('Hello')")
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["hello", script])))


@breaks("pdf-script")
def _script_after_a_link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].A.Next = Dictionary(S=Name.JavaScript, JS="app.alert('Hello')")


@breaks("pdf-xfa")
def _xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp/>"))


@breaks("pdf-tab-order")
def _no_tab_order(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Tabs


@breaks("pdf-font-embedded")
def _font_not_embedded(pdf: pikepdf.Pdf) -> None:
    descriptor = _font(pdf).DescendantFonts[0].FontDescriptor
    for name in ("/FontFile", "/FontFile2", "/FontFile3"):
        if name in descriptor:
            del descriptor[name]


@breaks("pdf-font-unreadable")
def _font_unreadable(pdf: pikepdf.Pdf) -> None:
    del _font(pdf).ToUnicode


# The structure tree


@breaks("pdf-not-tagged")
def _not_tagged(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


@breaks("pdf-tag-unknown")
def _unknown_type(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].S = Name.Paragraph


@breaks("pdf-tag-unknown")
def _type_mapped_in_a_circle(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].S = Name.Paragraph
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Paragraph=Name.Text, Text=Name.Paragraph)


@breaks()
def _type_mapped_to_a_standard_one(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].S = Name.Paragraph
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Paragraph=Name.Text, Text=Name.P)


@breaks("pdf-no-heading")
def _no_heading(pdf: pikepdf.Pdf) -> None:
    for kind in ("H1", "H2", "H3"):
        for heading in elements(pdf, kind):
            heading.S = Name.P


@breaks("pdf-heading-order")
def _heading_skipped(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "H2")[0].S = Name.H3


@breaks("pdf-heading-order")
def _first_heading_h2(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "H1")[0].S = Name.H2


@breaks("pdf-tag-nested")
def _heading_in_heading(pdf: pikepdf.Pdf) -> None:
    title = elements(pdf, "H1")[0]
    title.K[0].S = Name.H2


@breaks("pdf-tag-empty")
def _empty_heading(pdf: pikepdf.Pdf) -> None:
    section = elements(pdf, "H2")[0].P
    section.K.append(pdf.make_indirect(Dictionary(S=Name.H2, P=section, K=Array())))


@breaks("pdf-picture-text", sheet=_PICTURES)
def _no_alt(pdf: pikepdf.Pdf) -> None:
    del _picture(pdf).Alt


@breaks("pdf-picture-text", sheet=_PICTURES)
def _empty_alt(pdf: pikepdf.Pdf) -> None:
    _picture(pdf).Alt = pikepdf.String(" ")


@breaks("pdf-picture-text", sheet=_PICTURES)
def _formula_without_alt(pdf: pikepdf.Pdf) -> None:
    formula = _picture(pdf)
    formula.S = Name.Formula
    del formula.Alt


@breaks("pdf-picture-file-name")
def _alt_is_a_file_name(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "Figure")[1].Alt = pikepdf.String("qr-code.PNG")


@breaks()
def _replacement_text_instead_of_alt(pdf: pikepdf.Pdf) -> None:
    figure = elements(pdf, "Figure")[1]
    figure.ActualText = figure.Alt
    del figure.Alt


# Lists and tables


@breaks("pdf-list")
def _list_directly_in_list(pdf: pikepdf.Pdf) -> None:
    item = elements(pdf, "LI")[1]
    around = item.P
    inner = pdf.make_indirect(Dictionary(S=Name.L, P=around, K=Array([item])))
    around.K[1] = inner
    item.P = inner


@breaks("pdf-list")
def _paragraph_in_list_item(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "LBody")[0].S = Name.P


@breaks("pdf-list")
def _items_outside_a_list(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "L")[0].S = Name.Div


@breaks("pdf-table", sheet=_TABLE)
def _rows_in_a_div(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "TBody")[0].S = Name.Div


@breaks("pdf-header-scope", sheet=_TABLE)
def _head_without_scope(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "TH")[0].A.Scope


@breaks("pdf-table-header", sheet=_TABLE)
def _table_without_head(pdf: pikepdf.Pdf) -> None:
    for cell in elements(pdf, "TH"):
        cell.S = Name.TD
    for cell in elements(pdf, "TD"):
        del cell.A


@breaks("pdf-table-uneven", sheet=_TABLE)
def _cell_missing(pdf: pikepdf.Pdf) -> None:
    row = elements(pdf, "TR")[2]
    # Its content goes to the cell before it, so that nothing else is wrong.
    first, second = row.K
    for kid in second.K:
        kid.P = first
        first.K.append(kid)
    del row.K[1]


@breaks("pdf-table-uneven", sheet=_TABLE)
def _cell_too_wide(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "TD")[0].A.ColSpan = 2


@breaks("pdf-table-uneven", sheet=_TABLE)
def _cell_too_high(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "TD")[0].A.RowSpan = 2


# Links


@breaks("pdf-link-outside-tree")
def _link_not_in_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0].StructParent


@breaks("pdf-link-outside-tree")
def _link_leads_to_a_paragraph(pdf: pikepdf.Pdf) -> None:
    number = pdf.pages[0].Annots[0].StructParent
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    at = next(at for at in range(0, len(numbers), 2) if numbers[at] == number)
    numbers[at + 1] = elements(pdf, "P")[0]


@breaks("pdf-link-outside-tree", "pdf-link-target")
def _link_without_annotation(pdf: pikepdf.Pdf) -> None:
    link = elements(pdf, "Link")[0]
    link.K = Array([kid for kid in link.K if "/Obj" not in kid])


@breaks("pdf-link-text")
def _link_without_text(pdf: pikepdf.Pdf) -> None:
    link = next(one for one in elements(pdf, "Link") if _kind(one.K[-1]) == "Span")
    around = link.P
    for kid in list(link.K):
        if _kind(kid):
            kid.P = around
            around.K.append(kid)
    link.K = Array([kid for kid in link.K if not _kind(kid)])


@breaks("pdf-link-text", "pdf-picture-text")
def _linked_picture_without_alt(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Figure")[0].Alt
    assert _kind(elements(pdf, "Figure")[0].P) == "Link"


@breaks("pdf-link-description")
def _link_without_description(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0].Contents


# Marked content


@breaks("pdf-content-unmarked")
def _unmarked_drawing(pdf: pikepdf.Pdf) -> None:
    _append(pdf, b"0 0 9 9 re f")


@breaks("pdf-content-unmarked")
def _unmarked_inline_image(pdf: pikepdf.Pdf) -> None:
    _append(pdf, b"BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI")


@breaks("pdf-content-unmarked")
def _unmarked_text(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].Resources.Font.keys()))
    _append(pdf, b"BT %s 9 Tf <0001> Tj ET" % font.encode())


@breaks("pdf-content-unmarked")
def _unmarked_picture(pdf: pikepdf.Pdf) -> None:
    picture = pdf.make_stream(b"\x00", Subtype=Name.Image, Width=1, Height=1)
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
    _draw(pdf, picture, b"%s Do")


@breaks("pdf-content-unmarked")
def _unmarked_form(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, _form(pdf, b"0 0 9 9 re f"), b"%s Do")


@breaks()
def _form_that_is_decoration(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, _form(pdf, b"0 0 9 9 re f"), b"/Artifact BMC %s Do EMC")


@breaks()
def _form_that_holds_decoration(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, _form(pdf, b"/Artifact BMC 0 0 9 9 re f EMC"), b"%s Do")


@breaks()
def _form_with_marks_of_its_own(pdf: pikepdf.Pdf) -> None:
    _tagged_form(pdf)


@breaks("pdf-content-parent")
def _form_not_in_the_parent_tree(pdf: pikepdf.Pdf) -> None:
    del _tagged_form(pdf).StructParents


@breaks("pdf-artifact-in-content")
def _artifact_in_content(pdf: pikepdf.Pdf) -> None:
    instructions = _instructions(pdf)
    at = _marks(instructions)[3] + 1
    instructions[at:at] = [_one("BMC", Name.Artifact), _one("EMC")]
    _write(pdf, instructions)


@breaks("pdf-artifact-in-content")
def _content_in_artifact(pdf: pikepdf.Pdf) -> None:
    instructions = _instructions(pdf)
    at = _marks(instructions)[3]
    end = next(n for n in range(at, len(instructions)) if str(instructions[n].operator) == "EMC")
    instructions.insert(end, _one("EMC"))
    instructions.insert(at, _one("BMC", Name.Artifact))
    _write(pdf, instructions)


@breaks("pdf-marks-unbalanced")
def _mark_never_closed(pdf: pikepdf.Pdf) -> None:
    _append(pdf, b"/Artifact BMC")


@breaks("pdf-marks-unbalanced")
def _mark_closed_twice(pdf: pikepdf.Pdf) -> None:
    _append(pdf, b"EMC")


@breaks("pdf-mark-repeated")
def _mcid_twice(pdf: pikepdf.Pdf) -> None:
    _append(pdf, b"/Span <</MCID 4>> BDC EMC")


@breaks("pdf-content-parent")
def _mcid_missing_from_the_parent_tree(pdf: pikepdf.Pdf) -> None:
    _listed(pdf)[4] = None


@breaks("pdf-content-parent")
def _mcid_of_another_element_in_the_parent_tree(pdf: pikepdf.Pdf) -> None:
    _listed(pdf)[4] = _listed(pdf)[5]


@breaks("pdf-content-parent")
def _page_not_in_the_parent_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].StructParents


@breaks("pdf-content-lost")
def _mcid_not_on_the_page(pdf: pikepdf.Pdf) -> None:
    _holder(pdf).K.append(9999)


@breaks("pdf-content-outside-tree")
def _content_that_no_element_names(pdf: pikepdf.Pdf) -> None:
    for span in elements(pdf, "P")[-1].K:
        if len(span.K) == 1 and isinstance(span.K[0], int):
            span.K = Array()
            return


@breaks("pdf-content-shared")
def _content_of_two_elements(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "H2")[0].K.append(Dictionary(
        Type=Name.MCR, Pg=pdf.pages[0].obj, MCID=_holder(pdf).K[0]
    ))  # fmt: skip


# How it is done


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """The structure elements of a type, in reading order."""

    def below(node: Any) -> Iterator[Any]:
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, Array) else [kids]:
            if _kind(kid):
                yield kid
                yield from below(kid)

    return [one for one in below(pdf.Root.StructTreeRoot) if _kind(one) == kind]


def _kind(node: Any) -> str:
    """The type of a structure element; empty for anything else."""
    return str(node.S)[1:] if isinstance(node, Dictionary) and "/S" in node else ""


def _holder(pdf: pikepdf.Pdf) -> Any:
    """The element of the title's text."""
    return elements(pdf, "H1")[0].K[0]


def _picture(pdf: pikepdf.Pdf) -> Any:
    """A picture that is no link."""
    return next(one for one in elements(pdf, "Figure") if _kind(one.P) != "Link")


def _font(pdf: pikepdf.Pdf) -> Any:
    return next(iter(pdf.pages[0].Resources.Font.values()))


def _listed(pdf: pikepdf.Pdf) -> Any:
    """What the first page has in the ParentTree: an element for each MCID."""
    return pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(pdf.pages[0].StructParents)]


def _append(pdf: pikepdf.Pdf, content: bytes) -> None:
    pdf.pages[0].contents_add(content)


def _form(pdf: pikepdf.Pdf, content: bytes) -> Any:
    return pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])


def _draw(pdf: pikepdf.Pdf, thing: Any, content: bytes) -> None:
    """Paint a picture or form on the first page; %s stands for its name."""
    name = pdf.pages[0].add_resource(thing, Name.XObject)
    _append(pdf, content % str(name).encode())


def _tagged_form(pdf: pikepdf.Pdf) -> Any:
    """Paint a form whose content is a figure in the tree (ISO 32000-1, 14.7.4.2)."""
    form = _form(pdf, b"/Figure <</MCID 0>> BDC 0 0 9 9 re f EMC")
    around = elements(pdf, "Sect")[0]
    piece = Dictionary(Type=Name.MCR, Pg=pdf.pages[0].obj, Stm=form, MCID=0)
    figure = Dictionary(S=Name.Figure, P=around, Alt="A square", K=Array([piece]))
    figure = pdf.make_indirect(figure)
    around.K.append(figure)
    form.StructParents = 9999
    pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[9999] = Array([figure])
    _draw(pdf, form, b"%s Do")
    return form


def _instructions(pdf: pikepdf.Pdf) -> list[Any]:
    return list(pikepdf.parse_content_stream(pdf.pages[0]))


def _marks(instructions: list[Any]) -> list[int]:
    """Where content with an MCID begins."""
    return [number for number, one in enumerate(instructions) if str(one.operator) == "BDC"]


def _one(operator: str, *operands: Any) -> pikepdf.ContentStreamInstruction:
    return pikepdf.ContentStreamInstruction(operands, Operator(operator))


def _write(pdf: pikepdf.Pdf, instructions: list[Any]) -> None:
    pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
