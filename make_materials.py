#!/usr/bin/env python3
"""Make tip sheets and slides from the content files: the command line, and nothing else."""

import sys

SETUP = "Set it up once with: make setup   Then run it with: .venv/bin/python make_materials.py"


try:
    import click
except ModuleNotFoundError:
    print("This Python lacks the packages that the press needs. " + SETUP, file=sys.stderr)
    sys.exit(3)

import enum
import gc
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from source import __version__

if TYPE_CHECKING:
    from press.build import Report
    from press.editions.options import Options as Asked
    from press.workers import Made
    from source.documents import Variant
    from source.problems import Problem

# Nothing here uses pydantic's plug-ins, and looking for them takes 20 ms of every start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

# Models, templates and layouts are a great many objects that live on. To look among them for
# garbage as often as Python does takes a tenth of a build; to do so seldom takes 10 MB more.
gc.set_threshold(500_000, 10, 10)


class ExitCode(enum.IntEnum):
    """What the program ended with; scripts can rely on these numbers."""

    MADE = 0
    CONTENT = 1
    USAGE = 2
    LIBRARY = 3
    OUTPUT = 4
    REFUSED = 5
    STOPPED = 130


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
        from press.editions.options import Options as Asked

        asked = Asked(
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
        _build_schools(_files(content), schools, output, asked, (paper, ink, size), quiet=quiet)
        return
    if jobs or skip_bad_rows or zipped or store or scheduler:
        raise click.UsageError("These options are for a list of schools: name it with --schools.")
    with _errors():
        from press.build import Options
        from press.build import build as build_all

        with _progress(quiet, verbose) as progress:
            report = build_all(
                _files(content),
                output,
                Options(
                    only=only,
                    release=release,
                    force=force,
                    deck_template=deck_template,
                    wanted=_edition(paper, ink, size),
                ),
                progress=progress,
                waiting=lambda: click.echo("Waiting for another build to end.", err=True),
            )
    if not quiet:
        _print_table(report)
    _print_problems(report.warnings)


def _build_schools(
    files: Sequence[Path],
    schools: Path,
    output: Path,
    asked: "Asked",
    edition: tuple[str | None, str | None, str | None],
    *,
    quiet: bool,
) -> None:
    """Make the files of every school of a list."""
    start = time.monotonic()
    goes_on = "What is done is kept, and the same command goes on from there."
    with _errors(most=50, otherwise=goes_on):
        from press.editions.build import build as build_all

        with _pace(quiet) as progress:
            report = build_all(
                files,
                schools,
                output,
                replace(asked, wanted=_edition(*edition)),
                progress=progress,
                waiting=lambda: click.echo("Waiting for another build to end.", err=True),
            )
    _print_problems([*sorted(report.bad), *report.warnings], 50, report.unsaid)
    for file in report.kept_aside:
        click.echo(f"{file}: kept, as somebody had changed it; a new one took its place", err=True)
    if not quiet:
        seconds = time.monotonic() - start
        told = f"{_counted(report.made, 'school')} made, {_counted(report.files, 'file')}"
        kept = f", {report.kept:,} kept" if report.kept else ""
        click.echo(f"{told}{kept}, in {seconds:.1f} s.")
        for name, count in sorted(report.laid_out.items()):
            click.echo(f"{name}: laid out for {_counted(count, 'school')} with longer words")
    if report.bad:
        _fail(f"{_counted(len(report.bad), 'problem')} in the list, see above.", ExitCode.CONTENT)


@contextmanager
def _pace(quiet: bool) -> "Iterator[Callable[[int, int], None]]":
    """How far a list of schools is, how fast it goes, and how long it still takes."""
    if quiet:
        yield lambda done, total: None
        return
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pace]}"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, transient=True, console=Console(stderr=True)) as bar:
            task = bar.add_task("Schools", total=None, pace="")
            began = time.monotonic()

            def move(done: int, total: int) -> None:
                pace = f"{done / max(time.monotonic() - began, 0.01):.0f} a second"
                bar.update(task, completed=done, total=total, pace=pace)

            yield move
        return
    began = said = time.monotonic()

    def say(done: int, total: int) -> None:
        nonlocal said
        if (now := time.monotonic()) - said > 5 and done:
            said = now
            pace = done / (now - began)
            left = (total - done) / pace
            click.echo(
                f"{done:,} of {total:,} schools, {pace:.0f} a second, {left:.0f} s left", err=True
            )

    yield say


