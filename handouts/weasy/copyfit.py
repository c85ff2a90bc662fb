"""Copyfit: a sheet keeps its number of pages, set as loosely as that allows.

The theme declares the settings, from the loosest to the tightest. A laid-out sheet shows how much
room is left on it, and how much its lines would grow in another setting, so that only a few are
tried: one, if the first guess is right.

Relies on the positions and heights of WeasyPrint's `LineBox`es, and on the parts of a box that runs
on to another page having the same element.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from weasyprint import Document
from weasyprint.formatting_structure.boxes import LineBox

from handouts.weasy.boxes import SheetSide, cards, misfits, sections, texts
from pack.theme import Setting

#: Classes that do not grow with the text of a sheet; cards have areas of their own.
_FIXED = {"brand", "colophon", "folio", "kicker", "strip"}


@dataclass(frozen=True)
class Area:
    """A side of a sheet, or a card of a fixed size. Lengths are in CSS pixels.

    `room` is the free space at its foot, below 0 if it is too full; `lines` is the height of the
    tallest stack of lines in it, `gaps` is the rest of its height.
    """

    room: float
    lines: float
    gaps: float = 0


@dataclass(frozen=True)
class Attempt:
    """A sheet laid out in one setting; it `fits` if it keeps its pages and nothing runs over."""

    document: Document
    pages: int
    fits: bool

    @property
    def areas(self) -> tuple[Area, ...]:
        return tuple(_areas(self.document, self.pages))


def attempt(document: Document, pages: int) -> Attempt:
    """A laid-out sheet as an attempt to fit it into this many pages."""
    return Attempt(document, pages, len(document.pages) <= pages and not any(misfits(document)))


def loosest(
    settings: Sequence[Setting], start: int, lay_out: Callable[[Setting], Attempt]
) -> tuple[int, Attempt]:
    """The loosest setting in which a sheet fits, or the tightest if it fits in none.

    Returns the setting's index in `settings`, and the sheet laid out in it. `start` is the index
    of the setting to try first; the result does not depend on it.
    """
    low, best = 0, None
    number = start
    for count in range(len(settings)):
        tried = lay_out(settings[number])
        if tried.fits:
            best = number, tried
            if low == number or _is_too_full(tried.areas, settings[number], settings[number - 1]):
                return best
            guess = max(low, _looser(tried.areas, settings, number))
        else:
            low = number + 1
            if best and low == best[0]:
                return best
            if low == len(settings):
                # Text that ran into a picture although there was room may do so in tighter settings
                # only.
                if start and all(area.room >= 0 for area in tried.areas):
                    looser = loosest(settings[:start], start - 1, lay_out)
                    return looser if looser[1].fits else (number, tried)
                return number, tried
            end = best[0] if best else len(settings)
            guess = min(_tighter(tried.areas, settings, number), end - 1)
        # After two wrong guesses, halve the range instead.
        number = guess if count < 2 or not best else (low + best[0]) // 2
    raise AssertionError("every setting was tried, and one of them is the answer")


def _is_too_full(areas: Sequence[Area], setting: Setting, looser: Setting) -> bool:
    """Whether a sheet surely won't fit in a looser setting, which has as many lines or more."""
    growth = looser.line / setting.line - 1
    return any(area.lines * growth > area.room for area in areas)


def _looser(areas: Sequence[Area], settings: Sequence[Setting], number: int) -> int:
    """The loosest setting for which there seems to be room; at least the next one."""
    for looser in range(number):
        if all(_growth(area, settings[number], settings[looser]) <= area.room for area in areas):
            return looser
    return number - 1


def _tighter(areas: Sequence[Area], settings: Sequence[Setting], number: int) -> int:
    """The loosest of the tighter settings in which the sheet seems to fit."""
    for tighter in range(number + 1, len(settings)):
        if all(_growth(area, settings[number], settings[tighter]) <= area.room for area in areas):
            return tighter
    return len(settings) - 1


def _growth(area: Area, setting: Setting, other: Setting) -> float:
    """How much taller an area seems to be in another setting, in CSS pixels."""
    # Lines have another height, and there are more or fewer, because they break elsewhere.
    lines = other.line * other.text / (setting.line * setting.text) - 1
    return area.lines * lines + area.gaps * (other.space / setting.space - 1)


def _areas(document: Document, pages: int) -> Iterator[Area]:
    found = list(sections(document))
    sides = [list(parts) for _, parts in groupby(found, lambda part: part.box.element)]
    if len(sides) == pages:
        for first, *further in sides:
            # Whatever runs on to another page is too much for the first.
            yield _area((first, *further), first.foot - first.end - _height(further))
    elif found:
        # Text that runs on from page to page. A guide has no sides, and any number of pages.
        # On a page, one side may end and the next one begin.
        allowed = {id(page._page_box) for page in document.pages[:pages]}
        over = _height([part for part in found if id(part.page) not in allowed])
        yield _area(found, -over if over else _free(found))
    for card in cards(document):
        end = card.content_box_y() + card.height
        room = end - max(text.position_y + text.height for text in texts(card))
        yield Area(room + _between(card), _stack(card))


def _area(parts: Sequence[SheetSide], room: float) -> Area:
    lines = sum(_stack(part.box) for part in parts)
    return Area(room, lines, _height(parts) - lines)


def _free(parts: Sequence[SheetSide]) -> float:
    """The room below the last line of each page: parts that are kept together leave some."""
    free = {
        id(part.page): part.foot
        - max((text.position_y + text.height for text in texts(part.box)), default=part.start)
        for part in parts
    }
    return sum(free.values())


def _between(card: Any) -> float:
    """The free space between the parts of a card of which the last one stands at its foot."""
    if card.style["align_content"] != ("space-between",):
        return 0
    rows = ((part.border_box_y(), part.border_height()) for part in card.children)
    free = (low - top - height for (top, height), (low, _) in pairwise(rows))
    gaps = card.style["row_gap"].value * (len(card.children) - 1)
    return float(sum(free) - gaps)


def _height(parts: Sequence[SheetSide]) -> float:
    return sum(part.end - part.start for part in parts)


def _stack(box: Any) -> float:
    """The height of the tallest stack of lines, each below the line before it."""
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
