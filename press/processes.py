"""Processes beside this one: they end with it, and say nothing when Ctrl-C is pressed."""

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
# Forked workers share what is imported; elsewhere than on Linux forking is not safe. The variable
# is for tests: it has processes started on Linux as they are elsewhere.
if sys.platform == "linux" and os.environ.get("HANDOUT_PRESS_START_METHOD") != "spawn":
    processes = multiprocessing.get_context("fork")
else:
    processes = multiprocessing.get_context("spawn")

#: What people are told when the system, or somebody, has ended a process.
_ENDED = "A process that makes files was ended from outside, perhaps for want of memory."


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def pool(
    jobs: int, initializer: Callable[..., object], arguments: tuple[Any, ...]
) -> ProcessPoolExecutor:
    """So many processes that work side by side. The initializer begins with `init_child_process`.

    Raises `WorkerError` if somebody ended one of them.
    """
    executor = ProcessPoolExecutor(jobs, processes, initializer, arguments)
    with sigint_blocked(), reports_lost_workers():
        # The first piece of work starts all that are forked; else each piece starts one.
        for _ in range(jobs):
            executor.submit(int)
    return executor


@contextmanager
def reports_lost_workers() -> Iterator[None]:
    """Raises `WorkerError` where a pool has lost a process."""
    try:
        yield
    except (BrokenExecutor, CancelledError):
        raise _ended() from None


def _ended() -> WorkerError:
    # If it was Ctrl-C, which reaches all processes, that comes up here within a moment.
    time.sleep(0.2)
    return WorkerError(_ENDED)


def start(process: BaseProcess) -> None:
    """Start a process that begins with `init_child_process`."""
    with sigint_blocked():
        process.start()


@contextmanager
def sigint_blocked() -> Iterator[None]:
    """Let Ctrl-C wait: it must not reach a new process that does not know yet what to do then."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def init_child_process(on_ctrl_c: signal.Handlers = signal.SIG_DFL) -> None:
    """What a process beside another does first.

    It ends with the other, which could not tell it when it is killed. Ctrl-C, which reaches both,
    ends it at once by default; with SIG_IGN that is left to the other.
    """
    signal.signal(signal.SIGINT, on_ctrl_c)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def in_background(function: Callable[..., _Result], *arguments: object) -> Callable[[], _Result]:
    """Start a function in a process of its own; call the result to wait for what it returns.

    What it raises is raised by the call; `WorkerError` if somebody ended the process.
    """
    return _begun(function, arguments)[1]


@contextmanager
def background(
    function: Callable[..., _Result], *arguments: object
) -> Iterator[Callable[[], _Result]]:
    """The same, but the process ends with the block at the latest: nobody may need it any more."""
    process, receive = _begun(function, arguments)
    try:
        yield receive
    finally:
        process.kill()
        process.join()


def _begun(
    function: Callable[..., _Result], arguments: Sequence[object]
) -> tuple[BaseProcess, Callable[[], _Result]]:
    receiver, sender = processes.Pipe(duplex=False)
    process = processes.Process(target=_send, args=(sender, function, arguments), daemon=True)
    start(process)
    sender.close()

    def receive() -> _Result:
        try:
            result, error = receiver.recv()
        except EOFError:
            raise _ended() from None
        process.join()
        if error is not None:
            raise error
        returned: _Result = result
        return returned

    return process, receive


def _send(
    sender: "Connection[object, None]", function: Callable[..., object], arguments: Sequence[object]
) -> None:
    init_child_process()
    try:
        sender.send((function(*arguments), None))
    except Exception as error:
        sender.send((None, error))
