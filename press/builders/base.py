"""What it takes to make one kind of artifact, from the plan to the picture of its first page."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from handouts.slots import Slot
from pack.artifacts import Artifact
from pack.documents import Edition
from pack.model import Pack, YamlPath
from pack.theme import Setting
from slides.draft import DeckDraft

if TYPE_CHECKING:
    from preflight.findings import Finding
    from press.shown_pages import ShownPage

#: Artifacts that are laid out together.
Group = tuple[Artifact, ...]


@dataclass(frozen=True)
class FileData:
    """A file as it was laid out: its bytes, and how many pages or slides it has.

    `setting` is that of copyfit that it is set in, if any; `slots` are where it shows the school.
    """

    data: bytes
    pages: int
    setting: Setting | None = None
    slots: tuple[Slot, ...] = ()


class Builder(ABC):
    """All that is done with one kind of artifact of a pack. It lives for one build.

    A builder goes from process to process with what it holds, so it imports what is heavy only
    where that is used. `kind` is the kind of its artifacts (`Artifact.kind`).
    """

    kind: ClassVar[str]

    #: Whether WeasyPrint lays its artifacts out.
    needs_weasyprint: ClassVar[bool] = False

    #: Whether it shows slides: then the deck is composed before it is made.
    needs_slides: ClassVar[bool] = False

    #: Whether the download page shows its first page.
    has_thumbnail: ClassVar[bool] = True

    def __init__(self, pack: Pack, draft: DeckDraft) -> None:
        """`draft` is the pack's deck, which all builders of a pack share."""
        self.pack = pack
        self.draft = draft

    @abstractmethod
    def plan(self, wanted: Edition | None) -> Iterator[Artifact]:
        """The artifacts of this kind that the pack declares, in its own order.

        `wanted` is the one edition of each sheet to make, if not all that are declared.
        """

    def plan_edition(self, id: str, edition: Edition) -> Artifact | None:
        """An edition that the pack does not declare; None if there can be none."""
        return None

    @abstractmethod
    def shows(self, artifact: Artifact) -> Iterator[YamlPath]:
        """The parts of the content file that an artifact may show."""

    @abstractmethod
    def fingerprint(self, artifact: Artifact) -> Iterator[str]:
        """All that an artifact's bytes follow from, beside the program and the files it names."""

    def prepare(self) -> None:  # noqa: B027 (most have nothing to prepare)
        """Work out what several processes need, once, so that it can be handed on to them."""

    @abstractmethod
    def render(self, group: Group, first: Setting | None = None) -> Sequence[FileData]:
        """The files of artifacts that are laid out together, in their order. A pure function.

        `first` is the setting of copyfit to try first. Raises `ContentError` if the content does
        not fit.
        """

    @abstractmethod
    def preflight(self, artifact: Artifact, data: bytes) -> "Iterator[Finding]":
        """Everything that keeps a file from being fit for the people who get it."""

    @abstractmethod
    def thumbnail(self, artifact: Artifact, data: bytes) -> bytes:
        """The first page of a file as a small WebP picture, for the download page."""

    @abstractmethod
    def pages(self, artifact: Artifact, data: bytes) -> "Iterator[ShownPage]":
        """The pages of a file as the preview shows them."""
