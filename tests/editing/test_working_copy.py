"""The working copy: changes, undo, restarts, and the files that it is kept in."""

import contextlib
import resource
import signal
import stat
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from editing.changes import value_at
from editing.draft_journal import AlreadyOpen
from editing.edits import CannotEdit, Edit, Insert, Move, Remove, Rename, SetValue
from editing.history import EventKind
from editing.working_copy import WorkingCopy
from pack.errors import OutputError
from tests.conftest import CONTENT, ROOT
from tests.editing.conftest import PHONE, POINTS, TEXT, TITLE, Open


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


def test_any_thread_writes_to_the_journal(file: Path, reopen: Open) -> None:
    copy = reopen()
    change = Thread(target=copy.change, args=([SetValue(PHONE, "911")], "number"))
    change.start()
    change.join()
    closing = Thread(target=copy.close)
    closing.start()
    closing.join()
    assert [one.title for one in reopen().history()] == ["number"]


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


def test_what_is_changed_in_one_visit_is_one_step_also_after_opening_again(
    reopen: Open,
) -> None:
    copy = reopen()
    before = copy.data
    for visit, title in (("1", "A"), ("1", "A pack"), ("2", "A pack of"), ("", "A pack of tips")):
        copy.change([SetValue(TITLE, title)], title, visit=visit)
    copy = reopen()
    assert [one.title for one in copy.history()] == ["A pack of tips", "A pack of", "A pack"]
    titles = [copy.undo() for _ in range(3)]
    assert titles == ["A pack of tips", "A pack of", "A pack"]
    assert copy.data == before and not copy.can_undo
    assert copy.redo() == "A pack"
    assert value_at(copy.source.values, TITLE) == "A pack"
