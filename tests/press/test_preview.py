"""The live preview: a real server, a real browser, a real save."""

import asyncio
import http.client
import io
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from tests.conftest import ROOT, WATER, Run

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect

_PHONE = "303-555-0142"
_PALE = f"""<a:lvl1pPr {nsdecls("a")}><a:defRPr><a:solidFill><a:srgbClr val="999999"/></a:solidFill>
</a:defRPr></a:lvl1pPr>"""
#: Long enough for a machine that has other things to do: nothing here is about speed.
_PATIENCE = 60_000


@dataclass
class Preview:
    """A preview that runs: its address, its content file, its output folder and its process."""

    address: str
    content: Path
    output: Path
    process: "subprocess.Popen[str]"

    def edit(self, old: str, new: str) -> None:
        text = self.content.read_text("utf-8")
        assert old in text
        self.content.write_text(text.replace(old, new), "utf-8")

    def stop(self) -> tuple[int, str]:
        """Press Ctrl-C; returns the exit code and all that was said since the address."""
        os.killpg(self.process.pid, signal.SIGINT)
        said, _ = self.process.communicate(timeout=60)
        return self.process.returncode, said


def _small_pack(folder: Path) -> Path:
    """Two sheets and a deck on water safety."""
    text = WATER.read_text("utf-8")
    text = text[: text.index("  - id: myths\n")] + text[text.index("\ndeck:\n") :]
    shutil.copytree(WATER.parent / "images", folder / "images")
    (folder / "water.yaml").write_text(text, "utf-8")
    return folder / "water.yaml"


