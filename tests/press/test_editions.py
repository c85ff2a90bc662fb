"""A list of schools: each gets its own files, and only what changed is made again."""

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import CONTENT, Run, run_cli
from tests.tools import district
from tests.tools.district import DISTRICT, ELM, FILES, OAK, build, files, words, write


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a list and of its output, as a first build leaves them; nobody changes it."""
    folder = tmp_path_factory.mktemp("district")
    result = run_cli(*build(write(folder, DISTRICT), folder / "out"))
    assert result.returncode == 0, result.stderr
    (folder / "told").write_text(result.stdout)
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(made, tmp_path / "copy"))


def schools(folder: Path) -> Path:
    return folder / "out" / "sextortion" / "schools"


def marks(folder: Path) -> dict[str, tuple[int, int]]:
    """What tells whether a file was written again."""
    found = (file for file in schools(folder).rglob("*") if file.is_file())
    return {
        file.relative_to(schools(folder)).as_posix(): (file.stat().st_mtime_ns, file.stat().st_ino)
        for file in found
    }


def ledger(folder: Path) -> dict[str, dict[str, object]]:
    found = json.loads((schools(folder) / "schools.json").read_text("utf-8"))
    assert found["version"] == 1
    return {one["id"]: one for one in found["schools"]}


# What is made


def test_each_school_gets_the_files_that_it_wants_and_no_others(made: Path) -> None:
    wanted = {f"{one['id']}/{file}" for one in DISTRICT for file in FILES}
    wanted -= {"birch/parent-night.pptx"}
    assert set(files(schools(made))) == {*wanted, "schools.json"}
    assert (made / "told").read_text().startswith("8 schools made, 15 files, in ")


def test_the_list_of_what_was_made_tells_the_truth(made: Path) -> None:
    found = ledger(made)
    assert list(found) == [one["id"] for one in DISTRICT]
    here = files(schools(made))
    told = {
        f"{id}/{name}": value for id, one in found.items() for name, value in one["files"].items()
    }
    assert told == {
        name: [sha256(data).hexdigest(), len(data)]
        for name, data in here.items()
        if name != "schools.json"
    }


@pytest.mark.parametrize("own", DISTRICT, ids=lambda one: one["id"])
def test_a_file_says_all_of_its_school_and_nothing_of_another(
    own: district.Row, made: Path
) -> None:
    for file in (schools(made) / own["id"]).iterdir():
        text = words(file)
        shown = ["name", "contact", "phone", "email", "website"]
        for key in shown if file.suffix == ".pptx" else ["name", "contact", "phone"]:
            # The letters of an Arabic name stand in the order in which they are drawn.
            assert own["id"] == "amal" or own.get(key, "") in text, (file.name, key)
        for other in DISTRICT:
            for key in shown if other is not own else ():
                assert not other.get(key) or other[key] not in text, (file.name, other["id"], key)
        assert "qzx" not in text.lower()


def test_only_what_can_not_be_stamped_is_laid_out_and_that_is_told(made: Path) -> None:
    laid_out = {id: one["laid_out"] for id, one in ledger(made).items() if one["laid_out"]}
    # Two names of two lines share what is laid out for them.
    assert laid_out == {"amal": ["myths-and-facts.pdf"]}
    told = (made / "told").read_text()
    assert "myths-and-facts.pdf: laid out for 1 school with " in told


# What is made again


def test_the_same_build_again_makes_nothing(run: Run, copy: Path) -> None:
    before = marks(copy)
    result = run(*build(copy / "schools.csv", copy / "out"))
    assert result.stdout.startswith("0 schools made, 0 files, 8 kept, in ")
    assert marks(copy) == before


def test_a_changed_row_is_made_again_and_no_other(run: Run, copy: Path) -> None:
    before = marks(copy)
    write(copy, [{**OAK, "contact": "Mr. Inkwell"}, *DISTRICT[1:]])
    result = run(*build(copy / "schools.csv", copy / "out"))
    assert result.stdout.startswith("1 school made, 2 files, 7 kept, in ")
    changed = {name for name, mark in marks(copy).items() if mark != before[name]}
    assert changed == {"schools.json", *(f"oak-hill/{name}" for name in FILES)}
    text = words(schools(copy) / "oak-hill" / FILES[0])
    assert "Mr. Inkwell" in text
    assert "Ms. Quill" not in text


def test_a_school_that_joins_or_changes_gets_what_a_build_from_nothing_gives_it(
    run: Run, tmp_path: Path
) -> None:
    """A school's files follow from its row, not from what else is made with it."""
    for rows in (DISTRICT[:6], DISTRICT[:7], DISTRICT[:6]):
        assert run(*build(write(tmp_path, rows), tmp_path / "out")).returncode == 0
    write(tmp_path, DISTRICT[:7])
    assert run(*build(tmp_path / "schools.csv", tmp_path / "new")).returncode == 0
    assert files(tmp_path / "out") == files(tmp_path / "new")


def test_a_changed_pack_is_made_again_for_all(run: Run, copy: Path) -> None:
    content = copy / CONTENT.name
    content.write_text(CONTENT.read_text("utf-8").replace("revised: 2026", "revised: 2027"))
    before = files(schools(copy))
    result = run(*build(copy / "schools.csv", copy / "out", content=content))
    assert result.stdout.startswith("8 schools made, 15 files, in ")
    after = files(schools(copy))
    assert after.keys() == before.keys()
    assert not any(before[name] == after[name] for name in before)


