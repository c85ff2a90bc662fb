"""Sheets and slides: what a template or layout can show."""

from pathlib import Path

import pytest

from pack.load import read_pack
from tests.conftest import CONTENT
from tests.pack.bad_packs import refused


def test_a_step_has_the_number_of_its_place_in_the_file_wherever_it_is_shown() -> None:
    pack = read_pack(CONTENT)
    numbers = [pack.step_number(name) for name in ("save", "report", "take-down")]
    assert numbers == [2, 4, 7]


def test_two_handouts_of_one_id_are_reported_at_the_second(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("id: second-sheet", "id: tip-sheet # again"))
    problems.says(
        problems.spot("id: tip-sheet # again"),
        "handouts → 2 → id",
        "two handouts have the id “tip-sheet” (the first is number 1)",
        "different id",
    )


def test_an_unknown_template_is_reported_with_the_nearest_name(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("template: checklist", "template: check-list"))
    problems.says(
        problems.spot("template: check-list"),
        "handouts → 2 → template",
        "there is no “check-list”",
        "Did you mean “checklist”",
    )


def test_an_unknown_layout_is_reported_with_the_nearest_name(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("layout: key-points", "layout: key points"))
    problems.says(
        problems.spot("layout: key points"),
        "deck → slides → 2 → layout",
        "there is no “key points” among the layouts",
        "Did you mean “key-points”",
    )


def test_a_template_that_can_not_show_a_kind_is_reported_with_what_it_shows(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("- pledges: [promise]", "- myths: [never]"))
    problems.says(
        problems.spot("myths: [never]"),
        "handouts → 2 → blocks → 2 → myths",
        "the template “checklist” can't show myths",
        "It can show checklists, pledges, topics",
    )


def test_a_layout_that_can_not_show_a_kind_is_reported_with_what_it_shows(tmp_path: Path) -> None:
    problems = refused(
        tmp_path,
        ("key-points\n      topics: [beginning]", "big-number\n      topics: [beginning] # here"),
    )
    problems.says(
        problems.spot("topics: [beginning] # here"),
        "deck → slides → 2 → topics",
        "the layout “big-number” can't show topics",
        "It can show figures",
    )


def test_a_layout_of_words_only_says_so(tmp_path: Path) -> None:
    problems = refused(
        tmp_path,
        ("key-points\n      topics: [beginning]", "section\n      topics: [beginning] # here"),
    )
    problems.says(
        problems.spot("topics: [beginning] # here"),
        "deck → slides → 2 → topics",
        "the layout “section” can't show topics",
        "only a title and text",
    )


def test_a_block_with_two_kinds_is_reported_with_both(tmp_path: Path) -> None:
    problems = refused(
        tmp_path, ("- pledges: [promise]", "- pledges: [promise]\n        topics: [beginning]")
    )
    problems.says(
        problems.spot("pledges: [promise]"),
        "handouts → 2 → blocks → 2",
        "more than one kind of content here: topics, pledges",
        "after a “-”",
    )


def test_a_slide_with_two_kinds_is_reported_with_both(tmp_path: Path) -> None:
    problems = refused(
        tmp_path, ("layout: key-points", "layout: key-points\n      steps: [save-it]")
    )
    problems.says(
        problems.spot("layout: key-points"),
        "deck → slides → 2",
        "more than one kind of content here: topics, steps",
        "after a “-”",
    )


@pytest.mark.parametrize("block", ["title: Only a heading", "pledges: []", "new_page: true"])
def test_a_block_that_shows_nothing_is_reported(tmp_path: Path, block: str) -> None:
    problems = refused(tmp_path, ("- pledges: [promise]", f"- {block}"))
    line, column = problems.spot(f"- {block}")
    problems.says(
        (line, column + 2),
        "handouts → 2 → blocks → 2",
        "shows nothing",
        "Add one of: topics",
    )


SHEET = "template: checklist"
SHEET_BLOCKS = "- checklists: [nights]\n      - pledges: [promise]\n"


@pytest.mark.parametrize(
    ("template", "blocks", "at", "where", "what", "remedy"),
    [
        ("poster", "- contacts: [bureau]\n        title: Call\n", "title: Call",
         "blocks → 1 → title", "the template “poster” has no room for “title”", "Remove"),
        ("cards", "- conversations: [car-talk]\n        title: Say\n", "title: Say",
         "blocks → 1 → title", "the template “cards” has no room for “title”", "Remove"),
        ("poster", "- contacts: [bureau]\n        new_page: true\n", "new_page: true",
         "blocks → 1 → new_page", "the template “poster” has no room for “new_page”", "Remove"),
        ("wallet-cards", "- contacts: [bureau]\n      - contacts: [bureau] # 2\n",
         "contacts: [bureau] # 2", "blocks → 2",
         "the template “wallet-cards” can show only 1 block", "Remove it"),
        ("two-sides", "- myths: [never]\n      - topics: [beginning]\n        new_page: true\n",
         "pages: 1\n    blocks:\n      - myths", "pages",
         "“pages” says 1, but the blocks add up to 2", "new_page: true"),
    ],
)  # fmt: skip
def test_a_sheet_that_its_template_can_not_print_is_reported(
    tmp_path: Path, template: str, blocks: str, at: str, where: str, what: str, remedy: str
) -> None:
    problems = refused(tmp_path, (SHEET, f"template: {template}"), (SHEET_BLOCKS, blocks))
    problems.says(problems.spot(at), f"handouts → 2 → {where}", what, remedy)


