"""The command line, run as people run it: its output, its files, its exit codes."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pack import ROOMS
from tests.conftest import CONTENT, ENGLISH, ROOT, WATER, Run

SHEETS = [
    "conversation-cards",
    "get-help-poster",
    "home-safety-checklist",
    "if-it-happens",
    "myths-and-facts",
    "parent-tip-sheet",
    "resource-list",
    "wallet-cards",
]
LARGE = ["if-it-happens", "parent-tip-sheet", "resource-list"]
NAMES = sorted(
    [
        *(f"{name}{ink}.pdf" for name in SHEETS for ink in ("", "-bw")),
        *(f"{name}-large-print{ink}.pdf" for name in LARGE for ink in ("", "-bw")),
        "accessibility.html",
        "assets",
        "audience-notes-bw.pdf",
        "audience-notes.pdf",
        "index.html",
        "manifest.json",
        "parent-night.pptx",
        "preflight.html",
        "preflight.json",
        "presenter-guide-bw.pdf",
        "presenter-guide.pdf",
        "sextortion.zip",
    ]
)


def _made(folder: Path) -> list[str]:
    """The finished materials in a folder."""
    return sorted(file.name for file in folder.iterdir() if file.suffix in (".pdf", ".pptx"))


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The real content with a wrong phone number."""
    file = tmp_path / "sextortion.yaml"
    text = CONTENT.read_text("utf-8")
    file.write_text(text.replace("phone: 1-800-225-5324", "phone: 1-800-225-532"), "utf-8")
    return file


def test_help_names_the_commands_and_the_exit_codes(run: Run) -> None:
    result = run("--help")
    assert result.returncode == 0
    for word in (
        "build",
        "check",
        "list",
        "new",
        "schema",
        "translate",
        "0 success",
        "3 missing library or package",
        "5 refused",
    ):
        assert word in result.stdout


def test_build_makes_every_edition_of_the_sheets_a_deck_and_what_goes_with_it(output: Path) -> None:
    assert sorted(file.name for file in output.iterdir()) == NAMES


def test_build_ends_with_a_table_and_the_warnings(run: Run, tmp_path: Path) -> None:
    result = run("build", CONTENT, *ENGLISH, "--only", "wallet-cards", "--output", tmp_path)
    assert result.returncode == 0
    assert "wallet-cards.pdf" in result.stdout
    assert "2 pages" in result.stdout  # fronts and backs
    assert "KB" in result.stdout
    assert "2 files made, 6 warnings." in result.stdout
    # The text size and the line height that copyfit chose.
    assert "11/14.7 pt" in result.stdout
    assert "warning: " in result.stderr
    assert "sextortion.yaml:" in result.stderr
    assert "videos → explained → url" in result.stderr


def test_quiet_prints_nothing_but_problems(run: Run, tmp_path: Path) -> None:
    result = run(
        "build", CONTENT, *ENGLISH, "--only", "wallet-cards", "--output", tmp_path, "--quiet"
    )
    assert result.returncode == 0
    assert result.stdout == ""
    assert "placeholder" in result.stderr


def test_only_makes_just_what_is_named(run: Run, tmp_path: Path) -> None:
    arguments = ("--only", "wallet-cards", "--only", "parent-night")
    result = run("build", CONTENT, *ENGLISH, "--output", tmp_path, *arguments)
    assert result.returncode == 0
    made = _made(tmp_path / "sextortion")
    assert made == ["parent-night.pptx", "wallet-cards-bw.pdf", "wallet-cards.pdf"]


def test_only_makes_a_single_edition_if_its_file_is_named(run: Run, tmp_path: Path) -> None:
    result = run("build", CONTENT, *ENGLISH, "--output", tmp_path, "--only", "wallet-cards-bw")
    assert result.returncode == 0
    assert _made(tmp_path / "sextortion") == ["wallet-cards-bw.pdf"]


def test_a_requested_edition_is_made_alone(run: Run, tmp_path: Path) -> None:
    arguments = ("--only", "wallet-cards", "--paper", "a4", "--ink", "black")
    result = run("build", CONTENT, *ENGLISH, "--output", tmp_path, *arguments)
    assert result.returncode == 0
    made = _made(tmp_path / "sextortion")
    assert made == ["wallet-cards-a4-bw.pdf"]


def test_an_unknown_paper_offers_the_nearest(run: Run, tmp_path: Path) -> None:
    result = run("build", CONTENT, *ENGLISH, "--paper", "a5", "--output", tmp_path / "out")
    assert result.returncode == 2
    assert "There is no paper “a5”. Did you mean “a4”?" in result.stderr
    assert not (tmp_path / "out").exists()


