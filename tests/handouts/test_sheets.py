"""The finished sheets, opened and checked as a printer and a reader would."""

import itertools
import re
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from handouts import sheets
from handouts.filters import by_sense, line, with_names_whole
from handouts.html import sheet_html
from handouts.weasy.pdf import PrintSettings, print_pdf
from pack.documents import PLAIN, Handout
from pack.errors import ContentError
from pack.items import School
from pack.load import read_pack
from pack.types import short_address
from tests.conftest import CONTENT
from tests.tools import pdf
from tests.tools.profiles import swapped

PACK = read_pack(CONTENT)
SHEETS = {handout.id: handout for handout in PACK.handouts}

every_sheet = pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)


def _expected_codes(handout: Handout) -> set[str]:
    """The addresses that a sheet shows as QR codes."""
    shown = set()
    for block in handout.blocks:
        if block.kind == "videos" or (
            block.kind == "contacts" and handout.template in ("poster", "directory")
        ):
            shown |= {item.url for item in PACK.items(block) if item.url}  # type: ignore[union-attr]
    return shown


@every_sheet
def test_a_sheet_has_the_declared_pages_in_us_letter(sheet: Handout, output: Path) -> None:
    sizes = pdf.page_sizes(output / f"{sheet.id}.pdf")
    assert len(sizes) == PACK.pages_of(sheet, PLAIN)
    assert set(sizes) == {(612, 792)}


def test_the_sheets_that_need_qr_codes_have_them() -> None:
    assert {name for name, sheet in SHEETS.items() if _expected_codes(sheet)} == {
        "parent-tip-sheet",
        "get-help-poster",
        "resource-list",
    }


@every_sheet
def test_every_qr_code_decodes_at_100_dpi_to_its_address(sheet: Handout, output: Path) -> None:
    codes = pdf.codes(output / f"{sheet.id}.pdf", dpi=100)
    assert sorted(codes) == sorted(_expected_codes(sheet))


@every_sheet
def test_every_qr_code_has_its_address_printed_and_linked(sheet: Handout, output: Path) -> None:
    file = output / f"{sheet.id}.pdf"
    printed = re.sub(r"\s", "", pdf.text(file))
    with pikepdf.open(file) as document:
        links = [
            str(annotation.A.URI)
            for page in document.pages
            for annotation in page.get("/Annots", [])
            if "/URI" in annotation.get("/A", {})
        ]
    for address in _expected_codes(sheet):
        shown = short_address(PACK.printed(address))
        assert re.sub(r"\s", "", shown) in printed
        assert links.count(address) >= 2, "both the code and the address are links to it"


@every_sheet
def test_no_text_is_too_small(sheet: Handout, output: Path) -> None:
    file = output / f"{sheet.id}.pdf"
    least = 10.5 if sheet.template in ("cards", "wallet-cards") else 11
    small = "".join(one.text for one in pdf.characters(file) if one.size < least - 0.01)
    # Small text is allowed in the kicker, in the footer, and in column heads.
    labels = PACK.labels
    allowed = [sheet.kicker, labels.help_strip, labels.myth, labels.fact, labels.sample_link]
    for text in allowed:
        small = small.replace(re.sub(r"\s", "", text).upper(), "")
    for contact in PACK.contacts.values():
        small = small.replace(contact.vanity or "\0", "")
    title = re.escape(re.sub(r"\s", "", sheet.title))
    footer = re.compile(
        rf"({title}·\dof\d)*"
        r"(TheFoundation·revisedNovember2026\.(Adaptedfrom:.*?\.)?)*"
        rf"({title}·\dof\d)*"
    )
    assert footer.fullmatch(small), f"too small: {small}"
    assert min(one.size for one in pdf.characters(file)) >= 7.99


@every_sheet
def test_nothing_leaves_the_printable_page(sheet: Handout, output: Path) -> None:
    inch = 72
    margin = 0.4 * inch - 0.5
    for one in pdf.characters(output / f"{sheet.id}.pdf"):
        assert one.left >= margin and one.right <= 612 - margin, one
        assert one.bottom >= margin and one.top <= 792 - margin, one


