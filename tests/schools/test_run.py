"""A list of schools: each gets its own files, and only changed files are made again."""

import json
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CONTENT, ENGLISH, ROOT, WATER, Run, run_cli
from tests.tools.district import (
    BIRCH,
    DISTRICT,
    ELM,
    FILES,
    FIR,
    MAPLE,
    SMALL,
    WILLOW,
    Row,
    beside,
    build,
    files,
    many,
    words,
    write,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a list and its output after a first build; no test changes it."""
    folder = tmp_path_factory.mktemp("district")
    result = run_cli(*build(write(folder, DISTRICT), folder / "out"))
    assert result.returncode == 0, result.stderr
    (folder / "printed").write_text(result.stdout)
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for a few schools."""
    folder = tmp_path_factory.mktemp("small")
    result = run_cli(*build(write(folder, SMALL), folder / "out"))
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def copy(small: Path, tmp_path: Path) -> Path:
    """A copy of the files of a few schools, for tests that change them."""
    return Path(shutil.copytree(small, tmp_path / "copy"))


def schools(folder: Path) -> Path:
    return folder / "out" / "sextortion" / "schools"


def own_files(folder: Path, id: str) -> list[Path]:
    """A school's sheets and deck, without its page and the files that the page loads."""
    return sorted(file for file in (schools(folder) / id).iterdir() if not beside(file))


def marks(folder: Path) -> dict[str, tuple[int, int]]:
    """The time and inode of each file: they show whether a file was written again."""
    found = (file for file in schools(folder).rglob("*") if file.is_file() and not beside(file))
    return {
        file.relative_to(schools(folder)).as_posix(): (file.stat().st_mtime_ns, file.stat().st_ino)
        for file in found
    }


def ledger(folder: Path) -> dict[str, dict[str, Any]]:
    found = json.loads((schools(folder) / "schools.json").read_text("utf-8"))
    assert found["version"] == 1
    return {one["id"]: one for one in found["schools"]}


# What is made


def test_each_school_gets_the_files_that_it_wants_and_no_others(made: Path) -> None:
    wanted = {f"{one['id']}/{file}" for one in DISTRICT for file in FILES}
    wanted -= {"birch/parent-night.pptx"}
    assert set(files(schools(made))) == {*wanted, "schools.json"}
    assert (made / "printed").read_text().startswith("8 schools made, 15 files, in ")


def test_the_journal_lists_the_files_that_exist(made: Path) -> None:
    found = ledger(made)
    assert list(found) == [one["id"] for one in DISTRICT]
    here = files(schools(made))
    listed = {
        f"{id}/{name}": value
        for id, one in found.items()
        for name, value in one["files"].items()
        if not beside(Path(name))
    }
    assert listed == {
        name: [sha256(data).hexdigest(), len(data)]
        for name, data in here.items()
        if name != "schools.json"
    }


@pytest.mark.parametrize("own", DISTRICT, ids=lambda one: one["id"])
def test_a_file_shows_its_own_school_and_no_other(own: Row, made: Path) -> None:
    for file in own_files(made, own["id"]):
        text = words(file)
        shown = ["name", "contact", "phone", "email", "website"]
        for key in shown if file.suffix == ".pptx" else ["name", "contact", "phone"]:
            # The letters of an Arabic name are in the order in which they are drawn.
            assert own["id"] == "amal" or own.get(key, "") in text, (file.name, key)
        for other in DISTRICT:
            for key in shown if other is not own else ():
                assert not other.get(key) or other[key] not in text, (file.name, other["id"], key)
        assert "qzx" not in text.lower()


def test_only_files_that_can_not_be_stamped_are_laid_out_and_reported(made: Path) -> None:
    laid_out = {id: one["laid_out"] for id, one in ledger(made).items() if one["laid_out"]}
    # Two names of two lines share a base.
    assert laid_out == {"amal": ["myths-and-facts.pdf"]}
    assert (
        "myths-and-facts.pdf: laid out separately for 1 school\n" in (made / "printed").read_text()
    )


# What is made again


def test_the_same_build_again_makes_nothing(run: Run, copy: Path) -> None:
    before = marks(copy)
    result = run(*build(copy / "schools.csv", copy / "out"))
    assert result.stdout.startswith("0 schools made, 0 files, 3 kept, in ")
    assert marks(copy) == before


def test_a_changed_row_is_made_again_and_no_other(run: Run, copy: Path) -> None:
    before = marks(copy)
    write(copy, [{**ELM, "contact": "Inkwell office"}, BIRCH, FIR])
    result = run(*build(copy / "schools.csv", copy / "out"))
    assert result.stdout.startswith("1 school made, 2 files, 2 kept, in ")
    changed = {name for name, mark in marks(copy).items() if mark != before[name]}
    assert changed == {"schools.json", *(f"elm/{name}" for name in FILES)}
    text = words(schools(copy) / "elm" / FILES[0])
    assert "Inkwell office" in text
    assert "Elm office" not in text
    # What was replaced is not mistaken for somebody's own.
    assert [one.name for one in own_files(copy, "elm")] == [*FILES]


def test_a_school_gets_the_same_whatever_is_made_with_it(run: Run, tmp_path: Path) -> None:
    for rows in ((ELM, MAPLE), (ELM, MAPLE, WILLOW)):
        assert run(*build(write(tmp_path, rows), tmp_path / "out")).returncode == 0
    assert run(*build(tmp_path / "schools.csv", tmp_path / "new")).returncode == 0
    assert files(tmp_path / "out") == files(tmp_path / "new")


def test_a_changed_pack_is_made_again_for_all(run: Run, copy: Path) -> None:
    content = copy / CONTENT.name
    content.write_text(CONTENT.read_text("utf-8").replace("revised: 2026", "revised: 2027"))
    before = files(schools(copy))
    result = run(*build(copy / "schools.csv", copy / "out", content=content))
    assert result.stdout.startswith("3 schools made, 5 files, in ")
    after = files(schools(copy))
    assert after.keys() == before.keys()
    assert not any(before[name] == after[name] for name in before)


def test_a_school_that_is_off_the_list_keeps_its_files(run: Run, copy: Path) -> None:
    before = files(schools(copy))
    write(copy, [BIRCH, FIR])
    result = run(*build(copy / "schools.csv", copy / "out"))
    assert result.stdout.startswith("0 schools made, 0 files, 2 kept, in ")
    assert list(ledger(copy)) == ["birch", "fir", "elm"]
    del before["schools.json"]
    assert before.items() <= files(schools(copy)).items()


def test_force_makes_all_with_the_same_bytes(run: Run, copy: Path) -> None:
    before, old = files(copy / "out"), marks(copy)
    result = run(*build(copy / "schools.csv", copy / "out", "--force"))
    assert result.stdout.startswith("3 schools made, 5 files, in ")
    assert files(copy / "out") == before
    assert not any(old[name] == mark for name, mark in marks(copy).items() if "/" in name)


def test_what_is_deleted_is_made_again_and_what_is_changed_by_hand_is_kept_beside(
    run: Run, copy: Path
) -> None:
    before = files(schools(copy))
    shutil.rmtree(schools(copy) / "birch")
    (schools(copy) / "fir" / FILES[0]).unlink()
    (schools(copy) / "elm" / FILES[0]).write_bytes(b"my own notes")
    (schools(copy) / "elm" / "letter.txt").write_text("Dear parents")
    result = run(*build(copy / "schools.csv", copy / "out"))
    assert result.stdout.startswith("3 schools made, 5 files, in ")
    kept = schools(copy) / "elm" / "myths-and-facts.kept-1.pdf"
    assert (
        f"{kept}: kept because someone had changed it; a new file took its place" in result.stderr
    )
    mine = {
        "elm/myths-and-facts.kept-1.pdf": b"my own notes",
        "elm/letter.txt": b"Dear parents",
    }
    assert files(schools(copy)) == {**before, **mine}


def test_what_is_not_requested_stays(run: Run, copy: Path) -> None:
    before = files(schools(copy))
    write(copy, [{**ELM, "contact": "Inkwell office"}, BIRCH, FIR])
    only = ["build", CONTENT, *ENGLISH, "--schools", copy / "schools.csv", "--output", copy / "out"]
    result = run(*only, "--only", "parent-night")
    assert result.returncode == 0, result.stderr
    after = files(schools(copy))
    assert after.pop("elm/parent-night.pptx") != before.pop("elm/parent-night.pptx")
    assert after.pop("schools.json") != before.pop("schools.json")
    assert after == before
    assert set(ledger(copy)["elm"]["files"]) == {*FILES, "index.html"}


def test_a_sheet_that_is_no_longer_wanted_goes_unless_somebody_changed_it(
    run: Run, tmp_path: Path
) -> None:
    whole = ["build", WATER, "--schools", tmp_path / "schools.csv", "--output", tmp_path / "out"]
    folder = tmp_path / "out" / "water-safety" / "schools"
    for sheets in ("poster myths", "poster"):
        write(tmp_path, [{**one, "sheets": sheets} for one in (ELM, FIR)])
        result = run(*whole)
        assert result.returncode == 0, result.stderr
        if sheets == "poster myths":
            (folder / "fir" / "myths.pdf").write_bytes(b"my own notes")
    assert [one.name for one in (folder / "elm").iterdir() if not beside(one)] == ["poster.pdf"]
    assert (folder / "fir" / "myths.pdf").read_bytes() == b"my own notes"


def test_a_damaged_journal_is_written_again(run: Run, copy: Path) -> None:
    before = files(schools(copy))
    broken = ['{"id": "elm"}', '{"id": "fir", "files": 3}', "[", '{"id": 4,', '{"id": "el']
    (schools(copy) / "schools.json").write_text("\n".join(broken))
    result = run(*build(copy / "schools.csv", copy / "out"))
    assert result.returncode == 0, result.stderr
    assert files(schools(copy)) == before


# The same bytes


def test_the_same_bytes_come_out_anywhere_and_with_any_number_of_processes(
    run: Run, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    result = run(*build(write(tmp_path, DISTRICT), Path("out"), "--jobs", "1"), folder=tmp_path)
    assert result.returncode == 0, result.stderr
    assert files(tmp_path / "out") == files(made / "out")


def test_zip_makes_one_file_of_each_school_with_the_same_bytes(run: Run, copy: Path) -> None:
    before = files(schools(copy))
    (schools(copy) / "fir" / "letter.txt").write_text("Dear parents")
    result = run(*build(copy / "schools.csv", copy / "out", "--zip"))
    assert result.stdout.startswith("3 schools made, 3 files, in ")
    found: dict[str, bytes] = {}
    for one in SMALL:
        with zipfile.ZipFile(schools(copy) / f"{one['id']}.zip") as archive:
            names = [name for name in archive.namelist() if not beside(Path(name))]
            found |= {name: archive.read(name) for name in names}
    assert found == {name: data for name, data in before.items() if name != "schools.json"}
    # The files that the ZIP files replace are gone; somebody's own file is not.
    left = [one.name for one in schools(copy).iterdir() if one.is_dir() and not beside(one)]
    assert left == ["fir"]
    assert [one.name for one in (schools(copy) / "fir").iterdir()] == ["letter.txt"]
    again = run(*build(copy / "schools.csv", copy / "out", "--zip"))
    assert again.stdout.startswith("0 schools made, 0 files, 3 kept, in ")
    back = run(*build(copy / "schools.csv", copy / "out"))
    assert back.stdout.startswith("3 schools made, 5 files, in ")
    (schools(copy) / "fir" / "letter.txt").unlink()
    assert files(schools(copy)) == before


def test_memory_does_not_grow_with_the_list(tmp_path: Path) -> None:
    few, many_ = (_peak(tmp_path / str(count), count) for count in (200, 2000))
    assert many_ - few < 8_000_000


def _peak(folder: Path, count: int) -> int:
    """The peak memory of the main process of a build, in bytes."""
    arguments = build(write(folder, many(count)), folder / "out", "--quiet")
    only = [one for one in arguments if one != "parent-night"]
    del only[only.index("--only", only.index("myths-and-facts"))]
    code = (
        "import resource, runpy, sys\n"
        "sys.argv = sys.argv[1:]\n"
        "try: runpy.run_path(sys.argv[0], run_name='__main__')\n"
        "except SystemExit as end: assert not end.code\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    command = [sys.executable, "-c", code, ROOT / "make_materials.py", *only]
    result = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    return int(result.stdout) * (1 if sys.platform == "darwin" else 1024)
