"""The studio with the real pack, and a real browser."""

import contextlib
import dataclasses
import difflib
import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.conftest import CONTENT
from tests.studio.running import RunningStudio, running

#: Long enough for a busy machine: these tests are not about speed.
PATIENCE = 30_000


@dataclasses.dataclass
class Studio(RunningStudio):
    """The studio with the real pack, and the content file as it was."""

    original: bytes = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        self.original = self.file.read_bytes()

    def changed_lines(self) -> list[str]:
        """The lines of the saved file that differ from the original, with “-” or “+” before."""
        before, after = (
            data.decode().splitlines(keepends=True)
            for data in (self.original, self.file.read_bytes())
        )
        found = difflib.unified_diff(before, after, n=0)
        return [
            line.removesuffix("\n")
            for line in found
            if line[0] in "+-" and not line.startswith(("--- ", "+++ "))
        ]

    def undo_all(self) -> None:
        """Undo everything by the button's address, and save."""
        headers = {"Accept": "application/json"}
        token = self.token
        for _ in range(500):
            said = self.client.post(
                self.at("do/undo"), data={"token": token, "place": "pack"}, headers=headers
            ).json()["said"]
            if said == "There is nothing to undo.":
                break
        self.client.post(self.at("do/save"), data={"token": token, "place": "pack"})


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """One studio for all tests of a module, with a copy of the real pack."""
    folder = tmp_path_factory.mktemp("studio")
    shutil.copytree(CONTENT.parent, folder / "content")
    with running(Studio, folder / "content" / CONTENT.name, folder / "out") as studio:
        yield studio


@pytest.fixture
def studio(shared: Studio) -> Iterator[Studio]:
    """The module's studio; after each test, all is undone, and the file is as it was."""
    yield shared
    shared.undo_all()
    assert shared.file.read_bytes() == shared.original


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that sends requests only to this computer, and whose script never fails."""
    with new_page(browser) as one:
        yield one


@contextlib.contextmanager
def new_page(browser: Any, **how: Any) -> Iterator[Any]:
    """A page in a browser of its own, as of another person; `how` is for Playwright."""
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}} | how)
    requested: list[str] = []
    failed: list[str] = []
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("request", lambda request: requested.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    yield page
    context.close()
    assert all(url.startswith(("http://127.0.0.1:", "data:,")) for url in requested)
    assert not failed


def save(page: Any) -> None:
    """Press “Save”, and wait until it is done."""
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#said")).to_have_text("Saved in sextortion.yaml.", timeout=PATIENCE)


def field(page: Any, name: str, role: str = "textbox") -> Any:
    """The field with a name, which may say that it is needed."""
    pattern = re.compile(rf"^{re.escape(name)}( \(needed\))?$")
    return page.locator("main").get_by_role(role, name=pattern)
