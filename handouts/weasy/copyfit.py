"""Copyfit: a sheet keeps its number of pages, set as loosely as that allows.

The theme declares the steps, from the loosest to the tightest. A laid-out sheet tells how much
room is left on it, and how much its lines would grow at another step, so that few are tried: one,
if the first guess is right.

Relies upon the places and heights of WeasyPrint's `LineBox`es, and upon parts of a box that runs on
to another page having the same element.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from weasyprint import Document
from weasyprint.formatting_structure.boxes import LineBox

from handouts.weasy.boxes import SheetSide, cards, misfits, sections, texts
from pack.theme import Setting

#: What does not grow with the text of a sheet; cards have areas of their own.
_FIXED = {"brand", "colophon", "folio", "kicker"}


@dataclass(frozen=True)
class Area:
    """A side of a sheet, or a card of a fixed size. Lengths are in CSS pixels.

    `room` is what is free at its foot, below 0 if it is too full; `lines` is the height of the
    longest stack of lines in it, `gaps` what of its height is none of them.
    """

    room: float
    lines: float
    gaps: float = 0


@dataclass(frozen=True)
class Attempt:
    """A sheet, laid out at one step; `fits` if it keeps its pages and nothing runs over."""

    document: Document
    pages: int
    fits: bool

    @property
    def areas(self) -> tuple[Area, ...]:
        return tuple(_areas(self.document, self.pages))


def attempt(document: Document, pages: int) -> Attempt:
    """What a laid-out sheet is as an attempt to fill so many pages, and no more."""
    return Attempt(document, pages, len(document.pages) <= pages and not any(misfits(document)))


def loosest(
    steps: Sequence[Setting], start: int, lay_out: Callable[[Setting], Attempt]
) -> tuple[int, Attempt]:
    """The loosest step at which a sheet fits, or the tightest if it fits at none.

    Returns the step's place among `steps`, and the sheet laid out at it. `start` is the place of
    the step to try first; the result does not depend on it.
    """
    low, best = 0, None
    number = start
    for count in range(len(steps)):
        one = lay_out(steps[number])
        if one.fits:
            best = number, one
            if low == number or _is_too_full(one.areas, steps[number], steps[number - 1]):
                return best
            guess = max(low, _looser(one.areas, steps, number))
        else:
            low = number + 1
            if best and low == best[0]:
                return best
            if low == len(steps):
                return number, one
            end = best[0] if best else len(steps)
            guess = min(_tighter(one.areas, steps, number), end - 1)
        # A guess that was wrong twice is no guess: then halves.
        number = guess if count < 2 or not best else (low + best[0]) // 2
    raise AssertionError("every step was tried, and one of them is the answer")


def _is_too_full(areas: Sequence[Area], step: Setting, looser: Setting) -> bool:
    """Whether a sheet is sure not to fit at a looser step: there, lines are as many or more."""
    growth = looser.line / step.line - 1
    return any(area.lines * growth > area.room for area in areas)


def _looser(areas: Sequence[Area], steps: Sequence[Setting], number: int) -> int:
    """The loosest step for which there seems to be room; the next one at least."""
    for looser in range(number):
        if all(_growth(area, steps[number], steps[looser]) <= area.room for area in areas):
            return looser
    return number - 1


def _tighter(areas: Sequence[Area], steps: Sequence[Setting], number: int) -> int:
    """The loosest of the tighter steps at which what is too much seems to be gone."""
    for tighter in range(number + 1, len(steps)):
        if all(_growth(area, steps[number], steps[tighter]) <= area.room for area in areas):
            return tighter
    return len(steps) - 1


def _growth(area: Area, step: Setting, other: Setting) -> float:
    """How much higher an area seems to be at another step, in CSS pixels."""
    # Lines are higher, and as text of another size breaks elsewhere, they are more or fewer.
    lines = other.line * other.text / (step.line * step.text) - 1
    return area.lines * lines + area.gaps * (other.space / step.space - 1)


def _areas(document: Document, pages: int) -> Iterator[Area]:
    found = list(sections(document))
    sides = [list(parts) for _, parts in groupby(found, lambda part: part.box.element)]
    if len(sides) == pages:
        for first, *further in sides:
            # What runs on to a further page is too much for the first.
            yield _area((first, *further), -_height(further) if further else first.foot - first.end)
    else:
        # Text that runs on from page to page.
        over = _height(found[pages:])
        yield _area(found, -over if over else found[-1].foot - found[-1].end)
    for card in cards(document):
        end = card.content_box_y() + card.height
        yield Area(end - max(text.position_y + text.height for text in texts(card)), _stack(card))


def _area(parts: Sequence[SheetSide], room: float) -> Area:
    lines = sum(_stack(part.box) for part in parts)
    return Area(room, lines, _height(parts) - lines)


def _height(parts: Sequence[SheetSide]) -> float:
    return sum(part.end - part.start for part in parts)


def _stack(box: Any) -> float:
    """The height of the longest chain of lines of which each stands under the one before."""
    heights: list[tuple[Any, float]] = []
    for line in sorted(_lines(box), key=lambda line: line.position_y):
        over = (
            height
            for other, height in heights
            if other.position_y + other.height <= line.position_y + 1
            and other.position_x < line.position_x + line.width
            and line.position_x < other.position_x + other.width
        )
        heights.append((line, line.height + max(over, default=0.0)))
    return max((height for _, height in heights), default=0.0)


def _lines(box: Any) -> Iterator[Any]:
    for child in box.children:
        element = getattr(child, "element", None)
        attributes = {} if element is None else element.attrib
        fixed = _FIXED.intersection(attributes.get("class", "").split())
        if fixed or "data-fixed" in attributes or child.element_tag == "h1":
            continue
        if isinstance(child, LineBox):
            yield child
        elif hasattr(child, "children"):
            yield from _lines(child)
