"""The walk over a pack's texts: it finds everything that people read, and the line of each text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from pack.load import read_pack
from pack.walk import addresses, texts
from tests.conftest import CONTENT, WATER
from tests.pack.bad_packs import accepted

PACKS = pytest.mark.parametrize("file", [CONTENT, WATER], ids=["shipped", "water"])


def _written(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, str]]:
    """Every scalar of more than one word in the YAML file, with its path."""
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from _written(entry, (*path, key))
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _written(entry, (*path, number))
    elif isinstance(value, str) and " " in value:
        yield path, value.strip()


@PACKS
def test_every_text_of_a_file_is_found_with_its_path(file: Path) -> None:
    written = dict(_written(YAML(typ="safe", pure=True).load(file.read_text("utf-8"))))
    found = dict(texts(read_pack(file)))
    assert len(written) > 100
    assert {path: found.get(path) for path in written} == written


@PACKS
def test_labels_are_texts_and_numbers_and_addresses_and_names_of_items_are_not(file: Path) -> None:
    found = dict(texts(read_pack(file)))
    assert found["labels", "use"] == "What for"
    assert ("contacts", "emergency", "phone") not in found
    assert ("publisher", "website") not in found
    assert not [path for path in found if "help" in path or path[-1] == "sources"]


def test_a_text_leads_to_its_line(tmp_path: Path) -> None:
    pack = accepted(tmp_path)
    lines = pack.origin.file.read_text("utf-8").splitlines()
    found = {path: text for path, text in texts(pack) if path in pack.origin.marks}
    assert {path[0] for path in found} >= {"topics", "contacts", "labels"}
    for path, text in found.items():
        assert text in lines[pack.origin.place(path).line - 1], path


def test_addresses_are_those_of_their_own_lines_and_those_inside_texts(tmp_path: Path) -> None:
    pack = accepted(tmp_path, ("Keep everything.", "Keep [it](https://www.fbi.gov/keep)."))
    found = dict(addresses(pack))
    assert found["contacts", "bureau", "url"] == "https://tips.fbi.gov/"
    assert found["steps", "save-it", "body"] == "https://www.fbi.gov/keep"
    assert len(found) == 4
