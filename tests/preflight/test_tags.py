"""Preflight finds every way to break the tags of a PDF, and nothing in good files."""

import io
import re
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from handouts.weasy.pdfua import mark_languages
from preflight.findings import Finding
from preflight.pdf.tags import check_structure, read_tagged

# These register their damages when they are imported.
from tests.preflight import broken_marks, broken_pdfs  # noqa: F401
from tests.preflight.breaking import BROKEN, SOUND, make
from tests.preflight.small_pages import ARABIC_FONT
from tests.preflight.small_pages import make as made
from tests.tools import verapdf

Folder = pytest.TempPathFactory


@pytest.fixture(scope="module")
def broken(output: Path, tmp_path_factory: Folder) -> dict[str, Path]:
    return make(output, tmp_path_factory.mktemp("broken"), BROKEN)


@pytest.fixture(scope="module")
def sound(output: Path, tmp_path_factory: Folder) -> dict[str, Path]:
    return make(output, tmp_path_factory.mktemp("sound"), SOUND)


@cache
def _findings(file: Path, language: str = "en") -> list[Finding]:
    with pikepdf.open(file) as document:
        return list(check_structure(document, read_tagged(document), language))


def _rules(file: Path) -> set[str]:
    return {finding.rule.name for finding in _findings(file)}


def test_no_file_of_either_pack_has_a_finding(output: Path, water: Path) -> None:
    files = [*output.glob("*.pdf"), *water.glob("*.pdf")]
    assert len({file.parent for file in files}) == 2
    assert {file.name: found for file in files if (found := _findings(file))} == {}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_breaks_exactly_its_rule(name: str, broken: dict[str, Path]) -> None:
    assert _rules(broken[name]) == BROKEN[name].rules


@pytest.mark.parametrize("name", SOUND)
def test_what_is_unusual_but_right_is_left_alone(name: str, sound: dict[str, Path]) -> None:
    assert _findings(sound[name]) == []


def test_everything_that_verapdf_finds_is_found(broken: dict[str, Path]) -> None:
    failures = verapdf.failures(list(broken.values()))
    known = {name for name, file in broken.items() if failures[file]}
    assert len(known) >= 24
    assert known <= {name for name, file in broken.items() if _findings(file)}
    # What other programs don't find.
    assert not known & {"table_without_head", "list_directly_in_list", "alt_is_a_file_name"}


def test_a_finding_names_its_page_and_quotes_the_text(output: Path, tmp_path: Path) -> None:
    with pikepdf.open(output / "presenter-guide.pdf") as pdf:
        before = list(check_structure(pdf, read_tagged(pdf), "en"))
        page = pdf.pages[6]
        page.contents_add(b"0 0 9 9 re f")
        heading = next(
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary)
            and one.get("/S") == "/H3"
            and one.get("/Pg", pdf.Root).is_same_object_as(page.obj)
        )
        heading.S = pikepdf.Name.H6
        unmarked, order = check_structure(pdf, read_tagged(pdf), "en")
    assert before == []
    assert (unmarked.rule.name, unmarked.page) == ("pdf-content-unmarked", 7)
    assert (order.rule.name, order.page) == ("pdf-heading-order", 7)
    assert "“" in order.what


def test_a_text_that_is_quoted_is_the_subject_in_full(broken: dict[str, Path]) -> None:
    names = {
        *("pdf-language", "pdf-language-unknown", "pdf-tag-unknown"),
        *("pdf-font-embedded", "pdf-font-unreadable"),
    }
    shortened = 0
    for file in broken.values():
        for finding in _findings(file):
            if finding.rule.name in names:
                assert finding.subject == ""
            elif quoted := re.search("“([^…”]+)(…?)”", finding.what):
                assert finding.subject.startswith(quoted[1])
                assert "…" not in finding.subject
                shortened += bool(quoted[2])
    assert shortened


def test_the_expected_language_is_that_of_the_pack(output: Path) -> None:
    (finding,) = _findings(output / "resource-list.pdf", "es")
    assert finding.rule.name == "pdf-language"
    assert "“en”" in finding.what and "“es”" in finding.what


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p lang='es'>No es tu culpa.</p>", None),
        ("<div lang='es'><p>No <b>es</b> tu culpa.</p></div>", None),
        ("<p><span lang='es'>No es tu culpa.</span></p>", None),
        ("<p>No es tu culpa.</p>", "“en”"),
        ("<p lang='fr'>No es tu culpa.</p>", "“fr”"),
        ("<div lang='es'><p lang='en'>No es tu culpa.</p></div>", "“en”"),
        ("<p lang='es'>No es <b lang='en'>tu</b> culpa.</p>", "“en”"),
        # It is drawn from its end.
        ("<p lang='ar' dir='rtl'>لا ذنب لك</p>", None),
        ("<p dir='rtl'>لا ذنب لك</p>", "“en”"),
    ],
)
def test_a_passage_in_another_language_must_be_marked(html: str, said: str | None) -> None:
    mark_languages()
    passages = {"No es tu culpa.": "es", "لا ذنب لك": "ar"}
    style = f"<style>@font-face {{ font-family: Arabic; src: url({ARABIC_FONT.as_uri()}) }}</style>"
    data = made(f"{style}<h1>Heading</h1><div style='font-family: Face, Arabic'>{html}</div>")
    with pikepdf.open(io.BytesIO(data)) as document:
        tagged = read_tagged(document)
        found = {
            one.what
            for one in check_structure(document, tagged, "en", passages)
            if one.rule.name == "pdf-passage-language"
        }
    assert bool(found) == bool(said)
    assert all(f"would be read out as {said}" in what for what in found)


def test_every_finding_says_how_to_fix_it(broken: dict[str, Path]) -> None:
    for file in broken.values():
        for finding in _findings(file):
            assert finding.what and finding.rule.standard
            assert finding.remedy.endswith(".")
