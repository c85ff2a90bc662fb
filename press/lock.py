"""One build at a time writes to an output folder, and has a temporary folder of its own."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from pack.errors import output_errors


@contextmanager
def locked(output: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Keep other builds out of an output folder; call `waiting` if one has to finish first.

    The lock file is in the system's temporary folder, so that a build that makes nothing leaves
    nothing behind. Whatever this process and those that it starts put into the temporary folder
    goes to a folder that is removed at the end; if they are killed, by the next build.
    """
    from filelock import FileLock, Timeout

    root = Path(tempfile.gettempdir())
    name = f"handout-press-{sha256(str(output.resolve()).encode()).hexdigest()[:16]}"
    lock = FileLock(root / f"{name}.lock", mode=0o666)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting()
        lock.acquire()
    try:
        with _temporary_folder(root, f"{name}-"):
            yield
    finally:
        lock.release()


@contextmanager
def _temporary_folder(root: Path, prefix: str) -> Iterator[None]:
    for left in root.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
    before = os.environ.get("TMPDIR")
    with output_errors(root, "used"):
        own = tempfile.mkdtemp(prefix=prefix, dir=root)
    os.environ["TMPDIR"] = tempfile.tempdir = own
    try:
        yield
    finally:
        tempfile.tempdir = None
        del os.environ["TMPDIR"]
        if before is not None:
            os.environ["TMPDIR"] = before
        shutil.rmtree(own, ignore_errors=True)
