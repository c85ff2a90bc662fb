"""Preflight of a PDF as people see and print it: draw every page and measure everything on it.

Text inside a picture with an alternative text (tag Figure), such as the small slides in a
presenter's guide, is part of the picture: its size, contrast and position are not checked.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from pack.problems import Fault
from preflight.findings import Finding, Rule, Spot
from preflight.pdf.look import check_filled, check_last_words
from preflight.pdf.numbers import check_numbers
from preflight.pdf.page_view import (
    SCALE,
    DrawnShape,
    DrawnText,
    PageView,
    common,
    cut,
    quote,
    read_page,
    without,
)
from preflight.pdf.qr_codes import absent_codes, check_codes, find_codes, look_again
from preflight.pdf.typography import check_contrast, check_glyphs, check_type

_PRINT = "house rule: print"
COUNT = Rule("page-count", _PRINT)
SIZE = Rule("page-size", "ISO 32000-1, 14.11.2")
EDGE = Rule("page-edge", _PRINT)
MARGIN = Rule("page-margin", _PRINT)
OVERLAP = Rule("page-overlap", _PRINT)
HIDDEN = Rule("page-hidden", _PRINT)

#: How far something must cross an edge to count, in pt: less is not visible.
_TOLERANCE = 0.5
#: The maximum thickness of a line under or through a text, in em: it hides no letter.
_LINE = 0.15
#: How far letters may reach into the next line, in em: Arabic ones have deep bowls.
_SHALLOW, _DEEP = 0.15, 0.35
#: The height of 1 em in pixels when looking for covered text: a letter's stroke is 4 pixels wide.
_PIXELS_PER_EM = 50


@dataclass(frozen=True)
class Expected:
    """What a PDF must look like. All lengths are in pt.

    `pages` is the declared number, None for any; with `fewer`, it is the most. `margin` must be
    free on all sides, except for the crop marks of `trimmed` sheets. Text must be `smallest` or
    larger; only these may be smaller, down to `small_print`: artifacts such as the page number;
    lines in capitals, down to 3/4 of `smallest`; and paragraphs that begin with one of
    `small_texts`, such as the colophon. `addresses` maps the QR codes' addresses to the form
    printed beside each code; `code_side` is the minimum side of a code. If it is to be `filled`, no
    large part of a page may be empty, and no text may end in a lost word. `numbers` are those whose
    digits must stand in this order, wherever they are.
    """

    pages: int | None
    size: tuple[float, float]
    margin: float
    smallest: float
    small_print: float
    small_texts: tuple[str, ...] = ()
    trimmed: bool = False
    addresses: Mapping[str, str] = field(default_factory=dict)
    code_side: float = 0.8 * 72
    fewer: bool = False
    filled: bool = False
    numbers: Collection[str] = ()


def check_pages(
    document: pypdfium2.PdfDocument, expected: Expected, texts: list[str] | None = None
) -> Iterator[Finding]:
    """Yield everything wrong with the appearance of a PDF, page by page.

    Adds the text of each page to `texts`: reading a page again takes as long as drawing it.
    """
    texts = [] if texts is None else texts
    count = len(document)
    if expected.pages not in (None, count) and not (expected.fewer and count < expected.pages):
        yield _wrong_count(len(document), expected.pages)
    seen: set[str] = set()
    for index in range(len(document)):
        page = document[index]
        yield from _check_boxes(page, index + 1, expected)
        if not page.get_rotation():  # else all positions would be wrong
            view = read_page(page, index + 1)
            texts.append(view.text)
            yield from _check_view(view, expected)
            codes = find_codes(view)
            seen.update(code.address for code in codes)
            yield from check_codes(view, codes, expected.addresses, expected.code_side)
        else:
            texts.append(page.get_textpage().get_text_range())
        page.close()
    for index in range(len(document)):
        if absent := expected.addresses.keys() - seen:
            view = read_page(document[index], index + 1)
            codes = [code for code in look_again(view) if code.address in absent]
            seen.update(code.address for code in codes)
            yield from check_codes(view, codes, expected.addresses, expected.code_side)
    yield from absent_codes(expected.addresses, seen)


def _check_view(view: PageView, expected: Expected) -> Iterator[Finding]:
    yield from _check_edges(view, expected.margin, expected.trimmed)
    yield from _check_overlap(view)
    yield from _check_hidden(view)
    yield from check_type(view, expected.smallest, expected.small_print, expected.small_texts)
    yield from check_contrast(view)
    yield from check_glyphs(view)
    yield from check_numbers(view, expected.numbers)
    if expected.filled:
        yield from check_filled(view, expected.margin)
        yield from check_last_words(view)


def _wrong_count(actual: int, declared: int | None) -> Finding:
    return Finding(
        COUNT,
        0,
        Fault(
            f"there {'is' if actual == 1 else 'are'} {_pages(actual)} instead of {declared}",
            "Shorten the text, or move part of it to another sheet."
            if actual > (declared or 0)
            else "Change the number after “pages:”.",
        ),
    )


def _check_boxes(page: pypdfium2.PdfPage, number: int, expected: Expected) -> Iterator[Finding]:
    """The paper's size, and the boxes inside it (ISO 32000-1, 14.11.2)."""
    remedy = "In the template's style, set only the size of the page (“@page { size: … }”)."
    media, shown, trim = page.get_mediabox(), page.get_cropbox(), page.get_trimbox()
    size = media[2] - media[0], media[3] - media[1]
    if any(abs(one - other) > _TOLERANCE for one, other in zip(size, expected.size, strict=True)):
        what = f"the page is {_inches(size)}, but the paper is {_inches(expected.size)}"
        yield Finding(SIZE, number, Fault(what, remedy))
    elif page.get_rotation():
        yield Finding(SIZE, number, Fault("the page is rotated", remedy))
    elif any(abs(one - other) > _TOLERANCE for one, other in zip(media, shown, strict=True)):
        yield Finding(SIZE, number, Fault("only part of the page is shown (crop box)", remedy))
    elif trim[0] < media[0] or trim[1] < media[1] or trim[2] > media[2] or trim[3] > media[3]:
        yield Finding(SIZE, number, Fault("the trim box reaches beyond the page", remedy))


