"""The lines of a build's table."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """A file, and why it was made; `reason` is empty if it was kept.

    `seconds` is what it took, `step` the size of text, its line height and the factor for spaces
    that copyfit chose, if it did.
    """

    path: Path
    kind: str
    pages: int
    bytes: int
    seconds: float
    reason: str
    step: tuple[float, float, float] | None = None
