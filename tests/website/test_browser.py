"""The pages in a browser, opened from a folder as from a USB stick."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from PIL import Image
from playwright.sync_api import Browser, Page

from pack.load import read_pack
from pack.model import TranslatedTexts
from tests.conftest import CONTENT
from tests.tools.browser import load_pictures, small_targets
from tests.website.conftest import Changed
from website.pages import render

WIDTHS = (320, 640, 768, 1280)
every_width = pytest.mark.parametrize("width", WIDTHS)
every_page = pytest.mark.parametrize("name", ["index.html", "accessibility.html"])
every_scheme = pytest.mark.parametrize("scheme", ["light", "dark"])

Open = Callable[..., Page]


@pytest.fixture
def requests() -> list[str]:
    """The address of everything that a page of this test requests."""
    return []


@pytest.fixture
def console() -> list[str]:
    """Everything that the browser writes to its console."""
    return []


@pytest.fixture
def open_page(browser: Browser, requests: list[str], console: list[str]) -> Iterator[Open]:
    """A function that opens a file in a window of some width, without network access."""
    contexts = []

    def opened(file: Path, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        context.route("http**", lambda route: route.abort())
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: console.append(message.text))
        page.goto(file.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


@every_page
@pytest.mark.parametrize(
    ("width", "scheme"),
    [*((width, "light") for width in WIDTHS), (WIDTHS[0], "dark"), (WIDTHS[-1], "dark")],
)
def test_axe_finds_nothing(site: Path, open_page: Open, name: str, width: int, scheme: str) -> None:
    page = open_page(site / name, width, color_scheme=scheme)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("width", [320, 1280])
@every_scheme
def test_a_page_among_many_languages_is_usable_and_says_that_it_is_a_draft(
    tmp_path: Path, open_page: Open, width: int, scheme: str
) -> None:
    pack = read_pack(CONTENT, TranslatedTexts("es", {}, draft=True))
    for name, data in render(pack, [], languages=("en", "ar", "es", "ru", "zh-Hans")).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    page = open_page(tmp_path / "index.html", width, color_scheme=scheme)
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator(".draft").is_visible()
    links = page.locator("nav a").all()
    assert [(link.inner_text(), link.get_attribute("href")) for link in links] == [
        ("English", "../index.html"),
        ("العربية", "../ar/index.html"),
        ("Русский", "../ru/index.html"),
        ("中文 (简体)", "../zh-Hans/index.html"),
    ]
    assert links[1].get_attribute("dir") == "rtl"
    assert small_targets(page) == []


@every_page
@every_width
def test_nothing_is_wider_than_the_window_and_links_are_large_enough_for_a_finger(
    site: Path, open_page: Open, name: str, width: int
) -> None:
    page = open_page(site / name, width)
    assert small_targets(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    beyond = page.evaluate(
        "(width) => [...document.querySelectorAll('body *:not(.hidden)')]"
        ".filter(one => one.getBoundingClientRect().right > width + 0.5)"
        ".map(one => one.outerHTML.slice(0, 80))",
        width,
    )
    assert beyond == []


@every_page
def test_everything_that_is_loaded_is_in_the_folder(
    site: Path, open_page: Open, requests: list[str], console: list[str], name: str
) -> None:
    page = open_page(site / name)
    load_pictures(page)
    assert any(url.endswith(".css") for url in requests)
    assert any(url.endswith(".woff2") for url in requests)
    assert [url for url in requests if not url.startswith(site.as_uri())] == []
    assert console == []


def test_the_keyboard_reaches_the_quick_exit_and_help_first(site: Path, open_page: Open) -> None:
    page = open_page(site / "index.html")
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText.trim()"))
    assert reached == ["Skip to the content", "Leave this page", "911", "988"]


@every_width
def test_the_keyboard_reaches_every_link_once_in_the_order_of_the_page_and_shows_where_it_is(
    site: Path, open_page: Open, width: int
) -> None:
    page = open_page(site / "index.html", width)
    page.evaluate(
        "window.links = [...document.querySelectorAll('a:not([tabindex]), summary')]"
        ".filter(one => one.checkVisibility())"
    )
    for number in range(page.evaluate("links.length")):
        page.keyboard.press("Tab")
        at, outlined, shown = page.evaluate(
            "() => { const one = document.activeElement, box = one.getBoundingClientRect(),"
            " head = one.closest('.brand, .skip') ? 0"
            " : document.querySelector('.brand').getBoundingClientRect().bottom;"
            " return [links.indexOf(one), getComputedStyle(one).outlineWidth,"
            " [head, box.top, box.bottom]] }"
        )
        assert (at, outlined) == (number, "3px")
        assert shown == sorted(shown)
        assert shown[-1] <= 800


def test_the_keyboard_opens_the_other_editions(site: Path, open_page: Open) -> None:
    page = open_page(site / "index.html")
    link = page.locator("a[href='parent-tip-sheet-large-print.pdf']")
    assert not link.is_visible()
    page.locator("summary", has_text="Sextortion is a crime, and you can help").focus()
    page.keyboard.press("Enter")
    assert link.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert link.evaluate("one => one === document.activeElement")
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize(("width", "shown"), [(360, False), (639, False), (640, True)])
def test_codes_are_not_shown_on_a_phone_that_can_not_scan_itself(
    site: Path, open_page: Open, width: int, shown: bool
) -> None:
    page = open_page(site / "index.html", width)
    codes = page.locator(".video svg")
    assert [code.is_visible() for code in codes.all()] == [shown, shown]


@every_width
def test_a_sample_link_is_always_labeled_on_the_line_above(
    site: Path, open_page: Open, width: int
) -> None:
    page = open_page(site / "index.html", width)
    places = page.locator(".sample").evaluate_all(
        "all => all.map(at => [at, at.nextElementSibling].map(at => at.getBoundingClientRect()))"
    )
    assert len(places) == 3
    for label, address in places:
        assert label["bottom"] <= address["top"]
        assert label["left"] == address["left"]


def test_the_numbers_and_the_help_that_is_needed_now_are_near_the_top_of_a_phone(
    site: Path, open_page: Open
) -> None:
    page = open_page(site / "index.html", 360)
    box = page.locator(".now .button").bounding_box()
    assert box and box["y"] < 2 * 800
    top = page.locator("a[href='tel:988']").first.bounding_box()
    assert top and top["y"] < 800
    assert page.evaluate("document.documentElement.scrollHeight") < 5600


def test_the_motif_is_as_light_in_the_dark(site: Path, open_page: Open) -> None:
    for scheme in ("light", "dark"):
        page = open_page(site / "index.html", color_scheme=scheme)
        fills = page.locator(".motif path").evaluate_all(
            "all => all.map(one => getComputedStyle(one).fill)"
        )
        assert "rgb(246, 216, 168)" in fills
        assert "rgb(0, 0, 0)" not in fills
        height = page.locator(".motif").bounding_box()
        assert height and height["height"] == 9 * 17


def test_the_skip_link_leads_past_the_header(site: Path, open_page: Open) -> None:
    page = open_page(site / "index.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("script", [True, False])
def test_the_quick_exit_leads_to_a_neutral_page(site: Path, open_page: Open, script: bool) -> None:
    page = open_page(site / "index.html", java_script_enabled=script)
    with page.expect_request("https://www.weather.gov/") as caught:
        page.get_by_role("link", name="Leave this page").click(no_wait_after=True)
    assert "referer" not in caught.value.headers


def test_after_the_quick_exit_back_does_not_return(
    site: Path, tmp_path: Path, open_page: Open
) -> None:
    before = tmp_path / "before.html"
    before.write_text("<title>before</title>", "utf-8")
    page = open_page(before)
    page.context.unroute("http**")
    page.context.route("http**", lambda route: route.fulfill(body="<title>weather</title>"))
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url("https://www.weather.gov/")
    page.go_back()
    assert page.title() == "before"


def test_the_quick_exit_stays_visible(site: Path, open_page: Open) -> None:
    page = open_page(site / "index.html", 320)
    page.evaluate("scrollTo(0, 3000)")
    box = page.get_by_role("link", name="Leave this page").bounding_box()
    assert box
    assert 0 <= box["y"] < 60


def test_without_scripts_the_page_has_the_same_text(site: Path, open_page: Open) -> None:
    read = [
        open_page(site / "index.html", java_script_enabled=script).locator("body").inner_text()
        for script in (True, False)
    ]
    assert read[0] == read[1]


def _with_player(changed_site: Changed) -> Path:
    return changed_site(
        (
            "    url: https://videos.example/school-safety\n",
            "    url: https://vimeo.com/12345\n    embed: https://player.vimeo.com/video/12345\n",
        )
    )


def test_a_player_is_loaded_after_a_click_and_not_before(
    changed_site: Changed, open_page: Open, requests: list[str], console: list[str]
) -> None:
    page = open_page(_with_player(changed_site) / "index.html")
    page.mouse.wheel(0, 20_000)
    page.wait_for_timeout(200)
    assert [url for url in requests if url.startswith("http")] == []
    page.get_by_role("link", name="Watch the video It is happening here").click()
    page.wait_for_selector("iframe")
    assert [url for url in requests if url.startswith("http")] == [
        "https://player.vimeo.com/video/12345"
    ]
    assert page.evaluate("document.activeElement.title") == "It is happening here"
    assert not any("Content Security" in text for text in console)


def test_without_scripts_the_same_link_opens_the_video(
    changed_site: Changed, open_page: Open
) -> None:
    page = open_page(_with_player(changed_site) / "index.html", java_script_enabled=False)
    with page.expect_request("https://vimeo.com/12345"):
        page.get_by_role("link", name="Watch the video It is happening here").click(
            no_wait_after=True
        )


def test_a_poster_replaces_the_code_of_a_video(
    changed_site: Changed, open_page: Open, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at the school"
    Image.new("RGB", (640, 360), "teal").save(tmp_path / "still.jpg", exif=exif)
    url = "    url: https://videos.example/school-safety\n"
    folder = changed_site((url, f"{url}    poster: still.jpg\n"))
    page = open_page(folder / "index.html")
    assert page.locator(".video img").evaluate_all("all => all.map(one => one.naturalWidth)") == [
        640
    ]
    assert page.locator(".video svg").count() == 1
    poster = (folder / "assets" / "video.school-safety.webp").read_bytes()
    assert b"taken at the school" not in poster
    assert Axe().run(page).response["violations"] == []


def test_printed_pages_have_numbers_and_addresses_but_no_buttons(
    site: Path, open_page: Open
) -> None:
    page = open_page(site / "index.html", color_scheme="dark")
    document = pypdfium2.PdfDocument(page.pdf(format="Letter", prefer_css_page_size=True))
    text = "\n".join(one.get_textpage().get_text_range() for one in document)
    assert text.count("1-800-225-5324") == 2
    assert "Wallet cards" in text
    assert "Download" not in text
    assert "Other editions" not in text
    assert "videos.example/explained" in text
    assert "Leave this page" not in text
    assert "Watch the video" not in text
    first = document[0].render().to_pil()
    assert first.getpixel((5, 5)) == (255, 255, 255)


@every_width
def test_the_page_of_another_pack_is_as_good(water: Path, open_page: Open, width: int) -> None:
    page = open_page(water / "index.html", width)
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