def _check_edges(view: PageView, free: float, trimmed: bool) -> Iterator[Finding]:
    """Text and shapes beyond the page's edge, or in the margin that printers can't print on."""
    page = (0.0, 0.0, *view.size)
    safe = (free, free, page[2] - free, page[3] - free)
    strips = _margins(view.size, free)
    for run in view.runs:
        if _outside(run.box, page):
            yield _over_edge(view, f"the text {quote(run)}", run.box, run.text)
        elif _outside(run.box, safe) and any(_is_inked(view, one, run.box) for one in strips):
            yield _in_margin(view, f"the text {quote(run)}", run.box, free, run.text)
    for shape in view.shapes:
        if not _outside(shape.box, safe):
            continue
        name = "a picture" if shape.picture else "a line, box or image"
        inked = any(_is_inked(view, strip, shape.box) for strip in strips)
        if _outside(shape.box, page):
            if inked or not common(shape.box, page):
                yield _over_edge(view, name, shape.box)
        elif inked and not (shape.artifact and trimmed):
            yield _in_margin(view, name, shape.box, free)


def _check_overlap(view: PageView) -> Iterator[Finding]:
    """Texts that overlap. Accents and descenders may reach slightly into the next line."""
    above: list[DrawnText] = []
    runs = [run for run in view.runs if not run.is_mark]
    for run in sorted(runs, key=lambda run: run.box[1]):
        above = [other for other in above if other.box[3] > run.box[1]]
        for other in above:
            if not (both := common(run.box, other.box)):
                continue
            deep = run.is_right_to_left or other.is_right_to_left
            least = (_DEEP if deep else _SHALLOW) * min(run.size, other.size)
            if min(both[2] - both[0], both[3] - both[1]) > least:
                yield Finding(
                    OVERLAP,
                    view.number,
                    Fault(
                        f"the texts {quote(other)} and {quote(run)} overlap",
                        "Shorten one of them so that it takes fewer lines.",
                    ),
                    # An artifact, such as the page number, is not in the content file.
                    run.text if other.artifact else other.text,
                    spot=both,
                )
        above.append(run)


