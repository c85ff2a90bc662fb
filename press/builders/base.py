"""The interface of a builder, from the plan to the picture of an artifact's first page."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
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
    """A rendered file: its bytes, and its number of pages or slides.

    `setting` is what copyfit chose, if anything; `slots` are the places that show the school.
    """

    data: bytes
    pages: int
    setting: Setting | None = None
    slots: tuple[Slot, ...] = ()


class Builder(ABC):
    """Makes one kind of artifact for a pack, during one build.

    Builders are pickled and sent to other processes, so they import heavy modules only where they
    use them. `kind` is the kind of their artifacts (`Artifact.kind`).
    """

    kind: ClassVar[str]

    #: Whether WeasyPrint lays its artifacts out.
    needs_weasyprint: ClassVar[bool] = False

    #: Whether its artifacts show slides, so that the deck must be composed first.
    needs_slides: ClassVar[bool] = False

    #: Whether its pages can be shown only when the file is made.
    pages_need_file: ClassVar[bool] = True

    #: Whether the download page shows a picture of their first page.
    has_thumbnail: ClassVar[bool] = True

    def __init__(
        self,
        pack: Pack,
        draft: DeckDraft,
        translated: Mapping[str, Pack] = MappingProxyType({}),
    ) -> None:
        """`draft` is the pack's deck, which all builders of the pack share.

        `translated` is the pack in other languages, by their tags.
        """
        self.pack = pack
        self.draft = draft
        self.translated = dict(translated)

    @abstractmethod
    def plan(self, wanted: Edition | None) -> Iterator[Artifact]:
        """The artifacts of this kind that the pack declares, in order.

        `wanted` is the only edition of each sheet to make, instead of all that are declared.
        """

    def plan_edition(self, id: str, edition: Edition) -> Artifact | None:
        """An edition that the pack does not declare; None if it can't be made."""
        return None

    @abstractmethod
    def shows(self, artifact: Artifact) -> Iterator[YamlPath]:
        """The parts of the content file that an artifact may show."""

    @abstractmethod
    def fingerprint(self, artifact: Artifact) -> Iterator[str]:
        """Everything that determines an artifact's bytes, besides the program and named files."""

    def prepare(self) -> None:  # noqa: B027 (most have nothing to prepare)
        """Compute once what several processes need, so that it can be passed on to them."""

    @abstractmethod
    def render(self, group: Group, first: Setting | None = None) -> Sequence[FileData]:
        """The files of artifacts that are laid out together, in their order. A pure function.

        `first` is the copyfit setting to try first. Raises `ContentError` if the content does
        not fit.
        """

    @abstractmethod
    def preflight(self, artifact: Artifact, data: bytes) -> "Iterator[Finding]":
        """Everything that makes a file unfit for the people who get it."""

    @abstractmethod
    def thumbnail(self, artifact: Artifact, data: bytes) -> bytes:
        """The first page or slides of a file as a small WebP picture, for the download page."""

    @abstractmethod
    def pages(
        self, artifact: Artifact, data: bytes, *, texts: bool = True
    ) -> "Iterator[ShownPage]":
        """The pages of a file as the preview shows them; without their texts, if that is quicker.

        Raises `ContentError` as `render` does.
        """
