"""Workers that make the files of schools, wherever they are: on this machine, or on a Dask cluster.

Both are `concurrent.futures`: what is handed out, and what comes back, is the same.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import Any, TypeVar

from press.processes import reports_lost_workers
from schools.bases import BaseSet

_Result = TypeVar("_Result")

#: How many pieces of work wait for each worker: enough that none is idle, few in memory.
_AHEAD = 3


@dataclass(frozen=True)
class Workers:
    """Workers that last for a while: `each` calls a function with every piece of work.

    `pack` makes a parcel of a stock, which each of them opens but once; `submit` hands one of them
    a parcel, a function and a piece, `read` tells the result from what comes back. `count` is how
    many pieces they work on at a time.
    """

    pack: Callable[[BaseSet], Any]
    submit: Callable[[Any, Callable[..., Any], tuple[Any, ...]], "Future[Any]"]
    read: Callable[[Any], Any]
    count: int

    def each(
        self, base_set: BaseSet, function: Callable[..., _Result], pieces: Iterable[tuple[Any, ...]]
    ) -> Iterator[_Result]:
        """The results as they come. A piece is taken from `pieces` only when its turn is near.

        The function is called with the stock and the piece. Raises `WorkerError` if the workers
        are gone.
        """
        parcel = self.pack(base_set)
        waiting: set[Future[Any]] = set()
        try:
            with reports_lost_workers():
                for piece in pieces:
                    if len(waiting) >= self.count * _AHEAD:
                        done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                        yield from (self.read(one.result()) for one in done)
                    waiting.add(self.submit(parcel, function, piece))
                while waiting:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (self.read(one.result()) for one in done)
        finally:
            for one in waiting:
                one.cancel()
