"""Speed and memory of what people wait for: `python -m benchmarks.run`.

Every figure is the median of several runs in separate processes. Goals are printed next to the
figures; nothing fails here, because a slow machine is not the program's fault.
"""

import itertools
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pack.model import Pack

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "content" / "sextortion.yaml"

#: Builds without translations, which `benchmarks.languages` measures.
ENGLISH = ("--language", "en")

#: The end of a sentence in a topic that only the parents' tip sheet shows.
TOPIC = "and will share it unless the child sends more"

#: What a build makes, except the presenter's guide and the audience's notes sheet.
SHEETS_AND_DECK = tuple(
    f"--only={name}"
    for name in (
        "parent-tip-sheet",
        "conversation-cards",
        "if-it-happens",
        "home-safety-checklist",
        "myths-and-facts",
        "get-help-poster",
        "wallet-cards",
        "resource-list",
        "parent-night",
    )
)


def main() -> None:
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory() as folder:
        build = ("build", str(CONTENT), *ENGLISH, "--output", folder, "--quiet", "--force")
        rows = [
            ("--help", command("--help"), 0.2),
            ("check", command("check", str(CONTENT)), 0.35),
            ("sheets and deck, cold", command(*build, *SHEETS_AND_DECK), 2.5),
            ("everything, cold", command(*build), 5.0),
            ("the deck alone, cold", command(*build, "--only", "parent-night"), 0.7),
            *after_edits(Path(folder) / "edits"),
        ]
        for name, seconds, goal in rows:
            print(f"{name:<24} {seconds:6.2f} s   goal {goal} s")
        print(f"{'peak memory':<24} {memory(build):6.0f} MB  goal 250 MB per process")
    where_time_goes()


def after_edits(folder: Path) -> Iterator[tuple[str, float, float]]:
    """A plain build after no change, and after a change of one topic."""
    content = folder / "content" / CONTENT.name
    shutil.copytree(CONTENT.parent, content.parent)
    good = content.read_text("utf-8")
    build = ("build", str(content), *ENGLISH, "--output", str(folder / "output"), "--quiet")
    run(build)
    yield "nothing changed", command(*build), 0.35
    ends = itertools.cycle((f"{TOPIC} now.", f"{TOPIC} then.", f"{TOPIC} again."))

    def edit_and_build() -> None:
        content.write_text(good.replace(f"{TOPIC}.", next(ends)), "utf-8")
        run(build)

    yield "one topic changed", median(edit_and_build), 1.2


def command(*arguments: str, runs: int = 5) -> float:
    """Wall-clock seconds of a command, from start to end of its process."""
    return median(lambda: run(arguments), runs)


def run(arguments: tuple[str, ...]) -> None:
    subprocess.run(
        [sys.executable, str(ROOT / "make_materials.py"), *arguments],
        check=True,
        capture_output=True,
    )


def median(action: Callable[[], object], runs: int = 5) -> float:
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def memory(arguments: tuple[str, ...]) -> float:
    """The largest resident size of any process of a build, in MB."""
    run(arguments)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000


def where_time_goes() -> None:
    """Print the parts of a build in one process, and the time of each artifact when warm."""
    start = time.perf_counter()
    from pack.load import read_pack

    imported = time.perf_counter()
    pack = read_pack(CONTENT)
    read = time.perf_counter()
    from handouts import sheets
    from press.builders import PackBuilders, group_by_layout

    renderer = time.perf_counter()
    from press.render import RenderOptions, make
    from slides import deck
    from slides.draft import DeckDraft

    decks = time.perf_counter()
    print(f"\nimport source {imported - start:.3f} s, read the content {read - imported:.3f} s")
    print(f"import WeasyPrint {renderer - read:.3f} s, python-pptx {decks - renderer:.3f} s")
    print(f"{'':<24} {'first':>7} {'again':>7}")
    jobs: list[tuple[str, Callable[[], object]]] = [
        (handout.id, lambda handout=handout: sheets.render(pack, handout))  # type: ignore[misc]
        for handout in pack.handouts
    ]
    jobs.append(("the deck", lambda: deck.render(DeckDraft(pack))))
    for name, job in jobs:
        first = median(job, 1)
        print(f"{name:<24} {first:7.3f} {median(job):7.3f}")
    builders = PackBuilders(pack)
    made = [
        artifact
        for group in group_by_layout(builders.plan())
        for artifact in make(builders, group, RenderOptions())
    ]
    checking = sum(artifact.checking for artifact in made)
    rendering = sum(artifact.seconds for artifact in made) - checking
    share = f"{checking / (rendering + checking):.0%} of both, goal 35 %"
    times = f"rendering {rendering:.2f} s, preflight {checking:.2f} s"
    print(f"\n{len(made)} artifacts: {times}, {share}")
    copyfit(pack)


def copyfit(pack: "Pack") -> None:
    """Print how often sheets are laid out until they fit: the goal is 2.2 after an edit."""
    from handouts import sheets

    tried = sum(sheets.render(pack, handout).layouts for handout in pack.handouts)
    print(f"{tried / len(pack.handouts):.1f} layouts per sheet")


if __name__ == "__main__":
    main()
