#!/usr/bin/env python3
"""The command line: make tip sheets and slides from the content files."""

import os
import sys

try:
    from pack.installation import command, setup
    from pack.interrupts import interruptible, stop_at_once

    if __name__ == "__main__":
        stop_at_once()
except KeyboardInterrupt:
    os.write(2, b"Stopped.\n")
    os._exit(130)

SETUP = f"Install it with: {setup()}   Then run: {command('build')}"


try:
    import click
except ModuleNotFoundError:
    print("This Python lacks the packages that the program needs. " + SETUP, file=sys.stderr)
    sys.exit(3)

import atexit
import gc
import shlex
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pack import __version__
from pack.exit_codes import ExitCode

if TYPE_CHECKING:
    from console.messages import CommandOutput
    from pack.documents import Edition
    from schools.options import ListOptions, SchoolsOptions
    from schools.read_list import Listing

# Nothing here uses pydantic plugins, and looking for them adds 20 ms to every start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

# Models, templates and layouts are many long-lived objects. Collecting garbage at Python's default
# rate takes a tenth of a build; collecting rarely costs 10 MB more memory.
gc.set_threshold(500_000, 10, 10)
# At exit, collecting garbage has no use, and would take another tenth of a second.
atexit.register(gc.freeze)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="handout-press")
def main() -> None:
    """Make tip sheets (PDF) and slides (PowerPoint) from content files (YAML).

    \b
    Exit codes: 0 success, 1 problems in the content, 2 wrong usage,
    3 missing library or package, 4 output can't be written, 5 refused by --release,
    70 a fault in the program, 130 stopped with Ctrl-C.
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
    help="Build the deck from this PowerPoint template.",
)


CONTACT = click.option(
    "--contact",
    metavar="TEXT",
    help="Whom to ask at schools whose row doesn't say, such as \"School counselor's office\".",
)
COLUMN = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME=HEADING",
    help='Where a column is in the list: name="Campus Title". Can be repeated; NAME= for none.',
)


NO_BROWSER = click.option(
    "--no-browser", is_flag=True, help="Print the address, but don't open the browser."
)


def _port(usual: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        "--port",
        type=click.IntRange(0, 65535),
        default=usual,
        show_default=True,
        help="The port on this computer; 0 picks any free port.",
    )


def _file_to_check(help: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        "--check",
        "file",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        metavar="FILE",
        required=True,
        help=help,
    )


@main.command()
@CONTENT
@click.option("--only", multiple=True, metavar="ID", help="Make only this; can be repeated.")
@OUTPUT
@DECK_TEMPLATE
@click.option("--paper", metavar="NAME", help="Make each sheet once, on letter or a4.")
@click.option("--ink", metavar="NAME", help="Make each sheet once, in color or black.")
@click.option("--size", metavar="NAME", help="Make each sheet once, standard or large-print.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="TAG",
    help="Of other languages, make only this (es); with --schools, this alone. Can be repeated.",
)
@click.option("--drafts", is_flag=True, help="Also make languages that are not ready.")
@click.option(
    "--schools",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Make the files of every school in this list (CSV, Excel or YAML).",
)
@CONTACT
@COLUMN
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many processes to use.")
@click.option("--skip-bad-rows", is_flag=True, help="Skip wrong rows; make the others.")
@click.option("--zip", "zipped", is_flag=True, help="Make one ZIP file per school.")
@click.option("--store", metavar="URL", help="Write to this store, such as s3://bucket/x.")
@click.option("--scheduler", metavar="URL", help="Use this Dask cluster: tcp://host:8786.")
@click.option("--force", is_flag=True, help="Make everything again, changed or not.")
@click.option("--release", is_flag=True, help="Refuse if anything is not ready for families.")
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
    languages: tuple[str, ...],
    drafts: bool,
    schools: Path | None,
    contact: str | None,
    columns: tuple[str, ...],
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
    """Make all materials, or some of them with --only.

    CONTENT is one or more files or folders; the default is content/.
    With --schools, make the materials once for each school in a list.
    """
    if drafts and release:
        raise click.UsageError("Drafts can't be released: use either --drafts or --release.")
    if schools:
        from schools.options import SchoolsOptions

        options = SchoolsOptions(
            listed=_list_options(contact, columns),
            only=only,
            deck_template=deck_template,
            release=release,
            force=force,
            jobs=jobs,
            scheduler=scheduler,
            store=store,
            zipped=zipped,
            skip_bad_rows=skip_bad_rows,
            languages=languages,
            drafts=drafts,
        )
        _build_schools(content, schools, output, options, (paper, ink, size), quiet=quiet)
        return
    if contact or columns or jobs or skip_bad_rows or zipped or store or scheduler:
        raise click.UsageError(
            "--contact, --column, --jobs, --skip-bad-rows, --zip, --store and --scheduler are for "
            "a list of schools: name the list with --schools."
        )
    with _errors():
        from console import messages, progress
        from press.build import build as build_all
        from press.content_files import content_files
        from press.options import BuildOptions

        files = content_files(content)
        with progress.files_made(click.echo, quiet=quiet, verbose=verbose) as show:
            report = build_all(
                files,
                output,
                BuildOptions(
                    only=only,
                    release=release,
                    force=force,
                    deck_template=deck_template,
                    wanted=_edition(paper, ink, size),
                    languages=languages,
                    drafts=drafts,
                ),
                progress=show,
                waiting=lambda: _warn(messages.WAITING),
            )
    if not quiet:
        progress.print_table(messages.files(report), click.echo, by_last=True)
        _say(*messages.summary(report))
    _warn(*messages.problems(report.warnings))


def _build_schools(
    content: tuple[Path, ...],
    schools: Path,
    output: Path,
    options: "SchoolsOptions",
    edition: tuple[str | None, str | None, str | None],
    *,
    quiet: bool,
) -> None:
    """Make the files of every school in a list."""
    from schools.options import MOST_SHOWN

    start = time.monotonic()
    with _errors(MOST_SHOWN, "Finished schools are kept. Run the same command again to continue."):
        from console import messages, progress
        from press.content_files import content_files
        from schools.build import build as build_all

        files = content_files(content)
        with progress.schools_made(_warn, quiet=quiet) as show:
            report = build_all(
                files,
                schools,
                output,
                replace(options, wanted=_edition(*edition)),
                progress=show,
                waiting=lambda: _warn(messages.WAITING),
                understood=lambda listing: _warn(*([] if quiet else messages.headings(listing))),
            )
    _warn(*messages.schools_problems(report, MOST_SHOWN))
    if not quiet:
        _say(*messages.schools_summary(report, time.monotonic() - start))
    if report.bad:
        _fail(ExitCode.CONTENT, messages.bad_rows(report))


@main.command()
@CONTENT
@click.option("--links", is_flag=True, help="Also check that every web address answers.")
@click.option("--with-verapdf", is_flag=True, help="Also check the finished PDFs with veraPDF.")
@OUTPUT
def check(content: tuple[Path, ...], links: bool, with_verapdf: bool, output: Path) -> None:
    """Check the content without making anything."""
    with _errors():
        from console.check import check as run
        from press.content_files import content_files

        _show(run(content_files(content), output, links=links, with_verapdf=with_verapdf))


@main.command()
@CONTENT
@_file_to_check("The list: CSV, Excel or YAML.")
@CONTACT
@COLUMN
def schools(
    content: tuple[Path, ...], file: Path, contact: str | None, columns: tuple[str, ...]
) -> None:
    """Show how a list of schools is understood, and its bad rows, without making anything."""
    from schools.options import MOST_SHOWN

    options = _list_options(contact, columns)
    with _errors(MOST_SHOWN):
        from console import messages, progress
        from press.content_files import content_files
        from schools.build import check as check_list

        def show(listing: "Listing") -> None:
            progress.print_table(messages.list_columns(listing), click.echo)
            _say(*messages.list_checked(listing))

        report = check_list(content_files(content), file, options, show)
    _warn(*messages.schools_problems(report, MOST_SHOWN))
    if report.bad:
        _fail(ExitCode.CONTENT, messages.bad_rows(report))


@main.command()
@CONTENT
@_port(8765)
@OUTPUT
@DECK_TEMPLATE
@NO_BROWSER
def preview(
    content: tuple[Path, ...],
    port: int,
    output: Path,
    deck_template: Path | None,
    no_browser: bool,
) -> None:
    """Show all sheets and slides in the browser, updated after each save. Stop with Ctrl-C."""
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


@main.command()
@CONTENT
@_port(8800)
@OUTPUT
@NO_BROWSER
@click.option(
    "--base-url",
    metavar="URL",
    default="",
    help="The address of a sign-on proxy in front of the studio: https://handouts.district.example",
)
@click.option(
    "--trust-proxy-user",
    metavar="HEADER",
    default="",
    help="The header in which that proxy says who asks, such as X-Forwarded-User.",
)
def studio(
    content: tuple[Path, ...],
    port: int,
    output: Path,
    no_browser: bool,
    base_url: str,
    trust_proxy_user: str,
) -> None:
    """Edit everything in the browser: forms, and the sheets and slides beside them.

    CONTENT is one or more files or folders; the default is content/. Stop with Ctrl-C; what is not
    saved yet is kept as a draft. It can only be reached from this computer; --trust-proxy-user is
    for a proxy that everybody must sign on to.
    """
    if trust_proxy_user and not base_url:
        raise click.UsageError("--trust-proxy-user is for a proxy: give its address by --base-url.")
    with _errors():
        from console.crash import told
        from press.content_files import content_files
        from studio.server import serve

        serve(
            content_files(content),
            output,
            port,
            base_url=base_url,
            user_header=trust_proxy_user,
            browser=not no_browser,
            say=click.echo,
            report=lambda error: told(error, "studio", ""),
        )


@main.command()
@CONTENT
@_file_to_check("The PowerPoint file.")
def template(content: tuple[Path, ...], file: Path) -> None:
    """Tell whether the deck can be built on a PowerPoint template, and what is used for what.

    The decks of CONTENT (the default is content/) are tried on it; nothing is written.
    """
    with _errors():
        from console.check import try_template
        from pack.errors import TemplateError
        from press.content_files import content_files

        try:
            _show(try_template(content_files(content), file))
        except TemplateError as error:
            _fail(ExitCode.CONTENT, str(error))


_FILE = click.Path(path_type=Path, dir_okay=False)


@main.command()
@click.argument("language", required=False)
@CONTENT
@click.option("--status", is_flag=True, help="Show how far translations are, by sheet.")
@click.option("--export", type=_FILE, metavar="FILE", help="Write a file: .xlsx, .po or .tmx.")
@click.option(
    "--import", "sent", type=_FILE, metavar="FILE", help="Take over an .xlsx or .po file."
)
@click.option("--approve", is_flag=True, help="Record that translations were reviewed.")
@click.option("--by", metavar="ROLE", help="Who reviewed them: a role, never a person's name.")
@click.option("--only", metavar="SHEET", help="Export or approve only what this sheet shows.")
@click.option("--still-right", multiple=True, metavar="PATH", help="Keep it; can be repeated.")
def translate(language: str | None, content: tuple[Path, ...], **asked: Any) -> None:
    """Make the translations into LANGUAGE, or bring them up to date with the content.

    \b
    For example, with a translator who works in Excel:
      translate es
      translate es --export spanish.xlsx
      translate es --import spanish.xlsx
      translate es --approve --by "bilingual school counselor"

    --still-right keeps a translation although its English changed, such as after a typo.
    """
    with _errors(output_state="The translations were not changed."):
        from console.translate import TranslateOptions
        from console.translate import translate as run

        output = run(language, content, TranslateOptions(**asked))
    _show([output])


@main.command("list")
@CONTENT
def list_artifacts(content: tuple[Path, ...]) -> None:
    """List what would be made, and from what."""
    with _errors():
        from console import messages, progress
        from press import pipeline
        from press.builders import artifacts_of
        from press.content_files import content_files

        packs, _ = pipeline.read_versions(content_files(content))
    artifacts = [one for pack in packs for one in artifacts_of(pack, versions=packs)]
    progress.print_table(messages.planned(artifacts), click.echo)


@main.command()
def schema() -> None:
    """Print the JSON Schema of content files, for completion and validation in editors."""
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
    """Write a new content file, with comments and ready to build."""
    with _errors():
        from press.new_pack import start_pack

        file = start_pack(name, folder)
    click.echo(f"Created {file}. Edit it, then run: {command(f'build {shlex.quote(str(file))}')}")


def _list_options(contact: str | None, columns: tuple[str, ...]) -> "ListOptions":
    """How a list of schools is to be read."""
    from schools.options import ListOptions

    with _errors():
        from schools.columns import headings_given

        return ListOptions(contact, headings_given(columns))


def _edition(paper: str | None, ink: str | None, size: str | None) -> "Edition | None":
    """The requested edition, if any."""
    if not (paper or ink or size):
        return None
    from pack.artifacts import asked_edition

    return asked_edition(paper, ink, size)


@contextmanager
def _errors(
    most: int | None = None, output_state: str = "Your existing files were not changed."
) -> Iterator[None]:
    """Print failures as a sentence, and exit with the code for each.

    `most` is how many problems are listed; the rest are counted. `output_state` says what happened
    to the output if it could not be written.
    """
    from console import messages
    from pack.errors import PressError, UsageError

    try:
        with interruptible():
            yield
    except UsageError as error:
        raise click.UsageError(str(error)) from None
    except PressError as error:
        _fail(error.exit_code, *messages.failure(error, most, output_state))
    except ModuleNotFoundError as error:
        _fail(ExitCode.LIBRARY, f"The package {error.name} is missing. {SETUP}")
    except KeyboardInterrupt:
        click.echo(f"Stopped. {output_state}", err=True)
        # Immediately: a library that was interrupted may crash during Python's cleanup. The worker
        # processes end with this one.
        os._exit(ExitCode.STOPPED)
    except (click.ClickException, BrokenPipeError):
        raise
    except Exception as error:
        from console import crash

        _fail(ExitCode.UNEXPECTED, crash.told(error, shlex.join(sys.argv), output_state))


def _show(parts: "Iterable[CommandOutput]") -> None:
    """Print each part of what a command says as soon as it is there; exit if it has errors."""
    from console import messages

    failed = False
    for part in parts:
        _say(*part.lines)
        _warn(*messages.problems(part.problems))
        failed = failed or any(problem.severity == "error" for problem in part.problems)
    if failed:
        sys.exit(ExitCode.CONTENT)


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