@every_sheet
def test_no_two_lines_of_text_overlap(sheet: Handout, output: Path) -> None:
    seen: dict[int, list[pdf.Character]] = {}
    for one in pdf.characters(output / f"{sheet.id}.pdf"):
        for other in seen.setdefault(one.page, []):
            wide = min(one.right, other.right) - max(one.left, other.left)
            high = min(one.top, other.top) - max(one.bottom, other.bottom)
            assert not (wide > 1.5 and high > 1.5), f"{one} lies on {other}"
        seen[one.page].append(one)


@every_sheet
def test_every_page_is_filled_to_its_foot(sheet: Handout, output: Path) -> None:
    lowest = dict.fromkeys(range(len(pdf.page_sizes(output / f"{sheet.id}.pdf"))), 792.0)
    for one in pdf.characters(output / f"{sheet.id}.pdf"):
        lowest[one.page] = min(lowest[one.page], one.bottom)
    assert max(lowest.values()) < 0.85 * 72


@every_sheet
def test_only_our_font_is_embedded(sheet: Handout, output: Path) -> None:
    names = set()
    with pikepdf.open(output / f"{sheet.id}.pdf") as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                assert "/FontFile2" in item or "/FontFile3" in item
                names.add(str(item.FontName).split("+")[-1])
    assert names
    assert all(name.startswith("Atkinson-Hyperlegible-Next") for name in names), names


@every_sheet
def test_the_document_has_metadata(sheet: Handout, output: Path) -> None:
    with pikepdf.open(output / f"{sheet.id}.pdf") as document:
        info = document.docinfo
        assert str(document.Root.Lang) == "en"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        metadata = document.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
    assert str(info["/Author"]) == "The Foundation"
    assert str(info["/Title"]).replace("“", "").startswith(sheet.title[:8].replace("“", ""))
    assert len(str(info["/Subject"])) > 20


