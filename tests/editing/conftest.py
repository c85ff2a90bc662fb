"""A small content file with a working copy, and what another program does to it."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from editing.changes import value_at
from editing.working_copy import WorkingCopy
from pack.model import YamlPath

TEXT = """\
# Numbers to call
contacts:
  fbi:
    name: FBI
    phone: 1-800-225-5324
  # Open day and night
  lifeline:
    name: 988 Lifeline
    phone: "988"

topics:
  start:
    title: How it starts
    points:
      - A stranger writes
      - They ask for a picture  # the first one
      - They ask for money
"""
PHONE: YamlPath = ("contacts", "fbi", "phone")
TITLE: YamlPath = ("topics", "start", "title")
POINTS: YamlPath = ("topics", "start", "points")

Open = Callable[[], WorkingCopy]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "pack.yaml"
    file.write_text(TEXT, "utf-8")
    return file


@pytest.fixture
def reopen(file: Path) -> Iterator[Open]:
    """Opens the working copy, and closes the one before: a restart of the program."""
    copies: list[WorkingCopy] = []

    def opened() -> WorkingCopy:
        for copy in copies:
            copy.close()
        copies.append(WorkingCopy(file))
        return copies[-1]

    yield opened
    for copy in copies:
        copy.close()


def paths(values: Any, path: YamlPath = ()) -> Iterator[YamlPath]:
    """The paths of everything in a file, the file itself first."""
    yield path
    if isinstance(values, Mapping | tuple):
        for key in values if isinstance(values, Mapping) else range(len(values)):
            yield from paths(values[key], (*path, key))


def value(copy: WorkingCopy, path: YamlPath) -> Any:
    return value_at(copy.source.values, path)


def points(copy: WorkingCopy) -> list[str]:
    return list(value(copy, POINTS))


def replace(file: Path, *pairs: tuple[str, str]) -> None:
    """Another program changes the file."""
    text = file.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
