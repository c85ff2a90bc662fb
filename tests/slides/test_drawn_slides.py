"""Slides that show how their points hang together, chosen in the content file without code."""

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from openxml_audit import validate_pptx
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from drawings.shapes import bounds
from pack.errors import ContentError
from pack.load import read_pack
from pack.model import Pack
from slides import deck
from slides.art import illustrations
from slides.draft import DeckDraft
from slides.raster import draw_slide
from slides.text_metrics import height
from tests.conftest import CONTENT, ROOT
from tests.slides.drawn import draw, misplaced
from tests.tools.decks import faults

#: A topic with points of every kind; `{points}` and `{more}` are filled in.
_PACK = """\
pack: {{title: Water, subtitle: Safe at the lake, description: For families at the lake.,
  language: en, revised: 2026-11-22, help_strip: [guard]}}
publisher: {{name: The Lake Office, website: https://lake.example/}}
contacts:
  guard: {{name: Lifeguard, use: Help at the lake, phone: "911", added: true}}
  office: {{name: Lake office, use: Ask us, phone: 303-555-0142, url: https://lake.example/ask,
    added: true}}
sources: {{us: {{name: The Lake Office, page: office}}}}
topics:
  ice:
    title: Thin ice
    from: us
    body: Ice may break.
    say: Stay off thin ice.
    points:
{points}
{more}
  shore:
    title: Back to the shore
    from: us
    body: Turn around.
    points: [Turn around.]
figures:
  some: {{figure: 2 in 3, title: Most can swim, text: Two in three., from: us, say: So.{people}}}
deck:
  id: talk
  title: Safe at the lake
  slides:
    - {{layout: {layout}, {what}}}
"""

#: A pack with a slide in every layout.
LAYOUTS = ROOT / "docs" / "look" / "look.yaml"

SIGNED = '      - {{text: "Point number {}.", sign: {}}}'
THREE = "\n".join(map(SIGNED.format, "123", ("eye", "moon", "heart")))


def _pack(
    folder: Path,
    layout: str,
    points: str = THREE,
    more: str = "",
    what: str = "topics: [ice]",
    people: str = "",
) -> Pack:
    file = folder / "water.yaml"
    written = _PACK.format(layout=layout, points=points, more=more, what=what, people=people)
    file.write_text(written, "utf-8")
    return read_pack(file)


def _shown(pack: Pack) -> str:
    """The layout in which the only slide is shown."""
    (slide,) = DeckDraft(pack).composition.slides
    return slide.layout


CLAIM = "      - {text: Stay off the ice., as: claim}\n      - It breaks.\n      - It is cold."
SIDES = "      - {text: Thick, as: left, sign: eye}\n      - {text: Thin, as: right}"
EXIT = "    exit: shore"


@pytest.mark.parametrize(
    ("layout", "points", "more", "name"),
    [
        ("grid", THREE, "", "Grid of three"),
        ("grid", "\n".join([THREE, THREE]), "", "Grid of six"),
        ("process", THREE, "", "Process of three"),
        ("bubbles", THREE, "", "Bubbles of three"),
        ("cycle", THREE, EXIT, "Cycle of three"),
        ("fork", SIDES, "", "Fork"),
        ("fork", f"{SIDES}\n      - A word before.", "", "Fork"),
        ("compare", SIDES, "", "Compare"),
        ("statement", CLAIM, "", "Statement"),
        ("statement", CLAIM.replace("as:", "sign: eye, as:"), "", "Statement with sign"),
    ],
)
def test_points_become_a_picture(
    layout: str, points: str, more: str, name: str, tmp_path: Path
) -> None:
    assert _shown(_pack(tmp_path, layout, points, more)) == name


def test_every_layout_is_drawn_in_native_shapes_with_no_text_out_of_place(tmp_path: Path) -> None:
    pack = read_pack(LAYOUTS)
    file = tmp_path / "talk.pptx"
    file.write_bytes(deck.render(DeckDraft(pack)))
    result = validate_pptx(file)
    assert result.is_valid, [str(error) for error in result.errors]
    assert misplaced(file, draw(file, tmp_path)) == []
    presentation: Any = Presentation(str(file))
    planned = [content.layout for content in DeckDraft(pack).outline]
    assert [slide.slide_layout.name for slide in presentation.slides] == planned
    kinds = {shape.shape_type for slide in presentation.slides for shape in slide.shapes}
    assert kinds <= {MSO_SHAPE_TYPE.PLACEHOLDER, MSO_SHAPE_TYPE.GROUP}
    assert [one for one in faults(file.read_bytes(), pack) if "alike" not in one] == []


