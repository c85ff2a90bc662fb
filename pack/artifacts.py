"""The files that a pack makes: what each is, and what it is called."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from pack.documents import PLAIN, Edition
from pack.errors import UnknownArtifact
from pack.formats import format_of, unit_of
from pack.model import Pack
from pack.problems import nearest
from pack.theme import load_theme


@dataclass(frozen=True)
class Artifact:
    """A file to make.

    `kind` is that of its builder: "sheet", "deck", or "guide" for what goes with the deck. `pages`
    is how many pages, or slides, it is planned to have; 0 if that follows from the deck or nobody
    said so. `edition` is that of a sheet: its paper, ink and size.
    """

    pack: str
    id: str
    file: str
    kind: str
    pages: int
    source: str
    edition: Edition = PLAIN

    @property
    def path(self) -> Path:
        """Where it goes, below the output folder."""
        return Path(self.pack) / self.file

    @property
    def format(self) -> str:
        """What its file's name ends in: "pdf" or "pptx"."""
        return format_of(self.file)

    @property
    def unit(self) -> str:
        """What its length is counted in: a "page" or a "slide"."""
        return unit_of(self.file)


def thumbnail_name(artifact: Artifact) -> str:
    """Where the picture of an artifact's first page lies, below the pack's output folder."""
    return f"assets/{artifact.id}.webp"


def pack_name(pack: Pack) -> str:
    """The name of a pack, and of its output folder: that of its file."""
    return pack.origin.file.stem


def choose(every: Sequence[Artifact], only: Collection[str]) -> list[Artifact]:
    """All artifacts, or of these only those named: by id, or by file.

    Raises `UnknownArtifact` if a name is nobody's.
    """
    known = {name for artifact in every for name in _names(artifact)}
    for name in only:
        if name not in known:
            raise UnknownArtifact(f"Nothing here makes “{name}”. {nearest(name, known)}")
    return [artifact for artifact in every if not only or _names(artifact) & set(only)]


def _names(artifact: Artifact) -> set[str]:
    return {artifact.id, Path(artifact.file).stem}


def asked_edition(paper: str | None, ink: str | None, size: str | None) -> Edition | None:
    """The edition that somebody asks for; None if nothing is said of it.

    Raises `UnknownArtifact` if the theme does not know it.
    """
    theme = load_theme()
    for kind, value, known in (
        ("paper", paper, theme.papers),
        ("ink", ink, theme.inks),
        ("size", size, theme.sizes),
    ):
        if value and value not in known:
            raise UnknownArtifact(f"There is no {kind} “{value}”. {nearest(value, known)}")
    if not (paper or ink or size):
        return None
    return Edition.model_construct(
        paper=paper or PLAIN.paper, ink=ink or PLAIN.ink, size=size or PLAIN.size
    )
