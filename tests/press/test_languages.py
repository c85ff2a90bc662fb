"""Builds in several languages: what is made of each, and what keeps a language out."""

import hashlib
import re
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pptx import Presentation

from press.new_pack import start_pack
from tests.conftest import run_cli
from tests.languages.made_up import (
    approve_all,
    start_in_spanish,
    translate_all,
    translated,
    write_translation,
)
from tests.tools import verapdf
from tests.tools.builds import Build, builds_in, reasons

DRAFT = "Borrador, sin revisar"
REPORTS = {"preflight.html", "preflight.json"}
PO = "content/translations/reading/es.po"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small pack, all of it in Spanish, and what was built from it."""
    folder = tmp_path_factory.mktemp("languages")
    start_in_spanish(folder / "content")
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


def _edit(folder: Path, old: str, new: str) -> None:
    file = folder / "content" / "reading.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def _digests(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_each_language_has_its_files_under_the_same_names(built: Path) -> None:
    english, spanish = built / "output" / "reading", built / "output" / "reading" / "es"
    made = {one.name for one in spanish.iterdir()}
    assert made == {one.name for one in english.iterdir()} - {"es", "reading.zip"} | {
        "reading-es.zip"
    }
    with zipfile.ZipFile(spanish / "reading-es.zip") as archive:
        assert set(archive.namelist()) == {"reading-es/tip-sheet.pdf", "reading-es/slides.pptx"}
        assert archive.read("reading-es/tip-sheet.pdf") == (spanish / "tip-sheet.pdf").read_bytes()


def test_the_own_language_is_the_same_with_and_without_others(built: Path, tmp_path: Path) -> None:
    shutil.copy(built / "content" / "reading.yaml", tmp_path / "reading.yaml")
    assert run_cli("build", "reading.yaml", folder=tmp_path).returncode == 0
    alone, among = (_digests(one / "output" / "reading") for one in (tmp_path, built))
    pages = {"index.html", "accessibility.html", "manifest.json", *REPORTS}
    assert {name for name in alone if alone[name] != among[name]} <= pages
    assert {name for name in among.keys() - alone.keys() if not name.startswith("es/")} == {
        "assets/languages.css"
    }


def test_a_pdf_says_its_language_and_on_every_page_that_it_is_a_draft(built: Path) -> None:
    file = built / "output" / "reading" / "es" / "tip-sheet.pdf"
    with pikepdf.open(file) as document:
        assert str(document.Root.Lang) == "es"
        assert str(document.docinfo.Title) == f"{translated('Reading')} ({DRAFT})"
    with pypdfium2.PdfDocument(file) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    assert all(DRAFT in text for text in texts)
    assert translated("Learn more") in " ".join(" ".join(texts).split())
    with pikepdf.open(built / "output" / "reading" / "tip-sheet.pdf") as document:
        assert str(document.docinfo.Title) == "Reading"


def test_a_deck_says_its_language_in_every_run_and_on_every_slide_that_it_is_a_draft(
    built: Path,
) -> None:
    deck = Presentation(str(built / "output" / "reading" / "es" / "slides.pptx"))
    assert deck.core_properties.language == "es-US"
    assert deck.core_properties.title.endswith(f"({DRAFT})")
    for slide in deck.slides:
        runs = slide.part._element.iter("{*}rPr")
        assert {run.get("lang") for run in runs} == {"es-US"}
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert any(" ".join(text.split()).startswith(DRAFT) for text in texts)


def test_a_draft_says_so_on_every_slide_of_a_template_from_others(
    folder: Path, build: Build
) -> None:
    Presentation().save(str(folder / "theirs.pptx"))
    made = build("--only", "slides", "--deck-template", "theirs.pptx")
    assert made.returncode == 0, made.stderr
    for slide in Presentation(str(folder / "output/reading/es/slides.pptx")).slides:
        (footer,) = [shape for shape in slide.shapes if shape.name == "Footer"]
        assert footer.text_frame.text.startswith(f"{DRAFT} · ")


@pytest.mark.parametrize("name", ["index.html", "accessibility.html"])
def test_pages_link_the_same_page_in_the_other_languages_by_their_own_names(
    built: Path, name: str
) -> None:
    english, spanish = (
        (built / "output" / "reading" / folder / name).read_text("utf-8") for folder in ("", "es")
    )
    assert f'<a href="es/{name}" lang="es" hreflang="es" dir="ltr">Español</a>' in english
    assert f'<a href="../{name}" lang="en" hreflang="en" dir="ltr">English</a>' in spanish
    assert '<html lang="es">' in spanish
    assert f'<p class="draft">{DRAFT}</p>' in spanish
    assert f"({DRAFT})" in spanish.partition("</title>")[0]
    assert "Draft" not in english


def test_a_build_with_nothing_to_do_knows_all_languages(build: Build) -> None:
    again = build()
    assert "0 files made, 4 kept" in again.stdout
    draft = rf"warning: {PO}: Spanish is a draft: of (\d+) texts, \1 not app"
    assert re.search(draft, again.stderr)
    assert reasons(again).keys() == {
        *("tip-sheet.pdf", "slides.pptx"),
        *("es/tip-sheet.pdf", "es/slides.pptx"),
    }


def test_a_changed_text_is_made_again_where_it_is_shown_when_each_language_has_it(
    folder: Path, build: Build
) -> None:
    spanish = folder / "output" / "reading" / "es"
    before = _digests(spanish)
    _edit(folder, "The most important thing, in two", "What matters most, in two")
    told = build()
    assert told.returncode == 0, told.stderr
    assert reasons(told) == {
        "tip-sheet.pdf": "handouts → 1 → lead changed",
        "slides.pptx": "kept",
    }
    assert f"warning: {PO}: Spanish is not built: of " in told.stderr
    assert "1 out of date; its files are from an earlier build" in told.stderr
    assert _digests(spanish) == before
    # Nobody is led to the older sentence.
    assert "hreflang" not in (folder / "output/reading/index.html").read_text("utf-8")
    # Nothing has changed, and the same is told.
    again = build()
    assert "0 files made, 2 kept" in again.stdout
    assert again.stderr == told.stderr

    write_translation(folder / "content/reading.yaml", "handouts/tip-sheet/lead", "Lo–es demás")
    right = ("es", "--still-right", "handouts/tip-sheet/lead")
    assert run_cli("translate", *right, folder=folder).returncode == 0
    assert reasons(build()) == {
        "tip-sheet.pdf": "kept",
        "slides.pptx": "kept",
        "es/tip-sheet.pdf": "handouts → 1 → lead changed",
        "es/slides.pptx": "kept",
    }
    assert "hreflang" in (folder / "output/reading/index.html").read_text("utf-8")


def test_a_language_that_is_asked_for_must_be_ready(folder: Path, build: Build) -> None:
    _edit(folder, "Where to get help", "Where to find help")
    before = _digests(folder / "output")
    failed = build("--language", "es")
    assert failed.returncode == 1
    assert f"error: {PO}:" in failed.stderr
    assert "deck/slides/5/title: this translates an older English text" in failed.stderr
    assert _digests(folder / "output") == before
    assert build("--language", "en").returncode == 0
    unknown = build("--language", "vi")
    assert unknown.returncode == 2
    assert "no translations of reading into “vi” yet. Begin with: translate vi" in unknown.stderr


def test_drafts_have_the_english_where_nobody_has_translated_it(folder: Path, build: Build) -> None:
    content = folder / "content" / "reading.yaml"
    translate_all(content, "fr", missing=("handouts/tip-sheet/lead",))
    assert f"{PO.replace('es.po', 'fr.po')}: French is not built: the program" in build().stderr
    assert not (folder / "output/reading/fr").exists()
    made = build("--drafts")
    assert made.returncode == 0, made.stderr
    assert re.search(r"French is a draft: the program has no labels in French", made.stderr)
    text = pypdfium2.PdfDocument(folder / "output/reading/fr/tip-sheet.pdf")[0].get_textpage()
    words = " ".join(text.get_text_range().split())
    assert "The most important thing, in two sentences." in words
    assert translated("Learn more", "fr") in words
    assert '"../fr/index.html"' in (folder / "output/reading/es/index.html").read_text("utf-8")
    # The next build is again of what is ready.
    assert "fr/" not in build().stdout
    assert "fr/" not in (folder / "output/reading/index.html").read_text("utf-8")
    assert build("--drafts", "--release").returncode == 2


@pytest.fixture
def ready(folder: Path) -> Path:
    """The same folder without a placeholder, and with every translation approved."""
    content = folder / "content" / "reading.yaml"
    content.write_text(content.read_text("utf-8").replace(".example", ".gov"), "utf-8")
    approve_all(content)
    return content


def test_a_release_has_every_language_that_was_reviewed(
    folder: Path, ready: Path, build: Build
) -> None:
    assert DRAFT in (folder / "output/reading/es/index.html").read_text("utf-8")
    released = build("--release")
    assert released.returncode == 0, released.stderr
    assert DRAFT not in (folder / "output/reading/es/index.html").read_text("utf-8")
    with pikepdf.open(folder / "output/reading/es/tip-sheet.pdf") as document:
        assert str(document.docinfo.Title) == translated("Reading")


def test_a_release_is_refused_with_what_is_not_ready(
    folder: Path, ready: Path, build: Build
) -> None:
    write_translation(ready, "contacts/emergency/use", "Peligro")
    before = _digests(folder / "output")
    refused = build("--release")
    assert refused.returncode == 5
    (told,) = [line for line in refused.stderr.splitlines() if line.startswith("error:")]
    problem = "contacts/emergency/use: nobody has approved this translation"
    assert re.match(rf"error: {re.escape(PO)}:\d+:1: {problem}", told), told
    assert _digests(folder / "output") == before


def test_without_a_language_that_is_not_ready_the_others_can_be_released(
    folder: Path, ready: Path, build: Build
) -> None:
    write_translation(ready, "contacts/emergency/use", "Peligro")
    assert build("--release", "--language", "en").returncode == 0
    # What is released leads nobody to what is not.
    assert "hreflang" not in (folder / "output/reading/index.html").read_text("utf-8")


def test_a_release_is_refused_in_a_language_without_a_list_of_harmful_words(
    ready: Path, build: Build
) -> None:
    translate_all(ready, "so")
    approve_all(ready, "so")
    refused = build("--release")
    assert refused.returncode == 5
    assert "the program has no labels in Somali" in refused.stderr


def test_a_problem_on_paper_names_the_line_of_the_translation(folder: Path, build: Build) -> None:
    context = "handouts/tip-sheet/lead"
    write_translation(folder / "content/reading.yaml", context, "很多–es")
    assert "Spanish is not built: of " in build().stderr
    failed = build("--language", "es")
    assert failed.returncode == 1
    assert re.search(rf"{re.escape(PO)}:\d+:1: handouts → 1 → lead: .*“很”", failed.stderr)


def test_a_damaged_file_keeps_only_its_language_out(folder: Path, build: Build) -> None:
    (folder / PO).write_text("msgid x\n", "utf-8")
    (folder / PO).with_name("espanol.po").write_text("", "utf-8")
    told = build()
    assert told.returncode == 0
    assert f"{PO}:1:1: Spanish is not built: this line is not how a PO file" in told.stderr
    assert "espanol.po: “espanol” is not built" in told.stderr


def test_a_language_that_is_gone_is_removed_but_for_somebodys_own_files(
    folder: Path, build: Build
) -> None:
    spanish = folder / "output" / "reading" / "es"
    (spanish / "letter.txt").write_text("Queridos padres", "utf-8")
    shutil.rmtree(folder / "content" / "translations")
    assert "output/reading/es: removed" in build().stdout
    assert [one.name for one in spanish.rglob("*")] == ["letter.txt"]
    (spanish / "letter.txt").unlink()
    spanish.rmdir()
    assert "0 files made, 2 kept" in build().stdout


def test_a_killed_build_leaves_nothing_beside_a_language(folder: Path, build: Build) -> None:
    left = folder / "output" / "reading" / ".es.12345678"
    left.mkdir()
    (left / "tip-sheet.pdf").write_bytes(b"half of it")
    build()
    assert not left.exists()


def test_several_packs_have_one_overview_with_all_languages(folder: Path, build: Build) -> None:
    start_pack("biking", folder / "content")
    assert build().returncode == 0
    overview = (folder / "output" / "index.html").read_text("utf-8")
    assert overview.count("<h2>") == 2
    assert '<a href="reading/es/index.html" lang="es"' in overview
    # A part of all packs, after the whole.
    part = build("--only", "tip-sheet", "--force")
    assert part.returncode == 0, part.stderr
    assert "3 files made" in part.stdout


def test_a_list_that_names_no_language_is_made_in_the_content_s_own(folder: Path) -> None:
    (folder / "schools.csv").write_text("name,contact\nSample Elm School,Office\n", "utf-8")
    arguments = ("--schools", "schools.csv", "--only", "tip-sheet")
    assert run_cli("build", *arguments, folder=folder).returncode == 0
    made = (folder / "output/reading/schools").rglob("*.pdf")
    assert [one.name for one in made] == ["tip-sheet.pdf"]
    assert (folder / "output/reading/es/tip-sheet.pdf").exists()


def test_check_and_list_know_all_languages(folder: Path) -> None:
    listed = run_cli("list", folder=folder).stdout
    assert "reading/es/tip-sheet.pdf" in listed
    _edit(folder, "Where to get help", "Where to find help")
    checked = run_cli("check", folder=folder)
    assert checked.returncode == 0
    assert "Spanish is not built" in checked.stderr


def test_verapdf_checks_all_languages_also_those_that_are_only_drafts(folder: Path) -> None:
    verapdf.failures([])  # or it is missing
    english = len(list((folder / "output/reading").glob("*.pdf")))
    broken = folder / "output/reading/es/tip-sheet.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(broken)
    write_translation(folder / "content" / "reading.yaml", "handouts/tip-sheet/lead", "")
    checked = run_cli("check", "--with-verapdf", folder=folder)
    assert checked.returncode == 1
    assert re.search(r"output/reading/es/tip-sheet\.pdf\S* *veraPDF: ", checked.stderr)
    assert f"veraPDF: {2 * english} files, " in checked.stdout
