"""The working copy: undo, restarts, several forms, other programs; nothing typed is ever lost."""

import contextlib
import os
import random
import resource
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from editing.changes import value_at
from editing.draft_journal import AlreadyOpen
from editing.edits import CannotEdit, Edit, Insert, Move, Remove, Rename, SetValue
from editing.history import EventKind
from editing.rebase import Conflict
from editing.working_copy import ConflictError, FileChanged, FileState, WorkingCopy
from pack.errors import ContentError, OutputError
from pack.model import YamlPath
from tests.conftest import CONTENT, ROOT
from tests.press.test_killed import killed_before

#: How many times the program is killed; set it higher for a longer run.
KILLS = int(os.environ.get("STUDIO_KILLS", "15"))

TEXT = """\
# Numbers to call
contacts:
  fbi:
    name: FBI
    phone: 1-800-225-5324
  # Open day and night
  lifeline:
    name: 988 Lifeline
    phone: "988"

topics:
  start:
    title: How it starts
    points:
      - A stranger writes
      - They ask for a picture  # the first one
      - They ask for money
"""
PHONE: YamlPath = ("contacts", "fbi", "phone")
TITLE: YamlPath = ("topics", "start", "title")
POINTS: YamlPath = ("topics", "start", "points")

Open = Callable[[], WorkingCopy]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "pack.yaml"
    file.write_text(TEXT, "utf-8")
    return file


@pytest.fixture
def reopen(file: Path) -> Iterator[Open]:
    """Opens the working copy, and closes the one before: a restart of the program."""
    copies: list[WorkingCopy] = []

    def opened() -> WorkingCopy:
        for copy in copies:
            copy.close()
        copies.append(WorkingCopy(file))
        return copies[-1]

    yield opened
    for copy in copies:
        copy.close()


def value(copy: WorkingCopy, path: YamlPath) -> Any:
    return value_at(copy.source.values, path)


def points(copy: WorkingCopy) -> list[str]:
    return list(value(copy, POINTS))


def replace(file: Path, *pairs: tuple[str, str]) -> None:
    """Another program changes the file."""
    text = file.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


# Changes, undo, restarts


def test_opening_changes_nothing(file: Path, reopen: Open) -> None:
    copy = reopen()
    assert copy.data == file.read_bytes()
    assert not (copy.is_changed or copy.can_undo or copy.can_redo or copy.history())
    assert copy.undo() is copy.redo() is None
    copy.save()
    assert copy.history() == []
    assert (file.parent / ".studio" / ".gitignore").read_text() == "*\n"


def test_a_change_is_in_the_draft_and_only_saving_puts_it_in_the_file(
    file: Path, reopen: Open
) -> None:
    copy = reopen()
    copy.change([SetValue(PHONE, "911")], "The FBI's number", "Kim")
    assert copy.is_changed
    assert file.read_text() == TEXT
    copy.save("Kim")
    assert not copy.is_changed
    assert file.read_bytes() == copy.data == TEXT.replace("1-800-225-5324", '"911"').encode()
    assert [(one.kind, one.title, one.who) for one in copy.history()] == [
        (EventKind.SAVE, "", "Kim"),
        (EventKind.CHANGE, "The FBI's number", "Kim"),
    ]


def test_everything_survives_a_restart_at_each_step(file: Path, reopen: Open) -> None:
    edits: list[Edit] = [
        SetValue(PHONE, "1-800-225-5325"),
        Insert(POINTS, 1, "They send a picture"),
        Move((*POINTS, 3), 0),
        Rename(("contacts", "fbi"), "police"),
        Remove(("contacts", "lifeline")),
    ]
    texts = [reopen().data]
    for number, edit in enumerate(edits):
        reopen().change([edit], f"step {number}")
        texts.append(reopen().data)
    for number in (4, 3, 2, 1, 0):
        assert reopen().undo() == f"step {number}"
        assert reopen().data == texts[number]
    assert not reopen().can_undo
    for number in (0, 1, 2, 3, 4):
        assert reopen().redo() == f"step {number}"
        assert reopen().data == texts[number + 1]
    assert not reopen().can_redo
    assert reopen().is_changed
    reopen().save()
    assert not reopen().is_changed
    assert reopen().undo() == "step 4"
    assert reopen().is_changed
    assert file.read_bytes() == texts[-1]


