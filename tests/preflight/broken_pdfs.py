"""Good PDFs of ours, each broken in one way: what preflight must find, and nothing else."""

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.preflight.breaking import (
    PICTURES,
    TABLE,
    breaks,
    elements,
    first_font,
    first_picture,
    kind_of,
)

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


@breaks("pdf-language-unknown")
def _passage_in_no_language(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].Lang = pikepdf.String("xx-nowhere")


@breaks()
def _passage_in_another_language(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].Lang = pikepdf.String("es")


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
    """The damage is in the way the file is saved."""


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
    descriptor = first_font(pdf).DescendantFonts[0].FontDescriptor
    for name in ("/FontFile", "/FontFile2", "/FontFile3"):
        if name in descriptor:
            del descriptor[name]


@breaks("pdf-font-unreadable")
def _font_unreadable(pdf: pikepdf.Pdf) -> None:
    del first_font(pdf).ToUnicode


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


@breaks("pdf-picture-text", sheet=PICTURES)
def _no_alt(pdf: pikepdf.Pdf) -> None:
    del first_picture(pdf).Alt


@breaks("pdf-picture-text", sheet=PICTURES)
def _empty_alt(pdf: pikepdf.Pdf) -> None:
    first_picture(pdf).Alt = pikepdf.String(" ")


@breaks("pdf-picture-text", sheet=PICTURES)
def _formula_without_alt(pdf: pikepdf.Pdf) -> None:
    formula = first_picture(pdf)
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


@breaks("pdf-table", sheet=TABLE)
def _rows_in_a_div(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "TBody")[0].S = Name.Div


@breaks("pdf-header-scope", sheet=TABLE)
def _head_without_scope(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "TH")[0].A.Scope


@breaks("pdf-table-header", sheet=TABLE)
def _table_without_head(pdf: pikepdf.Pdf) -> None:
    for cell in elements(pdf, "TH"):
        cell.S = Name.TD
    for cell in elements(pdf, "TD"):
        del cell.A


@breaks("pdf-table-uneven", sheet=TABLE)
def _cell_missing(pdf: pikepdf.Pdf) -> None:
    row = elements(pdf, "TR")[2]
    # Its content goes to the cell before it, so that nothing else is wrong.
    first, second = row.K
    for kid in second.K:
        kid.P = first
        first.K.append(kid)
    del row.K[1]


@breaks("pdf-table-uneven", sheet=TABLE)
def _cell_too_wide(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "TD")[0].A.ColSpan = 2


@breaks("pdf-table-uneven", sheet=TABLE)
def _cell_too_high(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "TD")[0].A.RowSpan = 2


# Links


@breaks("pdf-link-outside-tree")
def _link_not_in_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0].StructParent


@breaks("pdf-link-outside-tree")
def _link_leads_to_a_paragraph(pdf: pikepdf.Pdf) -> None:
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    parents[int(pdf.pages[0].Annots[0].StructParent)] = elements(pdf, "P")[0]


@breaks("pdf-link-outside-tree", "pdf-link-target")
def _link_without_annotation(pdf: pikepdf.Pdf) -> None:
    link = elements(pdf, "Link")[0]
    link.K = Array([kid for kid in link.K if "/Obj" not in kid])


@breaks("pdf-link-text")
def _link_without_text(pdf: pikepdf.Pdf) -> None:
    link = next(one for one in elements(pdf, "Link") if kind_of(one.K[-1]) == "Span")
    around = link.P
    for kid in list(link.K):
        if kind_of(kid):
            kid.P = around
            around.K.append(kid)
    link.K = Array([kid for kid in link.K if not kind_of(kid)])


@breaks("pdf-link-text", "pdf-picture-text")
def _linked_picture_without_alt(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Figure")[0].Alt
    assert kind_of(elements(pdf, "Figure")[0].P) == "Link"


@breaks("pdf-link-description")
def _link_without_description(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0].Contents
