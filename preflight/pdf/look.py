"""Does a page look finished? A hint on how its content fills it."""

from collections.abc import Iterator

from pack.problems import Fault, Severity
from preflight.findings import Finding, Rule
from preflight.pdf.page_view import PageView

EMPTY = Rule("page-empty", "house rule: print", Severity.WARNING)

#: The part of a page's height that may be empty between two of its parts, or at its foot.
_MOST = 0.25


def check_filled(view: PageView, margin: float) -> Iterator[Finding]:
    """A page that is empty across its whole width for a quarter of its height; `margin` in pt."""
    width, height = view.size
    boxes = [run.box for run in view.runs]
    # What is taller than the gap is a background, or holds other things.
    boxes += [shape.box for shape in view.shapes if shape.box[3] - shape.box[1] < _MOST * height]
    end = margin
    for _, top, _, bottom in (*sorted(boxes, key=lambda box: box[1]), (0, height - margin, 0, 0)):
        if top - end > _MOST * height:
            what = f"the page is empty for {(top - end) / height:.0%} of its height"
            remedy = "Add a part to the sheet, or move its parts to fewer pages."
            yield Finding(EMPTY, view.number, Fault(what, remedy), spot=(0, end, width, top))
        end = max(end, bottom)
