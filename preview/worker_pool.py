"""Warm workers: processes that have everything imported, so that a job costs only its work."""

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
    """Work for a worker. `subject` is what it is about, and its state: the same, the same job."""

    subject: tuple[Artifact | str, str]
    function: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass
class _Worker:
    process: BaseProcess
    pipe: "Connection[Any, Any]"
    job: Job | None = None


class WorkerPool:
    """So many workers, and the jobs that wait for them."""

    def __init__(self, size: int) -> None:
        self._waiting: list[Job] = []
        self._workers: list[_Worker] = []
        self._workers = [self._hire() for _ in range(size)]

    def put(self, jobs: Sequence[Job]) -> None:
        """Do these jobs, in this order, and nothing else.

        What is being done and is not among them is given up; what is, is not begun again.
        """
        wanted = {job.subject for job in jobs}
        for number, worker in enumerate(self._workers):
            if worker.job and worker.job.subject not in wanted:
                self._replace(number)
        doing = {worker.job.subject for worker in self._workers if worker.job}
        self._waiting = [job for job in jobs if job.subject not in doing]
        # Somebody waits for the first: until it is done, it has the machine to itself.
        self._hand_out(0 if doing else 1)

    def renew(self) -> None:
        """Have new workers, who know nothing of the templates as they were."""
        self._waiting = []
        for number in range(len(self._workers)):
            self._replace(number)

    def left(self) -> int:
        """How many jobs are not done yet."""
        return len(self._waiting) + sum(worker.job is not None for worker in self._workers)

    def pipes(self) -> "list[Connection[Any, Any]]":
        """What becomes readable when a job is done."""
        return [worker.pipe for worker in self._workers]

    def done(self, ready: Collection[object]) -> Iterator[tuple[Job, Any]]:
        """The jobs behind those pipes that are readable, each with its result or its exception."""
        for number, worker in enumerate(self._workers):
            if worker.pipe not in ready:
                continue
            job = worker.job
            try:
                result = worker.pipe.recv()
            except (EOFError, OSError):
                self._replace(number)
                result = RuntimeError("the process that was rendering ended all by itself")
            else:
                worker.job = None
            self._hand_out()
            if job:
                yield job, result

    def end(self) -> None:
        """Send everybody home."""
        for worker in self._workers:
            _dismiss(worker)

    def _hand_out(self, most: int = sys.maxsize) -> None:
        """Give waiting jobs to workers that have none, so many at the most."""
        for worker in [one for one in self._workers if one.job is None][:most]:
            if self._waiting:
                worker.job = self._waiting.pop(0)
                worker.pipe.send((worker.job.function, worker.job.arguments))

    def _replace(self, number: int) -> None:
        _dismiss(self._workers[number])
        self._workers[number] = self._hire()

    def _hire(self) -> _Worker:
        ours, theirs = processes.Pipe()
        # Whoever is forked has these too, and would keep the others from seeing that we ended.
        inherited = (ours, *self.pipes())
        process = processes.Process(target=_work, args=(theirs, inherited), daemon=True)
        start(process)
        theirs.close()
        return _Worker(process, ours)


def _dismiss(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _work(pipe: "Connection[Any, Any]", inherited: "Sequence[Connection[Any, Any]]") -> None:
    init_child_process(signal.SIG_IGN)  # whoever hired us ends us
    for other in inherited:
        other.close()
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


def _portable(error: Exception) -> Exception:
    """An exception as one that can be sent to another process, with what people may read of it."""
    if isinstance(error, OSError):
        return OSError(error.errno, error.strerror, error.filename)
    place = {"filename": getattr(error, "filename", None), "lineno": getattr(error, "lineno", None)}
    said = RuntimeError(f"{type(error).__name__}: {error}")
    said.__dict__.update(place)
    return said
