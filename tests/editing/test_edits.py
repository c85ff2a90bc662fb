"""Edits of a content file: values change as asked, and every other line stays as it was."""

from pathlib import Path

from editing.edits import Insert, Move, Remove, SetValue, apply
from editing.yaml_source import YamlSource

FILE = Path("pack.yaml")


def source(text: str) -> YamlSource:
    return YamlSource.parse(text.encode(), FILE)


def after(text: str, *edits: Insert | Move | Remove | SetValue) -> str:
    """A file's text after some edits."""
    found = source(text)
    for edit in edits:
        found = apply(found, edit)
    return found.data.decode()


def test_a_text_is_replaced_in_its_line() -> None:
    text = "pack:\n  title:  Old   # why\n  note: x\n"
    assert after(text, SetValue(("pack", "title"), "New")) == text.replace("Old", "New")
