"""Links and other annotations: each is in the structure tree and says where it leads.

The clauses are those of ISO 14289-1 (PDF/UA-1).
"""

from collections.abc import Iterator

import pikepdf

from pack.problems import Fault
from preflight.findings import Finding, Rule
from preflight.pdf.remedies import program_fault, template_fault
from preflight.pdf.structure_tree import Element, Key, Tree, entry
from preflight.pdf.text_extraction import TextExtractor, quoted

OUTSIDE_TREE = Rule("pdf-link-outside-tree", "ISO 14289-1, 7.18.1 and 7.18.5")
NO_DESCRIPTION = Rule("pdf-link-description", "ISO 14289-1, 7.18.5")
NO_TARGET = Rule("pdf-link-target", "ISO 14289-1, 7.18.5; ISO 32000-1, 14.8.4.4.2")
NO_TEXT = Rule("pdf-link-text", "ISO 14289-1, 7.18.5; WCAG 2.1, 2.4.4")

#: The structure type that must contain an annotation; for all others it is Annot.
_CONTAINERS = {"/Link": "Link", "/Widget": "Form"}


def check_annotations(
    document: pikepdf.Pdf, tree: Tree, extractor: TextExtractor
) -> Iterator[Finding]:
    """Yield what is wrong with the annotations of all pages and the tree's Link elements."""
    links: set[Key] = set()
    for number, page in enumerate(document.pages, start=1):
        for annotation in entry(page.obj, "/Annots") or ():
            kind = str(annotation.get("/Subtype", ""))
            if kind == "/Link":
                links.add(annotation.objgen)
            if kind not in ("/Popup", "/PrinterMark"):
                yield from _check_annotation(annotation, kind, number, tree)
    for element in tree.elements:
        if element.kind == "Link":
            yield from _check_link(element, links, extractor)


def _check_annotation(
    annotation: pikepdf.Object, kind: str, page: int, tree: Tree
) -> Iterator[Finding]:
    uri = entry(annotation, "/A", "/URI") if kind == "/Link" else None
    address = "" if uri is None else str(uri)
    target = "another place in the file" if uri is None else quoted(address)
    thing = f"the link to {target}" if kind == "/Link" else f"an annotation ({kind})"
    wanted = _CONTAINERS.get(kind, "Annot")
    parent = tree.parents.get(int(annotation.get("/StructParent", -1)))
    element = tree.by_key.get(parent.objgen) if parent is not None else None
    if element is None or element.kind != wanted or annotation.objgen not in element.annotations:
        fix = f"Its StructParent must point to a {wanted} element that points back to it (OBJR)."
        what = f"{thing} is not in the tags, so screen readers do not offer it"
        yield Finding(OUTSIDE_TREE, page, Fault(what, program_fault(fix)), address)
    if kind != "/Widget" and not str(annotation.get("/Contents", "")).strip():
        fix = "Every link annotation needs /Contents with the linked text."
        fault = Fault(f"{thing} has no description", program_fault(fix))
        yield Finding(NO_DESCRIPTION, page, fault, address)


def _check_link(link: Element, links: set[Key], extractor: TextExtractor) -> Iterator[Finding]:
    text = extractor.text_of(link)
    pictured = any(one.kind in ("Figure", "Formula") and one.replacement for one in link.below())
    if not links.intersection(link.annotations):
        fix = "A Link element must point to its link annotation (OBJR)."
        what = f"{quoted(text) if text else 'something'} is tagged as a link but opens nothing"
        yield Finding(NO_TARGET, link.page, Fault(what, program_fault(fix)), text)
    if not text and not link.replacement and not pictured:
        fix = "Give the link some text, or its picture an alternative text."
        what = "a link has no text, so screen readers can't say where it leads"
        yield Finding(NO_TEXT, link.page, Fault(what, template_fault(fix)))
    if any(around.kind == "Link" for around in link.above()):
        fix = "Links must not contain other links."
        what = f"the link {quoted(text)} is inside another link"
        yield Finding(NO_TARGET, link.page, Fault(what, template_fault(fix)), text)
