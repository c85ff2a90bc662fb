"""Only one build at a time writes to an output folder."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path


@contextmanager
def locked(output: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Keep other builds out of an output folder; call `waiting` if one has to finish first.

    The lock file is in the system's temporary folder, so that a build that makes nothing leaves
    nothing behind.
    """
    from filelock import FileLock, Timeout

    name = sha256(str(output.resolve()).encode()).hexdigest()[:16]
    lock = FileLock(Path(tempfile.gettempdir()) / f"handout-press-{name}.lock", mode=0o666)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
