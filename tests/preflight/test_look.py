"""Hints on how slides look: each fault is found by its rule, and what is meant so is not."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pptx.util import Pt

from preflight.checks import check_deck
from preflight.findings import Finding, Rule
from preflight.powerpoint import look
from preflight.powerpoint.reader import read
from slides import deck
from slides.draft import DeckDraft
from tests.preflight.broken_decks import broken, run_on, shape_on, short_pack
from tests.tools.templates import template

_TOPIC = "{layout: key-points, topics: [what-it-is], title: %s, points: [%s]}"
_FULL = ", ".join(["There is help by day and by night for everyone who asks"] * 4)
_LONG = ", ".join(["There is help by day and by night for everyone who asks for it"] * 5)

#: For each rule, slides that break it, and the one on which that is seen.
BROKEN = {
    look.ALIKE: (3, [_TOPIC % (name, _FULL) for name in ("One", "Two", "Three", "Four")]),
    look.WORDS: (1, [_TOPIC % ("Many words", _LONG)]),
    look.EMPTY_FOOT: (1, [_TOPIC % ("Little", "Ask for help.")]),
}

#: Slides that are as they are on purpose.
SOUND = {
    "two slides with one layout": (look.ALIKE, [_TOPIC % (name, _FULL) for name in ("One", "Two")]),
    "two, another, and two more": (
        look.ALIKE,
        [
            *(_TOPIC % (name, _FULL) for name in ("One", "Two")),
            "{layout: quote, quotes: [first-move]}",
            *(_TOPIC % (name, _FULL) for name in ("Three", "Four")),
        ],
    ),
    "a path that goes on": (
        look.ALIKE,
        [
            "{layout: path, title: One, steps: [report, platform]}",
            "{layout: path, title: Two, steps: [report, platform]}",
            "{layout: path, title: Three, steps: [report, platform]}",
        ],
    ),
    "words to say": (look.WORDS, ["{layout: say, conversations: [strangers]}"]),
    "the police question with its note": (
        look.WORDS,
        ["{layout: path, title: The police question, steps: [police]}"],
    ),
    "a label, a list of places": (
        look.BODY_SIZE,
        ["{layout: help-map, title: Help, contacts: [emergency, lifeline, fbi], say: Call.}"],
    ),
    "a long last word": (
        look.LAST_WORD,
        [
            _TOPIC
            % ("One", "Someone has a private picture of a child or claims to have photographs")
        ],
    ),
    "a last word in a narrow place": (
        look.LAST_WORD,
        ["{layout: cycle, topics: [what-happens-next]}"],
    ),
    "a section": (look.EMPTY_FOOT, ["{layout: section, title: Now, text: What helps, say: Now.}"]),
    "a quote": (look.EMPTY_FOOT, ["{layout: quote, quotes: [first-move]}"]),
}


def _found(folder: Path, slides: list[str], rule: Rule, template: Path | None = None) -> list[int]:
    """The slides of a deck with these slides on which the rule is broken."""
    pack = short_pack(folder, "".join(f"    - {slide}\n" for slide in slides))
    data = deck.render(DeckDraft(pack, template))
    return [one.page for one in check_deck(pack, data, template) if one.rule == rule]


@pytest.mark.parametrize(("rule", "case"), BROKEN.items(), ids=[rule.name for rule in BROKEN])
def test_a_slide_that_is_hard_to_follow_is_found(
    rule: Rule, case: tuple[int, list[str]], tmp_path: Path
) -> None:
    page, slides = case
    assert _found(tmp_path, slides, rule) == [page]


@pytest.mark.parametrize(("rule", "slides"), SOUND.values(), ids=SOUND)
def test_what_is_meant_so_is_not_reported(rule: Rule, slides: list[str], tmp_path: Path) -> None:
    assert _found(tmp_path, slides, rule) == []


def _after(folder: Path, damage: Callable[[Any], None], rule: Rule) -> list[Finding]:
    """What the rule finds on the short deck with this damage."""
    data = broken(deck.render(DeckDraft(short_pack(folder))), damage)
    return [one for one in look.check_look(read(data)) if one.rule == rule]


def test_text_that_must_be_read_is_24_pt_or_larger(tmp_path: Path) -> None:
    def damage(presentation: Any) -> None:
        for page, name in ((2, "Text"), (4, "Address")):
            run_on(presentation, page, name).font.size = Pt(22)

    (finding,) = _after(tmp_path, damage, look.BODY_SIZE)
    assert finding.page == 2
    assert finding.what == "“Text” is set in 22 pt; the last row can read 24 pt"


def test_a_last_word_that_is_bound_to_the_one_before_is_not_alone(tmp_path: Path) -> None:
    before = "Someone has a private picture of a child or they claim to"

    def damage(presentation: Any) -> None:
        for page, text in ((2, f"{before} have one"), (3, f"{before} have\u00a0one")):
            shape_on(presentation, page).text_frame.paragraphs[1].runs[0].text = text

    (finding,) = (
        one for one in _after(tmp_path, damage, look.LAST_WORD) if one.subject.startswith(before)
    )
    assert finding.page == 2
    assert finding.what.startswith("“one” stands alone in the last row of “Someone has")


@pytest.mark.parametrize(("times", "found"), [(4, 0), (6, 1)])
def test_in_vietnamese_a_word_is_more_than_what_stands_between_spaces(
    times: int, found: int, tmp_path: Path
) -> None:
    points = ", ".join(["Trẻ cần biết rằng quý vị sẽ luôn ở bên và giúp đỡ"] * times)
    pack = short_pack(tmp_path, f"    - {_TOPIC % ('Ở bên con', points)}\n")
    made = read(deck.render(DeckDraft(pack)))
    vietnamese = replace(made, properties={**made.properties, "language": "vi-US"})
    assert len([one for one in look.check_look(made) if one.rule == look.WORDS]) == 1
    assert len([one for one in look.check_look(vietnamese) if one.rule == look.WORDS]) == found


def test_a_hint_names_the_slides_and_the_words(tmp_path: Path) -> None:
    pack = short_pack(tmp_path, "".join(f"    - {one}\n" for one in BROKEN[look.ALIKE][1]))
    found = list(look.check_look(read(deck.render(DeckDraft(pack)))))
    assert [one.what for one in found if one.rule == look.ALIKE] == [
        "4 slides in a row look the same (“Key points”)"
    ]
    assert {one.subject for one in found if one.rule == look.ALIKE} == {"Three"}


def test_the_look_of_a_districts_template_is_the_districts(tmp_path: Path) -> None:
    _, slides = BROKEN[look.EMPTY_FOOT]
    office = template(tmp_path)
    assert _found(tmp_path, slides, look.EMPTY_FOOT, office) == []


def test_every_hint_is_a_warning_and_has_slides_that_break_it() -> None:
    rules = {thing for thing in vars(look).values() if isinstance(thing, Rule)}
    assert rules == {*BROKEN, look.BODY_SIZE, look.LAST_WORD}
    assert {str(rule.severity) for rule in rules} == {"warning"}
