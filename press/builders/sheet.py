"""Sheets: PDF files laid out by WeasyPrint, in the editions that the pack declares."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pack.artifacts import Artifact, pack_name
from pack.documents import PLAIN, Edition, Handout
from pack.model import Pack, YamlPath
from pack.theme import Setting
from press.builders.base import Builder, FileData, Group
from press.fingerprint import shown_paths

if TYPE_CHECKING:
    from preflight.findings import Finding
    from press.shown_pages import ShownPage


class SheetBuilder(Builder):
    """The handouts of a pack."""

    kind = "sheet"
    needs_weasyprint = True

    def plan(self, wanted: Edition | None) -> Iterator[Artifact]:
        for handout in self.pack.handouts:
            declared = [one for one in (PLAIN, *handout.variants) if self._can_make(one)]
            yield from (self._artifact(handout, one) for one in ((wanted,) if wanted else declared))

    def plan_edition(self, id: str, edition: Edition) -> Artifact | None:
        handout = next((one for one in self.pack.handouts if one.id == id), None)
        return self._artifact(handout, edition) if handout and self._can_make(edition) else None

    def _can_make(self, edition: Edition) -> bool:
        """Whether there is the language beside the pack's own, if the edition has one."""
        return not edition.languages or edition.other_language in self.translated

    def _artifact(self, handout: Handout, edition: Edition) -> Artifact:
        kinds = ", ".join(dict.fromkeys(block.kind for block in handout.blocks))
        return Artifact(
            pack_name(self.pack),
            handout.id,
            f"{handout.id}{edition.name}.pdf",
            self.kind,
            self.pack.pages_of(handout, edition) or 0,
            f"{handout.template}: {kinds}",
            edition,
        )

    def shows(self, artifact: Artifact) -> Iterator[YamlPath]:
        yield self.pack.path_of(artifact.id)
        yield from shown_paths(self.pack, self._handout(artifact).blocks)

    def fingerprint(self, artifact: Artifact) -> Iterator[str]:
        from handouts.html import sheet_html

        handout = self._handout(artifact)
        yield f"{handout.template} {artifact.pages}"
        yield sheet_html(self.pack, handout, artifact.edition, self._beside(artifact))

    def render(self, group: Group, first: Setting | None = None) -> Sequence[FileData]:
        from handouts import sheets

        inks = [one.edition.ink for one in group]
        handout, edition = self._handout(group[0]), group[0].edition
        beside = self._beside(group[0])
        sheet = sheets.render(self.pack, handout, edition, inks, first, beside)
        return [FileData(sheet.data[ink], sheet.pages, sheet.setting, sheet.slots) for ink in inks]

    def preflight(self, artifact: Artifact, data: bytes) -> "Iterator[Finding]":
        from preflight.checks import check_sheet

        handout, beside = self._handout(artifact), self._beside(artifact)
        return check_sheet(self.pack, handout, artifact, data, beside)

    def thumbnail(self, artifact: Artifact, data: bytes) -> bytes:
        from press.thumbnails import first_page

        return first_page(data)

    def pages(
        self, artifact: Artifact, data: bytes, *, texts: bool = True
    ) -> "Iterator[ShownPage]":
        from press.shown_pages import pdf_pages

        return pdf_pages(data, texts=texts)

    def _beside(self, artifact: Artifact) -> Pack | None:
        """The pack in the other language of an edition in two."""
        return self.translated.get(artifact.edition.other_language)

    def _handout(self, artifact: Artifact) -> Handout:
        handout = self.pack.document(artifact.id)
        assert isinstance(handout, Handout)  # noqa: S101 (it was planned from one)
        return handout
