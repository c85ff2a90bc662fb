"""A few hostile inputs of each kind; `make test-long` tries many."""

import pytest

from tests.fuzz import content, lists, templates, workbooks
from tests.fuzz.runner import Kind, count_of, try_many


@pytest.mark.parametrize(
    ("kind", "short"),
    [(content.KIND, 4), (lists.KIND, 4), (templates.KIND, 4), (workbooks.KIND, 4)],
    ids=lambda value: value.name if isinstance(value, Kind) else "",
)
def test_hostile_inputs_end_soon_small_and_with_a_sentence(kind: Kind, short: int) -> None:
    assert try_many(kind, 2026, range(count_of(kind, short))) == []
