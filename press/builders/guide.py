"""Guides to the deck: PDF files that show its slides without a school's name."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pack.artifacts import Artifact, pack_name
from pack.documents import Edition, Guide, NotesSheet
from pack.model import YamlPath
from pack.theme import Setting
from press.builders.base import Builder, FileData, Group
from press.fingerprint import shown_on, shown_paths

if TYPE_CHECKING:
    from preflight.findings import Finding
    from press.shown_pages import ShownPage


class GuideBuilder(Builder):
    """The presenter's guide and the audience's notes sheet."""

    kind = "guide"
    needs_weasyprint = True
    needs_slides = True

    def plan(self, wanted: Edition | None) -> Iterator[Artifact]:
        if not (deck := self.pack.deck):
            return
        paper = Edition.model_construct(paper=wanted.paper if wanted else "letter")
        for document in (deck.guide, deck.notes_sheet):
            if document:
                file, source = f"{document.id}{paper.name}.pdf", f"the slides of {deck.id}"
                yield Artifact(pack_name(self.pack), document.id, file, self.kind, 0, source, paper)

    def shows(self, artifact: Artifact) -> Iterator[YamlPath]:
        yield ("deck",)
        yield from shown_paths(self.pack, self.pack.deck.slides if self.pack.deck else ())

    def fingerprint(self, artifact: Artifact) -> Iterator[str]:
        """The document's own text, and what it shows from each slide."""
        from handouts.html import guide_html

        document, labels = self._document(artifact), self.pack.labels
        yield guide_html(self.pack, document, ())
        yield repr((labels.continued, labels.slide_alt))
        for one in self.draft.outline:
            beside = (one.notes, one.until, one.hand_out) if isinstance(document, Guide) else ()
            yield repr((shown_on(one), beside))

    def prepare(self) -> None:
        _ = self.draft.without_school.composition

    def render(self, group: Group, first: Setting | None = None) -> Sequence[FileData]:
        from handouts import guide

        (artifact,) = group
        slides = [
            guide.SlidePage(
                number=number,
                title=content.title.text,
                picture=picture,
                notes=content.notes.lines,
                until=content.until,
                hand_out=content.hand_out,
                hidden=content.hidden,
            )
            for number, (content, picture) in enumerate(
                self.draft.without_school.pictures(), start=1
            )
        ]
        document, paper = self._document(artifact), artifact.edition.paper
        sheet = guide.render(self.pack, document, slides, paper)
        return [FileData(sheet.data["color"], sheet.pages, slots=sheet.slots)]

    def preflight(self, artifact: Artifact, data: bytes) -> "Iterator[Finding]":
        from preflight.checks import check_guide

        codes = [slide.code.address for slide in self.draft.outline if slide.code]
        return check_guide(self.pack, artifact, data, codes)

    def thumbnail(self, artifact: Artifact, data: bytes) -> bytes:
        from press.thumbnails import first_page

        return first_page(data)

    def pages(self, artifact: Artifact, data: bytes) -> "Iterator[ShownPage]":
        from press.shown_pages import pdf_pages

        return pdf_pages(data)

    def _document(self, artifact: Artifact) -> Guide | NotesSheet:
        document = self.pack.document(artifact.id)
        assert isinstance(document, Guide | NotesSheet)  # noqa: S101 (it was planned from one)
        return document
