"""The wheel, installed into a fresh environment: one package that works from any folder."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from pack.theme import TEMPLATES
from tests.conftest import ROOT
from tests.tools import verapdf
from tests.tools.cluster import scheduler_in, workers_in
from tests.tools.district import ELM, FIR, OAK, files, write

SPAWN = {"HANDOUT_PRESS_START_METHOD": "spawn"}


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel, what the wheel added, and a folder with a list of schools."""

    wheel: Path
    bin: Path
    modules: Path
    added: set[str]
    folder: Path

    @property
    def python(self) -> str:
        return str(self.bin / "python")

    def run(self, *command: object, **environment: str) -> str:
        """Run a script, or Python, of the environment in the folder; returns its output."""
        name, *arguments = map(str, command)
        result = subprocess.run(
            [str(self.bin / name), *arguments],
            cwd=self.folder,
            env={**os.environ, **environment},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    def made(self, output: str) -> dict[str, bytes]:
        found = files(self.folder / output)
        assert found
        return found


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    home = tmp_path_factory.mktemp("environment")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(home)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = home.glob("*.whl")
    venv.create(home, symlinks=True)
    paths = {"base": str(home), "platbase": str(home)}
    scripts, modules = (
        Path(sysconfig.get_path(name, "venv", paths)) for name in ("scripts", "purelib")
    )
    # The program uses the dependencies of the tests: nothing is downloaded.
    packages = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    (modules / "packages.pth").write_text("\n".join(packages))
    before = {*scripts.iterdir(), *modules.iterdir()}
    pip = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install"]
    options = ["--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*pip, *options, str(wheel)], check=True, capture_output=True)
    added = {file.name for file in (*scripts.iterdir(), *modules.iterdir()) if file not in before}
    folder = tmp_path_factory.mktemp("district")
    # A folder with such a name, or a package of another program, is not mistaken for ours.
    for name in ("pack", "slides"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text("raise SystemExit('not the program')")
    write(folder, [ELM, FIR, OAK])
    made = Installed(wheel, scripts, modules, added, folder)
    created = made.run("make-materials", "new", "bike-safety")
    assert created.endswith("then run: make-materials build content/bike-safety.yaml\n")
    return made


@pytest.fixture(scope="module")
def schools(installed: Installed) -> dict[str, bytes]:
    """The files made for a list of schools."""
    installed.run("make-materials", "build", "--schools", "schools.csv", "--jobs", "3")
    return installed.made("output/bike-safety/schools")


def test_it_adds_one_name_to_site_packages(installed: Installed) -> None:
    version = installed.wheel.name.split("-")[1]
    information = f"handout_press-{version}.dist-info"
    assert installed.added == {"handout_press", information, "make-materials"}
    licenses = installed.modules / information / "licenses"
    fonts = [file.relative_to(ROOT) for file in TEMPLATES.rglob("OFL-*.txt")]
    for file in (Path("LICENSE"), *fonts):
        assert (licenses / file).read_bytes() == (ROOT / file).read_bytes()


def test_it_contains_no_tests_and_nothing_for_maintainers(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as package:
        names = [Path(name) for name in package.namelist()]
    assert not [name for name in names if {"tests", "benchmarks", "content"} & {*name.parts}]
    assert not [name for name in names if "templates" in name.parts and name.suffix == ".py"]


def test_it_is_the_same_program_as_in_the_repository(installed: Installed) -> None:
    """A cluster may have both kinds of workers."""
    code = "from press.build_id import program; print(program())"
    from_wheel = installed.run("python", "-c", f"import handout_press; {code}")
    here = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert from_wheel == here.stdout != ""


def test_it_builds_with_processes_that_are_forked_or_spawned(installed: Installed) -> None:
    assert "2 files made" in installed.run("make-materials", "build")
    build = ("build", "--output")
    assert "2 files made" in installed.run("make-materials", *build, "spawned", **SPAWN)
    # Children of a process started with -m are started in another way.
    module = ("python", "-m", "handout_press")
    assert "2 files made" in installed.run(*module, *build, "module", **SPAWN)
    assert installed.made("spawned") == installed.made("module")
    for name, data in installed.made("spawned").items():
        assert installed.made("output")[name] == data


def test_it_makes_a_list_of_schools_with_spawned_processes(
    installed: Installed, schools: dict[str, bytes]
) -> None:
    build = ("build", "--schools", "schools.csv", "--jobs", "3", "--output", "spawned-schools")
    assert "3 schools made" in installed.run("make-materials", *build, **SPAWN)
    assert installed.made("spawned-schools/bike-safety/schools") == schools


def test_workers_of_a_cluster_find_it_wherever_they_start(
    installed: Installed, schools: dict[str, bytes], tmp_path: Path
) -> None:
    build = ("build", "--schools", "schools.csv", "--output", "cluster", "--scheduler")
    with scheduler_in(tmp_path) as scheduler, workers_in(tmp_path, scheduler, 2, installed.python):
        assert "3 schools made" in installed.run("make-materials", *build, scheduler)
    assert installed.made("cluster/bike-safety/schools") == schools


def test_verapdf_finds_its_module_in_the_wheel(installed: Installed) -> None:
    verapdf.failures([])  # or it is missing
    code = "import handout_press; from preflight.verapdf import failures; print(failures([]))"
    assert installed.run("python", "-c", code) == "{}\n"
