"""Access to WeasyPrint's internals, for tests that say in a sentence what has changed there."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint import HTML, Document
from weasyprint.text.fonts import FontConfiguration

from tests.conftest import ROOT

FONTS = ROOT / "templates" / "fonts"
SVG = 'xmlns="http://www.w3.org/2000/svg"'
AS_FILE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>"
TAGGED = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}

#: A page with a margin of 20 pixels on all sides, and with lines 20 pixels high.
STYLE = f"""
    @font-face {{ font-family: Ours; src: url({FONTS.as_uri()}/AtkinsonHyperlegibleNext-Regular.ttf) }}
    @page {{ size: 400px 300px; margin: 20px }}
    html {{ font: 16px/20px Ours }}
    body, p, ul, li {{ margin: 0; padding: 0; list-style: none }}
"""  # noqa: E501 (an address)


class Changed(AssertionError):
    """WeasyPrint is no longer what one of our modules needs."""


@contextlib.contextmanager
def seam(what: str) -> Iterator[None]:
    """Make any failure inside end with a sentence: what has changed, and what relies on it."""
    try:
        yield
    except Changed:
        raise
    except Exception as error:
        raise Changed(what) from error


def lay_out(body: str, style: str = "") -> Document:
    with seam("WeasyPrint's HTML.render no longer takes what handouts/weasy/pdf.py gives it"):
        html = f'<html lang="en"><title>Page</title><style>{STYLE}{style}</style><body>{body}'
        return HTML(string=html).render(font_config=FontConfiguration(), **TAGGED)


def boxes_of(document: Document, tag: str) -> list[Any]:
    """The boxes of an element, and of lines and texts in it."""
    with seam(
        "WeasyPrint's Page no longer keeps its boxes as _page_box, with descendants() and "
        "element_tag: all modules of handouts/weasy that look at boxes read them there"
    ):
        found = [box for page in document.pages for box in page._page_box.descendants()]
        found = [box for box in found if box.element_tag == tag]
        assert found
        return found


def pdf_of(document: Document) -> pydyf.PDF:
    """A document's PDF just before it is written."""
    given: list[tuple[Any, Any]] = []
    with seam(
        "WeasyPrint's write_pdf no longer gives the document and a pydyf.PDF to its finisher: "
        "handouts/weasy/pdf.py and svg_logo.py change the PDF there"
    ):
        document.write_pdf(finisher=lambda *both: given.append(both), **TAGGED)
        [(same, pdf)] = given
        assert same is document
        assert isinstance(pdf, pydyf.PDF)
        return pdf


def at(pdf: pydyf.PDF, reference: bytes) -> Any:
    with seam(
        "pydyf no longer refers to objects with bytes such as b'12 0 R', where 12 is the index in "
        "PDF.objects: handouts/weasy/pdfua.py follows them"
    ):
        assert isinstance(reference, bytes)
        found = pdf.objects[int(reference.split()[0])]
        assert found.reference == reference
        return found


def elements_of(pdf: pydyf.PDF, kind: str = "") -> list[Any]:
    """The elements of the structure tree, all or of one kind, in reading order."""
    found = []

    def walk(element: Any) -> None:
        for kid in element["K"]:
            assert isinstance(kid, bytes | int)
            if isinstance(kid, bytes) and (child := at(pdf, kid))["Type"] == "/StructElem":
                assert at(pdf, child["P"])
                found.append(child)
                walk(child)

    with seam(
        "WeasyPrint's structure tree no longer consists of pydyf dictionaries with Type, S, P and "
        "K below the catalog's StructTreeRoot: handouts/weasy/pdfua.py walks it"
    ):
        walk(at(pdf, pdf.catalog["StructTreeRoot"]))
    found = [element for element in found if kind in ("", element["S"])]
    with seam(
        f"WeasyPrint no longer tags anything as {kind}: handouts/weasy/pdfua.py looks for it"
    ):
        assert found
    return found


def content_of(pdf: pydyf.PDF, number: int = 0) -> list[Any]:
    """The parts of a page's content stream."""
    with seam(
        "WeasyPrint's pages no longer have one content stream as a list of operators, found in "
        "pdf.page_references: handouts/weasy/pdfua.py and grayscale.py change it"
    ):
        stream = at(pdf, at(pdf, pdf.page_references[number])["Contents"])
        assert isinstance(stream, pydyf.Stream)
        assert isinstance(stream.stream, list)
        return stream.stream


def fresh(program: str) -> str:
    """What a program prints in a fresh Python process."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
