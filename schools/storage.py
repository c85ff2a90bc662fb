"""Where the files of schools go: a folder, or a store of objects such as S3."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from pack.errors import MissingLibrary, OutputError
from pack.installation import setup_extra
from schools.journal import announce
from schools.publish import Known, discard, publish_school

#: The folder, beside the schools' folders, for the files that they share. No id is like this.
ASSETS = ".assets"

#: The digest and the size in bytes of each file, by name.
Digests = Mapping[str, tuple[str, int]]


class SharedFile(NamedTuple):
    """A file that other schools have as well: its path in `ASSETS`, and what it says."""

    path: str
    data: bytes


def language_folder(name: str) -> str:
    """The folder of a language that a school's file is in, such as "es/", by the file's name.

    It is "" for the school's first language, whose files are in the school's folder itself.
    """
    first, slash, _ = name.partition("/")
    return f"{first}/" if slash and first != "assets" else ""


@dataclass(frozen=True)
class Delivery:
    """The files to put in place for a school, by name, with their digests and sizes.

    `known` are the digests of the files that earlier builds made, `shared` the files that other
    schools have as well.
    """

    id: str
    files: Mapping[str, bytes]
    digests: Digests
    known: Known
    shared: Mapping[str, SharedFile]


class Storage(Protocol):
    """A place for the files of schools."""

    def put(self, delivery: Delivery) -> tuple[str, ...]:
        """Put a school's files in place, all of them or none, and remove earlier ones.

        Returns the names of hand-edited files that were kept aside. Raises `OutputError`.
        """

    def holds(self, id: str, files: Mapping[str, int]) -> bool:
        """Whether a school's files exist, with these sizes in bytes."""

    def finish(self, name: str, file: Path) -> None:
        """Put a file beside the schools when everything is done."""


@dataclass(frozen=True)
class FolderStorage:
    """A folder with a subfolder or a ZIP file for each school."""

    path: Path
    zipped: bool = False

    def put(self, delivery: Delivery) -> tuple[str, ...]:
        announce(self.path, delivery.id, delivery.digests)
        archive, own = f"{delivery.id}.zip", self.path / delivery.id
        inside = {name: digests for name, digests in delivery.known.items() if name != archive}
        if self.zipped:
            kept = publish_school(self.path, delivery.files, delivery.known, whole=False)
            if own.is_dir():
                shared = delivery.shared.items()
                also = {name: [sha256(one.data).hexdigest()] for name, one in shared}
                discard(own, {**inside, **also})
            return kept
        links = {name: self.path / ASSETS / one.path for name, one in delivery.shared.items()}
        kept = publish_school(own, delivery.files, inside, whole=True, links=links)
        if archive in delivery.known:
            discard(self.path, {archive: delivery.known[archive]})
        return kept

    def holds(self, id: str, files: Mapping[str, int]) -> bool:
        folder = self.path if self.zipped else self.path / id
        try:
            return all((folder / name).stat().st_size == size for name, size in files.items())
        except OSError:
            return False

    def finish(self, name: str, file: Path) -> None:
        pass  # the journal is in this folder anyway


@dataclass(frozen=True)
class ObjectStorage:
    """A store of objects that fsspec supports, by its address, such as s3://bucket/folder.

    An object is stored whole or not at all. Changes that others make in the store are not noticed.
    """

    address: str

    def put(self, delivery: Delivery) -> tuple[str, ...]:
        zipped = f"{delivery.id}.zip" in delivery.files
        shared = {} if zipped else {name: one.data for name, one in delivery.shared.items()}
        files = {**delivery.files, **shared}
        self._pipe({_key(delivery.id, name): data for name, data in files.items()})
        with self._system() as (system, root):
            for name in sorted(delivery.known.keys() - files.keys()):
                if system.exists(f"{root}/{_key(delivery.id, name)}"):
                    system.rm_file(f"{root}/{_key(delivery.id, name)}")
        return ()

    def holds(self, id: str, files: Mapping[str, int]) -> bool:
        with self._system() as (system, root):
            try:
                return all(
                    system.size(f"{root}/{_key(id, name)}") == size for name, size in files.items()
                )
            except FileNotFoundError:
                return False

    def finish(self, name: str, file: Path) -> None:
        self._pipe({name: file.read_bytes()})

    def _pipe(self, files: Mapping[str, bytes]) -> None:
        with self._system() as (system, root):
            for folder in {f"{root}/{name}".rpartition("/")[0] for name in files}:
                system.makedirs(folder, exist_ok=True)
            system.pipe({f"{root}/{name}": data for name, data in files.items()})

    @contextmanager
    def _system(self) -> Iterator[tuple[Any, str]]:
        """The store and the path of the schools in it. Raises `OutputError`."""
        try:
            import fsspec
        except ModuleNotFoundError:
            raise MissingLibrary(
                f"--store needs the package “fsspec”: {setup_extra('cluster')}"
            ) from None
        try:
            system, root = fsspec.core.url_to_fs(self.address)
            yield system, root.rstrip("/")
        except Exception as error:  # each kind of store has its own errors
            reason = getattr(error, "strerror", None) or str(error)
            raise OutputError(f"{self.address} can't be written: {reason}.") from None


def _key(id: str, name: str) -> str:
    """The name of an object. A school's ZIP file is beside the schools' folders."""
    return name if name == f"{id}.zip" else f"{id}/{name}"
