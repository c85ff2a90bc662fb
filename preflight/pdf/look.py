"""Does a page look finished? Hints on how its content fills it, and on how its texts end."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pack.problems import Fault, Severity
from preflight.findings import Finding, Rule
from preflight.pdf.page_view import DrawnText, PageView, around, quote, text_of
from preflight.pdf.typography import is_below, is_beside

EMPTY = Rule("page-empty", "house rule: print", Severity.WARNING)
LAST_WORD = Rule("page-last-word", "house rule: print", Severity.WARNING)

#: The part of a page's height that may be empty between two of its parts, or at its foot.
_MOST = 0.25

#: How short, in letters, a word must be to look lost in a line of its own, and by how much longer
#: the line above must be.
_SHORT, _LONGER = 8, 4


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


def check_last_words(view: PageView) -> Iterator[Finding]:
    """A short word that stands alone in the last line of a text.

    It begins with a small letter, and the line above ends no sentence: others may be texts of
    their own, such as the items of a list.
    """
    lines = list(_lines(view.runs))
    for (above, line), below in zip(pairwise(lines), [*lines[2:], None], strict=True):
        word = text_of(line)
        if (
            is_below(line[0], above[0])
            and not (below and is_below(below[0], line[0]))
            and re.fullmatch(rf"[^\W\d_]\S{{0,{_SHORT}}}", word)
            and word[0].islower()
            and not re.search(r"[.:!?]\W*$", text_of(above))
            and _width(above) > _LONGER * _width(line)
        ):
            what = f"“{word}” stands alone in the last line of {quote(*above, *line)}"
            remedy = "Leave out a word, or change one or two."
            spot = around([run.box for run in line])
            yield Finding(
                LAST_WORD, view.number, Fault(what, remedy), text_of((*above, *line)), spot=spot
            )


def _lines(runs: tuple[DrawnText, ...]) -> Iterator[list[DrawnText]]:
    """Lines in the order in which they are read."""
    line: list[DrawnText] = []
    for run in runs:
        if line and not is_beside(run, line[-1]):
            yield line
            line = []
        line.append(run)
    if line:
        yield line


def _width(line: list[DrawnText]) -> float:
    return line[-1].box[2] - line[0].box[0]
