"""Numbers on slides in text from right to left: isolated, so that no program shows them backwards.

Where their digits stand is decided by each program that shows the slide.
"""

import re
from collections.abc import Collection, Iterator

from pack.isolates import has_right_to_left
from pack.problems import Fault
from preflight.findings import Finding, Rule, Spot
from preflight.numbers import has_parts
from preflight.powerpoint.reader import PptxSlide

NUMBERS = Rule("deck-number-isolated", "Unicode Standard Annex 9")

#: What opens an isolate and what closes it (LRI, RLI, FSI; PDI).
_OPEN, _CLOSE = "\u2066\u2067\u2068", "\u2069"


def check_numbers(slide: PptxSlide, numbers: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each of these numbers that stands unprotected on a slide or in its notes.

    The digits of a number of one part stay together anyway.
    """
    apart = sorted(number for number in numbers if has_parts(number))
    if not apart:
        return
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, apart[::-1]))})(?![\w-])")
    for text, spot in _right_to_left(slide):
        for found in pattern.finditer(text):
            if not _is_isolated(text[: found.start()]):
                what = (
                    f"the number “{found[0]}” is not isolated from the Arabic or Hebrew around it"
                )
                remedy = "The program must put it between U+2066 and U+2069."
                yield Finding(NUMBERS, slide.number, Fault(what, remedy), text, spot=spot)


def _right_to_left(slide: PptxSlide) -> Iterator[tuple[str, Spot | None]]:
    """The text of paragraphs that run from right to left, or have letters that do."""
    for shape in slide.shapes:
        for paragraph in (one for text in shape.texts for one in text.paragraphs):
            if paragraph.right_to_left or has_right_to_left(paragraph.text):
                yield paragraph.text, shape.box
    for line in slide.notes.text.splitlines() if slide.notes else ():
        if has_right_to_left(line):
            yield line, None


def _is_isolated(before: str) -> bool:
    """Whether an isolate that begins in this text is still open at its end."""
    depth = 0
    for character in before:
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(depth - 1, 0)
    return depth > 0
