"""Where a sheet shows its school, for those who put another school into a finished one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Slot:
    """Where the school's words stand in lines of their own: page from 0, edges in pt from its foot.

    In the templates it is an element with `data-slot`: nothing but the school's words, set flush
    left, so that nothing around it moves as long as they take as many lines.
    """

    page: int
    left: float
    bottom: float
    right: float
    top: float
