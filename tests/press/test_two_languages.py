"""Builds of sheets in two languages: when they are made, and what is said if they can't be."""

import re
import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from pack.errors import ContentError
from pack.load import read_pack
from press.manifest import read_manifest
from tests.conftest import WATER, run_cli
from tests.languages.made_up import approve_all, start_in_spanish, translated, write_translation
from tests.tools.builds import Build, builds_in, reasons

BOTH = {"tip-sheet-en-es.pdf", "tip-sheet-en-es-bw.pdf"}
VARIANTS = "    variants:\n      - languages: [en, es]\n      - {languages: [en, es], ink: black}\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small pack whose sheet is in English and Spanish, too."""
    folder = tmp_path_factory.mktemp("two")
    at = "    template: tip-sheet\n"
    start_in_spanish(folder / "content", {at: at + VARIANTS})
    result = run_cli("build", folder=folder)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A copy of it, to change."""
    return shutil.copytree(built, tmp_path / "staff")


@pytest.fixture
def build(folder: Path) -> Build:
    return builds_in(folder)


def _in_both(folder: Path) -> set[str]:
    return {one.name for one in (folder / "output" / "reading").rglob("*-en-es*")}


def test_it_is_in_the_pack_s_own_folder_and_on_its_page(built: Path) -> None:
    own = built / "output" / "reading"
    assert _in_both(built) == BOTH
    assert all((own / name).exists() for name in BOTH)
    page = (own / "index.html").read_text("utf-8")
    link = r'href="tip-sheet-en-es\.pdf"><span class="hidden">[^<]*</span>English · Español</a>'
    assert re.search(link, page)
    assert "English · Español · Black" in page
    assert read_manifest(own).entries["tip-sheet-en-es.pdf"].languages == ("en", "es")
    assert "tip-sheet-en-es.pdf" in run_cli("list", folder=built).stdout


def test_it_says_in_both_languages_that_it_is_a_draft(built: Path) -> None:
    file = built / "output" / "reading" / "tip-sheet-en-es.pdf"
    with pikepdf.open(file) as document:
        title = str(document.docinfo.Title)
    assert title == f"Reading · {translated('Reading')} (Borrador, sin revisar)"
    with pypdfium2.PdfDocument(file) as document:
        for page in document:
            text = " ".join(page.get_textpage().get_text_range().split())
            assert "Draft, not reviewed" in text and "Borrador, sin revisar" in text


def test_a_released_one_is_no_draft(folder: Path, build: Build) -> None:
    content = folder / "content" / "reading.yaml"
    content.write_text(content.read_text("utf-8").replace(".example", ".gov"), "utf-8")
    refused = build("--release")
    assert refused.returncode == 5, refused.stderr
    approve_all(content)
    released = build("--release")
    assert released.returncode == 0, released.stderr
    with pikepdf.open(folder / "output" / "reading" / "tip-sheet-en-es.pdf") as document:
        assert str(document.docinfo.Title) == f"Reading · {translated('Reading')}"


def test_a_changed_translation_makes_it_again(folder: Path, build: Build) -> None:
    assert "0 files made" in build().stdout
    context = "handouts/tip-sheet/lead"
    write_translation(folder / "content" / "reading.yaml", context, "Lo–es demás")
    why = reasons(build())
    assert {name: why[name] for name in BOTH} == dict.fromkeys(
        BOTH, "a translation into Spanish changed"
    )
    assert why["tip-sheet.pdf"] == "kept"


def test_without_its_language_it_is_left_out_and_the_reason_is_told(
    folder: Path, build: Build
) -> None:
    content = folder / "content" / "reading.yaml"
    # Not asked for: nothing to tell.
    alone = build("--language", "en")
    assert alone.returncode == 0 and _in_both(folder) == set()
    assert "not made in" not in alone.stderr
    assert build().returncode == 0 and _in_both(folder) == BOTH
    # Not ready.
    text = content.read_text("utf-8")
    content.write_text(text.replace("Where to get help", "Where to find help"), "utf-8")
    told = build()
    assert told.returncode == 0, told.stderr
    line = text[: text.index("- languages: [en, es]")].count("\n") + 1
    assert f"reading.yaml:{line}:" in told.stderr
    assert "this sheet is not made in English and Spanish: Spanish is not ready" in told.stderr
    assert _in_both(folder) == set()
    assert "en-es" not in (folder / "output/reading/index.html").read_text("utf-8")
    # As a draft, it has what there is.
    assert build("--drafts").returncode == 0 and _in_both(folder) == BOTH
    # Not begun.
    shutil.rmtree(folder / "content" / "translations")
    told = build()
    assert "Spanish is not begun" in told.stderr and "translate es" in told.stderr


def test_a_list_of_schools_is_made_without_it(folder: Path, build: Build) -> None:
    (folder / "schools.csv").write_text("name,contact\nSample Elm School,Office\n", "utf-8")
    made = build("--schools", "schools.csv", "--only", "tip-sheet")
    assert made.returncode == 0, made.stderr
    names = {one.name for one in (folder / "output/reading/schools").rglob("*.pdf")}
    assert names == {"tip-sheet.pdf"}


@pytest.mark.parametrize(
    ("sheet", "variant", "what", "remedy"),
    [
        ("tip-sheet", "languages: [en, es, vi]", "has two of them", "for a third language"),
        ("tip-sheet", "languages: [en]", "has two of them", r"\[en, es\]"),
        ("tip-sheet", "languages: [en, en]", "has two of them", r"\[en, es\]"),
        ("tip-sheet", "languages: [es, en]", "own is “en”", r"languages: \[en, es\]"),
        ("tip-sheet", "languages: [es, vi]", "own is “en”", r"languages: \[en, vi\]"),
        ("tip-sheet", "languages: [en, xx]", "xx", ""),
        (
            "tip-sheet",
            "{languages: [en, es], size: large-print, pages: 9}",
            "no “large-print” in two languages",
            "Remove “size:”",
        ),
        ("poster", "languages: [en, es]", "can't show two languages", "Remove this variant"),
        ("cards", "languages: [en, es]", "can't show two languages", "Remove this variant"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    sheet: str, variant: str, what: str, remedy: str, tmp_path: Path
) -> None:
    shutil.copytree(WATER.parent, tmp_path, dirs_exist_ok=True)
    file = tmp_path / WATER.name
    text = file.read_text("utf-8")
    at = f"    template: {sheet}\n"
    assert text.count(at) == 1
    file.write_text(text.replace(at, f"{at}    variants:\n      - {variant}\n"), "utf-8")
    line = text[: text.index(at)].count("\n") + 3
    with pytest.raises(ContentError) as caught:
        read_pack(file)
    (problem,) = caught.value.problems
    assert problem.place.line == line
    assert re.search(what, problem.what)
    assert re.search(remedy, problem.remedy)
