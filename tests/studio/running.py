"""A studio in a process of its own, reached over HTTP as browsers do."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx

from tests.conftest import ROOT


@dataclass
class RunningStudio:
    """A running studio: its address, its process, its content file, output folder and a client."""

    address: str
    process: "subprocess.Popen[str]"
    file: Path
    output: Path
    client: httpx.Client

    def at(self, *place: str | int) -> str:
        """The address of a page of the pack, such as `at("edit", "contacts", "fbi")`."""
        return f"{self.address}p/{self.file.stem}/" + "/".join(map(str, place))

    @property
    def token(self) -> str:
        found = re.search('data-token="([^"]+)"', self.client.get(self.at("edit/pack")).text)
        assert found
        return found[1]

    def post(self, page: str, /, files: Any = None, **fields: Any) -> httpx.Response:
        """Send a form as a page does."""
        return self.client.post(self.at(page), data={"token": self.token, **fields}, files=files)


AnyStudio = TypeVar("AnyStudio", bound=RunningStudio)


@contextmanager
def running(kind: type[AnyStudio], file: Path, output: Path, *more: str) -> Iterator[AnyStudio]:
    """Start the studio of a content file; at the end, Ctrl-C stops it without a word.

    `more` are further options.
    """
    command = (sys.executable, ROOT / "make_materials.py", "studio", file, "--port", "0")
    process = subprocess.Popen(
        [*map(str, command), "--output", str(output), "--no-browser", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        assert process.stdout
        line = process.stdout.readline()
        found = re.fullmatch(r"Studio: (http://127\.0\.0\.1:\d+/) .*Ctrl-C.*\n", line)
        assert found, line
        with httpx.Client(base_url=found[1], timeout=120) as client:
            yield kind(found[1], process, file, output, client)
        os.killpg(process.pid, signal.SIGINT)
        printed, _ = process.communicate(timeout=60)
        assert (process.returncode, printed) == (0, "")
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
