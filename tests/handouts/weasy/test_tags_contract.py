"""What handouts/weasy/pdfua.py relies on in the structure that WeasyPrint gives a PDF.

As in `test_contract.py`, each test that fails ends with a sentence.
"""

import pydyf
import pytest
import weasyprint.pdf.tags

from handouts.weasy import pdfua
from tests.handouts.weasy.seams import (
    SVG,
    at,
    boxes_of,
    content_of,
    elements_of,
    lay_out,
    pdf_of,
    seam,
)


def test_the_parent_tree_lists_pages_then_annotations() -> None:
    pdf = pdf_of(
        lay_out(
            '<p><a href="https://lifeline.example">One</a>'
            '<p style="break-before: page"><a href="https://lifeline.example">Two</a>'
        )
    )
    links = elements_of(pdf, "/Link")
    with seam(
        "The Nums of WeasyPrint's ParentTree no longer have a number and an array for each page, "
        "then a number and an element for each annotation: handouts/weasy/pdfua.py changes both"
    ):
        numbers = at(pdf, at(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
        assert numbers[::2] == [0, 1, 2, 3]
        assert numbers[5::2] == [link.reference for link in links]
        assert [[at(pdf, one)["S"] for one in page] for page in numbers[1:4:2]] == [["/Link"]] * 2
        for number, link in enumerate(links):
            [reference] = [at(pdf, kid) for kid in link["K"] if isinstance(kid, bytes)]
            assert reference["Type"] == "/OBJR"
            assert reference["Pg"] == pdf.page_references[number]
            assert reference["Obj"] in at(pdf, reference["Pg"])["Annots"]
            assert at(pdf, reference["Obj"])["StructParent"] == 2 + number


def test_fault_figures_are_measured_in_pixels() -> None:
    style = "svg { display: block; width: 40px; height: 20px }"
    pdf = pdf_of(lay_out(f"<svg {SVG}><title>A</title></svg>", style))
    [figure] = elements_of(pdf, "/Figure")
    with seam("WeasyPrint's pages no longer have a MediaBox: handouts/weasy/pdfua.py reads it"):
        assert at(pdf, figure["Pg"])["MediaBox"] == [0, 0, 300, 225]
    with seam(
        "WeasyPrint no longer writes a figure's BBox in CSS pixels from the top: "
        "_measure_in_points in handouts/weasy/pdfua.py can be dropped"
    ):
        assert figure["A"]["BBox"] == [20, 20, 60, 40]


def test_fault_table_headers_have_no_scope() -> None:
    pdf = pdf_of(lay_out("<table><tr><th>A<th>B<tr><th>C<td>D</table>"))
    rows = [[at(pdf, cell) for cell in row["K"]] for row in elements_of(pdf, "/TR")]
    with seam(
        "WeasyPrint's rows no longer hold cells with attributes in A: "
        "handouts/weasy/pdfua.py writes the scope of headers there"
    ):
        assert [[cell["S"] for cell in row] for row in rows] == [["/TH", "/TH"], ["/TH", "/TD"]]
        assert all(cell["A"]["O"] == "/Table" for row in rows for cell in row)
    with seam(
        "WeasyPrint gives table headers their Scope: "
        "_add_scopes in handouts/weasy/pdfua.py can be dropped"
    ):
        assert not any("Scope" in cell["A"] for row in rows for cell in row)


def test_fault_elements_with_an_id_are_not_listed() -> None:
    pdf = pdf_of(lay_out("<table><tr><th>A<th>B<tr><td>C<td>D</table>"))
    with seam(
        "WeasyPrint's table headers no longer have an ID as pydyf.String: "
        "_add_id_tree in handouts/weasy/pdfua.py lists them"
    ):
        names = [head["ID"] for head in elements_of(pdf, "/TH")]
        assert all(isinstance(name, pydyf.String) for name in names)
        assert len({name.data for name in names}) == 2
    with seam(
        "WeasyPrint lists elements with an ID in an IDTree: "
        "_add_id_tree in handouts/weasy/pdfua.py can be dropped"
    ):
        assert "IDTree" not in at(pdf, pdf.catalog["StructTreeRoot"])


def test_fault_a_link_is_described_by_its_address() -> None:
    document = lay_out('<p><a href="https://lifeline.example/">Get help</a>')
    [annotation] = at(pdf := pdf_of(document), pdf.page_references[0])["Annots"]
    with seam(
        "WeasyPrint describes a link by something other than its address: "
        "_name_links in handouts/weasy/pdfua.py may no longer be needed"
    ):
        assert at(pdf, annotation)["Contents"].string == "https://lifeline.example/"
    with seam(
        "WeasyPrint's boxes no longer keep their link's annotation as link_annotation while a PDF "
        "is made: _name_links in handouts/weasy/pdfua.py changes it there"
    ):
        link = boxes_of(document, "a")[0]
        assert link.link_annotation is at(pdf, annotation)
        assert "".join(link.element.itertext()) == "Get help"


def test_fault_boxes_inside_a_link_are_links_of_their_own() -> None:
    pdf = pdf_of(lay_out('<p><a href="https://lifeline.example">Get <b>help</b></a>'))
    with seam(
        "WeasyPrint no longer makes more annotations for boxes inside a link: "
        "_drop_inner_links in handouts/weasy/pdfua.py can be dropped"
    ):
        [link] = elements_of(pdf, "/Link")
        assert len(at(pdf, pdf.page_references[0])["Annots"]) == 2
        own, inner = [at(pdf, kid) for kid in link["K"] if isinstance(kid, bytes)]
        assert (own["Type"], inner["S"]) == ("/OBJR", "/NonStruct")
        assert "/OBJR" in [at(pdf, kid)["Type"] for kid in inner["K"]]


def test_fault_a_number_written_by_a_template_is_no_label() -> None:
    pdf = pdf_of(lay_out("<ul><li><span>1</span>Text</ul>"))
    with seam(
        "WeasyPrint no longer tags items without a bullet as LI with an LBody that begins with the "
        "template's span: _make_label in handouts/weasy/pdfua.py makes that span the item's label"
    ):
        [item], [body] = elements_of(pdf, "/LI"), elements_of(pdf, "/LBody")
        assert item["K"] == [body.reference]
        assert body["P"] == item.reference
        assert at(pdf, item["P"])["S"] == "/L"
        number, text = (at(pdf, kid) for kid in body["K"])
        assert number["S"] == text["S"] == "/Span"
        assert [at(pdf, kid)["S"] for kid in number["K"]] == ["/Span"]
        assert [type(kid) for kid in text["K"]] == [int]


def test_fault_the_running_footer_is_no_artifact() -> None:
    pdf = pdf_of(lay_out("<p>Text", "@page { @bottom-center { content: 'Foot' } }"))
    placed = [element.reference for element in elements_of(pdf)]
    content = content_of(pdf)
    with seam(
        "WeasyPrint no longer begins marked content with a name, a dictionary with the MCID and "
        "b'BDC': _make_artifacts in handouts/weasy/pdfua.py changes the name"
    ):
        marks = [content[at - 2 : at + 1] for at, one in enumerate(content) if one == b"BDC"]
        assert marks == [["/Span", {"MCID": number}, b"BDC"] for number in (0, 1)]
    with seam(
        "WeasyPrint no longer marks the running footer as content of an element outside of the "
        "structure tree: _make_artifacts in handouts/weasy/pdfua.py may no longer be needed"
    ):
        numbers = at(pdf, at(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
        assert [reference in placed for reference in numbers[1]] == [True, False]


def test_fault_passages_in_other_languages_are_not_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    html = "<p>One <b lang='es'>dos</b><ul lang='fr'><li lang='en'>Two</ul>"
    own = pdfua._build_box_tree
    with (
        monkeypatch.context() as patch,
        seam(
            "WeasyPrint writes the Lang of structure elements: "
            "mark_languages in handouts/weasy/pdfua.py can be dropped"
        ),
    ):
        patch.setattr(weasyprint.pdf.tags, "_build_box_tree", own)
        assert not any("Lang" in element for element in elements_of(pdf_of(lay_out(html))))
    monkeypatch.setattr(weasyprint.pdf.tags, "_build_box_tree", own)
    with seam(
        "_build_box_tree of weasyprint.pdf.tags no longer takes a box first, calls itself by its "
        "name, and yields structure elements: mark_languages in handouts/weasy/pdfua.py wraps it"
    ):
        pdfua.mark_languages()
        elements = elements_of(pdf_of(lay_out(html)))
        marked = [(one["S"], one["Lang"].string) for one in elements if "Lang" in one]
        assert marked == [
            ("/NonStruct", "es"),
            ("/L", "fr"),
            ("/LI", "en"),
            ("/LBody", "en"),
        ]
