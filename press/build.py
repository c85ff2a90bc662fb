"""A build, which does nothing if nothing has changed since the last one.

Finding out that nothing has changed imports neither the model nor the renderers.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pack.hashing import sha256_of_file
from pack.problems import Problem
from press.build_id import program
from press.content_files import translation_files
from press.manifest import read_manifest
from press.options import BuildOptions, BuildReport, FileRow

if TYPE_CHECKING:
    from press.render import Rendered


def build(
    files: Sequence[Path],
    output: Path,
    options: BuildOptions,
    *,
    progress: "Callable[[Rendered, int], None]" = lambda rendered, total: None,
    waiting: Callable[[], None] = lambda: None,
) -> BuildReport:
    """Make and publish what is missing or changed below `output`, each pack whole or not at all.

    `progress` is called with each artifact when it is done and the total number; `waiting` is
    called if another build has to finish first. Raises `ContentError`, `UnknownArtifact`,
    `MissingLibrary`, `OutputError` or, for a release with placeholders, `Refused`.
    """
    from press.lock import locked

    with locked(output, waiting):
        _recover(files, output)
        if report := _unchanged(files, output, options):
            return report
        # Imported here, because a build with nothing to do doesn't need them.
        from pack.errors import MissingLibrary
        from press.pipeline import run
        from press.processes import in_background

        # Importing takes as long as reading the content and checking its words.
        reading = in_background(_read, files, output, options)
        from press.render import import_for_decks, import_for_sheets

        import_for_decks()
        if options.whole:
            # Whatever has changed most likely appears on a sheet. If WeasyPrint is missing, that is
            # reported when it is needed.
            with suppress(MissingLibrary):
                import_for_sheets()
        return run(reading(), reading, output, options, progress)


def _recover(files: Sequence[Path], output: Path) -> None:
    """Remove what killed builds left in the output folder. Raises `OutputError`."""
    for folder in (output, *(output / file.stem for file in files)):
        if not any(folder.glob(".*")):
            continue
        from pack.errors import output_errors
        from press.publish import remove_leftovers

        languages = {one.name.split(".")[1] for one in folder.glob(".*")}
        names = {file.stem for file in files} if folder == output else languages
        with output_errors(folder, "changed"):
            for name in sorted(names):
                remove_leftovers(folder / name)


def _read(files: Sequence[Path], output: Path, options: BuildOptions) -> Iterator[object]:
    """What `run` needs to know: the folders, and then what is to be said about the words."""
    from press.pipeline import check_words, open_all

    folders = open_all(files, output, options)
    yield folders
    yield check_words([folder.pack for folder in folders if folder.paged], output)


def _unchanged(files: Sequence[Path], output: Path, options: BuildOptions) -> BuildReport | None:
    """The report of a build with nothing to do; None if there may be something to do."""
    asked = options.languages or options.drafts or options.deck_template
    if options.force or options.release or asked or not options.whole:
        return None
    rows: list[FileRow] = []
    found: list[Problem] = []
    for file in files:
        own = output / file.stem
        languages = read_manifest(own).languages[1:]
        translations = translation_files(file)
        for folder in (own, *(own / language for language in languages)):
            manifest = read_manifest(folder)
            here = {file.parent / name: value for name, value in manifest.inputs.items()}
            here |= {folder / name: entry.sha256 for name, entry in manifest.entries.items()}
            here |= {folder / name: value for name, value in manifest.others.items()}
            if manifest.program != program() or not manifest.inputs:
                return None
            if folder == own and not here.keys() >= {*translations}:
                return None
            if any(sha256_of_file(path) != value for path, value in here.items()):
                return None
            rows += [entry.row(folder / name) for name, entry in manifest.entries.items()]
            # The last build may have used another path to the content file.
            found += [_moved(one, file, translations) for one in manifest.warnings]
    return BuildReport(tuple(rows), (), tuple(sorted(set(found))))


def _moved(problem: Problem, file: Path, translations: Sequence[Path]) -> Problem:
    """A problem of the last build, whose manifest has only the name of the file."""
    by_name = {one.name: one for one in translations}
    place = replace(problem.place, file=by_name.get(problem.place.file.name, file))
    return replace(problem, place=place)
