"""Can the slides be read from the last row? Checks size, contrast and fit of their text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pack.problems import Fault, Severity
from pack.theme import load_theme
from preflight.findings import Finding, Rule
from preflight.powerpoint.colors import contrast
from preflight.powerpoint.measure import text_height
from preflight.powerpoint.reader import PptxSlide
from preflight.powerpoint.shapes import Shape
from preflight.powerpoint.texts import PptxRun
from slides.frames import SLIDE_HEIGHT
from slides.typefaces import typeface

SIZE = Rule("deck-text-size", "house rule: slides")
CONTRAST = Rule("deck-contrast", "WCAG 2.1, 1.4.3")
STRONG_CONTRAST = Rule("deck-strong-contrast", "WCAG 2.1, 1.4.6", Severity.WARNING)
UNKNOWN_CONTRAST = Rule("deck-unknown-contrast", "WCAG 2.1, 1.4.3", Severity.WARNING)
FIT = Rule("deck-text-fits", "house rule: slides")

TYPEFACE = Rule("deck-typeface", "house rule: slides", Severity.WARNING)
FOOT_FIT = Rule("deck-foot-fits", "house rule: slides")
FOOT_CONTRAST = Rule("deck-foot-contrast", "WCAG 2.1, 1.4.3", Severity.WARNING)

#: The minimum and the strong contrast of text, and of large text: 18 pt, or 14 pt in bold.
_LEVELS = {False: (4.5, 7.0), True: (3.0, 4.5)}

#: How much taller than its box a text may be, in pt: positions are rounded, lines are not.
_TOLERANCE = 0.5


def check_text(shapes: Sequence[Shape], page: int, height: float) -> Iterator[Finding]:
    """Yield what can't be read in a slide's shapes; `height` is the slide's in pt."""
    for shape in shapes:
        yield from _size(shape, page, height)
        if not shape.is_small:
            yield from _contrast(shape, page)
        if shape.kind in ("text", "table"):
            yield from _fit(shape, page)


def check_foot(slides: Sequence[PptxSlide]) -> Iterator[Finding]:
    """Weak footers and slide numbers, each reported once: they repeat and are not essential."""
    reported: set[str] = set()
    for slide in slides:
        for shape in slide.shapes:
            for finding in _contrast(shape, slide.number) if shape.is_small else ():
                if finding.what not in reported:
                    reported.add(finding.what)
                    yield replace(finding, rule=FOOT_CONTRAST)


def check_typefaces(slides: Sequence[PptxSlide]) -> Iterator[Finding]:
    """Typefaces whose widths are not known, each reported once, where it is first used."""
    first: dict[str, PptxSlide] = {}
    for slide in slides:
        for shape in slide.shapes:
            for run in (run for text in shape.texts for run in text.runs):
                first.setdefault(run.style.face, slide)
    for face, slide in first.items():
        if face and not typeface(face).known:
            what = f"nobody has measured “{face}”, so its text was taken to be wide"
            remedy = "It fits, but may be small. Choose a common typeface in the slide master."
            yield Finding(TYPEFACE, slide.number, Fault(what, remedy))


def _size(shape: Shape, page: int, height: float) -> Iterator[Finding]:
    if shape.is_small or not page:
        # What repeats on every slide need not be readable from the last row.
        return
    # On a smaller slide, a smaller text looks the same.
    least = load_theme().smallest["title" if shape.is_title else "label"] * height / SLIDE_HEIGHT
    size = min((run.style.size for text in shape.texts for run in text.runs), default=least)
    if size < least - 0.01:
        what = f"“{shape.name}” is set in {size:g} pt; the minimum here is {least:g} pt"
        remedy = "Make it larger on its layout in the template, or shorten the text."
        yield Finding(SIZE, page, Fault(what, remedy), shape.text, spot=shape.box)


def _contrast(shape: Shape, page: int) -> Iterator[Finding]:
    """The weakest contrast between a shape's text and what is behind it."""
    pairs = {
        (run.style.color, background, _is_large(run))
        for text in shape.texts
        for run in text.runs
        for background in text.background or ("",)
    }
    known = {pair: contrast(*pair[:2]) for pair in pairs if all(pair[:2])}
    remedy = "Choose a darker or lighter color for it in the template's slide master."
    weak = [pair for pair in known if known[pair] < _LEVELS[pair[2]][1]]
    if weak:
        # The pair that is farthest below its minimum.
        color, background, large = min(weak, key=lambda pair: known[pair] / _LEVELS[pair[2]][0])
        ratio, (least, strong) = known[color, background, large], _LEVELS[large]
        rule, least = (CONTRAST, least) if ratio < least else (STRONG_CONTRAST, strong)
        what = f"text in “{shape.name}” has a contrast of {ratio:.1f}:1 ({color} on {background}); "
        what += f"the minimum is {least:g}:1"
        yield Finding(rule, page, Fault(what, remedy), shape.text, spot=shape.box)
    if len(known) < len(pairs):
        what = f"the contrast of “{shape.name}” can't be measured, because a color is unknown"
        remedy = "Check that it is easy to read, or give it plain colors in the template."
        yield Finding(UNKNOWN_CONTRAST, page, Fault(what, remedy), shape.text, spot=shape.box)


def _is_large(run: PptxRun) -> bool:
    """Whether a text counts as large (WCAG 2.1, definition of large scale)."""
    return run.style.size >= (14 if run.style.bold else 18)


def _fit(shape: Shape, page: int) -> Iterator[Finding]:
    for text in shape.texts:
        needed = text_height(text)
        if text.text.strip() and needed > text.height + _TOLERANCE:
            what = f"“{_shortened(text.text)}” needs {needed:.0f} pt in “{shape.name}”, "
            what += f"which has only {max(text.height, 0):.0f} pt"
            remedy = "Shorten the text, or make its box larger on its layout in the template."
            rule = FOOT_FIT if shape.is_small else FIT
            yield Finding(rule, page, Fault(what, remedy), text.text, spot=shape.box)


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) < 50 else text[:47].rstrip() + "…"
