"""Wrong rows, stopped builds, full disks: finished schools are kept, and problems reported."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from tests.conftest import CONTENT, ENGLISH, ROOT, WATER, Run, run_cli
from tests.press.test_incremental import limited
from tests.tools.district import BIRCH, ELM, FILES, FIR, SMALL, build, files, many, row, write

#: How many builds are killed; set it higher for a longer run.
KILLS = int(os.environ.get("EDITIONS_KILLS", "2"))

#: Enough schools to stop a build in the middle.
MANY = [*many(160), row("long", "Long Meadow School of " + "Music and " * 6 + "Arts")]


def start(arguments: Sequence[object], **options: object) -> "subprocess.Popen[str]":
    """Start a build in the background, in a process group of its own."""
    process: subprocess.Popen[str] = subprocess.Popen(
        [sys.executable, str(ROOT / "make_materials.py"), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **options,  # type: ignore[call-overload]
    )
    return process


def until_some_are_made(folder: Path) -> None:
    """Wait until a running build has written some schools into a folder."""
    while not folder.is_dir() or len(list(folder.glob("s-*"))) < 10:
        time.sleep(0.01)


def quick(schools: Path, output: Path, *options: object, content: Path = WATER) -> list[object]:
    """The arguments of a build that soon begins to write schools."""
    only = ("--only", "poster", "--only", "family-evening")
    return ["build", content, "--schools", schools, "--output", output, *only, *options]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The result of an undisturbed build of many schools."""
    folder = tmp_path_factory.mktemp("whole")
    result = run_cli(*quick(write(folder, MANY), folder / "out"))
    assert result.returncode == 0, result.stderr
    return folder


# Wrong rows

#: A name with a missing glyph, a wrong number, an unknown sheet.
WRONG = [
    row("ash", "Ash School 😀"),
    row("yew", "Yew School", phone="12"),
    ELM,
    row("oak", "Oak School", sheets="posters"),
]


def test_one_wrong_row_and_nothing_is_made(run: Run, tmp_path: Path) -> None:
    result = run(*build(write(tmp_path, WRONG), tmp_path / "out"))
    assert result.returncode == 1
    for at, message in (
        ("line 2, column “name”", "ash: our fonts have no glyph for “😀”"),
        ("line 3, column “phone”", "yew: “12” is not a phone number"),
        ("line 5, column “sheets”", "oak: there is no sheet “posters”"),
    ):
        assert f"{tmp_path / 'schools.csv'}, {at}: {message}" in result.stderr
    assert result.stderr.endswith("3 problems. The output was not changed.\n")
    assert not (tmp_path / "out").exists()


def test_wrong_rows_are_skipped_on_request(run: Run, tmp_path: Path) -> None:
    result = run(*build(write(tmp_path, WRONG), tmp_path / "out", "--skip-bad-rows"))
    assert result.returncode == 1
    assert result.stdout.startswith("1 school made, 2 files, in ")
    assert result.stderr.count("error: ") == 3
    assert result.stderr.endswith("3 problems in the list; see above.\n")
    made = files(tmp_path / "out" / "sextortion" / "schools")
    assert set(made) == {"schools.json", *(f"elm/{file}" for file in FILES)}


def test_a_logo_that_sheets_can_not_draw_is_printed_as_slides_show_it(
    run: Run, tmp_path: Path
) -> None:
    schools = write(tmp_path, [row("oak", "Oak School", logo="logos/oak.svg"), ELM])
    (tmp_path / "logos" / "oak.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">'
        '<a href="https://oak.example"><rect width="40" height="40" fill="#a01020"/></a>'
        '<pattern id="p" width="80" height="40" patternUnits="userSpaceOnUse">'
        '<rect width="80" height="40" fill="#12ab56"/></pattern>'
        '<rect x="40" width="40" height="40" fill="url(#p)" style="mix-blend-mode:multiply"/></svg>'
    )
    result = run(*build(schools, tmp_path / "out"))
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("2 schools made, 4 files, in ")
    made = tmp_path / "out" / "sextortion" / "schools" / "oak" / "myths-and-facts.pdf"
    with pdfium.PdfDocument(made) as document:
        shown = [page.render(scale=2).to_pil().convert("RGB") for page in document]
    colors = {color for page in shown for _, color in page.getcolors(1 << 24) or ()}
    assert {(0xA0, 0x10, 0x20), (0x12, 0xAB, 0x56)} <= colors


def test_a_school_whose_text_does_not_fit_is_reported_with_its_line_and_the_others_are_made(
    run: Run, tmp_path: Path
) -> None:
    name, contact = "Community School " * 5, "Counseling services " * 6
    oak = row("oak", name, contact, phone="303-555-0142", website="https://oak.example/help")
    rows = [ELM, oak, FIR]
    schools = write(tmp_path, rows)
    result = run(
        *("build", CONTENT, *ENGLISH, "--schools", schools, "--output", tmp_path / "out"),
        *("--only", "wallet-cards", "--size", "standard"),
    )
    assert result.returncode == 1
    assert f"{schools}, line 3: schools → oak → wallet-cards: the sheet is about" in result.stderr
    assert "shorten this school's name, contact or website" in result.stderr
    assert result.stdout.startswith("2 schools made, 2 files, in ")
    made = files(tmp_path / "out" / "sextortion" / "schools")
    assert set(made) == {"schools.json", "elm/wallet-cards.pdf", "fir/wallet-cards.pdf"}


