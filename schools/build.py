"""A build for a list of schools, with no other build of the same folder beside it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from press.editions.options import Options, Progress, Report
from press.errors import OutputError


def build(
    files: Sequence[Path],
    schools: Path,
    output: Path,
    options: Options,
    *,
    progress: Progress,
    waiting: Callable[[], None],
) -> Report:
    """Make the files of every school of a list.

    Raises as `press.editions.run.run` does, but `OutputError` for `OSError`; and `MissingLibrary`.
    """
    from press.editions.listing import reading
    from press.publish import locked
    from press.run import check_template, read_all
    from press.system import import_handouts

    with locked(output, waiting):
        packs = read_all(files)
        if options.deck_template:
            check_template(packs, options.deck_template)
        try:
            with (
                TemporaryDirectory(prefix="handout-press-") as scratch,
                reading(schools, packs, Path(scratch), options.jobs) as listing,
            ):
                # The list is read while these are imported, which takes as long.
                import_handouts()
                from press.editions.run import run

                return run(packs, listing, output, options, progress, Path(scratch))
        except OSError as error:
            place = error.filename or gettempdir()
            raise OutputError(f"{place} can't be used: {error.strerror or error}") from None
