"""What a build is asked for, and what it tells. Light: nothing is read or rendered."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pack.problems import Problem

if TYPE_CHECKING:
    from pack.documents import Edition


@dataclass(frozen=True)
class FileRow:
    """A file, and why it was made; `reason` is empty if it was kept.

    `seconds` is what it took, `setting` the size of text, its line height and the factor for spaces
    that copyfit chose, if it did.
    """

    path: Path
    kind: str
    pages: int
    bytes: int
    seconds: float
    reason: str
    setting: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class BuildReport:
    """What a build made and kept, in the content's order, what it removed, what it warns of."""

    rows: tuple[FileRow, ...]
    removed: tuple[Path, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class BuildOptions:
    """What a build is asked for.

    `only` are the names of artifacts, all if there are none. `wanted` is the one edition of each
    sheet to make, if not all that the content declares. `force` makes what need not be made.
    `deck_template` is a PowerPoint file to build decks on instead of our own.
    """

    only: Collection[str] = ()
    release: bool = False
    force: bool = False
    deck_template: Path | None = None
    wanted: "Edition | None" = None

    @property
    def whole(self) -> bool:
        """Whether everything is built that the content declares."""
        return not (self.only or self.wanted)
