"""How the live preview starts and stops, and what it leaves behind."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.conftest import ROOT, WATER, Run
from tests.preview.conftest import PATIENCE, PHONE, Preview, open_page


def test_a_taken_port_is_reported_in_one_line(run: Run) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = run("preview", WATER, "--port", port, "--no-browser")
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert f"Port {port} can't be used" in result.stderr
    assert "--port" in result.stderr
    assert result.stdout == ""


def test_without_a_browser_people_open_the_address_themselves(tmp_path: Path) -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    command = (sys.executable, ROOT / "make_materials.py", "preview", WATER, "--port", "0")
    process = subprocess.Popen(
        [*map(str, command), "--output", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
        env={name: value for name, value in os.environ.items() if name not in screens},
    )
    assert process.stdout
    lines = [process.stdout.readline(), process.stdout.readline()]
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=60)
    assert lines[0].startswith("Preview: http://127.0.0.1:")
    assert lines[1] == "No browser could be opened here. Open this address in a browser yourself.\n"


@pytest.mark.parametrize("made", [True, False], ids=["when all is made", "while it makes"])
def test_ctrl_c_ends_it_quietly_and_leaves_no_process(
    page: Any, start: Callable[..., Preview], made: bool
) -> None:
    preview = start()
    page.goto(preview.address)
    if made:
        open_page(page, preview)
    assert preview.stop() == (0, "")
    with pytest.raises(ProcessLookupError):
        os.killpg(preview.process.pid, 0)
    expect(page.locator("#connection")).to_contain_text("The preview has ended")


@pytest.mark.parametrize("number", range(3))
def test_ctrl_c_while_it_starts_is_as_quiet(start: Callable[..., Preview], number: int) -> None:
    preview = start()
    time.sleep(random.Random(number).uniform(0, 0.8))
    assert preview.stop() == (0, "")


def test_a_build_after_the_preview_has_nothing_to_make_and_makes_the_same(
    page: Any, start: Callable[..., Preview], run: Run, tmp_path: Path
) -> None:
    preview = start()
    open_page(page, preview)
    preview.edit(PHONE, "303-555-0144")
    shown = page.locator("article details p").filter(has_text="303-555-0144")
    expect(shown).not_to_have_count(0, timeout=PATIENCE)
    expect(page.locator(".verdict")).to_have_text("Everything is up to date.", timeout=PATIENCE)
    assert preview.stop() == (0, "")
    again = run("build", preview.content, "--output", preview.output)
    assert "0 files made, 3 kept" in again.stdout
    run("build", preview.content, "--output", tmp_path / "other")
    other = tmp_path / "other" / "water"
    for file in other.rglob("*"):
        name = file.relative_to(other)
        if file.is_file():
            assert (preview.output / "water" / name).read_bytes() == file.read_bytes(), name
