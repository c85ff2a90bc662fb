"""Where the files of schools go: a folder, or a store of objects such as S3."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from press.editions.pages import ASSETS
from press.errors import OutputError
from press.publish import publish_edition


class Target(Protocol):
    """A place for the files of schools."""

    def put(
        self,
        id: str,
        files: Mapping[str, bytes],
        known: Mapping[str, str],
        shared: Mapping[str, bytes],
    ) -> tuple[str, ...]:
        """Put a school's files in their place, all of them or none.

        `known` are the digests of those made before, `shared` the files that all schools have
        beside them. Returns the names of files that somebody had
        changed by hand, and that were kept aside. Raises `OutputError`.
        """

    def holds(self, id: str, files: Mapping[str, int]) -> bool:
        """Whether a school's files are there, with these sizes in bytes."""

    def finish(self, name: str, data: bytes) -> None:
        """Put a file beside the schools once all is done."""


@dataclass(frozen=True)
class Folder:
    """A folder with a folder for each school, or a ZIP file for each."""

    path: Path
    zipped: bool = False

    def put(
        self,
        id: str,
        files: Mapping[str, bytes],
        known: Mapping[str, str],
        shared: Mapping[str, bytes],
    ) -> tuple[str, ...]:
        folder = self.path if self.zipped else self.path / id
        links = (self.path / ASSETS, tuple(shared))
        return publish_edition(folder, files, known, whole=not self.zipped, links=links)

    def holds(self, id: str, files: Mapping[str, int]) -> bool:
        folder = self.path if self.zipped else self.path / id
        try:
            return all((folder / name).stat().st_size == size for name, size in files.items())
        except OSError:
            return False

    def finish(self, name: str, data: bytes) -> None:
        pass  # the ledger is kept here anyway


@dataclass(frozen=True)
class Store:
    """A store of objects that fsspec knows, by its address: s3://bucket/folder, for example.

    An object is there whole or not at all; what is in a store is not compared with what was put
    there.
    """

    address: str
    zipped: bool = False

    def put(
        self,
        id: str,
        files: Mapping[str, bytes],
        known: Mapping[str, str],
        shared: Mapping[str, bytes],
    ) -> tuple[str, ...]:
        every = {**files, **shared}
        self._pipe({name if self.zipped else f"{id}/{name}": one for name, one in every.items()})
        return ()

    def holds(self, id: str, files: Mapping[str, int]) -> bool:
        system, root = self._system()
        names = [name if self.zipped else f"{id}/{name}" for name in files]
        try:
            return all(
                system.size(f"{root}/{name}") == size
                for name, size in zip(names, files.values(), strict=True)
            )
        except OSError:
            return False

    def finish(self, name: str, data: bytes) -> None:
        self._pipe({name: data})

    def _pipe(self, files: Mapping[str, bytes]) -> None:
        system, root = self._system()
        try:
            for folder in {f"{root}/{name}".rpartition("/")[0] for name in files}:
                system.makedirs(folder, exist_ok=True)
            system.pipe({f"{root}/{name}": data for name, data in files.items()})
        except OSError as error:
            raise OutputError(f"{self.address} can't be written: {error}") from None

    def _system(self) -> tuple[Any, str]:
        import fsspec

        system, root = fsspec.core.url_to_fs(self.address)
        return system, root.rstrip("/")
