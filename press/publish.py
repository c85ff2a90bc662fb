"""Putting finished files in place: all of them, whole, or none."""

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from press.errors import OutputError


def publish(folder: Path, files: Iterable[tuple[Path, bytes]]) -> None:
    """Write files below a folder.

    Each goes to a temporary name beside its place first; only when all are on the disk are they
    renamed, which replaces an old file in one step. Raises `OutputError`, and leaves the old
    files as they were, if something can't be written.
    """
    written: list[tuple[Path, Path]] = []
    try:
        for path, data in files:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.is_dir():
                raise IsADirectoryError(None, "there is a folder of this name", str(target))
            handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
            written.append((Path(name), target))
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(0o644)
        for temporary, target in written:
            temporary.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{error.filename or folder} can't be written: {reason}") from None
    finally:
        for temporary, _ in written:
            with contextlib.suppress(OSError):
                temporary.unlink()
