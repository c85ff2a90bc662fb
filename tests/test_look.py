"""docs/look.md shows every layout and pictogram as the program draws it now (`make look`)."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pack import pictograms
from pack.load import read_pack
from pack.model import Pack
from pack.theme import load_theme
from slides.automatic import automatic
from slides.draft import DeckDraft
from tests.conftest import ROOT

DOCS = ROOT / "docs"
PAGE = (DOCS / "look.md").read_text("utf-8")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(DOCS / "look" / "look.yaml")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(DOCS, tmp_path / "docs")
    return tmp_path / "docs"


def make_look(*arguments: str) -> str:
    """What the command says when it ends; nothing if the page is up to date."""
    command = [sys.executable, "-m", "docs.look.make_look", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    ).stderr


def test_the_page_and_its_pictures_are_what_the_program_makes_now() -> None:
    assert make_look("--check") == ""


def test_what_is_outdated_is_named_and_made_again(copy: Path) -> None:
    pictures = copy / "look" / "slides"
    shutil.copy(pictures / "grid.png", pictures / "fork.png")
    (pictures / "cycle.png").unlink()
    (copy / "look.md").write_text(PAGE.replace("layout: grid, ", "layout: circle, "), "utf-8")
    shutil.copy(pictures / "grid.png", pictures / "circle.png")
    said = make_look("--check", "--docs", str(copy))
    assert "Run “make look”" in said
    assert {*re.findall(r"[\w/]+\.(?:png|md)", said)} == {
        "look.md",
        *(f"look/slides/{name}.png" for name in ("fork", "cycle", "circle")),
    }
    assert make_look("--docs", str(copy)) == ""
    assert (copy / "look.md").read_text("utf-8") == PAGE
    assert {file.name for file in pictures.iterdir()} == {
        file.name for file in (DOCS / "look" / "slides").iterdir()
    }
    assert make_look("--check", "--docs", str(copy)) == ""


def test_a_layout_that_the_page_leaves_out_is_named(copy: Path) -> None:
    (copy / "look.md").write_text(PAGE.replace("<!-- made: fork -->\n", ""), "utf-8")
    said = make_look("--check", "--docs", str(copy))
    assert said == "docs/look.md has no “<!-- made: … -->” for: fork\n"


def test_every_layout_and_pictogram_is_on_the_page() -> None:
    headings = {one.removeprefix("layout: ") for one in re.findall(r"^##+ (.+)$", PAGE, re.M)}
    assert {*load_theme().layouts} <= headings
    assert [name for name in pictograms.names() if f"<br>`{name}`" not in PAGE] == []


def test_every_link_within_the_page_leads_to_a_heading() -> None:
    headings = re.findall(r"^##+ (.+)$", PAGE, re.M)
    anchors = {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}
    assert {*re.findall(r"\]\(#([^)]+)\)", PAGE)} <= anchors


def test_no_slide_of_the_page_falls_back_to_a_list(pack: Pack) -> None:
    draft = DeckDraft(pack)
    planned = [content.layout for content in draft.outline]
    assert [content.layout for content in draft.composition.slides] == planned
    listed = {"Steps", "Contacts", "Take home", "Closing in full"}
    assert not listed & {*planned} and planned.count("Key points") == 1


def test_auto_chooses_the_layouts_of_its_table(pack: Pack) -> None:
    table = PAGE.partition("## layout: auto")[2].partition("It never chooses")[0]
    named = {name for line in table.splitlines()[4:] for name in re.findall(r"`([\w-]+)`", line)}
    chosen = named & {*load_theme().layouts}
    assert pack.deck
    slides = [slide for slide in pack.deck.slides if slide.layout in chosen]
    assert {slide.layout for slide in slides} == chosen
    assert [automatic(pack, slide) for slide in slides] == [slide.layout for slide in slides]