def test_a_change_after_undo_ends_redo(reopen: Open) -> None:
    copy = reopen()
    copy.change([SetValue(PHONE, "1")], "one")
    copy.undo()
    copy.change([SetValue(PHONE, "2")], "two")
    assert copy.redo() is None
    assert reopen().undo() == "two"
    assert not reopen().can_undo


def test_versions_grow_with_each_change_undo_and_redo_and_never_mean_two_texts(
    file: Path, reopen: Open
) -> None:
    copy = reopen()
    versions = [copy.version]
    copy.change([SetValue(PHONE, "1")], "one")
    versions.append(copy.version)
    copy.undo()
    versions.append(copy.version)
    copy.redo()
    versions.append(copy.version)
    copy.save()
    assert reopen().version == versions[-1]
    assert versions == sorted({*versions})


def test_a_change_that_can_not_be_made_leaves_everything_as_it_was(reopen: Open) -> None:
    copy = reopen()
    with pytest.raises(CannotEdit):
        copy.change([SetValue(PHONE, "1"), Remove(("contacts", "nobody"))], "two edits")
    assert copy.data.decode() == TEXT
    assert copy.history() == []


def test_a_change_to_the_same_value_is_none(reopen: Open) -> None:
    copy = reopen()
    copy.change([SetValue(PHONE, "1-800-225-5324")], "nothing")
    assert not copy.can_undo
    assert copy.history() == []


def test_an_earlier_text_can_be_restored_and_that_undone(file: Path, reopen: Open) -> None:
    copy = reopen()
    copy.change([SetValue(TITLE, "The start")], "a title")
    copy.save()
    copy.change([Remove(("contacts", "lifeline"))], "no lifeline")
    copy.save()
    saved = [one for one in copy.history() if one.kind is EventKind.SAVE]
    copy = reopen()
    copy.restore(saved[-1].number, "Kim")
    assert copy.data.decode() == TEXT.replace("How it starts", "The start")
    copy.undo()
    assert copy.data == file.read_bytes()
    with pytest.raises(CannotEdit, match="no longer kept"):
        copy.restore(1)


# Two forms


def test_two_forms_may_change_different_values(reopen: Open) -> None:
    copy = reopen()
    drawn = copy.version
    copy.change([SetValue(PHONE, "1-800-225-5325")], "one", since=drawn)
    copy.change([SetValue(TITLE, "The start")], "two", since=drawn)
    assert (value(copy, PHONE), value(copy, TITLE)) == ("1-800-225-5325", "The start")


@pytest.mark.parametrize(
    ("meanwhile", "now"),
    [
        (Insert(POINTS, 0, "first"), 2),
        (Insert(POINTS, 2, "third"), 1),
        (Remove((*POINTS, 0)), 0),
        (Move((*POINTS, 1), 0), 0),
        (Move((*POINTS, 0), 2), 0),
        (Rename(("topics", "start"), "begin"), 1),
    ],
    ids=str,
)
@pytest.mark.parametrize("undone", [False, True])
def test_a_form_s_value_is_found_where_it_is_now(
    meanwhile: Edit, now: int, undone: bool, reopen: Open
) -> None:
    copy = reopen()
    drawn = copy.version
    copy.change([meanwhile], "meanwhile")
    if undone:
        copy.undo()
    copy = reopen()
    copy.change([SetValue((*POINTS, 1), "mine")], "mine", since=drawn)
    (topic,) = copy.source.values["topics"].values()
    if undone:
        assert topic["points"] == ("A stranger writes", "mine", "They ask for money")
    else:
        assert topic["points"][now] == "mine"
    assert "They ask for a picture" not in topic["points"]
    assert "# the first one" in copy.data.decode()


def test_new_entries_go_beside_their_neighbors(reopen: Open) -> None:
    copy = reopen()
    drawn = copy.version
    copy.change([Insert(POINTS, 0, "theirs")], "theirs")
    copy.change(
        [
            Insert(POINTS, 1, "mine"),
            SetValue((*POINTS, 1), "mine, longer"),
            Move((*POINTS, 3), 0),
            Insert(("contacts",), 1, {"name": "Police"}, "police"),
            SetValue(("contacts", "police", "phone"), "911"),
        ],
        "mine",
        since=drawn,
    )
    stranger, money = "A stranger writes", "They ask for money"
    assert points(copy) == [money, "theirs", stranger, "mine, longer", "They ask for a picture"]
    assert [*copy.source.values["contacts"]] == ["fbi", "police", "lifeline"]
    assert value(copy, ("contacts", "police")) == {"name": "Police", "phone": "911"}