def test_the_ways_of_a_fork_have_names_over_their_arrows(tmp_path: Path) -> None:
    named = SIDES.replace("as: left", "as: left, ways: [Walk, Slide]")
    composed = DeckDraft(_pack(tmp_path, "fork", named)).composition
    (content,) = composed.slides
    layout = composed.layout_of(content)
    ways = [content.texts[f"Way {number}"][0] for number in (1, 2)]
    assert [line.text for line in ways] == ["Walk", "Slide"]
    assert ways[1].path == ("topics", "ice", "points", 0, "ways", 1)
    (arrows,) = (one for one in illustrations(content, layout) if one.name == "Arrows")
    heads = [bounds([arrows.shapes[number]]) for number in (1, 3)]
    for number, head in enumerate(heads, start=1):
        _, top, _, high = layout.frames[f"Way {number}"].box
        assert top + high < head[1] + 5, "above its arrow"


@pytest.mark.parametrize(
    "wrong", ["as: left, ways: [Walk]", "as: right, ways: [Walk, Slide]", "ways: [Walk, Slide]"]
)
def test_ways_that_no_fork_can_show_are_refused(wrong: str, tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="“ways” are the names of the two ways of a fork"):
        _pack(tmp_path, "fork", SIDES.replace("as: left", wrong))


def test_a_statement_and_its_points_stand_above_the_floor_if_they_fit_there() -> None:
    composed = DeckDraft(read_pack(CONTENT)).composition
    (content,) = (one for one in composed.slides if one.layout == "Statement with picture")
    layout = composed.layout_of(content)
    (floor,) = (bar[1] for bar in layout.bars)
    sizes = [content.sizes.get(name, layout.frames[name].size) for name in ("Title", "Text")]
    title, text = (
        replace(layout.frames[name], size=size)
        for name, size in zip(("Title", "Text"), sizes, strict=True)
    )
    assert title.top + title.outer < text.top
    assert text.top + height(content.texts["Text"], text) < floor


def test_a_conversation_with_a_sign_is_known_by_it() -> None:
    composed = DeckDraft(read_pack(CONTENT)).composition
    said = [one for one in composed.slides if one.layout == "Say"]
    drawn = [{one.name for one in illustrations(it, composed.layout_of(it))} for it in said]
    assert [names - {"Bubble", "Pair", "Progress"} for names in drawn] == [
        {"user-circle-dashed"},
        {"images"},
        {"hand-heart"},
    ]
    boxes = [
        [bounds(one.shapes) for one in illustrations(it, composed.layout_of(it))] for it in said
    ]
    for *_, pair, sign, _ in boxes:
        assert sign[3] < pair[1], "the sign is over their heads"


def test_a_pack_draws_its_own_pictograms(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "buoy.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
        '<path d="M0 5a5 5 0 1 0 10 0a5 5 0 1 0-10 0z"/></svg>'
    )
    pack = _pack(tmp_path, "grid", THREE.replace("sign: moon", "sign: buoy"))
    presentation: Any = Presentation(_bytes(pack))
    (slide,) = presentation.slides
    (group,) = (shape for shape in slide.shapes if shape.name == "buoy")
    disk, own = group.shapes
    assert own.width == own.height == pytest.approx(disk.width * 0.66, rel=0.01)


def test_every_group_has_an_alternative_text_or_is_marked_as_decoration() -> None:
    pack = read_pack(CONTENT)
    told = 0
    presentation: Any = Presentation(_bytes(pack))
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
                named = shape._element.find(".//{*}cNvPr")
                marks = [one.get("val") for one in named.iter("{*}decorative")]
                assert bool(named.get("descr")) != (marks == ["1"]), shape.name
                told += bool(named.get("descr"))
    assert told == 5  # the parts of the talk, the people, twice, the circle, and the fork


def _bytes(pack: Pack) -> io.BytesIO:
    return io.BytesIO(deck.render(DeckDraft(pack)))


