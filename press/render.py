"""Render and inspect artifacts in this process."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pack.artifacts import Artifact
from pack.errors import ContentError, unexpected_errors
from pack.problems import Problem
from pack.theme import Setting
from preflight.findings import Finding
from press.builders import PackBuilders
from press.builders.base import Group
from press.native_libraries import import_handouts


@dataclass(frozen=True)
class Rendered:
    """An artifact's bytes, or the problems that prevented it from being rendered.

    `pages` is its number of pages or slides: a deck has more than planned if lists continue on
    further slides. `setting` is the setting that copyfit chose for a sheet. `findings` are those of
    preflight. `seconds` is the total time, `checking` the share of preflight in it. `picture` is
    its first page as WebP, only for the plain edition.
    """

    artifact: Artifact
    data: bytes
    pages: int
    problems: tuple[Problem, ...]
    seconds: float
    setting: Setting | None = None
    findings: tuple[Finding, ...] = ()
    checking: float = 0
    picture: bytes = b""


@dataclass(frozen=True)
class RenderOptions:
    """Options for all artifacts of a build.

    `settings` are the copyfit settings to try first; `pictures` says whether to draw first pages.
    """

    settings: Mapping[Artifact, Setting] = field(default_factory=dict)
    pictures: bool = True


def import_for_decks() -> None:
    """Import what makes and inspects decks; processes that are forked then have it, too."""
    import preflight.powerpoint.checks
    import preflight.powerpoint.look
    import preflight.powerpoint.pictures  # noqa: F401
    import press.thumbnails  # noqa: F401
    import slides.deck
    import slides.raster
    import slides.slide_svg  # noqa: F401


def import_for_sheets() -> None:
    """The same for PDFs. Raises `MissingLibrary` if WeasyPrint can't run here."""
    import_handouts()
    import preflight.pdf.pages
    import preflight.pdf.tags  # noqa: F401
    import press.thumbnails  # noqa: F401


def make(builders: PackBuilders, group: Group, options: RenderOptions) -> list[Rendered]:
    """Render and inspect artifacts that are laid out together."""
    return [inspect(builders, one, options) for one in render(builders, group, options)]


def render(builders: PackBuilders, group: Group, options: RenderOptions) -> list[Rendered]:
    """Render artifacts that are laid out together, without preflight."""
    start = time.perf_counter()
    first = next((options.settings[one] for one in group if one in options.settings), None)
    try:
        with unexpected_errors(str(group[0].path)):
            files = builders.of(group[0]).render(group, first)
    except ContentError as error:
        seconds = (time.perf_counter() - start) / len(group)
        return [Rendered(artifact, b"", 0, error.problems, seconds) for artifact in group]
    seconds = (time.perf_counter() - start) / len(group)
    return [
        Rendered(artifact, file.data, file.pages, (), seconds, file.setting)
        for artifact, file in zip(group, files, strict=True)
    ]


def inspect(builders: PackBuilders, rendered: Rendered, options: RenderOptions) -> Rendered:
    """Add the preflight findings and the picture of the first page to what was rendered."""
    if rendered.problems:
        return rendered
    builder, artifact = builders.of(rendered.artifact), rendered.artifact
    start = time.perf_counter()
    with unexpected_errors(str(artifact.path)):
        findings = tuple(builder.preflight(artifact, rendered.data))
        checking = time.perf_counter() - start
        pictured = options.pictures and builder.has_thumbnail and not artifact.edition.name
        picture = builder.thumbnail(artifact, rendered.data) if pictured else b""
    seconds = rendered.seconds + checking
    return replace(rendered, seconds=seconds, findings=findings, checking=checking, picture=picture)
