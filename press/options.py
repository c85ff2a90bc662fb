"""The options and the report of a build. Light: importing it loads no model and no renderer."""

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

    `seconds` is the time it took. `setting` is the text size in pt, the line height and the factor
    for spaces that copyfit chose, if any.
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
    """What a build made or kept, in the order of the content, what it removed, and its warnings."""

    rows: tuple[FileRow, ...]
    removed: tuple[Path, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class BuildOptions:
    """What to build.

    `only` are the names of artifacts; if empty, all are built. `wanted` is the only edition of each
    sheet to make, instead of all that the content declares. `force` also makes what has not
    changed. `deck_template` is a PowerPoint file to use for decks instead of ours. `languages` are
    the tags of the only ones to build besides the content's own; by default all that are ready.
    `drafts` also builds those that are not ready.
    """

    only: Collection[str] = ()
    release: bool = False
    force: bool = False
    deck_template: Path | None = None
    wanted: "Edition | None" = None
    languages: Collection[str] = ()
    drafts: bool = False

    @property
    def whole(self) -> bool:
        """Whether to build everything that the content declares."""
        return not (self.only or self.wanted)
