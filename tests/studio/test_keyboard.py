"""The real pack is changed by keyboard alone: Tab, Enter, Space and typing."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.studio.conftest import PATIENCE, Studio

_NAME = """() => {
  const one = document.activeElement;
  const label = one.labels?.[0] ?? one;
  return label.innerText?.trim() || one.getAttribute("aria-label") || "";
}"""


def tab_to(page: Any, name: str, *, back: bool = False) -> None:
    """Press Tab until what has the focus has a name that matches."""
    key = "Shift+Tab" if back else "Tab"
    for _ in range(400):
        page.keyboard.press(key)
        found = re.sub(r"\s+", " ", page.evaluate(_NAME))
        if re.fullmatch(rf"{name}( \(needed\))?", found):
            return
    raise AssertionError(f"Tab doesn't lead to {name}")


def save(page: Any) -> None:
    page.wait_for_load_state()  # the key is our script's
    page.keyboard.press("Control+s")
    expect(page.locator("#said")).to_have_text("Saved in sextortion.yaml.", timeout=PATIENCE)


def _retype(page: Any, text: str) -> None:
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def test_a_number_is_changed(page: Any, studio: Studio) -> None:
    page.goto(studio.at("edit/pack"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skip to the form
    expect(page.locator("#main")).to_be_focused()
    page.goto(studio.at("edit/pack"))
    tab_to(page, r"Contacts.*")
    page.keyboard.press("Enter")
    tab_to(page, "Safe2Tell Colorado")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Contacts, Safe2Tell Colorado")
    tab_to(page, "Phone")
    _retype(page, "303-555-0142")
    save(page)
    assert studio.changed_lines() == ["-    phone: 1-877-542-7233", "+    phone: 303-555-0142"]
    page.reload()
    tab_to(page, "Undo")
    page.keyboard.press("Space")
    expect(page.locator("#said")).to_contain_text("Undone:", timeout=PATIENCE)
    tab_to(page, "Save", back=True)
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Saved in sextortion.yaml.", timeout=PATIENCE)
    assert studio.file.read_bytes() == studio.original


def test_a_contact_is_added_and_removed(page: Any, studio: Studio) -> None:
    page.goto(studio.at("edit/contacts"))
    tab_to(page, "Add")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Add to Contacts")
    tab_to(page, "Name in the file")
    page.keyboard.type("Local police")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Local police")
    tab_to(page, "Name")
    _retype(page, "Maple Grove police")
    tab_to(page, "What it is for")
    page.keyboard.type("Report it")
    tab_to(page, "Phone")
    page.keyboard.type("911")
    tab_to(page, "More fields.*")
    page.keyboard.press("Space")
    tab_to(page, "Added by us")
    page.keyboard.type("yes")
    save(page)
    assert studio.changed_lines()[1:] == [
        "+  local-police:",
        "+    name: Maple Grove police",
        '+    use: "Report it"',
        '+    phone: "911"',
        "+    added: true",
    ]
    tab_to(page, "Remove .*")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Remove")
    page.wait_for_load_state()
    tab_to(page, "Remove")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Contacts", timeout=PATIENCE)
    save(page)
    assert studio.file.read_bytes() == studio.original


def test_a_slide_is_moved_and_the_focus_goes_with_it(page: Any, studio: Studio) -> None:
    page.goto(studio.at("edit/deck/slides"))
    tab_to(page, r"Move down 3\..*")
    for number in (4, 5):
        page.keyboard.press("Enter")
        button = page.get_by_role("button", name=f"Move down {number}. Tonight ends")
        expect(button).to_be_focused(timeout=PATIENCE)
    save(page)
    # The two slides that were after it are before it now.
    lines = studio.file.read_text("utf-8").split("\n")
    starts = (
        "    - {layout: people, figures: [one-in-five]",
        "    - {layout: video, videos: [explained]",
    )
    people, video = (next(one for one in lines if one.startswith(start)) for start in starts)
    blank = ""
    assert studio.changed_lines() == [
        *(f"+{line}" for line in (people, blank, video)),
        *(f"-{line}" for line in (blank, people, video)),
    ]


def test_the_focus_is_never_lost(page: Any, studio: Studio) -> None:
    page.goto(studio.at("edit/topics/money"))
    tab_to(page, "Add Points")
    page.keyboard.press("Enter")
    expect(page.locator("#f-topics-money-points-4-text")).to_be_attached(timeout=PATIENCE)
    assert page.evaluate("document.activeElement !== document.body")
    points = page.locator("#f-topics-money-points > ol > li")
    for left in (4, 3):
        tab_to(page, "Remove .*", back=True)
        page.keyboard.press("Enter")
        expect(points).to_have_count(left, timeout=PATIENCE)
        assert page.evaluate("document.activeElement !== document.body")
