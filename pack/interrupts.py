"""Ctrl-C: one line and exit code 130, at whatever moment it is pressed.

Imports almost nothing, because every start loads this module first.
"""

import atexit
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from pack.exit_codes import ExitCode

_pressed = False


def stop_at_once() -> None:
    """Until a command begins its work, and after it, let Ctrl-C end the program at once.

    A program in the background that ignores Ctrl-C goes on ignoring it.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop)
        # While Python takes itself down, it would put back the system's own handler, which ends
        # the program as if its work had not been done.
        atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)


@contextmanager
def interruptible() -> Iterator[None]:
    """During work that has to clean up, let Ctrl-C raise `KeyboardInterrupt`.

    Raises it, too, if a library has turned it into an error of its own.
    """
    if signal.getsignal(signal.SIGINT) is not _stop:
        yield
        return
    hook = sys.unraisablehook
    sys.unraisablehook = lambda lost: _again() if _pressed else hook(lost)
    signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    except Exception:
        if _pressed:
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, _stop)
        sys.unraisablehook = hook


def _stop(number: int, frame: FrameType | None) -> None:
    os.write(2, b"Stopped.\n")
    os._exit(ExitCode.STOPPED)


def _interrupt(number: int, frame: FrameType | None) -> None:
    global _pressed
    _pressed = True
    raise KeyboardInterrupt


def _again() -> None:
    """Ctrl-C was pressed while something ran that can't raise an error."""
    signal.raise_signal(signal.SIGINT)
