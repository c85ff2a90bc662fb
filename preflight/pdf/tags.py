"""Do the tags of a PDF let everyone read it? (PDF/UA-1)

The clauses are those of ISO 14289-1 (PDF/UA-1), ISO 32000-1 (PDF 1.7) and WCAG 2.1.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

import pikepdf

from pack.problems import Fault
from preflight.findings import Finding, Rule
from preflight.pdf.annotations import check_annotations
from preflight.pdf.document import check_document
from preflight.pdf.languages import check_languages
from preflight.pdf.marked_content import MarkedContent, check_parents, read_content
from preflight.pdf.remedies import program_fault, template_fault
from preflight.pdf.structure_tree import Element, Tree, read_tree
from preflight.pdf.tables import check_tables
from preflight.pdf.text_extraction import TextExtractor, quoted
from preflight.steps import NumberedText

NO_TREE = Rule("pdf-not-tagged", "ISO 14289-1, 7.1")
TYPE = Rule("pdf-tag-unknown", "ISO 14289-1, 7.1")
NO_HEADING = Rule("pdf-no-heading", "WCAG 2.1, 2.4.6 and 1.3.1")
HEADING_ORDER = Rule("pdf-heading-order", "ISO 14289-1, 7.4.2")
NESTED = Rule("pdf-tag-nested", "ISO 32000-1, 14.8.4")
EMPTY = Rule("pdf-tag-empty", "ISO 14289-1, 7.1")
NO_ALT = Rule("pdf-picture-text", "ISO 14289-1, 7.3 and 7.7; WCAG 2.1, 1.1.1")
FILE_NAME = Rule("pdf-picture-file-name", "WCAG 2.1, 1.1.1 (F30)")

_HEADINGS = ("H", "H1", "H2", "H3", "H4", "H5", "H6")
#: Types that screen readers announce, so they must not be empty.
_ANNOUNCED = (*_HEADINGS, "P", "Caption", "L", "LI", "Lbl", "LBody", "Table", "TH")
_PICTURE_FILE = re.compile(r"\S+\.(png|jpe?g|svg|gif|webp|bmp|tiff?|pdf)", re.IGNORECASE)


@dataclass(frozen=True)
class TaggedText:
    """The tags of a PDF, what is drawn under them, and the text of each."""

    tree: Tree
    content: MarkedContent
    extractor: TextExtractor


def read_tagged(document: pikepdf.Pdf) -> TaggedText | None:
    """The tagged text of a PDF; None if it has no tags. Raises `pikepdf.PdfError`."""
    tree = read_tree(document)
    if tree is None or not tree.elements:
        return None
    content = read_content(document)
    return TaggedText(tree, content, TextExtractor(content.marks))


def check_structure(
    document: pikepdf.Pdf,
    tagged: TaggedText | None,
    language: str,
    passages: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Finding]:
    """Yield everything wrong with the tags and metadata of a PDF, each problem once.

    `tagged` is the result of `read_tagged`; `language` is that of its text, such as "en";
    `passages` are texts in other languages, each with its own.
    """
    yield from check_document(document, language)
    if tagged is None:
        what = "the file has no tags, so screen readers find no headings, lists or pictures"
        yield Finding(NO_TREE, 0, Fault(what, program_fault("WeasyPrint must write tagged PDF.")))
        return
    tree, content, extractor = tagged.tree, tagged.content, tagged.extractor
    # An error in a template recurs on every line of a page; report it once.
    yield from dict.fromkeys(
        chain(
            content.findings,
            check_parents(content, tree, extractor),
            _check_elements(tree, extractor),
            _check_headings(tree, extractor),
            check_tables(tree, extractor),
            check_languages(tree, extractor, language, passages),
            check_annotations(document, tree, extractor),
        )
    )


def numbered(tagged: TaggedText) -> Iterator[NumberedText]:
    """The items of a PDF's lists whose label is a number without a full stop."""
    extractor = tagged.extractor
    for item in tagged.tree.elements:
        labels = [kid for kid in item.kids if kid.kind == "Lbl"]
        if item.kind == "LI" and labels and (label := extractor.text_of(labels[0])).isdecimal():
            others = (extractor.text_of(kid) for kid in item.kids if kid not in labels)
            yield NumberedText(item.page, int(label), " ".join(others))


def _check_elements(tree: Tree, extractor: TextExtractor) -> Iterator[Finding]:
    for element in tree.elements:
        if not element.kind:
            what = f"a tag is named “{element.name}”, which screen readers don't know"
            fix = "Use a standard structure type, or map it to one in the RoleMap."
            yield Finding(TYPE, element.page, Fault(what, template_fault(fix)))
        elif element.kind in ("Figure", "Formula"):
            yield from _check_picture(element)
        elif element.kind in _ANNOUNCED and not extractor.says_anything(element):
            what = f"there is an empty {element.kind} tag, but screen readers announce it"
            fix = "Leave out the element if it has no content."
            # An empty element has no page: use that of its nearest ancestor.
            page = next((one.page for one in (element, *element.above()) if one.page), 0)
            yield Finding(EMPTY, page, Fault(what, template_fault(fix)))


def _check_picture(picture: Element) -> Iterator[Finding]:
    text = picture.replacement
    fix = (
        "Describe the picture in its alternative text. For codes, logos and slides, it is in the "
        "content file: labels → qr_alt, logo_alt, slide_alt. If it is filled in there, the "
        "template leaves it out: tell the person who maintains the templates."
    )
    if not text:
        what = "a picture has no alternative text, so people who can't see it miss out"
        yield Finding(NO_ALT, picture.page, Fault(what, fix))
    elif _PICTURE_FILE.fullmatch(text):
        what = f"the alternative text of a picture is a file name: “{text}”"
        yield Finding(FILE_NAME, picture.page, Fault(what, fix), text)


def _check_headings(tree: Tree, extractor: TextExtractor) -> Iterator[Finding]:
    headings = [element for element in tree.elements if element.kind in _HEADINGS]
    if not headings:
        what = "there are no headings, so screen readers can't jump from part to part"
        yield Finding(NO_HEADING, 0, Fault(what, template_fault("The title must be an H1.")))
    before = 0
    for heading in headings:
        level = int(heading.kind[1:] or 0)
        text = extractor.text_of(heading)
        if not 0 < level <= before + 1:
            after = f"follows one of level {before}" if before else "is the first"
            what = f"the heading {quoted(text)} has level {level or '“none”'} but {after}"
            fix = "The first heading must be H1, and headings must not skip a level."
            yield Finding(HEADING_ORDER, heading.page, Fault(what, template_fault(fix)), text)
        before = level
        if any(around.kind in _HEADINGS for around in heading.above()):
            what = f"the heading {quoted(text)} is inside another heading"
            fix = "Close each heading before the next."
            yield Finding(NESTED, heading.page, Fault(what, template_fault(fix)), text)
