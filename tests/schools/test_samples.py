"""A sample of schools, checked by programs that had no part in making their files."""

import os
import random
from pathlib import Path

import pikepdf
import pytest
from openxml_audit import validate_pptx

from tests.conftest import CONTENT, ENGLISH, run_cli
from tests.tools import pdf
from tests.tools.district import Row, row, write
from tests.tools.verapdf import failures

#: How many PDFs and how many decks are checked; set it higher for a longer run.
SAMPLE = int(os.environ.get("EDITIONS_SAMPLE", "4"))

_KINDS = ("phone", "website email phone", "website logo", "")
_NAMES = ("Quartz", "Łąka", "Hōkū", "Zephyr’s", "K-8", "No. 12", "Niños", "Trường", "Oak & Elm")


def school(number: int, chance: random.Random) -> Row:
    """An invented school. Schools of one kind share their bases."""
    name = " ".join([*chance.sample(_NAMES, chance.randint(1, 3)), f"School {number}"])
    host = f"s{number}{'x' * chance.randint(0, 12)}.example"
    values = {
        "phone": f"303-555-01{number % 100:02}",
        "email": f"desk@{host}",
        "website": f"https://{host}/{'page/' * chance.randint(0, 4)}",
        "logo": chance.choice(["logos/oak.png", "logos/cedar.svg"]),
    }
    wanted = _KINDS[number % len(_KINDS)].split()
    return row(f"s-{number}", name, f"Room {number}", **{key: values[key] for key in wanted})


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Row]]:
    """The folder of schools, and the row of each."""
    folder = tmp_path_factory.mktemp("sample")
    chance = random.Random(11)
    rows = [school(number, chance) for number in range(max(SAMPLE // 2, len(_KINDS)))]
    result = run_cli(
        *("build", CONTENT, *ENGLISH, "--schools", write(folder, rows), "--output", folder / "out"),
        *("--only", "get-help-poster", "--only", "wallet-cards", "--only", "parent-night"),
        *("--size", "standard", "--ink", "color"),
    )
    assert result.returncode == 0, result.stderr
    return folder / "out" / "sextortion" / "schools", {one["id"]: one for one in rows}


def some(folder: Path, kind: str) -> list[Path]:
    found = sorted(folder.glob(f"*/*.{kind}"))
    return random.Random(4).sample(found, min(SAMPLE, len(found)))


def test_pdfs_are_sound_and_accessible(sample: tuple[Path, dict[str, Row]]) -> None:
    chosen = some(sample[0], "pdf")
    for file in chosen:
        with pikepdf.open(file) as document:
            assert document.check_pdf_syntax() == [], file
    assert {file: found for file, found in failures(chosen).items() if found} == {}


def test_decks_are_sound(sample: tuple[Path, dict[str, Row]]) -> None:
    for file in some(sample[0], "pptx"):
        assert validate_pptx(file).error_count == 0, file


def test_codes_lead_to_the_school_s_own_page(sample: tuple[Path, dict[str, Row]]) -> None:
    folder, rows = sample
    for id, own in rows.items():
        addresses = {one["website"] for one in rows.values() if "website" in one}
        for name in ("get-help-poster.pdf", "wallet-cards.pdf"):
            codes = addresses.intersection(pdf.codes(folder / id / name))
            assert codes == ({own["website"]} if "website" in own else set()), (id, name)
