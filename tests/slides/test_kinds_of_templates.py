"""PowerPoint files as people have them, as the deck's template."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import validate_pptx
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn

from pack.errors import TemplateError
from pack.load import read_pack
from slides import deck
from slides.draft import DeckDraft
from tests.conftest import CONTENT, ENGLISH, Run
from tests.tools.templates import change_parts

PACK = read_pack(CONTENT)
SLIDES = PACK.deck.slides if PACK.deck else ()
_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"

Change = Callable[[dict[str, bytes]], None]


def template(folder: Path, change: Change, name: str = "district.pptx") -> Path:
    """The library's own template with one slide, and its parts changed."""
    presentation: Any = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[1]).shapes.title.text = "Theirs"
    file = folder / name
    presentation.save(str(file))
    return change_parts(file, change)


def replacing(part: str, old: str, new: str) -> Change:
    def change(parts: dict[str, bytes]) -> None:
        text = parts[part].decode()
        assert re.search(old, text)
        parts[part] = re.sub(old, new, text).encode()

    return change


def _built(folder: Path, template: Path) -> Any:
    """The deck on a template: it holds each part once, is valid, and has none of their slides."""
    file = folder / "deck.pptx"
    file.write_bytes(deck.render(DeckDraft(PACK, template)))
    with zipfile.ZipFile(file) as package:
        assert len(package.namelist()) == len(set(package.namelist()))
    result = validate_pptx(file)
    assert result.is_valid, [str(error) for error in result.errors]
    presentation: Any = Presentation(str(file))
    titles = [slide.shapes.title.text for slide in presentation.slides]
    assert "Theirs" not in titles
    return presentation


def _with_button(folder: Path) -> Path:
    """A layout has a button that leads to a slide."""
    presentation: Any = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "Theirs"
    layout = presentation.slide_layouts[1]
    relation = layout.part.relate_to(slide.part, RT.SLIDE)
    name = layout.shapes[0]._element.find(f".//{qn('p:cNvPr')}")
    link = name.makeelement(qn("a:hlinkClick"), {})
    link.set(qn("r:id"), relation)
    link.set("action", "ppaction://hlinksldjump")
    name.append(link)
    presentation.save(str(folder / "button.pptx"))
    return folder / "button.pptx"


def test_a_button_that_links_to_a_removed_slide_is_unlinked(tmp_path: Path) -> None:
    presentation = _built(tmp_path, _with_button(tmp_path))
    layouts = presentation.slide_layouts
    assert all(one.reltype != RT.SLIDE for layout in layouts for one in layout.part.rels.values())


def test_custom_shows_are_left_out(tmp_path: Path) -> None:
    show = (
        '<p:custShowLst><p:custShow name="Short" id="0"><p:sldLst><p:sld r:id="rId7"/></p:sldLst>'
        "</p:custShow></p:custShowLst><p:defaultTextStyle>"
    )
    change = replacing("ppt/presentation.xml", "<p:defaultTextStyle>", show)
    root = _built(tmp_path, template(tmp_path, change)).part._element
    assert root.find(qn("p:custShowLst")) is None


def test_a_modify_password_is_left_out(tmp_path: Path) -> None:
    lock = r'\1<p:modifyVerifier cryptProviderType="rsaAES" hashData="x" saltData="y"/>'
    change = replacing("ppt/presentation.xml", "(</p:defaultTextStyle>)", lock)
    root = _built(tmp_path, template(tmp_path, change)).part._element
    assert root.find(qn("p:modifyVerifier")) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("district.pptm", "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"),
        (
            "district.potx",
            "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
        ),
        (
            "district.ppsx",
            "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
        ),
    ],
)
def test_templates_shows_and_macro_files_become_a_presentation(
    name: str, kind: str, tmp_path: Path
) -> None:
    change = replacing("[Content_Types].xml", re.escape(_MAIN), kind)
    presentation = _built(tmp_path, template(tmp_path, change, name))
    assert presentation.part.content_type == _MAIN