def _start(folder: Path, *more: str, root: Path = ROOT) -> Preview:
    folder.mkdir(parents=True, exist_ok=True)
    content, output = _small_pack(folder), folder / "out"
    command = (sys.executable, root / "make_materials.py", "preview", content, "--port", "0")
    process = subprocess.Popen(
        [*map(str, command), "--output", str(output), "--no-browser", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    assert process.stdout
    line = process.stdout.readline()
    found = re.fullmatch(r"Preview: (http://127\.0\.0\.1:\d+/) .*Ctrl-C.*\n", line)
    assert found, line
    return Preview(found[1], content, output, process)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Preview]]:
    """Start a preview of a small pack; it is ended with the test."""
    running: list[Preview] = []

    def run(*more: str, root: Path = ROOT) -> Preview:
        running.append(_start(tmp_path / f"pack-{len(running)}", *more, root=root))
        return running[-1]

    yield run
    for one in running:
        if one.process.poll() is None:
            os.killpg(one.process.pid, signal.SIGKILL)
            one.process.communicate()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview for tests that only ask, when everything is made."""
    one = _start(tmp_path_factory.mktemp("preview"))
    with (
        httpx.Client(base_url=one.address, timeout=60) as client,
        client.stream("GET", "/events", params={"since": _moment(client)}) as events,
    ):
        for _ in events.iter_lines():
            if "up to date" in httpx.get(one.address, timeout=60).text:
                break
    yield one
    code, said = one.stop()
    assert (code, said) == (0, "")


def _moment(client: httpx.Client) -> str:
    found = re.search('data-moment="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that asks only this computer, and whose script never fails."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    failed: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    yield page
    context.close()
    assert asked and all(url.startswith(("http://127.0.0.1:", "data:,")) for url in asked)
    assert not failed


def _open(page: Any, preview: Preview) -> None:
    page.goto(preview.address)
    expect(page.locator(".verdict")).to_have_text("Everything is up to date.", timeout=_PATIENCE)


def _pictures(page: Any) -> list[str]:
    """The files whose first picture has been loaded and is not empty, in the page's order."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("article")]
        .filter((one) => { const picture = one.querySelector("img");
          return picture.complete && picture.naturalWidth === 900; })
        .map((one) => one.querySelector(".file").textContent)"""
    )
    return found


def test_the_page_shows_every_sheet_and_every_slide(page: Any, shared: Preview) -> None:
    _open(page, shared)
    expect(page.locator("article .file")).to_have_text(
        ["tip-sheet.pdf", "at-home.pdf", "family-evening.pptx"]
    )
    assert page.locator("article").nth(2).locator("img").count() == 15
    for picture in page.locator("img").all():
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("(one) => one.decode().then(() => one.naturalWidth)") == 900
    assert _pictures(page) == ["tip-sheet.pdf", "at-home.pdf", "family-evening.pptx"]
    expect(page.get_by_alt_text("Slide 3 of 15: An adult watches")).to_have_count(1)
    words = page.locator("article").first.locator("details p")
    expect(words).to_contain_text("Water is fun, and it needs a grown-up’s eyes.")
    # As it is read aloud: the list right after what it belongs to.
    expect(words).to_contain_text("weak swimmers wear one too. It has the right size")


def test_after_a_save_the_changed_sheet_is_first_with_a_new_picture_and_the_others_stay(
    page: Any, start: Callable[..., Preview]
) -> None:
    preview = start()
    _open(page, preview)
    old = {
        name: page.locator("article", has_text=name).get_attribute("data-digest")
        for name in ("at-home.pdf", "tip-sheet.pdf")
    }
    preview.edit("A ring or pole hangs beside it.", "A ring or a pole hangs beside it.")
    expect(page.locator("article .file").first).not_to_have_text("tip-sheet.pdf", timeout=_PATIENCE)
    expect(page.locator("#said")).to_contain_text("Updated", timeout=_PATIENCE)
    expect(page.locator(".verdict")).to_have_text("Everything is up to date.", timeout=_PATIENCE)
    files = page.locator("article .file").all_text_contents()
    assert files[-1] == "tip-sheet.pdf"
    changed = page.locator("article", has_text="at-home.pdf")
    assert changed.get_attribute("data-digest") != old["at-home.pdf"]
    expect(changed.locator("details p")).to_contain_text("A ring or a pole hangs")
    expect(changed.locator("img").first).to_have_js_property("complete", True, timeout=_PATIENCE)
    assert "at-home.pdf" in _pictures(page)
    kept = page.locator("article", has_text="tip-sheet.pdf")
    assert kept.get_attribute("data-digest") == old["tip-sheet.pdf"]


def test_problems_are_shown_with_line_and_remedy_over_the_last_good_pictures_until_mended(
    page: Any, start: Callable[..., Preview]
) -> None:
    preview = start()
    _open(page, preview)
    before = page.locator("article").evaluate_all("(all) => all.map((one) => one.dataset.digest)")
    good = preview.content.read_text("utf-8")
    line = next(
        number
        for number, text in enumerate(good.splitlines(), start=1)
        if text.strip() == "- topics: [quiet]" or "topics: [watch, quiet" in text
    )
    preview.edit("topics: [watch, quiet,", "topics: [wach, <b>quiet</b>,")
    problems = page.locator("#problems")
    expect(problems).to_be_visible(timeout=_PATIENCE)
    expect(problems.locator("h3").first).to_have_text(f"water.yaml, line {line}")
    expect(problems).to_contain_text("Did you mean “watch”")
    expect(problems).to_contain_text("<b>quiet</b>")  # as text: nothing of the pack is HTML
    expect(page.locator(".verdict")).to_contain_text("The pictures below are the last good ones.")
    after = page.locator("article").evaluate_all("(all) => all.map((one) => one.dataset.digest)")
    assert after == before
    assert len(_pictures(page)) >= 1
    preview.content.write_text(good, "utf-8")
    expect(problems).to_have_count(0, timeout=_PATIENCE)
    expect(page.locator(".verdict")).to_have_text("Everything is up to date.", timeout=_PATIENCE)


def test_a_sheet_that_gets_too_long_says_so_and_the_file_of_before_stays(
    page: Any, start: Callable[..., Preview]
) -> None:
    preview = start()
    _open(page, preview)
    old = (preview.output / "water" / "tip-sheet.pdf").read_bytes()
    preview.edit("Toys are out of the water", "Toys are out of the water, " + "and so on, " * 800)
    expect(page.locator("#problems")).to_contain_text("at-home", timeout=_PATIENCE)
    expect(page.locator("#problems h3").first).to_contain_text("water.yaml, line")
    assert (preview.output / "water" / "tip-sheet.pdf").read_bytes() == old


def test_a_style_is_taken_up_and_what_preflight_finds_is_drawn_on_its_spot(
    page: Any, start: Callable[..., Preview], tmp_path: Path
) -> None:
    """In a copy of the program, because its style is spoiled."""
    root = tmp_path / "program"
    for room in ("handouts", "press", "slides", "source", "templates", "website"):
        shutil.copytree(ROOT / room, root / room)
    shutil.copy(ROOT / "make_materials.py", root)
    preview = start(root=root)
    _open(page, preview)
    file = preview.output / "water" / "tip-sheet.pdf"
    old = file.read_bytes()
    style = root / "templates" / "handouts" / "tip-sheet.css"
    good = style.read_text("utf-8")
    style.write_text(good + "\np, li { font-size: 6pt !important }\n", "utf-8")
    sheet = page.locator("article", has_text="tip-sheet.pdf")
    expect(sheet.locator(".findings")).to_contain_text("page-type-size", timeout=_PATIENCE)
    expect(sheet.locator(".unsaved")).to_be_visible()
    sheet.scroll_into_view_if_needed()
    paper = sheet.locator(".paper").first.bounding_box()
    spot = sheet.locator(".paper rect").first.bounding_box()
    assert paper["x"] < spot["x"] and spot["x"] + spot["width"] < paper["x"] + paper["width"]
    assert paper["y"] < spot["y"] and spot["y"] + spot["height"] < paper["y"] + paper["height"]
    assert spot["width"] > 5 and spot["height"] > 2
    assert file.read_bytes() == old
    style.write_text(good + "\n}}} p {{ color\n", "utf-8")
    expect(page.locator("#problems")).to_contain_text("Undo the last change", timeout=_PATIENCE)
    style.write_text(good, "utf-8")
    expect(sheet.locator(".findings")).to_have_count(0, timeout=_PATIENCE)
    expect(page.locator(".verdict")).to_have_text("Everything is up to date.", timeout=_PATIENCE)
    assert file.read_bytes() == old


def test_what_preflight_finds_on_slides_of_a_template_of_others_is_drawn_on_its_spot(
    page: Any, start: Callable[..., Preview], tmp_path: Path
) -> None:
    good = (ROOT / "templates" / "slides" / "theme.pptx").read_bytes()
    template = tmp_path / "district.pptx"
    presentation: Any = Presentation(io.BytesIO(good))
    layout = next(one for one in presentation.slide_layouts if one.name == "Key points")
    text = next(shape for shape in layout.placeholders if shape.name == "Text")
    text._element.txBody.find(qn("a:lstStyle")).append(parse_xml(_PALE))
    presentation.save(str(template))
    preview = start("--deck-template", str(template))
    page.goto(preview.address)
    deck = page.locator("article", has_text="family-evening.pptx")
    expect(deck.locator(".findings")).to_contain_text("deck-contrast", timeout=_PATIENCE)
    expect(deck.locator(".unsaved")).to_be_visible()
    paper = deck.locator("li", has=page.locator("rect")).first.locator(".paper")
    paper.scroll_into_view_if_needed()
    outer, spot = paper.bounding_box(), paper.locator("rect").first.bounding_box()
    assert outer["x"] < spot["x"] and spot["x"] + spot["width"] < outer["x"] + outer["width"]
    assert outer["y"] < spot["y"] and spot["y"] + spot["height"] < outer["y"] + outer["height"]
    # The text of the slide, and not its title above.
    assert spot["y"] > outer["y"] + outer["height"] / 8
    assert spot["width"] > outer["width"] / 3
    template.write_bytes(good)
    expect(deck.locator(".findings")).to_have_count(0, timeout=_PATIENCE)
    expect(page.locator(".verdict")).to_have_text("Everything is up to date.", timeout=_PATIENCE)
    assert (preview.output / "water" / "family-evening.pptx").exists()


def test_a_template_that_no_deck_can_be_built_on_is_a_problem_until_it_is_mended(
    page: Any, start: Callable[..., Preview], tmp_path: Path
) -> None:
    template = tmp_path / "district.pptx"
    presentation: Any = Presentation()
    layouts = presentation.slide_layouts
    for layout in list(layouts)[1:]:
        layouts.remove(layout)
    for shape in [*layouts[0].placeholders]:
        shape._element.getparent().remove(shape._element)
    presentation.save(str(template))
    preview = start("--deck-template", str(template))
    page.goto(preview.address)
    expect(page.locator("#problems")).to_contain_text(
        "This template has no layout for", timeout=_PATIENCE
    )
    template.write_bytes((ROOT / "templates" / "slides" / "theme.pptx").read_bytes())
    expect(page.locator(".verdict")).to_have_text("Everything is up to date.", timeout=_PATIENCE)


def test_everything_is_reached_and_used_with_the_keyboard(page: Any, shared: Preview) -> None:
    _open(page, shared)
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
    _open(page, preview)
    sheet = page.locator("article", has_text="tip-sheet.pdf")
    sheet.locator("summary").click()
    sheet.get_by_role("button", name="Larger").press("Enter")
    preview.edit(_PHONE, "303-555-0143")
    expect(sheet.locator("details p")).to_contain_text("303-555-0143", timeout=_PATIENCE)
    expect(sheet.locator("details p")).to_be_visible()
    expect(sheet.get_by_role("button", name="Larger")).to_be_focused()
    expect(sheet).to_have_attribute("data-size", "2")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_against_the_page(
    page: Any, shared: Preview, scheme: str, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    _open(page, shared)
    page.locator("#warnings summary").click()
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= width


def test_axe_finds_nothing_against_problems(page: Any, start: Callable[..., Preview]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    preview = start()
    _open(page, preview)
    preview.edit("topics: [watch, quiet,", "topics: [wach, quiet,")
    expect(page.locator("#problems")).to_be_visible(timeout=_PATIENCE)
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_a_build_after_the_preview_has_nothing_to_make_and_makes_the_same(
    page: Any, start: Callable[..., Preview], run: Run, tmp_path: Path
) -> None:
    preview = start()
    _open(page, preview)
    preview.edit(_PHONE, "303-555-0144")
    expect(page.locator("article details p").first).to_contain_text(
        "303-555-0144", timeout=_PATIENCE
    )
    expect(page.locator(".verdict")).to_have_text("Everything is up to date.", timeout=_PATIENCE)
    assert preview.stop() == (0, "")
    again = run("build", preview.content, "--output", preview.output)
    assert "0 files made, 3 kept" in again.stdout
    run("build", preview.content, "--output", tmp_path / "other")
    other = tmp_path / "other" / "water"
    for file in other.rglob("*"):
        name = file.relative_to(other)
        if file.is_file():
            assert (preview.output / "water" / name).read_bytes() == file.read_bytes(), name


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", "", "[::1]:80"]
)
def test_a_foreign_host_is_refused(shared: Preview, host: str) -> None:
    for path in ("", "events", "assets/preview.js"):
        answer = httpx.get(shared.address + path, headers={"Host": host}, timeout=60)
        assert answer.status_code in (400, 421)
        assert "Water" not in answer.text


def test_another_page_can_ask_for_nothing(shared: Preview) -> None:
    headers = {"Origin": "http://evil.example"}
    assert httpx.get(shared.address, headers=headers, timeout=60).status_code == 403
    port = httpx.URL(shared.address).port
    assert httpx.get(f"http://localhost:{port}/", timeout=60).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../make_materials.py",
        "/assets/../preflight/preflight.css",
        "/assets/%2e%2e/preflight/preflight.css",
        "/assets/..%2fpreflight%2fpreflight.css",
        "/files/../../manifest.json",
        "/files/..%2f..%2fmanifest.json",
        "/files/water/manifest.json",
        "/files/%00",
        "//etc/passwd",
        "/%ff%fe",
        "/pictures/a/b/0.png",
        "/pictures/a/b/-1.png",
        "/pictures/a/b/99999999999999999999.png",
    ],
)
def test_no_path_leads_outside(shared: Preview, path: str) -> None:
    connection = http.client.HTTPConnection(httpx.URL(shared.address).netloc.decode(), timeout=60)
    connection.putrequest("GET", path)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    assert answer.status in (400, 404)
    assert "Traceback" not in body and "preflight" not in body and "root:" not in body


def test_a_page_that_does_not_exist_has_no_picture(shared: Preview) -> None:
    source = re.search(r"/pictures/\w+/\w+/1\.png", httpx.get(shared.address, timeout=60).text)
    assert source
    address = shared.address.rstrip("/") + source[0]
    assert httpx.get(address, timeout=60).content.startswith(b"\x89PNG")
    for number in ("0", "2", "999"):
        other = address.replace("/1.png", f"/{number}.png")
        assert httpx.get(other, timeout=60).status_code == 404


def test_a_sheet_is_downloaded_and_one_that_vanished_is_said_to_be_gone(
    page: Any, start: Callable[..., Preview]
) -> None:
    preview = start()
    _open(page, preview)
    file = preview.output / "water" / "tip-sheet.pdf"
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download tip-sheet.pdf").click()
    assert waiting.value.suggested_filename == "tip-sheet.pdf"
    assert Path(waiting.value.path()).read_bytes() == file.read_bytes()
    found = re.search(r"/files/\w+", page.content())
    assert found
    file.unlink()
    answer = httpx.get(preview.address.rstrip("/") + found[0], timeout=60)
    assert answer.status_code == 404
    assert answer.text.startswith("tip-sheet.pdf is not in the output folder any more.")
    assert preview.stop() == (0, "")


def test_a_thousand_connections_at_once_are_answered_or_refused(shared: Preview) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    host = httpx.URL(shared.address).netloc.decode()

    async def ask() -> str:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", int(host.split(":")[1]))
            writer.write(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            answer = (await reader.read()).decode()
            writer.close()
        except ConnectionError:
            return "refused"
        return answer.partition("\r\n")[0].split()[1]

    async def ask_all() -> list[str]:
        return await asyncio.wait_for(asyncio.gather(*(ask() for _ in range(1000))), 120)

    try:
        with ThreadPoolExecutor(1) as thread:  # Playwright's loop runs in this one
            answers = thread.submit(lambda: asyncio.run(ask_all())).result()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert set(answers) <= {"200", "503", "refused"}
    assert "200" in answers
    assert httpx.get(shared.address, timeout=60).status_code == 200


def test_a_taken_port_is_told_in_one_line(run: Run) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = run("preview", WATER, "--port", port, "--no-browser")
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert f"Port {port} can't be used" in result.stderr
    assert "--port" in result.stderr
    assert result.stdout == ""


def test_where_there_is_no_browser_the_address_is_left_to_people(tmp_path: Path) -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    command = (sys.executable, ROOT / "make_materials.py", "preview", WATER, "--port", "0")
    process = subprocess.Popen(
        [*map(str, command), "--output", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
        env={name: value for name, value in os.environ.items() if name not in screens},
    )
    assert process.stdout
    lines = [process.stdout.readline(), process.stdout.readline()]
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=60)
    assert lines[0].startswith("Preview: http://127.0.0.1:")
    assert lines[1] == "There is no browser here that can be opened: open that address in one.\n"


@pytest.mark.parametrize("made", [True, False], ids=["when all is made", "while it makes"])
def test_ctrl_c_ends_it_quietly_and_leaves_no_process(
    page: Any, start: Callable[..., Preview], made: bool
) -> None:
    preview = start()
    page.goto(preview.address)
    if made:
        _open(page, preview)
    assert preview.stop() == (0, "")
    with pytest.raises(ProcessLookupError):
        os.killpg(preview.process.pid, 0)
    expect(page.locator("#connection")).to_contain_text("The preview has ended")
