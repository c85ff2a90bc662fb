"""Run the command line on an input, with its time and memory measured, and judge how it ended."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from pack.exit_codes import ExitCode
from tests.conftest import ROOT

#: What no run may exceed: seconds of a processor, and megabytes of memory in any process.
MOST_SECONDS, MOST_MEGABYTES = 30, 600

#: After this many seconds a run is stopped, however busy the machine is.
_STOP = 90

#: Runs a program, and prints its exit code, its seconds of a processor, and its peak memory. Linux
#: counts the memory of the process that starts another one as the other's, so this one is small.
_MEASURE = """
import os, sys
child = os.fork()
if not child:
    os.dup2(2, 1)
    os.execv(sys.argv[1], sys.argv[1:])
_, status, used = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss)
"""

#: How every run must end: made, or refused because of its input.
_GOOD = (ExitCode.MADE, ExitCode.CONTENT, ExitCode.USAGE)


@dataclass(frozen=True)
class Kind:
    """A kind of input; `make` writes one into a folder and returns the arguments of a command."""

    name: str
    make: Callable[[Random, Path], Sequence[object]]


@dataclass(frozen=True)
class Outcome:
    """How a run ended; `code` is negative for a signal. Seconds are of a processor."""

    code: int
    seconds: float
    megabytes: float
    said: str

    @property
    def broken(self) -> list[str]:
        """The promises that the run broke."""
        found = []
        if self.code not in _GOOD:
            found.append(f"exit code {self.code}")
        if "Traceback (most recent call last)" in self.said:
            found.append("a traceback")
        if self.code != ExitCode.MADE and not self.said.strip():
            found.append("not a word")
        if self.seconds > MOST_SECONDS:
            found.append(f"{self.seconds:.0f} s")
        if self.megabytes > MOST_MEGABYTES:
            found.append(f"{self.megabytes:.0f} MB")
        return found


def run(arguments: Sequence[object], folder: Path) -> Outcome:
    """Run make_materials.py with these arguments; `folder` is for its output."""
    said = folder / "said.txt"
    program = [str(ROOT / "make_materials.py"), *map(str, arguments)]
    with (
        said.open("wb") as stream,
        subprocess.Popen(
            [sys.executable, "-S", "-c", _MEASURE, sys.executable, *program],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stream,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        try:
            measured, _ = process.communicate(timeout=_STOP)
            code, seconds, size = measured.split()
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            code, seconds, size = str(-signal.SIGKILL), str(_STOP), "0"
    unit = 1 if sys.platform == "darwin" else 1024
    return Outcome(
        int(code),
        float(seconds),
        int(size) * unit / 1_000_000,
        said.read_text("utf-8", errors="replace"),
    )


def one(kind: Kind, seed: int, number: int, folder: Path) -> Outcome:
    """Make and run the input with this number; the same seed and number make the same input."""
    return run(kind.make(Random(f"{kind.name} {seed} {number}"), folder), folder)


def count_of(kind: Kind, short: int) -> int:
    """How many inputs a test tries: `short`, or what the environment says in FUZZ_TEMPLATES etc."""
    return int(os.environ.get(f"FUZZ_{kind.name.upper()}", short))


def try_many(kind: Kind, seed: int, numbers: Sequence[int]) -> list[str]:
    """What went wrong with the inputs of these numbers, in a line each."""
    found = []
    for number in numbers:
        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
            outcome = one(kind, seed, number, Path(folder))
        if outcome.broken:
            found.append(f"--seed {seed} --only {number}: {', '.join(outcome.broken)}")
    return found


def main(kind: Kind) -> None:
    """Try inputs from the command line."""
    parser = argparse.ArgumentParser(description=f"Try {kind.name} that attack.")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--only", type=int, help="try only this one, keep it, and show the output")
    options = parser.parse_args()
    if options.only is not None:
        folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
        outcome = one(kind, options.seed, options.only, folder)
        print(f"{outcome.said}{folder}: {outcome.code}, {outcome.seconds:.1f} s, "
              f"{outcome.megabytes:.0f} MB {', '.join(outcome.broken)}")  # fmt: skip
        return
    codes: Counter[int] = Counter()
    bad = most_seconds = most_megabytes = 0.0
    for number in range(options.count):
        with tempfile.TemporaryDirectory(prefix="fuzz-") as scratch:
            outcome = one(kind, options.seed, number, Path(scratch))
        codes[outcome.code] += 1
        most_seconds = max(most_seconds, outcome.seconds)
        most_megabytes = max(most_megabytes, outcome.megabytes)
        if outcome.broken:
            bad += 1
            last = (outcome.said.strip().splitlines() or [""])[-1][:200]
            print(f"--only {number}: {', '.join(outcome.broken)}: {last}", flush=True)
    shown = ", ".join(f"{count} × {code}" for code, count in sorted(codes.items()))
    print(f"{kind.name}, seed {options.seed}: {options.count} inputs, exit codes {shown}; at most "
          f"{most_seconds:.1f} s and {most_megabytes:.0f} MB; {bad:.0f} bad")  # fmt: skip
    sys.exit(bool(bad))
