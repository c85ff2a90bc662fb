"""What is translated of a pack: all its texts, by lasting names, and nothing that must stay."""

from pathlib import Path

import pytest

from languages.strings import ShownOn, strings, unwrapped
from pack.load import read_pack
from pack.markdown import parse_body, parse_line
from pack.model import Pack
from pack.walk import texts
from press.where_shown import where_shown
from tests.conftest import CONTENT, WATER
from tests.pack.bad_packs import accepted


@pytest.fixture(scope="module")
def shipped() -> Pack:
    return read_pack(CONTENT)


@pytest.mark.parametrize("file", [CONTENT, WATER], ids=["shipped", "water"])
def test_every_text_that_a_pack_writes_is_a_string_or_stays_in_every_language(file: Path) -> None:
    pack = read_pack(file)
    found = strings(pack)
    assert len({one.context for one in found}) == len(found) > 150
    left_out = {path for path, _ in texts(pack)} - {one.path for one in found}
    assert {path for path in left_out if path[0] != "labels"} == {
        path for path, _ in texts(pack) if path[1] == "words" or path[-1] == "vanity"
    }
    own_labels = {path for path in left_out if path[0] == "labels"}
    assert not own_labels & {*pack.origin.marks}


def test_contexts_have_ids_and_count_from_one_where_there_are_none(shipped: Pack) -> None:
    found = {one.context: one.source for one in strings(shipped)}
    assert found["contacts/fbi/use"] == "Report the crime"
    assert found["handouts/wallet-cards/kicker"] == "Keep this card"
    assert found["handouts/if-it-happens/blocks/1/title"] == "First"
    assert found["deck/slides/1/text"] == "A parent night for everyone who cares for a child"
    # The same name whether a point is a text alone or has a pictogram.
    assert found["topics/who/points/1/text"] == "All they share is **internet access**."
    assert found["topics/who/points/2/text"] == "All genders, all ethnic groups, all incomes."


def test_a_text_that_is_wrapped_anew_is_the_same_string(tmp_path: Path) -> None:
    once = accepted(tmp_path, ("body: Keep everything.", "body: |\n      Keep\n      everything."))
    assert ("steps/save-it/body", "Keep everything.") in {
        (one.context, one.source) for one in strings(once)
    }


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("One\ntwo.\n\nThree\nfour.\n", "One two.\n\nThree four."),
        ("Do:\n\n- one\n  more\n- two\n", "Do:\n\n- one more\n- two"),
        ("1. one\n2. two\n   more", "1. one\n2. two more"),
        ("| a | b |\n| --- | --- |\n| c | d |", "| a | b |\n| --- | --- |\n| c | d |"),
        ("- a\n  - b\n    c", "- a\n  - b c"),
    ],
)
def test_only_line_breaks_that_mean_nothing_are_left_out(written: str, expected: str) -> None:
    assert unwrapped(written) == expected
    assert parse_body(unwrapped(written)) == parse_body(written)


def test_spaces_at_the_ends_of_lines_are_no_part_of_a_text(tmp_path: Path) -> None:
    pack = accepted(
        tmp_path, ("body: Keep everything.", "body: |\n      Keep  \n\n      everything.  ")
    )
    found = {one.context: one.source for one in strings(pack)}
    assert found["steps/save-it/body"] == "Keep\n\neverything."


def test_unwrapping_changes_nothing_that_readers_see(shipped: Pack) -> None:
    for _, text in texts(shipped):
        assert parse_body(unwrapped(text)) == parse_body(text)
        assert parse_line(unwrapped(text)) == parse_line(text)


def test_a_translator_learns_what_a_text_is_how_long_it_may_be_and_where_it_stands(
    shipped: Pack,
) -> None:
    found = {one.context: one for one in strings(shipped, where_shown(shipped))}
    use = found["contacts/safe2tell/use"]
    assert use.about == "What it is for, in a few words."
    assert {"get-help-poster", "wallet-cards", "parent-night"} <= {*use.shown_on.documents}
    assert found["contacts/fbi-page/short"].longest == 60
    assert found["topics/who/points/2/text"].shown_on.slides == (11,)
    assert found["pack/title"].shown_on.everywhere
    assert found["labels/say"].shown_on == ShownOn(("labels",))
    assert found["page/kicker"].shown_on.documents == ("page",)
    # What the presenter says is on no sheet, though the topic is on some.
    assert "parent-tip-sheet" in found["topics/money/points/1/text"].shown_on.documents
    assert found["topics/money/say"].shown_on.documents == ("parent-night", "presenter-guide")