def test_a_school_that_is_off_the_list_keeps_its_files(run: Run, copy: Path) -> None:
    write(copy, DISTRICT[1:])
    result = run(*build(copy / "schools.csv", copy / "out"))
    assert result.stdout.startswith("0 schools made, 0 files, 7 kept, in ")
    assert sorted(ledger(copy)) == sorted(one["id"] for one in DISTRICT)
    assert (schools(copy) / "oak-hill" / FILES[0]).exists()


def test_force_makes_all_with_the_same_bytes(run: Run, copy: Path) -> None:
    before = files(copy / "out")
    result = run(*build(copy / "schools.csv", copy / "out", "--force"))
    assert result.stdout.startswith("8 schools made, 15 files, in ")
    assert files(copy / "out") == before
    assert "changed it by hand" not in result.stderr


def test_what_somebody_deleted_is_made_again_and_what_somebody_changed_is_kept_beside(
    run: Run, copy: Path
) -> None:
    before = files(schools(copy))
    (schools(copy) / "elm" / FILES[0]).unlink()
    shutil.rmtree(schools(copy) / "pine")
    (schools(copy) / "oak-hill" / FILES[0]).write_bytes(b"my own notes")
    (schools(copy) / "oak-hill" / "letter.txt").write_text("Dear parents")
    result = run(*build(copy / "schools.csv", copy / "out"))
    assert result.stdout.startswith("3 schools made, 6 files, 5 kept, in ")
    kept = schools(copy) / "oak-hill" / "myths-and-facts.kept-1.pdf"
    assert f"{kept}: kept, because somebody had changed it by hand" in result.stderr
    mine = {
        "oak-hill/myths-and-facts.kept-1.pdf": b"my own notes",
        "oak-hill/letter.txt": b"Dear parents",
    }
    assert files(schools(copy)) == {**before, **mine}


def test_a_sheet_that_a_school_no_longer_wants_goes_but_not_if_somebody_changed_it(
    run: Run, copy: Path
) -> None:
    (schools(copy) / "elm" / FILES[0]).write_bytes(b"my own notes")
    less = [{**one, "sheets": "parent-night"} for one in (OAK, ELM)]
    content = copy / CONTENT.name
    shutil.copy(CONTENT, content)
    arguments = build(write(copy, less), copy / "out", content=content)
    assert run(*arguments).returncode == 0
    # Only some sheets were asked for, as in a build of the pack: all others stay.
    assert (schools(copy) / "oak-hill" / FILES[0]).exists()


def test_what_is_not_asked_for_stays(run: Run, copy: Path) -> None:
    before = files(schools(copy))
    write(copy, [{**OAK, "contact": "Mr. Inkwell"}, *DISTRICT[1:]])
    only = ["build", CONTENT, "--schools", copy / "schools.csv", "--output", copy / "out"]
    result = run(*only, "--only", "parent-night")
    assert result.returncode == 0, result.stderr
    after = files(schools(copy))
    assert after["oak-hill/parent-night.pptx"] != before["oak-hill/parent-night.pptx"]
    del before["oak-hill/parent-night.pptx"], before["schools.json"]
    assert before.items() <= after.items()
    assert set(ledger(copy)["oak-hill"]["files"]) == set(FILES)


def test_a_list_that_somebody_broke_is_made_anew(run: Run, copy: Path) -> None:
    before = files(schools(copy))
    for broken in ('{"id": "elm"}', '{"id": "elm", "files": 3}', "[", '{"id": 4,\n{"id": "el'):
        (schools(copy) / "schools.json").write_text(broken)
        result = run(*build(copy / "schools.csv", copy / "out"))
        assert result.returncode == 0, result.stderr
    assert files(schools(copy)) == before


# The same bytes


def test_the_same_bytes_come_out_anywhere_and_with_any_number_of_processes(
    run: Run, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = files(made / "out")
    for jobs, seed in (("1", "1"), ("2", "2")):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        folder = tmp_path / jobs
        result = run(*build(write(folder, DISTRICT), folder / "out", "--jobs", jobs), folder=folder)
        assert result.returncode == 0, result.stderr
        assert files(folder / "out") == expected


def test_zip_makes_one_file_of_each_school_with_the_same_bytes(run: Run, copy: Path) -> None:
    import zipfile

    before = files(schools(copy))
    (schools(copy) / "pine" / "letter.txt").write_text("Dear parents")
    result = run(*build(copy / "schools.csv", copy / "out", "--zip"))
    assert result.stdout.startswith("8 schools made, 8 files, in ")
    found = {}
    for one in DISTRICT:
        with zipfile.ZipFile(schools(copy) / f"{one['id']}.zip") as archive:
            found |= {name: archive.read(name) for name in archive.namelist()}
    assert found == {name: data for name, data in before.items() if name != "schools.json"}
    # What the ZIP files replace has gone, what was somebody's own has not.
    assert [one.name for one in schools(copy).iterdir() if one.is_dir()] == ["pine"]
    assert [one.name for one in (schools(copy) / "pine").iterdir()] == ["letter.txt"]
    again = run(*build(copy / "schools.csv", copy / "out", "--zip"))
    assert again.stdout.startswith("0 schools made, 0 files, 8 kept, in ")
    back = run(*build(copy / "schools.csv", copy / "out"))
    assert back.stdout.startswith("8 schools made, 15 files, in ")
    (schools(copy) / "pine" / "letter.txt").unlink()
    assert files(schools(copy)) == before
