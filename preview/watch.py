"""Watch for saved files: content, the pictures that it names, templates and styles."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

from pack.theme import TEMPLATES

# A save may be written in several steps: how long to wait for the next one, and at most, in ms.
_STEP, _WAIT = 15, 150


async def watch(files: Iterable[Path], output: Path, on_save: Callable[[bool], object]) -> None:
    """Call `on_save` after each save, forever; with True if the appearance changed."""
    await asyncio.gather(_watch_content(list(files), output, on_save), _watch_templates(on_save))


async def _watch_templates(on_save: Callable[[bool], object]) -> None:
    async for _ in _changes({TEMPLATES}, recursive=True):
        on_save(True)


async def _watch_content(
    files: list[Path], output: Path, on_save: Callable[[bool], object]
) -> None:
    """Watch the folders of the content, and their subfolders, which hold its pictures."""
    while True:
        folders = _folders(files, output)
        if not folders:
            await asyncio.sleep(1)
            continue
        async for _ in _changes(folders, recursive=False):
            on_save(False)
            if _folders(files, output) != folders:
                break
        on_save(False)  # for saves while nobody was watching


def _folders(files: Iterable[Path], output: Path) -> set[Path]:
    """The folders to watch, without hidden ones and the output, where builds look like saves."""
    above = {file.resolve().parent for file in files}
    below = (path for folder in above if folder.is_dir() for path in folder.iterdir())
    found = {*above, *(path for path in below if path.is_dir() and not path.name.startswith("."))}
    return {path for path in found if path.is_dir() and path != output.resolve()}


async def _changes(folders: set[Path], *, recursive: bool) -> AsyncIterator[object]:
    from watchfiles import awatch

    try:
        async for found in awatch(*folders, debounce=_WAIT, step=_STEP, recursive=recursive):
            yield found
    except FileNotFoundError:
        await asyncio.sleep(1)  # a folder has just disappeared
