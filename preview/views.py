"""Artifacts as the page shows them: pages with their text, findings with their spots."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from pack import markdown
from pack.artifacts import Artifact
from pack.errors import ContentError
from pack.model import Pack
from pack.problems import Fault, Severity
from preflight.checks import place_of
from preflight.findings import Finding, Spot
from press.builders import PackBuilders
from press.render import Rendered, RenderOptions, inspect, make, render
from press.shown_pages import ShownPage

#: How wide the picture of a page is, in pixels.
WIDTH = 900


@dataclass(frozen=True)
class ShownFinding:
    """A finding as the page shows it. `page` counts from 1, 0 is the whole file; `spot` in pt."""

    page: int
    line: int
    severity: str
    fault: Fault
    rule: str
    spot: Spot | None


@dataclass(frozen=True, eq=False)
class ArtifactView:
    """What the page needs to know about an artifact. `data` is the file itself.

    `saved` says whether the output folder has this version of the file. Before it is `inspected`,
    its notes are those of the version before. Views that look the same are equal.
    """

    artifact: Artifact
    title: str
    data: bytes
    pages: tuple[ShownPage, ...]
    notes: tuple[ShownFinding, ...]
    saved: bool = True
    inspected: bool = True

    @property
    def key(self) -> str:
        return key_of(self.artifact)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ArtifactView) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @cached_property
    def digest(self) -> str:
        """A digest that changes with any page, so that each picture has its own address."""
        parts = [self.data, *(page.svg.encode() for page in self.pages)]
        return sha256(b"".join(parts)).hexdigest()[:24]


def key_of(artifact: Artifact) -> str:
    """The name of an artifact that is unique across packs: pack and file."""
    return artifact.path.as_posix()


def make_view(
    builders: PackBuilders, artifact: Artifact, options: RenderOptions
) -> tuple[Rendered, ArtifactView | None]:
    """Render an artifact and make its view; None if the content does not fit."""
    rendered = make(builders, (artifact,), options)[0]
    if rendered.problems:
        return rendered, None
    return rendered, _view(builders, artifact, rendered.data, rendered.findings)


def draw_view(
    builders: PackBuilders, artifact: Artifact, options: RenderOptions
) -> tuple[Rendered, ArtifactView | None]:
    """The same, only to be looked at: not inspected, and a file only if its pages need it."""
    builder = builders.of(artifact)
    drawn = Rendered(artifact, b"", artifact.pages, (), 0)
    if builder.pages_need_file:
        drawn = render(builders, (artifact,), options)[0]
        if drawn.problems:
            return drawn, None
    try:
        view = _view(builders, artifact, drawn.data, (), texts=False)
    except ContentError as error:
        return replace(drawn, problems=error.problems), None
    return drawn, replace(view, inspected=False)


def inspect_view(
    builders: PackBuilders, drawn: Rendered, view: ArtifactView, options: RenderOptions
) -> tuple[Rendered, ArtifactView | None]:
    """What `draw_view` gave, with the findings of preflight."""
    made = drawn
    if not made.data:
        made = render(builders, (view.artifact,), options)[0]
        if made.problems:
            return made, None
    made = inspect(builders, made, options)
    if not builders.of(view.artifact).pages_need_file:
        notes = _notes(builders.pack, view.artifact, made.findings)
        return made, replace(view, notes=notes, inspected=True)
    return made, _view(builders, view.artifact, made.data, made.findings)


def view_file(
    builders: PackBuilders, artifact: Artifact, file: Path, findings: Sequence[Finding]
) -> ArtifactView:
    """Make the view of a finished file. Raises `OSError` if the file is gone."""
    return _view(builders, artifact, file.read_bytes(), findings)


def picture(view: ArtifactView, number: int) -> bytes:
    """A page or slide as PNG, `WIDTH` pixels wide. Not thread-safe."""
    page = view.pages[number - 1]
    if page.svg:
        from slides.raster import draw_slide

        return draw_slide(page.svg, WIDTH)
    import pypdfium2

    with pypdfium2.PdfDocument(view.data) as document:
        # Slightly less, because PDFium rounds up.
        image = document[number - 1].render(scale=(WIDTH - 0.01) / page.width).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)  # it never leaves this computer
    return out.getvalue()


def _view(
    builders: PackBuilders,
    artifact: Artifact,
    data: bytes,
    findings: Sequence[Finding],
    *,
    texts: bool = True,
) -> ArtifactView:
    pack = builders.pack
    pages = tuple(builders.of(artifact).pages(artifact, data, texts=texts))
    notes = _notes(pack, artifact, findings)
    title = markdown.plain(pack.document(artifact.id).title)
    return ArtifactView(artifact, title, data, pages, notes)


def _notes(pack: Pack, artifact: Artifact, findings: Sequence[Finding]) -> tuple[ShownFinding, ...]:
    return tuple(_note(pack, artifact, finding) for finding in findings)


def _note(pack: Pack, artifact: Artifact, finding: Finding) -> ShownFinding:
    return ShownFinding(
        finding.page,
        place_of(pack, artifact, finding).line,
        str(finding.rule.severity),
        finding.fault,
        f"{finding.rule.name} · {finding.rule.standard}",
        # Our pictures have the size and the boxes of the slides in PowerPoint.
        finding.spot,
    )


def has_errors(rendered: Rendered) -> bool:
    """Whether preflight refuses an artifact."""
    return any(finding.rule.severity is Severity.ERROR for finding in rendered.findings)
