"""Sheets in other scripts: mirrored from right to left, numbers read as dialed, our faces alone."""

import io
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts import sheets
from handouts.filters import line
from handouts.html import sheet_html
from handouts.weasy.pdf import PrintSettings, drawing_url, print_pdf
from languages.strings import strings
from pack.artifacts import Artifact
from pack.documents import PLAIN, Edition, Handout
from pack.errors import ContentError
from pack.html import isolated
from pack.load import read_pack
from pack.markdown import parse_line, sentence
from pack.model import Pack, TranslatedTexts
from pack.problems import Place
from preflight.checks import check_sheet
from slides.content import Line, SlideContent
from slides.frames import Frame, Layout
from slides.slide_svg import picture
from tests.conftest import WATER
from tests.tools import verapdf

#: A word of each language that stands for every word.
WORDS = {"ar": "ماء", "ru": "вода", "zh-Hans": "水边的"}
NUMBER = "1-800-225-5324"
_WORD = re.compile(r"(?<![\w{./@-])[^\W\d_]{2,}(?![\w}./@-])")


@cache
def _pack(tag: str) -> Pack:
    """The sample pack with all of its words replaced, and a telephone number in a sentence."""
    word = WORDS[tag]
    texts = {
        one.path: (_WORD.sub(word, one.source), Place(Path("XX.po"), 1))
        for one in strings(read_pack(WATER))
    }
    texts["topics", "watch", "body"] = (f"{word} {NUMBER} {word}.", Place(Path("XX.po"), 1))
    return read_pack(WATER, TranslatedTexts(tag, texts))


def _handout(pack: Pack, name: str) -> Handout:
    return next(one for one in pack.handouts if one.id == name)


@cache
def _sheet(tag: str, name: str = "tip-sheet") -> bytes:
    pack = _pack(tag)
    return sheets.render(pack, _handout(pack, name)).data["color"]


def _rows(data: bytes) -> list[str]:
    """The digits and hyphens of the first page as they are seen, each row from its left."""
    page = pypdfium2.PdfDocument(data)[0].get_textpage()
    rows: dict[float, list[tuple[float, str]]] = defaultdict(list)
    for at in range(page.count_chars()):
        # A loose box is as high as the font, so all characters of a row have the same foot.
        left, foot, _, _ = page.get_charbox(at, loose=True)
        character = chr(pdfium.FPDFText_GetUnicode(page, at))
        if character in "0123456789-":
            rows[round(foot, 1)].append((left, character))
    return ["".join(character for _, character in sorted(row)) for row in rows.values()]


def test_the_steps_of_an_arabic_sheet_begin_at_the_right() -> None:
    english = read_pack(WATER)
    assert "123" in _rows(sheets.render(english, _handout(english, "tip-sheet")).data["color"])
    assert "321" in _rows(_sheet("ar"))


def test_a_number_is_seen_as_it_is_dialed() -> None:
    pack = _pack("ar")
    html = sheet_html(pack, _handout(pack, "tip-sheet"), PLAIN)
    assert NUMBER in _rows(print_pdf(html, "tip-sheet", pack, PrintSettings()).data["color"])
    # Without marks, its groups stand the other way around.
    bare = re.sub("</?bdi[^>]*>", "", html)
    rows = _rows(print_pdf(bare, "tip-sheet", pack, PrintSettings()).data["color"])
    assert NUMBER not in rows and "5324-225-800-1" in rows


@given(st.text(alphabet="اب ג1239 -()+.,·&<>\"'xyZ@/%\n", max_size=40))
def test_to_isolate_changes_no_text(text: str) -> None:
    def words(page: str) -> str:
        return re.sub(r"</?bdi[^>]*>", "", page).replace("&#39;", "'").replace("&#34;", '"')

    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    page = f'<head><title>{escaped}</title></head><body class="a1"><p title="1-2">{escaped}</p>'
    assert words(isolated(page)) == words(page)
    assert "<title>" + escaped in isolated(page)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ماء 988 Suicide & Crisis Lifeline ماء", ["988 Suicide &amp; Crisis Lifeline"]),
        ("(303) 555-0142، ماء", ["(303) 555-0142"]),
        ("ماء: 911, 988.", ["911", "988"]),
        ("ماء 10–17 ماء 13% ماء (IC3)", ["10–17", "13%", "IC3"]),
        ("a@b.org · www.c.org/d?e=1", ["a@b.org", "www.c.org/d?e=1"]),
        ("ماء فقط.", []),
    ],
)
def test_what_is_written_from_left_to_right_is_isolated(text: str, pieces: list[str]) -> None:
    page = isolated(f"<body><p>{text.replace('&', '&amp;')}</p>")
    assert re.findall(r'<bdi dir="ltr">(.*?)</bdi>', page) == pieces


def test_the_pdf_says_how_it_is_read() -> None:
    for tag, direction in (("ar", "/R2L"), ("ru", None)):
        with pikepdf.open(io.BytesIO(_sheet(tag))) as pdf:
            assert str(pdf.Root.Lang) == tag
            assert pdf.Root.ViewerPreferences.get("/Direction") == direction


@pytest.mark.parametrize(
    ("tag", "own"), [("ar", "Arabic"), ("ru", "Cyrillic"), ("zh-Hans", "Chinese")]
)
def test_only_our_faces_are_used(tag: str, own: str) -> None:
    with pikepdf.open(io.BytesIO(_sheet(tag))) as pdf:
        fonts = {
            str(font.BaseFont).partition("+")[2]
            for page in pdf.pages
            for font in page.Resources.Font.values()
        }
    assert any(f"for-{own}" in font for font in fonts)
    assert all(font.startswith(("Atkinson", "Noto-Sans-for-")) for font in fonts)


