"""How time and memory grow with the number of schools: a table and a plot in benchmarks/results/.

The line through the times has the least squares of the relative residuals, so that 100 schools
count as much as 20,000. If the residuals rise with the number, time grows faster than the number
of schools.
"""

import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.ours import Built, build, load

RESULTS = Path(__file__).resolve().parent / "results"
COUNTS = (100, 300, 1000, 3000, 10_000, 20_000)

Points = Sequence[tuple[float, float]]


def measure(jobs: int, counts: Sequence[int] = COUNTS, results: Path = RESULTS) -> None:
    """Build for each number of schools, and write the results so far after each build."""
    measured: list[Built] = []
    for count in counts:
        built = build(count, jobs)
        measured.append(built)
        results.mkdir(exist_ok=True)
        print(f"{count:>7,} schools {built.taken.seconds:8.2f} s, {load()}", flush=True)
        (results / "growth.md").write_text(table(measured, jobs), encoding="utf-8")
        times = [(float(built.schools), built.taken.seconds) for built in measured]
        (results / "growth.svg").write_text(plot(times), encoding="utf-8")
    print((results / "growth.md").read_text(encoding="utf-8"))


def line(points: Points) -> tuple[float, float]:
    """Intercept and slope of the line with the least squares of the relative residuals."""
    weights = [1 / y**2 for _x, y in points]
    total = sum(weights)
    mean_x = sum(w * x for w, (x, _y) in zip(weights, points, strict=True)) / total
    mean_y = sum(w * y for w, (_x, y) in zip(weights, points, strict=True)) / total
    square = sum(w * (x - mean_x) ** 2 for w, (x, _y) in zip(weights, points, strict=True))
    if not square:  # one point
        return 0.0, mean_y / mean_x
    both = sum(w * (x - mean_x) * (y - mean_y) for w, (x, y) in zip(weights, points, strict=True))
    slope = both / square
    return mean_y - slope * mean_x, slope


def residuals(points: Points) -> list[float]:
    """How far each time is from the line, as a fraction of it: 0.05 is 5 % slower."""
    start, slope = line(points)
    return [y / (start + slope * x) - 1 for x, y in points]


def table(measured: Sequence[Built], jobs: int) -> str:
    times = [(float(built.schools), built.taken.seconds) for built in measured]
    start, slope = line(times)
    rows = "".join(
        f"| {built.schools:,} | {built.taken.seconds:.2f} | {built.taken.processor:.2f} "
        f"| {built.taken.seconds / built.schools * 1000:.2f} | {off:+.1%} "
        f"| {built.taken.megabytes:,.0f} | {built.size / built.schools / 1000:,.0f} |\n"
        for built, off in zip(measured, residuals(times), strict=True)
    )
    return (
        "# Time and memory by the number of schools\n\n"
        "Eight PDFs and the deck for each school, `python -m benchmarks.schools --growth`: "
        f"{jobs} processes on {os.cpu_count()} processors, Python {sys.version.split()[0]}.\n\n"
        "| schools | seconds | processor s | ms per school | off the line | peak MB "
        "| kB per school |\n"
        "|---:|---:|---:|---:|---:|---:|---:|\n"
        f"{rows}\n"
        f"The line: {start:.2f} s and {slope * 1000:.2f} ms per school.\n\n"
        "![Seconds by the number of schools, and how far they are from the line](growth.svg)\n"
    )


WIDTH, TIMES, OFF = 640, 360, 140
LEFT, RIGHT, TOP, GAP = 64, 16, 20, 56


def plot(times: Points) -> str:
    """The times with their line, on logarithmic axes; below, how far they are from it."""
    start, slope = line(times)
    off = residuals(times)
    first, last = math.log10(times[0][0] / 1.5), math.log10(times[-1][0] * 1.5)
    seconds = [y for _x, y in times]
    low, high = math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds) * 1.01))
    most = max(0.05, math.ceil(max(map(abs, off)) * 20) / 20)
    below = TOP + TIMES + GAP

    def x(count: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (math.log10(count) - first) / (last - first)

    def y(second: float) -> float:
        return TOP + TIMES * (high - math.log10(max(second, 10.0**low))) / (high - low)

    def y_off(part: float) -> float:
        return below + OFF * (most - part) / (2 * most)

    drawn = [_text(LEFT, 12, "seconds", "start"), _text(LEFT, below - 8, "off the line", "start")]
    for power in range(low, high + 1):
        drawn += [_rule(y(10**power)), _text(LEFT - 8, y(10**power) + 4, f"{10.0**power:g}", "end")]
    for part in (-most, 0, most):
        drawn += [_rule(y_off(part)), _text(LEFT - 8, y_off(part) + 4, f"{part:+.0%}", "end")]
    curve = [10 ** (first + (last - first) * step / 80) for step in range(81)]
    path = " ".join(f"{x(n):.1f},{y(start + slope * n):.1f}" for n in curve)
    drawn.append(f'<polyline points="{path}" fill="none" stroke="#9c2f16" stroke-width="1.5"/>')
    for (count, second), part in zip(times, off, strict=True):
        drawn += [
            _dot(x(count), y(second), f"{count:,.0f} schools: {second:.2f} s"),
            _dot(x(count), y_off(part), f"{count:,.0f} schools: {part:+.1%}"),
            _text(x(count), below + OFF + 20, f"{count:,.0f}", "middle"),
        ]
    drawn.append(_text(WIDTH - RIGHT, below + OFF + 38, "schools", "end"))
    height = below + OFF + 46
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="12" fill="#12262d">\n'
        '<rect width="100%" height="100%" fill="#ffffff"/>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{words}</text>'


def _rule(y: float) -> str:
    ends = f'x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"'
    return f'<line {ends} stroke="#c9d3d3"/>'


def _dot(x: float, y: float, words: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#0b3b46"><title>{words}</title></circle>'
