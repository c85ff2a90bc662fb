"""How the live preview shows faults in content, sheets, styles and templates."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from pack import ROOMS
from press.lock import locked
from tests.conftest import ROOT
from tests.preview.conftest import PATIENCE, Preview, open_page, pictures

_PALE = f"""<a:lvl1pPr {nsdecls("a")}><a:defRPr><a:solidFill><a:srgbClr val="999999"/></a:solidFill>
</a:defRPr></a:lvl1pPr>"""


def test_problems_are_shown_with_line_and_remedy_above_the_last_good_pictures_until_fixed(
    page: Any, restored: Preview
) -> None:
    preview = restored
    open_page(page, preview)
    before = page.locator("article").evaluate_all("(all) => all.map((one) => one.dataset.digest)")
    good = preview.content.read_text("utf-8")
    line = next(
        number
        for number, text in enumerate(good.splitlines(), start=1)
        if text.strip() == "- topics: [quiet]" or "topics: [watch, quiet" in text
    )
    preview.edit("topics: [watch, quiet,", "topics: [wach, <b>quiet</b>,")
    problems = page.locator("#problems")
    expect(problems).to_be_visible(timeout=PATIENCE)
    expect(problems.locator("h3").first).to_have_text(f"water.yaml, line {line}")
    expect(problems).to_contain_text("Did you mean “watch”")
    expect(problems).to_contain_text("<b>quiet</b>")  # as text: nothing of the pack is HTML
    expect(page.locator(".verdict")).to_contain_text(
        "The pictures below show the last good version."
    )
    after = page.locator("article").evaluate_all("(all) => all.map((one) => one.dataset.digest)")
    assert after == before
    assert len(pictures(page)) >= 1
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    preview.content.write_text(good, "utf-8")
    expect(problems).to_have_count(0, timeout=PATIENCE)
    expect(page.locator(".verdict")).to_have_text("Everything is up to date.", timeout=PATIENCE)


def test_a_sheet_that_gets_too_long_is_reported_and_the_earlier_file_stays(
    page: Any, restored: Preview
) -> None:
    preview = restored
    open_page(page, preview)
    old = (preview.output / "water" / "tip-sheet.pdf").read_bytes()
    preview.edit("Toys are out of the water", "Toys are out of the water, " + "and so on, " * 800)
    expect(page.locator("#problems")).to_contain_text("at-home", timeout=PATIENCE)
    expect(page.locator("#problems h3").first).to_contain_text("water.yaml, line")
    assert (preview.output / "water" / "tip-sheet.pdf").read_bytes() == old


def test_files_that_can_not_be_saved_are_never_called_up_to_date(
    page: Any, restored: Preview
) -> None:
    preview = restored
    open_page(page, preview)
    verdict = page.locator(".verdict")
    folder = preview.output / "water"
    shutil.rmtree(folder)
    folder.write_text("a file where the folder should be")
    preview.edit("Toys are out of the water", "Toys are away")
    expect(page.locator("#problems")).to_contain_text(
        f"{folder} can't be written: there is already a file with this name.", timeout=PATIENCE
    )
    expect(verdict).to_contain_text("1 problem to fix. Not saved: ", timeout=PATIENCE)
    expect(verdict).not_to_contain_text("good version")
    folder.unlink()
    preview.edit("Toys are away", "Toys are put away")
    expect(verdict).to_have_text("Everything is up to date.", timeout=PATIENCE)
    assert (folder / "index.html").is_file()


def test_a_pack_that_was_never_good_has_no_pictures_below(
    page: Any, start: Callable[..., Preview]
) -> None:
    preview = start(edit=("help_strip:", "halp_strip:"))
    page.goto(preview.address)
    expect(page.locator(".verdict")).to_have_text("1 problem to fix.", timeout=PATIENCE)


def test_a_changed_style_is_used_and_preflight_findings_are_drawn_on_their_spots(
    page: Any, start: Callable[..., Preview], tmp_path: Path
) -> None:
    """In a copy of the program, because the test breaks its style."""
    root = tmp_path / "program"
    for room in (*ROOMS, "templates"):
        shutil.copytree(ROOT / room, root / room)
    shutil.copy(ROOT / "make_materials.py", root)
    preview = start(root=root)
    open_page(page, preview)
    file = preview.output / "water" / "tip-sheet.pdf"
    old = file.read_bytes()
    style = root / "templates" / "handouts" / "tip-sheet.css"
    good = style.read_text("utf-8")
    style.write_text(good + "\np, li { font-size: 6pt !important }\n", "utf-8")
    sheet = page.locator("article", has_text="tip-sheet.pdf")
    expect(sheet.locator(".findings")).to_contain_text("page-type-size", timeout=PATIENCE)
    expect(sheet.locator(".unsaved")).to_be_visible()
    expect(page.locator(".verdict")).to_contain_text("Not saved: ")
    expect(page.locator(".verdict")).to_contain_text("Fix what is marked below.")
    sheet.scroll_into_view_if_needed()
    paper = sheet.locator(".paper").first.bounding_box()
    spot = sheet.locator(".paper rect").first.bounding_box()
    assert paper["x"] < spot["x"] and spot["x"] + spot["width"] < paper["x"] + paper["width"]
    assert paper["y"] < spot["y"] and spot["y"] + spot["height"] < paper["y"] + paper["height"]
    assert spot["width"] > 5 and spot["height"] > 2
    assert file.read_bytes() == old
    style.write_text(good + "\n}}} p {{ color\n", "utf-8")
    expect(page.locator("#problems")).to_contain_text("Undo the last change", timeout=PATIENCE)
    style.write_text(good, "utf-8")
    expect(sheet.locator(".findings")).to_have_count(0, timeout=PATIENCE)
    expect(page.locator(".verdict")).to_have_text("Everything is up to date.", timeout=PATIENCE)
    assert file.read_bytes() == old


def test_preflight_findings_on_slides_of_a_foreign_template_are_drawn_on_their_spots(
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
    expect(deck.locator(".findings")).to_contain_text("deck-contrast", timeout=PATIENCE)
    paper = deck.locator("li", has=page.locator("rect")).first.locator(".paper")
    paper.scroll_into_view_if_needed()
    outer, spot = paper.bounding_box(), paper.locator("rect").first.bounding_box()
    assert outer["x"] < spot["x"] and spot["x"] + spot["width"] < outer["x"] + outer["width"]
    assert outer["y"] < spot["y"] and spot["y"] + spot["height"] < outer["y"] + outer["height"]
    # The text of the slide, and not its title above.
    assert spot["y"] > outer["y"] + outer["height"] / 8
    assert spot["width"] > outer["width"] / 3
    template.write_bytes(good)
    expect(deck.locator(".findings")).to_have_count(0, timeout=PATIENCE)
    expect(page.locator(".verdict")).to_have_text("Everything is up to date.", timeout=PATIENCE)
    assert (preview.output / "water" / "family-evening.pptx").exists()


def test_a_template_that_can_not_be_used_is_a_problem_until_it_is_fixed(
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
        "The template district.pptx has no layout for", timeout=PATIENCE
    )
    template.write_bytes((ROOT / "templates" / "slides" / "theme.pptx").read_bytes())
    expect(page.locator(".verdict")).to_have_text("Everything is up to date.", timeout=PATIENCE)


def test_it_answers_while_another_build_runs_however_often_pages_post(
    page: Any, restored: Preview
) -> None:
    preview = restored
    open_page(page, preview)
    id = page.locator("article").first.get_attribute("id")
    with locked(preview.output, lambda: None):
        preview.edit("Toys are out of the water", "Toys are put away")
        with httpx.Client(base_url=preview.address, timeout=30) as client:
            for _ in range(1500):
                assert client.post(f"/looked/{id}").status_code == 204
            assert client.get("/").status_code == 200
    expect(page.locator(".verdict")).to_have_text("Everything is up to date.", timeout=PATIENCE)
