"""A pack on another topic builds, too: the code knows nothing about the topic of the first one."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from pptx import Presentation

from pack.artifacts import Artifact
from pack.load import read_pack
from press.builders import artifacts_of
from tests.conftest import WATER
from tests.tools import pdf

PACK = read_pack(WATER)
FILES = {artifact.file: artifact for artifact in artifacts_of(PACK)}
#: Words that only occur in the other pack.
FOREIGN = ("sextortion", "fbi", "foundation")

every_file = pytest.mark.parametrize("artifact", FILES.values(), ids=FILES)


def _words(file: Path) -> str:
    """All text in a file, visible or not: its text, notes, alt texts and properties."""
    return pdf.text(file) + _pdf_strings(file) if file.suffix == ".pdf" else _package_text(file)


def _pdf_strings(file: Path) -> str:
    """All strings outside a PDF's pages, such as alt texts, links and properties, and its XMP."""

    def strings(thing: object) -> Iterator[str]:
        if isinstance(thing, pikepdf.String):
            yield str(thing)
        elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            for _, value in thing.items():
                yield from direct(value)
        elif isinstance(thing, pikepdf.Array):
            for value in thing:
                yield from direct(value)

    def direct(thing: object) -> Iterator[str]:
        """The strings in a value itself; indirect objects are visited separately."""
        if not (isinstance(thing, pikepdf.Object) and thing.is_indirect):
            yield from strings(thing)

    with pikepdf.open(file) as document:
        found = [text for thing in document.objects for text in strings(thing)]
        found += strings(document.docinfo)
        found.append(document.Root.Metadata.read_bytes().decode())
    return "\n".join(found)


def _package_text(file: Path) -> str:
    """All text and attributes in every part of a PowerPoint file, also notes and properties."""
    found = []
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            for element in etree.fromstring(package.read(name)).iter():
                found += element.attrib.values()
                # A paragraph as a whole: a word may be split between its runs.
                if etree.QName(element).localname == "p":
                    found.append("".join(element.itertext()))
                found.append(element.text or "")
    return "\n".join(found)


def test_exactly_the_declared_files_are_made(water: Path) -> None:
    reports = {"manifest.json", "preflight.html", "preflight.json"}
    reports |= {"assets", "index.html", "water-safety.zip"}
    assert {file.name for file in water.iterdir()} == set(FILES) | reports
    assert {artifact.kind for artifact in FILES.values()} == {"sheet", "deck"}


@every_file
def test_a_file_has_as_many_pages_as_declared(water: Path, artifact: Artifact) -> None:
    file = water / artifact.file
    if artifact.kind == "deck":
        # A list that does not fit on its slide continues on another.
        assert len(Presentation(str(file)).slides) >= artifact.pages
    else:
        assert len(pdf.page_sizes(file)) == artifact.pages


@every_file
def test_no_word_of_the_other_pack_is_in_a_file(water: Path, artifact: Artifact) -> None:
    words = _words(water / artifact.file)
    assert "Sample Publisher" in words  # else we would be looking in the wrong places
    assert [word for word in FOREIGN if word in words.casefold()] == []


def test_notes_and_properties_of_the_deck_are_looked_at(water: Path) -> None:
    words = _words(water / "family-evening.pptx")
    assert PACK.deck is not None
    assert PACK.about.description in words
    assert "Welcome. We talk about a summer in which everybody comes home." in words


def test_properties_and_alt_texts_of_the_sheets_are_looked_at(water: Path) -> None:
    words = _pdf_strings(water / "tip-sheet.pdf")
    assert "What families can do to stay safe around water." in words
    assert "Logo of Sample Publisher" in words


def test_the_pack_has_no_video_and_no_school() -> None:
    assert not PACK.videos
    assert PACK.school is None
