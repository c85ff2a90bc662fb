"""An artifact rendered and inspected, in this process."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pack.artifacts import Artifact
from pack.errors import ContentError
from pack.problems import Problem
from pack.theme import Setting
from preflight.findings import Finding
from press.builders import PackBuilders
from press.builders.base import Group


@dataclass(frozen=True)
class Rendered:
    """An artifact's bytes, or the problems that kept it from being made.

    `pages` is how many pages or slides it has: a deck has more than planned if lists run on over
    further slides. `setting` is that of copyfit that a sheet is set in. `findings` are those of
    preflight; `seconds` is what all of it took, `checking` the part of preflight in that.
    `picture` is its first page as WebP, of the first edition of each.
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
    """What holds for all artifacts of a build.

    `settings` are those of copyfit to try first; `pictures` says whether first pages are drawn too.
    """

    settings: Mapping[Artifact, Setting] = field(default_factory=dict)
    pictures: bool = True


def make(builders: PackBuilders, group: Group, options: RenderOptions) -> list[Rendered]:
    """Render artifacts that are laid out together, and inspect them."""
    return [inspect(builders, one, options) for one in render(builders, group, options)]


def render(builders: PackBuilders, group: Group, options: RenderOptions) -> list[Rendered]:
    """Artifacts that are laid out together, before preflight."""
    start = time.perf_counter()
    first = next((options.settings[one] for one in group if one in options.settings), None)
    try:
        files = builders.of(group[0]).render(group, first)
    except ContentError as error:
        seconds = (time.perf_counter() - start) / len(group)
        return [Rendered(artifact, b"", 0, error.problems, seconds) for artifact in group]
    seconds = (time.perf_counter() - start) / len(group)
    return [
        Rendered(artifact, file.data, file.pages, (), seconds, file.setting)
        for artifact, file in zip(group, files, strict=True)
    ]


def inspect(builders: PackBuilders, made: Rendered, options: RenderOptions) -> Rendered:
    """What was rendered, with the findings of preflight and the picture of its first page."""
    if made.problems:
        return made
    builder, artifact = builders.of(made.artifact), made.artifact
    start = time.perf_counter()
    findings = tuple(builder.preflight(artifact, made.data))
    checking = time.perf_counter() - start
    pictured = options.pictures and builder.has_thumbnail and not artifact.edition.name
    picture = builder.thumbnail(artifact, made.data) if pictured else b""
    seconds = made.seconds + checking
    return replace(made, seconds=seconds, findings=findings, checking=checking, picture=picture)
