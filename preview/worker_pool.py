"""Warm workers: processes that have imported everything, so that jobs start at once."""

import gc
import signal
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from pack.artifacts import Artifact
from press.processes import init_child_process, processes, start


@dataclass(frozen=True)
class Job:
    """Work for a worker. `subject` is what it is about, and its state: it identifies the job."""

    subject: tuple[Artifact | str, str]
    function: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass
class _Worker:
    """A worker. While it `finishes` a job that is no longer wanted, it has none."""

    process: BaseProcess
    pipe: "Connection[Any, Any]"
    job: Job | None = None
    finishes: bool = False


class WorkerPool:
    """Some workers, and the jobs that wait for them."""

    def __init__(self, size: int, at_once: int = sys.maxsize) -> None:
        """`at_once` is how many jobs are done at the same time, if not all workers have one."""
        self._at_once = at_once
        self._waiting: list[Job] = []
        self._workers: list[_Worker] = []
        self._workers = [self._start_worker() for _ in range(size)]

    def put(self, jobs: Sequence[Job]) -> None:
        """Do these jobs, in this order, and nothing else.

        Running jobs that are among them keep running. Of others, nobody hears; if no worker is free
        otherwise, they are stopped. Their workers would have to load all fonts again.
        """
        wanted = {job.subject for job in jobs}
        for number, worker in enumerate(self._workers):
            if worker.job and worker.job.subject not in wanted:
                if any(map(_is_free, self._workers)):
                    worker.job, worker.finishes = None, True
                else:
                    self._replace(number)
        doing = {worker.job.subject for worker in self._workers if worker.job}
        self._waiting = [job for job in jobs if job.subject not in doing]
        # Somebody is waiting for the first job, so it gets the machine to itself.
        self._hand_out(0 if doing else 1)

    def add(self, job: Job) -> None:
        """Do this job before those that are waiting."""
        self._waiting.insert(0, job)
        self._hand_out()

    def renew(self) -> None:
        """Replace all workers with new ones, which have not loaded the old templates."""
        self._waiting = []
        for number in range(len(self._workers)):
            self._replace(number)

    def left(self) -> "list[tuple[Artifact | str, str]]":
        """The subjects of the jobs that are not finished."""
        running = [worker.job for worker in self._workers if worker.job]
        return [job.subject for job in (*running, *self._waiting)]

    def pipes(self) -> "list[Connection[Any, Any]]":
        """The pipes that become readable when a job is done."""
        return [worker.pipe for worker in self._workers]

    def done(self, ready: Collection[object]) -> Iterator[tuple[Job, Any]]:
        """The jobs whose pipes are ready, each with its result or its exception."""
        for number, worker in enumerate(self._workers):
            if worker.pipe not in ready:
                continue
            job = worker.job
            try:
                result = worker.pipe.recv()
            except (EOFError, OSError):
                self._replace(number)
                result = RuntimeError("the process that rendered this file stopped unexpectedly")
            else:
                worker.job, worker.finishes = None, False
            self._hand_out()
            if job:
                yield job, result

    def end(self) -> None:
        """Stop all workers."""
        for worker in self._workers:
            _stop_worker(worker)

    def _hand_out(self, most: int = sys.maxsize) -> None:
        """Give waiting jobs to free workers, `most` at a time."""
        room = self._at_once - sum(worker.job is not None for worker in self._workers)
        for worker in [*filter(_is_free, self._workers)][: min(most, room)]:
            if self._waiting:
                worker.job = self._waiting.pop(0)
                worker.pipe.send((worker.job.function, worker.job.arguments))

    def _replace(self, number: int) -> None:
        _stop_worker(self._workers[number])
        self._workers[number] = self._start_worker()

    def _start_worker(self) -> _Worker:
        ours, theirs = processes.Pipe()
        # Forked processes inherit these, and would hide from the others that this one has ended.
        inherited = (ours, *self.pipes())
        process = processes.Process(target=_work, args=(theirs, inherited), daemon=True)
        start(process)
        theirs.close()
        return _Worker(process, ours)


def _is_free(worker: _Worker) -> bool:
    return not (worker.job or worker.finishes)


def _stop_worker(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _work(pipe: "Connection[Any, Any]", inherited: "Sequence[Connection[Any, Any]]") -> None:
    init_child_process(signal.SIG_IGN)  # the pool's own process stops us
    for other in inherited:
        other.close()
    # Looking for garbage takes a sixth of a layout: it is left for when nobody waits.
    gc.freeze()
    gc.disable()
    while True:
        try:
            function, arguments = pipe.recv()
        except EOFError:
            return
        try:
            result = function(*arguments)
        except Exception as error:
            result = _portable(error)
        pipe.send(result)
        del result, function, arguments
        gc.collect()


def _portable(error: Exception) -> Exception:
    """An exception that can be sent to another process, with its message and place."""
    if isinstance(error, OSError):
        return OSError(error.errno, error.strerror, error.filename)
    place = {"filename": getattr(error, "filename", None), "lineno": getattr(error, "lineno", None)}
    portable = RuntimeError(f"{type(error).__name__}: {error}")
    portable.__dict__.update(place)
    return portable