def _check_hidden(view: PageView) -> Iterator[Finding]:
    """Text that is covered, cut off, or the same color as its background."""
    remedy = "Move or remove what covers it, or shorten the text until it fits."
    for run in view.runs:
        if _outside(run.box, (0, 0, *view.size)):
            continue
        ink = cut(view.ink, run.box).getbbox()
        covers = [one for one in view.shapes if one.order > run.order and _may_cover(one, run)]
        if ink is None:
            what = f"the text {quote(run)} can't be seen"
            yield Finding(HIDDEN, view.number, Fault(what, remedy), run.text, spot=run.box)
        elif _is_cut(run, ink) or (covers and _hide(view, covers, run)):
            what = f"part of the text {quote(run)} can't be seen"
            yield Finding(HIDDEN, view.number, Fault(what, remedy), run.text, spot=run.box)


def _over_edge(view: PageView, thing: str, box: Spot, subject: str = "") -> Finding:
    what = f"{thing} extends beyond the edge of the page"
    remedy = "Shorten the text, or make the picture smaller, until it fits."
    return Finding(EDGE, view.number, Fault(what, remedy), subject, spot=box)


def _in_margin(view: PageView, thing: str, box: Spot, free: float, subject: str = "") -> Finding:
    what = f"{thing} is closer than {free / 72:.2g} in to the edge of the page"
    remedy = "Printers can't print there: shorten the text, or make the picture smaller."
    return Finding(MARGIN, view.number, Fault(what, remedy), subject, spot=box)


def _outside(box: Spot, frame: Spot) -> bool:
    return (
        box[0] < frame[0] - _TOLERANCE
        or box[1] < frame[1] - _TOLERANCE
        or box[2] > frame[2] + _TOLERANCE
        or box[3] > frame[3] + _TOLERANCE
    )


def _margins(size: tuple[float, float], free: float) -> tuple[Spot, ...]:
    """The four strips along the edges of a page."""
    width, height = size
    return (
        (0, 0, width, free),
        (0, height - free, width, height),
        (0, 0, free, height),
        (width - free, 0, width, height),
    )


def _is_inked(view: PageView, strip: Spot, box: Spot) -> bool:
    """Whether anything other than white is printed where a strip and a box overlap."""
    both = common(strip, box)
    return both is not None and min(cut(view.picture, both).tobytes()) < 250


def _is_cut(run: DrawnText, ink: tuple[int, int, int, int]) -> bool:
    """Whether the ink of a run ends before its box does. Spaces at its ends have no ink.

    Signs such as “²” fill only a part of their line.
    """
    if not any(character.isalpha() or character.isdecimal() for character in run.text):
        return False
    wide, high = (run.box[2] - run.box[0]) * SCALE, (run.box[3] - run.box[1]) * SCALE
    beside, below = 0.5 * run.size * SCALE + 2, 0.1 * run.size * SCALE + 2
    if run.vertical:
        beside, below = below, beside
    return ink[0] > beside or ink[1] > below or wide - ink[2] > beside or high - ink[3] > below


def _may_cover(shape: DrawnShape, run: DrawnText) -> bool:
    """Whether a shape lies over a run and is more than a line through or under it."""
    left, top, right, bottom = shape.box
    thick = min(right - left, bottom - top) > _LINE * run.size
    return thick and common(shape.box, run.box) is not None


def _hide(view: PageView, covers: Sequence[DrawnShape], run: DrawnText) -> bool:
    """Whether some ink of a run is only visible without the shapes drawn over it.

    Less than the width of a letter's stroke does not count: letters may touch what is below them.
    """
    seen = _ink(view, run)
    with without(handle for cover in covers for handle in cover.handles):
        whole = _ink(view, run)
    full = max(whole.tobytes())
    there = whole.point([255 * (ink > full / 2) for ink in range(256)])
    gone = seen.point([255 * (ink < full / 10) for ink in range(256)])
    return ImageChops.darker(there, gone).filter(ImageFilter.MinFilter(3)).getbbox() is not None


def _ink(view: PageView, run: DrawnText) -> Image.Image:
    """Where a run is visible, and how much it differs from what is behind it."""
    left, top, right, bottom = run.box
    box, dpi = (left - 1, top - 1, right + 1, bottom + 1), 72 * _PIXELS_PER_EM / max(run.size, 1)
    shown = view.closer(box, dpi).image
    with without([run.handle]):
        behind = view.closer(box, dpi).image
    return ImageChops.difference(shown, behind)


def _pages(number: int) -> str:
    return "1 page" if number == 1 else f"{number} pages"


def _inches(size: tuple[float, float]) -> str:
    return " by ".join(f"{length / 72:.4g}" for length in size) + " in"
