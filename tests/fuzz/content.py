"""Content files that attack: `python -m tests.fuzz.content --seed 1 --count 2000`."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.conftest import CONTENT, WATER
from tests.fuzz.mutate import VALUES, of_bytes
from tests.fuzz.runner import Kind, main
from tests.pack.bad_packs import GOOD

PIECES = [
    "&a ", "*a", "!x ", "!", "? ", "- ", ": ", "[", "]", "{", "}", "|", "> ", '"', "'", "# ", "---",
    "...", "%YAML 1.1", "<<: ", "~", "\t", "\0", "\u202e", "\x85", "\\", r'"\UFFFFFFFF"',
    r'"\uD800"', "[x](javascript:a)", "](", "**", "@", "https://[", "[[[[[", "{a: ", '"[key]": ',
    "title: ", "note: ", "help: ", "contacts: ",
]  # fmt: skip

_VALUES = ["", "[a]", "{a: b}", "[[]]", "{}", "[]", '""', "text", *(one[:60] for one in VALUES)]


def spoiled(random: Random, text: str) -> str:
    """A content file with lines deleted, repeated, moved, indented or changed."""
    lines = text.split("\n")
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(lines))
        line = lines[at]
        place = random.randint(0, len(line))
        match random.randrange(7):
            case 0:
                lines[at : at + 1] = []
            case 1:
                lines.insert(at, line)
            case 2:
                lines.insert(random.randrange(len(lines)), lines.pop(at))
            case 3:
                lines[at] = " " * random.randint(0, 6) + line.lstrip()
            case 4:
                lines[at] = f"{line.partition(':')[0]}: {random.choice(_VALUES)}"
            case 5:
                lines[at] = line[:place] + random.choice(PIECES) + line[place:]
            case _:
                letters = (
                    chr(random.choice([random.randrange(128), random.randrange(0xD800)]))
                    for _ in range(5)
                )
                lines[at] = line[:place] + "".join(letters) + line[place:]
        lines = lines or [""]
    return "\n".join(lines)


def _swollen(random: Random, text: str) -> str:
    """A line with far too much of something, or far too many of such lines."""
    lines = text.split("\n")
    at = random.randrange(len(lines))
    piece = random.choice([*PIECES, "word ", "x", "[x](https://a.example) ", "**b** ", "- a\n"])
    if random.random() < 0.5:
        lines[at] += piece * random.choice([100, 10_000, 300_000 // len(piece)])
    else:
        lines[at : at + 1] = [lines[at]] * random.choice([100, 5000])
    return "\n".join(lines)


def _make(random: Random, folder: Path) -> Sequence[object]:
    text = random.choice([GOOD, WATER.read_text("utf-8"), CONTENT.read_text("utf-8")])
    match random.randrange(10):
        case 0:
            data = of_bytes(random, text.encode())
        case 1:
            data = _swollen(random, text).encode("utf-8", errors="replace")
        case _:
            data = spoiled(random, text).encode("utf-8", errors="replace")
    file = folder / "pack.yaml"
    file.write_bytes(data)
    return "check", file


KIND = Kind("content", _make)

if __name__ == "__main__":
    main(KIND)
