"""Temporary files: a build has a folder of its own for them, which the next build can remove."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pack.errors import output_errors

#: Set while a build has its own folder: the system's, which the processes that it starts need, too.
_SHARED = "HANDOUT_PRESS_SHARED_TMPDIR"


@contextmanager
def own_folder(prefix: str) -> Iterator[None]:
    """Let this process and those that it starts use a new folder, which is removed at the end.

    Others with this prefix, left by processes that were killed, are removed first. Raises
    `OutputError`.
    """
    root = Path(tempfile.gettempdir())
    for left in root.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
    with output_errors(root, "used"):
        own = tempfile.mkdtemp(prefix=prefix, dir=root)
    before = {name: os.environ.get(name) for name in ("TMPDIR", _SHARED)}
    os.environ["TMPDIR"], os.environ[_SHARED] = own, str(root)
    tempfile.tempdir = own
    try:
        yield
    finally:
        tempfile.tempdir = str(root)
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
        shutil.rmtree(own, ignore_errors=True)


@contextmanager
def shared_folder() -> Iterator[None]:
    """For the moment, use the system's temporary folder: for what outlives a build."""
    own = tempfile.gettempdir()
    tempfile.tempdir = os.environ.get(_SHARED, own)
    try:
        yield
    finally:
        tempfile.tempdir = own