@pytest.mark.parametrize("file", ["audience-notes", "wallet-cards", "resource-list"])
def test_a_word_too_long_for_a_line_is_reported_and_the_others_are_made(
    file: str, run: Run, tmp_path: Path
) -> None:
    schools = write(tmp_path, [ELM, row("oak", "_OF_".join(["ACADEMY"] * 8))])
    result = run(
        *("build", CONTENT, *ENGLISH, "--schools", schools, "--output", tmp_path / "out"),
        *("--only", file, "--size", "standard", "--ink", "color"),
    )
    assert result.returncode == 1
    assert f"{schools}, line 3: schools → oak → {file}: " in result.stderr
    assert "runs over the edge" in result.stderr
    assert result.stdout.startswith("1 school made")


@pytest.mark.parametrize("options", [(), ("--skip-bad-rows",)])
def test_the_first_problems_are_listed_and_the_rest_counted(
    options: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    rows = [row(f"s-{number}", "School 😀") for number in range(70)]
    result = run(*build(write(tmp_path, rows), tmp_path / "out", *options))
    assert result.returncode == 1
    assert result.stderr.count("error: ") == 50
    more = 20 if not options else 20 + result.stderr.count("warning: ")
    assert f"… and {more} more.\n" in result.stderr or options
    assert "70 problems" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_release_refuses_placeholders_in_rows(run: Run, tmp_path: Path) -> None:
    rows = [row("oak", "Oak School", website="https://oak.example/help")]
    result = run(*build(write(tmp_path, rows), tmp_path / "out", "--release"))
    assert result.returncode == 5
    assert "schools.csv, line 2: schools → oak → website: “https://oak.example/help” is a " in (
        result.stderr
    )
    assert not (tmp_path / "out").exists()


# Builds that are stopped


def test_a_killed_build_continues_and_ends_as_if_nothing_had_happened(
    run: Run, whole: Path, tmp_path: Path
) -> None:
    arguments = quick(whole / "schools.csv", tmp_path / "out")
    chance = random.Random(5)
    for number in range(KILLS):
        process = start(arguments)
        if number == 0:
            until_some_are_made(tmp_path / "out" / "water-safety" / "schools")
        time.sleep(chance.uniform(0, 0.5 if number == 0 else 3))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    result = run(*arguments)
    assert result.returncode == 0, result.stderr
    assert "someone had changed it" not in result.stderr
    assert files(tmp_path / "out") == files(whole / "out")
    assert run(*arguments).stdout.startswith("0 schools made, 0 files, 161 kept, in ")


def test_files_of_a_killed_build_are_not_mistaken_for_somebody_s_own(
    run: Run, whole: Path, tmp_path: Path
) -> None:
    content = tmp_path / WATER.name
    shutil.copy(WATER, content)
    shutil.copytree(WATER.parent / "images", tmp_path / "images")
    arguments = quick(whole / "schools.csv", tmp_path / "out", content=content)
    folder = tmp_path / "out" / "water-safety" / "schools"
    process = start(arguments)
    until_some_are_made(folder)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    content.write_text(WATER.read_text("utf-8").replace("revised: 2026", "revised: 2027"), "utf-8")
    result = run(*arguments)
    assert result.returncode == 0, result.stderr
    assert "someone had changed it" not in result.stderr
    assert files(folder).keys() == files(whole / "out" / "water-safety" / "schools").keys()


def test_workers_end_with_a_build_that_is_killed_alone(whole: Path, tmp_path: Path) -> None:
    process = start(quick(whole / "schools.csv", tmp_path / "out"))
    until_some_are_made(tmp_path / "out" / "water-safety" / "schools")
    process.kill()
    # Workers hold the other ends of its pipes: this returns when the last worker has ended.
    process.communicate(timeout=60)


def test_control_c_ends_a_build_with_one_line(run: Run, whole: Path, tmp_path: Path) -> None:
    arguments = quick(whole / "schools.csv", tmp_path / "out", "--quiet")
    process = start(arguments)
    until_some_are_made(tmp_path / "out" / "water-safety" / "schools")
    os.killpg(process.pid, signal.SIGINT)
    printed, error = process.communicate()
    assert process.returncode == 130
    assert error.strip() == (
        "Stopped. Finished schools are kept. Run the same command again to continue."
    )
    assert printed == ""
    assert run(*arguments).returncode == 0
    assert files(tmp_path / "out") == files(whole / "out")


def test_a_folder_that_was_being_exchanged_comes_back(run: Run, tmp_path: Path) -> None:
    """If folders can't be exchanged in one step, a build may be killed between two steps."""
    arguments = build(write(tmp_path, [BIRCH]), tmp_path / "out")
    assert run(*arguments).returncode == 0
    folder = tmp_path / "out" / "sextortion" / "schools"
    (folder / "birch" / "letter.txt").write_text("Dear parents")
    (folder / "birch").rename(folder / ".new-birch.old")
    (folder / ".new-birch").mkdir()
    assert run(*arguments).returncode == 0
    assert set(files(folder)) == {f"birch/{FILES[0]}", "birch/letter.txt", "schools.json"}


# Builds of the pack itself


@pytest.fixture
def both(run: Run, tmp_path: Path) -> Path:
    """A folder with a pack, its schools, and the sheet of the pack itself."""
    content = tmp_path / "water-safety.yaml"
    shutil.copy(WATER, content)
    shutil.copytree(WATER.parent / "images", tmp_path / "images")
    write(tmp_path, [ELM, FIR])
    result = run(*of_schools(tmp_path))
    assert result.returncode == 0, result.stderr
    (tmp_path / "out" / "water-safety" / "schools" / "elm" / "letter.txt").write_text("Dear all")
    return tmp_path


def of_schools(folder: Path) -> list[object]:
    return [*of_pack(folder), "--schools", folder / "schools.csv"]


def of_pack(folder: Path) -> list[object]:
    return ["build", folder / "water-safety.yaml", "--output", folder / "out", "--only", "poster"]


def test_a_build_of_the_pack_leaves_its_schools_alone_even_if_it_is_killed(
    run: Run, both: Path
) -> None:
    folder = both / "out" / "water-safety"
    before = files(folder / "schools")
    assert run(*of_pack(both)).returncode == 0
    assert files(folder / "schools") == before
    chance = random.Random(3)
    for _ in range(KILLS):
        process = start([*of_pack(both), "--force"])
        time.sleep(chance.uniform(1, 1.6))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    assert run(*of_schools(both)).stdout.startswith("0 schools made, 0 files, 2 kept, in ")
    assert files(folder / "schools") == before
    assert [one.name for one in (both / "out").iterdir()] == ["water-safety"]


def test_schools_that_a_killed_build_held_come_back(run: Run, both: Path) -> None:
    """The pack's new folder was there, and the schools were still in the old one."""
    assert run(*of_pack(both)).returncode == 0
    folder = both / "out" / "water-safety"
    before = files(folder / "schools")
    (both / "out" / ".water-safety.abcd_123").mkdir()
    (folder / "schools").rename(both / "out" / ".water-safety.abcd_123" / "schools")
    assert run(*of_schools(both)).stdout.startswith("0 schools made, 0 files, 2 kept, in ")
    assert files(folder / "schools") == before


def test_two_builds_wait_for_one_another(run: Run, both: Path) -> None:
    write(both, many(700))
    first = start([*of_schools(both), "--quiet"])
    until_some_are_made(both / "out" / "water-safety" / "schools")
    second = run(*of_pack(both))
    assert second.returncode == 0, second.stderr
    assert second.stderr.startswith("Waiting for another build to finish.\n")
    first.communicate()
    assert first.returncode == 0
    assert (both / "out" / "water-safety" / "poster.pdf").exists()


# What can't be written


def assert_one_line(result: "subprocess.CompletedProcess[str]", message: str) -> None:
    """Assert that the last line says what is wrong, without a traceback."""
    assert result.returncode == 4, result.stderr
    assert result.stderr.splitlines()[-1].endswith(
        f"{message}. Finished schools are kept. Run the same command again to continue."
    )
    assert "Traceback" not in result.stderr


def test_a_folder_that_can_not_be_made_is_reported_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "sextortion").write_text("a file")
    result = run(*build(write(tmp_path, [BIRCH]), tmp_path / "out"))
    assert_one_line(result, "Not a directory")


