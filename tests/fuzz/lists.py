"""Lists of schools that attack: `python -m tests.fuzz.lists --seed 1 --count 500`."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.conftest import WATER
from tests.fuzz.mutate import VALUES, of_bytes
from tests.fuzz.runner import Kind, main

_HEADS = ["id", "name", "contact", "phone", "email", "website", "language", "sheets", "City"]
_CELLS = (
    *VALUES,
    *('"', '""', "'", ",", ";", "\t", "|", "\r", "\n", "=1+1", "#REF!", "Total", "JosÃ©", "N/A"),
    *("sep=;", "sep=", "oak", "x" * 200_000, '"' + "\n" * 30, "1-800-843-5678 x 12", "a@b.example"),
    *("https://[", "https://x.invalid:99999999", "e\u0301" * 500, "\u00ad", "[x](javascript:a)"),
)


def _make(random: Random, folder: Path) -> Sequence[object]:
    if random.random() < 0.2:
        file = folder / "schools.yaml"
        file.write_bytes(_bytes(random, _yaml(random)))
    else:
        file = folder / random.choice(["schools.csv", "schools.tsv", "schools.txt"])
        file.write_bytes(_bytes(random, _csv(random)))
    return "schools", "--contact", "Office", "--check", file, WATER


def _csv(random: Random) -> str:
    heads = random.sample(_HEADS, random.randint(1, len(_HEADS)))
    if "name" not in heads and random.random() < 0.9:
        heads.append("name")
    separator = random.choice(",,,;\t|")
    lines = [separator.join(heads)]
    for number in range(random.choice([1, 5, 30])):
        good = {"name": f"School {number}", "id": f"s{number}", "contact": "Office"}
        cells = [good.get(head, "") for head in heads]
        for _ in range(random.choice([0, 0, 1, 3])):
            cells[random.randrange(len(cells))] = random.choice(_CELLS)
        lines.append(separator.join(cells))
    match random.randrange(12):
        case 0:  # many bad rows
            lines += ["," * 40 + "x"] * 20_000
        case 1:  # many columns
            lines[0] += separator + separator.join(f"phone {at}" for at in range(30_000))
        case 2:  # a quotation mark that nobody closes
            lines[random.randrange(min(len(lines), 3))] += separator + '"'
            lines += ["x,y,z"] * 100_000
        case 3:
            lines[random.randrange(len(lines))] = "x," * random.choice([1000, 5_000_000])
        case 4:
            lines[random.randrange(len(lines))] = random.choice(_CELLS) * 30
        case 5:
            lines.insert(0, random.choice(_CELLS))
        case 6:  # the same name and the same id again and again
            lines += [lines[-1]] * 20_000
        case _:
            pass
    return random.choice(["\n", "\n", "\r\n", "\r"]).join(lines)


def _yaml(random: Random) -> str:
    rows = []
    for number in range(random.choice([1, 20, 1000])):
        name = random.choice(_CELLS)[:500] if random.random() < 0.3 else f"School {number}"
        rows.append(f"  - {{id: s{number}, name: {name}, contact: Office}}")
    if random.random() < 0.2:
        rows.append("  - " + "[" * random.choice([10, 100, 100_000]))
    if random.random() < 0.1:
        rows += ["  - {nam: x}"] * 100_000
    return "schools:\n" + "\n".join(rows)


def _bytes(random: Random, text: str) -> bytes:
    data = text.encode(random.choice(["utf-8"] * 5 + ["utf-8-sig", "utf-16", "cp1252"]), "replace")
    return of_bytes(random, data) if random.random() < 0.4 else data


KIND = Kind("lists", _make)

if __name__ == "__main__":
    main(KIND)
