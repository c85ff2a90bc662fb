"""Processes beside this one."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

_Result = TypeVar("_Result")

# Forked workers share what is imported; elsewhere than on Linux forking is not safe.
if sys.platform == "linux":
    processes = multiprocessing.get_context("fork")
else:
    processes = multiprocessing.get_context("spawn")


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_background(function: Callable[..., _Result], *arguments: object) -> Callable[[], _Result]:
    """Start a function in a process of its own; call the result to wait for what it returns.

    What it raises is raised by the call.
    """
    receiver, sender = processes.Pipe(duplex=False)
    process = processes.Process(target=_send, args=(sender, function, arguments), daemon=True)
    process.start()
    sender.close()

    def receive() -> _Result:
        result, error = receiver.recv()
        process.join()
        if error is not None:
            raise error
        returned: _Result = result
        return returned

    return receive


def _send(
    sender: "Connection[object, None]", function: Callable[..., object], arguments: Sequence[object]
) -> None:
    try:
        sender.send((function(*arguments), None))
    except Exception as error:
        sender.send((None, error))
