"""After any edit of any file: the values are those expected, and what is around it is the same."""

import codecs
import json
import os
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from editing.changes import value_at
from editing.edits import (
    CannotEdit,
    Edit,
    Insert,
    Move,
    Remove,
    Rename,
    SetValue,
    apply,
    expected,
    follow,
)
from editing.history import KeptEdit
from editing.yaml_source import YamlSource
from pack.model import YamlPath
from pack.yaml_reader import read_text
from tests.conftest import CONTENT, ROOT, WATER
from tests.editing.conftest import paths

EXAMPLES = int(os.environ.get("RANDOM_EDITS", "120"))

#: As the history of a draft keeps edits.
KEPT: TypeAdapter[Edit] = TypeAdapter(KeptEdit)

FILES = (
    CONTENT,
    WATER,
    ROOT / "templates" / "starter.yaml",
    ROOT / "docs" / "look" / "look.yaml",
    Path(__file__).with_name("odd.yaml"),
)

#: Pieces of texts that mean something in YAML, to the reader, or in Markdown.
PIECES = (
    *("word", "a: b", "#no", " # yes", "- x", "**bold**", "“q”", '"', "'", "\\", "\n", "\n\n"),
    *(" ", "  ", "@", "`", "%", "null", "~", "{}", "[", "]", "{", "}", ",", "? b", ": ", "😀"),
    *("שלום", "\u00a0", "911", "yes", "2026-01-01", "!", "&a", "*a", "|", ">", "\r\n", "\t"),
    *("x" * 120, ":", "text:", "title: x", "-x", "•", "* ", "1. ", "...", "---", "<<<<<<< "),
    *("=======", "\ufeff", "\u200b", "It's a sentence of some words, ", "and (maybe) another."),
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp"))),
)
NAMES = st.sampled_from(("title", "text", "sign", "x-y", "911", "null", "a b", "body"))
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(TEXTS, st.integers(0, 999), st.booleans()),
    lambda part: st.lists(part, max_size=4) | st.dictionaries(NAMES, part, max_size=4),
    max_leaves=6,
)


@cache
def read(file: Path, ends: str, bom: bool, is_closed: bool) -> YamlSource:
    data = file.read_bytes()
    if ends == "mixed":
        lines = data.split(b"\n")
        data = b"".join(line + (b"\n", b"\r\n")[len(line) % 2] for line in lines[:-1])
    elif ends == "windows":
        data = data.replace(b"\n", b"\r\n")
    data = data if is_closed else data.rstrip()
    return YamlSource.parse(codecs.BOM_UTF8 * bom + data, file)


@st.composite
def edits(draw: st.DrawFn, values: dict[str, Any]) -> Edit:
    path = draw(st.sampled_from([*paths(values)][1:]))
    path = path[: draw(st.integers(1, len(path)))]
    here, above = value_at(values, path), value_at(values, path[:-1])
    kind = draw(st.sampled_from((SetValue, SetValue, Insert, Remove, Move, Rename, "new field")))
    if kind == "new field" and isinstance(here, dict):
        order = tuple(draw(st.permutations([*here, "newcomer"])))
        return SetValue((*path, "newcomer"), draw(VALUES), order)
    if kind is Insert and isinstance(here, dict | tuple):
        name = "newcomer" if isinstance(here, dict) else ""
        return Insert(path, draw(st.integers(0, len(here))), draw(VALUES), name)
    if kind is Move:
        return Move(path, draw(st.integers(0, len(above) - 1)))
    if kind is Rename and isinstance(above, dict):
        return Rename(path, "newcomer")
    if kind is Remove:
        return Remove(path)
    return SetValue(path, draw(st.one_of(TEXTS, TEXTS, VALUES)))


def comments(source: YamlSource) -> Counter[str]:
    """The lines that are comments; a text may have lines that start with “#”, too."""
    values = (value_at(source.values, path) for path in paths(source.values))
    texts = " ".join(["", *" ".join(one for one in values if isinstance(one, str)).split(), "# "])
    lines = (" ".join(line.split()) for line in source.lines)
    return Counter(line for line in lines if line.startswith("#") and f" {line} " not in texts)


def lines_around(source: YamlSource, path: YamlPath) -> tuple[int, int]:
    """How many lines are above a value's first line, and below the line before the next value."""
    marks = source.origin.marks
    first = marks[path][0] if path else 1
    after = [
        line for other, (line, _) in marks.items() if other[: len(path)] != path and line > first
    ]
    last = min(after) - 1 if after else len(source.raw)
    return first - 1, len(source.raw) - last


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_an_edit_does_what_is_expected_and_leaves_what_is_around_it(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(FILES))
    ends = data.draw(st.sampled_from(("as they are", "windows", "mixed")))
    source = read(file, ends, data.draw(st.booleans()), data.draw(st.booleans()))
    edit = data.draw(edits(dict(source.values)))
    kept = json.dumps(KEPT.dump_python(edit, mode="json"))
    assert KEPT.validate_python(json.loads(kept)) == edit
    try:
        found = apply(source, edit)
    except CannotEdit as error:
        assume("notes (#)" not in str(error))
        raise

    values, _, problems = read_text(found.data, file)
    assert repr(values) == repr(expected(source.values, edit))
    assert not problems
    assert found.bom == source.bom
    if ends == "windows":
        assert all(line.endswith(b"\r\n") for line in found.raw[:-1])

    whole = edit.path if isinstance(edit, SetValue | Insert) else edit.path[:-1]
    while whole not in source.origin.marks or _is_alone(source, whole):
        whole = whole[:-1]
    above, below = lines_around(source, whole)
    assert found.raw[:above] == source.raw[:above]
    if below and source.raw[-1] == b"":
        assert found.raw[-below:] == source.raw[-below:]

    lost = comments(source) - comments(found)
    assert not lost or isinstance(edit, Remove)
    assert not comments(found) - comments(source)


def _is_alone(source: YamlSource, path: YamlPath) -> bool:
    """Whether a collection may be removed together with its last entry, or is in brackets."""
    chain = source.find(path) or []
    return any(getattr(entry.value, "is_flow", False) for entry in chain) or (
        bool(path) and len(value_at(source.values, path) or ()) < 2
    )


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_a_path_is_followed_to_where_its_value_is(data: st.DataObject) -> None:
    values = dict(read(WATER, "as they are", False, True).values)
    edit = data.draw(edits(values))
    try:
        after = expected(values, edit)
    except CannotEdit:
        return
    # Texts and numbers are known again by the place that they came from.
    for path in paths(values):
        value, new = value_at(values, path), follow(path, edit)
        if isinstance(value, str) and new is not None and not isinstance(edit, SetValue):
            assert value_at(after, new) == value
