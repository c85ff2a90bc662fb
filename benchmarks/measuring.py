"""What a command uses: time, processor time, memory of all its processes, and what it writes."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PROCESSES = Path("/proc")


@dataclass(frozen=True)
class Taken:
    """Wall-clock seconds, processor seconds of all processes, and the peaks of memory in MB.

    `megabytes` is for the process and all its descendants together. Memory that processes share
    counts once, divided among them (Pss in proc_pid_smaps(5)). It is 0 on systems without /proc.
    `largest` is for the largest of them, with all that it shares.
    """

    seconds: float
    processor: float
    megabytes: float
    largest: float


def run(command: Sequence[str]) -> Taken:
    """Run a command to its end. Raises SystemExit with its error messages if it fails."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        peaks = [0.0]
        done = threading.Event()
        watch = threading.Thread(target=_watch, args=(process.pid, peaks, done))
        watch.start()
        assert process.stderr  # noqa: S101  (it is a pipe)
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        done.set()
        watch.join()
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(
            f"{' '.join(command)}\nended with exit code {process.returncode}:\n{errors.strip()}"
        )
    largest = usage.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1000)
    return Taken(seconds, usage.ru_utime + usage.ru_stime, max(peaks), largest)


def _watch(root: int, peaks: list[float], done: threading.Event) -> None:
    while not done.wait(0.5):
        peaks.append(used(root))


def used(root: int) -> float:
    """The memory in MB of a process and all its descendants, by proc_pid_stat(5)."""
    parents = {}
    for folder in _PROCESSES.glob("[0-9]*"):
        try:
            # The name may hold spaces and parentheses; the fields begin after the last one.
            fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        parents[int(folder.name)] = int(fields[1])
    return sum(_share(number) for number in parents if _descends(number, root, parents)) / 1000


def _share(process: int) -> int:
    """A process's proportional set size in kB."""
    try:
        rollup = (_PROCESSES / str(process) / "smaps_rollup").read_text()
    except OSError:  # it has ended
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(found[1]) if found else 0


def _descends(process: int, root: int, parents: dict[int, int]) -> bool:
    while process != root and process in parents:
        process = parents[process]
    return process == root


def written(folder: Path) -> tuple[dict[str, int], int]:
    """How many files of each kind a folder holds (".pdf": 8000), and their total size in bytes.

    A file with several names is counted for each of them, but its bytes only once.
    """
    kinds: dict[str, int] = {}
    sizes: dict[int, int] = {}
    for place, _folders, names in os.walk(folder):
        for name in names:
            kind = Path(name).suffix
            kinds[kind] = kinds.get(kind, 0) + 1
            about = (Path(place) / name).stat()
            sizes[about.st_ino] = about.st_size
    return kinds, sum(sizes.values())
