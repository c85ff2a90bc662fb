"""Messages to the builder, which does not read them while it waits for another build."""

import contextlib
from collections.abc import Hashable
from multiprocessing.connection import Connection
from threading import Condition, Thread
from typing import Any

from preview.messages import Drafted, Looked, Saved, Touched


class Outbox:
    """Sends messages in order without ever waiting for the builder; only the newest of each kind.

    However often pages post, no more messages wait here than there are sheets and slides.
    """

    def __init__(self, pipe: "Connection[Any, Any]") -> None:
        self._pipe = pipe
        self._number = 0
        self._waiting: dict[Hashable, tuple[int, Drafted | Looked | Saved | Touched]] = {}
        self._filled = Condition()
        Thread(target=self._send, daemon=True).start()

    def put(self, message: Drafted | Looked | Saved | Touched) -> int:
        """Have a message sent; returns its number (`Left.heard`)."""
        key: Hashable = type(message).__name__
        if isinstance(message, Drafted):
            key = message.file
        elif isinstance(message, Looked):
            key = message
        with self._filled:
            self._number += 1
            self._waiting.pop(key, None)
            self._waiting[key] = self._number, message
            self._filled.notify()
            return self._number

    def _send(self) -> None:
        with contextlib.suppress(OSError):  # the builder has stopped, which `receive` reports
            while True:
                with self._filled:
                    self._filled.wait_for(lambda: self._waiting)
                    message = self._waiting.pop(next(iter(self._waiting)))
                self._pipe.send(message)
