"""What the live preview shows: a real server, a real browser, a real save."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect

from tests.preview.conftest import PATIENCE, PHONE, Preview, open_page, pictures


def test_the_page_shows_every_sheet_and_every_slide(page: Any, shared: Preview) -> None:
    open_page(page, shared)
    expect(page.locator("article .file")).to_have_text(
        ["tip-sheet.pdf", "at-home.pdf", "family-evening.pptx"]
    )
    assert page.locator("article").nth(2).locator("img").count() == 15
    for picture in page.locator("img").all():
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("(one) => one.decode().then(() => one.naturalWidth)") == 900
    assert pictures(page) == ["tip-sheet.pdf", "at-home.pdf", "family-evening.pptx"]
    expect(page.get_by_alt_text("Slide 3 of 15: An adult watches")).to_have_count(1)
    text = page.locator("article").first.locator("details p")
    expect(text).to_contain_text("Water is fun, and it needs a grown-up’s eyes.")
    # In reading order: the list right after the text that it belongs to.
    expect(text).to_contain_text("weak swimmers wear one too. It has the right size")


def test_after_a_save_the_changed_sheet_is_first_with_a_new_picture_and_the_others_stay(
    page: Any, start: Callable[..., Preview]
) -> None:
    preview = start()
    open_page(page, preview)
    old = {
        name: page.locator("article", has_text=name).get_attribute("data-digest")
        for name in ("at-home.pdf", "tip-sheet.pdf")
    }
    preview.edit("A ring or pole hangs beside it.", "A ring or a pole hangs beside it.")
    expect(page.locator("article .file").first).not_to_have_text("tip-sheet.pdf", timeout=PATIENCE)
    expect(page.locator("#said")).to_contain_text("Updated", timeout=PATIENCE)
    expect(page.locator(".verdict")).to_have_text("Everything is up to date.", timeout=PATIENCE)
    files = page.locator("article .file").all_text_contents()
    assert files[-1] == "tip-sheet.pdf"
    changed = page.locator("article", has_text="at-home.pdf")
    assert changed.get_attribute("data-digest") != old["at-home.pdf"]
    expect(changed.locator("details p")).to_contain_text("A ring or a pole hangs")
    expect(changed.locator("img").first).to_have_js_property("complete", True, timeout=PATIENCE)
    assert "at-home.pdf" in pictures(page)
    kept = page.locator("article", has_text="tip-sheet.pdf")
    assert kept.get_attribute("data-digest") == old["tip-sheet.pdf"]


def test_everything_is_reached_and_used_with_the_keyboard(page: Any, shared: Preview) -> None:
    open_page(page, shared)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the sheets")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Download tip-sheet.pdf")).to_be_focused()
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Tab")
    larger = page.get_by_role("button", name="Larger pages of tip-sheet.pdf")
    expect(larger).to_be_focused()
    before = page.locator(".paper").first.bounding_box()["width"]
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Pages: large.")
    assert page.locator(".paper").first.bounding_box()["width"] > before
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".paper").first.bounding_box()["width"] == before
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("article details p").first).to_be_visible()


def test_focus_and_open_parts_outlive_an_update(page: Any, start: Callable[..., Preview]) -> None:
    preview = start()
    open_page(page, preview)
    sheet = page.locator("article", has_text="tip-sheet.pdf")
    sheet.locator("summary").click()
    sheet.get_by_role("button", name="Larger").press("Enter")
    preview.edit(PHONE, "303-555-0143")
    expect(sheet.locator("details p")).to_contain_text("303-555-0143", timeout=PATIENCE)
    expect(sheet.locator("details p")).to_be_visible()
    expect(sheet.get_by_role("button", name="Larger")).to_be_focused()
    expect(sheet).to_have_attribute("data-size", "2")


@pytest.mark.parametrize(("width", "columns"), [(320, 1), (700, 2), (1280, 4)])
def test_all_pages_stand_in_the_same_columns(
    page: Any, shared: Preview, width: int, columns: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, shared)
    # A sheet with two pages takes two columns, whatever this pack has.
    page.locator("article").first.evaluate(
        "(one) => { one.className = 'two';"
        " const pages = one.querySelector('.pages');"
        " pages.append(pages.firstElementChild.cloneNode(true)); }"
    )
    boxes = page.locator(".paper").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().toJSON())"
    )
    assert max(one["width"] for one in boxes) - min(one["width"] for one in boxes) < 1
    assert len({round(one["left"]) for one in boxes}) == columns
    assert (boxes[0]["top"] == boxes[1]["top"]) == (columns > 1)


def test_the_page_has_the_typeface_of_the_sheets(page: Any, shared: Preview) -> None:
    open_page(page, shared)
    page.evaluate("() => document.fonts.ready.then(() => true)")
    loaded = "() => [...document.fonts].map((one) => [one.weight, one.status])"
    assert page.evaluate(loaded) == [["400", "loaded"], ["700", "loaded"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_against_the_page(
    page: Any, shared: Preview, scheme: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    open_page(page, shared)
    page.locator("#warnings summary").click()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= width
