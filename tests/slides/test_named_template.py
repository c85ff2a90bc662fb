"""A template that the content file names, and what is said about a template."""

import json
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR

from pack.errors import ContentError
from pack.load import read_pack
from preflight.checks import check_deck
from slides import deck
from slides.draft import DeckDraft
from tests.conftest import CONTENT, ENGLISH, Run
from tests.tools.templates import template

PACK = read_pack(CONTENT)
_DECK = "deck:\n  id: parent-night\n"


def _content(folder: Path, name: str) -> Path:
    """The content, with a deck that names a template."""
    text = CONTENT.read_text("utf-8")
    assert _DECK in text
    file = folder / "sextortion.yaml"
    file.write_text(text.replace(_DECK, f"{_DECK}  template: {name}\n"), "utf-8")
    return file


def test_the_named_template_is_used_and_kept_by_the_next_build(run: Run, tmp_path: Path) -> None:
    template(tmp_path).rename(tmp_path / "office.pptx")
    content, output = _content(tmp_path, "office.pptx"), tmp_path / "out"
    build = ("build", content, "--output", output, "--only", "parent-night")
    assert run(*build).returncode == 0
    built = output / "sextortion" / "parent-night.pptx"
    presentation: Any = Presentation(str(built))
    assert {layout.name for layout in presentation.slide_layouts} >= {"Title and Content"}
    assert "kept" in run(*build).stdout
    template(tmp_path, face="Verdana").rename(tmp_path / "office.pptx")
    assert "kept" not in run(*build).stdout
    other = template(tmp_path, face="Georgia")
    assert run(*build, "--deck-template", other).returncode == 0
    theme = (
        Presentation(str(built))
        .slide_masters[0]
        .part.part_related_by(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
        )
    )
    assert b"Georgia" in theme.blob


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (None, "there is no PowerPoint file “office.pptx”"),
        (b"Dear parents", "“office.pptx” can't be used as a template: it is damaged"),
    ],
)
def test_a_file_that_is_no_template_is_reported_at_its_line(
    data: bytes | None, what: str, tmp_path: Path
) -> None:
    if data is not None:
        (tmp_path / "office.pptx").write_bytes(data)
    with pytest.raises(ContentError) as caught:
        read_pack(_content(tmp_path, "office.pptx"))
    (problem,) = caught.value.problems
    assert problem.where == "deck → template"
    assert problem.what.startswith(what)


def test_a_named_template_without_layouts_is_reported_at_its_line(run: Run, tmp_path: Path) -> None:
    def without_layouts(presentation: Any) -> None:
        for layout in list(presentation.slide_layouts):
            presentation.slide_layouts.remove(layout)

    template(tmp_path, without_layouts).rename(tmp_path / "office.pptx")
    result = run("check", _content(tmp_path, "office.pptx"))
    assert result.returncode == 1
    assert "deck → template: The template office.pptx has no layout for" in result.stderr


def _gray(presentation: Any) -> None:
    """All text is black on black."""
    for layout in presentation.slide_layouts:
        for shape in layout.placeholders:
            shape.fill.solid()
            shape.fill.fore_color.theme_color = MSO_THEME_COLOR.TEXT_1


def test_colors_of_a_template_are_warnings_in_its_file_once(tmp_path: Path) -> None:
    file = template(tmp_path, _gray)
    data = deck.render(DeckDraft(PACK, file))
    weak = [one for one in check_deck(PACK, data, file) if one.rule.name == "deck-contrast"]
    assert weak
    assert len({one.what for one in weak}) == len(weak)
    for one in weak:
        assert one.rule.severity == "warning"
        assert one.place is not None
        assert str(one.place) == str(file)
    assert any(one.what.endswith("more slides") for one in weak)
    ours = [one for one in check_deck(PACK, data) if one.rule.name == "deck-contrast"]
    assert all(one.rule.severity == "error" for one in ours)


def test_a_build_with_a_template_of_weak_colors_succeeds(run: Run, tmp_path: Path) -> None:
    file, output = template(tmp_path, _gray), tmp_path / "out"
    build = ("build", CONTENT, *ENGLISH, "--deck-template", file, "--output", output)
    result = run(*build, "--only", "parent-night")
    assert result.returncode == 0, result.stderr
    assert f"warning: {file}: parent-night.pptx, slide 1: text in" in result.stderr
    kept = run(*build, "--only", "parent-night")
    assert f"warning: {file}: parent-night.pptx, slide 1: text in" in kept.stderr
    manifest = json.loads((output / "sextortion" / "manifest.json").read_text("utf-8"))
    assert manifest["artifacts"]["parent-night.pptx"]["findings"]


def test_a_template_is_checked_in_plain_words(run: Run, tmp_path: Path) -> None:
    result = run("template", "--check", template(tmp_path, face="Verdana"), CONTENT)
    assert result.returncode == 0, result.stderr
    assert "slides of 10.00 × 7.50 inches, 11 layouts" in result.stdout
    assert "“Title Slide” is used for: Title, Closing" in result.stdout
    assert "“Section Header” is used for: Section" in result.stdout
    assert "Text: Verdana, 32 pt" in result.stdout
    assert "can be used: " in result.stdout


def test_a_template_that_can_not_be_used_says_why(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "letter.pptx"
    file.write_text("Dear parents")
    result = run("template", "--check", file, CONTENT)
    assert result.returncode == 1
    assert "can't be opened as a PowerPoint file" in result.stderr
    assert "Traceback" not in result.stderr


def test_notes_say_which_sheets_to_hand_out() -> None:
    assert PACK.deck is not None
    handed = [slide.hand_out for slide in PACK.deck.slides if slide.hand_out]
    shown = [one.notes.lines(": ") for one in DeckDraft(PACK).outline]
    lines = [line for notes in shown for line in notes if line.startswith("Hand out: ")]
    assert len(lines) == len(handed)
    titles = {sheet.id: sheet.title for sheet in PACK.handouts}
    assert all(titles[ids[0]] in line for ids, line in zip(handed, lines, strict=True))
