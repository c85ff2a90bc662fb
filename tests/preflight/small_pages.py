"""Small pages, made with WeasyPrint without our fixes, and what must be found on them."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pikepdf
from weasyprint import HTML

from handouts.weasy.log import collected
from preflight.pdf.pages import Expected
from tests.conftest import ROOT

FONT = ROOT / "templates" / "fonts" / "AtkinsonHyperlegibleNext-Regular.ttf"
OTHER_FONT = FONT.with_name("Arimo-Bold.ttf")
ARABIC_FONT = FONT.with_name("NotoSansArabic-Regular.ttf")
COLOPHON = "The publisher · revised May 2026."
TEXT = "<h1>Heading</h1><p>Someone you can trust is there to help you, by day and by night.</p>"
HEADING = '<span style="font-size: 18pt; line-height: 22pt">Young people</span>'


@dataclass(frozen=True)
class Broken:
    """A PDF with one fault: the rule that must find it, and its page.

    `said` is a part of the message; `at` is a point in pt from the top left corner that the
    finding's spot must contain.
    """

    rule: str
    html: str
    page: int = 1
    said: str = ""
    at: tuple[float, float] | None = None
    expected: Mapping[str, object] = field(default_factory=dict)
    after: Callable[[pikepdf.Pdf], None] = lambda pdf: None

    def data(self) -> bytes:
        return make(self.html, self.after)


def expected(**changed: object) -> Expected:
    values = {
        "pages": 1,
        "size": (612.0, 792.0),
        "margin": 28.8,
        "smallest": 11.0,
        "small_print": 8.0,
        "small_texts": (COLOPHON,),
    }
    return Expected(**{**values, **changed})  # type: ignore[arg-type]


def make(html: str, after: Callable[[pikepdf.Pdf], None] = lambda pdf: None) -> bytes:
    """A letter page with this content as PDF/UA; `after` edits the finished file."""
    style = f"""@font-face {{ font-family: Face; src: url({FONT.as_uri()}) }}
        @page {{ size: letter; margin: 0.5in }}
        html {{ font: 12pt/1.4 Face; color: #12262d }}
        .at {{ position: absolute; margin: 0; white-space: nowrap }}"""
    page = f'<html lang="en"><title>Page</title><style>{style}</style>{html}'
    with collected([]):
        made = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        after(pdf)
        finished = io.BytesIO()
        pdf.save(finished)
    return finished.getvalue()


def at(left: float, top: float, html: str, style: str = "") -> str:
    """HTML at a position on the page, in pt from the page's top left corner."""
    return f'<div class="at" style="left: {left - 36}pt; top: {top - 36}pt; {style}">{html}</div>'


def arabic(html: str, *, isolated: bool = True) -> str:
    """Arabic text around numbers in braces."""
    start, end = ('<bdi dir="ltr">', "</bdi>") if isolated else ("", "")
    html = html.replace("{", start).replace("}", end)
    return (
        f"<style>@font-face {{ font-family: Arabic; src: url({ARABIC_FONT.as_uri()}) }}</style>"
        f'<h1>Heading</h1><div dir="rtl" style="font-family: Face, Arabic">{html}</div>'
    )
