"""The rooms of the house: all lists of them agree, and none imports what it must not.

`lint-imports` checks which room may import which (`[tool.importlinter]` in pyproject.toml).
"""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

from pack import ROOMS
from tests.conftest import ROOT, WATER

TOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]

#: Packages that take long to import.
RENDERERS = ("weasyprint", "pptx")


def python(*arguments: str, folder: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=True
    )


def test_rooms_are_the_folders_with_the_program() -> None:
    packages = {file.parent.name for file in ROOT.glob("*/__init__.py")}
    assert packages - {"tests", "benchmarks"} == {*ROOMS}


def test_a_change_in_any_room_makes_another_program(tmp_path: Path) -> None:
    for name in (*ROOMS, "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    counted = [*(f"{room}/__init__.py" for room in ROOMS), "templates/theme.toml"]
    left_out = ["templates/slides/make_theme.py"]
    code = (
        "import sys\n"
        "from press.build_id import program\n"
        "print(program())\n"
        "for name in sys.argv[1:]:\n"
        "    open(name, 'a').write('# mine\\n')\n"
        "    program.cache_clear()\n"
        "    print(program())\n"
    )
    values = python("-c", code, *counted, *left_out, folder=tmp_path).stdout.split()
    assert len({*values}) == 1 + len(counted)
    assert values[-1] == values[-2]


def test_the_wheel_contains_all_rooms() -> None:
    wheel = TOOLS["hatch"]["build"]["targets"]["wheel"]
    assert wheel["only-include"] == ["make_materials.py", *ROOMS, "templates"]


def test_types_are_checked_in_all_rooms() -> None:
    others = {"make_materials.py", "packaging", "templates", "docs", "tests", "benchmarks"}
    assert {*TOOLS["mypy"]["files"]} == {*ROOMS, *others}


def test_imports_are_checked_in_all_rooms() -> None:
    linter = TOOLS["importlinter"]
    floors, front_door = linter["contracts"][:2]
    assert linter["root_packages"] == [*ROOMS]
    assert [room for floor in floors["layers"] for room in floor.split(" | ")] == [*ROOMS]
    assert front_door["source_modules"] == [*ROOMS]


def test_setup_compiles_all_rooms() -> None:
    script = (ROOT / "setup.sh").read_text("utf-8")
    found = re.search(r"compileall -q make_materials\.py [^']*python -c '([^']+)'", script)
    assert found
    assert python("-c", found[1]).stdout.split() == [*ROOMS]


def test_no_module_imports_itself_through_others() -> None:
    """Not even inside a function, or only for types."""
    graph = grimp.build_graph(*ROOMS, cache_dir=None)
    # Code that is sent to a cluster imports its own module there: that is no cycle.
    imports = {
        name: graph.find_modules_directly_imported_by(name) - {name} for name in graph.modules
    }
    assert len(imports) > 100
    TopologicalSorter(imports).prepare()  # raises CycleError


def test_no_two_classes_have_the_same_name() -> None:
    places = defaultdict(list)
    for file in sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                name = f"{file.relative_to(ROOT)}:{node.lineno}"
                places[node.name.lstrip("_")].append(name)
    assert len(places) > 100
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_stamping_imports_no_renderer() -> None:
    code = (
        "import pkgutil, sys\n"
        "import schools.stamp as stamp\n"
        "for one in pkgutil.walk_packages(stamp.__path__, 'schools.stamp.'):\n"
        "    __import__(one.name)\n"
        "print(*sys.modules)\n"
    )
    imported = python("-c", code).stdout.split()
    assert "schools.stamp.pdf" in imported
    assert not {*RENDERERS} & {*imported}


@pytest.mark.parametrize(
    "command", [["--help"], ["check", str(WATER)], ["list", str(WATER)], ["schema"]]
)
def test_commands_that_make_no_files_import_no_renderer(command: list[str]) -> None:
    output = python("-X", "importtime", "make_materials.py", *command).stderr
    imported = {line.split("|")[-1].strip() for line in output.splitlines()}
    assert "click" in imported
    assert not {*RENDERERS} & imported
