"""What each of the five reading sheets does with its content, also with other packs' content."""

import re
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from handouts import filters, sheets
from handouts.html import sheet_html
from pack.documents import PLAIN, Block, Handout
from pack.items import School
from pack.load import read_pack
from pack.model import Pack
from pack.theme import TEMPLATES
from tests.conftest import CONTENT
from tests.tools import pdf

PACK = read_pack(CONTENT)
SHEETS = {handout.id: handout for handout in PACK.handouts}


def _made(pack: Pack, handout: Handout, folder: Path) -> Path:
    file = folder / "sheet.pdf"
    file.write_bytes(sheets.render(pack, handout).data["color"])
    return file


def _with(handout: Handout, *blocks: Block, **other: object) -> Handout:
    return handout.model_copy(update={"blocks": blocks, **other})


def _block(**choice: Any) -> Block:
    return Block.model_construct(**choice)


# The action sheet


def test_a_step_has_its_own_number_on_any_sheet(tmp_path: Path) -> None:
    names = tuple(PACK.steps)
    blocks = (_block(steps=names[2:4]), _block(steps=names[6:7]))
    file = _made(PACK, _with(SHEETS["if-it-happens"], *blocks), tmp_path)
    # The numbers are the only text in circles, which is set in 15 pt.
    assert [one.text for one in pdf.characters(file) if abs(one.size - 15) < 0.01] == [*"347"]
    assert [one.kind for one in pdf.elements(file)].count("/Lbl") == 3


def test_the_groups_of_steps_are_headings_over_their_steps(output: Path) -> None:
    kinds = [one.kind for one in pdf.elements(output / "if-it-happens.pdf")]
    levels = [kind for kind in kinds if kind in ("/H2", "/H3")]
    groups = [len(block.steps) for block in SHEETS["if-it-happens"].blocks]
    # Its steps show all contacts of the strip, so that it needs none.
    assert levels == [level for count in groups for level in ["/H2", *["/H3"] * count]]


def test_long_heads_of_groups_are_set_over_the_path(tmp_path: Path) -> None:
    title = "In the very first hours afterward"
    handout = _with(SHEETS["if-it-happens"], _block(title=title, steps=("save", "block")))
    file = _made(PACK, handout, tmp_path)
    assert title in " ".join(pdf.text(file).split())


def test_what_a_step_warns_of_stands_before_the_rest_and_in_bold(output: Path) -> None:
    text = " ".join(pdf.text(output / "if-it-happens.pdf").split()).replace("’", "'")
    for step in PACK.steps.values():
        if step.warning:
            assert f"{step.title} {step.warning} {step.body.split('.')[0]}" in text


def test_steps_without_signs_contacts_or_notes_are_fine(tmp_path: Path) -> None:
    bare = {
        name: step.model_copy(update={"sign": None, "contacts": (), "note": None})
        for name, step in PACK.steps.items()
    }
    pack = PACK.model_copy(update={"steps": bare})
    pack._origin = PACK.origin
    file = _made(pack, _with(SHEETS["if-it-happens"], _block(steps=tuple(bare))), tmp_path)
    # No step shows a contact, so the strip has all of them.
    text = "".join(pdf.text(file).split())
    for name in PACK.about.help_strip:
        contact = PACK.contacts[name]
        assert re.sub(r"\s", "", contact.phone or contact.name) in text


def test_help_that_a_step_shows_is_not_repeated_below(output: Path) -> None:
    text = pdf.text(output / "if-it-happens.pdf")
    assert text.count("1-800-225-5324") == 1
    assert text.count("911") == text.count("988lifeline.org") == 1


# Cards


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (2, 1), (4, 1), (5, 2), (9, 3)])
def test_any_number_of_cards_is_four_to_a_page(count: int, pages: int, tmp_path: Path) -> None:
    names = [*PACK.conversations] * 3
    handout = _with(
        SHEETS["conversation-cards"], _block(conversations=tuple(names[:count])), pages=pages
    )
    file = _made(PACK, handout, tmp_path)
    assert len(pdf.page_sizes(file)) == pages
    # Each card says where help is.
    assert pdf.text(file).count("1-800-225-5324") == count


def test_only_conversations_are_numbered() -> None:
    html = sheet_html(PACK, SHEETS["conversation-cards"], PLAIN)
    assert html.count('class="say counted"') == len(PACK.conversations)
    assert html.count('class="say"') == len(PACK.pledges)


def test_a_promise_may_be_a_card(output: Path) -> None:
    text = " ".join(pdf.text(output / "conversation-cards.pdf").split())
    assert PACK.pledges["family"].title in text
    assert "my first move will be to help. Always." in text


# Checklist, myths, resource list


def test_clauses_stay_whole_if_they_fit() -> None:
    html = filters.by_clause("**Us:** if it happens, now or later, we help. Always.")
    clauses = re.findall(r'<span class="clause">(.*?)</span>', html)
    assert clauses == [
        "<strong>Us:</strong> if it happens,",
        "now or later,",
        "we help.",
        "Always.",
    ]


