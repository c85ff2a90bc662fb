"""A list of schools on a Dask cluster: the same bytes, whatever happens to a worker."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pack import ROOMS
from tests.conftest import ROOT, WATER, Run, run_cli
from tests.schools.test_faults import start, until_some_are_made
from tests.tools.cluster import scheduler_in, workers_in
from tests.tools.district import AMAL, ELM, PINE, Row, beside, build, files, many, write

ROWS: list[Row] = [*many(120), ELM, PINE]


@dataclass(frozen=True)
class Cluster:
    """The address of a scheduler, and the process that keeps its workers running."""

    address: str
    workers: "subprocess.Popen[str]"


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler without the program, and without workers."""
    with scheduler_in(tmp_path_factory.mktemp("scheduler")) as address:
        yield address


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program as on another machine: in another folder, and without any content."""
    folder = tmp_path_factory.mktemp("machine") / "program"
    left_out = shutil.ignore_patterns("__pycache__", "*.pyc")
    for room in (*ROOMS, "templates"):
        shutil.copytree(ROOT / room, folder / room, ignore=left_out)
    return folder


@pytest.fixture(scope="module")
def cluster(program: Path) -> Iterator[Cluster]:
    """Another scheduler with two workers, started in the program's folder."""
    with scheduler_in(program) as address, workers_in(program, address, 2) as workers:
        yield Cluster(address, workers)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list, and what this machine makes from it without a cluster."""
    folder = tmp_path_factory.mktemp("alone")
    result = run_cli(*build(write(folder, ROWS), folder / "out"))
    assert result.returncode == 0, result.stderr
    return folder


def test_a_cluster_makes_the_same_bytes_and_knows_what_it_made(
    run: Run, alone: Path, cluster: Cluster, tmp_path: Path
) -> None:
    write(tmp_path, ROWS)
    arguments = build(tmp_path / "schools.csv", tmp_path / "out", "--scheduler", cluster.address)
    result = run(*arguments)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("122 schools made, 244 files, in ")
    assert files(tmp_path / "out") == files(alone / "out")
    write(tmp_path, [*ROWS[:-2], {**ELM, "contact": "Inkwell office"}, PINE])
    again = run(*arguments)
    assert again.stdout.startswith("1 school made, 2 files, 121 kept, in ")
    # What was replaced is not mistaken for somebody's own.
    elm = tmp_path / "out" / "sextortion" / "schools" / "elm"
    here = sorted(one.name for one in elm.iterdir() if not beside(one))
    assert here == ["myths-and-facts.pdf", "parent-night.pptx"]


def test_workers_need_no_content_and_lay_out_what_can_not_be_stamped(
    run: Run, cluster: Cluster, tmp_path: Path
) -> None:
    content = tmp_path / "pack" / "water-safety.yaml"
    shutil.copytree(WATER.parent, content.parent)
    schools = write(tmp_path, [ELM, PINE, AMAL])
    only = ["build", content, "--schools", schools, "--only", "tip-sheet", "--output"]
    there = run(*only, tmp_path / "out", "--scheduler", cluster.address)
    assert there.returncode == 0, there.stderr
    assert "tip-sheet.pdf: laid out separately for 1 school\n" in there.stdout
    assert run(*only, tmp_path / "new").returncode == 0
    assert files(tmp_path / "out") == files(tmp_path / "new")


def test_workers_put_files_into_a_store_themselves(
    run: Run, alone: Path, cluster: Cluster, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    options = ("--scheduler", cluster.address, "--store", store.as_uri())
    result = run(*build(alone / "schools.csv", tmp_path / "out", *options))
    assert result.returncode == 0, result.stderr
    assert files(store) == files(alone / "out")
    again = run(*build(alone / "schools.csv", tmp_path / "out", *options))
    assert again.stdout.startswith("0 schools made, 0 files, 122 kept, in ")
    (store / "sextortion" / "schools" / "elm" / "parent-night.pptx").unlink()
    again = run(*build(alone / "schools.csv", tmp_path / "out", *options))
    assert again.stdout.startswith("1 school made, 2 files, 121 kept, in ")
    assert files(store) == files(alone / "out")


def test_a_worker_that_is_killed_loses_nothing(
    alone: Path, cluster: Cluster, tmp_path: Path
) -> None:
    process = start(build(alone / "schools.csv", tmp_path / "out", "--scheduler", cluster.address))
    until_some_are_made(tmp_path / "out" / "sextortion" / "schools")
    os.kill(children(cluster.workers.pid)[-1], signal.SIGKILL)
    printed, error = process.communicate()
    assert process.returncode == 0, error
    assert printed.startswith("122 schools made, 244 files, in ")
    assert files(tmp_path / "out") == files(alone / "out")


def children(pid: int) -> list[int]:
    """The workers that a nanny has started."""
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=True)
    lines = {child: Path(f"/proc/{child}/cmdline").read_text() for child in found.stdout.split()}
    return [int(child) for child, line in lines.items() if "resource_tracker" not in line]


@pytest.mark.parametrize(
    ("address", "code", "message"),
    [
        ("tcp://127.0.0.1:1", 4, "No Dask scheduler answers at tcp://127.0.0.1:1."),
        (
            "dask:here",
            2,
            "Error: “dask:here” is not the address of a Dask scheduler: write it as tcp://",
        ),
    ],
)
def test_no_scheduler_is_reported_in_one_line(
    address: str, code: int, message: str, run: Run, tmp_path: Path
) -> None:
    result = run(*build(write(tmp_path, [ELM]), tmp_path / "out", "--scheduler", address))
    assert result.returncode == code
    assert result.stderr.splitlines()[-1].startswith(message)
    assert "Traceback" not in result.stderr


def test_workers_without_the_program_are_reported_in_one_line(
    run: Run, scheduler: str, tmp_path: Path
) -> None:
    with workers_in(tmp_path, scheduler, 1):
        result = run(*build(write(tmp_path, [ELM]), tmp_path / "out", "--scheduler", scheduler))
    assert result.returncode == 4
    assert "A worker of the cluster can't find the program. Start workers in " in result.stderr
    assert "Traceback" not in result.stderr


def test_a_worker_with_another_program_is_reported_in_one_line(
    run: Run, scheduler: str, program: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(program, tmp_path / "program"))
    with (other / "templates" / "theme.toml").open("a") as stream:
        stream.write("# mine\n")
    with workers_in(other, scheduler, 1):
        result = run(*build(write(tmp_path, [ELM]), tmp_path / "out", "--scheduler", scheduler))
    assert result.returncode == 4
    assert "is a different version, or has different templates." in result.stderr
    assert "Traceback" not in result.stderr
