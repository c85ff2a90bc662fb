"""Only what changed is made again, and whatever happens, the folder is complete."""

import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from pptx import Presentation

from pack.artifacts import Artifact
from pack.errors import ContentError
from pack.load import read_pack
from pack.model import Pack
from press.builders import PackBuilders, group_by_layout
from press.new_pack import start_pack
from press.render import RenderOptions, make
from tests.conftest import CONTENT, ROOT, WATER, Run

#: How many edits to try and builds to kill; set them higher for a longer run.
EDITS = int(os.environ.get("INCREMENTAL_EDITS", "2"))
KILLS = int(os.environ.get("INCREMENTAL_KILLS", "3"))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of a pack, to change."""
    file = tmp_path / "water-safety.yaml"
    file.write_text(WATER.read_text("utf-8"), "utf-8")
    shutil.copytree(WATER.parent / "images", tmp_path / "images")
    return file


@pytest.fixture
def built(content: Path, water: Path, tmp_path: Path) -> Path:
    """A copy of what was made from the pack, to build again from the copy of the pack."""
    return shutil.copytree(water, tmp_path / "out" / content.stem)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def complete(folder: Path) -> bool:
    """Whether a folder contains what its manifest says, and nothing half-written."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    digests = {name: one["sha256"] for name, one in manifest["artifacts"].items()}
    digests |= manifest["others"]
    here = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    return here >= set(digests) and all(
        sha256((folder / name).read_bytes()).hexdigest() == value for name, value in digests.items()
    )


def test_what_has_not_changed_is_kept(run: Run, content: Path, tmp_path: Path) -> None:
    build = ("build", content, "--output", tmp_path / "out", "--only", "poster", "--only", "cards")
    first = run(*build)
    assert "2 files made, " in first.stdout
    again = run(*build)
    assert "0 files made, 2 kept" in again.stdout
    # The same warnings, although only the manifest was read.
    assert again.stderr == first.stderr


def test_a_changed_number_is_named_as_the_reason_and_reaches_only_what_shows_it(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "sextortion.yaml"
    file.write_text(CONTENT.read_text("utf-8"), "utf-8")
    out = tmp_path / "out"
    names = ("wallet-cards", "myths-and-facts", "parent-night")
    only = [part for name in names for part in ("--only", name)]
    run("build", file, "--output", out, *only)
    change(file, 'phone: "911"', 'phone: "112"')
    result = run("build", file, "--output", out, "--only", "wallet-cards")
    assert "contacts → emergency → phone changed" in result.stdout
    change(file, 'phone: "112"', 'phone: "911"')
    change(file, "1-877-542-7233", "1-877-542-7234")
    lines = run("build", file, "--output", out, *only).stdout.splitlines()
    reasons = {line.split()[0].rpartition("/")[2]: line for line in lines if "/sextortion/" in line}
    assert "contacts → safe2tell → phone changed" in reasons["parent-night.pptx"]
    assert "kept" in reasons["myths-and-facts.pdf"]


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        (
            [("phone: 303-555-0142", "phone: 303-555-0143")],
            "contacts → lessons → phone changed",
        ),
        (
            [("303-555-0142", "303-555-0143"), ("use: Learn to swim", "use: Swim well")],
            "contacts → lessons → use and contacts → lessons → phone changed",
        ),
        (
            [("    phone: 303-555-0142\n", ""), ("use: Learn to swim", "use: Swim well")],
            "contacts → lessons → use changed, contacts → lessons → phone removed",
        ),
        (
            [
                ("    phone: 303-555-0142\n", ""),
                ("name: Sample Swim School", "name: Swim School"),
                ("use: Learn to swim", "use: Swim well"),
                ("kicker: By the pool", "kicker: Pools"),
            ],
            "contacts → lessons → name and contacts → lessons → use changed, and 2 more",
        ),
    ],
)
def test_reasons_name_two_values_and_how_many_more_changed(
    run: Run, content: Path, built: Path, edits: list[tuple[str, str]], reason: str
) -> None:
    for edit in edits:
        change(content, *edit)
    result = run("build", content, "--output", built.parent, "--only", "poster")
    assert result.stdout.splitlines()[0].endswith(f"  {reason}")


def test_after_a_build_on_another_template_the_next_one_is_on_the_own_again(
    run: Run, tmp_path: Path
) -> None:
    start_pack("reading", tmp_path)
    Presentation().save(str(tmp_path / "theirs.pptx"))
    both = ("build", tmp_path / "reading.yaml", "--output", tmp_path / "out")
    assert run(*both, "--deck-template", tmp_path / "theirs.pptx").returncode == 0
    assert re.search(r"slides\.pptx .* the program or its templates changed", run(*both).stdout)
    assert "2 kept" in run(*both).stdout