@pytest.mark.parametrize(
    ("fact", "shown"),
    [
        ("First this. Then that.", "<strong>First this.</strong> Then"),
        ("In the U.S. it is true. Really.", "<strong>In the U.S. it is true.</strong> Really."),
        ("As young as 8, of all groups", "<strong>As young as 8,</strong> of all groups"),
        ("Nothing to divide here", "<strong>Nothing to divide here</strong>"),
        ("It is. **Report anyway:** it helps", "It is. <strong>Report anyway:</strong> it helps"),
        ("Q & A. <b>", "<strong>Q &amp; A. &lt;b&gt;</strong>"),
    ],
)
def test_a_fact_begins_in_bold_unless_it_has_bold_words(fact: str, shown: str) -> None:
    assert filters.lead_in(fact).replace("\N{NO-BREAK SPACE}", " ").startswith(shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Many people know nothing about it yet.", "Many people know nothing about~it~yet."),
        ("Call, text or chat", "Call, text~or~chat"),
        # Too long to be one piece: two words, or as it is.
        ("It has no experience with them.", "It has no experience with~them."),
        ("Some gather personal information.", "Some gather personal information."),
        ("Two words", "Two words"),
        ("Alone", "Alone"),
        ("Here is a **bold word**.", "Here is a bold~word."),
        ("All need to know **how it happens**.", "All need to know how~it~happens."),
    ],
)
def test_a_text_does_not_end_in_a_lost_word(text: str, shown: str) -> None:
    assert re.sub("<.*?>", "", filters.line(text)).replace("\N{NO-BREAK SPACE}", "~") == shown


def test_words_stand_for_a_long_address_and_the_code_opens_it(output: Path) -> None:
    contact = PACK.contacts["fbi-page"]
    assert contact.short and contact.url
    file = output / "resource-list.pdf"
    text = " ".join(pdf.text(file).split())
    assert contact.short in text
    assert "how-we-can-help" not in text
    assert contact.url in pdf.codes(file)
    assert pdf.links(file).count(contact.url) >= 2


def test_a_text_under_the_map_of_help_has_short_lines_beside_its_heading(output: Path) -> None:
    with pdfium.PdfDocument(output / "resource-list.pdf") as document:
        lines = document[0].get_textpage().get_text_bounded().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("Some businesses"))
    assert all(len(line) <= 80 for line in lines[start : start + 4])


# In black ink


@pytest.mark.parametrize(
    "style", sorted((TEMPLATES / "handouts").glob("*.css")), ids=lambda file: file.stem
)
def test_an_outline_has_a_color_that_black_ink_shows(style: Path) -> None:
    assert not re.search(r"border[^;]*var\(--(sand|cream|soft|beam)\)", style.read_text("utf-8"))


# With a school

SCHOOL = School.model_construct(
    name="PS 1", contact="Counselor", phone="303-555-0142", email=None, website=None, logo=None
)


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_schools_number_is_on_every_page_of_every_sheet(sheet: str, tmp_path: Path) -> None:
    file = _made(PACK.for_school(SCHOOL), SHEETS[sheet], tmp_path)
    pages = ["" for _ in pdf.page_sizes(file)]
    for character in pdf.characters(file):
        pages[character.page] += character.text
    assert all("303-555-0142" in page for page in pages)
    # On each card; on an action sheet, at the head and in the panel.
    count = {"conversation-cards": 4, "wallet-cards": 10, "if-it-happens": 2}.get(sheet, 1)
    assert all(page.count("303-555-0142") >= count for page in pages)


@pytest.mark.parametrize(
    ("phone", "name", "shown"),
    [
        ("303-555-0142", "Emergency", 10),
        ("+1 (303) 555-0142", "Notruf", 10),
        ("303-555-0142 ext. 4", "Emergency", 0),
        ("303-555-0142", "Emergency line", 0),
    ],
)
def test_the_schools_number_is_on_the_front_of_a_wallet_card_if_it_has_room(
    phone: str, name: str, shown: int, tmp_path: Path
) -> None:
    pack = PACK.for_school(SCHOOL.model_copy(update={"phone": phone}))
    first = pack.contacts["emergency"].model_copy(update={"name": name})
    pack = pack.model_copy(update={"contacts": {**pack.contacts, "emergency": first}})
    pack._origin = PACK.origin
    front = [
        one for one in pdf.characters(_made(pack, SHEETS["wallet-cards"], tmp_path)) if not one.page
    ]
    assert "".join(one.text for one in front).count(phone.replace(" ", "")) == shown


@pytest.mark.parametrize("phone", ["+1 (303) 555-0142", "(303) 555-0142 ext. 40123"])
def test_a_school_with_a_long_number_has_an_action_sheet(phone: str, tmp_path: Path) -> None:
    pack = PACK.for_school(SCHOOL.model_copy(update={"phone": phone}))
    letters = list(pdf.characters(_made(pack, SHEETS["if-it-happens"], tmp_path)))
    assert phone.replace(" ", "") in "".join(one.text for one in letters)


def test_without_a_school_a_wallet_card_has_a_line_to_write_its_number_on(tmp_path: Path) -> None:
    for pack, lines in ((PACK, 10), (PACK.for_school(SCHOOL), 0)):
        file = _made(pack, SHEETS["wallet-cards"], tmp_path)
        back = "".join(one.text for one in pdf.characters(file) if one.page == 1)
        assert back.count("Myschool") == lines


def test_each_card_has_the_schools_number_however_long_its_contact() -> None:
    school = SCHOOL.model_copy(update={"contact": "x" * 90})
    html = sheet_html(PACK.for_school(school), SHEETS["conversation-cards"], PLAIN)
    assert html.count(">303-555-0142<") == 4
