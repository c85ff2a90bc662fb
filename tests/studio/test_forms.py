"""Forms and the pages around them, as somebody sees them who knows no content file."""

import re
import time
from pathlib import Path
from typing import Any

from lxml import html
from playwright.sync_api import expect

from tests.studio.conftest import PATIENCE, Studio, field
from tests.studio.running import running
from tests.studio.small_studio import SmallStudio, small_studio


def _text(studio: Studio, page: str) -> str:
    return " ".join(html.fromstring(studio.client.get(studio.at(page)).text).text_content().split())


def test_history_says_what_was_done(studio: Studio) -> None:
    studio.post("add/contacts", name="City youth line")
    studio.post("do/undo", place="pack")
    text = _text(studio, "history")
    assert "Added: Contacts, City youth line" in text
    assert "Undone: Added: Contacts, City youth line" in text


def test_a_new_entry_has_the_name_that_was_typed(studio: Studio) -> None:
    answer = studio.post("add/contacts", name="City youth line")
    address = answer.headers["location"]
    assert address.endswith("/edit/contacts/city-youth-line?new=contacts%2Fcity-youth-line")
    form = html.fromstring(studio.client.get(studio.at("edit/contacts/city-youth-line")).text)
    [name] = form.xpath("//textarea[@name='v:contacts/city-youth-line/name']")
    assert name.text.strip() == "City youth line"
    [phone] = form.xpath("//*[@name='v:contacts/city-youth-line/phone']")
    assert not phone.xpath("ancestor::details"), "other contacts have one"


def test_remedies_name_fields_as_forms_do(studio: Studio) -> None:
    studio.post("add/contacts", name="City youth line")
    address = "contacts/city-youth-line"
    fields = {f"v:{address}/{name}": "x" for name in ("name", "use", "url")}
    old = {f"o:{address}/{name}": "" for name in ("use", "url")}
    old[f"o:{address}/name"] = "City youth line"
    fields[f"v:{address}/url"] = "https://city.example/"
    studio.post("change", place=address, **fields, **old)
    text = _text(studio, f"edit/{address}")
    assert "“Source” and a source, or “Added by us: yes”" in text


def test_a_sheet_that_is_too_long_says_so_beside_its_form(studio: Studio) -> None:
    address = "handouts/5"
    form = html.fromstring(studio.client.get(studio.at(f"edit/{address}")).text)
    [lead] = form.xpath(f"//input[@name='o:{address}/lead']/@value")
    fields = {f"o:{address}/lead": lead, f"v:{address}/lead": "It is not your fault. " * 60}
    studio.post("change", place=address, **fields)
    deadline = time.monotonic() + 60
    while "too long for 1 page" not in (text := _text(studio, f"shown?path={address}")):
        assert time.monotonic() < deadline, text
        time.sleep(0.2)
    assert "too long for 1 page" in _text(studio, "ready")


def test_a_slide_that_is_too_full_is_told_although_nobody_looks_at_it(
    studio: Studio, page: Any
) -> None:
    page.goto(studio.at("ready"))
    path = "deck/slides/0/text"
    text = "A parent night for everyone who cares for a child"
    studio.post("change", place="deck/slides/0", **{f"o:{path}": text, f"v:{path}": text * 20})
    found = page.locator("#tasks li.error", has_text="does not fit on its slide")
    expect(found).to_have_count(1, timeout=PATIENCE)  # the guides say the same
    expect(found.get_by_role("link")).to_have_attribute("href", re.compile(f"{path[:13]}#"))
    expect(page.locator("#tasks .outdated")).to_have_count(0, timeout=PATIENCE)


def test_a_name_is_changed_with_all_that_refers_to_it_which_is_told_before(studio: Studio) -> None:
    told = html.fromstring(studio.client.get(studio.at("rename/contacts/safe2tell")).text)
    assert [one.text for one in told.xpath("//main//li/a")] == [
        "Sheets, Sextortion is a crime, and you can help, Parts, 8, Contacts, 2",
        "Sheets, Is someone threatening you with a picture?, Parts, 1, Contacts, 6",
        "Sheets, It is not your fault. Help is here., Parts, 1, Contacts, 5",
        "Sheets, Turn here for help, and learn more, Parts, 1, Contacts, 4",
        "The talk, 33. Keep these numbers close, Contacts, 6",
    ]
    refused = studio.post("rename/contacts/safe2tell", name="FBI")
    assert refused.status_code == 400
    assert "There is already one with this name." in refused.text
    answer = studio.post("rename/contacts/safe2tell", name="Safe to tell")
    assert answer.headers["location"].endswith("/edit/contacts/safe-to-tell")
    studio.post("do/save", place="pack")
    removed = [line for line in studio.changed_lines() if line[0] == "-"]
    added = [line for line in studio.changed_lines() if line[0] == "+"]
    assert [line.replace("safe2tell", "safe-to-tell")[1:] for line in removed] == [
        line[1:] for line in added
    ]
    assert len(added) == 6
    assert "Everything is saved." in _text(studio, "edit/contacts/safe-to-tell")
    texts = html.fromstring(studio.client.get(studio.at("languages/es?show=todo")).text)
    assert not texts.xpath("//ol[@class='list']/li"), "translations follow"


