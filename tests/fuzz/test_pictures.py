"""A few pictures that attack; FUZZ_PICTURES says how many."""

from tests.fuzz.pictures import KIND
from tests.fuzz.runner import count_of, try_many


def test_pictures_end_soon_small_and_with_a_sentence() -> None:
    assert try_many(KIND, seed=1, numbers=range(count_of(KIND, short=6))) == []
