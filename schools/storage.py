"""Where the files of schools go: a folder, or a store of objects such as S3."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from pack.errors import OutputError
from schools.journal import announce
from schools.publish import Known, discard, publish_school

#: The folder beside those of the schools that holds what they share. No school's has this name.
ASSETS = ".assets"

#: The digest and the size in bytes of each file, by its name.
Digests = Mapping[str, tuple[str, int]]


@dataclass(frozen=True)
class Delivery:
    """What is put in a school's place: files by their names, with their digests and sizes.

    `known` are the digests of those made before, `shared` files that all schools have beside
    their own.
    """

    id: str
    files: Mapping[str, bytes]
    digests: Digests
    known: Known
    shared: Mapping[str, bytes]


class Storage(Protocol):
    """A place for the files of schools."""

    def put(self, one: Delivery) -> tuple[str, ...]:
        """Put a school's files in their place, all of them or none, and remove those before them.

        Returns the names of files that somebody had changed by hand, and that were kept aside.
        Raises `OutputError`.
        """

    def holds(self, id: str, files: Mapping[str, int]) -> bool:
        """Whether a school's files are there, with these sizes in bytes."""

    def finish(self, name: str, file: Path) -> None:
        """Put a file beside the schools once all is done."""


@dataclass(frozen=True)
class FolderStorage:
    """A folder with a folder for each school, or a ZIP file for each."""

    path: Path
    zipped: bool = False

    def put(self, one: Delivery) -> tuple[str, ...]:
        announce(self.path, one.id, one.digests)
        archive, own = f"{one.id}.zip", self.path / one.id
        inside = {name: digests for name, digests in one.known.items() if name != archive}
        if self.zipped:
            kept = publish_school(self.path, one.files, one.known, whole=False)
            if own.is_dir():
                also = {name: [sha256(data).hexdigest()] for name, data in one.shared.items()}
                discard(own, {**inside, **also})
            return kept
        links = (self.path / ASSETS, one.shared.keys())
        kept = publish_school(own, one.files, inside, whole=True, links=links)
        if archive in one.known:
            discard(self.path, {archive: one.known[archive]})
        return kept

    def holds(self, id: str, files: Mapping[str, int]) -> bool:
        folder = self.path if self.zipped else self.path / id
        try:
            return all((folder / name).stat().st_size == size for name, size in files.items())
        except OSError:
            return False

    def finish(self, name: str, file: Path) -> None:
        pass  # the journal is kept here anyway


@dataclass(frozen=True)
class ObjectStorage:
    """A store of objects that fsspec knows, by its address: s3://bucket/folder, for example.

    An object is there whole or not at all; what is in a store is not compared with what was put
    there.
    """

    address: str

    def put(self, one: Delivery) -> tuple[str, ...]:
        every = one.files if f"{one.id}.zip" in one.files else {**one.files, **one.shared}
        self._pipe({_key(one.id, name): data for name, data in every.items()})
        with self._system() as (system, root):
            for name in sorted(one.known.keys() - one.files.keys()):
                if system.exists(f"{root}/{_key(one.id, name)}"):
                    system.rm_file(f"{root}/{_key(one.id, name)}")
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
        """The store and the way to the schools in it. Raises `OutputError`."""
        try:
            import fsspec
        except ModuleNotFoundError:
            raise OutputError(
                "--store needs the package fsspec: pip install 'handout-press[cluster]'."
            ) from None
        try:
            system, root = fsspec.core.url_to_fs(self.address)
            yield system, root.rstrip("/")
        except Exception as error:  # each kind of store has errors of its own
            reason = getattr(error, "strerror", None) or str(error)
            raise OutputError(f"{self.address} can't be written: {reason}.") from None


def _key(id: str, name: str) -> str:
    """The name of an object: a school's ZIP file lies beside the schools."""
    return name if name == f"{id}.zip" else f"{id}/{name}"
