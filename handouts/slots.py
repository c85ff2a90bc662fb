"""Where a sheet shows its school, so that another school can be put into a finished sheet."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Slot:
    """Where the school's words have lines of their own: page from 0, edges in pt from its foot.

    In the templates, it is an element with `data-slot` that holds nothing but the school's words,
    set flush left, so that nothing around it moves as long as they take as many lines.
    """

    page: int
    left: float
    bottom: float
    right: float
    top: float
