"""Sheets in two languages: a part beside its translation, each in its language and direction."""

import io
import re
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from handouts import sheets
from handouts.html import sheet_html
from handouts.two_languages import ROW, side_by_side
from languages.strings import strings
from pack.artifacts import Artifact
from pack.documents import Edition, Handout
from pack.errors import ContentError
from pack.items import School
from pack.load import read_pack
from pack.model import Pack, TranslatedTexts
from pack.problems import Place
from pack.theme import load_theme
from preflight.checks import check_sheet
from preflight.findings import Finding
from preflight.pdf.structure_tree import Element
from preflight.pdf.tags import read_tagged
from tests.conftest import WATER
from tests.languages.made_up import translated
from tests.tools import pdf, verapdf

PACK = read_pack(WATER)
READ = [one.id for one in PACK.handouts if not load_theme().handouts[one.template].designed]
WORDS = {"ar": "ماء", "zh-Hans": "水边的"}
_WORD = re.compile(r"(?<![\w{./@-])[^\W\d_]{2,}(?![\w}./@-])")


@cache
def _translation(tag: str) -> Pack:
    """The sample pack in a made-up translation."""
    texts = {
        one.path: (
            _WORD.sub(WORDS[tag], one.source) if tag in WORDS else translated(one.source, tag),
            Place(Path(f"{tag}.po"), number),
        )
        for number, one in enumerate(strings(PACK), start=1)
    }
    return read_pack(WATER, TranslatedTexts(tag, texts))


def _handout(name: str) -> Handout:
    return next(one for one in PACK.handouts if one.id == name)


@cache
def _sheet(name: str, tag: str) -> bytes:
    edition = Edition.model_construct(languages=("en", tag))
    made = sheets.render(PACK, _handout(name), edition, translated=_translation(tag))
    return made.data["color"]


def _findings(name: str, tag: str, data: bytes) -> list[Finding]:
    edition = Edition.model_construct(languages=("en", tag))
    artifact = Artifact("water-safety", name, f"{name}.pdf", "sheet", 0, "", edition)
    return list(check_sheet(PACK, _handout(name), artifact, data, _translation(tag)))


def _read(data: bytes) -> list[tuple[str, str, str]]:
    """The kind, the language and the text of every heading and paragraph, in reading order."""
    with pikepdf.open(io.BytesIO(data)) as document:
        tagged = read_tagged(document)
        assert tagged
        return [
            (one.kind, _language(one), " ".join(tagged.extractor.text_of(one).split()))
            for one in tagged.tree.elements
            if one.kind in ("H1", "H2", "H3", "P")
        ]


def _language(element: Element) -> str:
    found = (one.language for one in (element, *element.above()))
    return next(filter(None, found), "en")


@pytest.mark.parametrize("name", READ)
def test_each_part_is_read_before_its_translation_and_each_in_its_language(name: str) -> None:
    headings = [one for one in _read(_sheet(name, "es")) if one[0] != "P"]
    of = {tag: [one for one in headings if one[1] == tag] for tag in ("en", "es")}
    assert [(kind, "es", translated(text)) for kind, _, text in of["en"]] == of["es"]
    assert len(of["es"]) >= 3
    # A heading and the one below it may be in one part.
    order = "".join("+-"[language == "es"] for _, language, _ in headings)
    assert re.fullmatch(r"(\+-|\+\+--)+", order)


