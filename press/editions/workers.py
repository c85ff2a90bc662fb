"""Processes that make the files of schools: on this machine, or on a Dask cluster.

Both are `concurrent.futures`: what is handed out, and what comes back, is the same.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from press.errors import ClusterError
from press.workers import processes, processors

_Result = TypeVar("_Result")

#: How many pieces of work wait for each worker: enough that none is idle, few in memory.
_AHEAD = 3

#: How often a piece of work is begun anew if the worker that had it dies.
_RETRIES = 5

_shared: list[Any] = []


class Crew:
    """Workers that share a value: `each` calls a function with it and every piece of work."""

    def __init__(self, executor: Executor, count: int, shared: Any) -> None:
        self._executor, self._count, self._shared = executor, count, shared

    def each(
        self, function: Callable[..., _Result], pieces: Iterable[tuple[Any, ...]]
    ) -> Iterator[_Result]:
        """The results as they come. A piece is taken from `pieces` only when its turn is near."""
        waiting: set[Future[_Result]] = set()
        try:
            for piece in pieces:
                if len(waiting) >= self._count * _AHEAD:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (one.result() for one in done)
                waiting.add(self._executor.submit(_call, function, self._shared, piece))
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in done)
        except BrokenProcessPool:
            raise ClusterError(
                "A worker process was ended from outside, perhaps for want of memory. "
                "Run the same command again: it goes on where it was."
            ) from None
        finally:
            for one in waiting:
                one.cancel()


@contextmanager
def crew(shared: Any, jobs: int | None, scheduler: str | None) -> Iterator[Crew]:
    """Workers on this machine, or those of a Dask scheduler such as "tcp://host:8786".

    Raises `ClusterError` if there is none at that address.
    """
    if scheduler:
        with _client(scheduler) as client:
            token = client.scatter(shared, broadcast=True, hash=False)
            executor = client.get_executor(pure=False, retries=_RETRIES)
            yield Crew(executor, max(len(client.ncores()), 1), token)
        return
    jobs = jobs or processors()
    with ProcessPoolExecutor(jobs, processes, _share, (shared,)) as pool:
        yield Crew(pool, jobs, None)


def _share(value: Any) -> None:
    """What a worker of this machine starts with: where it is forked, nothing is copied."""
    _shared[:] = [value]


def _call(function: Callable[..., _Result], shared: Any, piece: tuple[Any, ...]) -> _Result:
    return function(_shared[0] if shared is None else shared, *piece)


@contextmanager
def _client(scheduler: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise ClusterError(
            "--scheduler needs the package distributed: pip install 'handout-press[cluster]'"
        ) from None
    try:
        client = Client(scheduler, timeout=10)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ClusterError(f"No Dask scheduler answers at {scheduler}: {error}") from None
    with client:
        client.wait_for_workers(1, timeout=60)
        yield client
