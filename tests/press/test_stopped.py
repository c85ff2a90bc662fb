"""A build that is stopped, or whose processes are killed, says so and leaves no process behind."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from press.processes import processors
from tests.conftest import CONTENT, ENGLISH, ROOT

#: How many builds are stopped at random moments; set it higher for a longer run.
STOPS = int(os.environ.get("STOPPED_BUILDS", "2"))

PROGRAM = ROOT / "make_materials.py"

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="the system does not list a process's children"
)


@contextmanager
def running(output: Path) -> Iterator["subprocess.Popen[str]"]:
    """A running build, in a process group of its own."""
    with subprocess.Popen(
        [sys.executable, PROGRAM, "build", CONTENT, *ENGLISH, "--output", output],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        wait_for_children(process, 1)
        yield process


def children(process: "subprocess.Popen[str]") -> list[int]:
    """The child processes of a process, oldest first."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(one) for one in listed.split()]


def wait_for_children(process: "subprocess.Popen[str]", count: int) -> int:
    """Wait until a process has started `count` processes, and return the last."""
    seen: dict[int, None] = {}
    while process.poll() is None:
        seen |= dict.fromkeys(children(process))
        if len(seen) >= count:
            return [*seen][-1]
        time.sleep(0.01)
    raise AssertionError(f"it ended after starting {len(seen)} processes")


@pytest.mark.parametrize("number", range(STOPS))
def test_control_c_ends_a_build_with_one_line(tmp_path: Path, number: int) -> None:
    with running(tmp_path / "out") as process:
        time.sleep(random.Random(number).uniform(0, 1))
        os.killpg(process.pid, signal.SIGINT)
        _, error = process.communicate(timeout=30)
    assert process.returncode == 130
    assert error == "Stopped. Your existing files were not changed.\n"
    assert not (tmp_path / "out" / CONTENT.stem).exists()


@pytest.mark.parametrize("number", range(STOPS))
def test_all_processes_end_with_a_build_that_is_killed_alone(tmp_path: Path, number: int) -> None:
    with running(tmp_path / "out") as process:
        time.sleep(random.Random(number).uniform(0, 1))
        process.kill()
        # They hold the other ends of its pipes: this returns once the last of them has ended.
        process.communicate(timeout=30)


def test_a_killed_process_is_reported_in_one_line(tmp_path: Path) -> None:
    with running(tmp_path / "out") as process:
        os.kill(wait_for_children(process, 1), signal.SIGKILL)
        _, error = process.communicate(timeout=30)
    assert process.returncode == 4
    assert error == (
        "A worker process was killed, possibly because the machine ran out of memory. "
        "Your existing files were not changed.\n"
    )


@pytest.mark.skipif(processors() == 1, reason="one processor has no workers")
def test_a_killed_worker_is_reported_in_one_line(tmp_path: Path) -> None:
    with running(tmp_path / "out") as process:
        # The first one reads the content, the second makes the deck.
        os.kill(wait_for_children(process, 3), signal.SIGKILL)
        _, error = process.communicate(timeout=30)
    assert process.returncode == 4
    assert "A worker process was killed" in error
    assert "Traceback" not in error


#: The program, which says when its first lines have run: before that, Python itself starts.
_PROGRAM = """
import runpy, sys
from pack.interrupts import stop_at_once
stop_at_once()
print("begun", flush=True)
sys.argv = [{program!r}, "check", {content!r}]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.mark.parametrize("number", range(3 * STOPS))
def test_control_c_ends_the_program_at_any_moment_with_one_line(number: int) -> None:
    program = _PROGRAM.format(program=str(ROOT / "make_materials.py"), content=str(CONTENT))
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "begun\n"
        time.sleep(random.Random(number).uniform(0, 0.3))
        os.killpg(process.pid, signal.SIGINT)
        printed, error = process.communicate(timeout=30)
    if process.returncode == 0:
        assert "no errors" in printed
    else:
        assert process.returncode == 130
        assert error in ("Stopped.\n", "Stopped. Your existing files were not changed.\n")
