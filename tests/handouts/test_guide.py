"""The presenter's guide and the audience's notes sheet, opened and read."""

import html
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from handouts import guide as guides
from pack import markdown
from pack.artifacts import Artifact
from pack.documents import Edition
from pack.errors import ContentError
from pack.load import read_pack
from pack.model import Pack
from pack.theme import load_theme
from press.builders import PackBuilders
from slides.content import SlideContent
from slides.draft import DeckDraft
from slides.raster import draw_slide
from tests.conftest import CONTENT
from tests.tools import pdf

PACK = read_pack(CONTENT)
SLIDES = DeckDraft(PACK).composition.slides
NAMES = ["presenter-guide", "audience-notes"]

Change = tuple[str, str]
Made = Callable[..., bytes]


def _changed(folder: Path, *changes: Change) -> Pack:
    """The real content with pieces replaced."""
    text = CONTENT.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file = folder / "pack.yaml"
    file.write_text(text, "utf-8")
    return read_pack(file)


def _slides(text: str) -> Change:
    """A deck of these slides instead of the real ones."""
    content = CONTENT.read_text("utf-8")
    return content.split("\n  slides:\n")[1].split("\n\n# ── 11.")[0], text


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A guide or notes sheet of the changed content, checked as in a build."""

    def make(name: str, *changes: Change) -> bytes:
        builders = PackBuilders(_changed(tmp_path, *changes))
        artifact = next(one for one in builders.plan() if one.file == f"{name}.pdf")
        (file,) = builders.of(artifact).render((artifact,))
        assert not list(builders.of(artifact).preflight(artifact, file.data))
        return file.data

    return make


def _text(data: bytes) -> str:
    with pdfium.PdfDocument(data) as document:
        return " ".join(
            " ".join(page.get_textpage().get_text_bounded() for page in document).split()
        )


@pytest.fixture(scope="module")
def guide(output: Path) -> str:
    return pdf.text(output / "presenter-guide.pdf")


def test_the_run_sheet_has_every_slide_with_its_minutes_and_its_time(guide: str) -> None:
    assert PACK.deck
    run_sheet = guide.split(PACK.labels.run_sheet)[1].split(PACK.labels.all_slides)[0]
    for number, slide in enumerate(SLIDES, start=1):
        assert f"{slide.until} {number} {_title(slide)} {slide.minutes}" in run_sheet
    assert "If it happens, you can help" in run_sheet
    assert SLIDES[-1].until == "0:45"


def test_the_run_sheet_is_grouped_by_the_parts_of_the_talk(guide: str) -> None:
    run_sheet = guide.split(PACK.labels.run_sheet)[1].split(PACK.labels.all_slides)[0]
    assert "Four habits help protect children 7 min · until 0:27 0:21 13" in run_sheet
    assert sum(map(int, re.findall(r"(\d+) min · until", run_sheet))) == 45


def test_a_talk_without_parts_or_minutes_has_neither_in_its_run_sheet(made: Made) -> None:
    plain = "\n    - {layout: key-points, topics: [what-it-is]}\n"
    text = _text(made("presenter-guide", _slides(plain), ("  minutes: 45", "  #")))
    run_sheet = text.split(PACK.labels.run_sheet)[1].split(PACK.labels.all_slides)[0]
    assert run_sheet.strip().startswith(f"{PACK.labels.slide} 1 What is sextortion?")
    assert PACK.labels.until not in run_sheet and PACK.labels.length not in run_sheet


def test_videos_are_marked_in_the_run_sheet(output: Path) -> None:
    figures = [one.alt for one in pdf.elements(output / "presenter-guide.pdf") if one.alt]
    assert figures.count(PACK.labels.video) == sum(slide.layout == "Video" for slide in SLIDES)


def test_copies_are_counted_for_all_families(guide: str) -> None:
    assert "For 25 families" in guide
    assert "Conversation cards It takes 30 seconds to start 1 25" in guide
    assert "Poster Is someone threatening you with a picture? – 4" in guide


def test_every_sheet_of_the_pack_is_listed_to_print(guide: str) -> None:
    printed = guide.split(PACK.labels.print_list)[1].split(PACK.labels.questions)[0]
    for handout in PACK.handouts:
        assert f"{handout.format} {markdown.plain(handout.title)}" in printed
    assert printed.count(PACK.labels.as_needed) == 2
    assert f"Turn here for help, and learn more – {PACK.labels.as_needed}" in printed


def test_a_sheet_may_be_listed_to_print_without_a_number(made: Made) -> None:
    text = _text(made("presenter-guide", ("wallet-cards, in_all: 5}", "wallet-cards}")))
    assert f"It is not your fault. Help is here. – {PACK.labels.as_needed}" in text


def test_a_place_to_turn_to_may_have_no_number(made: Made) -> None:
    known = ("topics: [take-care, disclosure", "topics: [take-care, money, disclosure")
    help_ = "    disclose: |\n      Thank them for telling you. Go to a quiet place together."
    at = CONTENT.read_text("utf-8").split(help_)[1].split("    help: [lifeline]\n")[0]
    both = (f"{at}    help: [lifeline]\n", f"{at}    help: [lifeline, take-it-down]\n")
    assert "Take It Down Images shared online" in _text(made("presenter-guide", known, both))


def test_what_to_know_has_short_lines_beside_the_numbers(output: Path) -> None:
    with pdfium.PdfDocument(output / "presenter-guide.pdf") as document:
        lines = document[0].get_textpage().get_text_bounded().splitlines()
    assert any(line.startswith("You will speak about threats") for line in lines)
    assert max(map(len, lines)) <= 80


def test_the_guide_says_what_to_do_if_someone_discloses(guide: str) -> None:
    assert PACK.topics["disclosure"].title in guide
    assert PACK.topics["take-care"].title in guide
    for question in PACK.questions.values():
        assert markdown.plain(question.question) in guide


@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_to_keep_in_mind_are_in_the_foot_of_every_page(output: Path, name: str) -> None:
    with pdfium.PdfDocument(output / f"{name}.pdf") as document:
        for page in document:
            foot = page.get_textpage().get_text_bounded(top=46)
            assert foot.startswith("911 Emergency 988 Suicide & Crisis\N{NO-BREAK SPACE}Lifeline")


def test_long_names_leave_the_numbers_alone_in_the_foot(made: Made) -> None:
    long = ("    name: Emergency\n", "    name: Emergency services of all kinds\n")
    with pdfium.PdfDocument(made("audience-notes", long)) as document:
        foot = document[1].get_textpage().get_text_bounded(top=46)
    assert foot.startswith("911 988 Keep the conversation")


def test_the_rest_of_a_row_of_the_notes_sheet_has_lines_to_write_on(made: Made) -> None:
    slides = "\n    - {layout: key-points, topics: [what-it-is]}"
    one = _rules(made("audience-notes", _slides(f"{slides}\n")))
    more = "\n    - {layout: key-points, topics: [how-it-starts]}\n"
    two = _rules(made("audience-notes", _slides(slides + more)))
    assert (one, two) == (3 + 10, 3 + 3)


def _rules(data: bytes) -> int:
    """How many lines to write on there are on the first page: as wide as a slide and its number."""
    with pdfium.PdfDocument(data) as document:
        paths = document[0].get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH])
        boxes = [path.get_bounds() for path in paths]
    return sum(abs(right - left - 252) < 1 and top - low < 20 for left, low, right, top in boxes)


def test_the_numbers_to_call_at_once_are_the_largest_on_the_first_page(output: Path) -> None:
    first = [one for one in pdf.characters(output / "presenter-guide.pdf") if one.page == 0]
    largest = max(one.size for one in first)
    assert "".join(one.text for one in first if one.size == largest) == "911988"


def test_all_notes_are_in_the_guide_after_their_labels(guide: str) -> None:
    folded = "".join(guide.split())
    for slide in SLIDES:
        for part in slide.notes.parts:
            colon = ":" if part.kind == "source" and part.label else ""
            for number, paragraph in enumerate(part.paragraphs):
                label = "" if number else part.label + colon
                assert "".join((label + paragraph).split()) in folded


def test_a_label_is_a_paragraph_of_its_own_before_what_is_said(output: Path) -> None:
    with pikepdf.open(output / "presenter-guide.pdf") as document:
        kinds = _kinds_inside(document.Root.StructTreeRoot, "Paying often")
    # The picture; the number and the time; Say with its label, the box with its label, the source.
    assert kinds == ["/Figure", *["/P"] * 3, "/H3", *["/P"] * 5]


def _kinds_inside(root: Any, heading: str) -> list[str]:
    """The types of the leaves in the section of a slide with this title."""

    def below(element: Any) -> list[Any]:
        kids = element.get("/K", [])
        kids = kids if isinstance(kids, pikepdf.Array) else [kids]
        return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]

    def walk(element: Any) -> list[Any]:
        return [found for kid in below(element) for found in (kid, *walk(kid))]

    for section in (one for one in walk(root) if one.S == "/Sect"):
        inside = walk(section)
        if any(heading in str(one.get("/Alt", "")) for one in inside) and not any(
            one.S == "/Sect" for one in inside
        ):
            return [str(one.S) for one in inside if one.S in ("/P", "/Figure", "/H3")]
    raise AssertionError(heading)


def test_the_guide_and_the_notes_sheet_take_few_sheets_of_paper(output: Path) -> None:
    assert len(pdf.page_sizes(output / "presenter-guide.pdf")) <= 10
    assert len(pdf.page_sizes(output / "audience-notes.pdf")) == 4


def test_no_page_of_the_guide_ends_far_above_its_foot(output: Path) -> None:
    with pdfium.PdfDocument(output / "presenter-guide.pdf") as document:
        for number in range(len(document) - 1):
            page = document[number].render(scale=0.5, grayscale=True).to_pil()
            above_folio = page.crop((0, 0, page.width, round(page.height * 0.93)))
            ink = above_folio.point([255] * 200 + [0] * 56).getbbox()
            # A slide's notes stay on one page, however long they are.
            assert ink and ink[3] > 0.75 * page.height, number + 1


def test_notes_that_are_longer_than_a_page_run_on(made: Made) -> None:
    said = " ".join(f"This is no{number} of many." for number in range(500))
    slides = "\n".join(
        (
            "",
            "    - {layout: title, title: A talk, minutes: 90}",
            f"    - {{layout: key-points, topics: [what-it-is], minutes: 1, say: {said}}}",
            "    - {layout: key-points, topics: [how-it-starts], minutes: 1}",
            "",
        )
    )
    data = made("presenter-guide", _slides(slides))
    text = _text(data)
    assert [int(number) for number in re.findall(r"no(\d+)", text)] == list(range(500))
    assert text.index("no499") < text.rindex("How it starts")
    with pdfium.PdfDocument(data) as document:
        assert len(document) > 4


def test_long_labels_get_the_room_they_need(made: Made) -> None:
    text = _text(made("presenter-guide", ("\n  say: Say\n", "\n  say: Please say this\n")))
    assert f"Please say this {SLIDES[0].notes.say[0][:30]}" in text


def _title(slide: SlideContent) -> str:
    return slide.title.in_one_row


def _noted(pack: Pack) -> list[str]:
    """The alternative texts of the slides on the notes sheet."""
    return [
        f"Slide {number}: {slide.title.in_one_row}"
        for number, slide in enumerate(DeckDraft(pack).composition.slides, start=1)
        if slide.noted
    ]


def test_every_slide_is_drawn_in_the_guide_with_an_alternative_text(output: Path) -> None:
    figures = [one.alt for one in pdf.elements(output / "presenter-guide.pdf")]
    for number, slide in enumerate(SLIDES, start=1):
        assert f"Slide {number}: {slide.title.in_one_row}" in figures


def _drawn(file: Path) -> list[str]:
    return [one.alt for one in pdf.elements(file) if one.alt.startswith("Slide ")]


def test_the_notes_sheet_has_the_slides_with_something_to_note_in_order(output: Path) -> None:
    assert _drawn(output / "audience-notes.pdf") == _noted(PACK)


def test_a_slide_says_whether_the_notes_sheet_has_it(made: Made, tmp_path: Path) -> None:
    slides = """
    - {layout: title, title: A talk, note: true}
    - {layout: key-points, topics: [what-it-is], note: false}
    - {layout: key-points, topics: [how-it-starts]}
    - {layout: key-points, topics: [who], note: true, hidden: true}
