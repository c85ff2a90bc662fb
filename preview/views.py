"""An artifact as the page shows it: pages with their text, findings with their spot."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from pack import markdown
from pack.artifacts import Artifact
from pack.model import Pack
from pack.problems import Fault, Severity
from preflight.checks import place_of
from preflight.findings import Finding, Spot
from press.builders import PackBuilders
from press.render import Rendered, RenderOptions, make
from press.shown_pages import ShownPage

#: How wide the picture of a page is, in pixels.
WIDTH = 900


@dataclass(frozen=True)
class ShownFinding:
    """A finding as the page tells it; `page` counts from 1, 0 is the whole file; `spot` in pt."""

    page: int
    line: int
    severity: str
    fault: Fault
    rule: str
    spot: Spot | None


@dataclass(frozen=True, eq=False)
class ArtifactView:
    """What the page needs to know of an artifact. `data` are its bytes.

    `saved` says whether the file in the output folder is this one.
    """

    artifact: Artifact
    title: str
    data: bytes
    pages: tuple[ShownPage, ...]
    notes: tuple[ShownFinding, ...]
    saved: bool = True

    @property
    def key(self) -> str:
        return key_of(self.artifact)

    @cached_property
    def digest(self) -> str:
        """Changes with every page, so that a picture's address stands for one picture."""
        parts = [self.data, *(page.svg.encode() for page in self.pages)]
        return sha256(b"".join(parts)).hexdigest()[:24]


def key_of(artifact: Artifact) -> str:
    """The name of an artifact among those of all packs: pack and file."""
    return artifact.path.as_posix()


def make_view(
    builders: PackBuilders, artifact: Artifact, options: RenderOptions
) -> tuple[Rendered, ArtifactView | None]:
    """Render an artifact and look at it; there is no view if the content does not fit."""
    made = make(builders, (artifact,), options)[0]
    if made.problems:
        return made, None
    return made, _view(builders, artifact, made.data, made.findings)


def view_file(
    builders: PackBuilders, artifact: Artifact, file: Path, findings: Sequence[Finding]
) -> ArtifactView:
    """Look at a finished file. Raises `OSError` if it is gone."""
    return _view(builders, artifact, file.read_bytes(), findings)


def picture(view: ArtifactView, number: int) -> bytes:
    """A page or slide as PNG, `WIDTH` pixels wide. Not to be called by two threads at once."""
    page = view.pages[number - 1]
    if page.svg:
        from slides.raster import draw_slide

        return draw_slide(page.svg, WIDTH)
    import pypdfium2

    with pypdfium2.PdfDocument(view.data) as document:
        # PDFium rounds up, so a hair less.
        image = document[number - 1].render(scale=(WIDTH - 0.01) / page.width).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)  # it travels no further than this computer
    return out.getvalue()


def _view(
    builders: PackBuilders, artifact: Artifact, data: bytes, findings: Sequence[Finding]
) -> ArtifactView:
    pack = builders.pack
    pages = tuple(builders.of(artifact).pages(artifact, data))
    notes = tuple(_note(pack, artifact, finding) for finding in findings)
    title = markdown.plain(pack.document(artifact.id).title)
    return ArtifactView(artifact, title, data, pages, notes)


def _note(pack: Pack, artifact: Artifact, finding: Finding) -> ShownFinding:
    return ShownFinding(
        finding.page,
        place_of(pack, artifact, finding).line,
        str(finding.rule.severity),
        finding.fault,
        f"{finding.rule.name} · {finding.rule.standard}",
        # PowerPoint's own slides are as large as our pictures of them, and set in the same boxes.
        finding.spot,
    )


def has_errors(made: Rendered) -> bool:
    """Whether preflight refuses an artifact."""
    return any(finding.rule.severity is Severity.ERROR for finding in made.findings)
