"""A build for a list of schools, with no other build of the same folder beside it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from press.editions.options import Options, Progress, Report


def build(
    files: Sequence[Path],
    schools: Path,
    output: Path,
    options: Options,
    *,
    progress: Progress,
    waiting: Callable[[], None],
) -> Report:
    """Make the files of every school of a list. Raises as `press.editions.run.run` does."""
    from press.editions.run import run
    from press.publish import locked
    from press.run import check_template, read_all

    with locked(output, waiting):
        packs = read_all(files)
        if options.deck_template:
            check_template(packs, options.deck_template)
        return run(packs, schools, output, options, progress)
