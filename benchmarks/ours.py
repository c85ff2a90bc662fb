"""Our build for a list of schools, from the command line in a fresh process."""

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Taken, run, written
from benchmarks.run import SHEETS_AND_DECK
from benchmarks.schoollist import write_list

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "content" / "sextortion.yaml"

#: The room that a school's files may take on the disk, in bytes; more than ever measured.
ROOM = 1_000_000

#: The maximum number of different logos in a list: longer lists reuse them.
LOGOS = 2_000


@dataclass(frozen=True)
class Built:
    """Our build for a number of schools, and the size of what it wrote."""

    schools: int
    taken: Taken
    size: int


def build(count: int, jobs: int) -> Built:
    """Build for this many schools, into a folder that is then removed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        free = shutil.disk_usage(folder).free
        if free < count * ROOM:
            raise SystemExit(
                f"{count:,} schools may take {count * ROOM / 1e9:.1f} GB, but {folder.parent} has "
                f"{free / 1e9:.1f} GB left. Set TMPDIR to a folder on a larger disk."
            )
        schools = write_list(folder / "list", count, logos=min(count, LOGOS))
        output = folder / "output"
        taken = run(
            [
                *(sys.executable, str(ROOT / "make_materials.py"), "build", str(CONTENT)),
                *("--schools", str(schools), "--jobs", str(jobs), "--output", str(output)),
                *("--size", "standard", "--ink", "color", "--paper", "letter", "--quiet"),
                *SHEETS_AND_DECK,
            ]
        )
        kinds, size = written(output)
    pdfs, decks = kinds.get(".pdf", 0), kinds.get(".pptx", 0)
    if pdfs < 8 * count or decks < count:
        raise SystemExit(
            f"{count:,} schools need {8 * count:,} PDFs and {count:,} decks, "
            f"but the build wrote {pdfs:,} and {decks:,}."
        )
    return Built(count, taken, size)


def load() -> str:
    return f"load {os.getloadavg()[0]:.2f}"
