"""Which artifacts a pack makes, and from what."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pack.documents import PLAIN, Edition, Handout
from pack.errors import UnknownArtifact
from pack.model import Pack
from pack.problems import nearest
from pack.theme import load_theme


@dataclass(frozen=True)
class Artifact:
    """A file to make: a "sheet", the "deck", or a "guide" that goes with the deck.

    `pages` is how many pages, or slides, it is planned to have; 0 if that follows from the deck
    or nobody said so. `edition` is the edition of a sheet: its paper, ink and size.
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


def thumbnail_name(artifact: Artifact) -> str:
    """Where the picture of an artifact's first page lies, below the pack's output folder."""
    return f"assets/{artifact.id}.webp"


def pack_name(pack: Pack) -> str:
    """The name of a pack, and of its output folder: that of its file."""
    return pack.origin.file.stem


def artifacts(pack: Pack, wanted: Edition | None = None) -> Iterator[Artifact]:
    """Everything that a pack makes, in its own order.

    `wanted` is the one edition of each sheet to make; without it, all that the content declares.
    """
    name = pack_name(pack)
    for handout in pack.handouts:
        declared = (PLAIN, *handout.variants)
        yield from (sheet(pack, handout, one) for one in ((wanted,) if wanted else declared))
    if pack.deck:
        layouts = ", ".join(dict.fromkeys(slide.layout for slide in pack.deck.slides))
        yield Artifact(
            name, pack.deck.id, f"{pack.deck.id}.pptx", "deck", len(pack.deck.slides), layouts
        )
        paper = Edition.model_construct(paper=wanted.paper if wanted else "letter")
        for document in (pack.deck.guide, pack.deck.notes_sheet):
            if document:
                source = f"the slides of {pack.deck.id}"
                file = f"{document.id}{paper.name}.pdf"
                yield Artifact(name, document.id, file, "guide", 0, source, paper)


def sheet(pack: Pack, handout: Handout, edition: Edition) -> Artifact:
    """An edition of a sheet."""
    kinds = ", ".join(dict.fromkeys(block.kind for block in handout.blocks))
    return Artifact(
        pack_name(pack),
        handout.id,
        f"{handout.id}{edition.name}.pdf",
        "sheet",
        pack.pages_of(handout, edition) or 0,
        f"{handout.template}: {kinds}",
        edition,
    )


def choose(
    packs: Iterable[Pack], only: Collection[str], wanted: Edition | None = None
) -> list[Artifact]:
    """The artifacts of all packs, or of these only those named: by id, or by file.

    Raises `UnknownArtifact` if a name is nobody's.
    """
    every = [artifact for pack in packs for artifact in artifacts(pack, wanted)]
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
