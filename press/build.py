"""A build: nothing, if nothing has changed since the last one.

What only tells that nothing has changed imports neither the model nor the renderers.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pack.hashing import sha256_of_file
from pack.problems import Problem
from press.build_id import program
from press.manifest import read_manifest
from press.options import BuildOptions, BuildReport, FileRow

if TYPE_CHECKING:
    from press.output_folder import OutputFolder
    from press.render import Rendered


def build(
    files: Sequence[Path],
    output: Path,
    options: BuildOptions,
    *,
    progress: "Callable[[Rendered, int], None]" = lambda made, total: None,
    waiting: Callable[[], None] = lambda: None,
) -> BuildReport:
    """Make what is missing or changed, and put it below `output`: of each pack all, or nothing.

    `progress` is told of each artifact when it is done, and of their number; `waiting` is called
    if another build must end first. Raises `ContentError`, `UnknownArtifact`, `MissingLibrary`,
    `OutputError` or, if a release is asked for and there are placeholders, `Refused`.
    """
    from press.lock import locked

    with locked(output, waiting):
        if report := _unchanged(files, output, options):
            return report
        # Here, because what has not changed has no use for them.
        from pack.errors import MissingLibrary
        from press.native_libraries import import_handouts
        from press.processes import in_background

        opening = in_background(_open, files, output, options)
        if options.whole:
            # Whatever has changed, it is most likely printed: WeasyPrint takes as long to import
            # as the content to read. If it isn't there, that is told where a sheet needs it.
            with suppress(MissingLibrary):
                import_handouts()
        from press.pipeline import run

        return run(opening(), output, options, progress)


def _open(files: Sequence[Path], output: Path, options: BuildOptions) -> "list[OutputFolder]":
    from press.pipeline import open_all

    return open_all(files, output, options)


def _unchanged(files: Sequence[Path], output: Path, options: BuildOptions) -> BuildReport | None:
    """The report of a build that has nothing to do; None if there may be something."""
    if options.force or options.release or options.deck_template or not options.whole:
        return None
    rows: list[FileRow] = []
    found: list[Problem] = []
    for file in files:
        folder = output / file.stem
        manifest = read_manifest(folder)
        here = {file.parent / name: value for name, value in manifest.inputs.items()}
        here |= {folder / name: entry.sha256 for name, entry in manifest.entries.items()}
        here |= {folder / name: value for name, value in manifest.others.items()}
        if manifest.program != program() or not manifest.inputs:
            return None
        if any(sha256_of_file(path) != value for path, value in here.items()):
            return None
        rows += [entry.row(folder / name) for name, entry in manifest.entries.items()]
        # The content may have been named in another way then.
        found += [replace(one, place=replace(one.place, file=file)) for one in manifest.warnings]
    return BuildReport(tuple(rows), (), tuple(sorted(set(found))))
