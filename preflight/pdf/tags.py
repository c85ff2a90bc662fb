"""Are the tags of a PDF such that everyone can read it? (PDF/UA-1)

The clauses are those of ISO 14289-1 (PDF/UA-1), ISO 32000-1 (PDF 1.7) and WCAG 2.1.
"""

import re
from collections.abc import Iterator
from itertools import chain

import pikepdf

from pack.problems import Fault
from preflight.findings import Finding, Rule
from preflight.pdf.annotations import check_annotations
from preflight.pdf.document import check_document
from preflight.pdf.marked_content import check_parents, read_content
from preflight.pdf.remedies import program_fault, template_fault
from preflight.pdf.structure_tree import Element, Tree, read_tree
from preflight.pdf.tables import check_tables
from preflight.pdf.text_extraction import TextExtractor, quoted

NO_TREE = Rule("pdf-not-tagged", "ISO 14289-1, 7.1")
TYPE = Rule("pdf-tag-unknown", "ISO 14289-1, 7.1")
NO_HEADING = Rule("pdf-no-heading", "WCAG 2.1, 2.4.6 and 1.3.1")
HEADING_ORDER = Rule("pdf-heading-order", "ISO 14289-1, 7.4.2")
NESTED = Rule("pdf-tag-nested", "ISO 32000-1, 14.8.4")
EMPTY = Rule("pdf-tag-empty", "ISO 14289-1, 7.1")
NO_ALT = Rule("pdf-picture-text", "ISO 14289-1, 7.3 and 7.7; WCAG 2.1, 1.1.1")
FILE_NAME = Rule("pdf-picture-file-name", "WCAG 2.1, 1.1.1 (F30)")

_HEADINGS = ("H", "H1", "H2", "H3", "H4", "H5", "H6")
#: What a screen reader announces, so that it must have something to say then.
_SPEAKING = (*_HEADINGS, "P", "Caption", "L", "LI", "Lbl", "LBody", "Table", "TH")
_PICTURE_FILE = re.compile(r"\S+\.(png|jpe?g|svg|gif|webp|bmp|tiff?|pdf)", re.IGNORECASE)


def check_structure(document: pikepdf.Pdf, language: str) -> Iterator[Finding]:
    """Everything wrong with the tags of a PDF and with what it says of itself, each thing once.

    `language` is that of its text, such as "en". Raises `pikepdf.PdfError` if it can't be read.
    """
    yield from check_document(document, language)
    tree = read_tree(document)
    if tree is None or not tree.elements:
        what = "the file has no tags, so a screen reader finds no headings, lists or pictures"
        yield Finding(NO_TREE, 0, Fault(what, program_fault("WeasyPrint must write tagged PDF.")))
        return
    content = read_content(document)
    words = TextExtractor(content.marks)
    # A fault of a template comes back on every line of a page; once is enough.
    yield from dict.fromkeys(
        chain(
            content.findings,
            check_parents(content, tree, words),
            _check_elements(tree, words),
            _check_headings(tree, words),
            check_tables(tree, words),
            check_annotations(document, tree, words),
        )
    )


def _check_elements(tree: Tree, words: TextExtractor) -> Iterator[Finding]:
    for element in tree.elements:
        if not element.kind:
            what = f"a tag is called “{element.name}”, which no screen reader knows"
            mend = "Use a standard structure type, or map it to one in the RoleMap."
            yield Finding(TYPE, element.page, Fault(what, template_fault(mend)))
        elif element.kind in ("Figure", "Formula"):
            yield from _check_picture(element)
        elif element.kind in _SPEAKING and not words.says_anything(element):
            what = f"there is an empty {element.kind} tag, which is announced and says nothing"
            mend = "Leave the element out where it has no content."
            # What is empty has no page; it belongs to that of the nearest thing around it.
            page = next((one.page for one in (element, *element.above()) if one.page), 0)
            yield Finding(EMPTY, page, Fault(what, template_fault(mend)))


def _check_picture(picture: Element) -> Iterator[Finding]:
    text = picture.replacement
    mend = (
        "Write what the picture tells into its alternative text; that of codes, logos and slides "
        "is in the content file: labels → qr_alt, logo_alt, slide_alt. If it is filled in there, "
        "the template leaves it out: tell whoever looks after the templates."
    )
    if not text:
        what = "a picture has no alternative text, so people who don't see it miss it"
        yield Finding(NO_ALT, picture.page, Fault(what, mend))
    elif _PICTURE_FILE.fullmatch(text):
        what = f"the alternative text of a picture is the name of a file: “{text}”"
        yield Finding(FILE_NAME, picture.page, Fault(what, mend), text)


def _check_headings(tree: Tree, words: TextExtractor) -> Iterator[Finding]:
    headings = [element for element in tree.elements if element.kind in _HEADINGS]
    if not headings:
        what = "there is no heading, so a screen reader can't jump to the parts"
        yield Finding(NO_HEADING, 0, Fault(what, template_fault("The title must be an H1.")))
    before = 0
    for heading in headings:
        level = int(heading.kind[1:] or 0)
        text = words.of(heading)
        if not 0 < level <= before + 1:
            after = f"follows one of level {before}" if before else "is the first"
            what = f"the heading {quoted(text)} is of level {level or '“none”'} but {after}"
            mend = "The first heading is H1, and no level is skipped on the way down."
            yield Finding(HEADING_ORDER, heading.page, Fault(what, template_fault(mend)), text)
        before = level
        if any(around.kind in _HEADINGS for around in heading.above()):
            what = f"the heading {quoted(text)} stands inside another heading"
            mend = "Close one heading before the next."
            yield Finding(NESTED, heading.page, Fault(what, template_fault(mend)), text)
