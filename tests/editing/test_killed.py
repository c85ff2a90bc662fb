"""The program is killed at any moment: the file is whole, and so is the draft."""

import contextlib
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from editing.edits import SetValue
from editing.working_copy import FileState, WorkingCopy
from tests.conftest import ROOT
from tests.editing.conftest import PHONE, TEXT, TITLE, Open, value
from tests.press.test_killed import killed_before

#: How many times the program is killed; set it higher for a longer run.
KILLS = int(os.environ.get("STUDIO_KILLS", "15"))


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
            # Half a line, where output is not buffered, says nothing.
            whole = process.stdout.read().rpartition("\n")[0]
            said = [line.split() for line in whole.splitlines()]
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