def test_a_wrong_list_of_notes_masters_is_corrected(tmp_path: Path) -> None:
    wrong = r'\1<p:notesMasterIdLst><p:NotesMasterId r:id="rId99"/></p:notesMasterIdLst>'
    change = replacing("ppt/presentation.xml", "(</p:sldMasterIdLst>)", wrong)
    root = _built(tmp_path, template(tmp_path, change)).part._element
    (listed,) = root.find(qn("p:notesMasterIdLst"))
    assert listed.tag == qn("p:notesMasterId")


def test_percentages_may_have_a_sign(tmp_path: Path) -> None:
    """As "20%" beside "20000", which mean the same (ECMA-376, 22.9.2.9)."""
    change = replacing(
        "ppt/slideMasters/slideMaster1.xml", r'<a:spcPct val="20000"/>', '<a:spcPct val="20%"/>'
    )
    plain = template(tmp_path, lambda parts: None, "plain.pptx")
    signed = template(tmp_path, change, "signed.pptx")
    _built(tmp_path, signed)
    assert deck.render(DeckDraft(PACK, signed)) == deck.render(DeckDraft(PACK, plain))


def test_layouts_are_chosen_by_purpose(tmp_path: Path) -> None:
    """Not by their order: here the section layout comes first."""
    change = replacing(
        "ppt/slideMasters/slideMaster1.xml",
        r'(<p:sldLayoutIdLst>)(.*?)(<p:sldLayoutId [^>]*r:id="rId3"/>)',
        r"\1\3\2",
    )
    presentation = _built(tmp_path, template(tmp_path, change))
    assert presentation.slide_layouts[0].name == "Section Header"
    used = [slide.slide_layout.name for slide in presentation.slides]
    assert used[0] == "Title Slide"
    assert set(used) == {"Title Slide", "Title and Content", "Section Header"}
    assert used.count("Section Header") == sum(one.layout == "section" for one in SLIDES)


def test_steps_keep_their_numbers_and_notes_beside_them_get_none(tmp_path: Path) -> None:
    presentation = _built(tmp_path, template(tmp_path, lambda parts: None))
    numbers = []
    for slide in presentation.slides:
        for shape in slide.placeholders:
            for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
                if paragraph._p.find(f".//{qn('a:buAutoNum')}") is not None:
                    numbers.append(paragraph.text.split(".")[0])
    titles = [step.title.rstrip(".") for step in PACK.steps.values()]
    assert [one for one in numbers if one] == titles


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts.pop("ppt/_rels/presentation.xml.rels"),
        lambda parts: parts.pop("ppt/slideMasters/slideMaster1.xml"),
        lambda parts: parts.pop("ppt/slideMasters/_rels/slideMaster1.xml.rels"),
        lambda parts: parts.pop("ppt/slideLayouts/slideLayout2.xml"),
        lambda parts: parts.pop("ppt/theme/theme1.xml"),
        lambda parts: parts.update({"ppt/presentation.xml": b"<p:presentation"}),
        lambda parts: parts.update({"[Content_Types].xml": b""}),
        lambda parts: parts.update({"ppt/theme/theme1.xml": b"<a:theme"}),
    ],
)
def test_a_damaged_template_is_one_line(change: Change, run: Run, tmp_path: Path) -> None:
    file = template(tmp_path, change)
    with pytest.raises(TemplateError) as caught:
        deck.render(DeckDraft(PACK, file))
    assert "\n" not in str(caught.value)
    assert file.name in str(caught.value)


def test_a_damaged_template_ends_a_build_with_one_line(run: Run, tmp_path: Path) -> None:
    file = template(tmp_path, lambda parts: parts.update({"ppt/theme/theme1.xml": b"<a:theme"}))
    result = run("build", CONTENT, *ENGLISH, "--deck-template", file, "--output", tmp_path / "out")
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert file.name in result.stderr
    assert not (tmp_path / "out").exists()
