#!/usr/bin/env python3
"""Make tip sheets and slides from the content files: the command line, and nothing else."""

import sys

SETUP = "Set it up once with: make setup   Then run it with: .venv/bin/python make_materials.py"


try:
    import click
except ModuleNotFoundError:
    print("This Python lacks the packages that the press needs. " + SETUP, file=sys.stderr)
    sys.exit(3)

import atexit
import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pack import __version__
from pack.exit_codes import ExitCode

if TYPE_CHECKING:
    from pack.documents import Edition
    from pack.problems import Problem
    from schools.options import SchoolsOptions

# Nothing here uses pydantic's plug-ins, and looking for them takes 20 ms of every start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

# Models, templates and layouts are a great many objects that live on. To look among them for
# garbage as often as Python does takes a tenth of a build; to do so seldom takes 10 MB more.
gc.set_threshold(500_000, 10, 10)
# At the very end nothing is garbage that matters: to look for it takes another tenth of a second.
atexit.register(gc.freeze)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="handout-press")
def main() -> None:
    """Make tip sheets (PDF) and slides (PowerPoint) from content files (YAML).

    \b
    Exit codes: 0 made, 1 problems in the content, 2 wrong usage,
    3 a system library is missing, 4 output can't be written, 5 refused by --release,
    130 stopped by Ctrl-C.
    """


OUTPUT = click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="The folder for the finished files.",
)
CONTENT = click.argument("content", nargs=-1, type=click.Path(path_type=Path))


DECK_TEMPLATE = click.option(
    "--deck-template",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Build the deck on this PowerPoint file.",
)