def test_force_makes_everything(run: Run, content: Path, built: Path) -> None:
    result = run("build", content, "--output", built.parent, "--only", "poster", "--force")
    assert "1 file made" in result.stdout
    assert "--force was given" in result.stdout


def test_an_incremental_build_gives_the_same_files_as_one_from_nothing(
    run: Run, content: Path, built: Path, tmp_path: Path
) -> None:
    change(content, "Keep one by the door", "Keep one beside the door")
    assert " kept, " in run("build", content, "--output", tmp_path / "out").stdout
    assert run("build", content, "--output", tmp_path / "new").returncode == 0
    assert _files(built) == _files(tmp_path / "new" / "water-safety")


def _files(folder: Path) -> dict[str, bytes]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def _edits() -> list[tuple[str, str]]:
    """Lines of the content, each with and without another word: topics, contacts and videos."""
    lines = WATER.read_text("utf-8").split("\n")
    start = lines.index("contacts:")
    end = lines.index("handouts:")
    found = [
        (line, f"{line.rstrip()} Indeed.")
        for line in lines[start:end]
        if line.startswith("      ")
        and line.strip().endswith((".", "!"))
        and lines.count(line) == 1
    ]
    return random.Random(7).sample(found, min(EDITS, len(found)))


@cache
def _made(text: str, folder: Path) -> dict[Artifact, tuple[str, bytes]]:
    """The fingerprint and the bytes of every artifact of a content file."""
    file = folder / "water-safety.yaml"
    file.write_text(text, "utf-8")
    pack: Pack = read_pack(file)
    found = {}
    builders = PackBuilders(pack)
    for group in group_by_layout(builders.plan()):
        for one in make(builders, group, RenderOptions()):
            if one.problems:
                raise ContentError(one.problems)
            found[one.artifact] = builders.fingerprints([one.artifact])[one.artifact], one.data
    return found