def test_only_with_an_unknown_name_offers_the_nearest(run: Run, tmp_path: Path) -> None:
    result = run("build", CONTENT, *ENGLISH, "--only", "walet-cards", "--output", tmp_path)
    assert result.returncode == 2
    assert "Did you mean “wallet-cards”" in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_broken_pack_leaves_the_old_output_untouched(
    run: Run, tmp_path: Path, broken: Path
) -> None:
    old = tmp_path / "out" / "sextortion" / "wallet-cards.pdf"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")
    result = run("build", broken, "--output", tmp_path / "out")
    assert result.returncode == 1
    assert "contacts → fbi → phone" in result.stderr
    assert f"{broken}:" in result.stderr
    assert "Traceback" not in result.stderr
    assert [file.name for file in old.parent.iterdir()] == [old.name]
    assert old.read_bytes() == b"old"


def test_a_sheet_that_does_not_fit_leaves_the_old_output_untouched(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "sextortion.yaml"
    text = CONTENT.read_text("utf-8")
    long = "lead: Take a breath. " + "And read on. " * 60
    file.write_text(text.replace("lead: Scan a code", f"{long}Scan a code"), "utf-8")
    only = ("--only", "wallet-cards", "--only", "resource-list")
    result = run("build", file, "--output", tmp_path / "out", *only)
    assert result.returncode == 1
    assert "handouts → resource-list" in result.stderr
    assert "too long for 1 page, even at the tightest setting" in result.stderr
    assert not (tmp_path / "out").exists()


def test_check_finds_problems_without_making_anything(
    run: Run, tmp_path: Path, broken: Path
) -> None:
    assert run("check", CONTENT).returncode == 0
    result = run("check", broken, folder=tmp_path)
    assert result.returncode == 1
    assert "1-800-225-532" in result.stderr
    assert not (tmp_path / "output").exists()


def test_check_lists_the_problems_of_all_files(run: Run, tmp_path: Path, broken: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("", "utf-8")
    result = run("check", other, broken)
    assert result.returncode == 1
    assert "other.yaml:1:1" in result.stderr
    assert "contacts → fbi → phone" in result.stderr


def test_check_counts_the_warnings_of_each_file(run: Run, tmp_path: Path) -> None:
    clean = tmp_path / "clean.yaml"
    clean.write_text(WATER.read_text("utf-8").replace(".example", ".org"), "utf-8")
    shutil.copytree(WATER.parent / "images", tmp_path / "images")
    result = run("check", clean, WATER)
    assert result.stdout == f"{clean}: no errors, 0 warnings\n{WATER}: no errors, 4 warnings\n"


def test_release_refuses_placeholders_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    result = run("build", CONTENT, *ENGLISH, "--release", "--output", tmp_path / "out")
    assert result.returncode == 5
    assert "videos → explained → url" in result.stderr
    assert not (tmp_path / "out").exists()


def test_release_makes_a_pack_that_has_no_placeholder(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sextortion.yaml"
    text = CONTENT.read_text("utf-8")
    for host in ("foundation.example", "videos.example"):
        text = text.replace(host, "www.fbi.gov")
    file.write_text(text, "utf-8")
    result = run("build", file, "--release", "--only", "wallet-cards", "--output", tmp_path)
    assert result.returncode == 0, result.stderr


def test_list_says_what_would_be_made_from_what(run: Run, tmp_path: Path) -> None:
    result = run("list", CONTENT, folder=tmp_path)
    assert result.returncode == 0
    lines = result.stdout.splitlines()
    listed = {line.split()[0].removeprefix("sextortion/") for line in lines}
    assert {name for name in NAMES if name.endswith((".pdf", ".pptx"))} < listed
    assert {"es/wallet-cards.pdf", "parent-tip-sheet-en-es.pdf"} < listed
    assert any("wallet-cards.pdf" in line and "contacts" in line for line in lines)
    assert not list(tmp_path.iterdir())


def test_new_writes_a_pack_that_builds(run: Run, tmp_path: Path) -> None:
    assert run("new", "bike-safety", folder=tmp_path).returncode == 0
    assert (tmp_path / "content" / "bike-safety.yaml").exists()
    assert (tmp_path / "content" / "content.schema.json").exists()
    result = run("build", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    assert _made(tmp_path / "output" / "bike-safety") == ["slides.pptx", "tip-sheet.pdf"]


def test_new_never_overwrites(run: Run, tmp_path: Path) -> None:
    run("new", "bike-safety", folder=tmp_path)
    file = tmp_path / "content" / "bike-safety.yaml"
    file.write_text("mine", "utf-8")
    result = run("new", "bike-safety", folder=tmp_path)
    assert result.returncode == 2
    assert "already exists" in result.stderr
    assert file.read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", ["../escape", "Bike Safety", "", "/absolute"])
def test_new_refuses_a_name_that_is_no_file_name(run: Run, tmp_path: Path, name: str) -> None:
    result = run("new", name, folder=tmp_path)
    assert result.returncode == 2
    assert not list(tmp_path.rglob("*.yaml"))


def test_without_content_it_says_what_to_do(run: Run, tmp_path: Path) -> None:
    result = run("build", folder=tmp_path)
    assert result.returncode == 2
    assert "new" in result.stderr


def test_several_packs_go_into_folders_of_their_own(run: Run, tmp_path: Path) -> None:
    result = run("build", CONTENT, WATER, *ENGLISH, "--output", tmp_path, "--only", "wallet-cards")
    assert result.returncode == 0, result.stderr
    assert sorted(folder.name for folder in tmp_path.iterdir()) == ["sextortion", "water-safety"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_reported(run: Run, tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    result = run("build", CONTENT, *ENGLISH, "--only", "wallet-cards", "--output", tmp_path)
    tmp_path.chmod(stat.S_IRWXU)
    assert result.returncode == 4


def test_output_that_can_not_be_written_is_reported_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sextortion").write_text("a file where the folder should be")
    result = run("build", CONTENT, *ENGLISH, "--only", "wallet-cards", "--output", tmp_path)
    assert result.returncode == 4
    assert "can't be written" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture
def without_pango(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which Pango can't be found."""
    blocker = tmp_path / "sitecustomize.py"
    blocker.write_text(
        "import ctypes.util, cffi\n"
        "ctypes.util.find_library = lambda name: None\n"
        "real = cffi.FFI.dlopen\n"
        "def dlopen(self, name, flags=0):\n"
        "    if name and 'pango' in name:\n"
        "        raise OSError(f'cannot load library {name!r}: no such file')\n"
        "    return real(self, name, flags)\n"
        "cffi.FFI.dlopen = dlopen\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.mark.usefixtures("without_pango")
@pytest.mark.parametrize("list_", [[], ["--schools", "schools.csv"]])
def test_a_missing_system_library_is_named_with_its_command(
    run: Run, tmp_path: Path, list_: list[str]
) -> None:
    (tmp_path / "schools.csv").write_text("id,name,contact\ncedar,Cedar School,Front office\n")
    result = run("build", CONTENT, *ENGLISH, "--output", tmp_path / "out", *list_, folder=tmp_path)
    assert result.returncode == 3
    assert "Pango" in result.stderr
    assert "install" in result.stderr.lower()
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


@pytest.mark.usefixtures("without_pango")
def test_a_pack_with_only_slides_needs_no_typesetting(run: Run, tmp_path: Path) -> None:
    text = WATER.read_text("utf-8")
    sheets, slides = text.index("\nhandouts:"), text.index("\ndeck:")
    file = tmp_path / "evening.yaml"
    file.write_text(text[:sheets] + text[slides:], "utf-8")
    shutil.copytree(WATER.parent / "images", tmp_path / "images")
    result = run("build", file, "--output", tmp_path / "out")
    assert result.returncode == 0, result.stderr
    assert _made(tmp_path / "out" / "evening") == ["family-evening.pptx"]


def test_a_python_without_the_packages_names_the_command_that_sets_them_up() -> None:
    result = subprocess.run(
        [sys.executable, "-S", "-E", str(ROOT / "make_materials.py"), "build"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 3
    assert "make setup" in result.stderr
    assert "Traceback" not in result.stderr


def test_two_builds_in_two_folders_on_two_days_give_the_same_bytes(
    run: Run, tmp_path: Path, output: Path
) -> None:
    copy = tmp_path / "elsewhere"
    for name in (*ROOMS, "templates", "make_materials.py"):
        origin = ROOT / name
        if origin.is_dir():
            shutil.copytree(origin, copy / name)
        else:
            copy.mkdir(exist_ok=True)
            shutil.copy(origin, copy / name)
    shutil.copytree(ROOT / "content", copy / "content")
    (tmp_path / "sitecustomize.py").write_text(
        "import time\n"
        "now, local = time.time, time.localtime\n"
        "time.time = lambda: now() + 400 * 86400\n"
        "time.localtime = lambda t=None: local(time.time() if t is None else t)\n"
    )
    environment = {
        **os.environ,
        "TZ": "Pacific/Kiritimati",
        "PYTHONPATH": str(tmp_path),
        "PYTHONHASHSEED": "7",
    }
    subprocess.run(
        [sys.executable, "make_materials.py", "build", *ENGLISH, "--quiet"],
        cwd=copy,
        env=environment,
        check=True,
        capture_output=True,
    )
    for file in output.rglob("*"):
        path = file.relative_to(output)
        if file.is_file():
            made = (copy / "output" / "sextortion" / path).read_bytes()
            assert made == file.read_bytes(), path
