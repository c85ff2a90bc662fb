"""Texts are typed without the line breaks that wrap them; what is not changed keeps its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from languages.strings import unwrapped
from pack.markdown import parse_body
from pack.yaml_reader import read_file
from studio.text_flow import wrapped
from tests.conftest import CONTENT


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def test_a_text_that_was_not_changed_is_written_as_it_was() -> None:
    values, _, _ = read_file(CONTENT)
    found = [text for text in _texts(values) if "\n" in text.strip()]
    assert len(found) > 50
    for text in found:
        assert wrapped(unwrapped(text.strip()), text) == text.strip()


@pytest.mark.parametrize(
    "more", ["another sentence " * 12, "- a list\n- of two", "1. first\n2. next"]
)
def test_what_is_changed_is_wrapped_as_the_rest_and_means_the_same(more: str) -> None:
    old = "A first paragraph that is\nwrapped.\n\n- one item that is\n  wrapped\n- two\n"
    typed = f"{unwrapped(old.strip())}\n\n{more.strip()}"
    made = wrapped(typed, old)
    assert made.startswith(old.strip())
    assert parse_body(made) == parse_body(typed)
    assert max(map(len, made.splitlines())) <= 40


def test_a_number_at_the_start_of_a_wrapped_line_makes_no_list() -> None:
    typed = "Word " * 7 + "3. is not the start of a list, and " + "- neither is this. " * 3
    assert parse_body(wrapped(typed, "Some lines that are\nwrapped here\n")) == parse_body(typed)