@pytest.mark.parametrize(
    ("layout", "points", "more", "what", "remedy"),
    [
        ("grid", "      - One.\n      - Two.\n      - Three.", "", "pictogram", "sign"),
        ("grid", SIGNED.format(1, "eye"), "", "shows 3 or 4 or 6 points, but “Thin ice” has 1",
         "key-points"),
        ("cycle", THREE, "", "needs an “exit”", "Add “exit:”"),
        ("statement", THREE, "", "needs a point with “as: claim”", "as: claim"),
        ("compare", CLAIM, "", "shows 0 points", "key-points"),
        ("compare", SIDES.replace("right", "below"), "", "needs a point with “as: right”",
         "as: right"),
    ],
)  # fmt: skip
def test_what_a_picture_lacks_is_told_with_its_line(
    layout: str, points: str, more: str, what: str, remedy: str, tmp_path: Path
) -> None:
    with pytest.raises(ContentError) as refused:
        _pack(tmp_path, layout, points, more)
    found = [one for one in refused.value.problems if what in one.what]
    assert found, [one.what for one in refused.value.problems]
    assert found[0].where.startswith("deck → slides → 1")
    assert remedy in found[0].remedy


def test_people_stand_for_a_number_and_without_them_it_is_shown_large(tmp_path: Path) -> None:
    figures = "figures: [some]"
    pack = _pack(tmp_path, "people", what=figures, people=", people: {of: 3, on: 2, as: row}")
    (content,) = DeckDraft(pack).composition.slides
    assert content.layout == "People"
    with pytest.raises(ContentError, match="says nothing about any"):
        _pack(tmp_path, "people", what=figures)
    assert _shown(_pack(tmp_path, "auto", what=figures)) == "Big number"


@pytest.mark.parametrize(
    ("points", "more", "name"),
    [
        (THREE, "", "Grid of three"),
        (THREE, EXIT, "Cycle of three"),
        (THREE.replace("heart}", "heart, tone: threat}"), "", "Bubbles of three"),
        (SIDES, "", "Compare"),
        (f"{SIDES}\n      - A word before.", "", "Fork"),
        (CLAIM, "", "Statement"),
        ("      - One.\n      - Two.", "", "Key points"),
    ],
)
def test_a_layout_is_chosen_by_what_the_points_have(
    points: str, more: str, name: str, tmp_path: Path
) -> None:
    assert _shown(_pack(tmp_path, "auto", points, more)) == name


def test_a_text_that_is_too_long_for_its_picture_is_shown_in_a_list(tmp_path: Path) -> None:
    longer = THREE.replace("Point number 2.", "A point with many words. " * 12)
    pack = _pack(tmp_path, "grid", longer)
    (content,) = DeckDraft(pack).composition.slides
    assert content.layout == "Key points"
    texts = [line.text for line in content.texts["Text"]]
    assert texts[0] == "Point number 1."
    assert len(texts) == 3


def test_layouts_may_have_the_names_that_they_had_before(tmp_path: Path) -> None:
    written = CONTENT.read_text("utf-8")
    written = written.replace("layout: path", "layout: steps").replace(
        "layout: say", "layout: conversation"
    )
    written = written.replace("layout: help-map", "layout: contacts")
    old = CONTENT.with_name("old.yaml")
    try:
        old.write_text(written, "utf-8")
        assert deck.render(DeckDraft(read_pack(old))) == deck.render(DeckDraft(read_pack(CONTENT)))
    finally:
        old.unlink()


def test_what_must_be_read_on_our_deck_can_be_read_from_the_last_row() -> None:
    """24 pt; only who publishes the talk, and contacts beside the last door, are smaller."""
    composed = DeckDraft(read_pack(CONTENT)).composition
    for content in composed.slides:
        frames = composed.layout_of(content).frames
        for name in content.texts:
            if name in frames and name != "Publisher":
                size = content.sizes.get(name, frames[name].size)
                runs = [run for line in content.texts[name] for run in line.runs]
                smallest = min((size * run.scale for run in runs), default=24)
                least = 20 if content.layout == "Closing" and name == "Help" else 24
                assert round(smallest, 3) >= least, (content.title.text, name)


def test_988_beside_a_step_is_as_large_as_beside_a_topic() -> None:
    composed = DeckDraft(read_pack(CONTENT)).composition
    (content,) = (one for one in composed.slides if one.layout == "Path of three")
    (line,) = content.texts["Help"]
    assert {run.text: run.scale for run in line.runs if run.bold} == {"911": 1.6, "988": 1.6}


@pytest.mark.parametrize(("count", "name"), [(1, "bands"), (4, "bands"), (5, "pictures")])
def test_a_few_points_beside_a_code_are_bands(count: int, name: str, tmp_path: Path) -> None:
    points = "\n".join(SIGNED.format(number, "eye") for number in range(count))
    pack = _pack(tmp_path, "take-home", points, "    help: [office]")
    assert _shown(pack) == f"Take home in {name}"


