"""Work that takes longer than a request: builds, lists of schools. Each is a process of its own.

A job is what a person would start in the terminal: it can be stopped as by Ctrl-C, and then leaves
what was there as it was.
"""

import contextlib
import os
import signal
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Event, Lock, Thread
from typing import Any

from pack.errors import ContentError, PressError, ProblemsError, UnexpectedError, trail
from pack.interrupts import interruptible, stop_at_once
from pack.problems import Problem
from press.processes import init_child_process, start
from studio.words import say

#: How long a job may take to stop by itself, in seconds.
_PATIENCE = 15

#: The server has threads, so that a copy of its process could hold locks that nobody releases.
_processes = get_context("spawn")


class JobState(StrEnum):
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True)
class JobEnd:
    """How a job ended. `value` is what it returned; `text` and `problems` say why it failed.

    `more` is the number of further problems. `fault` is one of the program.
    """

    state: JobState
    value: Any = None
    text: str = ""
    problems: tuple[Problem, ...] = ()
    more: int = 0
    fault: UnexpectedError | None = None


@dataclass
class StudioJob:
    """A job of a pack. `total` is 0 until it is known; `end` is None while it runs.

    `about` is what it is for, such as the id of a school.
    """

    kind: str
    process: BaseProcess
    about: str = ""
    done: int = 0
    total: int = 0
    waiting: bool = False
    stopping: bool = False
    end: JobEnd | None = None
    ended: Event = field(default_factory=Event)

    @property
    def text(self) -> str:
        """How far it is, in words."""
        if self.stopping:
            return say("stopping")
        if self.waiting:
            return say("waiting_for_other")
        if not self.total:
            return say(f"jobs.{self.kind}_begins")
        return say(f"jobs.{self.kind}", done=f"{self.done:,}", total=f"{self.total:,}")


#: What a job calls to say how far it is: what is done, and how much there is in all.
Tell = Callable[[int, int], None]


class Jobs:
    """The jobs of all packs: the last of each kind, and only one at a time.

    `changed` is called from another thread when a job begins or ends.
    """

    def __init__(
        self, changed: Callable[[], object], report: Callable[[Exception], str] = str
    ) -> None:
        #: By pack and kind, the latest last.
        self._jobs: dict[tuple[str, str], StudioJob] = {}
        self._starting = Lock()
        self._changed = changed
        self._report = report

    def last(self, pack: str, kinds: Collection[str]) -> StudioJob | None:
        """The last job of some kinds, whether it runs or has ended."""
        jobs = [*self._jobs.items()]
        found = [job for (name, kind), job in jobs if name == pack and kind in kinds]
        return found[-1] if found else None

    def shown(self, pack: str, kinds: Collection[str]) -> StudioJob | None:
        """The job that a page shows: any that runs, or the last one of its kinds."""
        return self.running(pack) or self.last(pack, kinds)

    def running(self, pack: str) -> StudioJob | None:
        jobs = [*self._jobs.items()]
        return next((job for (name, _), job in jobs if name == pack and not job.end), None)

    def start(
        self, pack: str, kind: str, work: Callable[..., Any], *arguments: Any, about: str = ""
    ) -> bool:
        """Begin a job unless another runs: `work(wait, tell, *arguments)` in a new process.

        `work` must be a function of a module, and all else fit to be sent.
        """
        with self._starting:
            if self.running(pack):
                return False
            receiver, sender = _processes.Pipe(duplex=False)
            process = _processes.Process(target=_run, args=(sender, work, arguments))
            start(process)
            sender.close()
            self._jobs.pop((pack, kind), None)
            job = self._jobs[pack, kind] = StudioJob(kind, process, about)
        Thread(target=self._follow, args=(job, receiver), daemon=True).start()
        self._changed()
        return True

    def stop(self, pack: str) -> None:
        """Stop a job as Ctrl-C does."""
        if job := self.running(pack):
            job.stopping = True
            Thread(target=_stop, args=(job,), daemon=True).start()

    def close(self) -> None:
        """Stop all jobs, and wait for them."""
        for job in self._jobs.values():
            if not job.end:
                _stop(job)

    def _follow(self, job: StudioJob, receiver: "Connection[Any, Any]") -> None:
        end = None
        with contextlib.suppress(EOFError, OSError):
            while end is None:
                message = receiver.recv()
                if isinstance(message, JobEnd):
                    end = message
                elif message is None:
                    job.waiting = True
                else:
                    job.waiting = False
                    job.done, job.total = message
        job.process.join(_PATIENCE)
        if job.process.is_alive():
            job.process.kill()
        if end is None:
            end = (
                JobEnd(JobState.STOPPED)
                if job.stopping
                else JobEnd(JobState.FAILED, text=say("lost"))
            )
        if end.fault:
            report = self._report(end.fault)
            end = JobEnd(JobState.FAILED, text=say("job_fault", report=report))
        job.end = end
        self._changed()
        job.ended.set()


def _stop(job: StudioJob) -> None:
    with contextlib.suppress(OSError):
        if os.name == "posix" and job.process.pid and job.process.is_alive():
            os.kill(job.process.pid, signal.SIGINT)
        else:
            job.process.terminate()  # what it leaves behind, the next job removes
    if not job.ended.wait(_PATIENCE):
        job.process.kill()
        job.ended.wait()


def _run(
    sender: "Connection[Any, Any]", work: Callable[..., Any], arguments: tuple[Any, ...]
) -> None:
    """The process of a job, from start to end."""
    init_child_process()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    stop_at_once()

    def wait() -> None:
        sender.send(None)

    def tell(done: int, total: int) -> None:
        sender.send((done, total))

    try:
        with interruptible():
            end = JobEnd(JobState.DONE, work(wait, tell, *arguments))
    except KeyboardInterrupt:
        sender.send(JobEnd(JobState.STOPPED))
        # As in the terminal: a library that was interrupted may crash during Python's cleanup.
        os._exit(0)
    except Exception as error:
        end = _failed(error)
    sender.send(end)


def _failed(error: Exception) -> JobEnd:
    if isinstance(error, ProblemsError):
        more = error.more if isinstance(error, ContentError) else 0
        return JobEnd(JobState.FAILED, text=error.unchanged, problems=error.problems, more=more)
    if isinstance(error, PressError):
        return JobEnd(JobState.FAILED, text=str(error))
    if isinstance(error, ModuleNotFoundError):
        return JobEnd(JobState.FAILED, text=say("missing_package", name=error.name))
    fault = error if isinstance(error, UnexpectedError) else UnexpectedError("it", trail(error))
    return JobEnd(JobState.FAILED, fault=fault)
