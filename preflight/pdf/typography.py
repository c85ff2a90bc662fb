"""Preflight of the text on a page: its size, its contrast, and missing glyphs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pack.contrast import luminance, ratio
from pack.isolates import has_right_to_left
from pack.problems import Fault, Severity
from preflight.findings import Finding, Rule
from preflight.pdf.page_view import (
    Color,
    DrawnText,
    PageView,
    around,
    common,
    cut,
    quote,
    text_of,
)

TYPE = Rule("page-type-size", "house rule: print")
GLYPH = Rule("page-missing-sign", "ISO 14289-1, 7.21.8")
CONTRAST = Rule("page-contrast", "WCAG 2.1, 1.4.3")
CONTRAST_BEST = Rule("page-contrast-enhanced", "WCAG 2.1, 1.4.6", Severity.WARNING)

#: Capitals at 3/4 of a size are as tall as its lowercase letters.
_CAPITALS = 0.75


def check_type(
    view: PageView, smallest: float, small_print: float, small_texts: Sequence[str]
) -> Iterator[Finding]:
    """Text below the allowed size: `pages.Expected` explains the sizes, all in pt."""
    small = [run for run in view.runs if run.size < smallest - 0.05 and not run.is_mark]
    allowed = _small_print(small, small_texts)
    wrong = [
        run
        for run in small
        if run.size < small_print - 0.05
        or not (
            run.artifact
            or run in allowed
            or (_is_capitals(run.text) and run.size >= _CAPITALS * smallest)
        )
    ]
    for runs in _paragraphs(wrong):
        yield Finding(
            TYPE,
            view.number,
            Fault(
                f"the text {quote(*runs)} is only {runs[0].size:.3g} pt",
                f"Make it {smallest:g} pt or larger in the template's style, "
                "and shorten the text if it no longer fits.",
            ),
            text_of(runs),
            spot=around([run.box for run in runs]),
        )


def check_contrast(view: PageView) -> Iterator[Finding]:
    """Text with too little contrast to what is behind it."""
    ratios = {run: ratio for run in view.runs if (ratio := _contrast(view, run)) is not None}
    for rule, plain, large in ((CONTRAST, 4.5, 3.0), (CONTRAST_BEST, 7.0, 4.5)):
        needed = {run: large if _is_large(run) else plain for run in ratios}
        low = [run for run, ratio in ratios.items() if ratio < needed[run]]
        for runs in _paragraphs(low):
            least = min(ratios.pop(run) for run in runs)
            yield Finding(
                rule,
                view.number,
                Fault(
                    f"the contrast of the text {quote(*runs)} is only {least:.2f}:1",
                    "Use a darker color, or a lighter one if the background is dark: "
                    f"{needed[runs[0]]:g}:1 or more.",
                ),
                text_of(runs),
                spot=around([run.box for run in runs]),
            )


def check_glyphs(view: PageView) -> Iterator[Finding]:
    """Characters that the fonts have no glyph for."""
    for character, box in view.missing:
        near = next((run for run in view.runs if common(run.box, box)), None)
        what = f"our fonts have no glyph for “{character}” (U+{ord(character):04X})"
        what += f" in {quote(near)}" if near else ""
        fault = Fault(what, "Replace this character in the text.")
        yield Finding(GLYPH, view.number, fault, near.text if near else "", spot=box)


def _small_print(small: Sequence[DrawnText], beginnings: Sequence[str]) -> set[DrawnText]:
    """The lines of paragraphs that begin with one of these texts."""
    starts = [start for text in beginnings if (start := _bare(text))]
    found: list[list[DrawnText]] = []
    for line in sorted(_lines(small), key=lambda line: round(line[0].box[3])):
        text = _bare("".join(run.text for run in line))
        begins = any(_begins(text, start) for start in starts)
        if begins or any(_is_next(line, above) for above in found):
            found.append(line)
    return {run for line in found for run in line}


def _begins(text: str, start: str) -> bool:
    """Whether a line begins with this text, or this text with the line."""
    if has_right_to_left(start):
        # Its pieces stand on the page in no order that can be relied on.
        one, other = Counter(text), Counter(start)
        rest = (other - one) if len(text) > len(start) else (one - other)
        return len(text) > 7 and rest.total() <= 0.1 * min(len(text), len(start))
    return text.startswith(start) or (len(text) > 7 and start.startswith(text))


def _is_next(line: Sequence[DrawnText], above: Sequence[DrawnText]) -> bool:
    """Whether a line is right under another one, from the left, or from the right in Arabic."""
    if any(run.is_right_to_left for run in (*line, *above)):
        return _is_lower(line[-1], above[-1]) and abs(line[-1].box[2] - above[-1].box[2]) < 2
    return is_below(line[0], above[0])


def _lines(runs: Sequence[DrawnText]) -> list[list[DrawnText]]:
    """Runs of one size beside each other: a word in another font is a run of its own."""
    lines: list[list[DrawnText]] = []
    for run in sorted(runs, key=lambda run: run.box[0]):
        line = next((line for line in lines if is_beside(run, line[-1])), None)
        if line:
            line.append(run)
        else:
            lines.append([run])
    return lines


def _follows(run: DrawnText, other: DrawnText) -> bool:
    """Whether a run continues another of the same size, on the same line or the next."""
    return is_beside(run, other) or is_below(run, other)


def is_beside(run: DrawnText, other: DrawnText) -> bool:
    """Whether a run continues a line of the same size."""
    same_line = abs(run.box[3] - other.box[3]) < 0.5 * run.size
    return (
        abs(run.size - other.size) < 0.1 and same_line and abs(run.box[0] - other.box[2]) < run.size
    )


def is_below(run: DrawnText, other: DrawnText) -> bool:
    """Whether a line of the same size is right under another one, from the same left edge."""
    return _is_lower(run, other) and abs(run.box[0] - other.box[0]) < 2


def _is_lower(run: DrawnText, other: DrawnText) -> bool:
    """Whether a run is in the line under another one of the same size."""
    lower = 0 < run.box[3] - other.box[3] < 1.8 * run.size
    return abs(run.size - other.size) < 0.1 and lower


def _paragraphs(runs: Sequence[DrawnText]) -> Iterator[list[DrawnText]]:
    """Consecutive runs with the same size and color, so that each fault is reported once."""
    group: list[DrawnText] = []
    for run in runs:
        last = group[-1] if group else None
        if last and not (_follows(run, last) and run.color == last.color):
            yield group
            group = []
        group.append(run)
    if group:
        yield group


def _is_capitals(text: str) -> bool:
    """Whether a text is in capitals, or has only marks: those between them in another font."""
    letters = [letter for letter in text if letter.isalpha()]
    if not letters:
        return not any(character.isdigit() for character in text)
    return all(letter.isupper() for letter in letters)


def _is_large(run: DrawnText) -> bool:
    """Whether text is large as WCAG 2.1 defines it: 18 pt, or bold and 14 pt."""
    return run.size >= 17.95 or (run.bold and run.size >= 13.95)


def _contrast(view: PageView, run: DrawnText) -> float | None:
    """The lowest contrast of a run to any color behind at least a tenth of its ink.

    On a photograph, where such colors make up less than half of the background, the lowest contrast
    to any color. None if the run has no plain color or is invisible.
    """
    if run.color is None:
        return None
    bare = cut(view.bare, run.box)
    behind: list[tuple[int, Color]] = [
        (count, (color[0], color[1], color[2]))
        for count, color in bare.getcolors(bare.width * bare.height) or []
        if isinstance(color, tuple) and color[3]
    ]
    whole = sum(count for count, _ in behind)
    if not whole:
        return None
    main = [(count, color) for count, color in behind if count >= 0.1 * whole]
    if sum(count for count, _ in main) < 0.5 * whole:
        main = behind
    return min(
        ratio(luminance(_mixed(run.color, background, run.opacity)), luminance(background))
        for _, background in main
    )


def _mixed(color: Color, background: Color, opacity: float) -> Color:
    red, green, blue = (
        round(opacity * one + (1 - opacity) * other)
        for one, other in zip(color, background, strict=True)
    )
    return red, green, blue


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text).casefold()
