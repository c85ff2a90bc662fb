"""The deck: a PowerPoint file."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pack.artifacts import Artifact, pack_name
from pack.documents import Edition
from pack.model import YamlPath
from pack.theme import Setting
from press.builders.base import Builder, FileData, Group
from press.fingerprint import shown_on, shown_paths

if TYPE_CHECKING:
    from preflight.findings import Finding
    from press.shown_pages import ShownPage


class DeckBuilder(Builder):
    """The deck of a pack."""

    kind = "deck"
    needs_slides = True
    pages_need_file = False

    def plan(self, wanted: Edition | None) -> Iterator[Artifact]:
        if deck := self.pack.deck:
            layouts = ", ".join(dict.fromkeys(slide.layout for slide in deck.slides))
            yield Artifact(
                pack_name(self.pack),
                deck.id,
                f"{deck.id}.pptx",
                self.kind,
                len(deck.slides),
                layouts,
            )

    def shows(self, artifact: Artifact) -> Iterator[YamlPath]:
        yield ("deck",)
        yield from shown_paths(self.pack, self.pack.deck.slides if self.pack.deck else ())

    def fingerprint(self, artifact: Artifact) -> Iterator[str]:
        pack, about, deck = self.pack, self.pack.about, self.pack.deck
        for one in self.draft.outline:
            yield repr((one.key, shown_on(one), one.notes, one.section))
        yield repr(
            (pack.school, pack.publisher.name, about.title, about.description, about.revised)
        )
        draft = pack.is_draft and pack.labels.draft
        yield repr((pack.locale, pack.labels.continued, deck and deck.title, draft))

    def prepare(self) -> None:
        _ = self.draft.composition

    def render(self, group: Group, first: Setting | None = None) -> Sequence[FileData]:
        from slides import deck
        from slides.zip_writer import count_slides

        data = deck.render(self.draft)
        return [FileData(data, count_slides(data))]

    def preflight(self, artifact: Artifact, data: bytes) -> "Iterator[Finding]":
        from preflight.checks import check_deck
        from preflight.powerpoint.pictures import check_pictures

        yield from check_deck(self.pack, data, self.draft.template)
        yield from check_pictures(self.draft.composition, self.pack.origin)

    def thumbnail(self, artifact: Artifact, data: bytes) -> bytes:
        from press.thumbnails import first_slides

        return first_slides(self.draft)

    def pages(
        self, artifact: Artifact, data: bytes, *, texts: bool = True
    ) -> "Iterator[ShownPage]":
        from press.shown_pages import slide_pages

        return slide_pages(self.draft)
