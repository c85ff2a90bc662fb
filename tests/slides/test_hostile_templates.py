"""PowerPoint files that attack, or that no program would write, as the deck's template."""

import re
from pathlib import Path

import pytest

from pack.errors import ContentError, TemplateError
from pack.load import read_pack
from pack.theme import TEMPLATES
from preflight.checks import check_deck
from slides import deck
from slides.draft import DeckDraft
from slides.layout import open_template
from tests.conftest import CONTENT
from tests.slides.test_kinds_of_templates import Change, replacing, template
from tests.tools.templates import change_parts

PACK = read_pack(CONTENT)
LAYOUT, MASTER = "ppt/slideLayouts/slideLayout2.xml", "ppt/slideMasters/slideMaster1.xml"


def _one_line(file: Path) -> str:
    """Why a template is refused."""
    with pytest.raises(TemplateError) as caught:
        deck.render(DeckDraft(PACK, file))
    assert "\n" not in str(caught.value)
    assert file.name in str(caught.value)
    return str(caught.value)


def _everywhere(pattern: str, new: str) -> Change:
    """A change of all layouts and masters."""

    def change(parts: dict[str, bytes]) -> None:
        count = 0
        for name in [one for one in parts if re.search(r"slide(Layout|Master)\d+\.xml$", one)]:
            text, number = re.subn(pattern, new, parts[name].decode())
            parts[name], count = text.encode(), count + number
        assert count

    return change


@pytest.mark.parametrize(
    "size", ['cx="-500000" cy="-1"', 'cx="1" cy="0"', 'cx="9000000" cy="99999999999999999999"']
)
def test_layouts_with_boxes_of_impossible_sizes_are_not_used(size: str, tmp_path: Path) -> None:
    """Also those that have the names of ours."""
    ours = tmp_path / "ours.pptx"
    ours.write_bytes((TEMPLATES / "slides" / "theme.pptx").read_bytes())
    for file in (template(tmp_path, lambda parts: None), ours):
        assert "no layout for: Title" in _one_line(
            change_parts(file, _everywhere(r'(?<=<a:ext )cx="\d+" cy="\d+"', size))
        )


def test_margins_that_are_larger_than_the_box_leave_no_room(tmp_path: Path) -> None:
    margins = '<a:bodyPr lIns="9000000" rIns="9000000" tIns="0.1in"'
    assert "no layout for" in _one_line(template(tmp_path, _everywhere("<a:bodyPr[^/>]*", margins)))


@pytest.mark.parametrize(
    ("pattern", "new"),
    [
        (r'\bsz="\d+"', 'sz="0"'),
        (r'\bsz="\d+"', 'sz="-4400"'),
        (r'\bsz="\d+"', 'sz="400000"'),
        (r'<a:spcPct val="\d+"/>', '<a:spcPct val="-100000"/>'),
        (r'<a:spcPct val="\d+"/>', '<a:spcPct val="-100%"/>'),
        (r'<a:spcPct val="\d+"/>', '<a:spcPts val="99999999999"/>'),
        (r"(<a:lvl1pPr[^>]*>)", r'\1<a:lnSpc><a:spcPct val="0"/></a:lnSpc>'),
        (r"<a:defRPr ", '<a:defRPr spc="-400000" '),
        (r'marL="\d+"', 'marL="99999999999"'),
        (r'anchor="\w+"', 'anchor="just"'),
    ],
)
def test_sizes_that_cannot_be_are_one_line_or_a_deck_that_fits(
    pattern: str, new: str, tmp_path: Path
) -> None:
    file = template(tmp_path, _everywhere(pattern, new))
    try:
        draft = DeckDraft(PACK, file)
        found = check_deck(PACK, deck.render(draft), file)
        assert [one.what for one in found if one.rule.name == "deck-text-fits"] == []
        assert len(draft.pictures()) < 150
    except (TemplateError, ContentError) as error:
        assert file.name in str(error)


