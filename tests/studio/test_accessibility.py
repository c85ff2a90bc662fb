"""axe finds nothing against any page in any state; all of it fits narrow and enlarged pages."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect

from tests.studio.conftest import Studio, field, new_page

PAGES = {
    "contact": "edit/contacts/fbi",
    "topic with a problem": "edit/topics/money",
    "sheet": "edit/handouts/0",
    "slides": "edit/deck/slides",
    "slide": "edit/deck/slides/6",
    "contacts": "edit/contacts",
    "labels": "edit/labels",
    "school that is missing": "edit/school",
    "find": "find?q=fbi",
    "find nothing": "find?q=nowhere",
    "add": "add/contacts",
    "another name": "rename/contacts/fbi",
    "remove with references": "remove/contacts/safe2tell",
    "remove what must be named": "remove/contacts/fbi-page",
    "history": "history",
    "conflict": "conflicts",
    "no page": "nothing",
    "all packs": "../../packs",
}


@pytest.fixture(scope="module")
def prepared(shared: Studio) -> Studio:
    """A draft with a problem, a conflict with another program, and something in the history."""
    shared.post("change", **{"o:publisher/name": "The Foundation", "v:publisher/name": "Mine"})
    text = shared.original.decode().replace("name: The Foundation\n", "name: Theirs\n", 1)
    shared.file.write_text(text, "utf-8", newline="")
    money = {"o:topics/money/title": "When they want money", "v:topics/money/title": ""}
    assert shared.post("change", **money).status_code == 303
    return shared


@pytest.fixture(scope="module", params=["light", "dark"])
def looking(request: pytest.FixtureRequest, browser: Any, prepared: Studio) -> Iterator[Any]:
    with new_page(browser, color_scheme=request.param) as page:
        page.goto(prepared.at("edit/contacts/fbi"))
        yield page


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(
    looking: Any, prepared: Studio, name: str
) -> None:
    dark = looking.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    for width in (1440, 768, 720):  # the last is 1440 at 200 %
        looking.set_viewport_size({"width": width, "height": 900})
        if width == 1440:
            looking.goto(prepared.at(PAGES[name]))
        wide = looking.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, width
        # In the dark, only colors are others, and at any width the same.
        if width == 1440 or (width == 768 and not dark):
            found = Axe().run(looking)
            assert found.violations_count == 0, found.generate_report()


def test_axe_finds_nothing_against_a_form_that_was_refused(looking: Any, prepared: Studio) -> None:
    looking.goto(prepared.at("add/contacts"))
    field(looking, "Name in the file").fill("fbi")
    looking.get_by_role("button", name="Add", exact=True).click()
    expect(field(looking, "Name in the file")).to_have_attribute("aria-invalid", "true")
    assert Axe().run(looking).violations_count == 0