def test_a_sentence_under_a_heading_needs_the_heading(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("- pledges:", "- lead: Sign it.\n        pledges:"))
    problems.says(
        problems.spot("lead: Sign it."),
        "handouts → 2 → blocks → 2",
        "a “lead” needs a “title”",
        "Add a line “title:”",
    )


def test_a_sheet_with_more_pages_than_its_blocks_start_is_reported(tmp_path: Path) -> None:
    old = "pages: 1\n    blocks:\n      - checklists"
    problems = refused(tmp_path, (old, old.replace("1", "3")))
    problems.says(
        problems.spot("pages: 3"),
        "handouts → 2 → pages",
        "“pages” says 3, but the blocks add up to 1",
        "new_page: true",
    )


@pytest.mark.parametrize(
    ("slide", "at", "where", "what", "remedy"),
    [
        ("layout: big-number\n      figures: [one-in-five, one-in-five ]", "one-in-five ]",
         " → figures → 2", "the layout “big-number” can show only 1 of “figures”",
         "slide of its own"),
        ("layout: steps\n      steps: [save-it]\n      text: No room", "text: No room",
         " → text", "the layout “path” has no room for “text”", "Remove it"),
        ("layout: steps\n      steps: [save-it]\n      title: T\n      points: [No room]",
         "points: [No", " → points", "the layout “path” has no room for “points”", "Remove it"),
        ("layout: key-points\n      title: Nothing more", "layout: key-points",
         "", "this slide shows nothing", "Add one of: topics, checklists, text, points"),
        ("layout: contacts\n      contacts: [bureau] # 2", "layout: contacts",
         "", "this slide has no title", "“title:”"),
    ],
)  # fmt: skip
def test_a_slide_that_its_layout_can_not_show_is_reported(
    tmp_path: Path, slide: str, at: str, where: str, what: str, remedy: str
) -> None:
    problems = refused(tmp_path, ("layout: key-points\n      topics: [beginning]", slide))
    problems.says(problems.spot(at), f"deck → slides → 2{where}", what, remedy)


def test_a_topic_on_a_slide_needs_points(tmp_path: Path) -> None:
    points = "    points:\n      - In any app.\n      - In any game.\n"
    problems = refused(tmp_path, (points, ""))
    problems.says(
        problems.spot("topics: [beginning]\n\nlabels"),
        "deck → slides → 2 → topics",
        "the topic “How it begins” has no points",
        "Add “points:”",
    )


def test_a_slide_that_leads_to_an_address_needs_a_contact_with_one(tmp_path: Path) -> None:
    problems = refused(
        tmp_path,
        ("    url: https://tips.fbi.gov/\n", ""),
        ("layout: key-points\n      topics: [beginning]",
         "layout: take-home\n      title: Take it\n      contacts: [bureau] # here"),
    )  # fmt: skip
    problems.says(
        problems.spot("contacts: [bureau] # here"),
        "deck → slides → 2 → contacts",
        "no web address to scan",
        "“url:”",
    )


def test_a_topic_without_anything_to_draw_is_reported_where_it_is_chosen(tmp_path: Path) -> None:
    change = "      - topics: [beginning] #\n        as: picture\n  - id: second"
    problems = refused(tmp_path, ("      - topics: [beginning]\n  - id: second", change))
    problems.says(
        problems.spot("beginning] #"),
        "handouts → 1 → blocks → 1 → topics → 1",
        "the topic “How it begins” has nothing to draw",
        "two or three points with a “sign”",
    )


def test_a_figure_without_people_can_not_be_drawn(tmp_path: Path) -> None:
    change = "      - figures: [one-in-five]\n        as: picture\n  - id: second"
    problems = refused(tmp_path, ("      - topics: [beginning]\n  - id: second", change))
    problems.says(
        problems.spot("one-in-five]"),
        "handouts → 1 → blocks → 1 → figures → 1",
        "the figure “1 in 5” has no people to draw",
        "Add “people:” to it",
    )


def test_a_kind_that_has_no_pictures_is_reported_at_the_line_that_asks(tmp_path: Path) -> None:
    change = "      - steps: [save-it]\n        as: picture\n  - id: second"
    problems = refused(tmp_path, ("      - topics: [beginning]\n  - id: second", change))
    problems.says(
        problems.spot("as: picture"),
        "handouts → 1 → blocks → 1 → as",
        "the template “tip-sheet” can't show steps as pictures",
        "Remove this line",
    )
