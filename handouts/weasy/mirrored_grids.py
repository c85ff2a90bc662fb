"""Grids in text from right to left, whose first column is at the right.

WeasyPrint puts the columns of every grid from left to right (CSS Grid 2, 2.4, says otherwise).

Relies on `weasyprint.layout.block.grid_layout`, which it replaces and which gives the grid's box
first, and on boxes with `translate`. What a grid itself positions absolutely moves with its child.
"""

from typing import Any

import weasyprint.layout.block
from weasyprint.layout.grid import grid_layout


def mirror_grids() -> None:
    """Make WeasyPrint mirror grids in text from right to left from now on."""
    weasyprint.layout.block.grid_layout = _mirrored


def _mirrored(*arguments: Any) -> Any:
    result = grid_layout(*arguments)
    grid = result[0]
    if grid is not None and grid.style["direction"] == "rtl":
        ends = 2 * grid.content_box_x() + grid.width
        for child in grid.children:
            right = child.position_x + child.margin_width()
            child.translate(dx=ends - right - child.position_x)
    return result