def test_a_file_that_can_not_be_written_is_reported_in_one_line(tmp_path: Path) -> None:
    """As on a full disk: files of more than 60 kB can't be written."""
    process = start(build(write(tmp_path, SMALL), tmp_path / "out"), preexec_fn=limited(60_000))
    printed, error = process.communicate()
    result = subprocess.CompletedProcess([], process.returncode, printed, error)
    assert_one_line(result, "File too large")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Makes small disks."""
    made: list[Path] = []

    def mount(size: str) -> Path:
        folder = tmp_path / "disk"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        if subprocess.run(command, check=False).returncode:
            pytest.skip("only root may mount a small disk")
        made.append(folder)
        return folder

    yield mount
    for folder in made:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_reported_in_one_line_and_a_larger_disk_continues(
    disk: Callable[[str], Path], run: Run, tmp_path: Path
) -> None:
    folder = disk("240k")
    arguments = build(write(tmp_path, SMALL), folder / "out")
    assert_one_line(run(*arguments), "No space left on device")
    subprocess.run(["mount", "-o", "remount,size=10m", str(folder)], check=True)
    result = run(*arguments)
    assert result.returncode == 0, result.stderr
    assert run(*build(tmp_path / "schools.csv", tmp_path / "new")).returncode == 0
    assert files(folder / "out") == files(tmp_path / "new")


def test_a_full_temporary_folder_is_reported_in_one_line(
    disk: Callable[[str], Path], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(disk("8k")))
    assert_one_line(
        run(*build(write(tmp_path, SMALL), tmp_path / "out")), "No space left on device"
    )
