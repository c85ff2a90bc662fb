"""A deck built on a foreign template."""

import re
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import validate_pptx
from pptx import Presentation
from pptx.util import Inches

from pack.errors import TemplateError
from pack.load import read_pack
from pack.theme import TEMPLATES
from slides import deck
from slides.draft import DeckDraft
from tests.conftest import CONTENT, ENGLISH, Run
from tests.slides.drawn import convert, draw, misplaced
from tests.tools import pdf
from tests.tools.decks import check, faults

PACK = read_pack(CONTENT)


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template with a slide of its own, saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("template")
    presentation: Any = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    presentation.slides.add_slide(presentation.slide_layouts[1]).shapes.title.text = "Theirs"
    presentation.save(str(folder / "district.pptx"))
    odp = convert(folder / "district.pptx", folder / "first", "odp")
    return convert(odp, folder / "second", "pptx")


@pytest.fixture(scope="module")
def built(foreign: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("built") / "deck.pptx"
    file.write_bytes(deck.render(DeckDraft(PACK, foreign)))
    return file


def test_the_deck_on_a_foreign_template_is_valid(built: Path) -> None:
    result = validate_pptx(built)
    assert result.is_valid, [str(error) for error in result.errors]


def test_all_words_are_shown_and_the_templates_own_slides_are_gone(built: Path) -> None:
    shown = _words(built)
    ours = built.with_name("ours.pptx")
    ours.write_bytes(deck.render(DeckDraft(PACK)))
    assert "Theirs" not in shown
    # Titles of slides that run on are numbered, and ours begin after a colon, with a capital
    # letter; all other words are the same.
    missing = set(map(str.casefold, _words(ours))) - set(map(str.casefold, shown))
    assert not [word for word in missing if not word.isdigit()]


def test_text_fits_and_the_deck_is_accessible(built: Path, tmp_path: Path) -> None:
    assert misplaced(built, draw(built, tmp_path)) == []
    assert faults(built.read_bytes(), PACK) == []


def test_relative_spacing_of_paragraphs_and_system_colors_are_understood(
    tmp_path: Path,
) -> None:
    # The template of python-pptx is from PowerPoint 2007 and has both.
    template = tmp_path / "district.pptx"
    Presentation().save(str(template))
    found = check(deck.render(DeckDraft(PACK, template)), PACK)
    assert [one.what for one in found if one.rule.name == "deck-text-fits"] == []
    assert "windowtext" not in "".join(svg for _, svg in DeckDraft(PACK, template).pictures())


def test_the_codes_can_be_scanned(built: Path, tmp_path: Path) -> None:
    drawn = draw(built, tmp_path)
    videos = [video.url for video in PACK.videos.values()]
    assert pdf.codes(drawn, dpi=48)[:2] == videos


def test_the_guides_pictures_show_the_foreign_template(foreign: Path, built: Path) -> None:
    pictures = DeckDraft(PACK, foreign).pictures()
    assert len(pictures) == len(Presentation(str(built)).slides)
    # Theirs has dark text on white on every slide; ours opens with a deep background.
    _, first = pictures[0]
    _, ours = DeckDraft(PACK).pictures()[0]
    assert 'height="540.0" fill="#ffffff"' in first
    assert 'height="540.0" fill="#0b3b46"' in ours


def test_a_copy_of_our_own_template_is_used_by_layout_names(tmp_path: Path) -> None:
    copy = tmp_path / "copy.pptx"
    copy.write_bytes((TEMPLATES / "slides" / "theme.pptx").read_bytes())
    assert deck.render(DeckDraft(PACK, copy)) == deck.render(DeckDraft(PACK))


def test_missing_layouts_are_named_before_anything_is_written(run: Run, tmp_path: Path) -> None:
    presentation: Any = Presentation()
    for layout in list(presentation.slide_layouts)[:-5]:
        presentation.slide_layouts.remove(layout)
    for layout in presentation.slide_layouts:
        for shape in list(layout.placeholders):
            if "TITLE" in str(shape.placeholder_format.type):
                shape._element.getparent().remove(shape._element)
    file = tmp_path / "poor.pptx"
    presentation.save(str(file))
    with pytest.raises(TemplateError, match="no layout for: Title, Grid of four, Key points, …"):
        deck.render(DeckDraft(PACK, file))
    output = tmp_path / "out"
    result = run("build", CONTENT, *ENGLISH, "--deck-template", file, "--output", output)
    assert result.returncode == 2
    assert "Key points" in result.stderr
    assert not output.exists()


def test_a_file_that_is_no_presentation_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "letter.pptx"
    file.write_text("Dear parents")
    result = run("build", CONTENT, *ENGLISH, "--deck-template", file, "--output", tmp_path / "out")
    assert result.returncode == 2
    assert "can't be opened as a PowerPoint file" in result.stderr
    assert "Traceback" not in result.stderr


def _words(file: Path) -> set[str]:
    presentation: Any = Presentation(str(file))
    words: set[str] = set()
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                words |= set(re.findall(r"\w+", shape.text_frame.text))
            if shape.has_table:
                words |= {
                    word
                    for row in shape.table.rows
                    for cell in row.cells
                    for word in re.findall(r"\w+", cell.text)
                }
    return words
