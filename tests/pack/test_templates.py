"""Templates are compiled once, which never changes the result."""

import os
from pathlib import Path

import pytest

from tests.conftest import WATER, run_cli


def made(temporary: Path, output: Path) -> bytes:
    """A sheet of the sample pack, built with this temporary folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(temporary))
        result = run_cli("build", WATER, "--only", "poster", "--output", output)
    assert result.returncode == 0, result.stderr
    return (output / "water-safety" / "poster.pdf").read_bytes()


def kept(temporary: Path) -> list[Path]:
    return [file for file in temporary.rglob("handout-press-*.cache") if file.is_file()]


@pytest.mark.skipif(os.name != "posix", reason="elsewhere temporary folders are not shared")
def test_what_is_compiled_is_kept_for_this_user_alone(tmp_path: Path) -> None:
    made(tmp_path, tmp_path / "out")
    assert kept(tmp_path)
    assert all(file.parent.stat().st_mode & 0o77 == 0 for file in kept(tmp_path))


def test_a_broken_file_of_what_was_compiled_does_no_harm(tmp_path: Path) -> None:
    first = made(tmp_path, tmp_path / "first")
    assert kept(tmp_path)
    for part in (0, 4, 40, 400):
        for file in kept(tmp_path):
            file.write_bytes(file.read_bytes()[:part] + bytes(10))
        assert made(tmp_path, tmp_path / str(part)) == first


def test_without_a_folder_to_keep_it_in_templates_are_compiled_each_time(tmp_path: Path) -> None:
    first = made(tmp_path, tmp_path / "one")
    other = tmp_path / "other"
    other.mkdir()
    (other / f"_jinja2-cache-{os.getuid()}").write_text("in the way")
    assert made(other, tmp_path / "two") == first
    assert not kept(other)
