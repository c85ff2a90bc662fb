"""A Dask cluster on this machine, started as people would start it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scheduler_in(folder: Path) -> Iterator[str]:
    """The address of a scheduler that knows nothing about the program."""
    process = _dask(
        *("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"), folder=folder
    )
    try:
        yield _line(process, "Scheduler at:").split()[-1]
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@contextmanager
def workers_in(
    folder: Path, scheduler: str, count: int, python: str = sys.executable
) -> "Iterator[subprocess.Popen[str]]":
    """Workers started in a folder; they are killed at the end."""
    process = _dask(
        *("worker", scheduler, "--nworkers", count, "--nthreads", "1", "--no-dashboard"),
        folder=folder,
        python=python,
    )
    try:
        for _ in range(count):
            _line(process, "Registered to:")
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.stderr.close() if process.stderr else None
        process.wait()


def _dask(
    *arguments: object, folder: Path, python: str = sys.executable
) -> "subprocess.Popen[str]":
    """A process of the command `dask`, in a process group of its own."""
    return subprocess.Popen(
        # -P, because the command itself does not look for modules in the current folder.
        [python, "-P", "-m", "dask", *map(str, arguments)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _line(process: "subprocess.Popen[str]", words: str) -> str:
    """The first line of a process's error output that contains these words."""
    assert process.stderr
    return next(line for line in process.stderr if words in line)
