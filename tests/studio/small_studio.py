"""A real studio of a small pack in a process of its own, reached over HTTP as browsers do."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.conftest import ROOT, WATER


@dataclass
class SmallStudio:
    """A running studio: a client for it, its content file and its output folder."""

    client: httpx.Client
    content: Path
    output: Path

    @property
    def address(self) -> str:
        return f"/p/{self.content.stem}"

    def page(self, name: str) -> str:
        answer = self.client.get(f"{self.address}/{name}")
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, page: str, files: Any = None, **fields: Any) -> httpx.Response:
        """Press a button of a form."""
        found = re.search('data-token="([^"]+)"', self.page("ready"))
        assert found
        data = {"token": found[1], **fields}
        return self.client.post(f"{self.address}/{page}", data=data, files=files)

    def job(self) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(f"{self.address}/job").json()
        return found

    def wait(self) -> None:
        """Wait until a job has ended."""
        while self.job()["running"]:
            time.sleep(0.1)

    def snapshot(self) -> dict[str, bytes]:
        """Every file of the pack's output folder."""
        return snapshot(self.output / self.content.stem)


def snapshot(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@contextmanager
def small_studio(folder: Path) -> Iterator[SmallStudio]:
    """The studio of a pack with two sheets and no deck."""
    text = WATER.read_text("utf-8")
    text = text[: text.index("  - id: myths\n")] + text[text.index("\nlabels:\n") :]
    shutil.copytree(WATER.parent / "images", folder / "images")
    content, output = folder / "water.yaml", folder / "out"
    content.write_text(text, "utf-8")
    command = (sys.executable, ROOT / "make_materials.py", "studio", content, "--port", "0")
    process = subprocess.Popen(
        [*map(str, command), "--output", str(output), "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        assert process.stdout
        found = re.fullmatch(r"Studio: (http://127\.0\.0\.1:\d+)/ .*\n", process.stdout.readline())
        assert found
        with httpx.Client(base_url=found[1], timeout=120) as client:
            yield SmallStudio(client, content, output)
        os.killpg(process.pid, signal.SIGINT)
        printed, _ = process.communicate(timeout=60)
        assert (process.returncode, printed) == (0, "")
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
