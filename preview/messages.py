"""The messages between the server and the builder."""

from dataclasses import dataclass
from pathlib import Path

from pack.load import FileContents
from pack.problems import Problem


@dataclass(frozen=True)
class Saved:
    """To the builder: a file was saved. `appearance` is True for a template, style or font."""

    appearance: bool


@dataclass(frozen=True)
class Drafted:
    """To the builder: what a content file says as it is being edited; None: as it is saved."""

    file: Path
    contents: FileContents | None


@dataclass(frozen=True)
class Looked:
    """To the builder: somebody is viewing this artifact now (`ArtifactView.key`)."""

    key: str


@dataclass(frozen=True)
class Touched:
    """To the builder: nobody types now, and these artifacts may be wrong after what was changed."""

    keys: tuple[str, ...]


@dataclass(frozen=True)
class Planned:
    """To the server: the artifacts of a pack, in the pack's order."""

    pack: str
    title: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class ProblemsUpdate:
    """To the server: everything that is wrong with a pack or an artifact now, perhaps nothing."""

    subject: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Left:
    """To the server: how many artifacts are not finished yet, and their keys.

    `heard` is the number of the last message of which the builder knows what it leads to; -1 while
    it finds that out.
    """

    number: int
    keys: frozenset[str] = frozenset()
    heard: int = -1


@dataclass(frozen=True)
class Unable:
    """To the server: nothing can be made on this machine, with the reason."""

    reason: str