@every_sheet
def test_headings_skip_no_level(sheet: Handout, output: Path) -> None:
    levels = [
        int(element.kind[2])
        for element in pdf.elements(output / f"{sheet.id}.pdf")
        if re.fullmatch(r"/H\d", element.kind)
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@every_sheet
def test_every_picture_has_an_alternative_text(sheet: Handout, output: Path) -> None:
    file = output / f"{sheet.id}.pdf"
    alts = [element.alt for element in pdf.elements(file) if element.kind == "/Figure"]
    codes = (f"QR code that opens {short_address(address)}" for address in _expected_codes(sheet))
    drawn = {
        "parent-tip-sheet": [
            "1 in 5: Adults, each with a child; filled in: 1 of 5",
            "3 steps in a circle, each of which leads to the next; "
            "a way out leads to “Keep the door open”",
            "Age 8: Children side by side, from the smallest to the tallest; filled in: 1 of 5, "
            "the smallest first",
        ]
    }
    assert sorted(alts) == sorted([*codes, *drawn.get(sheet.id, [])])


def test_the_myths_are_a_real_table_with_scoped_heads(output: Path) -> None:
    elements = pdf.elements(output / "myths-and-facts.pdf")
    scopes = [element.scope for element in elements if element.kind == "/TH"]
    assert scopes.count("/Column") == 2
    assert scopes.count("/Row") == len(PACK.myths)
    assert [element.kind for element in elements].count("/TD") == len(PACK.myths)


def test_the_running_page_number_is_an_artifact(output: Path) -> None:
    with pikepdf.open(output / "parent-tip-sheet.pdf") as document:
        for page in document.pages:
            content = page.Contents.read_bytes()
            assert b"/Artifact" in content and b"/Pagination" in content


def test_the_police_question_is_never_shown_without_its_note(output: Path) -> None:
    step = PACK.steps["police"]
    assert step.note is not None
    shown = [
        sheet.id
        for sheet in SHEETS.values()
        if any("police" in block.steps for block in sheet.blocks)
    ]
    assert shown == ["if-it-happens"]
    text = pdf.text(output / "if-it-happens.pdf")
    assert "It is always okay to ask" in text.split("Involving the police")[1]


@every_sheet
def test_the_small_print_is_short_it_names_publisher_date_and_other_sources(
    sheet: Handout, output: Path
) -> None:
    text = pdf.text(output / f"{sheet.id}.pdf")
    small = text[text.rindex("The Foundation · revised November 2026.") :]
    assert "The Foundation" not in small[14:]
    assert PACK.labels.added.split("{")[0] not in text


def test_a_placeholder_is_marked_on_paper(output: Path) -> None:
    assert pdf.text(output / "parent-tip-sheet.pdf").count("SAMPLE LINK") == 2
    assert "SAMPLE LINK" not in pdf.text(output / "if-it-happens.pdf")


def test_markup_in_text_is_printed_as_it_stands() -> None:
    name = "<script>alert(1)</script> {{ 7 * 7 }} <img src=x>"
    pack = PACK.model_copy(update={"publisher": PACK.publisher.model_copy(update={"name": name})})
    pack._origin = PACK.origin
    with pdfium.PdfDocument(
        sheets.render(pack, SHEETS["myths-and-facts"]).data["color"]
    ) as document:
        assert name in " ".join(document[0].get_textpage().get_text_bounded().split())


def test_too_much_text_is_reported_with_the_line_of_the_page_count() -> None:
    long = SHEETS["myths-and-facts"].model_copy(update={"lead": "Very long. " * 300})
    pack = PACK.model_copy(update={"handouts": (long,)})
    pack._origin = PACK.origin
    with pytest.raises(ContentError) as caught:
        sheets.render(pack, long)
    (problem,) = caught.value.problems
    assert "lines too long for 1 page" in problem.what
    line = PACK.origin.place(("handouts", 0, "blocks", 0)).line
    assert f"line {line} (myths, about " in problem.remedy
    assert problem.where == "handouts → myths-and-facts"


def test_a_sheet_that_is_too_long_by_less_than_a_line_says_so() -> None:
    school = School.model_construct(
        name="Cedar Valley Bilingual Elementary and Middle School of the Joint District No. 4 East",
        contact="Office",
        website="https://oak.example/" + "families-and-students-help/" * 10,
    )
    with pytest.raises(ContentError) as refused:
        sheets.render(PACK.for_school(school), SHEETS["get-help-poster"])
    (problem,) = refused.value.problems
    assert "about 1 line too long for 1 page" in problem.what


def test_a_character_without_a_glyph_is_named() -> None:
    strange = SHEETS["myths-and-facts"].model_copy(update={"lead": "Call now ☕ 五"})
    pack = PACK.model_copy(update={"handouts": (strange,)})
    pack._origin = PACK.origin
    with pytest.raises(ContentError) as caught:
        sheets.render(pack, strange)
    what = " ".join(problem.what for problem in caught.value.problems)
    assert "our fonts have no glyph for: " in what
    assert "☕" in what and "五" in what


def test_a_fault_of_an_edition_is_reported_with_the_line_of_the_edition() -> None:
    number, sheet = next(
        (number, one) for number, one in enumerate(PACK.handouts) if one.id == "parent-tip-sheet"
    )
    strange = sheet.model_copy(update={"lead": "Call now ☕"})
    handouts = (*PACK.handouts[:number], strange, *PACK.handouts[number + 1 :])
    pack = PACK.model_copy(update={"handouts": handouts})
    pack._origin = PACK.origin
    black, large, *_ = sheet.variants
    for edition, path in (
        (black, ("handouts", number, "variants", 0)),
        (large, ("handouts", number, "variants", 1, "pages")),
    ):
        with pytest.raises(ContentError) as caught:
            sheets.render(pack, strange, edition)
        assert caught.value.problems[0].place == PACK.origin.place(path)


def test_the_same_input_gives_the_same_bytes() -> None:
    sheet = SHEETS["wallet-cards"]
    assert sheets.render(PACK, sheet) == sheets.render(PACK, sheet)


def test_the_publishers_logo_has_the_colors_of_its_profile(tmp_path: Path) -> None:
    Image.new("RGB", (600, 120), "#c81428").save(tmp_path / "logo.png", icc_profile=swapped())
    (tmp_path / "pack.yaml").write_text(
        CONTENT.read_text("utf-8").replace("publisher:\n", "publisher:\n  logo: logo.png\n"),
        "utf-8",
    )
    pack = read_pack(tmp_path / "pack.yaml")
    data = sheets.render(pack, pack.handouts[0]).data["color"]
    with pdfium.PdfDocument(data) as document:
        red, green, blue = document[0].render().to_pil().convert("RGB").getpixel((60, 45))
    assert (blue > 190, green < 50, red < 50) == (True, True, True)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Sextortion: what to know", "Sextortion:<br>what to know"),
        ("It is not your fault. Help is here.", "It is not your fault.<br>Help is here."),
        ("Is it safe? Ask", "Is it safe?<br>Ask"),
        ("What U.S. families, Dr. Roe and St. Anne know", None),
        ("At 8:30", None),
        (
            "A & B: **more** [here](https://a.example/b)",
            'A &amp; B:<br><strong>more</strong> <a href="https://a.example/b">here</a>',
        ),
    ],
)
def test_a_title_is_broken_where_its_sense_is(title: str, shown: str | None) -> None:
    assert by_sense(title) == (shown or title)


