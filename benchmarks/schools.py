"""Sheets and slides for many schools, side by side with Typst: `python -m benchmarks.schools`.

Our build makes eight PDFs and the deck for each school in an invented list, from the command line
in a fresh process. Typst makes eight comparable PDFs for a sample of the list, on all processors;
its time for the whole list is computed from its warm schools, without its start. They take turns,
because a machine's speed varies, and the figures are medians. Goals are printed next to them;
nothing fails here, except a build that fails.
"""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from benchmarks import growth, typstpages
from benchmarks.ours import CONTENT, Built, build, load
from benchmarks.schoollist import write_list
from pack.load import read_pack
from pack.theme import load_theme

#: The ways to use Typst (typstpages.py).
WAYS = {"inputs": "as in its guides (sys.inputs)", "main": "its fastest way (a main file each)"}

#: The goals: seconds for a thousand schools on two processors, and times as fast as Typst.
GOAL = 10
TIMES = 7


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, {load()}")
    if options.growth:
        growth.measure(options.jobs)
        return
    compared = [] if options.sample < 1 else [*WAYS]
    theirs: dict[str, list[typstpages.Share]] = {way: [] for way in compared}
    builds: list[Built] = []
    for _ in range(options.rounds):
        for way, shares in theirs.items():
            shares += typst(options.sample, options.jobs, way)
        if not options.typst_only:
            builds.append(build(options.schools, options.jobs))
    for way, shares in theirs.items():
        report_typst(way, shares, options)
    if builds:
        built = sorted(builds, key=lambda each: each.taken.seconds)[len(builds) // 2]
        report_ours(built, [each.taken.seconds for each in builds])
        for way, shares in theirs.items():
            report_ratio(built, way, shares, options.jobs)
    print(load())


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--schools", type=int, default=1000, help="number of schools (1000)")
    parser.add_argument(
        "--sample", type=int, default=50, help="number of schools for Typst (50); 0 for none"
    )
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="number of processes for each"
    )
    parser.add_argument("--rounds", type=int, default=3, help="runs of each (3)")
    parser.add_argument("--typst-only", action="store_true", help="leave out our own build")
    parser.add_argument(
        "--growth", action="store_true", help="100 to 20,000 schools, to benchmarks/results/"
    )
    return parser.parse_args(arguments)


def typst(sample: int, processes: int, way: str) -> list[typstpages.Share]:
    """What each of the processes used for its share of the sample."""
    pack = read_pack(CONTENT)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        schools = typstpages.read_schools(write_list(folder, sample), pack)
        typstpages.prepare(pack, folder)
        sheets = [handout.id for handout in pack.handouts]
        shares = typstpages.make_all(folder, way, sheets, schools, processes)
        for handout in pack.handouts:
            declared = handout.pages + load_theme().handouts[handout.template].back
            for file in (folder / "out").glob(f"*/{handout.id}.pdf"):
                pages = len(pypdfium2.PdfDocument(file))
                if pages != declared:
                    raise SystemExit(f"Typst's {file.name} has {pages} pages, not {declared}.")
        return shares


def warm(shares: Sequence[typstpages.Share], jobs: int) -> float:
    """Seconds for each further school, with all processes together."""
    return statistics.median(_later([share.wall for share in shares])) / jobs


def _later(shares: Sequence[tuple[float, ...]]) -> list[float]:
    """The figures of all schools except the first of each process, which is cold."""
    return [seconds for share in shares for seconds in share[1:] or share]


def report_typst(way: str, shares: Sequence[typstpages.Share], options: argparse.Namespace) -> None:
    count, jobs = options.schools, options.jobs
    made = sum(len(share.wall) for share in shares)
    memory = sum(share.megabytes for share in shares) / options.rounds
    cold = statistics.median(share.wall[0] for share in shares)
    work = statistics.median(_later([share.processor for share in shares]))
    print(
        f"\nTypst, {WAYS[way]}: 8 PDFs for {made} schools, {jobs} processes\n"
        f"  first school   {cold * 1000:7.1f} ms\n"
        f"  each further   {warm(shares, jobs) * 1000 * jobs:7.1f} ms per process, "
        f"{work * 1000:.1f} ms of processor time\n"
        f"  all together   {warm(shares, jobs) * 1000:7.1f} ms per school: {count:,} schools "
        f"in {warm(shares, jobs) * count:.1f} s\n"
        f"  memory         {memory:7.0f} MB, "
        f"{sum(share.size for share in shares) / made / 1000:.0f} kB per school"
    )


def report_ours(built: Built, clock: Sequence[float]) -> None:
    taken = built.taken
    every = ", ".join(f"{seconds:.2f}" for seconds in clock)
    print(
        f"\nours: 8 PDFs and the deck for {built.schools:,} schools, from start to end\n"
        f"  wall clock     {taken.seconds:7.2f} s    goal {GOAL * built.schools / 1000:g} s"
        f"    ({every})\n"
        f"  processor time {taken.processor:7.2f} s\n"
        f"  per school     {taken.seconds / built.schools * 1000:7.2f} ms, "
        f"{built.size / built.schools / 1000:.0f} kB\n"
        f"  memory         {taken.megabytes:7.0f} MB, shared memory counted once"
    )


def report_ratio(built: Built, way: str, shares: Sequence[typstpages.Share], jobs: int) -> None:
    """Print how many times as fast: by the clock, and by processor time, which varies less.

    Our figures include the deck and the start of the program; Typst's include neither.
    """
    clock = warm(shares, jobs) * built.schools / built.taken.seconds
    work = statistics.median(_later([share.processor for share in shares]))
    processor = work * built.schools / built.taken.processor
    print(
        f"Typst, {WAYS[way]}: we are {clock:.1f} times as fast by the clock, "
        f"{processor:.1f} by processor time; {clock * jobs:.1f} times as fast as Typst in "
        f"one process, as in a plain script   goal {TIMES}"
    )


if __name__ == "__main__":
    main()
