"""The logos of a list: each once, on the disk."""

import os
import pickle
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from source.items import School
from source.logos import Logo, read_logo


class Shelf:
    """Logos, made safe and fit to print: named by the digests of their bytes.

    Several processes may put logos on the same shelf.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, folder: Path, school: School) -> str:
        """Keep a school's logo, named from a folder; returns its name here, "" for none."""
        if not school.logo:
            return ""
        logo = read_logo(folder / school.logo)
        file = self.folder / f"{sha256(logo.data).hexdigest()}.{logo.kind}"
        if not file.exists():
            fresh = file.with_suffix(f".{os.getpid()}")
            fresh.write_bytes(pickle.dumps(logo, pickle.HIGHEST_PROTOCOL))
            fresh.replace(file)
        return file.name

    def kind(self, name: str) -> str:
        """What a logo is: "png", "jpeg", "svg"; "" for none."""
        return name.rpartition(".")[2]

    def some(self, names: Iterable[str]) -> Mapping[str, Logo]:
        """Logos, for those who draw them."""
        wanted = sorted(set(names) - {""})
        # Written by this very run.
        return {one: pickle.loads((self.folder / one).read_bytes()) for one in wanted}  # noqa: S301
