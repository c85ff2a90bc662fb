"""Slides in other scripts: measured, broken and drawn with fonts that have their letters."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openxml_audit import validate_pptx
from PIL import Image

from pack.items import School
from pack.load import read_pack
from pack.markdown import TextRun, parse_line
from pack.model import TranslatedTexts, YamlPath
from pack.problems import Place
from preflight.powerpoint.look import LAST_WORD, check_look
from preflight.powerpoint.reader import read
from slides import deck
from slides.content import Line, SlideContent, SpeakerNotes
from slides.draft import DeckDraft
from slides.frames import Frame, Layout
from slides.outline import plan
from slides.raster import draw_slide
from slides.school import help_line
from slides.slide_svg import picture
from slides.slide_xml import paragraphs
from slides.speaker_notes import divide
from slides.text_lines import halves
from slides.text_metrics import height, rows, width
from tests.conftest import CONTENT, WATER
from tests.tools.decks import faults
from tests.tools.scripts import in_chinese

FRAME = Frame(200, 100, 20)

CHINESE = "如果有人威胁您的孩子，请拨打 911。（FBI 的“举报”热线：1-800-225-5324）《家长须知》"


def _line(text: str, *, bold: bool = False) -> Line:
    return Line((TextRun(text, bold=bold),), ())


@pytest.mark.parametrize("wide", range(100, 400, 20))
def test_chinese_breaks_between_signs_but_not_at_punctuation_nor_in_numbers(wide: int) -> None:
    broken = ["".join(run.text for run in row) for row in rows(_line(CHINESE), Frame(wide, 0, 20))]
    assert "".join(broken).replace(" ", "") == CHINESE.replace(" ", "")
    # In a narrower frame, the number is broken, and what stands beside it.
    assert wide < 180 or not any(row[0] in "，。：；”）》" or row[-1] in "（“《" for row in broken)
    assert wide < 180 or any("1-800-225-5324" in row for row in broken)
    # Every row but the last is filled, except where a number or a name would be broken.
    assert wide < 180 or len(broken) <= width(_line(CHINESE), FRAME) / (wide - 150) + 1


def test_a_bold_part_of_a_chinese_sentence_may_break_from_what_is_beside_it() -> None:
    runs = (TextRun("孩子" * 5), TextRun("安心", bold=True), TextRun("，朋友"))
    broken = rows(Line(runs, ()), replace(FRAME, width=220))
    assert ["".join(run.text for run in row) for row in broken] == ["孩子" * 5 + "安", "心，朋友"]


@pytest.mark.parametrize("wide", range(160, 300, 10))
def test_no_row_begins_with_a_dash(wide: int) -> None:
    line = Line(parse_line("Страх — это **нормально** — и помощь есть — всегда"), ())
    broken = ["".join(run.text for run in row) for row in rows(line, Frame(wide, 0, 20))]
    assert not any(row.startswith("—") for row in broken)


def test_a_row_of_chinese_is_taller() -> None:
    assert height([_line("家")], FRAME) > 1.1 * height([_line("a")], FRAME)


def test_each_script_is_measured_with_its_own_letters() -> None:
    assert width(_line("家校"), FRAME) == pytest.approx(40)
    # Joined letters are not as wide as each by itself.
    alone = sum(width(_line(letter), FRAME) for letter in "مدرسة")
    assert 0.4 * alone < width(_line("مدرسة"), FRAME) < 0.95 * alone
    # Russian letters that look like Latin ones are as wide.
    assert width(_line("АВСЕНОРТХ"), FRAME) == width(_line("ABCEHOPTX"), FRAME)
    assert width(_line("\u2068a\u2069"), FRAME) == width(_line("a"), FRAME)


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("家长", "Noto Sans for Chinese"),
        ("Шк", "Arimo for Cyrillic"),
        ("ếẫ", "Arimo for Vietnamese"),
        ("مد", "Noto Sans for Arabic"),
    ],
)
def test_pictures_have_letters_of_the_right_weight(text: str, family: str) -> None:
    """Some programs would take the letters of any font, of the first that has them."""
    drawn = [_drawn(text, family, bold=bold) for bold in (False, True)]
    (regular, heavy) = (sum(255 - value for value in image) for image in drawn)
    assert 1.1 * regular < heavy < 2 * regular
    assert len({_drawn(letter, family, bold=False) for letter in text}) == len(text), "boxes"


def _drawn(text: str, family: str, *, bold: bool) -> bytes:
    """A picture of a slide with nothing but a text, in grays."""
    content = SlideContent("a", "Any", Line((), ()), {"Text": (_line(text, bold=bold),)})
    layout = Layout({"Text": Frame(900, 500, 200, color="#000000")}, "#ffffff", ())
    svg = picture(content, layout, "", (960, 540), "en-US")
    assert re.search(f'font-family="{family}"[^>]*>{text}<', svg)
    with Image.open(io.BytesIO(draw_slide(svg, 480))) as image:
        return image.convert("L").tobytes()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Before: after", ("Before:", "after")),
        ("性勒索：家庭需要知道什么", ("性勒索：", "家庭需要知道什么")),
        ("Until 0:45", ("", "Until 0:45")),
    ],
)
def test_a_title_is_halved_at_its_colon(text: str, parts: tuple[str, str]) -> None:
    assert halves(text) == parts


@pytest.mark.parametrize(("tag", "end"), [("vi", "tình\xa0dục:"), ("es", "tình dục:")])
def test_a_large_title_in_vietnamese_ends_in_two_syllables(tag: str, end: str) -> None:
    """They are often one word; in other languages, words are longer."""
    at: YamlPath = ("deck", "slides", 0, "title")
    texts = {at: ("Tống tiền tình dục: gia đình", Place(CONTENT, 0))}
    title = plan(read_pack(CONTENT, TranslatedTexts(tag, texts, draft=True)))[0].title
    assert title.runs[0].text == f"Tống tiền {end}"


def test_chinese_notes_are_divided_between_sentences() -> None:
    first, second = divide(SpeakerNotes(say=("孩子安心。朋友好吗？老师来。",)), 0.6)
    assert (first.say, second.say) == (("孩子安心。朋友好吗？",), ("老师来。",))
    english = SpeakerNotes(say=("One. Two? Three.",))
    assert divide(english, 0.6)[0].say == ("One. Two?",)


@pytest.mark.parametrize(
    ("tag", "shown"),
    [("en", "家校, 老师"), ("ar", "\u2068家校\u2069، \u2068老师\u2069"), ("zh-Hans", "家校、老师")],
)
def test_what_comes_between_a_school_and_its_contact_is_of_the_script(tag: str, shown: str) -> None:
    school = School.model_construct(
        name="家校", contact="老师", phone=None, email=None, website=None
    )
    pack = read_pack(WATER, TranslatedTexts(tag, {}, draft=True))
    assert help_line(pack, school).text == shown


@pytest.mark.parametrize(("language", "style"), [("en-US", "i"), ("ar-EG", "b"), ("zh-CN", "b")])
def test_what_is_emphasized_is_bold_where_there_are_no_italics(language: str, style: str) -> None:
    xml = paragraphs([Line((TextRun("a", italic=True),), ())], language, str)
    assert re.findall(' ([bi])="1"', xml) == [style]


def test_a_chinese_deck_names_its_typeface_and_language(tmp_path: Path) -> None:
    pack = in_chinese(CONTENT)
    file = tmp_path / "deck.pptx"
    file.write_bytes(deck.render(DeckDraft(pack)))
    result = validate_pptx(file)
    assert result.is_valid, [str(error) for error in result.errors]
    assert faults(file.read_bytes(), pack) == []
    lost = [one for one in check_look(read(file.read_bytes())) if one.rule == LAST_WORD]
    assert all(re.match("“([A-Za-z]+|[家校安心])[。？]?” stands", one.what) for one in lost)
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if ".xml" in name}
    themes = [text for name, text in parts.items() if "/theme/theme" in name]
    assert len(themes) == 2
    assert all(text.count('<a:ea typeface="Microsoft YaHei"/>') == 2 for text in themes)
    slides = [text for name, text in parts.items() if re.search("/(slide|notesSlide)[0-9]", name)]
    assert {tag for text in slides for tag in re.findall(' lang="([^"]+)"', text)} == {"zh-CN"}
    layouts = [text for name, text in parts.items() if "/slideLayouts/slide" in name]
    assert all(text.count("+mn-lt") == text.count("+mn-ea") for text in layouts)
    assert not any("rtl=" in text for text in parts.values())
    notes = [text for name, text in parts.items() if "/notesSlide" in name]
    assert any(f"<a:t>{pack.labels.say}：" in text for text in notes)
    assert not any(f"<a:t>{pack.labels.say}: " in text for text in notes)