def test_a_sheet_gets_another_name(studio: Studio) -> None:
    assert "The files of this sheet" in _text(studio, "rename/handouts/7")
    answer = studio.post("rename/handouts/7", name="Help nearby")
    assert answer.headers["location"].endswith("/edit/handouts/7")
    studio.post("do/save", place="pack")
    assert {
        line.replace("resource-list", "help-nearby")[1:] for line in studio.changed_lines()
    } == {line[1:] for line in studio.changed_lines() if line[0] == "+"}
    assert "Name in the file: help-nearby" in _text(studio, "edit/handouts/7")


def test_what_is_new_is_to_be_filled_in_and_not_wrong_yet(studio: Studio, page: Any) -> None:
    page.goto(studio.at("add/contacts"))
    field(page, "Name in the file").fill("city-line")
    page.get_by_role("button", name="Add", exact=True).click()
    use = page.locator("#f-contacts-city-line-use")
    told = page.locator("#f-contacts-city-line-use-problems")
    needed = page.locator("label[for=f-contacts-city-line-use] .needed")
    expect(told).to_have_text("To be filled in.")
    expect(page.locator("#status")).to_contain_text("2 to fill in")
    expect(page.locator("main [aria-invalid=true]")).to_have_count(0)
    use.fill("Talk to somebody")
    expect(told).to_be_empty(timeout=PATIENCE)
    expect(needed).to_be_hidden()
    use.fill("")
    expect(told).to_have_text("To be filled in.", timeout=PATIENCE)
    expect(needed).to_be_visible()
    expect(use).to_have_attribute("aria-invalid", "true")
    page.locator("#f-contacts-city-line-name").focus()
    page.locator("#f-contacts-city-line-name").blur()
    expect(page.locator("#f-contacts-city-line-name")).to_have_attribute("aria-invalid", "true")


def test_what_is_typed_before_the_script_is_there_counts(studio: Studio, page: Any) -> None:
    held: list[Any] = []
    page.goto(studio.at("add/contacts"))
    field(page, "Name in the file").fill("city-line")
    page.route("**/assets/studio.js", lambda script: held.append(script))
    page.get_by_role("button", name="Add", exact=True).click(no_wait_after=True)
    use = page.locator("#f-contacts-city-line-use")
    use.fill("Talk to somebody")
    held.pop().continue_()
    expect(page.locator("#f-contacts-city-line-use-problems")).to_be_empty(timeout=PATIENCE)
    expect(page.locator("label[for=f-contacts-city-line-use] .needed")).to_be_hidden()
    expect(page.locator("label[for=f-contacts-city-line-name] .needed")).to_be_visible()


def test_what_is_typed_during_one_visit_to_a_field_is_undone_at_once(studio: Studio) -> None:
    before = "It is a crime"
    for visit, text in (("1", "A"), ("1", "A c"), ("1", "A cr"), ("2", "A crime")):
        fields = {"o:publisher/name": before, "v:publisher/name": text}
        studio.post("change", visit=visit, place="publisher", **fields)
        before = text
    [name] = _fields(studio, "publisher", "name")
    assert name == "A crime"
    studio.post("do/undo", place="pack")
    assert _fields(studio, "publisher", "name") == ["A cr"]
    studio.post("do/undo", place="pack")
    assert _fields(studio, "publisher", "name") == ["The Foundation"]
    studio.post("do/redo", place="pack")
    assert _fields(studio, "publisher", "name") == ["A cr"]
    told = html.fromstring(studio.client.get(studio.at("history")).text)
    assert len(told.xpath("//tr[contains(., 'Changed: Publisher, Name')]")) == 5


