"""Processes that make the files of schools: on this machine, or on a Dask cluster.

Both are `concurrent.futures`: what is handed out, and what comes back, is the same.
"""

import gc
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any, TypeVar

from press.editions.bases import Stock
from press.processes import ended_told, pool, processes, processors, settle

_Result = TypeVar("_Result")

#: How many pieces of work wait for each worker: enough that none is idle, few in memory.
_AHEAD = 3

_stop: list[Event] = []


@dataclass(frozen=True)
class Crew:
    """Workers that last for a while: `each` calls a function with every piece of work.

    `pack` makes a parcel of a stock, which each of them opens but once; `submit` hands one of them
    a parcel, a function and a piece, `read` tells the result from what comes back. `count` is how
    many pieces they work on at a time.
    """

    pack: Callable[[Stock], Any]
    submit: Callable[[Any, Callable[..., Any], tuple[Any, ...]], "Future[Any]"]
    read: Callable[[Any], Any]
    count: int

    def each(
        self, stock: Stock, function: Callable[..., _Result], pieces: Iterable[tuple[Any, ...]]
    ) -> Iterator[_Result]:
        """The results as they come. A piece is taken from `pieces` only when its turn is near.

        The function is called with the stock and the piece. Raises `WorkerError` if the workers
        are gone.
        """
        parcel = self.pack(stock)
        waiting: set[Future[Any]] = set()
        try:
            with ended_told():
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


@contextmanager
def crew(scratch: Path, jobs: int | None, scheduler: str | None) -> Iterator[Crew]:
    """Workers on this machine, or those of a Dask scheduler such as "tcp://host:8786".

    Raises `WorkerError` if there are none at that address.
    """
    if scheduler:
        from press.editions.cluster import cluster

        with cluster(scheduler) as workers:
            yield workers
        return
    jobs = jobs or processors()
    stop = processes.Event()
    with pool(jobs, _start, (stop,)) as executor:

        def hand_out(
            parcel: Path, function: Callable[..., Any], piece: tuple[Any, ...]
        ) -> "Future[Any]":
            return executor.submit(_call, parcel, function, piece)

        try:
            yield Crew(lambda stock: _parcel(stock, scratch), hand_out, lambda result: result, jobs)
        except BaseException:
            stop.set()
            raise


def _parcel(stock: Stock, scratch: Path) -> Path:
    """A stock on the disk, under a name of its own."""
    data = pickle.dumps(stock, pickle.HIGHEST_PROTOCOL)
    file = scratch / f"stock-{sha256(data).hexdigest()}"
    file.write_bytes(data)
    return file


@lru_cache(maxsize=1)
def _opened(parcel: Path) -> Stock:
    stock: Stock = pickle.loads(parcel.read_bytes())  # noqa: S301 (written by this very run)
    return stock


def _start(stop: Event) -> None:
    # It is for the first process to say what becomes of Ctrl-C: schools that are begun are made.
    settle(signal.SIG_IGN)
    _stop[:] = [stop]
    # A worker lays out a few sheets and then stamps for long: what layouts leave is not to stay.
    gc.freeze()  # what is there already does, and is shared with the first process
    gc.set_threshold(20_000, 10, 10)


def _call(parcel: Path, function: Callable[..., _Result], piece: tuple[Any, ...]) -> _Result | None:
    # Work that is on its way to a worker can't be called back.
    return None if _stop[0].is_set() else function(_opened(parcel), *piece)
