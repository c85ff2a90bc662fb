"""Progress and results: bars and fitted lines on a terminal, plain lines in a pipe.

`say` prints a line.
"""

import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.messages import Cells
    from press.render import Rendered
    from schools.options import Progress

Say = Callable[[str], None]

#: The time between two progress lines of a list of schools in a pipe, in seconds.
_INTERVAL = 5


def print_table(rows: "Sequence[Cells]", say: Say, *, by_last: bool = False) -> None:
    """Print rows in lines that fit the terminal (see `fitted`); in a pipe, each row in full."""
    if sys.stdout.isatty():
        from console.table import fitted

        lines = fitted(rows, shutil.get_terminal_size().columns, by_last=by_last)
    else:
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = (
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        )
    for line in lines:
        say(line)


@contextmanager
def files_made(
    say: Say, *, quiet: bool, verbose: bool
) -> "Iterator[Callable[[Rendered, int], None]]":
    """A bar on a terminal, a line per file if `verbose`, nothing if `quiet`."""

    def show(made: "Rendered", total: int) -> None:
        if verbose:
            say(f"{made.artifact.path}: {made.seconds:.2f} s")

    if quiet or verbose or not sys.stdout.isatty():
        yield show
        return
    from rich.progress import Progress

    with Progress(transient=True) as bar:
        task = bar.add_task("Making the materials", total=None)
        yield lambda made, total: bar.update(task, advance=1, total=total)


@contextmanager
def schools_made(say: Say, *, quiet: bool) -> "Iterator[Progress]":
    """How many schools are done, how fast they are made, and the time that is left."""
    if quiet:
        yield lambda done, total: None
        return
    if not sys.stderr.isatty():
        yield _at_intervals(say)
        return
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
            pace = f"{done / max(time.monotonic() - began, 0.01):.0f} per second"
            bar.update(task, completed=done, total=total, pace=pace)

        yield move


def _at_intervals(say: Say) -> "Progress":
    began = last = time.monotonic()

    def show(done: int, total: int) -> None:
        nonlocal last
        if (now := time.monotonic()) - last > _INTERVAL and done:
            last = now
            pace = done / (now - began)
            left = (total - done) / pace
            say(f"{done:,} of {total:,} schools, {pace:.0f} per second, {left:.0f} s left")

    return show
