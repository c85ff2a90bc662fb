"""Child processes: what they return and raise, and when they end."""

import os
import signal
import time
from collections.abc import Iterator
from multiprocessing import active_children

import pytest

from pack.errors import WorkerError
from press.processes import background, in_background


def _kill_itself() -> Iterator[None]:
    os.kill(os.getpid(), signal.SIGTERM)
    yield


def _divided(number: int, *others: int) -> Iterator[tuple[int, int]]:
    for other in others:
        yield divmod(number, other)


def test_what_a_generator_yields_or_raises_comes_back() -> None:
    received = in_background(_divided, 7, 3, 2, 0)
    assert [received(), received()] == [(2, 1), (3, 1)]
    with pytest.raises(ZeroDivisionError):
        received()


def test_what_a_function_returns_or_raises_comes_back() -> None:
    with background(divmod, 7, 3) as done, background(divmod, 7, 0) as wrong:
        assert done() == (2, 1)
        with pytest.raises(ZeroDivisionError):
            wrong()


def test_a_killed_process_is_an_error() -> None:
    with pytest.raises(WorkerError, match="A worker process was killed"):
        in_background(_kill_itself)()


def test_a_process_ends_with_its_block_even_if_it_is_not_done() -> None:
    others = set(active_children())
    with background(divmod, 7, 3) as done, background(time.sleep, 600):
        assert done() == (2, 1)
        assert len(set(active_children()) - others) == 1
    assert not set(active_children()) - others
