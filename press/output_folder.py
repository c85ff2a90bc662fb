"""A pack's output folder: what must be made and why, what is kept, and what is written."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from languages.tags import english_name
from pack.artifacts import Artifact, pack_name, thumbnail_name
from pack.documents import Edition
from pack.hashing import sha256_of_bytes, sha256_of_file
from pack.problems import Fault, Place, Problem, Severity
from pack.theme import Setting
from preflight.checks import as_problem
from press.build_id import program
from press.builders import PackBuilders
from press.fingerprint import leaves, named_files, reason
from press.manifest import NAME, Manifest, ManifestEntry, read_manifest, to_json
from press.options import FileRow

if TYPE_CHECKING:
    from press.options import BuildOptions
    from press.render import Rendered
    from website.pages import Download

#: The download page, which only builds of a whole pack create.
_PAGE = "index.html"

#: The reports. A refused build writes them too, so other bytes in them aren't somebody's work.
_REPORTS = ("preflight.json", "preflight.html")


class OutputFolder:
    """The output folder of one pack, during one build."""

    def __init__(
        self,
        output: Path,
        builders: PackBuilders,
        artifacts: Sequence[Artifact],
        options: "BuildOptions",
        left_out: Sequence[Problem] = (),
    ) -> None:
        """`left_out` says which sheets can't be made in the edition that was asked for."""
        self.builders = builders
        self.pack = pack = builders.pack
        self.options = options
        self.left_out = [one for one in left_out if one.place.file == pack.origin.file]
        self.path = output / pack_name(pack)
        self.old = read_manifest(self.path)
        self.whole = options.whole
        #: Whether the reports and the download page must be kept up to date with the files.
        self.paged = options.whole or _PAGE in self.old.others
        self.artifacts = [one for one in artifacts if one.pack == pack_name(pack)]
        if self.whole:
            self.artifacts += self._editions(self.old.entries)
        self.leaves = leaves(pack)
        self.fingerprints = builders.fingerprints(self.artifacts)
        #: The artifacts to make, each with the reason.
        self.due = {
            one: self._reason(one)
            for one in self.artifacts
            if options.force or not self._is_current(one)
        }
        self.removed: list[Path] = []
        #: The languages that the page links, and the files of their translations.
        self.languages = self.old.languages
        self.translations: Sequence[Path] = ()
        #: The folders of languages that the pack no longer has.
        self.gone: Sequence[Path] = ()

    def settings(self) -> Iterator[tuple[Artifact, Setting]]:
        """The settings of sheets in the last build, with which copyfit begins."""
        for artifact in self.due:
            entry = self.old.entries.get(artifact.file)
            if entry and entry.step:
                yield artifact, Setting(*entry.step)

    def rows(self, rendered: "Mapping[Artifact, Rendered]") -> Iterator[FileRow]:
        """The rows of the build's table, in the order of the content."""
        for artifact in self.artifacts:
            entry = self._entry(artifact, rendered)
            seconds = rendered[artifact].seconds if artifact in rendered else 0
            yield entry.row(self.path / artifact.file, seconds, self.due.get(artifact, ""))

    def findings(self, rendered: "Mapping[Artifact, Rendered]") -> Iterator[Problem]:
        """The preflight findings on all artifacts, including those that were kept."""
        for artifact in self.artifacts:
            for finding in self._entry(artifact, rendered).findings:
                yield as_problem(self.pack, artifact, finding)

    def publish_reports(
        self, rendered: "Mapping[Artifact, Rendered]", content_warnings: Sequence[Problem]
    ) -> Path:
        """Write only the reports of what is wrong. Returns the one for people."""
        from press.publish import publish

        publish(self.path, dict(self._reports(rendered, content_warnings)))
        return self.path / _REPORTS[-1]

    def publish(
        self,
        rendered: "Mapping[Artifact, Rendered]",
        content_warnings: Sequence[Problem],
        facts: Mapping[str, Any] | None = None,
        *,
        alone: bool = False,
    ) -> tuple[Problem, ...]:
        """Publish what was made. Returns a warning for each changed file that was kept aside.

        `content_warnings` are the warnings about the content, `facts` the dictionary results for
        its words. With `alone`, the reports and the page are left as they are.
        """
        from press.publish import publish

        fresh = {artifact: one for artifact, one in rendered.items() if artifact in self.due}
        files = {artifact.file: one.data for artifact, one in fresh.items()}
        files |= {
            thumbnail_name(one.artifact): one.picture for one in fresh.values() if one.picture
        }
        warnings = (*content_warnings, *self.findings(rendered))
        if self.paged and not alone:
            from website.pages import render

            files |= self._reports(rendered, content_warnings)
            files |= render(self.pack, list(self._downloads(rendered)), languages=self.languages)
        entries = {one.file: self._entry(one, rendered) for one in self.artifacts}
        others = {
            name: sha256_of_bytes(data) for name, data in files.items() if name not in entries
        }
        gone: list[str] = []
        if self.whole:
            known = (*self.old.entries, *self.old.others)
            gone = [name for name in known if name not in entries and name not in others]
        else:
            entries = {**self.old.entries, **entries}
            others = {**self.old.others, **others}
        aside = dict(self._aside(files, gone))
        manifest = Manifest(
            program=program(),
            inputs=dict(self._inputs()) if self.whole else {},
            # Reasons compare a build with the last build of the whole pack.
            leaves=self.leaves if self.whole else self.old.leaves or self.leaves,
            entries=entries,
            others=others,
            warnings=warnings,
            words=self.old.words if facts is None else facts,
            languages=self.languages,
        )
        theirs = [file.relative_to(self.path).as_posix() for file in self._files_of_gone()]
        publish(self.path, {**files, NAME: to_json(manifest)}, [*gone, *theirs], aside)
        self.removed = [self.path / name for name in gone if name not in aside]
        for folder in self.gone:
            self.removed.append(folder)
            for empty in (folder / "assets", folder):
                with suppress(OSError):  # somebody's own files are in it
                    empty.rmdir()
        return tuple(self._kept(name, other) for name, other in aside.items())

    def _downloads(self, rendered: "Mapping[Artifact, Rendered]") -> "Iterator[Download]":
        """Every artifact for the download page, with a picture of its first page."""
        from website.pages import Download

        for artifact in self._existing(rendered):
            yield Download(
                artifact.file,
                artifact.id,
                artifact.edition,
                self._entry(artifact, rendered).pages,
                self._data(artifact, rendered),
                rendered[artifact].picture if artifact in rendered else self._picture(artifact),
            )

    def _picture(self, artifact: Artifact) -> bytes:
        """The picture of the first page of a file that was kept, or empty."""
        name = thumbnail_name(artifact)
        file = self.path / name
        entry = self.old.entries.get(artifact.file)
        if (
            artifact.edition.name
            or not (entry and entry.pictured)
            or sha256_of_file(file) != self.old.others.get(name, "-")
        ):
            return b""
        return file.read_bytes()

    def _existing(self, rendered: "Mapping[Artifact, Rendered]") -> list[Artifact]:
        """Every artifact that is made now or was made before, in the order of the content."""
        if self.whole:
            return self.artifacts
        own = [one for one in rendered if one in self.fingerprints]
        known = {**self.old.entries, **{one.file: self._entry(one, rendered) for one in own}}
        every = [*self.builders.plan(), *self._editions(known)]
        return [
            one
            for one in every
            if one in rendered or (one.file in known and (self.path / one.file).is_file())
        ]

    def _editions(self, entries: Mapping[str, ManifestEntry]) -> Iterator[Artifact]:
        """Undeclared editions that were requested before: they are kept up to date, too."""
        planned = {one.file for one in self.builders.plan()}
        for name, entry in entries.items():
            if name not in planned:
                edition = Edition.model_construct(
                    paper=entry.paper, ink=entry.ink, size=entry.size, languages=entry.languages
                )
                if found := self.builders.plan_edition(entry.kind, entry.id, edition):
                    yield found

    def _is_current(self, artifact: Artifact) -> bool:
        entry = self.old.entries.get(artifact.file)
        return bool(
            entry is not None
            and not self._needs_picture(artifact)
            and entry.fingerprint == self.fingerprints[artifact]
            and entry.sha256 == sha256_of_file(self.path / artifact.file)
        )

    def _needs_picture(self, artifact: Artifact) -> bool:
        """Whether the download page needs a picture of it that was not made with it."""
        wanted = self.whole and self.builders.of(artifact).has_thumbnail
        return wanted and not artifact.edition.name and not self._picture(artifact)

    def _reason(self, artifact: Artifact) -> str:
        entry = self.old.entries.get(artifact.file)
        if entry is None:
            return "new"
        if not (self.path / artifact.file).exists():
            return "the file was missing"
        if self._needs_picture(artifact):
            return "the download page needs a picture of it"
        if entry.fingerprint == self.fingerprints[artifact]:
            return (
                "the file was changed by hand"
                if not self._is_current(artifact)
                else "--force was given"
            )
        if self.old.program != program():
            return "the program or its templates changed"
        if (tag := artifact.edition.other_language) and self.old.leaves == self.leaves:
            return f"a translation into {english_name(tag)} changed"
        shows = self.builders.of(artifact).shows(artifact)
        return reason(shows, self.old.leaves, self.leaves)

    def _entry(self, artifact: Artifact, rendered: "Mapping[Artifact, Rendered]") -> ManifestEntry:
        if artifact not in rendered:
            return self.old.entries[artifact.file]
        one = rendered[artifact]
        setting = one.setting
        return ManifestEntry(
            id=artifact.id,
            kind=artifact.kind,
            paper=artifact.edition.paper,
            ink=artifact.edition.ink,
            size=artifact.edition.size,
            fingerprint=self.fingerprints[artifact],
            sha256=sha256_of_bytes(one.data),
            bytes=len(one.data),
            pages=one.pages,
            step=(setting.text, setting.leading, setting.space) if setting else None,
            findings=one.findings,
            pictured=bool(one.picture),
            languages=artifact.edition.languages,
        )

    def _inputs(self) -> Iterator[tuple[str, str]]:
        """The files that the whole pack is made from, relative to the content file's folder."""
        for file in (self.pack.origin.file, *named_files(self.pack), *self.translations):
            yield file.relative_to(self.pack.folder).as_posix(), sha256_of_file(file)
        if self.options.languages or self.options.drafts:
            yield "some languages", "-"  # matches no digest: the next build is of all of them
        if self.builders.draft.template != self.pack.deck_template:
            yield "a foreign template", "-"  # matches no digest: never skip a build with it

    def _reports(
        self, rendered: "Mapping[Artifact, Rendered]", content_warnings: Sequence[Problem]
    ) -> dict[str, bytes]:
        from preflight.report import Checked, to_html, to_json

        checked = []
        for artifact in self._existing(rendered):
            entry = self._entry(artifact, rendered)
            step = Setting(*entry.step) if entry.step else None
            data = self._data(artifact, rendered)
            checked.append(Checked(artifact, data, entry.pages, step, entry.findings))
        reports = (
            to_json(self.pack, checked, content_warnings),
            to_html(self.pack, checked, content_warnings),
        )
        return dict(zip(_REPORTS, reports, strict=True))

    def _data(self, artifact: Artifact, rendered: "Mapping[Artifact, Rendered]") -> bytes:
        return (
            rendered[artifact].data
            if artifact in rendered
            else (self.path / artifact.file).read_bytes()
        )

    def _aside(self, files: Mapping[str, bytes], gone: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Files that were changed since the last build, and the names under which to keep them."""
        from press.publish import free_name

        for name in sorted({*files, *gone}.difference(_REPORTS)):
            entry = self.old.entries.get(name)
            known = entry.sha256 if entry else self.old.others.get(name)
            there = sha256_of_file(self.path / name)
            if (
                not there
                or there == known
                or (name in files and there == sha256_of_bytes(files[name]))
            ):
                continue
            yield name, free_name(self.path, name)

    def _files_of_gone(self) -> Iterator[Path]:
        """Everything in the folders of languages that are gone, as the program made it."""
        for folder in self.gone:
            manifest = read_manifest(folder)
            known = {name: entry.sha256 for name, entry in manifest.entries.items()}
            for name, value in {**known, **manifest.others}.items():
                if sha256_of_file(folder / name) == value:
                    yield folder / name
            yield folder / NAME

    def _kept(self, name: str, other: str) -> Problem:
        return Problem(
            Place(self.path / name),
            "",
            Fault(
                f"this file was changed by hand, so it was kept as {other}",
                "Make such changes in the content file, so that every sheet and slide gets them.",
            ),
            Severity.WARNING,
        )
