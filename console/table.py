"""Tables that fit a terminal: a line for each row, and what rows have in common said only once."""

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from console.messages import Cells

_GAP = "  "

#: A column that is cut must have at least this much room.
_SHORTEST = 16


def fitted(rows: Sequence[Cells], width: int, *, by_last: bool = False) -> Iterator[str]:
    """The rows of a table as lines of at most `width` characters.

    The first cell is a file, whose folder is said once. With `by_last`, rows with the same last
    cell are put together below it. Long cells are cut, and columns that have no room left out.
    """
    groups: dict[tuple[str, str], list[Cells]] = {}
    for file, *others in rows:
        path = PurePath(file)
        heading = others.pop() if by_last else ""
        groups.setdefault((str(path.parent), heading), []).append((path.name, *others))
    shown = [row for group in groups.values() for row in group]
    widths = _widths(shown, width - len(_GAP))
    above = ""
    for (folder, heading), group in groups.items():
        if folder != above:
            yield f"{folder}:"
            above = folder
        if heading:
            yield from textwrap.wrap(
                f"{heading}:", width, break_long_words=False, break_on_hyphens=False
            )
        for row in group:
            cells = (_cut(cell, most).ljust(most) for cell, most in zip(row, widths, strict=False))
            yield _GAP + _GAP.join(cells).rstrip()


def _widths(rows: Sequence[Cells], room: int) -> list[int]:
    """The widths of the columns that there is room for."""
    widths: list[int] = []
    for column in zip(*rows, strict=True):
        left = room - sum(widths) - len(_GAP) * len(widths)
        widest = max(map(len, column))
        if widths and widest > left and left < _SHORTEST:
            break
        widths.append(min(widest, left))
    return widths


def _cut(text: str, most: int) -> str:
    """A text of at most `most` characters: its start, where words say most, and its end."""
    if len(text) <= most:
        return text
    end = max(most // 2 - 1, 1)
    return f"{text[: most - end - 1]}…{text[-end:]}"