@pytest.mark.parametrize(
    "value", ["1e400", "NaN", str(2**63), "9" * 5000, "", "abc", "1e400%", "1in", "\u00b2"]
)
@pytest.mark.parametrize("name", ["sz", "marL", "cx", "y", "lIns"])
def test_values_that_are_no_numbers_are_one_line(name: str, value: str, tmp_path: Path) -> None:
    pattern = rf'\b{name}="[^"]*"' if name != "lIns" else "<a:bodyPr"
    new = f'{name}="{value}"' if name != "lIns" else f'<a:bodyPr lIns="{value}"'
    file = template(tmp_path, _everywhere(pattern, new))
    try:
        deck.render(DeckDraft(PACK, file))
    except (TemplateError, ContentError) as error:
        assert file.name in str(error)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (replacing("ppt/presentation.xml", r'cx="\d+"', 'cx="9"'), "impossible size"),
        (replacing("ppt/presentation.xml", r'cy="\d+"', 'cy="999999999999"'), "impossible size"),
        (replacing("ppt/presentation.xml", "<p:sldSz[^>]*>", ""), "impossible size"),
        (
            replacing(MASTER, "(<p:sldLayoutIdLst>)(.*?/>)", r"\1" + r"\2" * 600),
            "610 layouts; the limit is 500",
        ),
        (replacing(MASTER, "<p:sldLayoutIdLst>.*</p:sldLayoutIdLst>", ""), "no layout for"),
        (replacing("ppt/theme/theme1.xml", "<a:theme", "<!DOCTYPE a><a:theme"), "document type"),
        (replacing(LAYOUT, "(?=<p:sp>)", "<p:sp>" * 1000), "far more elements"),
        (lambda parts: parts.update({LAYOUT: b"PK\3\4"}), "damaged"),
        (lambda parts: parts.pop("ppt/slideLayouts/_rels/slideLayout2.xml.rels"), "damaged"),
        (
            replacing(
                "ppt/slideLayouts/_rels/slideLayout2.xml.rels", "slideMasters/slideMaster1", "x"
            ),
            "is damaged",
        ),
    ],
)
def test_what_is_wrong_with_a_template_is_one_line(
    change: Change, what: str, tmp_path: Path
) -> None:
    assert what in _one_line(template(tmp_path, change))


def test_relationships_in_a_circle_end(tmp_path: Path) -> None:
    """A layout that has itself as its master."""
    relations = "ppt/slideLayouts/_rels/slideLayout2.xml.rels"
    circle = replacing(relations, "slideMasters/slideMaster1", "slideLayouts/slideLayout2")
    _one_line(template(tmp_path, circle))


def test_pictures_on_the_web_are_not_loaded(tmp_path: Path) -> None:
    """The deck keeps the link, as PowerPoint would."""
    relations = "ppt/slideLayouts/_rels/slideLayout2.xml.rels"
    outside = (
        '<Relationship Id="rId9" TargetMode="External" Target="https://127.0.0.1:9/x.png" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
        "</Relationships>"
    )
    file = template(tmp_path, replacing(relations, "</Relationships>", outside))
    deck.render(DeckDraft(PACK, file))


def test_colors_of_a_theme_cannot_put_markup_into_pictures(tmp_path: Path) -> None:
    bad = 'lastClr="&quot;/>&lt;script>"'
    file = template(tmp_path, replacing("ppt/theme/theme1.xml", r'lastClr="\w+"', bad))
    assert not any("script" in svg for _, svg in DeckDraft(PACK, file).pictures())


def test_long_text_on_a_layout_is_no_problem(tmp_path: Path) -> None:
    file = template(tmp_path, replacing(LAYOUT, "(<a:t>)", r"\1" + "word " * 200_000))
    open_template(file)
    deck.render(DeckDraft(PACK, file))


def test_a_content_file_names_what_is_wrong_with_its_template(tmp_path: Path) -> None:
    template(tmp_path, replacing("ppt/theme/theme1.xml", "<a:theme", "<!DOCTYPE a><a:theme"))
    text = CONTENT.read_text("utf-8")
    file = tmp_path / "pack.yaml"
    file.write_text(text.replace("\ndeck:\n", "\ndeck:\n  template: district.pptx\n"), "utf-8")
    with pytest.raises(ContentError) as caught:
        read_pack(file)
    problems = [one for one in caught.value.problems if "template" in one.where]
    assert ["document type declaration" in one.what for one in problems] == [True]
