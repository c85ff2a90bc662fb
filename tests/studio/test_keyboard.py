"""The real pack is changed by keyboard alone: Tab, Enter, Space and typing.

With our script and without it, the same keys lead to the same lines of the file.
"""

import difflib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.conftest import WATER
from tests.studio.conftest import PATIENCE, Studio, new_page

_FOCUSED = """() => {
  const one = document.activeElement;
  const label = one.labels?.[0] ?? one;
  const name = one.getAttribute("aria-label") || label.textContent;
  return name.replace(/\\s+/g, " ").trim();
}"""


@dataclass
class Keyboard:
    """Somebody at the keyboard; `script` says whether the browser runs our script."""

    page: Any
    studio: Studio
    script: bool

    def open(self, place: str, start: str = "#main") -> None:
        """Open a page as a link to a part of it does, such as one of “Find”."""
        self.page.goto(self.studio.at(place) + start)

    def tab(self, name: str, *, back: bool = False) -> None:
        """Press Tab until what has the focus has a name that matches."""
        for _ in range(300):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            if re.fullmatch(rf"{name}( \(needed\))?", self.page.evaluate(_FOCUSED)):
                return
        raise AssertionError(f"Tab doesn't lead to {name}")

    def press(self, name: str, key: str = "Enter", *, back: bool = False) -> None:
        """Go to a link or a button and press it."""
        self.tab(name, back=back)
        self.page.keyboard.press(key)

    def write(self, name: str, text: str) -> None:
        """Replace what a field says, or choose in a list by the first letters."""
        self.tab(name)
        if not self.page.evaluate("document.activeElement.matches('select')"):
            self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def add(self, name: str, entry: str, field: str) -> None:
        """Add an entry to a list, and go to its first field."""
        self.press(f"Add {name}")
        expect(self.page.locator(entry)).to_be_attached(timeout=PATIENCE)
        self.page.wait_for_load_state()
        if self.script:
            assert re.match(field, self.page.evaluate(_FOCUSED))
        else:
            self.tab(f"{field}.*")

    def heading(self, text: str) -> None:
        heading = self.page.get_by_role("heading", level=1)
        expect(heading).to_have_text(re.compile(f"^{text}$"), timeout=PATIENCE)
        self.page.wait_for_load_state()

    def said(self, text: str) -> None:
        expect(self.page.locator("#said")).to_have_text(re.compile(text), timeout=PATIENCE)

    def keep(self) -> None:
        """What was typed is kept by our script, or by the button at the end of the form."""
        if not self.script:
            self.tab("Keep what I typed")
            with self.page.expect_navigation():
                self.page.keyboard.press("Enter")

    def save(self) -> None:
        """The button takes along what was typed."""
        self.press("Save", back=True)
        self.said(r"^Saved in sextortion\.yaml\.$")


#: Without our script, other tests use the same forms; set it to 1 to do all of this there, too.
WITHOUT_SCRIPT = int(os.environ.get("STUDIO_WITHOUT_SCRIPT", "0"))


@pytest.fixture(params=["with script", "without script"][: 1 + WITHOUT_SCRIPT])
def keyboard(request: pytest.FixtureRequest, browser: Any, studio: Studio) -> Iterator[Keyboard]:
    script = request.param == "with script"
    with new_page(browser, java_script_enabled=script) as page:
        yield Keyboard(page, studio, script)


def _changed(before: str, after: str) -> list[str]:
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0)
    return [line for line in found if line[0] in "+-" and line[:3] not in ("---", "+++")]


_VIDEO = (
    "    - {layout: video, videos: [explained], title: One incident shows what sextortion is, "
    'minutes: 5, do: "Play the video, or let people scan the code."}'
)

#: What the file has then.
_LINES = [
    "+  logo: images/logo.svg",
    "-    phone: 1-800-225-5324",
    "-    vanity: 1-800-CALL-FBI",
    "-    url: https://tips.fbi.gov",
    "+    phone: 303-555-0142",
    "+    url: https://tips.fbi.gov/report",
    "+",
    "+  local-police:",
    "+    name: Maple Grove police",
    '+    use: "Report it"',
    '+    phone: "911"',
    "+    added: true",
    "+  gaming:",
    "+    from: [foundation]",
    '+    title: "Games, too"',
    '+    body: "Strangers write in games, too."',
    '+    points: ["Games have chats.", "Strangers write.", "Ask who it is."]',
    "+    say: Ask the room.",
    "+",
    "-    from: fbi",
    "-",
    "-  phone:",
    "-    question: Should I check my child's phone?",
    "-    answer: >-",
    "-      You may limit internet use and spot check phones: which apps, and who they talk",
    "-      with. Do it in the open, as part of an ongoing conversation.",
    "+      - topics: [gaming]",
    "-    questions: [pay, phone, trouble, abroad, removed, companies]",
    "+    questions: [pay, trouble, abroad, removed, companies]",
    "+    - {layout: people, figures: [one-in-five], minutes: 1}",
    "+",
    f"+{_VIDEO}",
    "-",
    "-    - {layout: people, figures: [one-in-five], minutes: 1}",
    f"-{_VIDEO}",
    "+    - {topics: [gaming], layout: key-points}",
]


