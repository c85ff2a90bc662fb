"""Schools on their way from the list to the workers: on the disk, so that memory stays flat."""

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Spool:
    """Values in the order in which they were added; a file that only we can read holds them."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stream = file.open("wb")
        self.count = 0

    def add(self, value: Any) -> None:
        pickle.dump(value, self._stream, pickle.HIGHEST_PROTOCOL)
        self.count += 1

    def __iter__(self) -> Iterator[Any]:
        self._stream.flush()
        with self._file.open("rb") as stream:
            for _ in range(self.count):
                yield pickle.load(stream)  # noqa: S301 (written by this very run)