def _fields(studio: Studio, form: str, name: str) -> list[str]:
    page = html.fromstring(studio.client.get(studio.at(f"edit/{form}")).text)
    return [str(one).strip() for one in page.xpath(f"//input[@name='o:{form}/{name}']/@value")]


def test_texts_of_a_language_are_shown_on_sheets_with_their_titles(studio: Studio) -> None:
    text = _text(studio, "languages/es?show=all&q=Safe2Tell")
    assert "Shown on: Sextortion is a crime, and you can help; Is someone" in text
    assert "parent-tip-sheet" not in text


def test_what_would_be_wrong_after_a_removal_is_told_before(studio: Studio) -> None:
    told = html.fromstring(studio.client.get(studio.at("remove/contacts/lifeline")).text)
    wrong = [one.text_content() for one in told.xpath("//main//li[@class='error']")]
    assert wrong
    assert all("the number 988 is not shown with it" in one for one in wrong)
    assert wrong[0].startswith("Sextortion is a crime, and you can help: “suicide” is used here")
    assert "this would be wrong" not in _text(studio, "remove/contacts/safe2tell")


def test_after_a_restart_a_draft_with_a_mistake_has_the_pictures_of_what_is_saved(
    tmp_path: Path,
) -> None:
    with small_studio(tmp_path) as before:
        mistake = {"o:publisher/name": "Sample Publisher", "v:publisher/name": ""}
        before.post("change", place="publisher", **mistake)
    with running(SmallStudio, before.file, before.output) as studio:
        deadline = time.monotonic() + 60
        while "<img" not in (shown := studio.page("shown?path=handouts/0")):
            assert time.monotonic() < deadline, shown
            time.sleep(0.2)
        assert "These pictures show what is saved" in shown
        assert "1 to fill in" in studio.page("edit/publisher")


def test_a_sheet_that_an_edit_elsewhere_makes_too_long_is_told_after_a_pause(
    studio: Studio, page: Any
) -> None:
    page.goto(studio.at("edit/pack"))
    status = page.locator("#status")
    expect(status).not_to_contain_text("can't be made like this", timeout=2 * PATIENCE)
    [body] = _fields(studio, "topics/money", "body")
    fields = {"o:topics/money/body": body, "v:topics/money/body": f"{body} " * 6}
    studio.post("change", place="topics/money", **fields)
    expect(status).to_contain_text("can't be made like this", timeout=2 * PATIENCE)
    ready = html.fromstring(studio.client.get(studio.at("ready")).text)
    [told] = ready.xpath("//li[contains(., 'The sheet is about')]")
    assert told.text_content().startswith("Sextortion is a crime, and you can help: The sheet")
    assert "line " not in told.text_content().partition("longest parts")[2]
    part = told.xpath("a")[-1]
    assert re.fullmatch(r"part \d, .+ \(about \d+ lines\)", part.text)
    address, _, anchor = part.get("href").partition("#")
    form = html.fromstring(studio.client.get(address).text)
    assert form.xpath(f"//*[@id='{anchor}']")
    studio.post("do/undo", place="pack")
    expect(status).not_to_contain_text("can't be made like this", timeout=2 * PATIENCE)


def test_a_pictogram_is_chosen_by_its_picture(studio: Studio, page: Any) -> None:
    page.goto(studio.at("edit/topics/money"))
    choice = page.locator("#f-topics-money-points-0-sign-choice")
    choice.locator("summary").press("Enter")
    choice.get_by_role("radio", name="none").press("ArrowDown")
    expect(choice.get_by_role("radio").nth(1)).to_be_checked()
    picture = choice.locator("summary img")
    expect(picture).to_have_js_property("naturalWidth", 24)
    name = choice.get_by_role("radio").nth(1).get_attribute("value")
    expect(page.locator("#status")).to_contain_text("Not saved yet", timeout=PATIENCE)
    studio.post("do/save", place="pack")
    assert [line for line in studio.changed_lines() if f"sign: {name}" in line]


def test_links_on_a_picture_come_in_the_order_of_the_page(studio: Studio, page: Any) -> None:
    page.goto(studio.at("edit/contacts/downloads"))
    links = page.locator("#shown svg a:not([aria-hidden])")
    links.first.wait_for(timeout=PATIENCE)
    names = [one.get_attribute("aria-label") for one in links.all()]
    contacts = ("FBI, Name", "FBI, Phone", "Take It Down, Name", "Stop Sextortion, by Thorn, Name")
    places = [names.index(f"Edit: Contacts, {one}") for one in contacts]
    assert places == sorted(places)
