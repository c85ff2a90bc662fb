"""Workers that make the files of schools: processes on this machine, or a Dask cluster.

Both use `concurrent.futures`, with the same work and the same results.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import Any, TypeVar

from press.processes import reports_lost_workers
from schools.bases import BaseSet

_Result = TypeVar("_Result")

#: How many pieces of work wait for each worker: enough to keep it busy, few enough for memory.
_AHEAD = 3


@dataclass(frozen=True)
class Workers:
    """A set of workers: `each` calls a function with every piece of work.

    `pack` makes a parcel of a base set, which each worker opens only once. `submit` gives a worker
    a parcel, a function and a piece; `read` decodes its answer. `count` is how many pieces they
    work on at a time.
    """

    pack: Callable[[BaseSet], Any]
    submit: Callable[[Any, Callable[..., Any], tuple[Any, ...]], "Future[Any]"]
    read: Callable[[Any], Any]
    count: int

    def each(
        self, base_set: BaseSet, function: Callable[..., _Result], pieces: Iterable[tuple[Any, ...]]
    ) -> Iterator[_Result]:
        """The results as they come. Each piece is taken from `pieces` only shortly before its turn.

        The function is called with the base set and the piece. Raises `WorkerError` if the workers
        are lost.
        """
        parcel = self.pack(base_set)
        waiting: set[Future[Any]] = set()
        try:
            with reports_lost_workers():
                for piece in pieces:
                    if len(waiting) >= self.count * _AHEAD:
                        done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                        yield from (self.read(future.result()) for future in done)
                    waiting.add(self.submit(parcel, function, piece))
                while waiting:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (self.read(future.result()) for future in done)
        finally:
            for future in waiting:
                future.cancel()
