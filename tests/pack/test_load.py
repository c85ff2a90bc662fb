"""A content file as a whole: all its faults at once, in line order, and its warnings."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from pack.load import placeholders, read_pack
from pack.model import Pack
from pack.problems import Severity
from tests.conftest import CONTENT
from tests.pack.bad_packs import GOOD, Change, accepted, changed, refused, refused_file, write


def test_the_small_good_pack_is_good(tmp_path: Path) -> None:
    pack = accepted(tmp_path)
    assert pack.about.title == "Trial pack"
    assert pack.topics["beginning"].points[1].text == "In any game."
    assert [handout.pages for handout in pack.handouts] == [1, 1]
    assert placeholders(pack) == []


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
        "“1-800-225” is not a phone number that can be dialed",
        "“javascript:” is not allowed in an address",
        "“body” appears here a second time",
        "there is no “bureu” under “contacts”",
        "“colour” is not a known field here",
        "expected a list here, but found text",
        "there is no “check-list” among the templates",
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
    assert "not a known field here" in problems.problems[0].what
    assert what in problems.problems[1].what


def test_a_vanity_number_is_not_held_back_by_other_faults_of_its_contact(tmp_path: Path) -> None:
    problems = refused(
        tmp_path,
        ("vanity: 1-800-CALL-FBI", "vanity: 1-800-CALL-CIA"),
        ("url: https://tips.fbi.gov/", "url: tips.fbi.gov"),
    )
    assert any("does not dial" in problem.what for problem in problems.problems)
    assert any("does not start with https://" in problem.what for problem in problems.problems)


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
    problems.says(
        problems.spot("colour"), "steps → save-it → colour", "not a known field", "Known names"
    )


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
        (lambda pack: pack.about, "title"),
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
    """So that a test that replaces one line breaks only what it means to break."""
    for line in GOOD.partition("\nlabels:")[0].splitlines():  # labels may be left out
        if line.startswith("  ") and not line.startswith("   ") and "region:" not in line:
            spoiled = GOOD.replace(f"{line}\n", "", 1)
            assert refused_file(tmp_path, spoiled).problems
