"""The logos of a list: each once, on the disk."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from press.editions.batch import Logos
from source.items import School
from source.logos import read_logo


class Shelf:
    """Logos, made safe and fit to print, by the digests of their bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kinds: dict[str, str] = {"": ""}
        folder.mkdir(parents=True)

    def add(self, folder: Path, school: School) -> str:
        """Keep a school's logo, which is named from a folder; returns its digest, "" for none."""
        if not school.logo:
            return ""
        logo = read_logo(folder / school.logo)
        digest = sha256(logo.data).hexdigest()
        if digest not in self._kinds:
            (self.folder / digest).write_bytes(logo.data)
            self._kinds[digest] = logo.kind
        return digest

    def kind(self, digest: str) -> str:
        """What a logo is: "png", "jpeg", "svg"; "" for none."""
        return self._kinds[digest]

    def some(self, digests: Iterable[str]) -> Logos:
        """Logos with their kinds, for those who draw them."""
        wanted = sorted(set(digests) - {""})
        return {one: (self._kinds[one], (self.folder / one).read_bytes()) for one in wanted}
