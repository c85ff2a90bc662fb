"""One builder for each kind of artifact; `Builder` defines what a builder does.

A new kind is a class in its own file, and an entry in `BUILDERS` (docs/how-to/add-a-kind.md).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pack.artifacts import Artifact
from pack.documents import Edition
from pack.errors import unexpected_errors
from pack.hashing import sha256_of_file, short_digest
from pack.model import Pack
from press.build_id import program
from press.builders.base import Builder, Group
from press.builders.deck import DeckBuilder
from press.builders.guide import GuideBuilder
from press.builders.sheet import SheetBuilder
from press.fingerprint import named_files
from slides.draft import DeckDraft

#: Every kind of artifact, in the order in which a pack's files are made and listed.
BUILDERS: list[type[Builder]] = [SheetBuilder, DeckBuilder, GuideBuilder]


class PackBuilders:
    """The builders of a pack during one build; they share the draft of its deck."""

    def __init__(
        self, pack: Pack, deck_template: Path | None = None, versions: Iterable[Pack] = ()
    ) -> None:
        """`deck_template` is a PowerPoint file to use for decks instead of ours.

        Of `versions`, the translations of this very pack stand beside it on sheets in two
        languages.
        """
        self.pack = pack
        self.draft = DeckDraft(pack, deck_template)
        translated = {
            one.about.language: one
            for one in versions
            if one.origin.translation and one.origin.file == pack.origin.file
        }
        beside = {} if pack.origin.translation else translated
        self._builders = {one.kind: one(pack, self.draft, beside) for one in BUILDERS}

    def of(self, artifact: Artifact) -> Builder:
        """The builder of an artifact."""
        return self._builders[artifact.kind]

    def plan(self, wanted: Edition | None = None) -> list[Artifact]:
        """Everything that the pack makes, in order.

        `wanted` is the only edition of each sheet to make; by default, all declared editions.
        """
        return [artifact for one in self._builders.values() for artifact in one.plan(wanted)]

    def plan_edition(self, kind: str, id: str, edition: Edition) -> Artifact | None:
        """An edition that the pack does not declare; None if it can't be made."""
        builder = self._builders.get(kind)
        return builder.plan_edition(id, edition) if builder else None

    def fingerprints(self, artifacts: Iterable[Artifact]) -> dict[Artifact, str]:
        """A digest of everything that determines each artifact and its findings: 32 hex digits.

        Computing it needs neither WeasyPrint nor python-pptx.
        """
        # The template has no part in sheets.
        pictures = (one for one in named_files(self.pack) if one != self.pack.deck_template)
        files = [sha256_of_file(file) for file in pictures]
        template = sha256_of_file(self.draft.template) if self.draft.template else ""
        found: dict[Artifact, str] = {}
        for group in group_by_layout(artifacts):
            with unexpected_errors(str(group[0].path)):
                same = [*self._parts(group[0], template)]
            for one in group:
                found[one] = short_digest(program(), *files, one.kind, one.edition.name, *same)
        return found

    def _parts(self, artifact: Artifact, template: str) -> Iterator[str]:
        """What determines an artifact, and all that are laid out with it."""
        builder = self.of(artifact)
        if builder.needs_slides:
            yield template
        yield from builder.fingerprint(artifact)

    def prepare(self, artifacts: Iterable[Artifact]) -> None:
        """Compute once what these artifacts share. Raises `ContentError`, `TemplateError`."""
        for kind in dict.fromkeys(one.kind for one in artifacts):
            self._builders[kind].prepare()


def artifacts_of(
    pack: Pack, wanted: Edition | None = None, versions: Iterable[Pack] = ()
) -> list[Artifact]:
    """Everything that a pack makes; see `PackBuilders` and its `plan`."""
    return PackBuilders(pack, versions=versions).plan(wanted)


def group_by_layout(artifacts: Iterable[Artifact]) -> list[Group]:
    """Group artifacts that differ only in ink: each group is laid out once."""
    groups: dict[tuple[str, ...], list[Artifact]] = {}
    for one in artifacts:
        edition = (one.edition.paper, one.edition.size, *one.edition.languages)
        key = (one.pack, one.kind, one.id, *edition)
        groups.setdefault(key, []).append(one)
    return [tuple(group) for group in groups.values()]
