"""Two people edit at random: whatever either has typed is in the result, or in a conflict."""

import contextlib
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from editing.changes import Value, plain, value_at
from editing.differences import differences
from editing.edits import CannotEdit, Edit, Insert, Move, Remove, Rename, SetValue, apply, expected
from editing.working_copy import ConflictError, WorkingCopy
from editing.yaml_source import YamlSource
from tests.editing.conftest import paths

TEXT = """\
# Numbers to call
contacts:
  fbi: {name: FBI, phone: 1-800-225-5324}
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
      - text: They ask for money
        sign: phone
  after:
    title: What comes next
    points: [Stay calm, Tell somebody]
"""

#: How many pairs of people are tried; set it higher for a longer run.
SEEDS = range(int(os.environ.get("STUDIO_MERGES", "25")))
tried = pytest.mark.parametrize("seed", SEEDS)


def random_edit(values: Mapping[str, Any], chance: Random, word: str) -> Edit:
    every = [*paths(values)]
    collections = [path for path in every if isinstance(value_at(values, path), Mapping | tuple)]
    path = chance.choice([path for path in every if len(path) > 1] or [(word,)])
    size = len(value_at(values, path[:-1]) or "x")
    choices: list[Value] = [word, {"name": word, "more": [word]}]
    new = chance.choice(choices)
    within = chance.choice(collections)
    is_mapping = isinstance(value_at(values, within), Mapping)
    edits: list[Edit] = [
        SetValue(path, word),
        SetValue((*chance.choice(collections), word), new),
        Insert(within, chance.randrange(9), new, word if is_mapping else ""),
        Remove(path),
        Move(path, chance.randrange(size)),
    ]
    if word.startswith("mine"):  # of two new names for one entry, only one can stay
        edits.append(Rename(path, word))
    return chance.choice(edits)


def edited(source: YamlSource, chance: Random, who: str) -> tuple[YamlSource, list[Edit]]:
    """A text after some edits, and the edits; what is typed in each is WHO-NUMBER."""
    made: list[Edit] = []
    for number in range(chance.randrange(1, 6)):
        edit = random_edit(source.values, chance, f"{who}-{number}-")
        with contextlib.suppress(CannotEdit):
            source = apply(source, edit)
            made.append(edit)
    return source, made


def words(found: object, who: str) -> set[str]:
    return {*re.findall(rf"{who}-\d-", json.dumps(plain(found)))}


@contextlib.contextmanager
def working_copy() -> Iterator[WorkingCopy]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pack.yaml"
        file.write_text(TEXT, "utf-8")
        with contextlib.closing(WorkingCopy(file)) as copy:
            yield copy


@tried
def test_merged_with_another_program_s_file(seed: int) -> None:
    chance = Random(seed)
    start = YamlSource.parse(TEXT.encode(), Path("pack.yaml"))
    theirs, _ = edited(start, chance, "theirs")
    mine, edits = edited(start, chance, "mine")
    with working_copy() as copy:
        for edit in edits:
            copy.change([edit], "mine")
        assert copy.data == mine.data
        copy.file.write_bytes(theirs.data)
        copy.refresh()
        conflicts = [[one.path, one.mine] for one in copy.conflicts]
        assert words(mine.values, "mine") <= words([copy.source.values, conflicts], "mine")
        assert words(theirs.values, "theirs") <= words(copy.source.values, "theirs")
        while copy.can_undo and copy.data != theirs.data:
            copy.undo()
        assert copy.data == theirs.data
        while copy.redo():
            pass
        for conflict in [*copy.conflicts]:
            with contextlib.suppress(CannotEdit):
                copy.resolve(conflict.path, mine=True)
        left = [[one.path, one.mine] for one in copy.conflicts]
        assert words(mine.values, "mine") <= words([copy.source.values, left], "mine")
        copy.save()


@tried
def test_merged_with_another_form(seed: int) -> None:
    chance = Random(seed)
    start = YamlSource.parse(TEXT.encode(), Path("pack.yaml"))
    theirs, other = edited(start, chance, "theirs")
    mine, edits = edited(start, chance, "mine")
    with working_copy() as copy:
        drawn = copy.version
        for edit in other:
            copy.change([edit], "theirs", since=copy.version)
        try:
            copy.change(edits, "mine", since=drawn)
        except ConflictError:
            assert copy.data == theirs.data
        else:
            assert words(mine.values, "mine") <= words(copy.source.values, "mine")
            assert words(theirs.values, "theirs") <= words(copy.source.values, "theirs")
        copy.save()


@tried
def test_differences_lead_from_one_text_to_the_other(seed: int) -> None:
    chance = Random(seed)
    start = YamlSource.parse(TEXT.encode(), Path("pack.yaml"))
    one, other = (edited(start, chance, who)[0].values for who in ("mine", "theirs"))
    for edit in differences(one, other):
        one = expected(one, edit)
    assert json.dumps(plain(one)) == json.dumps(plain(other))
