"""Write files so that they are the old or the new ones at any moment, also if the power fails."""

import contextlib
import os
import stat
from pathlib import Path


def write_whole(file: Path, data: bytes) -> None:
    """Replace a file, or make it. Whoever might write to it may still do so. Raises `OSError`."""
    fresh = _fresh(file)
    with fresh.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    if file.exists():
        _own_alike(fresh, file.stat())
    fresh.replace(file)
    sync_folder(file.parent)


def remove_leftover(file: Path) -> None:
    """Remove what is left of writing a file if the program was killed. Raises `OSError`."""
    _fresh(file).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Wait until new names in a folder would survive a power failure, where the system can."""
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _fresh(file: Path) -> Path:
    return file.with_name(f".{file.name}.new")


def _own_alike(file: Path, other: os.stat_result) -> None:
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):  # only root may give files away
            os.chown(file, other.st_uid, other.st_gid)
    file.chmod(stat.S_IMODE(other.st_mode))
