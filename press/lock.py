"""One build at a time writes to an output folder, and has a temporary folder of its own."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from pack.temporary import own_folder


@contextmanager
def locked(output: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Keep other builds out of an output folder; call `waiting` if one has to finish first.

    The lock file is in the system's temporary folder, so that a build that makes nothing leaves
    nothing behind. Whatever this process and those that it starts put into the temporary folder
    goes to a folder that is removed at the end; if they are killed, by the next build.
    """
    from filelock import FileLock, Timeout

    name = f"handout-press-{sha256(str(output.resolve()).encode()).hexdigest()[:16]}"
    lock = FileLock(Path(tempfile.gettempdir()) / f"{name}.lock", mode=0o666)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting()
        lock.acquire()
    try:
        with own_folder(f"{name}-"):
            yield
    finally:
        lock.release()
