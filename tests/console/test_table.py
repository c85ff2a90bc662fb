"""The table of a build, in terminals of any width."""

import os
from pathlib import Path

import pytest

from console.table import fitted
from tests.conftest import Run
from tests.tools.terminal import run_in_terminal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="terminals are opened as on Unix")

NAME = "a-pack-with-a-name-of-sixty-letters-that-somebody-typed-once"
ROWS = [
    ("out/water/tip-sheet.pdf", "2 pages", "41 KB", "0.50 s", "11/15.6 pt", "new"),
    ("out/water/tip-sheet-large-print.pdf", "6 pages", "42 KB", "", "18/23.8 pt", "kept"),
    ("out/water/slides.pptx", "10 slides", "109 KB", "0.46 s", "", "new"),
    ("out/fire/tip-sheet.pdf", "1 page", "40 KB", "0.50 s", "11/15.6 pt", "new"),
]


def test_what_rows_have_in_common_is_said_once() -> None:
    assert list(fitted(ROWS, 80, by_last=True)) == [
        "out/water:",
        "new:",
        "  tip-sheet.pdf              2 pages    41 KB   0.50 s  11/15.6 pt",
        "  slides.pptx                10 slides  109 KB  0.46 s",
        "kept:",
        "  tip-sheet-large-print.pdf  6 pages    42 KB           18/23.8 pt",
        "out/fire:",
        "new:",
        "  tip-sheet.pdf              1 page     40 KB   0.50 s  11/15.6 pt",
    ]


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (66, "  tip-sheet-large-print.pdf  6 pages    42 KB           18/23.8 pt"),
        (65, "  tip-sheet-large-print.pdf  6 pages    42 KB"),
        (40, "  tip-sheet-large-print.pdf  6 pages"),
        (30, "  tip-sheet-large-print.pdf"),
        (20, "  tip-sheet…rint.pdf"),
    ],
)
def test_columns_without_room_are_left_out_and_long_names_are_cut(width: int, line: str) -> None:
    assert line in list(fitted(ROWS, width, by_last=True))


def test_a_long_reason_is_wrapped_between_words() -> None:
    reason = "contacts → emergency → phone and topics → how-it-starts → body changed, and 7 more"
    lines = list(fitted([("out/a.pdf", reason)], 40, by_last=True))
    assert " ".join(lines) == f"out: {reason}:   a.pdf"
    assert max(map(len, lines)) <= 40


@pytest.mark.parametrize("width", [80, 40])
def test_a_build_prints_a_line_for_each_file(run: Run, tmp_path: Path, width: int) -> None:
    run("new", NAME, "--folder", tmp_path)
    out = tmp_path / "out"
    lines = run_in_terminal(width, "build", tmp_path / f"{NAME}.yaml", "--output", out)
    *above, sheet, deck, summary = lines
    assert "".join(above).endswith(f"/{NAME}:new:")
    assert sheet.split()[:3] == ["tip-sheet.pdf", "1", "page"]
    assert deck.split()[:3] == ["slides.pptx", "5", "slides"]
    assert max(len(sheet), len(deck)) <= width
    assert summary == "2 files made, 5 warnings."
    listed = run_in_terminal(width, "list", tmp_path / f"{NAME}.yaml")
    assert [line.split()[0] for line in listed[-2:]] == ["tip-sheet.pdf", "slides.pptx"]
    assert max(map(len, listed[-2:])) <= width