@pytest.mark.parametrize("name", READ)
def test_the_translation_has_the_right_half_of_the_page(name: str, tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(_sheet(name, "es"))
    letters = [one for one in pdf.characters(file) if one.bottom > 54]
    # The sign of the made-up translations is in one column alone.
    assert {one.left > 612 / 2 for one in letters if one.text == "–"} == {True}
    assert not [one for one in letters if one.left < 612 / 2 < one.right]


def test_a_draft_says_so_in_the_small_print_of_both_columns() -> None:
    draft = read_pack(WATER, TranslatedTexts("es", {}, draft=True))
    edition = Edition.model_construct(languages=("en", "es"))
    html = sheet_html(PACK, PACK.handouts[0], edition, draft)
    first, second = re.findall(r'(?s)<p class="colophon">\s*(.*?) · ', html)
    assert (first, second) == (PACK.labels.draft, draft.labels.draft)


@pytest.mark.parametrize("name", ["myths", "tip-sheet"])
def test_a_title_is_broken_between_clauses_only_if_each_fits_in_a_column(name: str) -> None:
    for title, count in (("Look, and reach", 2), ("Whoever watches is always near, with you", 0)):
        sheet = _handout(name).model_copy(update={"title": title})
        pack = PACK.model_copy(update={"handouts": (sheet,)})
        large = sheet_html(pack, sheet, Edition.model_construct(size="large-print"))
        heading = large[large.index("<h1") : large.index("</h1>")]
        assert heading.count('class="clause"') == count


@pytest.mark.parametrize("name", READ)
def test_no_reading_sheet_in_two_languages_has_an_error(name: str) -> None:
    found = _findings(name, "es", _sheet(name, "es"))
    # The sign of the made-up translations is not in capitals.
    assert [one for one in found if "SAMPLE" not in one.subject] == []


def test_a_sheet_in_two_languages_is_pdf_ua(tmp_path: Path) -> None:
    files = []
    for tag in ("es", "ar", "zh-Hans"):
        for name in READ:
            files.append(tmp_path / f"{name}-{tag}.pdf")
            files[-1].write_bytes(_sheet(name, tag))
    assert verapdf.failures(files) == {file: [] for file in files}


def test_preflight_finds_a_passage_in_the_wrong_language() -> None:
    with pikepdf.open(io.BytesIO(_sheet("tip-sheet", "es"))) as document:
        for one in document.objects:
            if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/Lang" in one:
                del one["/Lang"]
        broken = io.BytesIO()
        document.save(broken)
    found = _findings("tip-sheet", "es", broken.getvalue())
    wrong = [one for one in found if one.rule.name == "pdf-passage-language"]
    assert len(wrong) > 5
    # They are at their places in the file of translations.
    assert {one.place.file.name for one in wrong if one.place} == {"es.po"}


@pytest.mark.parametrize("name", READ)
def test_arabic_stands_at_the_right_edge_of_its_column(name: str, tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(_sheet(name, "ar"))
    arabic = [one for one in pdf.characters(file) if "\u0600" <= one.text <= "\u06ff"]
    body = [one for one in arabic if one.bottom > 54]
    assert min(one.left for one in body) > 612 / 2
    assert max(one.right for one in body) == pytest.approx(612 - 0.6 * 72, abs=6)


@pytest.mark.parametrize("tag", ["ar", "zh-Hans"])
def test_both_scripts_are_set_in_faces_of_their_own(tag: str) -> None:
    with pikepdf.open(io.BytesIO(_sheet("tip-sheet", tag))) as document:
        fonts = {
            str(font.BaseFont).partition("+")[2]
            for page in document.pages
            for font in page.Resources.Font.values()
        }
    wanted = {"ar": "Arabic", "zh-Hans": "Chinese"}[tag]
    assert any(wanted in name for name in fonts), fonts
    assert any("Atkinson" in name for name in fonts), fonts


def test_a_part_that_is_longer_than_a_page_is_divided_and_nothing_is_lost(tmp_path: Path) -> None:
    def long(pack: Pack, word: str) -> Pack:
        body = " ".join(f"{word}{number} is one of many." for number in range(300))
        topic = pack.topics["watch"].model_copy(update={"body": body})
        return pack.model_copy(update={"topics": {**pack.topics, "watch": topic}})

    pack, edition = long(PACK, "first"), Edition.model_construct(languages=("en", "es"))
    other = long(_translation("es"), "other")
    made = sheets.render(pack, _handout("tip-sheet"), edition, translated=other)
    file = tmp_path / "long.pdf"
    file.write_bytes(made.data["color"])
    shown = set(pdf.text(file).split())
    assert shown >= {f"{word}{number}" for word in ("first", "other") for number in range(300)}


@pytest.mark.parametrize("name", READ)
def test_a_school_is_at_the_head_and_with_the_help_of_both_columns(
    name: str, tmp_path: Path
) -> None:
    school = School.model_construct(
        name="Sample Elm School", contact="Sample office", phone="303-555-0199"
    )
    packs = [one.for_school(school) for one in (PACK, _translation("es"))]
    edition = Edition.model_construct(languages=("en", "es"))
    made = sheets.render(packs[0], _handout(name), edition, translated=packs[1])
    file = tmp_path / "school.pdf"
    file.write_bytes(made.data["color"])
    assert pdf.text(file).count("303-555-0199") == 4


def test_rows_are_opened_and_closed_where_one_begins() -> None:
    def page(word: str) -> str:
        parts = (
            "<body>",
            f"<p>foot {word}</p>",
            '<section class="page">',
            f"<h1>{word}<br></h1>",
            f'<ol class="path"><li>1 {word}</li>',
            f'<li>2 <img src="x" alt=""/> {word}</li></ol>',
            "</section></body>",
        )
        return ROW.join(parts)

    made = side_by_side(page("one"), page("uno"), "es", "ltr")
    assert '<ol class="path"><li>2 <img src="x" alt=""/> one</li></ol></div>' in made
    assert '<div class="side" lang="es" dir="ltr"><ol class="path"><li>1 uno</li></ol>' in made
    assert made.count('<div class="pair">') == 2
    assert made.count('<div class="pair more">') == 1
    assert made.count("<ol") == made.count("</ol>") == 4


def test_the_number_of_pages_is_the_most_it_may_have() -> None:
    few, many = (Edition.model_construct(languages=("en", "es"), pages=pages) for pages in (1, 9))
    sheet, other = _handout("tip-sheet"), _translation("es")
    with pytest.raises(ContentError, match="too long for 1 page"):
        sheets.render(PACK, sheet, few, translated=other)
    assert sheets.render(PACK, sheet, many, translated=other).pages < 9
