"""Processes on this machine that make the files of schools."""

import gc
import pickle
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any, TypeVar

from press.processes import init_child_process, pool, processes, processors
from schools.bases import BaseSet
from schools.workers import Workers

_Result = TypeVar("_Result")

_stop: list[Event] = []


@contextmanager
def local_workers(scratch: Path, jobs: int | None, scheduler: str | None) -> Iterator[Workers]:
    """Workers on this machine, or the workers of a Dask scheduler such as "tcp://host:8786".

    Raises `WorkerError` if there are none at that address.
    """
    if scheduler:
        from schools.dask_cluster import cluster

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
            yield Workers(
                lambda base_set: _parcel(base_set, scratch), hand_out, lambda result: result, jobs
            )
        except BaseException:
            stop.set()
            raise


def _parcel(base_set: BaseSet, scratch: Path) -> Path:
    """Write a base set to the disk, under a name made from its digest."""
    data = pickle.dumps(base_set, pickle.HIGHEST_PROTOCOL)
    file = scratch / f"bases-{sha256(data).hexdigest()}"
    file.write_bytes(data)
    return file


@lru_cache(maxsize=1)
def _opened(parcel: Path) -> BaseSet:
    base_set: BaseSet = pickle.loads(parcel.read_bytes())  # noqa: S301 (written by this run)
    return base_set


def _start(stop: Event) -> None:
    # The main process handles Ctrl-C: workers finish the schools that they have begun.
    init_child_process(signal.SIG_IGN)
    _stop[:] = [stop]
    # A worker lays out a few sheets and then stamps for a long time: what layouts leave behind must
    # be collected.
    gc.freeze()  # except what is already there, which is shared with the main process
    gc.set_threshold(20_000, 10, 10)


def _call(parcel: Path, function: Callable[..., _Result], piece: tuple[Any, ...]) -> _Result | None:
    # Work that is on its way to a worker can't be canceled.
    return None if _stop[0].is_set() else function(_opened(parcel), *piece)