@main.command()
@CONTENT
@click.option("--links", is_flag=True, help="Also ask every web address whether it answers.")
@click.option("--with-verapdf", is_flag=True, help="Also ask veraPDF about the finished PDFs.")
@OUTPUT
def check(content: tuple[Path, ...], links: bool, with_verapdf: bool, output: Path) -> None:
    """Check the content without making anything."""
    with _errors():
        from press import run

        packs = run.read_all(_files(content))
        found = run.warnings(packs)
    _print_problems(found)
    for pack in packs:
        click.echo(f"{pack.origin.file}: no errors, {_counted(len(found), 'warning')}")
    further: list[Problem] = []
    if links:
        with _errors():
            from press.preflight.links import check_links

            report = check_links(packs)
        _print_problems(report.problems)
        click.echo(report.summary)
        further += report.problems
    if with_verapdf:
        with _errors():
            from press.preflight.verapdf import check_finished

            count, broken = check_finished(packs, output)
        _print_problems(broken)
        click.echo(f"veraPDF: {_counted(count, 'file')}, {_counted(len(broken), 'failure')}")
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
    files = _files(content)
    with _errors():
        from press.preview.serve import serve

        serve(
            files,
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
        from press import plan, run

        packs = run.read_all(_files(content))
    rows = [
        (str(one.path), _extent(one.kind, one.pages) if one.pages else "", one.source)
        for one in plan.choose(packs, ())
    ]
    _print_rows(rows)


@main.command()
def schema() -> None:
    """Print the JSON Schema of content files, for completion and checks in editors."""
    from source.schema import json_schema

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
        from press.starter import start_pack

        made = start_pack(name, folder)
    click.echo(f"{made}: edit it, then run: make materials")


def _edition(paper: str | None, ink: str | None, size: str | None) -> "Variant | None":
    """The edition that is asked for, if any."""
    if not (paper or ink or size):
        return None
    from press.plan import edition

    return edition(paper, ink, size)


def _files(content: tuple[Path, ...]) -> list[Path]:
    """The content files that were named; those of a folder; by default those in content/."""
    files: list[Path] = []
    for path in content or (Path("content"),):
        if path.is_dir():
            found = sorted(path.glob("*.yaml"))
            if not found:
                raise click.UsageError(f"There is no content file (.yaml) in {path}.")
            files += found
        elif content:
            files.append(path)
        else:
            raise click.UsageError(
                "There is no folder “content” here. Name a content file, "
                "or make one with the command “new”."
            )
    names = [file.stem for file in files]
    if twice := {name for name in names if names.count(name) > 1}:
        raise click.UsageError(
            f"Two content files are named {min(twice)}: their output would be mixed up."
        )
    return files


@contextmanager
def _errors(
    most: int | None = None, otherwise: str = "The old files are as they were."
) -> Iterator[None]:
    """Tell people about failures in a sentence, and end with the code for each.

    `most` is how many problems are told one by one, `otherwise` what has become of the output if it
    can't be written.
    """
    from press.errors import (
        ClusterError,
        MissingLibrary,
        NameTaken,
        OutputError,
        PortTaken,
        Refused,
        UnfitTemplate,
        UnknownArtifact,
    )
    from source.problems import ContentError

    try:
        yield
    except ContentError as error:
        _print_problems(error.problems, most)
        _fail(
            f"{_counted(len(error.problems), 'problem')}. Nothing was changed in the output.",
            ExitCode.CONTENT,
        )
    except Refused as error:
        _print_problems(error.problems, most)
        _fail(
            "Not released: mend the "
            f"{_counted(len(error.problems), 'point')} above first. Nothing was written.",
            ExitCode.REFUSED,
        )
    except (UnknownArtifact, NameTaken, UnfitTemplate) as error:
        raise click.UsageError(str(error)) from None
    except PortTaken as error:
        _fail(str(error), ExitCode.USAGE)
    except ModuleNotFoundError as error:
        _fail(f"The package {error.name} is missing. {SETUP}", ExitCode.LIBRARY)
    except MissingLibrary as error:
        _fail(str(error), ExitCode.LIBRARY)
    except ClusterError as error:
        _fail(f"{error} {otherwise}", ExitCode.OUTPUT)
    except OutputError as error:
        _fail(f"{error}. {otherwise}", ExitCode.OUTPUT)
    except KeyboardInterrupt:
        _fail(f"Stopped. {otherwise}", ExitCode.STOPPED)


def _fail(message: str, code: ExitCode) -> None:
    click.echo(message, err=True)
    sys.exit(code)


def _print_problems(
    problems: "Sequence[Problem]", most: int | None = None, further: int = 0
) -> None:
    """Print problems, the first if there are too many, and how many `further` there are."""
    for problem in problems[:most]:
        click.echo(f"{problem.severity}: {problem}", err=True)
    further += len(problems[most:]) if most else 0
    if further:
        click.echo(f"… and {further:,} more of these.", err=True)


@contextmanager
def _progress(quiet: bool, verbose: bool) -> "Iterator[Callable[[Made, int], None]]":
    """A bar on a terminal, lines in a pipe if asked for, nothing if quiet."""

    def say(made: "Made", total: int) -> None:
        if verbose:
            click.echo(f"{made.artifact.path}: {made.seconds:.2f} s")

    if quiet or verbose or not sys.stdout.isatty():
        yield say
        return
    from rich.progress import Progress

    with Progress(transient=True) as bar:
        task = bar.add_task("Making the materials", total=None)
        yield lambda made, total: bar.update(task, advance=1, total=total)


def _print_table(report: "Report") -> None:
    _print_rows(
        [
            (
                str(row.path),
                _extent(row.kind, row.pages),
                f"{row.step[0]:g}/{row.step[0] * row.step[1]:.1f} pt" if row.step else "",
                f"{row.bytes / 1000:.0f} KB",
                f"{row.seconds:.2f} s" if row.reason else "kept",
                row.reason,
            )
            for row in report.rows
        ]
    )
    for file in report.removed:
        click.echo(f"{file}: removed, because nothing makes it any more")
    made = sum(bool(row.reason) for row in report.rows)
    kept = len(report.rows) - made
    told = [f"{_counted(made, 'file')} made", *([f"{kept} kept"] if kept else [])]
    click.echo(f"{', '.join(told)}, {_counted(len(report.warnings), 'warning')}.")


def _print_rows(rows: Sequence[tuple[str, ...]]) -> None:
    """Rows as a table on a terminal, as tab-free aligned lines in a pipe."""
    if sys.stdout.isatty():
        from rich import box
        from rich.console import Console
        from rich.table import Table

        table = Table(box=box.SIMPLE, show_header=False)
        for number, _ in enumerate(rows[0] if rows else ()):
            table.add_column(overflow="fold", no_wrap=number == 0)
        for row in rows:
            table.add_row(*row)
        Console().print(table, markup=False)
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def _extent(kind: str, pages: int) -> str:
    if not pages:
        return "as many as it takes"
    return _counted(pages, "slide" if kind == "deck" else "page")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


if __name__ == "__main__":
    main()
