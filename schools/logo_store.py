"""The logos of a list: each is stored once, on the disk."""

import os
import pickle
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from threading import get_ident

from pack.items import School
from pack.logos import Logo, read_logo


def write_once(file: Path, make: Callable[[], bytes]) -> None:
    """Write a file unless it exists. Safe for several processes and threads at a time."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"{file.name}.{os.getpid()}-{get_ident()}")
        fresh.write_bytes(make())
        fresh.replace(file)


class LogoStore:
    """Logos, made safe and fit to print, named by the digests of their bytes.

    Several processes may add logos to the same folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, folder: Path, school: School) -> str:
        """Store a school's logo, relative to a folder; returns its name here, "" for none."""
        if not school.logo:
            return ""
        logo = read_logo(folder / school.logo)
        file = self.folder / f"{sha256(logo.data).hexdigest()}.{logo.kind}"
        write_once(file, lambda: pickle.dumps(logo, pickle.HIGHEST_PROTOCOL))
        return file.name

    def kind(self, name: str) -> str:
        """The kind of a logo: "png", "jpeg" or "svg"; "" for none."""
        return name.rpartition(".")[2]

    def some(self, names: Iterable[str]) -> Mapping[str, Logo]:
        """The logos with these names."""
        wanted = sorted(set(names) - {""})
        # Written by this run.
        return {name: pickle.loads((self.folder / name).read_bytes()) for name in wanted}  # noqa: S301
