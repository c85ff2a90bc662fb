"""People change the real pack with the mouse: the file's difference is exactly the lines meant."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.conftest import WATER
from tests.studio.conftest import PATIENCE, Studio, field, new_page, save


def test_a_phone_number_is_changed_and_seen_on_the_sheet(page: Any, studio: Studio) -> None:
    page.goto(studio.at("edit/contacts/fbi"))
    field(page, "Number spelled with letters").fill("")
    field(page, "Phone").fill("303-555-0142")
    expect(page.locator("#shown")).to_contain_text("303-555-0142", timeout=PATIENCE)
    assert studio.changed_lines() == []
    save(page)
    assert studio.changed_lines() == [
        "-    phone: 1-800-225-5324",
        "-    vanity: 1-800-CALL-FBI",
        "+    phone: 303-555-0142",
    ]


def test_a_contact_is_added(page: Any, studio: Studio) -> None:
    page.goto(studio.at("edit/contacts"))
    page.get_by_role("link", name="Add", exact=True).click()
    field(page, "Name in the file").fill("Local police")
    page.get_by_role("button", name="Add", exact=True).click()
    field(page, "Name").fill("Maple Grove police")
    field(page, "What it is for").fill("Report a crime nearby")
    page.get_by_text("More fields").click()
    field(page, "What people find there").fill("Takes reports: day and night.")
    field(page, "Phone").fill("911")
    field(page, "Added by us", "combobox").select_option("yes")
    save(page)
    assert studio.changed_lines() == [
        "+",
        "+  local-police:",
        "+    name: Maple Grove police",
        '+    use: "Report a crime nearby"',
        '+    gives: "Takes reports: day and night."',
        '+    phone: "911"',
        "+    added: true",
    ]


def test_a_topic_is_added_and_put_on_the_sheet_and_after_a_slide(page: Any, studio: Studio) -> None:
    page.goto(studio.at("add/topics"))
    field(page, "Name in the file").fill("gaming")
    page.get_by_role("button", name="Add", exact=True).click()
    field(page, "Title").fill("Games, too")
    page.get_by_text("More fields").first.click()
    page.locator("#f-topics-gaming-body").fill("Strangers write in games, too.")
    for number, text in enumerate(
        ("Games have chats.", "Strangers write there.", "Ask who it is.")
    ):
        page.get_by_role("button", name="Add Points").click()
        page.locator(f"#f-topics-gaming-points-{number}-text").fill(text)
    field(page, "What the presenter says").fill("Ask the room.")
    save(page)

    page.goto(studio.at("edit/handouts/0"))
    parts = page.locator("#f-handouts-0-blocks > ol > li")
    before = parts.count()
    page.get_by_role("button", name="Add Parts").click()
    expect(parts).to_have_count(before + 1, timeout=PATIENCE)
    part = parts.last
    part.locator("summary").click()
    part.get_by_role("combobox", name="Add: Topics").select_option("Games, too")
    save(page)

    page.goto(studio.at("edit/deck/slides"))
    page.get_by_role("button", name="Copy 7.").click()
    again = re.compile(r"^8\. On any site")
    page.locator("main").get_by_role("link", name=again).click()
    field(page, "Topics 1", "combobox").select_option("Games, too")
    expect(page.locator("main .problems li.error")).to_contain_text("use “key-points”")
    field(page, "Layout", "combobox").select_option("key-points")
    save(page)
    assert studio.changed_lines() == [
        "+",
        "+  gaming:",
        "+    from: [foundation]",
        '+    title: "Games, too"',
        '+    body: "Strangers write in games, too."',
        '+    points: ["Games have chats.", "Strangers write there.", "Ask who it is."]',
        "+    say: Ask the room.",
        "+      - topics: [gaming]",
        "+    - layout: key-points",
        "+      topics: [gaming]",
        "+      title: On any site, app, messaging platform or game",
        "+      minutes: 1",
    ]


def test_a_slide_is_moved(page: Any, studio: Studio) -> None:
    page.goto(studio.at("edit/deck/slides"))
    page.get_by_role("button", name="Move up 6. What is sextortion?").click()
    save(page)
    slide = "    - {layout: process, topics: [what-it-is], minutes: 1}"
    assert studio.changed_lines() == [f"+{slide}", f"-{slide}"]


def test_an_entry_is_removed_with_all_references_which_are_named_before(
    page: Any, studio: Studio
) -> None:
    page.goto(studio.at("edit/contacts/safe2tell"))
    page.get_by_role("link", name="Remove Contacts, Safe2Tell Colorado").click()
    named = [
        "Sheets, Sextortion is a crime, and you can help, Parts, 8, Contacts, 2",
        "Sheets, Is someone threatening you with a picture?, Parts, 1, Contacts, 6",
        "Sheets, It is not your fault. Help is here., Parts, 1, Contacts, 5",
        "Sheets, Turn here for help, and learn more, Parts, 1, Contacts, 4",
        "The talk, 33. Keep these numbers close, Contacts, 6",
    ]
    expect(page.locator("main li")).to_have_text(named, use_inner_text=True)
    page.get_by_role("button", name="Remove it everywhere").click()
    save(page)
    assert studio.changed_lines() == [
        "-    added: true",
        "-",
        "-  safe2tell:",
        "-    name: Safe2Tell Colorado",
        "-    use: Report a safety concern",
        "-    gives: >-",
        "-      Report a safety concern in Colorado by phone, in the app, or",
        "-      online.",
        "-    phone: 1-877-542-7233",
        "-    url: https://safe2tell.org/",
        "-        contacts: [cybertipline, safe2tell, stop-sextortion]",
        "+        contacts: [cybertipline, stop-sextortion]",
        "-      - contacts: [emergency, lifeline, fbi, take-it-down, cybertipline, safe2tell]",
        "+      - contacts: [emergency, lifeline, fbi, take-it-down, cybertipline]",
        "-      - contacts: [emergency, lifeline, fbi, take-it-down, safe2tell]",
        "+      - contacts: [emergency, lifeline, fbi, take-it-down]",
        "-        contacts: [fbi, take-it-down, cybertipline, safe2tell]",
        "+        contacts: [fbi, take-it-down, cybertipline]",
        "-      contacts: [emergency, lifeline, fbi, take-it-down, cybertipline, safe2tell]",
        "+      contacts: [emergency, lifeline, fbi, take-it-down, cybertipline]",
    ]


def test_an_entry_that_something_must_name_stays_until_that_is_changed(
    page: Any, studio: Studio
) -> None:
    page.goto(studio.at("remove/contacts/fbi-page"))
    expect(page.locator("main")).to_contain_text("These must name something. Change them first:")
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)
    page.get_by_role("link", name="Sources, FBI, Download page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sources, FBI")


def test_a_mistake_is_mended_by_following_its_message(page: Any, studio: Studio) -> None:
    page.goto(studio.at("edit/contacts/fbi"))
    web = field(page, "Web address")
    web.fill("tips.fbi.gov")
    problem = page.locator("main .problems li.error")
    expect(problem).to_contain_text("https://", timeout=PATIENCE)
    expect(web).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#said")).to_contain_text("Not saved: there is something to fix first")
    assert studio.changed_lines() == []
    web.fill("https://tips.fbi.gov/report")
    expect(problem).to_have_count(0, timeout=PATIENCE)
    save(page)
    assert studio.changed_lines() == [
        "-    url: https://tips.fbi.gov",
        "+    url: https://tips.fbi.gov/report",
    ]


def test_all_is_undone_and_done_again_by_the_buttons(page: Any, studio: Studio) -> None:
    page.goto(studio.at("edit/publisher"))
    field(page, "Name").fill("The Example Foundation")
    save(page)
    undo = page.get_by_role("button", name="Undo")
    redo = page.get_by_role("button", name="Redo")
    undo.click()
    expect(field(page, "Name")).to_have_value("The Foundation", timeout=PATIENCE)
    redo.click()
    expect(field(page, "Name")).to_have_value("The Example Foundation", timeout=PATIENCE)
    undo.click()
    expect(undo).to_have_attribute("aria-disabled", "true", timeout=PATIENCE)
    save(page)
    assert studio.file.read_bytes() == studio.original


def test_without_script_all_is_done_by_the_buttons_of_forms(browser: Any, studio: Studio) -> None:
    with new_page(browser, java_script_enabled=False) as page:
        page.goto(studio.at("edit/contacts/safe2tell"))
        field(page, "Phone").fill("303-555-0142")
        page.get_by_role("button", name="Keep what I typed").click()
        page.goto(studio.at("add/sources"))
        field(page, "Name in the file").fill("school")
        page.get_by_role("button", name="Add", exact=True).click()
        field(page, "Name").fill("Maple Grove School")
        page.get_by_role("button", name="Keep what I typed").click()
        page.goto(studio.at("remove/questions/phone"))
        page.get_by_role("button", name="Remove it everywhere").click()
        save(page)
        assert studio.changed_lines() == [
            "-    phone: 1-877-542-7233",
            "+    phone: 303-555-0142",
            '+  school: {name: "Maple Grove School", page: emergency}',
            "-    from: fbi",
            "-",
            "-  phone:",
            "-    question: Should I check my child's phone?",
            "-    answer: >-",
            "-      You may limit internet use and spot check phones: which apps, and who they "
            "talk",
            "-      with. Do it in the open, as part of an ongoing conversation.",
            "-    questions: [pay, phone, trouble, abroad, removed, companies]",
            "+    questions: [pay, trouble, abroad, removed, companies]",
        ]
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("#said")).to_contain_text("Undone: Removed:")
        expect(page.locator("#status")).to_contain_text("Not saved yet")


def test_a_file_is_brought_in_and_one_that_is_too_large_is_refused(
    studio: Studio, page: Any, tmp_path: Path
) -> None:
    large = tmp_path / "large.png"
    large.write_bytes(bytes(26_000_000))
    page.goto(studio.at("edit/publisher"))
    chosen = page.locator("[name='f:publisher/logo']")
    chosen.set_input_files(large)
    expect(page.locator("#said")).to_have_text(re.compile("^That is too much for one form"))
    expect(page.locator("#status")).to_contain_text("Everything is saved.")
    chosen.set_input_files(WATER.parent / "images" / "logo.svg")
    expect(field(page, "Logo")).to_have_value("images/logo.svg")
    assert (studio.file.parent / "images" / "logo.svg").exists()


def test_without_script_the_pictures_show_the_draft(browser: Any, studio: Studio) -> None:
    with new_page(browser, java_script_enabled=False) as page:
        page.goto(studio.at("edit/contacts/safe2tell"))
        saved = _loaded(page)
        field(page, "Phone").fill("303-555-0142")
        page.get_by_role("button", name="Keep what I typed").click()
        draft = _loaded(page)
        assert len(saved) == len(draft) == 2
        assert saved != draft
        page.get_by_role("button", name="Undo").click()
        assert _loaded(page) == saved
        page.goto(studio.at("edit/deck/slides/1"))
        assert len(_loaded(page)) == 1
        page.locator("#plain-on").select_option("presenter-guide")
        page.get_by_role("button", name="Show", exact=True).click()
        assert _loaded(page)


def _loaded(page: Any) -> list[str]:
    """The addresses of all pictures of pages and slides, which name what they show."""
    page.wait_for_load_state()
    shown: list[str] = page.evaluate(
        """async () => Promise.all([...document.querySelectorAll("#shown img")].map(
          async (one) => { await one.decode(); return (await fetch(one.src)).url; }))"""
    )
    return shown
