"""A build: nothing, if nothing has changed since the last one.

What only tells that nothing has changed imports neither the model nor the renderers.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from press.manifest import digest_of, read_manifest
from press.program import program
from press.rows import Row
from source.problems import Problem

if TYPE_CHECKING:
    from press.folders import Folder
    from press.workers import Made
    from source.documents import Variant
    from source.model import Pack


@dataclass(frozen=True)
class Report:
    """What a build made and kept, in the content's order, what it removed, what it warns of."""

    rows: tuple[Row, ...]
    removed: tuple[Path, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class Options:
    """What a build is asked for.

    `only` are the names of artifacts, all if there are none. `wanted` is the one edition of each
    sheet to make, if not all that the content declares. `force` makes what need not be made.
    `deck_template` is a PowerPoint file to build decks on instead of our own.
    """

    only: Collection[str] = ()
    release: bool = False
    force: bool = False
    deck_template: Path | None = None
    wanted: "Variant | None" = None

    @property
    def whole(self) -> bool:
        """Whether everything is built that the content declares."""
        return not (self.only or self.wanted)


def build(
    files: Sequence[Path],
    output: Path,
    options: Options = Options(),
    *,
    progress: "Callable[[Made, int], None]" = lambda made, total: None,
    waiting: Callable[[], None] = lambda: None,
) -> Report:
    """Make what is missing or changed, and put it below `output`: of each pack all, or nothing.

    `progress` is told of each artifact when it is done, and of their number; `waiting` is called
    if another build must end first. Raises `ContentError`, `UnknownArtifact`, `MissingLibrary`,
    `OutputError` or, if a release is asked for and there are placeholders, `Refused`.
    """
    from press.publish import locked

    with locked(output, waiting):
        if report := _unchanged(files, output, options):
            return report
        # Here, because what has not changed has no use for them.
        from press.errors import MissingLibrary
        from press.processes import in_background
        from press.system import import_handouts

        opening = in_background(_open, files, output, options)
        if options.whole:
            # Whatever has changed, it is most likely printed: WeasyPrint takes as long to import
            # as the content to read. If it isn't there, that is told where a sheet needs it.
            with suppress(MissingLibrary):
                import_handouts()
        from press.run import run

        return run(*opening(), output, options, progress)


def _open(
    files: Sequence[Path], output: Path, options: Options
) -> "tuple[list[Pack], list[Folder]]":
    from press.run import open_all

    return open_all(files, output, options)


def _unchanged(files: Sequence[Path], output: Path, options: Options) -> Report | None:
    """The report of a build that has nothing to do; None if there may be something."""
    if options.force or options.release or options.deck_template or not options.whole:
        return None
    rows: list[Row] = []
    found: list[Problem] = []
    for file in files:
        folder = output / file.stem
        manifest = read_manifest(folder)
        here = {file.parent / name: value for name, value in manifest.inputs.items()}
        here |= {folder / name: entry.sha256 for name, entry in manifest.entries.items()}
        here |= {folder / name: value for name, value in manifest.others.items()}
        if manifest.program != program() or not manifest.inputs:
            return None
        if any(digest_of(path) != value for path, value in here.items()):
            return None
        rows += [entry.row(folder / name) for name, entry in manifest.entries.items()]
        # The content may have been named in another way then.
        found += [replace(one, place=replace(one.place, file=file)) for one in manifest.warnings]
    return Report(tuple(rows), (), tuple(sorted(set(found))))