"""
    file = tmp_path / "notes.pdf"
    file.write_bytes(made("audience-notes", _slides(slides)))
    assert _drawn(file) == ["Slide 1: A talk", "Slide 3: How it starts"]


def test_the_codes_of_both_videos_can_be_scanned_from_the_notes_sheet(output: Path) -> None:
    codes = pdf.codes(output / "audience-notes.pdf")
    assert {video.url for video in PACK.videos.values()} <= {*codes}


def test_a_notes_sheet_may_show_other_videos_than_the_slides_or_none(made: Made) -> None:
    slides = "\n    - {layout: key-points, topics: [what-it-is]}\n"
    assert pdf.codes(made("audience-notes", _slides(slides)))
    slides += "    - {layout: video, videos: [explained]}\n"
    none = ("    videos: [explained, school-safety]\n\n  slides", "\n  slides")
    assert not pdf.codes(made("audience-notes", _slides(slides), none))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_leaves_the_printable_page(output: Path, name: str) -> None:
    for one in pdf.characters(output / f"{name}.pdf"):
        assert one.left >= 28 and one.right <= 584 and one.bottom >= 28 and one.top <= 764, one


def test_a_picture_has_all_text_of_its_slide() -> None:
    for content, picture in DeckDraft(PACK).pictures():
        drawn = "".join(html.unescape(re.sub("<[^>]+>", "", picture)).split())
        for lines in content.texts.values():
            for line in lines:
                assert "".join(line.text.split()) in drawn


def _darkness(svg: str) -> float:
    """How much of a picture is dark."""
    with Image.open(io.BytesIO(draw_slide(svg, 480))) as image:
        shades = image.convert("L").histogram()
    return sum(shades[:128]) / sum(shades)


def test_slides_on_a_dark_ground_are_drawn_on_white_for_paper() -> None:
    draft = DeckDraft(PACK)
    on_screen = [_darkness(svg) for _, svg in draft.pictures()]
    on_paper = [_darkness(svg) for _, svg in draft.pictures(on_white=True)]
    assert sum(dark > 0.5 for dark in on_screen) >= 5
    assert max(on_paper) < 0.3
    # Their text can be read: it is as much as on a light slide.
    assert min(on_paper) > 0.005


def test_only_grounds_bubbles_and_doors_are_drawn_differently_for_paper() -> None:
    draft = DeckDraft(PACK)
    pictures = zip(draft.pictures(), draft.pictures(on_white=True), strict=True)
    for (content, screen), (_, paper) in pictures:
        if not content.layout.startswith(("Bubbles", "Cycle", "Say", "Quote")):
            assert screen == paper or _darkness(paper) < _darkness(screen) - 0.05


def test_every_ground_is_white_on_paper_and_every_bubble_has_an_outline() -> None:
    edge = load_theme().colors["edge"]
    for content, paper in DeckDraft(PACK).pictures(on_white=True):
        ground = re.search(r'<rect [^>]*fill="(#\w+)"', paper)
        assert ground and ground[1] == "#ffffff", content.title.text
        bubbles = [name for name in content.texts if re.match("(Point|Line|Last)", name)]
        if content.layout.startswith(("Bubbles", "Say")):
            plain = len(bubbles) - len(content.threats)
            assert paper.count(f'stroke="{edge}"') == plain, content.title.text


def _files(builders: PackBuilders, wanted: Edition | None = None) -> list[str]:
    return [one.file for one in builders.plan(wanted) if one.kind == "guide"]


def test_a_guide_is_made_in_the_editions_that_the_pack_declares(tmp_path: Path) -> None:
    at = "    variants:\n      - ink: black\n    topics: [take-care"
    more = at.replace("black\n", "black\n      - {paper: a4, ink: black}\n")
    assert _files(PackBuilders(_changed(tmp_path, (at, more)))) == [
        "presenter-guide.pdf",
        "presenter-guide-bw.pdf",
        "presenter-guide-a4-bw.pdf",
        "audience-notes.pdf",
        "audience-notes-bw.pdf",
    ]


@pytest.mark.parametrize(
    ("edition", "end"),
    [
        (Edition.model_construct(ink="black"), "-bw"),
        (Edition.model_construct(paper="a4"), "-a4"),
        (Edition.model_construct(paper="a4", ink="black"), "-a4-bw"),
        (Edition.model_construct(size="large-print"), ""),
    ],
)
def test_a_guide_is_made_in_the_edition_that_is_asked_for(edition: Edition, end: str) -> None:
    assert _files(PackBuilders(PACK), edition) == [f"{name}{end}.pdf" for name in NAMES]


def test_an_edition_that_was_asked_for_before_can_be_made_again() -> None:
    builders = PackBuilders(PACK)
    black = builders.plan_edition("guide", "presenter-guide", Edition.model_construct(paper="a4"))
    assert isinstance(black, Artifact) and black.file == "presenter-guide-a4.pdf"
    large = Edition.model_construct(size="large-print")
    assert builders.plan_edition("guide", "presenter-guide", large) is None


@pytest.mark.parametrize(
    ("variant", "what", "remedy"),
    [
        ("{ink: black, size: large-print}", "“size” is not a known field here", ""),
        ("{paper: letter}", "the same as the document itself", "change its paper or ink"),
        ("{ink: black}\n      - {ink: black}", "or a variant above", "change its paper or ink"),
    ],
)
def test_an_edition_that_a_guide_cannot_have_is_reported(
    tmp_path: Path, variant: str, what: str, remedy: str
) -> None:
    at = "    variants:\n      - ink: black\n    topics: [take-care"
    with pytest.raises(ContentError) as caught:
        _changed(tmp_path, (at, at.replace("ink: black", variant)))
    (problem,) = caught.value.problems
    assert problem.where.startswith("deck → guide → variants →")
    assert what in problem.what and remedy in problem.remedy


def test_a_talk_is_divided_at_its_sections() -> None:
    slides = [
        guides.SlidePage(1, "Before", "", "", minutes=2, until="0:02"),
        guides.SlidePage(2, "Part", "", "", section="Part", minutes=3, until="0:05"),
        guides.SlidePage(3, "Backup", "", "", hidden=True),
    ]
    first, second = guides.talk_parts(slides)
    assert (first.title, first.minutes, first.until) == ("", 2, "0:02")
    assert (second.title, second.minutes, second.until) == ("Part", 3, "0:05")
    assert not list(guides.talk_parts(()))