def test_sheets_in_other_scripts_follow_the_rules_of_pdf_ua(tmp_path: Path) -> None:
    files = []
    for tag, name in (
        ("ar", "tip-sheet"),
        ("ar", "at-home"),
        ("ru", "myths"),
        ("zh-Hans", "myths"),
    ):
        files.append(tmp_path / f"{name}-{tag}.pdf")
        files[-1].write_bytes(_sheet(tag, name))
    assert not any(verapdf.failures(files).values())


def test_large_print_of_a_translation_may_have_a_third_more_pages() -> None:
    large = Edition.model_construct(size="large-print", pages=4)
    for pack, pages in ((read_pack(WATER), 4), (_pack("ru"), 6)):
        sheet = _handout(pack, "tip-sheet").model_copy(update={"variants": (large,)})
        assert pack.pages_of(sheet, large) == pages
        assert pack.pages_of(sheet, PLAIN) == sheet.pages


def test_a_problem_of_a_translated_sheet_names_the_language() -> None:
    pack = _pack("ru")
    long = _handout(pack, "myths").model_copy(update={"lead": "Вода. " * 900})
    pack = pack.model_copy(update={"handouts": (long,)})
    pack._origin = _pack("ru").origin
    with pytest.raises(ContentError) as caught:
        sheets.render(pack, long)
    assert caught.value.problems[0].where == "handouts → myths, in Russian"


def test_chinese_breaks_between_any_two_characters_but_leaves_none_alone() -> None:
    pack = _pack("zh-Hans")
    long = f"<strong>{'水边' * 8}</strong>{'水边，' * 60}水边。"
    html = sheet_html(pack, _handout(pack, "myths"), PLAIN)
    html = re.sub(r"(?<=<p class=\"lead\">).*?(?=</p>)", long, html)
    assert print_pdf(html, "two-sides", pack, PrintSettings()).faults == ()
    # Two characters stay together at the end: most words have two.
    assert line("家里水边。") == '家里<span class="end">水边。</span>'
    assert line("**家里**水边").endswith('>家里</strong><span class="end">水边</span>')
    assert line("水边。") == "水边。"


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("ru", "Страх — это **нормально** («всегда»): 1 из 5 (FBI), 988"),
        ("vi", "Tống tiền **tình dục** (sextortion): “gọi” 988 – lifeline"),
        ("zh-Hans", "每 5 位家长中**只有 1 位**（FBI）：988 lifeline，“举报” 2 次"),
        ("ar", "مكتب FBI يكتب «ذلك»: **1 من** كل 5 (Lifeline) 988"),
    ],
)
@pytest.mark.parametrize("centered", [False, True])
def test_the_text_of_a_slide_s_picture_has_its_spaces(tag: str, text: str, centered: bool) -> None:
    runs = parse_line(text)
    content = SlideContent("a", "Any", Line((), ()), {"Text": (Line(runs, ()),)})
    frame = Frame(900, 500, 20, color="#000000", centered=centered)
    svg = picture(content, Layout({"Text": frame}, "#ffffff", ()), "", (960, 540), tag)
    html = f'<html lang="{tag}"><title>a</title><img alt="a" src="{drawing_url("a.svg")}"></html>'
    drawings = {"a.svg": svg}
    made = print_pdf(html, "presenter-guide", _pack("ru"), PrintSettings(), drawings=drawings)
    page = pypdfium2.PdfDocument(made.data["color"])[0]
    shown = page.get_textpage().get_text_range().replace("\xa0", " ")
    written = "".join(run.text for run in runs).replace("\xa0", " ")
    if tag == "ar":  # whoever reads it puts the parts in an order of their own
        assert sorted(re.findall(r"\w+", shown)) == sorted(re.findall(r"\w+", written))
    elif tag == "zh-Hans":  # PDFium sees spaces between fonts
        assert shown.replace(" ", "") == written.replace(" ", "")
    else:
        assert shown == written


def test_a_sentence_that_has_an_end_gets_no_other() -> None:
    for text in ("Water!", "水边！", "“水边。”", "ماء؟"):
        assert sentence(text, "。") == text
    assert sentence("水边", "。") == "水边。"


@pytest.mark.parametrize(
    ("tag", "sentences", "names"),
    [
        ("ar", "<strong>ماء.</strong> ماء", "Sample source، Other source"),
        ("zh-Hans", "<strong>水边的：</strong>水边的", "Sample source、Other source"),
    ],
)
def test_what_the_program_joins_has_the_punctuation_of_its_script(
    tag: str, sentences: str, names: str
) -> None:
    pack = _pack(tag)
    first = pack.sources["sample"].model_copy(update={"name": "Sample source"})
    sources = {"sample": first, "other": first.model_copy(update={"name": "Other source"})}
    topics = {
        name: topic.model_copy(update={"sources": tuple(sources)})
        for name, topic in pack.topics.items()
    }
    pack = pack.model_copy(update={"sources": sources, "topics": topics})
    large = Edition.model_construct(size="large-print")
    html = sheet_html(pack, _handout(pack, "tip-sheet"), large)
    page = re.sub("</?(bdi|span)[^>]*>", "", html).replace("\xa0", " ")
    assert sentences in page and names in page


@pytest.mark.parametrize("tag", ["ar", "zh-Hans"])
@pytest.mark.parametrize("name", ["tip-sheet", "myths", "at-home"])
def test_small_lines_can_be_read_in_scripts_without_capitals(tag: str, name: str) -> None:
    pack = _pack(tag)
    handout = _handout(pack, name)
    artifact = Artifact("x", name, f"{name}.pdf", "sheet", handout.pages, "")
    found = check_sheet(pack, handout, artifact, _sheet(tag, name))
    rules = {"page-type-size", "page-margin", "page-hidden"}
    assert [one for one in found if one.rule.name in rules] == []