def test_more_steps_than_fit_are_shown_on_several_slides(tmp_path: Path) -> None:
    written = CONTENT.read_text("utf-8").replace(
        "steps: [be-there, save, block]\n", "steps: [be-there, save, block, report, platform]\n"
    )
    file = CONTENT.with_name("more.yaml")
    try:
        file.write_text(written, "utf-8")
        slides = DeckDraft(read_pack(file)).composition.slides
    finally:
        file.unlink()
    paths = [one for one in slides if one.layout.startswith("Path")]
    assert [one.layout for one in paths[:2]] == ["Path of three", "Path of two"]
    assert paths[1].texts["Number 1"][0].text == "4"
    assert paths[1].title.text.endswith("2)")


def test_all_slides_of_our_own_deck_are_shown_as_they_were_drawn() -> None:
    draft = DeckDraft(read_pack(CONTENT))
    shown = [content.layout for content in draft.composition.slides]
    assert shown == [content.layout for content in draft.outline]


def test_drawings_stay_on_the_slide() -> None:
    composed = DeckDraft(read_pack(CONTENT)).composition
    width, height = composed.size
    for content in composed.slides:
        for drawing in illustrations(content, composed.layout_of(content)):
            left, top, right, bottom = bounds(drawing.shapes)
            assert left >= -0.1 and top >= -0.1, (content.title.text, drawing.name)
            assert right <= width + 0.1 and bottom <= height + 0.1, (
                content.title.text,
                drawing.name,
            )


def test_pictures_of_slides_show_the_same_as_the_slides(tmp_path: Path) -> None:
    """LibreOffice's drawing of a slide and ours differ in details of letters only."""
    pack = read_pack(CONTENT)
    draft = DeckDraft(pack)
    (tmp_path / "deck.pptx").write_bytes(deck.render(draft))
    with pdfium.PdfDocument(draw(tmp_path / "deck.pptx", tmp_path)) as document:
        theirs = [page.render(scale=0.25).to_pil().convert("RGB") for page in document]
    for (content, picture), drawn in zip(draft.pictures(), theirs, strict=True):
        ours = Image.open(io.BytesIO(draw_slide(picture, drawn.width))).convert("RGB")
        small = [one.resize((48, 27), Image.Resampling.BOX) for one in (ours, drawn)]
        pairs = zip(small[0].tobytes(), small[1].tobytes(), strict=True)
        unlike = sum(abs(one - other) > 60 for one, other in pairs)
        assert unlike < 48 * 27 * 3 * 0.04, (content.title.text, unlike)


def test_a_pack_without_a_motif_has_no_door(tmp_path: Path) -> None:
    written = re.sub(r"(?m)^  motif: door\n", "", CONTENT.read_text("utf-8"))
    file = CONTENT.with_name("plain.yaml")
    try:
        file.write_text(written, "utf-8")
        composed = DeckDraft(read_pack(file)).composition
    finally:
        file.unlink()
    drawn = [
        one.name
        for content in composed.slides
        for one in illustrations(content, composed.layout_of(content))
    ]
    assert "Door" not in drawn and "Way out" not in drawn
    assert "Cycle" in drawn


@pytest.mark.parametrize(
    ("kind", "alt"),
    [
        ("person", "2 in 3: 2 of 3 people are filled in"),
        ("pair", "2 in 3: Adults, each with a child; filled in: 2 of 3"),
        (
            "row",
            "2 in 3: Children side by side, from the smallest to the tallest; filled in: 2 of 3, "
            "the smallest first",
        ),
    ],
)
def test_people_are_described_as_they_are_drawn(kind: str, alt: str, tmp_path: Path) -> None:
    people = f", people: {{of: 3, on: 2, as: {kind}}}"
    (content,) = DeckDraft(_pack(tmp_path, "people", what="figures: [some]", people=people)).outline
    assert content.drawing_alt == alt


def test_the_arrows_of_a_fork_and_the_bars_of_the_agenda_say_what_they_show() -> None:
    alts = {
        content.layout: content.drawing_alt for content in DeckDraft(read_pack(CONTENT)).outline
    }
    assert alts["Timeline"].startswith("4 bars, one after the other")
    assert alts["Fork"].startswith("Two arrows lead from “They want money or gift cards")
    assert alts["Fork"].endswith("whether or not the victim pays.”")
