"""Publish finished files: a pack's output folder is always either the old one or the new one.

The new folder is made beside the old one, and the two are exchanged in one file system operation.
"""

import contextlib
import ctypes
import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from pack.errors import output_errors

_EXCHANGE = 2  # RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS


def publish(
    folder: Path,
    files: Mapping[str, bytes],
    without: Collection[str] = (),
    aside: Mapping[str, str] | None = None,
) -> None:
    """Write all files to a folder or none of them, and leave all other files unchanged.

    `without` are files to remove, `aside` files to keep under another name. Raises `OutputError`,
    and leaves the folder unchanged, if something can't be written.
    """
    with output_errors(folder), ExitStack() as stack:
        for name in files:
            if (folder / name).is_dir():
                raise IsADirectoryError(
                    None, "there is already a folder with this name", str(folder / name)
                )
        if folder.exists() and not folder.is_dir():
            raise NotADirectoryError(None, "there is already a file with this name", str(folder))
        folder.parent.mkdir(parents=True, exist_ok=True)
        remove_leftovers(folder)
        stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        stack.callback(shutil.rmtree, stage, ignore_errors=True)
        stage.chmod(0o755)
        fresh = {name: data for name, data in files.items() if not _holds(folder / name, data)}
        if folder.is_dir():
            link_all(folder, stage, {*fresh, *without}, aside or {})
        for name, data in fresh.items():
            target = stage / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        # Sync after everything is written, and in parallel: the disk then needs fewer operations.
        with ThreadPoolExecutor(max_workers=16) as pool:
            list(pool.map(_sync, (stage / name for name in fresh)))
        if (folder / SCHOOLS).is_dir():
            # The new folder shows the schools, too, from the moment at which it replaces the old.
            with contextlib.suppress(OSError):
                (stage / SCHOOLS).symlink_to(_schools_in(stage))
        put(stage, folder)
        _keep_schools(stage, folder)


#: A folder below a pack's output folder that builds of the pack leave in place.
SCHOOLS = "schools"


def _schools_in(stage: Path) -> Path:
    """The schools of the old folder, once that has been exchanged, as seen from the new one."""
    return Path("..", stage.name, SCHOOLS)


def free_name(folder: Path, name: str) -> str:
    """The name under which to keep a file: NAME.kept-1.pdf, or with the next free number."""
    path, number = Path(name), 1
    while (folder / (other := f"{path.stem}.kept-{number}{path.suffix}")).exists():
        number += 1
    return path.with_name(other).as_posix()


def replace_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files beside the packs' folders, each atomically. Raises `OutputError`."""
    with output_errors(folder):
        for name, data in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_name(f".{target.name}.new")
            fresh.write_bytes(data)
            fresh.replace(target)


def _holds(file: Path, data: bytes) -> bool:
    """Whether a file already has exactly these bytes and need not be written."""
    try:
        return file.stat().st_size == len(data) and file.read_bytes() == data
    except OSError:
        return False


def _sync(file: Path) -> None:
    """Wait until a file would survive a power failure."""
    with file.open("rb") as stream:
        os.fsync(stream.fileno())


def link_all(source: Path, target: Path, gone: Collection[str], aside: Mapping[str, str]) -> None:
    """Hard-link a folder's files into another folder, or copy them where links are not possible."""
    for entry in _entries(source):
        name = entry.relative_to(source).as_posix()
        if entry.is_dir():
            (target / name).mkdir(parents=True, exist_ok=True)
        elif name in aside:
            _link(entry, target / aside[name])
        elif name not in gone:
            _link(entry, target / name)


def _entries(folder: Path) -> Iterator[Path]:
    """Everything below a folder except the schools, which may be a hundred thousand files."""
    for entry in folder.iterdir():
        if entry.name != SCHOOLS:
            yield entry
            yield from entry.rglob("*")


def _keep_schools(old: Path, folder: Path) -> None:
    """Move the schools from the replaced folder to the new one, where a link stands for them."""
    schools, link = old / SCHOOLS, folder / SCHOOLS
    if not schools.is_dir() or (link.exists() and not _links(link, _schools_in(old))):
        return
    if not (link.is_symlink() and _exchange(schools, link)):
        link.unlink(missing_ok=True)
        schools.replace(link)


def _links(link: Path, target: Path) -> bool:
    return link.is_symlink() and link.readlink() == target


def _link(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    second_name(str(file), str(target))


def second_name(file: str, target: str) -> None:
    """Hard-link a file, or copy it where links are not possible."""
    try:
        os.link(file, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(file, target, follow_symlinks=False)


def put(stage: Path, folder: Path) -> None:
    """Replace `folder` with `stage`; afterwards `stage` is the old folder, if there was one."""
    if not folder.exists():
        stage.replace(folder)
    elif not _exchange(stage, folder):
        # This file system can't exchange folders: rename twice, with a brief gap in between.
        old = Path(f"{stage}.old")
        folder.replace(old)
        stage.replace(folder)
        old.replace(stage)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, if the system can."""
    name = {"linux": "renameat2", "darwin": "renamex_np"}.get(sys.platform)
    function = getattr(ctypes.CDLL(None), name, None) if name else None
    if function is None:
        return False
    paths = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux":
        here = -100  # AT_FDCWD
        return bool(function(here, paths[0], here, paths[1], _EXCHANGE) == 0)
    return bool(function(*paths, _EXCHANGE) == 0)


def remove_leftovers(folder: Path) -> None:
    """Remove what a killed build left beside a folder, or restore the folder from it."""
    for file in folder.parent.glob(".*.new"):
        file.unlink()
    stage = "?" * 8  # as tempfile names folders
    for left in sorted(folder.parent.glob(f".{glob.escape(folder.name)}.{stage}*")):
        if left.name.endswith(".old") and not folder.exists():
            left.replace(folder)
        else:
            _keep_schools(left, folder)
            with contextlib.suppress(OSError):
                shutil.rmtree(left)