def _title(tmp_path: Path, name: str, title: str) -> list[pdf.Character]:
    """The letters of a sheet's title as they are printed."""
    sheet = SHEETS[name].model_copy(update={"title": title})
    printed = print_pdf(sheet_html(PACK, sheet, PLAIN), sheet.template, PACK, PrintSettings())
    (tmp_path / "sheet.pdf").write_bytes(printed.data["color"])
    letters = (one for one in pdf.characters(tmp_path / "sheet.pdf") if one.page == 0)
    return [one for one in letters if one.size > 21][: len(title.replace(" ", ""))]


@pytest.mark.parametrize("name", ["if-it-happens", "home-safety-checklist", "myths-and-facts"])
def test_a_title_that_is_a_little_too_long_is_smaller_instead(tmp_path: Path, name: str) -> None:
    letters = _title(tmp_path, name, "Whatever happens, it can help all of u")
    assert len({round(one.bottom) for one in letters if one.text == "e"}) == 1


def test_a_title_stands_beside_the_door_however_long_it_is(tmp_path: Path) -> None:
    title = "It is a crime of the most frightening kind there is, and you can help"
    letters = _title(tmp_path, "parent-tip-sheet", title)
    assert 792 - letters[0].top < 90
    assert len({round(one.bottom) for one in letters if one.text == "e"}) == 3
    assert max(one.right for one in letters) < 420


@pytest.mark.parametrize(
    ("title", "shown"), [("Report", " railed"), ("Complain", " railed wide"), ("Everywhere", "")]
)
def test_heads_of_groups_stand_beside_the_path_if_there_is_room(title: str, shown: str) -> None:
    sheet = SHEETS["if-it-happens"]
    first, *others = sheet.blocks
    blocks = (first.model_copy(update={"title": title}), *others)
    html = sheet_html(PACK, sheet.model_copy(update={"blocks": blocks}), PLAIN)
    assert re.findall('class="group(.*?)"', html) == [shown] * 3


def test_a_step_has_its_own_number_on_the_tip_sheet(output: Path) -> None:
    file = output / "parent-tip-sheet.pdf"
    labels = [element for element in pdf.elements(file) if element.kind == "/Lbl"]
    assert len(labels) == 6
    sheet = SHEETS["parent-tip-sheet"]
    steps = next(block for block in sheet.blocks if block.kind == "steps")
    some = steps.model_copy(update={"steps": ("save", "take-down")})
    html = sheet_html(PACK, sheet.model_copy(update={"blocks": (some,)}), PLAIN)
    assert re.findall(r'class="numeral">(\d)<', html) == [*"27"]


