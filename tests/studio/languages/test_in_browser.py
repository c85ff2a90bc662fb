"""The pages for languages in a browser, with and without their script."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect

from tests.languages.made_up import write_translation
from tests.studio.languages.conftest import BODY, NUMBER, TranslatedStudio


def test_a_translator_types_in_the_browser(studio: TranslatedStudio, browser: Any) -> None:
    page = browser.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(f"{studio.languages}/es?show=all&q={NUMBER}")
    text = page.get_by_role("textbox", name="Spanish Contacts, Emergency")
    text.fill("Llame al 912")
    expect(page.locator(".problems")).to_contain_text("The number 911 is missing.", timeout=60_000)
    text.press("ControlOrMeta+a")
    text.press_sequentially("Llame al 911")
    expect(page.locator(".problems li")).to_have_count(0, timeout=60_000)
    page.locator("#words").focus()
    expect(page.locator(".state [role=status]")).to_have_text("Translated", timeout=60_000)
    assert studio.target(NUMBER) == "Llame al 911"
    text.fill("Llame al 911 ya")
    page.goto(studio.languages)  # before the pause is over
    expect(page.locator("h1")).to_have_text("Languages")
    page.goto(f"{studio.languages}/es?show=all&q={NUMBER}")
    expect(page.get_by_role("textbox", name="Spanish Contacts")).to_have_value("Llame al 911 ya")
    assert not failed
    page.close()


def test_what_was_typed_while_the_studio_was_started_again_is_kept(
    studio: TranslatedStudio, browser: Any
) -> None:
    page = browser.new_page()
    page.goto(f"{studio.languages}/es?show=all&q={NUMBER}")
    page.evaluate("document.querySelector('form.string [name=token]').value = 'of before'")
    page.get_by_role("textbox", name="Spanish Contacts").fill("Llame al 911 ya")
    page.reload()
    expect(page.get_by_text("Unfinished", exact=True)).to_be_visible(timeout=60_000)
    assert studio.target(NUMBER) == "Llame al 911 ya"
    page.close()


def test_forms_work_in_a_browser_without_its_script(studio: TranslatedStudio, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{studio.languages}/es?show=all&q={BODY}")
    page.get_by_role("textbox", name="Spanish Topics").fill("Un segundo texto.")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".state [role=status]")).to_have_text("Translated")
    assert studio.target(BODY) == "Un segundo texto."
    page.goto(f"{studio.languages}/es/approve")
    page.get_by_role("textbox", name="Your role").fill("school counselor")
    page.get_by_role("button", name="approve").click()
    expect(page.get_by_role("alert")).to_contain_text("approved by “school counselor”")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["", "/es", "/es/approve"])
def test_axe_finds_nothing_and_nothing_is_wider_than_a_small_window(
    studio: TranslatedStudio, browser: Any, place: str, scheme: str
) -> None:
    write_translation(studio.file, NUMBER, "Call–es 912 for help")
    studio.edit_english("A second text", "Another text")
    page = browser.new_page(viewport={"width": 768, "height": 900}, color_scheme=scheme)
    page.goto(studio.languages + place)
    for part in page.locator("summary").all():
        part.click()
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 768
    page.close()
