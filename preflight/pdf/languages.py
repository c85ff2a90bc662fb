"""Is every passage of a PDF read out in its own language?

The clauses are those of ISO 14289-1 (PDF/UA-1) and of WCAG 2.1.
"""

import unicodedata
from collections.abc import Iterator, Mapping

from languages.tags import UnknownLanguage, language_tag
from pack.problems import Fault
from preflight.findings import Finding, Rule
from preflight.pdf.remedies import program_fault, template_fault
from preflight.pdf.structure_tree import Element, Tree
from preflight.pdf.text_extraction import TextExtractor, quoted

TAG = Rule("pdf-language-unknown", "ISO 14289-1, 7.2; ISO 32000-1, 14.9.2")
PASSAGE = Rule("pdf-passage-language", "ISO 14289-1, 7.2; WCAG 2.1, 3.1.2")


def check_languages(
    tree: Tree, extractor: TextExtractor, language: str, passages: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield what is wrong with the languages of elements.

    `language` is the document's, `passages` are texts with their languages.
    """
    wanted = {_letters(text): (text, of) for text, of in passages.items()}
    for element in tree.elements:
        own = element.language
        if own is not None and not _is_known(own):
            what = f"a passage is marked as being in “{own}”, which is no tag of a language"
            fix = template_fault("The “lang” of its HTML element must be a tag such as “es”.")
            yield Finding(TAG, element.page, Fault(what, fix))
    for element in tree.elements if wanted else ():
        if (passage := wanted.get(_letters(extractor.text_of(element)))) is None:
            continue
        text, right = passage
        # A picture beside the text has a language of its own.
        holders = (one for one in _holders(element) if _letters(extractor.text_of(one)))
        given = {_language_at(one) or language for one in holders}
        if wrong := sorted(given - {right}):
            what = f"{quoted(text)} is in “{right}”, but would be read out as “{wrong[0]}”"
            fix = f'Its HTML element needs lang="{right}".'
            yield Finding(PASSAGE, element.page, Fault(what, program_fault(fix)), text)


def _holders(element: Element) -> Iterator[Element]:
    """The elements that hold the text of this one."""
    for one in (element, *element.below()):
        if len(one.kids) < len(one.order):
            yield one


def _language_at(element: Element) -> str | None:
    """The language of an element or of the nearest one around it that has any."""
    return next((one.language for one in (element, *element.above()) if one.language), None)


def _is_known(tag: str) -> bool:
    try:
        return language_tag(tag) == tag
    except UnknownLanguage:
        return False


def _letters(text: str) -> str:
    """The letters and digits of a text in no order: Arabic is drawn from its end."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sorted(filter(str.isalnum, folded)))
