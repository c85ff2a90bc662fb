"""Builds from the command line, and why they made each file."""

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

from tests.conftest import run_cli

Build = Callable[..., CompletedProcess[str]]


def builds_in(folder: Path, *always: str) -> Build:
    """A build in a folder, which takes more options each time."""
    return lambda *options: run_cli("build", *always, *options, folder=folder)


def reasons(result: CompletedProcess[str], pack: str = "reading") -> dict[str, str]:
    """Why a build made each file, by its path in the folder of the pack."""
    rows = (re.split(r"\s{2,}", line) for line in result.stdout.splitlines())
    return {row[0].removeprefix(f"output/{pack}/"): row[-1] for row in rows if len(row) > 2}
