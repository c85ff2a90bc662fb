"""A build for a list of schools, with a lock on the output folder; and a check of a list alone."""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING

from pack.errors import output_errors
from schools.options import ListOptions, Progress, SchoolsOptions, SchoolsReport

if TYPE_CHECKING:
    from schools.read_list import Listing


def build(
    files: Sequence[Path],
    schools: Path,
    output: Path,
    options: SchoolsOptions,
    *,
    progress: Progress,
    waiting: Callable[[], None],
    understood: Callable[["Listing"], None],
) -> SchoolsReport:
    """Make the files of every school in a list; `understood` is called when the list is read.

    Raises `MissingLibrary`, and what `schools.run.run` raises, with `OutputError` for `OSError`.
    """
    from press.languages import in_languages
    from press.lock import locked
    from press.native_libraries import import_handouts
    from press.options import BuildOptions
    from press.pipeline import check_template, read_all
    from schools.read_list import reading
    from slides.draft import DeckDraft

    with locked(output, waiting):
        asked = BuildOptions(
            languages=options.languages, drafts=options.drafts, release=options.release
        )
        versions = in_languages(read_all(files), asked)
        for one in versions:
            check_template(DeckDraft(one.original, options.deck_template))
        with (
            output_errors(gettempdir(), "used"),
            TemporaryDirectory(prefix="handout-press-") as scratch,
            reading(schools, versions, options.listed, Path(scratch), options.jobs) as listing,
        ):
            # Other processes read the list during this import, which takes as long.
            import_handouts()
            from schools.run import run

            return run(versions, listing, output, options, progress, understood, Path(scratch))


def check(
    files: Sequence[Path],
    schools: Path,
    options: ListOptions,
    understood: Callable[["Listing"], None],
) -> SchoolsReport:
    """Read a list without making anything; `understood` is called before it is deleted.

    The report has its problems. Raises what `schools.read_list.reading` raises.
    """
    from press.languages import in_languages
    from press.options import BuildOptions
    from press.pipeline import read_all
    from schools.read_list import reading

    versions = in_languages(read_all(files), BuildOptions())
    report = SchoolsReport()
    with (
        output_errors(gettempdir(), "used"),
        TemporaryDirectory(prefix="handout-press-") as scratch,
        reading(schools, versions, options, Path(scratch), None) as listing,
    ):
        understood(listing(report))
    return report
