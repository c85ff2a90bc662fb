"""Noticing that a file was saved: the content, a picture that it names, a template or style."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

from pack.theme import TEMPLATES

# How long a save takes that is written in several steps, and how long to wait at most, in ms.
_STEP, _WAIT = 15, 150


async def watch(files: Iterable[Path], output: Path, tell: Callable[[bool], None]) -> None:
    """Call `tell` after each save, for ever; with True if it was of how things look."""
    await asyncio.gather(_watch_content(list(files), output, tell), _watch_looks(tell))


async def _watch_looks(tell: Callable[[bool], None]) -> None:
    async for _ in _changes({TEMPLATES}, recursive=True):
        tell(True)


async def _watch_content(files: list[Path], output: Path, tell: Callable[[bool], None]) -> None:
    """The folders of the content, and those in them, where its pictures are."""
    while True:
        folders = _folders(files, output)
        if not folders:
            await asyncio.sleep(1)
            continue
        async for _ in _changes(folders, recursive=False):
            tell(False)
            if _folders(files, output) != folders:
                break
        tell(False)  # what was saved while nobody watched


def _folders(files: Iterable[Path], output: Path) -> set[Path]:
    """Not hidden ones, and not the output, where every build would be taken for a save."""
    above = {file.resolve().parent for file in files}
    below = (one for folder in above if folder.is_dir() for one in folder.iterdir())
    found = {*above, *(one for one in below if one.is_dir() and not one.name.startswith("."))}
    return {one for one in found if one.is_dir() and one != output.resolve()}


async def _changes(folders: set[Path], *, recursive: bool) -> AsyncIterator[object]:
    from watchfiles import awatch

    try:
        async for found in awatch(*folders, debounce=_WAIT, step=_STEP, recursive=recursive):
            yield found
    except FileNotFoundError:
        await asyncio.sleep(1)  # a folder went away just now
