"""Killed before any file operation: the folder is the whole old one or the whole new one."""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from press.publish import publish, remove_leftovers, replace_files
from schools.publish import publish_school, recover

OLD = {"sheet.pdf": b"old", "page.html": b"the same", "assets/style.css": b"old"}
NEW = {"sheet.pdf": b"new", "page.html": b"the same", "more/new.pdf": b"new"}
SCHOOLS = {"schools/elm/sheet.pdf": b"elm", "schools/fir/sheet.pdf": b"fir"}

#: What Python announces before it changes something in the file system, or exchanges two folders.
_CHANGES = {"os.mkdir", "os.rename", "os.link", "os.symlink", "os.remove", "os.rmdir", "os.chmod"}
_CHANGES |= {"ctypes.dlsym", "shutil.rmtree"}


def killed_before(number: int, work: Callable[[], object]) -> bool:
    """Do some work in a process that is killed before its change of that number, if it has one."""
    child = os.fork()
    if child == 0:
        left = number

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            writing = event == "open" and bool(set(str(arguments[1] or "r")) & set("wax+"))
            if event in _CHANGES or writing:
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def files(folder: Path) -> dict[str, bytes]:
    """The files in a folder as people see them, whether or not a link is on the way."""
    return {
        (Path(at) / name).relative_to(folder).as_posix(): (Path(at) / name).read_bytes()
        for at, _, names in os.walk(folder, followlinks=True)
        for name in names
    }


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems can't fork safely")


@pytest.mark.parametrize("schools", [{}, SCHOOLS], ids=["alone", "with schools"])
def test_a_pack_s_folder_is_whole_whenever_its_build_is_killed(
    tmp_path: Path, schools: Mapping[str, bytes]
) -> None:
    folder = tmp_path / "pack"
    new = {**NEW, **schools}
    seen = []
    for number in range(1000):
        shutil.rmtree(tmp_path)
        write(folder, {**OLD, **schools})
        killed = killed_before(number, lambda: publish(folder, NEW, without=["assets/style.css"]))
        seen.append(files(folder))
        assert seen[-1] in ({**OLD, **schools}, new)
        remove_leftovers(folder)
        assert [one.name for one in tmp_path.iterdir()] == ["pack"]
        assert files(folder) == seen[-1]
        assert not (folder / "schools").is_symlink()
        if not killed:
            break
    assert number > 10
    assert seen[0] != seen[-1] == new


def test_a_school_s_folder_is_whole_whenever_its_build_is_killed(tmp_path: Path) -> None:
    pack, school = tmp_path / "pack", tmp_path / "pack" / "schools" / "elm"
    known = {name: {sha256(data).hexdigest()} for name, data in OLD.items()}
    for number in range(1000):
        shutil.rmtree(tmp_path)
        write(school, OLD)
        killed = killed_before(number, lambda: publish_school(school, NEW, known, whole=True))
        assert files(school) in (OLD, NEW)
        recover(pack)
        assert [one.name for one in (pack / "schools").iterdir()] == ["elm"]
        if not killed:
            break
    assert number > 5


def test_a_file_beside_the_folders_is_whole_whenever_its_build_is_killed(tmp_path: Path) -> None:
    for number in range(100):
        write(tmp_path, {"index.html": b"old"})
        killed = killed_before(number, lambda: replace_files(tmp_path, {"index.html": b"new"}))
        assert (tmp_path / "index.html").read_bytes() in (b"old", b"new")
        remove_leftovers(tmp_path / "pack")
        assert [one.name for one in tmp_path.iterdir()] == ["index.html"]
        if not killed:
            break
    assert (tmp_path / "index.html").read_bytes() == b"new"