@main.command()
@CONTENT
@click.option("--only", multiple=True, metavar="ID", help="Make only this; may be repeated.")
@OUTPUT
@DECK_TEMPLATE
@click.option("--paper", metavar="NAME", help="Make each sheet once, on letter or a4.")
@click.option("--ink", metavar="NAME", help="Make each sheet once, in color or black.")
@click.option("--size", metavar="NAME", help="Make each sheet once, standard or large-print.")
@click.option(
    "--schools",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Make them for every school of this list (CSV, Excel or YAML).",
)
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many processes to use.")
@click.option("--skip-bad-rows", is_flag=True, help="Make the other schools if a row is wrong.")
@click.option("--zip", "zipped", is_flag=True, help="Make one ZIP file of each school's files.")
@click.option("--store", metavar="URL", help="Put the schools into this store, as s3://bucket/x.")
@click.option("--scheduler", metavar="URL", help="Use this Dask cluster, as tcp://host:8786.")
@click.option("--force", is_flag=True, help="Make everything anew, changed or not.")
@click.option("--release", is_flag=True, help="Refuse if anything is not fit for families.")
@click.option("--quiet", is_flag=True, help="Print problems only.")
@click.option("--verbose", is_flag=True, help="Print each file as soon as it is made.")
def build(
    content: tuple[Path, ...],
    only: tuple[str, ...],
    output: Path,
    deck_template: Path | None,
    paper: str | None,
    ink: str | None,
    size: str | None,
    schools: Path | None,
    jobs: int | None,
    skip_bad_rows: bool,
    zipped: bool,
    store: str | None,
    scheduler: str | None,
    force: bool,
    release: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Make everything, or with --only a part. CONTENT: files or folders, else content/.

    With --schools, make it once for each school of a list instead.
    """
    if schools:
        from schools.options import SchoolsOptions

        asked = SchoolsOptions(
            only=only,
            deck_template=deck_template,
            release=release,
            force=force,
            jobs=jobs,
            scheduler=scheduler,
            store=store,
            zipped=zipped,
            skip_bad_rows=skip_bad_rows,
        )
        _build_schools(content, schools, output, asked, (paper, ink, size), quiet=quiet)
        return
    if jobs or skip_bad_rows or zipped or store or scheduler:
        raise click.UsageError("These options are for a list of schools: name it with --schools.")
    with _errors():
        from console import messages, progress
        from press.build import build as build_all
        from press.content_files import content_files
        from press.options import BuildOptions

        files = content_files(content)
        with progress.files_made(click.echo, quiet=quiet, verbose=verbose) as tell:
            report = build_all(
                files,
                output,
                BuildOptions(
                    only=only,
                    release=release,
                    force=force,
                    deck_template=deck_template,
                    wanted=_edition(paper, ink, size),
                ),
                progress=tell,
                waiting=lambda: _warn(messages.WAITING),
            )
    if not quiet:
        progress.print_table(messages.files(report), click.echo)
        _say(*messages.sums(report))
    _warn(*messages.problems(report.warnings))


def _build_schools(
    content: tuple[Path, ...],
    schools: Path,
    output: Path,
    asked: "SchoolsOptions",
    asked_edition: tuple[str | None, str | None, str | None],
    *,
    quiet: bool,
) -> None:
    """Make the files of every school of a list."""
    from schools.options import SAID

    start = time.monotonic()
    goes_on = "What is done is kept, and the same command goes on from there."
    with _errors(most=SAID, otherwise=goes_on):
        from console import messages, progress
        from press.content_files import content_files
        from schools.build import build as build_all

        files = content_files(content)
        with progress.schools_made(_warn, quiet=quiet) as tell:
            report = build_all(
                files,
                schools,
                output,
                replace(asked, wanted=_edition(*asked_edition)),
                progress=tell,
                waiting=lambda: _warn(messages.WAITING),
            )
    _warn(*messages.schools_problems(report, SAID))
    if not quiet:
        _say(*messages.schools_sums(report, time.monotonic() - start))
    if report.bad:
        _fail(ExitCode.CONTENT, messages.bad_rows(report.bad))


@main.command()
@CONTENT
@click.option("--links", is_flag=True, help="Also ask every web address whether it answers.")
@click.option("--with-verapdf", is_flag=True, help="Also ask veraPDF about the finished PDFs.")
@OUTPUT
def check(content: tuple[Path, ...], links: bool, with_verapdf: bool, output: Path) -> None:
    """Check the content without making anything."""
    with _errors():
        from console import messages
        from press import pipeline
        from press.content_files import content_files

        packs = pipeline.read_all(content_files(content))
        found = pipeline.warnings(packs)
    _warn(*messages.problems(found))
    _say(*messages.checked(packs, found))
    further: list[Problem] = []
    if links:
        with _errors():
            from preflight.links import check_links

            report = check_links(packs)
        _warn(*messages.problems(report.problems))
        click.echo(report.summary)
        further += report.problems
    if with_verapdf:
        with _errors():
            from preflight.verapdf import check_finished

            count, broken = check_finished(packs, output)
        _warn(*messages.problems(broken))
        click.echo(messages.verapdf(count, broken))
        further += broken
    if any(problem.severity == "error" for problem in further):
        sys.exit(ExitCode.CONTENT)


@main.command()
@CONTENT
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="The port on this computer; 0 is any free one.",
)
@OUTPUT
@DECK_TEMPLATE
@click.option("--no-browser", is_flag=True, help="Only say the address; don't open the browser.")
def preview(
    content: tuple[Path, ...],
    port: int,
    output: Path,
    deck_template: Path | None,
    no_browser: bool,
) -> None:
    """Show all sheets and slides in the browser, up to date after each save, until Ctrl-C."""
    with _errors():
        from press.content_files import content_files
        from preview.server import serve

        serve(
            content_files(content),
            output,
            port,
            deck_template=deck_template,
            browser=not no_browser,
            say=click.echo,
        )


@main.command("list")
@CONTENT
def list_artifacts(content: tuple[Path, ...]) -> None:
    """List what would be made, and from what."""
    with _errors():
        from console import messages, progress
        from press import pipeline
        from press.builders import artifacts_of
        from press.content_files import content_files

        packs = pipeline.read_all(content_files(content))
    every = [one for pack in packs for one in artifacts_of(pack)]
    progress.print_table(messages.planned(every), click.echo)


@main.command()
def schema() -> None:
    """Print the JSON Schema of content files, for completion and checks in editors."""
    from pack.json_schema import json_schema

    click.echo(json_schema(), nl=False)


@main.command()
@click.argument("name")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("content"),
    show_default=True,
    help="The folder for the new file.",
)
def new(name: str, folder: Path) -> None:
    """Write a new content file, with comments, that builds as it stands."""
    with _errors():
        from press.new_pack import start_pack

        made = start_pack(name, folder)
    click.echo(f"{made}: edit it, then run: make materials")


def _edition(paper: str | None, ink: str | None, size: str | None) -> "Edition | None":
    """The edition that is asked for, if any."""
    if not (paper or ink or size):
        return None
    from pack.artifacts import asked_edition

    return asked_edition(paper, ink, size)


@contextmanager
def _errors(
    most: int | None = None, otherwise: str = "The old files are as they were."
) -> Iterator[None]:
    """Tell people about failures in a sentence, and end with the code for each.

    `most` is how many problems are told one by one, `otherwise` what has become of the output if it
    can't be written.
    """
    from console import messages
    from pack.errors import PressError, UsageError

    try:
        yield
    except UsageError as error:
        raise click.UsageError(str(error)) from None
    except PressError as error:
        _fail(error.exit_code, *messages.failure(error, most, otherwise))
    except ModuleNotFoundError as error:
        _fail(ExitCode.LIBRARY, f"The package {error.name} is missing. {SETUP}")
    except KeyboardInterrupt:
        click.echo(f"Stopped. {otherwise}", err=True)
        # At once: a library that was stopped in the middle of its work may crash as Python tidies
        # up. The processes beside this one end with it.
        os._exit(ExitCode.STOPPED)


def _say(*lines: str) -> None:
    for line in lines:
        click.echo(line)


def _warn(*lines: str) -> None:
    for line in lines:
        click.echo(line, err=True)


def _fail(code: int, *lines: str) -> None:
    _warn(*lines)
    sys.exit(code)


if __name__ == "__main__":
    main()
