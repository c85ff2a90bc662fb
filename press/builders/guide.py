"""Guides to the deck: PDF files that show its slides without a school's name."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pack.artifacts import Artifact, pack_name
from pack.documents import PLAIN, Edition, Guide, NotesSheet
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
        for document in self._documents():
            declared = (PLAIN, *(one.edition for one in document.variants))
            # There is no large print of them, so another size changes nothing.
            asked = wanted and Edition.model_construct(paper=wanted.paper, ink=wanted.ink)
            yield from (self._artifact(document, one) for one in ((asked,) if asked else declared))

    def plan_edition(self, id: str, edition: Edition) -> Artifact | None:
        found = (one for one in self._documents() if one.id == id and edition.size == PLAIN.size)
        return next((self._artifact(document, edition) for document in found), None)

    def _documents(self) -> Iterator[Guide | NotesSheet]:
        deck = self.pack.deck
        yield from filter(None, (deck.guide, deck.notes_sheet) if deck else ())

    def _artifact(self, document: Guide | NotesSheet, edition: Edition) -> Artifact:
        assert self.pack.deck  # noqa: S101 (the document belongs to it)
        return Artifact(
            pack_name(self.pack),
            document.id,
            f"{document.id}{edition.name}.pdf",
            self.kind,
            0,
            f"the slides of {self.pack.deck.id}",
            edition,
        )

    def shows(self, artifact: Artifact) -> Iterator[YamlPath]:
        yield ("deck",)
        yield from shown_paths(self.pack, self.pack.deck.slides if self.pack.deck else ())

    def fingerprint(self, artifact: Artifact) -> Iterator[str]:
        """The document's own text, and what it shows from each slide."""
        from handouts.html import guide_html

        document, labels = self._document(artifact), self.pack.labels
        yield guide_html(self.pack, document)
        yield repr((labels.continued, labels.slide_alt))
        for one in self.draft.outline:
            timed = (one.notes, one.section, one.minutes, one.until, one.hand_out)
            beside = timed if isinstance(document, Guide) else one.noted
            yield repr((shown_on(one), beside))

    def prepare(self) -> None:
        _ = self.draft.without_school.on_paper

    def render(self, group: Group, first: Setting | None = None) -> Sequence[FileData]:
        from handouts import guide

        pictures = self.draft.without_school.on_paper
        slides = [
            guide.SlidePage(
                number=number,
                title=content.title.in_one_row,
                picture=picture,
                alt=self.draft.alt_of(number, content),
                clock=content.notes.clock,
                notes=content.notes.parts,
                section=content.section,
                # A slide that runs on takes its minutes once.
                minutes=content.minutes if content.notes.clock else 0,
                until=content.until,
                hand_out=content.hand_out,
                video=content.layout == "Video",
                hidden=content.hidden,
                noted=content.noted,
            )
            for number, (content, picture) in enumerate(pictures, start=1)
        ]
        document, paper = self._document(group[0]), group[0].edition.paper
        inks = [one.edition.ink for one in group]
        sheet = guide.render(self.pack, document, slides, paper, inks)
        return [FileData(sheet.data[ink], sheet.pages, slots=sheet.slots) for ink in inks]

    def preflight(self, artifact: Artifact, data: bytes) -> "Iterator[Finding]":
        from preflight.checks import check_guide

        document, slides = self._document(artifact), self.draft.outline
        codes = {self.pack.videos[name].url for name in getattr(document, "videos", ())}
        for slide in slides:
            if slide.code and (isinstance(document, Guide) or (slide.noted and not slide.hidden)):
                codes.add(slide.code.address)
        parts = [part for slide in slides for part in slide.notes.parts]
        colon = self.pack.script.colon
        sources = [line for part in parts if part.kind == "source" for line in part.lines(colon)]
        return check_guide(self.pack, artifact, data, codes, sources)

    def thumbnail(self, artifact: Artifact, data: bytes) -> bytes:
        from press.thumbnails import first_page

        return first_page(data)

    def pages(
        self, artifact: Artifact, data: bytes, *, texts: bool = True
    ) -> "Iterator[ShownPage]":
        from press.shown_pages import pdf_pages

        return pdf_pages(data, texts=texts)

    def _document(self, artifact: Artifact) -> Guide | NotesSheet:
        document = self.pack.document(artifact.id)
        assert isinstance(document, Guide | NotesSheet)  # noqa: S101 (it was planned from one)
        return document
