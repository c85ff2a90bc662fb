"""Speed and memory of builds in all languages of the shipped pack: `-m benchmarks.languages`.

Goals are printed next to the figures, as in `benchmarks.run`.
"""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import Taken, run
from benchmarks.run import CONTENT, ROOT, TOPIC, median
from languages.strings import strings
from pack.load import read_pack
from press.translations import languages_of

#: How often each figure is measured.
RUNS = 3


def main() -> None:
    languages = languages_of(read_pack(CONTENT))
    if not languages:
        raise SystemExit(f"There are no translations beside {CONTENT}.")
    print(f"English and {', '.join(languages)}")
    with tempfile.TemporaryDirectory() as name:
        content = Path(shutil.copytree(CONTENT.parent, Path(name) / "content")) / CONTENT.name
        build = ("build", str(content), "--output", f"{name}/output", "--quiet")
        one = cold(*build, "--language", "en")
        # The drafts that are not ready count, too.
        every = cold(*build, "--drafts")
        again = median(lambda: program(*build), RUNS)
        edited = after_an_edit(content, build, languages)
    times, work = every.seconds / one.seconds, every.processor / one.processor
    print(f"{'English, cold':<32} {one.seconds:6.2f} s   goal 5 s")
    print(f"{'all languages, cold':<32} {every.seconds:6.2f} s   {times:.1f} times, goal 5")
    print(f"{'the same, of all processors':<32} {every.processor:6.2f} s   {work:.1f} times")
    print(f"{'one English text changed':<32} {edited[0]:6.2f} s   goal 1.5 s")
    print(f"{'the same, translated again':<32} {edited[1]:6.2f} s")
    print(f"{'nothing changed':<32} {again:6.2f} s   goal 0.35 s")
    print(f"{'memory of the largest process':<32} {every.largest:6.0f} MB  goal 300 MB")
    print(f"{'memory of all processes':<32} {every.megabytes:6.0f} MB")


def cold(*arguments: str) -> Taken:
    """What a build takes that makes everything, the median of several."""
    taken = [run(command(*arguments, "--force")) for _ in range(RUNS)]
    return sorted(taken, key=lambda one: one.seconds)[RUNS // 2]


def after_an_edit(
    content: Path, build: Sequence[str], languages: Sequence[str]
) -> tuple[float, float]:
    """Seconds of a build after an English text was changed, and of one that has its translations.

    Until then, the languages wait. The build before made all that are ready.
    """
    context = context_of(content, TOPIC)
    good = content.read_text("utf-8")
    waiting: list[float] = []
    translated: list[float] = []
    for number in range(RUNS):
        program(*build)
        content.write_text(good.replace(f"{TOPIC}.", f"{TOPIC} now{'!' * number}."), "utf-8")
        waiting.append(run(command(*build)).seconds)
        for language in languages:
            program("translate", language, str(content), "--still-right", context)
        translated.append(run(command(*build)).seconds)
    return sorted(waiting)[RUNS // 2], sorted(translated)[RUNS // 2]


def context_of(content: Path, words: str) -> str:
    """The name that translations have for the text with these words."""
    return next(one.context for one in strings(read_pack(content)) if words in one.source)


def program(*arguments: str) -> None:
    run(command(*arguments))


def command(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "make_materials.py"), *arguments]


if __name__ == "__main__":
    main()
