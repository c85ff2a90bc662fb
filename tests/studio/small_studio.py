"""A studio of a small pack: what builds of it make, and how far its jobs are."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import WATER
from tests.studio.running import RunningStudio, running


@dataclass
class SmallStudio(RunningStudio):
    def page(self, name: str) -> str:
        answer = self.client.get(self.at(name))
        assert answer.status_code == 200, answer.text
        return answer.text

    def job(self) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(self.at("job")).json()
        return found

    def wait(self) -> None:
        """Wait until a job has ended."""
        while self.job()["running"]:
            time.sleep(0.1)

    def snapshot(self) -> dict[str, bytes]:
        """Every file of the pack's output folder."""
        return snapshot(self.output / self.file.stem)


def snapshot(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@contextmanager
def small_studio(folder: Path, *more: str) -> Iterator[SmallStudio]:
    """The studio of a pack with two sheets and no deck; `more` are further options."""
    text = WATER.read_text("utf-8")
    text = text[: text.index("  - id: myths\n")] + text[text.index("\nlabels:\n") :]
    shutil.copytree(WATER.parent / "images", folder / "images")
    content = folder / "water.yaml"
    content.write_text(text, "utf-8")
    with running(SmallStudio, content, folder / "out", *more) as studio:
        yield studio
