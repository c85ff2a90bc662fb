"""Child processes: they end with this one, and print nothing when Ctrl-C is pressed."""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from pack.errors import WorkerError

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, SpawnContext

_Result = TypeVar("_Result")

processes: "ForkContext | SpawnContext"
# Forked workers share what is imported, but forking is only safe on Linux. The variable is for
# tests: it makes Linux start processes as other systems do.
if sys.platform == "linux" and os.environ.get("HANDOUT_PRESS_START_METHOD") != "spawn":
    processes = multiprocessing.get_context("fork")
else:
    processes = multiprocessing.get_context("spawn")

#: The message if the system, or somebody, has killed a process.
_KILLED = "A worker process was killed, possibly because the machine ran out of memory."


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def pool(
    jobs: int, initializer: Callable[..., object], arguments: tuple[Any, ...]
) -> ProcessPoolExecutor:
    """A pool of `jobs` processes. The initializer must call `init_child_process` first.

    Raises `WorkerError` if one of them was killed.
    """
    executor = ProcessPoolExecutor(jobs, processes, initializer, arguments)
    with sigint_blocked(), reports_lost_workers():
        # The first job starts all processes if they are forked; else each job starts one.
        for _ in range(jobs):
            executor.submit(int)
    return executor


@contextmanager
def reports_lost_workers() -> Iterator[None]:
    """Raise `WorkerError` if a pool has lost a process."""
    try:
        yield
    except (BrokenExecutor, CancelledError):
        raise _killed() from None


def _killed() -> WorkerError:
    # If it was Ctrl-C, which reaches all processes, KeyboardInterrupt is raised here shortly.
    time.sleep(0.2)
    return WorkerError(_KILLED)


def start(process: BaseProcess) -> None:
    """Start a process that calls `init_child_process` first."""
    with sigint_blocked():
        process.start()


@contextmanager
def sigint_blocked() -> Iterator[None]:
    """Hold back Ctrl-C: it must not reach a new process before its handler is set."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def init_child_process(on_ctrl_c: signal.Handlers = signal.SIG_DFL) -> None:
    """Set up a child process; it must call this first.

    The child ends with its parent, even if the parent is killed. Ctrl-C, which reaches both, ends
    it at once by default; with SIG_IGN, the parent decides.
    """
    signal.signal(signal.SIGINT, on_ctrl_c)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def in_background(function: Callable[..., Iterator[Any]], *arguments: object) -> Callable[[], Any]:
    """Start a generator in a separate process; each call of the result waits for its next value.

    The call raises what the generator raises, and `WorkerError` if the process was killed.
    """
    return _started(function, arguments)[1]


@contextmanager
def background(
    function: Callable[..., _Result], *arguments: object
) -> Iterator[Callable[[], _Result]]:
    """The same for a function, which returns once.

    The process is killed at the end of the `with` block if it is still running.
    """
    process, receive = _started(_returned, (function, *arguments))

    def result() -> _Result:
        returned: _Result = receive()
        process.join()
        return returned

    try:
        yield result
    finally:
        process.kill()
        process.join()


def _returned(function: Callable[..., _Result], *arguments: object) -> Iterator[_Result]:
    yield function(*arguments)


def _started(
    function: Callable[..., Iterator[Any]], arguments: Sequence[object]
) -> tuple[BaseProcess, Callable[[], Any]]:
    receiver, sender = processes.Pipe(duplex=False)
    process = processes.Process(target=_send, args=(sender, function, arguments), daemon=True)
    start(process)
    sender.close()

    def receive() -> Any:
        try:
            value, error = receiver.recv()
        except EOFError:
            raise _killed() from None
        if error is not None:
            raise error
        return value

    return process, receive


def _send(
    sender: "Connection[object, None]",
    function: Callable[..., Iterator[object]],
    arguments: Sequence[object],
) -> None:
    init_child_process()
    try:
        for value in function(*arguments):
            sender.send((value, None))
    except Exception as error:
        sender.send((None, error))
