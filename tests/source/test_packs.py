"""What a content file means: names, types and references, every fault at once, in line order."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from source.model import Pack
from source.packs import placeholders, read_pack
from source.problems import Severity
from tests.conftest import CONTENT
from tests.source.bad_packs import GOOD, Change, accepted, changed, refused, refused_file, write

TIP_SHEET_BLOCK = "blocks:\n      - topics: [beginning]\n"


def test_the_small_good_pack_is_good(tmp_path: Path) -> None:
    pack = accepted(tmp_path)
    assert pack.pack.title == "Trial pack"
    assert pack.topics["beginning"].points == ("In any app.", "In any game.")
    assert [handout.pages for handout in pack.handouts] == [1, 1]
    assert placeholders(pack) == []


# Names


def test_an_unknown_name_is_reported_with_its_line_and_the_nearest_name(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("body: Keep everything.", "body: Keep.\n    contcts: [bureau]"))
    problems.says(
        problems.spot("contcts"),
        "steps → save-it → contcts",
        "“contcts” is not known here",
        "Did you mean “contacts”",
    )


@pytest.mark.parametrize(
    ("old", "new", "where", "known"),
    [
        ("pack:\n", "pack:\n  titel: x\n", "pack → titel", "title"),
        ("publisher:\n", "publisher:\n  webiste: x\n", "publisher → webiste", "website"),
        ("  bureau:\n", "  bureau:\n    vanty: x\n", "contacts → bureau → vanty", "vanity"),
        ("  film:\n", "  film:\n    minuts: 3\n", "videos → film → minuts", "minutes"),
        ("  agency:\n", "  agency:\n    pge: x\n", "sources → agency → pge", "page"),
        ("  beginning:\n", "  beginning:\n    pionts: x\n", "topics → beginning → pionts",
         "points"),
        ("  car-talk:\n", "  car-talk:\n    wen: x\n", "conversations → car-talk → wen", "when"),
        ("  nights:\n", "  nights:\n    taskz: x\n", "checklists → nights → taskz", "tasks"),
        ("  promise:\n", "  promise:\n    sgin: x\n", "pledges → promise → sgin", "sign"),
        ("  never:\n", "  never:\n    facts: x\n", "myths → never → facts", "fact"),
        ("  one-in-five:\n", "  one-in-five:\n    txt: x\n", "figures → one-in-five → txt", "text"),
        ("pages: 1\n    blocks:\n      - ch", "pgaes: 2\n    pages: 1\n    blocks:\n      - ch",
         "handouts → 2 → pgaes", "pages"),
        ("- pledges:", "- newpage: true\n        pledges:", "handouts → 2 → blocks → 2 → newpage",
         "new_page"),
        ("deck:\n", "deck:\n  sildes: x\n", "deck → sildes", "slides"),
        ("- layout: title\n", "- layout: title\n      layuot: x\n", "deck → slides → 1 → layuot",
         "layout"),
        ("labels:\n", "labels:\n  pge_of: x\n", "labels → pge_of", "page_of"),
        ("videos:\n", "vidoes: x\nvideos:\n", "vidoes", "videos"),
    ],
)  # fmt: skip
def test_an_unknown_name_is_compared_with_the_names_of_its_own_part(
    tmp_path: Path, old: str, new: str, where: str, known: str
) -> None:
    problems = refused(tmp_path, (old, new))
    name = where.rpartition(" → ")[2]
    problems.says(problems.spot(f"{name}: "), where, f"“{name}” is not known here", f"“{known}”")


def test_an_unknown_name_that_is_near_to_none_is_answered_with_all_that_are_known(
    tmp_path: Path,
) -> None:
    problems = refused(tmp_path, ("  never:\n", "  never:\n    zzzz: x\n"))
    problems.says(
        problems.spot("zzzz"),
        "myths → never → zzzz",
        "“zzzz” is not known here",
        "Known here: fact, from, myth, note.",
    )


def test_an_unknown_name_inside_a_note_is_compared_with_the_names_of_notes(tmp_path: Path) -> None:
    note = "fact: It happens anywhere.\n    note: {title: N, body: B, from: agency, boddy: x}"
    problems = refused(tmp_path, ("fact: It happens anywhere.", note))
    problems.says(
        problems.spot("boddy"), "myths → never → note → boddy", "not known here", "“body”"
    )


@pytest.mark.parametrize("identity", ["title", "contacts", "body", "say"])
def test_an_item_may_have_the_name_of_a_field_and_still_hold_an_unknown_name(
    tmp_path: Path, identity: str
) -> None:
    problems = refused(
        tmp_path, ("  save-it:", f"  {identity}:"), ("short: Keep it.", "short: K.\n    shrt: x")
    )
    problems.says(problems.spot("shrt"), f"steps → {identity} → shrt", "not known here", "“short”")


def test_an_item_that_has_the_name_of_a_part_is_not_taken_for_that_part(tmp_path: Path) -> None:
    problems = refused(
        tmp_path, ("  save-it:", "  note:"), ("short: Keep it.", "short: K.\n    shrt: x")
    )
    problems.says(problems.spot("shrt"), "steps → note → shrt", "not known here", "“short”")


def test_a_section_with_a_name_in_brackets_is_an_unknown_name(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("labels:\n", '"[key]": x\nlabels:\n'))
    problems.says(problems.spot('"[key]"'), "[key]", "“[key]” is not known here", "Known here")


def test_an_item_with_a_name_in_brackets_is_reported_at_its_own_line(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("  save-it:", '  "[key]":'))
    problems.says(
        problems.spot('"[key]"'), "steps → [key]", "the name “[key]” can't be used", "small letters"
    )


@pytest.mark.parametrize(
    ("line", "at", "where"),
    [
        ("  subtitle: What tests need\n", "pack:\n", "pack → subtitle"),
        ("  website: https://www.fbi.gov/\n", "publisher:\n", "publisher → website"),
        ("    use: Report the crime\n", "bureau:\n", "contacts → bureau → use"),
        ("    body: Somewhere online.\n", "beginning:\n", "topics → beginning → body"),
        ("    short: Keep it.\n", "save-it:\n", "steps → save-it → short"),
        ("    when: On the way home\n", "car-talk:\n", "conversations → car-talk → when"),
        ("    sign: [Parent]\n", "promise:\n", "pledges → promise → sign"),
        ("    fact: It happens anywhere.\n", "never:\n", "myths → never → fact"),
        ("    figure: 1 in 5\n", "one-in-five:\n", "figures → one-in-five → figure"),
        ("    kicker: For the door\n", "id: second-sheet", "handouts → 2 → kicker"),
        ("  title: A parent night\n", "deck:\n", "deck → title"),
        ("  sample_link: SAMPLE LINK\n", "labels:\n", "labels → sample_link"),
    ],
)
def test_a_missing_name_is_reported_at_the_part_that_lacks_it(
    tmp_path: Path, line: str, at: str, where: str
) -> None:
    problems = refused(tmp_path, (line, ""))
    name = where.rpartition(" → ")[2]
    problems.says(problems.spot(at), where, f"“{name}” is missing", f"Add a line “{name}:”")


def test_a_missing_source_is_asked_for_by_the_name_that_people_write(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("[Parent]\n    from: agency\n", "[Parent]\n"))
    problems.says(
        problems.spot("promise:\n"), "pledges → promise → from", "“from” is missing", "“from:”"
    )


def test_every_missing_section_is_reported(tmp_path: Path) -> None:
    problems = refused_file(tmp_path, "\n# a pack to be\n\nhandouts: []\n")
    assert problems.spots == [(4, 1)] * 5
    assert [problem.where for problem in problems.problems] == [
        "contacts",
        "labels",
        "pack",
        "publisher",
        "sources",
    ]
    for problem in problems.problems:
        assert problem.what == f"“{problem.where}” is missing"
        assert f"“{problem.where}:”" in problem.remedy


@pytest.mark.parametrize(
    "identity", ["Save it", "save_it", "Save", "-save", "save--it", "é", "a/b"]
)
def test_the_name_of_an_item_has_small_letters_digits_and_hyphens(
    tmp_path: Path, identity: str
) -> None:
    problems = refused(tmp_path, ("  save-it:", f'  "{identity}":'))
    problems.says(
        problems.spot(f'"{identity}"'),
        f"steps → {identity}",
        f"the name “{identity}” can't be used",
        "small letters",
    )


@pytest.mark.parametrize("identity", ["../escape", "Sheet", "a b", ".", "con.pdf"])
def test_the_id_of_a_handout_can_not_lead_out_of_the_output_folder(
    tmp_path: Path, identity: str
) -> None:
    problems = refused(tmp_path, ("id: second-sheet", f"id: {identity}"))
    problems.says(
        problems.spot(f"id: {identity}"),
        "handouts → 2 → id",
        f"the name “{identity}” can't be used",
        "small letters",
    )


def test_the_id_of_the_deck_can_not_lead_out_of_the_output_folder(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("id: evening", "id: ../evening"))
    problems.says(problems.spot("id: ../evening"), "deck → id", "can't be used", "small letters")


# Types


@pytest.mark.parametrize(
    ("old", "new", "at", "where", "expected", "found", "remedy"),
    [
        ("title: How it begins", "title: [a, b]", "title: [a, b]",
         "topics → beginning → title", "text", "a list", "Write the text"),
        ("title: How it begins", "title: {a: b}", "title: {a: b}",
         "topics → beginning → title", "text", "a group of", "Write the text"),
        ("sign: [Parent]", "sign: Parent", "sign: Parent",
         "pledges → promise → sign", "a list", "text", "after “- ”"),
        ("sign: [Parent]", "sign: {a: b}", "sign: {a: b}",
         "pledges → promise → sign", "a list", "a group of", "after “- ”"),
        ("sign: [Parent]", "sign: [Parent, [Child]]", "[Child]",
         "pledges → promise → sign → 2", "text", "a list", "Write the text"),
        ("myths:\n", "school: Our school\nmyths:\n", "school: Our",
         "school", "a group of", "text", "Indent"),
        ("      - task: No phones in bedrooms.\n",
         "      - task: No phones in bedrooms.\n      - No games.\n", "No games",
         "checklists → nights → tasks → 2", "a group of", "text", "Indent"),
        ("phone: 1-800-225-5324", "phone: [1-800-225-5324]", "phone: [",
         "contacts → bureau → phone", "text", "a list", "Write the text"),
        ("url: https://tips.fbi.gov/", "url: {https: //tips.fbi.gov/}", "url: {",
         "contacts → bureau → url", "text", "a group of", "Write the text"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_type_is_reported_with_what_should_stand_there(
    tmp_path: Path,
    old: str,
    new: str,
    at: str,
    where: str,
    expected: str,
    found: str,
    remedy: str,
) -> None:
    problems = refused(tmp_path, (old, new))
    problems.says(problems.spot(at), where, f"should stand {expected}", remedy)
    assert f"but there is {found}" in problems.problems[0].what


def test_a_collection_must_be_a_group_of_names(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("\nmyths:\n", "\nmyths: none yet\nmore:\n"))
    problems.says_among_others(
        problems.spot("myths: none"), "myths", "should stand a group of names", "Indent each name"
    )


def test_an_item_of_a_collection_must_be_a_group_of_lines(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("\nmyths:\n", "\nmyths:\n  always: It is so.\n"))
    problems.says(
        problems.spot("always"), "myths → always", "should stand a group of “name: value”", "Indent"
    )


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("title: How it begins", "title:", "topics → beginning → title"),
        ("title: How it begins", "title: ~", "topics → beginning → title"),
        ("title: How it begins", "title: null", "topics → beginning → title"),
        ("language: en", "language:", "pack → language"),
        ("revised: 2026-11-22", "revised:", "pack → revised"),
        (
            "pages: 1\n    blocks:\n      - c",
            "pages:\n    blocks:\n      - c",
            "handouts → 2 → pages",
        ),
        ("- pledges:", "- new_page:\n        pledges:", "handouts → 2 → blocks → 2 → new_page"),
        ("help_strip: [bureau]", "help_strip:", "pack → help_strip"),
    ],
)
def test_a_name_without_a_value_is_reported_as_nothing_written(
    tmp_path: Path, old: str, new: str, where: str
) -> None:
    problems = refused(tmp_path, (old, new))
    at = problems.spot(new.removeprefix("- ").split("\n")[0] + "\n")
    problems.says(at, where, "nothing is written here", "Write the value")


def test_a_hyphen_with_nothing_after_it_is_reported_as_nothing_written(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("      - In any game.\n", "      - \n"))
    line, _ = problems.spot("      - \n")
    assert [at[0] for at in problems.spots] == [line]
    assert problems.problems[0].where == "topics → beginning → points → 2"
    assert problems.problems[0].what == "nothing is written here"


@pytest.mark.parametrize("text", ['""', '"   "', "''", ">-"])
def test_an_empty_text_is_refused(tmp_path: Path, text: str) -> None:
    problems = refused(tmp_path, ("title: How it begins", f"title: {text}"))
    problems.says(
        problems.spot(f"title: {text}"), "topics → beginning → title", "no text", "Write the text"
    )


@pytest.mark.parametrize("value", ["two", "-1", "1.0", '"1,000"', "²", '""', "123456"])
def test_a_number_of_pages_is_a_whole_number(tmp_path: Path, value: str) -> None:
    old = "pages: 1\n    blocks:\n      - checklists"
    problems = refused(tmp_path, (old, old.replace("1", value)))
    problems.says(
        problems.spot(f"pages: {value}\n    blocks:\n      - checklists"),
        "handouts → 2 → pages",
        "is not a whole number",
        "digits",
    )


@pytest.mark.parametrize("value", ["[2]", "{two: 2}"])
def test_a_list_for_a_number_is_called_a_list_and_never_shown_as_code(
    tmp_path: Path, value: str
) -> None:
    problems = refused(tmp_path, ("minutes: 1\n", f"minutes: {value}\n"))
    at = problems.spot(f"minutes: {value}")
    problems.says(at, "deck → slides → 1 → minutes", "whole number", "digits")
    assert "('" not in problems.problems[0].what
    assert "{'" not in problems.problems[0].what


def test_a_sheet_can_not_have_zero_pages(tmp_path: Path) -> None:
    old = "pages: 1\n    blocks:\n      - checklists: [nights]\n      - pledges: [promise]\n"
    new = "pages: 0\n    blocks:\n      - contacts: [bureau]\n"
    problems = refused(tmp_path, ("template: checklist", "template: poster"), (old, new))
    assert problems.spots == [problems.spot("pages: 0")]
    assert problems.problems[0].where == "handouts → 2 → pages"


@pytest.mark.parametrize(
    ("word", "truth"),
    [("true", True), ("yes", True), ("True", True), ("false", False), ("no", False)],
)
def test_new_page_is_true_or_false(tmp_path: Path, word: str, truth: bool) -> None:
    pages = "pages: 1\n    blocks:\n      - checklists"
    pack = accepted(
        tmp_path,
        (pages, pages.replace("1", "2" if truth else "1")),
        ("- pledges:", f"- new_page: {word}\n        pledges:"),
    )
    assert pack.handouts[1].blocks[1].new_page is truth


def test_new_page_is_nothing_but_true_or_false(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("- pledges:", "- new_page: maybe\n        pledges:"))
    problems.says(
        problems.spot("new_page: maybe"),
        "handouts → 2 → blocks → 2 → new_page",
        "“maybe” is neither true nor false",
        "Write true or false",
    )


@pytest.mark.parametrize("language", ["English", "EN", "e", "en_US", "en-us"])
def test_the_language_is_a_code(tmp_path: Path, language: str) -> None:
    problems = refused(tmp_path, ("language: en", f"language: {language}"))
    problems.says(
        problems.spot(f"language: {language}"),
        "pack → language",
        f"“{language}” is not a language code",
        "like en, es",
    )


def test_a_language_that_nobody_speaks_is_refused(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("language: en", "language: zz"))
    problems.says(
        problems.spot("language: zz"), "pack → language", "“zz” is a language that", "like en, es"
    )


def test_a_list_that_must_not_be_empty_is_reported(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("help_strip: [bureau]", "help_strip: []"))
    problems.says(
        problems.spot("help_strip: []"), "pack → help_strip", "this list is empty", "at least one"
    )


def test_the_help_strip_holds_four_contacts_at_the_most(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("help_strip: [bureau]", f"help_strip: [{'bureau, ' * 5}]"))
    problems.says(
        problems.spot("help_strip: [bureau"), "pack → help_strip", "more than 4", "Remove some"
    )


# References


@pytest.mark.parametrize(
    ("change", "at", "where", "collection", "near"),
    [
        (("help_strip: [bureau]", "help_strip: [bureau, burau]"), "burau",
         "pack → help_strip → 2", "contacts", "bureau"),
        (("help: [bureau]", "help: [burau]"), "burau",
         "topics → beginning → help → 1", "contacts", "bureau"),
        (("contacts: [bureau]", "contacts: [bureau, burau]"), "burau",
         "steps → save-it → contacts → 2", "contacts", "bureau"),
        (("page: bureau", "page: burau"), "page: burau",
         "sources → agency → page", "contacts", "bureau"),
        (("url: https://tips.fbi.gov/\n    from: agency", "url: https://a.org\n    from: agncy"),
         "from: agncy", "contacts → bureau → from", "sources", "agency"),
        (("Somewhere online.\n", "Somewhere.\n    from: agncy\n"), "from: agncy",
         "topics → beginning → from", "sources", "agency"),
        (("    fact: It happens anywhere.\n",
          "    fact: Yes.\n    note: {title: N, body: B, from: agncy}\n"), "from: agncy",
         "myths → never → note → from", "sources", "agency"),
        (("- pledges: [promise]", "- topics: [beginnin]"), "beginnin]",
         "handouts → 2 → blocks → 2 → topics → 1", "topics", "beginning"),
        (("- pledges: [promise]", "- steps: [saveit]"), "saveit",
         "handouts → 2 → blocks → 2 → steps → 1", "steps", "save-it"),
        (("- pledges: [promise]", "- conversations: [car-tak]"), "car-tak",
         "handouts → 2 → blocks → 2 → conversations → 1", "conversations", "car-talk"),
        (("- pledges: [promise]", "- videos: [flim]"), "flim",
         "handouts → 2 → blocks → 2 → videos → 1", "videos", "film"),
        (("- pledges: [promise]", "- contacts: [burau]"), "burau",
         "handouts → 2 → blocks → 2 → contacts → 1", "contacts", "bureau"),
        (("- pledges: [promise]", "- checklists: [nigths]"), "nigths",
         "handouts → 2 → blocks → 2 → checklists → 1", "checklists", "nights"),
        (("- pledges: [promise]", "- pledges: [promise, promse]"), "promse",
         "handouts → 2 → blocks → 2 → pledges → 2", "pledges", "promise"),
        (("- pledges: [promise]", "- myths: [nevr]"), "nevr",
         "handouts → 2 → blocks → 2 → myths → 1", "myths", "never"),
        (("- pledges: [promise]", "- figures: [one-in-fve]"), "one-in-fve",
         "handouts → 2 → blocks → 2 → figures → 1", "figures", "one-in-five"),
        (("layout: key-points\n      topics: [beginning]",
          "layout: key-points\n      topics: [begining]"), "begining",
         "deck → slides → 2 → topics → 1", "topics", "beginning"),
    ],
)  # fmt: skip
def test_a_reference_to_nothing_is_reported_with_its_line_and_the_nearest_name(
    tmp_path: Path, change: Change, at: str, where: str, collection: str, near: str
) -> None:
    without_a_second_source = ("    help: [bureau]\n    from: agency\n", "    help: [bureau]\n")
    changes = [change]
    if "Somewhere online." in change[0]:
        changes.append(without_a_second_source)
    problems = refused(tmp_path, *changes)
    name = at.removesuffix("]").removeprefix("from: ").removeprefix("page: ")
    problems.says(
        problems.spot(at),
        where,
        f"there is no “{name}” under “{collection}”",
        f"Did you mean “{near}”?",
    )


def test_a_text_may_come_from_several_sources(tmp_path: Path) -> None:
    second = "sources:\n  other: {name: Another, page: bureau}\n"
    pack = accepted(
        tmp_path, ("sources:\n", second), ("Save it\n", "Save it\n    from: [agency, other]\n"),
        ("contacts: [bureau]\n    from: agency\n", "contacts: [bureau]\n"),
    )  # fmt: skip
    assert pack.steps["save-it"].sources == ("agency", "other")
    assert pack.topics["beginning"].sources == ("agency",)


def test_each_of_several_sources_must_be_there(tmp_path: Path) -> None:
    problems = refused(
        tmp_path, ("[Parent]\n    from: agency\n", "[Parent]\n    from: [agency, agncy]\n")
    )
    problems.says(
        problems.spot("agncy"),
        "pledges → promise → from → 2",
        "there is no “agncy” under “sources”",
        "Did you mean “agency”?",
    )


def test_a_list_of_no_sources_is_refused(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("[Parent]\n    from: agency\n", "[Parent]\n    from: []\n"))
    problems.says(
        problems.spot("from: []"), "pledges → promise → from", "this list is empty", "at least one"
    )


def test_a_source_is_a_name_or_a_list_of_names(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("[Parent]\n    from: agency\n", "[Parent]\n    from: {a: b}\n"))
    problems.says(problems.spot("from: {a"), "pledges → promise → from", "should stand", "Write")


def test_the_only_reference_of_the_only_block_is_not_called_an_empty_list_too(
    tmp_path: Path,
) -> None:
    problems = refused(tmp_path, (TIP_SHEET_BLOCK, TIP_SHEET_BLOCK.replace("beg", "bge")))
    problems.says(
        problems.spot("bgeinning"),
        "handouts → 1 → blocks → 1 → topics → 1",
        "there is no “bgeinning” under “topics”",
        "“beginning”",
    )


def test_a_reference_into_a_collection_that_is_empty_says_so(tmp_path: Path) -> None:
    changes = ("  film:\n    title: The film\n    summary: What one sees.\n"
               "    url: https://www.fbi.gov/video\n    from: agency\n", "  {}\n")  # fmt: skip
    problems = refused(tmp_path, changes, ("- pledges: [promise]", "- videos: [film]"))
    problems.says(
        problems.spot("film]"),
        "handouts → 2 → blocks → 2 → videos → 1",
        "there is no “film” under “videos”",
        "none yet",
    )


# Sheets and slides


def test_two_handouts_of_one_id_are_reported_at_the_second(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("id: second-sheet", "id: tip-sheet # again"))
    problems.says(
        problems.spot("id: tip-sheet # again"),
        "handouts → 2 → id",
        "there are two handouts “tip-sheet” (the first is number 1)",
        "another id",
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
        "It shows checklists, pledges, topics",
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
        "It shows figures",
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
        "a title and text only",
    )


def test_a_block_with_two_kinds_is_reported_with_both(tmp_path: Path) -> None:
    problems = refused(
        tmp_path, ("- pledges: [promise]", "- pledges: [promise]\n        topics: [beginning]")
    )
    problems.says(
        problems.spot("pledges: [promise]"),
        "handouts → 2 → blocks → 2",
        "more than one kind of content here: topics, pledges",
        "a “-” of its own",
    )


def test_a_slide_with_two_kinds_is_reported_with_both(tmp_path: Path) -> None:
    problems = refused(
        tmp_path, ("layout: key-points", "layout: key-points\n      steps: [save-it]")
    )
    problems.says(
        problems.spot("layout: key-points"),
        "deck → slides → 2",
        "more than one kind of content here: topics, steps",
        "a “-” of its own",
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
         "contacts: [bureau] # 2", "blocks → 2", "the template “wallet-cards” shows 1 block",
         "Remove it"),
        ("two-sides", "- myths: [never]\n      - topics: [beginning]\n        new_page: true\n",
         "pages: 1\n    blocks:\n      - myths", "pages",
         "“pages” says 1, but the blocks start 2", "new_page: true"),
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
        "“pages” says 3, but the blocks start 1",
        "new_page: true",
    )


@pytest.mark.parametrize(
    ("slide", "at", "where", "what", "remedy"),
    [
        ("layout: big-number\n      figures: [one-in-five, one-in-five ]", "one-in-five ]",
         " → figures → 2", "the layout “big-number” shows 1 of figures", "slide of its own"),
        ("layout: steps\n      steps: [save-it]\n      text: No room", "text: No room",
         " → text", "the layout “steps” has no room for “text”", "Remove it"),
        ("layout: steps\n      steps: [save-it]\n      title: T\n      points: [No room]",
         "points: [No", " → points", "the layout “steps” has no room for “points”", "Remove it"),
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
        "no address to scan",
        "“url:”",
    )


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ('video_length: "{minutes} minutes"', "minutes"),
        ('qr_alt: "QR code that opens {address}"', "address"),
        ('logo_alt: "Logo of {name}"', "name"),
        ('adapted_from: "Adapted from: {sources}."', "sources"),
        ('added: "Added by us: {names}."', "names"),
        ('published: "{publisher} · revised {date}"', "publisher"),
        ('published: "{publisher} · revised {date}"', "date"),
        ('page_of: "{page} of {pages}"', "page"),
        ('page_of: "{page} of {pages}"', "pages"),
        ('minutes: "{minutes} min · until {clock}"', "minutes"),
        ('quotes: "“{text}”"', "text"),
    ],
)
def test_a_label_that_lacks_one_of_its_places_is_reported(
    tmp_path: Path, label: str, place: str
) -> None:
    spoiled = label.replace(f"{{{place}}}", f"({place})")
    problems = refused(tmp_path, (f"  {label}", f"  {spoiled}"))
    problems.says(
        problems.spot(spoiled),
        f"labels → {label.partition(':')[0]}",
        f"lacks {{{place}}}",
        "Keep what stands in braces",
    )


def test_a_label_can_not_name_the_page_twice(tmp_path: Path) -> None:
    problems = refused(tmp_path, ('"{page} of {pages}"', '"{page}, {page} of {pages}"'))
    problems.says(problems.spot("page_of:"), "labels → page_of", "{page}", "braces")


def test_a_label_with_a_place_that_nothing_fills_is_reported(tmp_path: Path) -> None:
    problems = refused(tmp_path, ('"{page} of {pages}"', '"{page} of {pages} {pgaes}"'))
    problems.says(problems.spot("page_of:"), "labels → page_of", "{pgaes}", "braces")


# Contacts


def test_a_contact_without_a_phone_or_address_is_reported(tmp_path: Path) -> None:
    problems = refused(
        tmp_path,
        ("    phone: 1-800-225-5324\n    vanity: 1-800-CALL-FBI\n", ""),
        ("    url: https://tips.fbi.gov/\n", ""),
    )
    problems.says(
        problems.spot("bureau:\n"), "contacts → bureau", "neither a phone nor a url", "“phone:”"
    )


@pytest.mark.parametrize("origin", ["added: true\n    from: agency", "gives: Help."])
def test_a_contact_comes_either_from_a_source_or_is_our_own(tmp_path: Path, origin: str) -> None:
    old = "url: https://tips.fbi.gov/\n    from: agency"
    problems = refused(tmp_path, (old, f"url: https://tips.fbi.gov/\n    {origin}"))
    problems.says(
        problems.spot("bureau:\n"), "contacts → bureau", "where this contact comes from", "“from:”"
    )


# Everything at once


def test_faults_of_every_sort_are_reported_at_once_in_line_order(tmp_path: Path) -> None:
    problems = refused(
        tmp_path,
        ("  subtitle: What tests need\n", ""),
        ("revised: 2026-11-22", "revised: tomorrow"),
        ("phone: 1-800-225-5324", "phone: 1-800-225"),
        ("url: https://www.fbi.gov/video", "url: javascript:alert(1)"),
        ("body: Somewhere online.", "body: Some\n    body: Once more"),
        ("help: [bureau]", "help: [bureu]"),
        ("short: Keep it.", "short: Keep it.\n    colour: red"),
        ("sign: [Parent]", "sign: Parent"),
        ("template: checklist", "template: check-list"),
    )
    places = ["pack:\n", "revised:", "phone:", "url: javascript", "body: Once", "bureu]", "colour",
              "sign:", "template: check-list"]  # fmt: skip
    assert problems.spots == [problems.spot(piece) for piece in places]
    assert [problem.what.split(" (")[0] for problem in problems.problems] == [
        "“subtitle” is missing",
        "“tomorrow” is not a date",
        "“1-800-225” is not a telephone number that can be dialed",
        "“javascript:” is not allowed in an address",
        "“body” stands here a second time",
        "there is no “bureu” under “contacts”",
        "“colour” is not known here",
        "here should stand a list, but there is text",
        "there is no “check-list” among the handouts",
    ]


@pytest.mark.parametrize(
    ("change", "at", "what"),
    [
        (("id: second-sheet", "id: tip-sheet # again"), "id: tip-sheet # again", "two handouts"),
        (("- pledges: [promise]", "- myths: [never]"), "myths: [never]", "can't show myths"),
    ],
    ids=["two handouts of one id", "a template that can't show a kind"],
)
def test_faults_between_parts_are_not_held_back_by_other_faults(
    tmp_path: Path, change: Change, at: str, what: str
) -> None:
    problems = refused(tmp_path, ("short: Keep it.", "short: K.\n    colour: red"), change)
    assert problems.spots == [problems.spot("colour"), problems.spot(at)]
    assert "not known here" in problems.problems[0].what
    assert what in problems.problems[1].what


def test_a_vanity_number_is_not_held_back_by_other_faults_of_its_contact(tmp_path: Path) -> None:
    problems = refused(
        tmp_path,
        ("vanity: 1-800-CALL-FBI", "vanity: 1-800-CALL-CIA"),
        ("url: https://tips.fbi.gov/", "url: tips.fbi.gov"),
    )
    assert any("does not dial" in problem.what for problem in problems.problems)
    assert any("how to open it" in problem.what for problem in problems.problems)


def test_a_name_that_stands_twice_does_not_hide_other_faults_that_come_before_it(
    tmp_path: Path,
) -> None:
    problems = refused(
        tmp_path,
        ("help: [bureau]", "help: [nobody]"),
        ("labels:\n", "labels:\n  say: Say it\n"),
    )
    assert problems.spots == [problems.spot("nobody"), problems.spot("say: Say\n")]


def test_a_wrong_region_is_reported_and_does_not_accuse_every_telephone_number(
    tmp_path: Path,
) -> None:
    problems = refused(tmp_path, ("region: US", "region: us"))
    problems.says(
        problems.spot("region: us"), "pack → region", "“us” is not a country code", "like US"
    )


def test_a_country_code_that_no_country_has_is_reported(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("region: US", "region: UK"))
    problems.says(
        problems.spot("region: UK"), "pack → region", "“UK” is not a country code", "letters"
    )


def test_problems_of_one_line_come_in_the_order_of_their_columns(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("help: [bureau]", "help: [one, two, three]"))
    assert problems.spots == [problems.spot(name) for name in ("one, t", "two, t", "three]")]


def test_lines_are_those_of_the_file_even_below_comments_and_folded_texts(tmp_path: Path) -> None:
    problems = refused(
        tmp_path,
        ("body: Keep everything.", "body: >-\n      Keep\n\n      everything.\n    # a note\n"),
        ("short: Keep it.", "short: |\n      Keep it.\n    colour: red"),
    )
    problems.says(problems.spot("colour"), "steps → save-it → colour", "not known", "Known here")


# Warnings


def test_an_address_that_nobody_can_own_is_a_warning_with_its_line(tmp_path: Path) -> None:
    file = write(tmp_path, changed(("https://www.fbi.gov/video", "https://videos.example/film")))
    (warning,) = placeholders(read_pack(file))
    assert warning.severity is Severity.WARNING
    assert (warning.place.file, warning.place.line, warning.place.column) == (file, 27, 5)
    assert warning.where == "videos → film → url"
    assert "“https://videos.example/film” is a placeholder" in warning.what
    assert "real address" in warning.remedy


@pytest.mark.parametrize(
    ("change", "at", "where"),
    [
        (("https://www.fbi.gov/\n", "https://foundation.test/\n"), "website:",
         "publisher → website"),
        (("https://tips.fbi.gov/", "https://www.example.org/"), "url: https://www.ex",
         "contacts → bureau → url"),
        (("body: Keep everything.", 'body: "[Keep](https://keep.invalid/) it."'), "body: \"[K",
         "steps → save-it → body"),
        (("- In any app.", '- "[Any](https://example.com) app."'), '"[Any]',
         "topics → beginning → points → 1"),
        (("- layout: title\n", "- layout: title\n      say: '[a](https://a.example)'\n"), "say: '",
         "deck → slides → 1 → say"),
    ],
)  # fmt: skip
def test_placeholders_are_found_wherever_addresses_stand(
    tmp_path: Path, change: Change, at: str, where: str
) -> None:
    text = changed(change)
    pack = read_pack(write(tmp_path, text))
    before = text[: text.index(at)]
    expected = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert text.count(at) == 1
    assert [(w.place.line, w.place.column, w.where) for w in placeholders(pack)] == [
        (*expected, where)
    ]


def test_the_placeholders_of_the_shipped_pack_are_all_found() -> None:
    lines = CONTENT.read_text("utf-8").splitlines()
    expected = [
        number
        for number, line in enumerate(lines, start=1)
        if re.search(r"\.example\b", line) and not line.lstrip().startswith("#")
    ]
    assert expected
    assert sorted(w.place.line for w in placeholders(read_pack(CONTENT))) == expected


# A pack is frozen


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (lambda pack: pack, "labels"),
        (lambda pack: pack.pack, "title"),
        (lambda pack: pack.contacts["bureau"], "phone"),
        (lambda pack: pack.topics["beginning"], "points"),
        (lambda pack: pack.handouts[0].blocks[0], "topics"),
        (lambda pack: pack.deck.slides[0], "title"),
    ],
    ids=["pack", "about", "contact", "topic", "block", "slide"],
)
def test_nothing_can_be_assigned_to_a_part_of_a_pack(
    tmp_path: Path, part: Callable[[Any], BaseModel], name: str
) -> None:
    pack: Pack = accepted(tmp_path)
    before = getattr(part(pack), name)
    with pytest.raises(ValidationError, match="frozen"):
        setattr(part(pack), name, before)
    with pytest.raises(ValidationError, match="frozen"):
        delattr(part(pack), name)


def test_lists_are_read_as_tuples(tmp_path: Path) -> None:
    pack = accepted(tmp_path)
    assert isinstance(pack.handouts, tuple)
    assert isinstance(pack.topics["beginning"].points, tuple)


def test_the_good_pack_is_the_least_that_is_good(tmp_path: Path) -> None:
    """So that a test that replaces one line spoils just what it says."""
    for line in GOOD.splitlines():
        if line.startswith("  ") and not line.startswith("   ") and "region:" not in line:
            spoiled = GOOD.replace(f"{line}\n", "", 1)
            assert refused_file(tmp_path, spoiled).problems
