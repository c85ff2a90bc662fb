"""Which content files a run reads."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pack.errors import NameTaken, NoContent

#: Where content files are looked for if none is named.
_USUAL = Path("content")


def content_files(named: Sequence[Path]) -> list[Path]:
    """The files that were named; those of a folder; by default those in content/.

    Raises `NoContent` if a folder has none, and `NameTaken` if two have one name.
    """
    if not named and not _USUAL.is_dir():
        raise NoContent(
            "There is no folder “content” here. Name a content file, "
            "or make one with the command “new”."
        )
    files = [file for path in named or (_USUAL,) for file in _files(path)]
    names = [file.stem for file in files]
    if twice := {name for name in names if names.count(name) > 1}:
        raise NameTaken(
            f"Two content files are named {min(twice)}: their output would be mixed up."
        )
    return files


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    found = sorted(path.glob("*.yaml"))
    if not found:
        raise NoContent(f"There is no content file (.yaml) in {path}.")
    yield from found
