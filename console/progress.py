"""How a run shows itself: bars and tables on a terminal, plain lines in a pipe.

`say` is what prints a line.
"""

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

#: How often a list of schools is heard of in a pipe, in seconds.
_PAUSE = 5


def print_table(rows: "Sequence[Cells]", say: Say) -> None:
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
        say("  ".join(cells).rstrip())


@contextmanager
def files_made(
    say: Say, *, quiet: bool, verbose: bool
) -> "Iterator[Callable[[Rendered, int], None]]":
    """A bar on a terminal, lines in a pipe if asked for (`verbose`), nothing if `quiet`."""

    def tell(made: "Rendered", total: int) -> None:
        if verbose:
            say(f"{made.artifact.path}: {made.seconds:.2f} s")

    if quiet or verbose or not sys.stdout.isatty():
        yield tell
        return
    from rich.progress import Progress

    with Progress(transient=True) as bar:
        task = bar.add_task("Making the materials", total=None)
        yield lambda made, total: bar.update(task, advance=1, total=total)


@contextmanager
def schools_made(say: Say, *, quiet: bool) -> "Iterator[Progress]":
    """How far a list of schools is, how fast it goes, and how long it still takes."""
    if quiet:
        yield lambda done, total: None
        return
    if not sys.stderr.isatty():
        yield _now_and_then(say)
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
            pace = f"{done / max(time.monotonic() - began, 0.01):.0f} a second"
            bar.update(task, completed=done, total=total, pace=pace)

        yield move


def _now_and_then(say: Say) -> "Progress":
    began = said = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal said
        if (now := time.monotonic()) - said > _PAUSE and done:
            said = now
            pace = done / (now - began)
            left = (total - done) / pace
            say(f"{done:,} of {total:,} schools, {pace:.0f} a second, {left:.0f} s left")

    return tell