@pytest.mark.parametrize(("old", "new"), _edits())
def test_a_fingerprint_changes_if_and_only_if_the_bytes_do(
    old: str, new: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = Path(str(tmp_path_factory.getbasetemp())) / "edits"
    folder.mkdir(exist_ok=True)
    if not (folder / "images").exists():
        shutil.copytree(WATER.parent / "images", folder / "images")
    text = WATER.read_text("utf-8")
    before = _made(text, folder)
    try:
        after = _made(text.replace(old, new), folder)
    except ContentError:
        pytest.skip("this edit makes a sheet too long")
    for artifact, (value, data) in after.items():
        assert (value != before[artifact][0]) == (data != before[artifact][1]), artifact.file


def test_a_file_that_was_changed_by_hand_is_kept_under_another_name(
    run: Run, content: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out" / "water-safety"
    only = ("--only", "poster")
    run("build", content, "--output", tmp_path / "out", *only)
    good = (folder / "poster.pdf").read_bytes()
    (folder / "poster.pdf").write_bytes(b"my own notes")
    result = run("build", content, "--output", tmp_path / "out", *only)
    assert result.returncode == 0
    assert "changed by hand, so it was kept as poster.kept-1.pdf" in result.stderr
    assert (folder / "poster.kept-1.pdf").read_bytes() == b"my own notes"
    assert (folder / "poster.pdf").read_bytes() == good
    (folder / "poster.pdf").write_bytes(b"more notes")
    run("build", content, "--output", tmp_path / "out", *only)
    assert (folder / "poster.kept-2.pdf").read_bytes() == b"more notes"
    assert (folder / "poster.kept-1.pdf").read_bytes() == b"my own notes"


def test_what_is_no_longer_part_of_the_pack_is_removed_and_nothing_else(
    run: Run, content: Path, built: Path, tmp_path: Path
) -> None:
    (built / "letter.txt").write_text("Dear parents")
    change(content, "  - id: poster\n", "  - id: big-poster\n")
    change_all = content.read_text("utf-8").replace("handout: poster", "handout: big-poster")
    content.write_text(change_all, "utf-8")
    result = run("build", content, "--output", tmp_path / "out")
    assert "poster.pdf: removed" in result.stdout
    assert not (built / "poster.pdf").exists()
    assert (built / "big-poster.pdf").exists()
    assert (built / "letter.txt").read_text() == "Dear parents"


def test_an_edition_that_was_requested_follows_later_edits(
    run: Run, content: Path, built: Path, tmp_path: Path
) -> None:
    run("build", content, "--output", tmp_path / "out", "--only", "poster", "--paper", "a4")
    before = (built / "poster-a4.pdf").read_bytes()
    change(content, "2026", "2027")
    assert run("build", content, "--output", tmp_path / "out").returncode == 0
    assert (built / "poster-a4.pdf").read_bytes() != before


def test_a_part_that_is_made_again_leaves_no_outdated_page_or_report(
    run: Run, content: Path, built: Path, tmp_path: Path
) -> None:
    """The page, the ZIP file and the reports are as after a build of the whole pack."""
    part, all_of_it = built, tmp_path / "all" / "water-safety"
    shutil.copytree(built, all_of_it)
    change(content, "Keep one by the door", "Keep one beside the door")
    assert run("build", content, "--output", part.parent, "--only", "cards").returncode == 0
    assert run("build", content, "--output", all_of_it.parent).returncode == 0
    assert (part / "cards.pdf").read_bytes() == (all_of_it / "cards.pdf").read_bytes()
    assert complete(part)
    for name in ("index.html", "preflight.json", "preflight.html"):
        assert (part / name).read_bytes() == (all_of_it / name).read_bytes(), name
    with zipfile.ZipFile(part / "water-safety.zip") as archive:
        for name in archive.namelist():
            assert archive.read(name) == (part.parent / name).read_bytes(), name
    assert "0 files made, 9 kept" in run("build", content, "--output", part.parent).stdout
    assert _files(part) == _files(all_of_it)


def test_an_edition_that_is_made_for_the_first_time_is_on_the_page(
    run: Run, content: Path, built: Path, tmp_path: Path
) -> None:
    run("build", content, "--output", tmp_path / "out", "--only", "poster", "--paper", "a4")
    assert 'href="poster-a4.pdf"' in (built / "index.html").read_text("utf-8")
    with zipfile.ZipFile(built / "water-safety.zip") as archive:
        assert "water-safety/poster-a4.pdf" in archive.namelist()


def test_a_part_alone_has_no_page(run: Run, content: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "water-safety"
    run("build", content, "--output", tmp_path / "out", "--only", "poster")
    assert {file.name for file in folder.iterdir()} == {"poster.pdf", "manifest.json"}


def test_a_build_that_is_killed_leaves_the_folder_whole(
    run: Run, content: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    start = time.monotonic()
    assert run("build", content, "--output", out).returncode == 0
    took = time.monotonic() - start
    chance = random.Random(3)
    for number in range(KILLS):
        change(
            content,
            "revised: 2026" if number % 2 == 0 else "revised: 2027",
            "revised: 2027" if number % 2 == 0 else "revised: 2026",
        )
        process = subprocess.Popen(
            [sys.executable, ROOT / "make_materials.py", "build", content, "--output", out],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.uniform(0.2, took))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert complete(out / "water-safety")
    assert run("build", content, "--output", out).returncode == 0
    assert complete(out / "water-safety")
    # What the killed builds left behind is gone.
    assert [one.name for one in out.iterdir()] == ["water-safety"]


def limited(limit: int) -> Callable[[], None]:
    def set_limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return set_limit


def test_if_a_file_can_not_be_written_completely_the_old_ones_stay(
    content: Path, built: Path
) -> None:
    """As on a full disk: files larger than 20 kB can't be written."""
    out = built.parent
    change(content, "revised: 2026", "revised: 2027")
    result = subprocess.run(
        [sys.executable, ROOT / "make_materials.py", "build", content, "--output", out],
        capture_output=True,
        text=True,
        preexec_fn=limited(20_000),
        check=False,
    )
    assert result.returncode == 4, result.stderr
    assert "File too large. Your existing files were not changed." in result.stderr
    assert "Traceback" not in result.stderr
    assert complete(built)
    assert [one.name for one in out.iterdir()] == ["water-safety"]


def test_a_full_disk_is_reported_in_one_line(run: Run, content: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(disk)], check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    try:
        result = run("build", content, "--output", disk, "--only", "poster")
        assert result.returncode == 4, result.stderr
        assert "No space left on device" in result.stderr
        assert "Traceback" not in result.stderr
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_second_build_waits_for_the_first(content: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "make_materials.py"), "build", str(content), "--output"]
    both = [
        subprocess.Popen(
            [*command, str(tmp_path / "out")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    outputs = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum("Waiting for another build to finish." in error for _, error in outputs) == 1
    assert sum("9 kept" in printed for printed, _ in outputs) == 1
    assert complete(tmp_path / "out" / "water-safety")


def test_with_an_unreadable_manifest_everything_is_made_again(
    run: Run, content: Path, tmp_path: Path
) -> None:
    only = ("--only", "poster")
    run("build", content, "--output", tmp_path / "out", *only)
    for broken in ("{", '{"version": 99}', "[1, 2]"):
        (tmp_path / "out" / "water-safety" / "manifest.json").write_text(broken)
        result = run("build", content, "--output", tmp_path / "out", *only)
        assert result.returncode == 0, result.stderr
        assert "1 file made" in result.stdout