def test_a_whole_evening_of_changes(keyboard: Keyboard) -> None:
    studio, page = keyboard.studio, keyboard.page
    translations = studio.file.parent / "translations" / "sextortion" / "es.po"
    before = translations.read_text("utf-8")

    # A translation.
    keyboard.open("languages")
    keyboard.press("Spanish")
    keyboard.heading("Spanish")
    keyboard.write("Show", "All")
    keyboard.press("Show")
    page.wait_for_url("**show=all**")
    keyboard.write("Spanish About the pack, Subtitle", "Lo que deben saber las familias")
    if keyboard.script:
        page.keyboard.press("Tab")  # as somebody who goes on to the next text
    else:
        keyboard.press("Keep About the pack, Subtitle")
    expect(page.locator("main")).to_contain_text("Before your last change", timeout=PATIENCE)
    assert _changed(before, translations.read_text("utf-8")) == [
        '-msgstr "Qué deben saber las familias"',
        '+msgstr "Lo que deben saber las familias"',
    ]
    translations.write_text(before, "utf-8", newline="")

    # The FBI's number.
    keyboard.open("edit/pack", "")
    keyboard.press("Skip to the main part")
    expect(page.locator("#main")).to_be_focused()
    keyboard.press("Contacts.*", back=True)
    keyboard.press("FBI")
    keyboard.heading("Contacts, FBI")
    keyboard.write("Phone", "303-555-0142")
    keyboard.tab("Number spelled with letters")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")

    # A mistake, mended by following its message.
    keyboard.write("Web address", "tips.fbi.gov")
    keyboard.press("Save", back=True)
    keyboard.said("^Not saved: there is something to fix first")
    keyboard.press("1 to fix", back=True)
    keyboard.heading(r"Ready\?")
    keyboard.press("Contacts, FBI, Web address")
    keyboard.heading("Contacts, FBI")
    page.keyboard.press("Control+a")
    page.keyboard.type("https://tips.fbi.gov/report")
    keyboard.save()

    # A new contact.
    keyboard.open("edit/contacts")
    keyboard.press("Add")
    keyboard.heading("Add to Contacts")
    keyboard.write("Name in the file", "Local police")
    page.keyboard.press("Enter")
    keyboard.heading("Contacts, Local police")
    keyboard.write("Name", "Maple Grove police")
    keyboard.write("What it is for", "Report it")
    keyboard.write("Phone", "911")
    keyboard.press("More fields.*", "Space")
    keyboard.write("Added by us", "yes")
    keyboard.keep()

    # A new topic with three points, on the tip sheet and after a slide.
    keyboard.open("add/topics")
    keyboard.write("Name in the file", "gaming")
    page.keyboard.press("Enter")
    keyboard.heading("Topics, gaming")
    keyboard.write("Title", "Games, too")
    keyboard.press("More fields.*", "Space")
    keyboard.write("Text", "Strangers write in games, too.")
    for number, text in enumerate(("Games have chats.", "Strangers write.", "Ask who it is.")):
        keyboard.add("Points", f"#f-topics-gaming-points-{number}", "Text")
        page.keyboard.type(text)
    keyboard.write("What the presenter says", "Ask the room.")
    keyboard.keep()
    keyboard.open("edit/handouts/0", "#f-handouts-0-blocks-8")
    count = page.locator("#f-handouts-0-blocks > ol > li").count()
    keyboard.add("Parts", f"#f-handouts-0-blocks-{count}", "")
    keyboard.press("More fields.*", "Space")
    keyboard.write("Add: Topics", "Games")
    keyboard.keep()
    keyboard.open("edit/deck/slides", "#f-deck-slides-6")
    keyboard.press(r"Add after 7\..*")
    keyboard.heading(r"The talk, 8\. Slides, 8")
    keyboard.press("More fields.*", "Space")
    keyboard.write("Layout", "key")
    keyboard.write("Add: Topics", "Games")
    keyboard.keep()

    # A slide two places down: the focus goes with it.
    keyboard.open("edit/deck/slides", "#f-deck-slides-2")
    keyboard.write(r"Place of 3\. Tonight ends .*", "5")
    page.keyboard.press("Enter")
    expect(page.locator("#f-deck-slides-4")).to_contain_text("Tonight ends", timeout=PATIENCE)
    if keyboard.script:
        place = page.get_by_role("textbox", name="Place of 5. Tonight ends")
        expect(place).to_be_focused(timeout=PATIENCE)

    # A question that the guide refers to is removed.
    keyboard.open("remove/questions/phone")
    keyboard.press("Remove it everywhere")
    keyboard.heading("Likely questions")

    # A logo; the dialog is the system's.
    keyboard.open("edit/publisher")
    keyboard.tab("Choose a file to bring in")
    page.locator("input:focus").set_input_files(WATER.parent / "images" / "logo.svg")
    keyboard.keep()
    keyboard.said(r"^Brought in as images/logo\.svg\.$")
    keyboard.save()

    assert studio.changed_lines() == _LINES

    if not keyboard.script:
        return  # undoing is the same requests

    # Everything is undone.
    keyboard.open("edit/pack", "")
    undo = page.locator("#status button", has_text="Undo")
    keyboard.tab("Undo")
    while not undo.get_attribute("aria-disabled"):
        with page.expect_response("**/do/undo"):
            page.keyboard.press("Enter")
        page.wait_for_load_state()
        page.wait_for_function("!('busy' in document.body.dataset)")
    keyboard.save()
    assert studio.file.read_bytes() == studio.original


def test_the_focus_is_never_lost(page: Any, studio: Studio) -> None:
    keyboard = Keyboard(page, studio, script=True)
    keyboard.open("edit/topics/money", "#f-topics-money-points")
    keyboard.add("Points", "#f-topics-money-points-4", "Text")
    points = page.locator("#f-topics-money-points > ol > li")
    for left in (4, 3):
        keyboard.press("Remove .*", back=True)
        expect(points).to_have_count(left, timeout=PATIENCE)
        assert page.evaluate("document.activeElement !== document.body")
