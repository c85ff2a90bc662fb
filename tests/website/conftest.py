"""A folder as families get it: the files of a real build, with the page."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from pack.artifacts import Artifact, thumbnail_name
from pack.load import read_pack
from pack.model import Pack
from press.builders import artifacts_of
from slides.zip_writer import count_slides
from tests.conftest import CONTENT
from website.pages import Download, render


def downloads(pack: Pack, built: Path) -> list[Download]:
    """The files that a build has made from a pack, as the page needs them."""
    found = []
    for one in artifacts_of(pack):
        data = (built / one.file).read_bytes()
        picture = b"" if one.edition.name else (built / thumbnail_name(one)).read_bytes()
        pages = length(one, data)
        found.append(Download(one.file, one.id, one.edition, pages, data, picture))
    return found


def write_site(pack: Pack, built: Path, folder: Path) -> Path:
    """Copy the built files to a folder, and write the page next to them."""
    folder.mkdir(parents=True)
    made = downloads(pack, built)
    for one in made:
        (folder / one.file).write_bytes(one.data)
    for name, data in render(pack, made).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def length(artifact: Artifact, data: bytes) -> int:
    """How many pages or slides a finished file has."""
    return count_slides(data) if artifact.kind == "deck" else len(pypdfium2.PdfDocument(data))


@pytest.fixture(scope="session")
def site(output: Path) -> Path:
    """The output folder of a build."""
    return output


#: Changes the text of the pack, and returns the folder of the resulting site.
Changed = Callable[..., Path]


@pytest.fixture
def changed_site(output: Path, tmp_path: Path) -> Changed:
    """The site of the real pack after replacing texts, each of which must occur exactly once.

    Its sheets are those of the unchanged pack: tests look only at the page.
    """

    def make(*changes: tuple[str, str], name: str = "sextortion") -> Path:
        text = CONTENT.read_text("utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        file = tmp_path / f"{name}.yaml"
        file.write_text(text, "utf-8")
        return write_site(read_pack(file), output, tmp_path / "site" / name)

    return make
