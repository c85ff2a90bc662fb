"""A few drawings that attack; FUZZ_DRAWINGS says how many."""

from tests.fuzz.drawings import KIND
from tests.fuzz.runner import count_of, try_many


def test_drawings_end_soon_small_and_with_a_sentence() -> None:
    assert try_many(KIND, seed=1, numbers=range(count_of(KIND, short=6))) == []
