"""Publish a school's files: its folder is either the whole old one or the whole new one."""

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from pack.errors import output_errors
from pack.hashing import sha256_of_bytes, sha256_of_file
from press.publish import (
    SCHOOLS,
    free_name,
    link_all,
    put,
    remove_leftovers,
    replace_files,
    second_name,
)

#: The digests of the files that earlier builds made, by name.
Known = Mapping[str, Collection[str]]


def publish_school(
    folder: Path,
    files: Mapping[str, bytes],
    known: Known,
    *,
    whole: bool,
    links: Mapping[str, Path] | None = None,
) -> tuple[str, ...]:
    """Put a school's files in place. Returns the names of files that were kept aside.

    An existing file in the way that is not `known` is kept under another name. If `whole`, the
    folder belongs to this school alone: it is exchanged in one step, and known files that are not
    among the new ones are removed. Otherwise each file is exchanged. `links` are files elsewhere
    that a whole folder gets too, by their names in it: as hard links where possible, else as
    copies. Unlike `publish`, this does not wait for the disk after each file: after a power cut a
    school may have to be made again. Raises `OutputError`.
    """
    with output_errors(folder):
        aside = dict(_changed(folder, files, known))
        if whole:
            links = links or {}
            gone: set[str] = set()
            stage = folder.parent / f".new-{folder.name}"
            shutil.rmtree(stage, ignore_errors=True)
            stage.mkdir(parents=True)
            if folder.is_dir():
                gone = {name for name in known if sha256_of_file(folder / name) in known[name]}
                link_all(folder, stage, {*files, *gone, *links}, aside)
            for inner in {name.rpartition("/")[0] for name in (*files, *links)} - {""}:
                (stage / inner).mkdir(parents=True, exist_ok=True)
            for name, data in files.items():
                (stage / name).write_bytes(data)
            for name, source in links.items():
                second_name(str(source), f"{stage}/{name}")
            _remove_empty((stage / name).parent for name in gone)
            put(stage, folder)
            shutil.rmtree(stage, ignore_errors=True)
        else:
            for name, other in aside.items():
                (folder / name).rename(folder / other)
            replace_files(folder, files)
    return tuple(aside.values())


def _changed(folder: Path, files: Mapping[str, bytes], known: Known) -> Iterator[tuple[str, str]]:
    """Files in the way that no build made, and their new names."""
    for name, data in files.items() if folder.is_dir() else ():
        there = sha256_of_file(folder / name)
        made_here = (*known.get(name, ()), sha256_of_bytes(data))
        if (folder / name).exists() and there not in made_here:
            yield name, free_name(folder, name)


def discard(folder: Path, known: Known) -> None:
    """Remove unchanged files of earlier builds, and folders that are then empty.

    Raises `OutputError`.
    """
    with output_errors(folder, "changed"):
        for name, digests in known.items():
            if sha256_of_file(folder / name) in digests:
                (folder / name).unlink()
        _remove_empty([folder, *((folder / name).parent for name in known)])


def _remove_empty(folders: Iterable[Path]) -> None:
    for folder in sorted(set(folders), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def recover(folder: Path) -> None:
    """Bring back a pack's schools after a killed build, and remove what it left behind.

    Raises `OutputError`.
    """
    schools = folder / SCHOOLS
    with output_errors(folder, "changed"):
        if folder.parent.is_dir():
            remove_leftovers(folder)
        for left in sorted(schools.glob(".new-*")):
            school = schools / left.name.removeprefix(".new-").removesuffix(".old")
            if left.name.endswith(".old") and not school.exists():
                left.replace(school)
            else:
                shutil.rmtree(left, ignore_errors=True)
        for left in (*schools.glob(".*.new"), *(schools / ".assets").glob("**/.*.new")):
            left.unlink()
