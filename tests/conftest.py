"""What tests share: the finished materials, the command line, a browser, other programs."""

import gc
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from pack.items import School
from pack.load import read_pack
from pack.model import Pack
from press.languages import in_languages
from press.options import BuildOptions
from tests.tools import forked

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "content" / "sextortion.yaml"
#: Builds of the real content, without its translations.
ENGLISH = ("--language", "en")

WATER = ROOT / "tests" / "sample_packs" / "water-safety.yaml"

#: A school of which all is known, with a long name.
LONG_SCHOOL = School.model_construct(
    name="Cedar Valley Bilingual Elementary and Middle School (K–8) of the Joint District No. 4",
    contact="School counselor’s office",
    phone="303-555-0142",
    email="office@cedar-valley.example",
    website="https://cedar-valley.example/safety",
    logo=None,
)

# If tests are started in the background, Ctrl-C may be ignored, and programs inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

# As the program does: more garbage waits for less searching.
gc.set_threshold(500_000, 10, 10)

Run = Callable[..., subprocess.CompletedProcess[str]]


def run_cli(*arguments: object, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run make_materials.py in a process of its own, as people do."""
    texts = [str(one) for one in arguments]
    if forked.possible():
        return forked.run(texts, folder)
    return subprocess.run(
        [sys.executable, str(ROOT / "make_materials.py"), *texts],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="session")
def run() -> Run:
    return run_cli


@pytest.fixture
def earlier_steps(request: pytest.FixtureRequest) -> None:
    """For tests that build on each other: those before this one that this process has not run.

    The tests of a file may be divided among processes.
    """
    ran: set[str] = vars(request.module).setdefault("_ran", set())
    for name, step in [*vars(request.module).items()]:
        if step is request.function:
            ran.add(name)
            return
        if name.startswith("test_") and name not in ran:
            ran.add(name)
            step(**{one: request.getfixturevalue(one) for one in signature(step).parameters})


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a build of the real content; no test changes it."""
    return _built_once(tmp_path_factory.getbasetemp(), CONTENT, *ENGLISH)


@pytest.fixture(scope="session")
def water(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of a pack on another topic, which has no `page:`."""
    return _built_once(tmp_path_factory.getbasetemp(), WATER)


def _built_once(folder: Path, content: Path, *options: str) -> Path:
    """A build that all processes of a test run share: the first that needs it makes it."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    made = folder / f"built-{content.stem}" / content.stem
    with FileLock(folder / f"{made.parent.name}.lock"):
        if not (made / "manifest.json").exists():
            result = run_cli("build", content, *options, "--output", made.parent)
            assert result.returncode == 0, result.stderr
    return made


@cache
def shipped(language: str) -> Pack:
    """The real pack in one of the languages that it comes in, as a draft."""
    drafts = BuildOptions(drafts=True, languages=(language,))
    (versions,) = in_languages([read_pack(CONTENT)], drafts)
    (found,) = versions.translated
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, shared: Playwright can't be started twice in one process."""
    from playwright.sync_api import sync_playwright

    arguments = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
        "--disable-background-networking --disable-component-update"
    )
    chromium = program("chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=arguments.split())
        yield started
        started.close()


def program(name: str) -> str:
    """The path of an external program; without it, the test is skipped, or fails in CI."""
    found = shutil.which(name)
    if found is None:
        missing(name)
    return str(found)


def missing(name: str) -> None:
    """Skip a test because an external program is missing; in CI, that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{name} is not installed, and CI must have it")
    pytest.skip(f"{name} is not installed")
