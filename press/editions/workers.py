"""Processes that make the files of schools: on this machine, or on a Dask cluster.

Both are `concurrent.futures`: what is handed out, and what comes back, is the same.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from threading import Thread
from typing import Any, TypeVar

from press.editions.bases import Stock
from press.errors import ClusterError
from press.workers import processes, processors

_Result = TypeVar("_Result")

#: How many pieces of work wait for each worker: enough that none is idle, few in memory.
_AHEAD = 3

_started: list[tuple[Stock, Event]] = []


@dataclass(frozen=True)
class Crew:
    """Workers that share a stock: `each` calls a function with it and every piece of work.

    `submit` hands a function and a piece to one of them, `read` tells the result from what comes
    back; `count` is how many pieces they work on at a time.
    """

    submit: Callable[[Callable[..., Any], tuple[Any, ...]], "Future[Any]"]
    read: Callable[[Any], Any]
    count: int

    def each(
        self, function: Callable[..., _Result], pieces: Iterable[tuple[Any, ...]]
    ) -> Iterator[_Result]:
        """The results as they come. A piece is taken from `pieces` only when its turn is near.

        Raises `ClusterError` if the workers are gone.
        """
        waiting: set[Future[Any]] = set()
        try:
            for piece in pieces:
                if len(waiting) >= self.count * _AHEAD:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (self.read(one.result()) for one in done)
                waiting.add(self.submit(function, piece))
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (self.read(one.result()) for one in done)
        except (BrokenExecutor, CancelledError):
            raise ClusterError(
                "A process that makes files was ended from outside, perhaps for want of memory."
            ) from None
        finally:
            for one in waiting:
                one.cancel()


@contextmanager
def crew(stock: Stock, jobs: int | None, scheduler: str | None) -> Iterator[Crew]:
    """Workers on this machine, or those of a Dask scheduler such as "tcp://host:8786".

    Raises `ClusterError` if there are none at that address.
    """
    if scheduler:
        from press.editions.cluster import cluster

        with cluster(stock, scheduler) as (submit, read, count):
            yield Crew(submit, read, count)
        return
    jobs = jobs or processors()
    stop = processes.Event()
    with ProcessPoolExecutor(jobs, processes, _start, (stock, stop)) as pool:

        def submit(function: Callable[..., Any], piece: tuple[Any, ...]) -> "Future[Any]":
            return pool.submit(_call, function, piece)

        try:
            yield Crew(submit, lambda result: result, jobs)
        except BaseException:
            stop.set()
            raise


def _start(stock: Stock, stop: Event) -> None:
    """What a worker of this machine starts with: where it is forked, nothing is copied."""
    _started[:] = [(stock, stop)]
    # Ctrl-C reaches all processes, and it is for the first to say what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _call(function: Callable[..., _Result], piece: tuple[Any, ...]) -> _Result | None:
    stock, stop = _started[0]
    # Work that is on its way to a worker can't be called back.
    return None if stop.is_set() else function(stock, *piece)
