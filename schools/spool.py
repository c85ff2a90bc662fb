"""Values that pass from one process to another on the disk, so that memory stays flat."""

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Spool:
    """Values in the order in which they were added; `count` is their number."""

    def __init__(self, file: Path, count: int | None = None) -> None:
        """Create a spool, or open one with `count` values that another process has filled."""
        self._file = file
        self._stream = file.open("wb") if count is None else None
        self.count = count or 0

    def add(self, value: Any) -> None:
        """Add a value to a new spool."""
        assert self._stream, "another process fills this spool"  # noqa: S101
        pickle.dump(value, self._stream, pickle.HIGHEST_PROTOCOL)
        self.count += 1

    def close(self) -> int:
        """Let others read all values; returns their number."""
        if self._stream:
            self._stream.flush()
        return self.count

    def __iter__(self) -> Iterator[Any]:
        self.close()
        with self._file.open("rb") as stream:
            for _ in range(self.count):
                yield pickle.load(stream)  # noqa: S301 (written by this run)
