"""The content files to read."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pack.errors import NameTaken, NoContent

#: Where to look for content files if none are named.
_DEFAULT = Path("content")


def content_files(named: Sequence[Path]) -> list[Path]:
    """The named files, the content files in named folders, or by default those in content/.

    Raises `NoContent` if a folder has none, and `NameTaken` if two have the same name.
    """
    if not named and not _DEFAULT.is_dir():
        raise NoContent(
            "There is no “content” folder here. Name a content file, "
            "or create one with the command “new”."
        )
    files = [file for path in named or (_DEFAULT,) for file in _files(path)]
    names = [file.stem for file in files]
    if twice := {name for name in names if names.count(name) > 1}:
        raise NameTaken(
            f"Two content files are named {min(twice)}, so their output would be mixed up. "
            "Rename one of them."
        )
    return files


def translations_folder(file: Path) -> Path:
    """The folder of the translations of a content file, which need not exist."""
    return file.parent / "translations" / file.stem


def translation_files(file: Path) -> list[Path]:
    """The files of translations of a content file, of all languages."""
    folder = translations_folder(file)
    endings = ("*.po", "*.glossary.csv", "*.reviews.csv")
    return sorted(found for ending in endings for found in folder.glob(ending))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    found = sorted(path.glob("*.yaml"))
    if not found:
        raise NoContent(
            f"There are no content files (.yaml) in {path}. Name a file, or another folder."
        )
    yield from found
