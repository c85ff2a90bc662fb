"""A build for a list of schools, with a lock on the output folder."""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from pack.errors import output_errors
from schools.options import Progress, SchoolsOptions, SchoolsReport


def build(
    files: Sequence[Path],
    schools: Path,
    output: Path,
    options: SchoolsOptions,
    *,
    progress: Progress,
    waiting: Callable[[], None],
) -> SchoolsReport:
    """Make the files of every school in a list.

    Raises `MissingLibrary`, and what `schools.run.run` raises, with `OutputError` for `OSError`.
    """
    from press.lock import locked
    from press.native_libraries import import_handouts
    from press.pipeline import check_template, read_all
    from schools.read_list import reading
    from slides.draft import DeckDraft

    with locked(output, waiting):
        packs = read_all(files)
        for pack in packs:
            check_template(DeckDraft(pack, options.deck_template))
        with (
            output_errors(gettempdir(), "used"),
            TemporaryDirectory(prefix="handout-press-") as scratch,
            reading(schools, packs, Path(scratch), options.jobs) as listing,
        ):
            # Other processes read the list during this import, which takes as long.
            import_handouts()
            from schools.run import run

            return run(packs, listing, output, options, progress, Path(scratch))
