"""A real preview of a small pack, and a real browser."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.conftest import ROOT, WATER

#: Long enough for a busy machine: these tests are not about speed.
PATIENCE = 60_000
#: The phone number of the small pack.
PHONE = "303-555-0142"


@dataclass
class Preview:
    """A running preview: its address, its content file, its output folder and its process."""

    address: str
    content: Path
    output: Path
    process: "subprocess.Popen[str]"

    def edit(self, old: str, new: str) -> None:
        text = self.content.read_text("utf-8")
        assert old in text
        self.content.write_text(text.replace(old, new), "utf-8")

    def stop(self) -> tuple[int, str]:
        """Press Ctrl-C; returns the exit code and all output after the address."""
        os.killpg(self.process.pid, signal.SIGINT)
        printed, _ = self.process.communicate(timeout=60)
        return self.process.returncode, printed


def _small_pack(folder: Path) -> Path:
    """Two sheets and a deck on water safety."""
    text = WATER.read_text("utf-8")
    text = text[: text.index("  - id: myths\n")] + text[text.index("\ndeck:\n") :]
    shutil.copytree(WATER.parent / "images", folder / "images")
    (folder / "water.yaml").write_text(text, "utf-8")
    return folder / "water.yaml"


def _start(
    folder: Path, *more: str, root: Path = ROOT, edit: tuple[str, str] = ("", "")
) -> Preview:
    folder.mkdir(parents=True, exist_ok=True)
    content, output = _small_pack(folder), folder / "out"
    content.write_text(content.read_text("utf-8").replace(*edit, 1), "utf-8")
    command = (sys.executable, root / "make_materials.py", "preview", content, "--port", "0")
    process = subprocess.Popen(
        [*map(str, command), "--output", str(output), "--no-browser", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    assert process.stdout
    line = process.stdout.readline()
    found = re.fullmatch(r"Preview: (http://127\.0\.0\.1:\d+/) .*Ctrl-C.*\n", line)
    assert found, line
    return Preview(found[1], content, output, process)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Preview]]:
    """Start previews of a small pack; they end with the test."""
    running: list[Preview] = []

    def run(*more: str, root: Path = ROOT, edit: tuple[str, str] = ("", "")) -> Preview:
        running.append(_start(tmp_path / f"pack-{len(running)}", *more, root=root, edit=edit))
        return running[-1]

    yield run
    for one in running:
        if one.process.poll() is None:
            os.killpg(one.process.pid, signal.SIGKILL)
            one.process.communicate()


@pytest.fixture(scope="package")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A finished preview for tests that change nothing."""
    one = _start(tmp_path_factory.mktemp("preview"))
    with (
        httpx.Client(base_url=one.address, timeout=60) as client,
        client.stream("GET", "/events", params={"since": _moment(client)}) as events,
    ):
        for _ in events.iter_lines():
            if "up to date" in httpx.get(one.address, timeout=60).text:
                break
    yield one
    assert one.stop() == (0, "")


@pytest.fixture(scope="module")
def _changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Preview, list[str]]]:
    one = _start(tmp_path_factory.mktemp("changed"))
    while not (finished := _finished(one)):
        time.sleep(0.1)
    yield one, finished
    assert one.stop() == (0, "")


@pytest.fixture
def restored(_changed: tuple[Preview, list[str]]) -> Iterator[Preview]:
    """A finished preview for several tests that edit its pack: each gets the pack as it was."""
    one, finished = _changed
    good = one.content.read_text("utf-8")
    yield one
    one.content.write_text(good, "utf-8")
    while _finished(one) != finished:
        time.sleep(0.1)


def _finished(preview: Preview) -> list[str]:
    """What is shown if everything is up to date; until then, nothing."""
    text = httpx.get(preview.address, timeout=60).text
    shown = sorted(re.findall(r'data-digest="(\w+)"', text))
    return shown if "Everything is up to date." in text else []


def _moment(client: httpx.Client) -> str:
    found = re.search('data-moment="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that sends requests only to this computer, and whose script never fails."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    requested: list[str] = []
    failed: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: requested.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    yield page
    context.close()
    assert requested
    assert all(url.startswith(("http://127.0.0.1:", "data:,")) for url in requested)
    assert not failed


def open_page(page: Any, preview: Preview) -> None:
    page.goto(preview.address)
    expect(page.locator(".verdict")).to_have_text("Everything is up to date.", timeout=PATIENCE)


def pictures(page: Any) -> list[str]:
    """The files whose first picture has been loaded and is not empty, in the page's order."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("article")]
        .filter((one) => { const picture = one.querySelector("img");
          return picture.complete && picture.naturalWidth === 900; })
        .map((one) => one.querySelector(".file").textContent)"""
    )
    return found