@pytest.mark.parametrize(
    ("meanwhile", "mine", "conflict"),
    [
        (SetValue(PHONE, "1"), SetValue(PHONE, "2"), Conflict(PHONE, "1", "2")),
        (
            Remove(("contacts", "fbi")),
            SetValue(PHONE, "2"),
            Conflict(("contacts", "fbi"), None, {"name": "FBI", "phone": "2"}),
        ),
        (
            SetValue(PHONE, "1"),
            Remove(("contacts", "fbi")),
            Conflict(("contacts", "fbi"), {"name": "FBI", "phone": "1"}, None),
        ),
        (
            Insert(("contacts",), 0, {"name": "A"}, "new"),
            Insert(("contacts",), 2, {"name": "B"}, "new"),
            Conflict(("contacts", "new"), {"name": "A"}, {"name": "B"}),
        ),
        (
            Remove(("topics", "start", "points")),
            Insert(POINTS, 1, "mine"),
            Conflict(
                POINTS,
                None,
                ["A stranger writes", "mine", "They ask for a picture", "They ask for money"],
            ),
        ),
        (
            Insert(("contacts",), 0, {"name": "A"}, "new"),
            Rename(("contacts", "fbi"), "new"),
            Conflict(
                ("contacts", "new"), {"name": "A"}, {"name": "FBI", "phone": "1-800-225-5324"}
            ),
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else type(one).__name__,
)
def test_contradictions_are_reported_and_nothing_is_changed(
    meanwhile: Edit, mine: Edit, conflict: Conflict, reopen: Open
) -> None:
    copy = reopen()
    drawn = copy.version
    copy.change([meanwhile], "meanwhile")
    before = copy.data
    with pytest.raises(ConflictError) as error:
        copy.change([SetValue(TITLE, "mine, too"), mine], "mine", since=drawn)
    assert error.value.conflicts == (conflict,)
    assert copy.data == before


def test_what_both_did_alike_is_no_contradiction(reopen: Open) -> None:
    copy = reopen()
    drawn = copy.version
    edits: list[Edit] = [
        SetValue(PHONE, "1"),
        Remove((*POINTS, 0)),
        Rename(("contacts", "lifeline"), "crisis"),
        Insert(("contacts",), 0, {"name": "A"}, "new"),
    ]
    copy.change(edits, "one", since=drawn)
    before = copy.data
    copy.change(edits, "two", since=drawn)
    assert copy.data == before


def test_a_form_of_an_older_draft_changes_nothing_that_it_did_not_show(
    file: Path, reopen: Open
) -> None:
    drawn = reopen().version
    replace(file, ("1-800-225-5324", "1-800-225-5300"))
    time.sleep(0.002)  # the numbers of versions begin with the time
    copy = reopen()
    with pytest.raises(CannotEdit, match="opened too long ago"):
        copy.change([SetValue(PHONE, "mine")], "mine", since=drawn)


def test_what_a_form_showed_counts_also_without_a_version(reopen: Open) -> None:
    copy = reopen()
    copy.change([SetValue(PHONE, "1", old="1-800-225-5324")], "right")
    with pytest.raises(ConflictError) as error:
        copy.change([SetValue(PHONE, "2", old="1-800-225-5324")], "wrong")
    assert error.value.conflicts == (Conflict(PHONE, "1", "2"),)


# Other programs


def test_a_file_saved_by_another_program_is_taken(file: Path, reopen: Open) -> None:
    copy = reopen()
    replace(file, ("How it starts", "The start"), ("# Numbers", "# All numbers"))
    assert copy.refresh().state is FileState.TAKEN
    assert copy.data == file.read_bytes()
    assert not copy.is_changed
    assert copy.refresh().state is FileState.SAME
    assert copy.undo() == "Changes made in another program"
    assert copy.data.decode() == TEXT


@pytest.mark.parametrize("restart", [False, True])
def test_unsaved_changes_are_made_again_on_what_another_program_saved(
    restart: bool, file: Path, reopen: Open
) -> None:
    copy = reopen()
    copy.change([SetValue(PHONE, "1-800-225-5325")], "number")
    copy.change([Insert(POINTS, 3, "They ask for more"), Move((*POINTS, 1), 0)], "points")
    replace(file, ("How it starts", "The start"), ("      - A stranger", "      - A new stranger"))
    if restart:
        copy = reopen()
    with pytest.raises(FileChanged):
        copy.save()
    assert copy.refresh().conflicts == ()
    expected = file.read_text().replace("5324", "5325").splitlines()
    assert expected[-3:] == [
        "      - A new stranger writes",
        "      - They ask for a picture  # the first one",
        "      - They ask for money",
    ]
    expected[-3:-1] = expected[-2:-4:-1]
    assert copy.data.decode().splitlines() == [*expected, "      - They ask for more"]
    assert copy.is_changed
    # Undo goes back to what is in the file, step by step.
    assert copy.undo() == "points"
    assert copy.undo() == "number"
    assert copy.data == file.read_bytes()
    copy.redo()
    copy.redo()
    copy.save()
    assert file.read_bytes() == copy.data


def test_contradictions_are_kept_until_somebody_chooses(file: Path, reopen: Open) -> None:
    copy = reopen()
    copy.change([SetValue(PHONE, "mine")], "number")
    copy.change([SetValue(TITLE, "My title")], "title")
    copy.change([SetValue((*POINTS, 0), "my point")], "point")
    copy.change([SetValue(("contacts", "lifeline", "name"), "my line")], "line")
    lines = TEXT.splitlines(keepends=True)
    theirs = "".join([*lines[:5], *lines[9:]])  # without the lifeline
    theirs = theirs.replace("1-800-225-5324", "1").replace("How it starts", "Their title")
    file.write_text(theirs, "utf-8")
    found = copy.refresh()
    lifeline = ("contacts", "lifeline")
    assert found.conflicts == (
        Conflict(PHONE, "1", "mine"),
        Conflict(TITLE, "Their title", "My title"),
        Conflict(lifeline, None, {"name": "my line", "phone": "988"}),
    )
    copy = reopen()
    assert copy.conflicts == found.conflicts
    assert copy.data.decode() == theirs.replace("A stranger writes", "my point")
    copy.resolve(PHONE, mine=True, title="mine")
    copy.change([Rename(("topics", "start"), "begin")], "another name")
    copy = reopen()
    copy.resolve(("topics", "begin", "title"), mine=False)
    copy = reopen()
    copy.resolve(lifeline, mine=True)
    assert reopen().conflicts == ()
    assert value(reopen(), PHONE) == "mine"
    assert value(reopen(), ("topics", "begin", "title")) == "Their title"
    assert value(reopen(), lifeline) == {"name": "my line", "phone": "988"}
    with pytest.raises(CannotEdit, match="already been chosen"):
        reopen().resolve(PHONE, mine=False)


def test_what_was_taken_back_after_saving_is_taken_back_from_another_s_text_too(
    file: Path, reopen: Open
) -> None:
    copy = reopen()
    copy.change([SetValue(PHONE, "1-800-225-5325")], "number")
    copy.change([SetValue(TITLE, "The start")], "title")
    copy.save()
    copy.undo()
    replace(file, ("988 Lifeline", "988"))
    assert reopen().refresh().conflicts == ()
    copy = reopen()
    assert copy.data.decode() == TEXT.replace("5324", "5325").replace("988 Lifeline", "988")
    copy.undo()
    copy.undo()
    assert copy.data.decode() == TEXT.replace("5324", "5325")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"contacts: [", "YAML can't be read"),
        (b"", "empty"),
        (b"name: caf\xe9\n", "UTF-8"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_a_broken_file_changes_nothing_and_its_problem_is_told(
    data: bytes, what: str, file: Path, reopen: Open
) -> None:
    copy = reopen()
    copy.change([SetValue(PHONE, "1")], "number")
    draft = copy.data
    file.write_bytes(data)
    for one in (copy, reopen()):
        found = one.refresh()
        assert found.state is FileState.BROKEN
        assert any(what in problem.what for problem in found.problems)
        assert one.data == draft
        with pytest.raises(FileChanged):
            one.save()
    assert file.read_bytes() == data
    file.write_text(TEXT, "utf-8")
    assert one.refresh().state is FileState.SAME
    one.save()
    assert file.read_bytes() == draft


def test_a_removed_file_is_written_again(file: Path, reopen: Open) -> None:
    copy = reopen()
    copy.change([SetValue(PHONE, "1")], "number")
    file.unlink()
    copy = reopen()
    assert copy.refresh().state is FileState.REMOVED
    copy.save()
    assert file.read_bytes() == copy.data


def test_without_a_draft_a_file_must_be_readable(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no such file"):
        WorkingCopy(tmp_path / "no.yaml")
    (tmp_path / "broken.yaml").write_text("a: [")
    with pytest.raises(ContentError):
        WorkingCopy(tmp_path / "broken.yaml")
    assert [one.name for one in tmp_path.iterdir()] == ["broken.yaml"]


# Files and folders


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_all_other_bytes_of_a_real_file_stay(bom: bytes, newline: bytes, tmp_path: Path) -> None:
    file = tmp_path / "pack.yaml"
    file.write_bytes(bom + CONTENT.read_bytes().replace(b"\n", newline))
    lines = file.read_bytes().splitlines(keepends=True)
    with contextlib.closing(WorkingCopy(file)) as copy:
        copy.change([SetValue(("contacts", "cybertipline", "phone"), "1-800-843-5679")], "number")
        copy.save()
    with contextlib.closing(WorkingCopy(file)) as copy:
        assert file.read_bytes() == copy.data
        changed = [
            pair
            for pair in zip(lines, copy.data.splitlines(keepends=True), strict=True)
            if pair[0] != pair[1]
        ]
        assert changed == [
            (b"    phone: 1-800-843-5678" + newline, b"    phone: 1-800-843-5679" + newline)
        ]
        copy.undo()
        copy.save()
    assert file.read_bytes() == b"".join(lines)


def test_links_and_permissions_stay(file: Path, tmp_path: Path) -> None:
    file.chmod(0o640)
    link = tmp_path / "elsewhere" / "link.yaml"
    link.parent.mkdir()
    link.symlink_to(file)
    with contextlib.closing(WorkingCopy(link)) as copy:
        copy.change([SetValue(PHONE, "1")], "number")
        with pytest.raises(AlreadyOpen):
            WorkingCopy(file)
        copy.save()
    assert link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert b'phone: "1"\n' in file.read_bytes() or b"phone: 1\n" in file.read_bytes()
    assert sorted(one.name for one in tmp_path.iterdir()) == [".studio", "elsewhere", "pack.yaml"]


def test_only_one_process_may_edit_a_file(file: Path, reopen: Open) -> None:
    reopen()
    code = (
        "import sys\nfrom pathlib import Path\nfrom editing.working_copy import WorkingCopy\n"
        "WorkingCopy(Path(sys.argv[1]))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, file], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "AlreadyOpen: pack.yaml is already open in the studio." in result.stderr


def test_a_write_protected_file_is_not_replaced(file: Path, reopen: Open) -> None:
    file.chmod(0o444)
    copy = reopen()
    copy.change([SetValue(PHONE, "1")], "number")
    with pytest.raises(OutputError, match=r"pack\.yaml can't be saved: it is write-protected"):
        copy.save()
    assert file.read_text() == TEXT
    file.chmod(0o644)
    copy = reopen()
    copy.save()
    assert file.read_bytes() == copy.data


def test_if_the_folder_can_not_be_written_to_the_draft_is_in_memory(
    file: Path, reopen: Open
) -> None:
    (file.parent / ".studio").write_text("a file where the folder should be")
    copy = reopen()
    assert copy.unkept
    copy.change([SetValue(PHONE, "1")], "number")
    copy.undo()
    copy.redo()
    copy.save()
    assert file.read_bytes() == copy.data != TEXT.encode()


def test_a_full_disk_loses_nothing(file: Path, reopen: Open) -> None:
    """Files can't grow beyond a limit for a while: what was not written then is written later."""
    copy = reopen()
    copy.change([SetValue(PHONE, "1")], "number")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
        copy.change([SetValue(PHONE, "2")], "number")
        assert copy.unkept == "File too large"
        with pytest.raises(OutputError):
            copy.save()
        assert file.read_text() == TEXT
        copy.change([SetValue(PHONE, "3")], "number")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    copy.change([SetValue(TITLE, "The start")], "title")
    assert not copy.unkept
    assert [one.title for one in reopen().history()] == ["title", "number", "number", "number"]
    assert reopen().data == copy.data


def test_a_damaged_draft_is_kept_aside(file: Path, reopen: Open) -> None:
    journal = file.parent / ".studio" / "pack.yaml" / "journal.jsonl"
    damaged = []
    for number, (old, new) in enumerate(
        [(b'"start"', b'"stxrt"'), (b"5325", b"5326"), (b"{", b"["), (b"change", b"chance")], 1
    ):
        copy = reopen()
        copy.change([SetValue(PHONE, "1-800-225-5325")], "number")
        copy.change([SetValue(TITLE, "The start")], "title")
        assert old in journal.read_bytes()
        journal.write_bytes(journal.read_bytes().replace(old, new))
        damaged.append(journal.read_bytes())
        copy = reopen()
        assert copy.damaged
        assert copy.damaged.name == f"journal.jsonl.damaged-{number}"
        assert copy.damaged.read_bytes() == damaged[-1]
        assert copy.data.decode() == TEXT
        assert not journal.exists()
    assert reopen().damaged is None


# Killed


def test_half_a_line_at_the_end_of_the_journal_is_as_if_it_had_not_happened(
    file: Path, reopen: Open
) -> None:
    journal = file.parent / ".studio" / "pack.yaml" / "journal.jsonl"
    copy = reopen()
    copy.change([SetValue(PHONE, "1")], "number")
    before, size = copy.data, journal.stat().st_size
    copy.change([SetValue(TITLE, "The start")], "title")
    copy.close()
    whole = journal.read_bytes()
    for end in range(size, len(whole), 9):
        journal.write_bytes(whole[:end])
        with contextlib.closing(WorkingCopy(file)) as copy:
            assert copy.data == before
            assert copy.damaged is None
            if end % 2 == 0:
                copy.change([SetValue(TITLE, "Again")], "title")
        if end % 2 == 0:
            with contextlib.closing(WorkingCopy(file)) as copy:
                assert value(copy, TITLE) == "Again"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems can't fork safely")
def test_file_and_draft_are_whole_when_killed_before_any_file_operation(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    file = folder / "pack.yaml"

    def work() -> None:
        with contextlib.closing(WorkingCopy(file)) as copy:
            copy.change([SetValue(PHONE, "1-800-225-5325")], "number")
            copy.save()
            copy.change([SetValue(TITLE, "The start")], "title")
            copy.undo()

    old, new = TEXT.encode(), TEXT.replace("5324", "5325").encode()
    number, killed = 0, True
    while killed:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        file.write_bytes(old)
        killed = killed_before(number, work)
        assert file.read_bytes() in (old, new)
        with contextlib.closing(WorkingCopy(file)) as copy:
            assert copy.refresh().state is FileState.SAME
            assert copy.damaged is None
            assert not copy.unkept
            if file.read_bytes() == new:
                assert not copy.is_changed or copy.data != new
            copy.save()
            assert file.read_bytes() == copy.data
        assert sorted(one.name for one in folder.iterdir()) == [".studio", "pack.yaml"]
        number += 1
    assert number > 8
    assert file.read_bytes() == new


#: Changes a value for ever and saves it from time to time; says what is done.
_WORK = """
import sys
from pathlib import Path
from editing.edits import SetValue
from editing.working_copy import WorkingCopy
copy = WorkingCopy(Path(sys.argv[1]))
copy.refresh()
start = int(sys.argv[2])
print("started", flush=True)
for number in range(start, start + 100000):
    copy.change([SetValue(("contacts", "fbi", "phone"), f"{number} at home")], "number")
    print("changed", number, flush=True)
    if number % 3 == 0:
        copy.save()
        print("saved", number, flush=True)
"""


def test_nothing_acknowledged_is_lost_when_killed_at_any_moment(file: Path) -> None:
    chance = random.Random(5)
    start = done = 0
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", _WORK, file, str(start)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout
            assert process.stdout.readline() == "started\n"
            time.sleep(chance.uniform(0, 0.1))
            process.kill()
            said = [line.split() for line in process.stdout.read().splitlines()]
        changed = max(
            (int(number) for what, number in said if what == "changed"), default=start - 1
        )
        saved = max((int(number) for what, number in said if what == "saved"), default=-1)
        with contextlib.closing(WorkingCopy(file)) as copy:
            assert copy.refresh().state is FileState.SAME
            assert copy.damaged is None
            if number := number_in(copy.data):
                assert changed <= number <= changed + 1
            on_disk = number_in(file.read_bytes())
            assert max(saved, 0) <= on_disk <= saved + 3 or saved == -1
            start = max(start, changed + 1)
        done += len(said)
    assert done > KILLS


def number_in(data: bytes) -> int:
    """The number in the contact's phone; 0 in a file that nothing was saved to."""
    before, _, _ = data.partition(b" at home")
    return int(before.rpartition(b"phone: ")[2]) if before != data else 0
