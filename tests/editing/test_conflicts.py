"""Several forms and other programs change one file: nothing typed is ever lost."""

import time
from pathlib import Path

import pytest

from editing.edits import CannotEdit, Edit, Insert, Move, Remove, Rename, SetValue
from editing.rebase import Conflict
from editing.working_copy import ConflictError, FileChanged, FileState, WorkingCopy
from pack.errors import ContentError
from tests.editing.conftest import PHONE, POINTS, TEXT, TITLE, Open, points, replace, value


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


def test_a_file_saved_by_another_program_is_taken(file: Path, reopen: Open) -> None:
    copy = reopen()
    replace(file, ("How it starts", "The start"), ("# Numbers", "# All numbers"))
    assert copy.refresh("of another program").state is FileState.TAKEN
    assert copy.data == file.read_bytes()
    assert not copy.is_changed
    assert copy.refresh().state is FileState.SAME
    assert copy.undo() == "of another program"
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
