"""Can the slides' text be read from the last row: is it large, strong and all there?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pack.markdown import TextRun
from pack.problems import Fault, Severity
from pack.theme import load_theme
from preflight.findings import Finding, Rule
from preflight.powerpoint.colors import contrast
from preflight.powerpoint.reader import PptxSlide
from preflight.powerpoint.shapes import Shape
from preflight.powerpoint.texts import PptxParagraph, PptxRun, PptxText
from slides.content import BREAK, Line
from slides.fit import height, leading
from slides.frames import Frame

SIZE = Rule("deck-text-size", "house rule: slides")
CONTRAST = Rule("deck-contrast", "WCAG 2.1, 1.4.3")
STRONG_CONTRAST = Rule("deck-strong-contrast", "WCAG 2.1, 1.4.6", Severity.WARNING)
UNKNOWN_CONTRAST = Rule("deck-unknown-contrast", "WCAG 2.1, 1.4.3", Severity.WARNING)
FIT = Rule("deck-text-fits", "house rule: slides")

FOOT_CONTRAST = Rule("deck-foot-contrast", "WCAG 2.1, 1.4.3", Severity.WARNING)

#: The least and the strong contrast of text, and of large text: 18 pt, or 14 pt in bold.
_LEVELS = {False: (4.5, 7.0), True: (3.0, 4.5)}

#: What a text may be higher than its room, in pt: places are rounded, lines are not.
_TOLERANCE = 0.5


def check_text(shapes: Sequence[Shape], page: int) -> Iterator[Finding]:
    """What can't be read of a slide's shapes."""
    for shape in shapes:
        yield from _size(shape, page)
        if not shape.is_small:
            yield from _contrast(shape, page)
        if shape.kind in ("text", "table"):
            yield from _fit(shape, page)


def check_foot(slides: Sequence[PptxSlide]) -> Iterator[Finding]:
    """Weak footers and slide numbers, each told once: they repeat, and nobody must read them."""
    told: set[str] = set()
    for slide in slides:
        for shape in slide.shapes:
            for finding in _contrast(shape, slide.number) if shape.is_small else ():
                if finding.what not in told:
                    told.add(finding.what)
                    yield replace(finding, rule=FOOT_CONTRAST)


def _size(shape: Shape, page: int) -> Iterator[Finding]:
    if shape.is_small or not page:
        # What repeats on every slide need not be read from afar.
        return
    least = load_theme().smallest["title" if shape.is_title else "body"]
    size = min((run.style.size for text in shape.texts for run in text.runs), default=least)
    if size < least - 0.01:
        what = f"“{shape.name}” is set in {size:g} pt; {least:g} pt is the least here"
        remedy = "Set it larger on its layout in the template, or shorten the text."
        yield Finding(SIZE, page, Fault(what, remedy), shape.text, spot=shape.box)


def _contrast(shape: Shape, page: int) -> Iterator[Finding]:
    """The weakest contrast of a shape's text with what is behind it."""
    pairs = {
        (run.style.color, ground, _is_large(run))
        for text in shape.texts
        for run in text.runs
        for ground in text.ground or ("",)
    }
    known = {pair: contrast(*pair[:2]) for pair in pairs if all(pair[:2])}
    remedy = "Choose a darker or lighter color for it in the template's slide master."
    weak = [pair for pair in known if known[pair] < _LEVELS[pair[2]][1]]
    if weak:
        # The one that is farthest below what it needs.
        color, ground, large = min(weak, key=lambda pair: known[pair] / _LEVELS[pair[2]][0])
        ratio, (least, strong) = known[color, ground, large], _LEVELS[large]
        rule, least = (CONTRAST, least) if ratio < least else (STRONG_CONTRAST, strong)
        what = f"text of “{shape.name}” in {color} on {ground} has a contrast of {ratio:.1f} to 1; "
        what += f"{least:g} to 1 is the least"
        yield Finding(rule, page, Fault(what, remedy), shape.text, spot=shape.box)
    if len(known) < len(pairs):
        what = f"the colors of “{shape.name}”, or those behind it, can't be told"
        remedy = "Look whether it can be read, or give it a plain color and ground in the template."
        yield Finding(UNKNOWN_CONTRAST, page, Fault(what, remedy), shape.text, spot=shape.box)


def _is_large(run: PptxRun) -> bool:
    """Whether a text counts as large (WCAG 2.1, definition of large scale)."""
    return run.style.size >= (14 if run.style.bold else 18)


def _fit(shape: Shape, page: int) -> Iterator[Finding]:
    for text in shape.texts:
        needed = _height(text)
        if text.text.strip() and needed > text.height + _TOLERANCE:
            what = f"“{_shortened(text.text)}” needs {needed:.0f} pt in “{shape.name}”, "
            what += f"which has room for {max(text.height, 0):.0f}"
            remedy = "Shorten the text, or make its box larger on its layout in the template."
            yield Finding(FIT, page, Fault(what, remedy), text.text, spot=shape.box)


def _height(text: PptxText) -> float:
    """How high a text is in its room, in pt: each paragraph as the press itself measures it."""
    total = 0.0
    for number, paragraph in enumerate(text.paragraphs):
        frame = _frame(paragraph, text.width)
        runs = tuple(
            BREAK if run.text == "\n" else TextRun(run.text, bold=run.style.bold)
            for run in paragraph.runs
        )
        total += height([Line(runs, ())], frame)
        if number:
            natural = leading(Frame(0, 0, frame.size))
            gap = text.paragraphs[number - 1].style.after.of(natural)
            total += gap + paragraph.style.before.of(natural)
    return total


def _frame(paragraph: PptxParagraph, width: float) -> Frame:
    style = paragraph.style
    size = max((run.style.size for run in paragraph.runs), default=style.size)
    natural = leading(Frame(0, 0, size))
    return Frame(width, 0, size, indent=style.indent, spacing=style.line.of(natural) / natural)


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) < 50 else text[:47].rstrip() + "…"
