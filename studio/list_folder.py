"""Where the studio keeps a list of schools that somebody brought, and the logos that it names."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

from editing.whole_files import write_whole
from editing.working_copy import draft_folder
from pack.errors import output_errors
from pack.hashing import sha256_of_bytes
from schools.options import ListOptions

#: What a list may be; it is never run, and its name is ours.
LIST_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".yaml", ".yml")
#: What a logo may be.
LOGO_ENDINGS = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")


@dataclass(frozen=True)
class KeptList:
    """A list as the studio keeps it: its file, the name that people know, and how to read it."""

    file: str
    name: str
    contact: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    def options(self, school: str = "") -> ListOptions:
        return ListOptions(self.contact or None, self.columns, school)


class ListFolder:
    """Where the list of a pack is kept, beside its draft."""

    def __init__(self, content: Path) -> None:
        self.path = draft_folder(content) / "lists"

    def read(self) -> KeptList | None:
        try:
            kept = KeptList(**json.loads((self.path / "list.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        known = any(kept.file == f"list{ending}" for ending in LIST_ENDINGS)
        return kept if known and (self.path / kept.file).is_file() else None

    def keep(self, kept: KeptList, data: bytes | None = None) -> None:
        """Raises `OutputError`."""
        with output_errors(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            if data is not None:
                write_whole(self.path / kept.file, data)
            write_whole(self.path / "list.json", json.dumps(asdict(kept)).encode())

    def take_logo(self, name: str, data: bytes, wanted: Sequence[str]) -> bool:
        """Keep a logo where the list names it; False if no row names a file like this.

        Raises `OutputError`.
        """
        own = Path(name.replace("\\", "/")).name
        places = [self.path / one for one in wanted if Path(one).name == own and _is_logo(one)]
        inside = [one for one in places if one.resolve().is_relative_to(self.path.resolve())]
        for place in inside:
            with output_errors(place):
                place.parent.mkdir(parents=True, exist_ok=True)
                write_whole(place, data)
        return bool(inside)

    def logos(self, wanted: Sequence[str]) -> int:
        """How many of the logos that rows name are here."""
        return sum((self.path / one).is_file() for one in wanted if _is_logo(one))

    def digest(self) -> str:
        """A digest that changes with any file in it."""
        files = sorted(one for one in self.path.rglob("*") if one.is_file())
        stats = [(str(one), one.stat().st_mtime_ns, one.stat().st_size) for one in files]
        return sha256_of_bytes(repr(stats).encode())

    def forget_list(self) -> None:
        """Remove the list, but not the logos: another version of the list may name them."""
        for ending in LIST_ENDINGS:
            (self.path / f"list{ending}").unlink(missing_ok=True)

    def forget(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def _is_logo(name: str) -> bool:
    """Whether a cell names a picture beside the list or below; anything may be in a cell."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and path.suffix.lower() in LOGO_ENDINGS
