"""Which artifacts a pack makes, and from what."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from press.errors import UnknownArtifact
from source.model import Pack
from source.problems import nearest


@dataclass(frozen=True)
class Artifact:
    """A file to make: a "sheet", the "deck", or a "guide" that goes with the deck.

    `pages` is how many pages, or slides, it is planned to have; 0 if that follows from the deck.
    """

    pack: str
    id: str
    file: str
    kind: str
    pages: int
    source: str

    @property
    def path(self) -> Path:
        """Where it goes, below the output folder."""
        return Path(self.pack) / self.file


def pack_name(pack: Pack) -> str:
    """The name of a pack, and of its output folder: that of its file."""
    return pack.origin.file.stem


def artifacts(pack: Pack) -> Iterator[Artifact]:
    """Everything that a pack makes, in its own order."""
    name = pack_name(pack)
    for handout in pack.handouts:
        kinds = ", ".join(dict.fromkeys(block.kind for block in handout.blocks))
        yield Artifact(
            name,
            handout.id,
            f"{handout.id}.pdf",
            "sheet",
            handout.pages,
            f"{handout.template}: {kinds}",
        )
    if pack.deck:
        layouts = ", ".join(dict.fromkeys(slide.layout for slide in pack.deck.slides))
        yield Artifact(
            name, pack.deck.id, f"{pack.deck.id}.pptx", "deck", len(pack.deck.slides), layouts
        )
        for document in (pack.deck.guide, pack.deck.notes_sheet):
            if document:
                source = f"the slides of {pack.deck.id}"
                yield Artifact(name, document.id, f"{document.id}.pdf", "guide", 0, source)


def choose(packs: Iterable[Pack], only: Collection[str]) -> list[Artifact]:
    """The artifacts of all packs, or of these only those named.

    Raises `UnknownArtifact` if a name is nobody's.
    """
    every = [artifact for pack in packs for artifact in artifacts(pack)]
    known = {artifact.id for artifact in every}
    for name in only:
        if name not in known:
            raise UnknownArtifact(f"Nothing here makes “{name}”. {nearest(name, known)}")
    return [artifact for artifact in every if not only or artifact.id in only]
