"""Good PDFs of ours whose marked content is broken in one way each."""

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.preflight.breaking import (
    append,
    breaks,
    draw,
    elements,
    holder,
    instructions_of,
    listed,
    marks_in,
    new_form,
    operation,
    split_parents,
    tagged_form,
    write,
)


@breaks("pdf-content-unmarked")
def _unmarked_drawing(pdf: pikepdf.Pdf) -> None:
    append(pdf, b"0 0 9 9 re f")


@breaks("pdf-content-unmarked")
def _unmarked_inline_image(pdf: pikepdf.Pdf) -> None:
    append(pdf, b"BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI")


@breaks("pdf-content-unmarked")
def _unmarked_text(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].Resources.Font.keys()))
    append(pdf, b"BT %s 9 Tf <0001> Tj ET" % font.encode())


@breaks("pdf-content-unmarked")
def _unmarked_picture(pdf: pikepdf.Pdf) -> None:
    picture = pdf.make_stream(b"\x00", Subtype=Name.Image, Width=1, Height=1)
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
    draw(pdf, picture, b"%s Do")


@breaks("pdf-content-unmarked")
def _unmarked_form(pdf: pikepdf.Pdf) -> None:
    draw(pdf, new_form(pdf, b"0 0 9 9 re f"), b"%s Do")


@breaks()
def _form_that_is_decoration(pdf: pikepdf.Pdf) -> None:
    draw(pdf, new_form(pdf, b"0 0 9 9 re f"), b"/Artifact BMC %s Do EMC")


@breaks()
def _form_that_holds_decoration(pdf: pikepdf.Pdf) -> None:
    draw(pdf, new_form(pdf, b"/Artifact BMC 0 0 9 9 re f EMC"), b"%s Do")


@breaks()
def _form_with_marks_of_its_own(pdf: pikepdf.Pdf) -> None:
    tagged_form(pdf)


@breaks()
def _parent_tree_in_parts(pdf: pikepdf.Pdf) -> None:
    split_parents(pdf)


@breaks("pdf-content-parent")
def _form_not_in_the_parent_tree(pdf: pikepdf.Pdf) -> None:
    del tagged_form(pdf).StructParents


@breaks("pdf-artifact-in-content")
def _artifact_in_content(pdf: pikepdf.Pdf) -> None:
    instructions = instructions_of(pdf)
    at = marks_in(instructions)[3] + 1
    instructions[at:at] = [operation("BMC", Name.Artifact), operation("EMC")]
    write(pdf, instructions)


@breaks("pdf-artifact-in-content")
def _content_in_artifact(pdf: pikepdf.Pdf) -> None:
    instructions = instructions_of(pdf)
    at = marks_in(instructions)[3]
    end = next(n for n in range(at, len(instructions)) if str(instructions[n].operator) == "EMC")
    instructions.insert(end, operation("EMC"))
    instructions.insert(at, operation("BMC", Name.Artifact))
    write(pdf, instructions)


@breaks("pdf-marks-unbalanced")
def _mark_never_closed(pdf: pikepdf.Pdf) -> None:
    append(pdf, b"/Artifact BMC")


@breaks("pdf-marks-unbalanced")
def _mark_closed_twice(pdf: pikepdf.Pdf) -> None:
    append(pdf, b"EMC")


@breaks("pdf-mark-repeated")
def _mcid_twice(pdf: pikepdf.Pdf) -> None:
    append(pdf, b"/Span <</MCID 4>> BDC EMC")


@breaks("pdf-content-parent")
def _mcid_missing_from_the_parent_tree(pdf: pikepdf.Pdf) -> None:
    listed(pdf)[4] = None


@breaks("pdf-content-parent")
def _mcid_of_another_element_in_the_parent_tree(pdf: pikepdf.Pdf) -> None:
    listed(pdf)[4] = listed(pdf)[5]


@breaks("pdf-content-parent")
def _page_not_in_the_parent_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].StructParents


@breaks("pdf-content-lost")
def _mcid_not_on_the_page(pdf: pikepdf.Pdf) -> None:
    holder(pdf).K.append(9999)


@breaks("pdf-content-outside-tree")
def _content_that_no_element_names(pdf: pikepdf.Pdf) -> None:
    # One of several lines, so that the paragraph does not become empty.
    lines = max((paragraph.K for paragraph in elements(pdf, "P")), key=len)
    next(line for line in lines if len(line.K) == 1 and isinstance(line.K[0], int)).K = Array()


@breaks("pdf-content-shared")
def _content_of_two_elements(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "H2")[0].K.append(Dictionary(
        Type=Name.MCR, Pg=pdf.pages[0].obj, MCID=holder(pdf).K[0]
    ))  # fmt: skip
