"""How much room the text on a slide takes, measured as the press itself measures it."""

from collections.abc import Sequence

from pack.markdown import TextRun
from preflight.powerpoint.texts import PptxParagraph, PptxRun, PptxText
from slides.content import BREAK, Line
from slides.frames import Frame
from slides.text_metrics import height, leading, rows
from slides.typefaces import typeface


def text_height(text: PptxText) -> float:
    """The height of a text in its box, in pt."""
    total = 0.0
    for number, paragraph in enumerate(text.paragraphs):
        frame = _frame(paragraph, text.width)
        total += height([_line(paragraph.runs, frame)], frame)
        if number:
            natural = leading(Frame(0, 0, frame.size, face=frame.face))
            gap = text.paragraphs[number - 1].style.after.of(natural)
            total += gap + paragraph.style.before.of(natural)
    return total


def last_rows(paragraph: PptxParagraph, width: float) -> list[str]:
    """The rows of a paragraph after its last line break, in a box with this room in pt."""
    runs = paragraph.runs
    breaks = [number for number, run in enumerate(runs, start=1) if run.text == "\n"]
    frame = _frame(paragraph, width)
    found = rows(_line(runs[max(breaks, default=0) :], frame), frame)
    return ["".join(run.text for run in row) for row in found]


def _line(runs: Sequence[PptxRun], frame: Frame) -> Line:
    made = (
        BREAK
        if run.text == "\n"
        else TextRun(run.text, bold=run.style.bold, scale=run.style.size / frame.size)
        for run in runs
    )
    return Line(tuple(made), ())


def _frame(paragraph: PptxParagraph, width: float) -> Frame:
    style = paragraph.style
    size = max((run.style.size for run in paragraph.runs), default=style.size)
    face = typeface(style.face or "Arial")
    natural = leading(Frame(0, 0, size, face=face))
    return Frame(
        width,
        0,
        size,
        indent=style.indent,
        spacing=style.line.of(natural) / natural,
        face=face,
        capitals=style.capitals,
        tracking=style.tracking,
    )