def test_names_of_two_or_three_words_are_not_broken() -> None:
    names = ["Take It Down", "AT&T Help", "FBI", "Suicide & Crisis Lifeline", "Help for All of Us"]
    page = (
        '<head><title>Take It Down</title></head><body><p class="name" data-slot>Take It Down</p>'
        '<p title="Take It Down">Ask Take It\xa0Down, AT&amp;T Help; MyTake It Down</p>'
        "<p>Suicide &amp; Crisis Lifeline, Help for All of Us</p></body>"
    )
    bound = page.replace("Take It\xa0Down,", "Take\xa0It\xa0Down,")
    bound = bound.replace("AT&amp;T Help;", "AT&amp;T\xa0Help;")
    assert with_names_whole(page, names) == bound
    assert "NCMEC’s Take\xa0It\xa0Down is" in sheet_html(PACK, SHEETS["if-it-happens"], PLAIN)


def test_a_name_that_is_alone_on_its_line_has_no_period() -> None:
    for name in ("parent-tip-sheet", "get-help-poster", "if-it-happens"):
        html = sheet_html(PACK, SHEETS[name], PLAIN)
        assert not re.search(r"(Lifeline|Emergency|FBI)\.(</strong>)? *(<br>|</p>)", html)


def test_a_topic_is_a_picture_only_where_a_block_says_so() -> None:
    def unbound(html: str) -> str:
        return html.replace("\N{NO-BREAK SPACE}", " ")

    sheet = SHEETS["parent-tip-sheet"]
    plain = [block.model_copy(update={"form": None}) for block in sheet.blocks]
    drawn, written = (
        sheet_html(PACK, sheet.model_copy(update={"blocks": blocks}), PLAIN)
        for blocks in (sheet.blocks, plain)
    )
    for part in ('class="bubbles"', 'class="cycle', 'class="row"', "in-people"):
        assert part in drawn and part not in written
    for name in ("how-it-starts", "what-happens-next", "who"):
        first = PACK.topics[name].body.split()[0]
        assert first in written
        for point in PACK.topics[name].points:
            assert unbound(line(point.body or point.text)) in unbound(drawn)


@pytest.mark.parametrize("name", ["parent-tip-sheet", "get-help-poster", "if-it-happens"])
def test_a_sheet_shows_its_school_or_a_line_to_write_it_on(name: str) -> None:
    sheet = SHEETS[name]
    reach = {"phone": "303-555-0142", "email": None, "website": None, "logo": None}
    cedar = School.model_construct(None, name="Cedar School", contact="Office", **reach)
    school = PACK.for_school(cedar)
    for edition in (PLAIN, *(one for one in sheet.variants if one.size == "large-print")):
        without, of_school = (sheet_html(pack, sheet, edition) for pack in (PACK, school))
        assert 'class="fill-in"' in without
        assert 'class="fill-in"' not in of_school
        at_head, _, at_foot = of_school.rpartition("<footer>")
        assert "303-555-0142" in at_head
        assert "303-555-0142" in at_foot or edition == PLAIN


def test_a_pack_without_a_motif_has_whole_sheets() -> None:
    about = PACK.about.model_copy(update={"motif": None})
    pack = PACK.model_copy(update={"about": about})
    pack._origin = PACK.origin
    for name in ("parent-tip-sheet", "get-help-poster", "wallet-cards"):
        html = sheet_html(pack, SHEETS[name], PLAIN)
        assert 'class="motif"' not in html
        # The backs of cards only show the motif.
        back = 1 if name == "wallet-cards" else 0
        pages = sheets.render(PACK, SHEETS[name]).pages - back
        assert sheets.render(pack, SHEETS[name]).pages == pages == SHEETS[name].pages


def test_short_bold_runs_are_not_broken() -> None:
    assert line("**internet access**") == '<strong class="bound">internet access</strong>'
    long = "<strong>a run that is far\N{NO-BREAK SPACE}too-long</strong>"
    assert line("**a run that is far too-long**") == long


def test_a_wallet_card_has_its_short_numbers_large_and_no_small_print(output: Path) -> None:
    file = output / "wallet-cards.pdf"
    letters = list(pdf.characters(file))
    assert "".join(one.text for one in letters if one.size > 25) == "911988" * 10
    assert pdf.text(file).count("revised November 2026") == 1
    below = [one for one in letters if one.size < 10]
    assert max(one.top for one in below) <= 36, "it is under the last cards, in the margin"
