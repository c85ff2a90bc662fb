"""The program in processes of their own that have all of it imported.

Importing its libraries is half of a small build. Here, each process of a test run does that once,
in the fork server of multiprocessing: it only imports, so its forks are like new starts.
"""

import multiprocessing
import os
import runpy
import sys
import tempfile
from functools import cache
from multiprocessing import forkserver
from pathlib import Path
from subprocess import CompletedProcess

ROOT = Path(__file__).resolve().parent.parent.parent


def _read_at_start() -> dict[str, str]:
    """The variables that count only for a process that starts anew."""
    names = ("PYTHON", "HANDOUT_PRESS_")
    return {name: value for name, value in os.environ.items() if name.startswith(names)}


_AT_START = _read_at_start()


def possible() -> bool:
    """Whether a fork does what a new start would do."""
    return sys.platform == "linux" and _read_at_start() == _AT_START


def run(arguments: list[str], folder: Path) -> CompletedProcess[str]:
    """Run make_materials.py in a folder, as `subprocess.run` does."""
    _start_server()
    with tempfile.TemporaryDirectory() as made:
        printed, errors = Path(made, "printed"), Path(made, "errors")
        process = multiprocessing.get_context("forkserver").Process(
            target=_main, args=(arguments, folder, dict(os.environ), (printed, errors))
        )
        process.start()
        process.join()
        assert process.exitcode is not None
        return CompletedProcess(
            arguments, process.exitcode, printed.read_text("utf-8"), errors.read_text("utf-8")
        )


@cache
def _start_server() -> None:
    here = Path.cwd()
    os.chdir(ROOT)  # where it looks for modules
    forkserver.set_forkserver_preload(["tests.tools.imported"])
    forkserver.ensure_running()
    os.chdir(here)


def _main(
    arguments: list[str], folder: Path, environment: dict[str, str], output: tuple[Path, Path]
) -> None:
    assert "tests.tools.imported" in sys.modules
    for number, file in enumerate(output, start=1):
        opened = os.open(file, os.O_WRONLY | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None  # found anew, by these variables
    sys.argv = [str(ROOT / "make_materials.py"), *arguments]
    runpy.run_path(sys.argv[0], run_name="__main__")
