"""Preflight of decks: good decks pass, and every damage is reported with its slide."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pack.load import read_pack
from pack.model import Pack
from preflight.findings import Finding, Rule
from preflight.powerpoint import checks as decks
from preflight.powerpoint import legibility as deck_text
from preflight.powerpoint import qr_codes as deck_codes
from slides import deck
from slides.draft import DeckDraft
from tests.conftest import CONTENT, WATER
from tests.preflight import broken_slides  # noqa: F401 (registers its damages)
from tests.preflight.broken_decks import BROKEN, LIST, VIDEO, Broken, broken, short_pack
from tests.tools.decks import check


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return short_pack(tmp_path_factory.mktemp("short"))


@pytest.fixture(scope="module")
def good(short: Pack) -> bytes:
    return deck.render(DeckDraft(short))


def test_nothing_is_wrong_with_a_deck_of_ours() -> None:
    pack = read_pack(CONTENT)
    assert check(deck.render(DeckDraft(pack)), pack) == []


def test_nothing_is_wrong_with_the_deck_of_another_topic() -> None:
    pack = read_pack(WATER)
    assert check(deck.render(DeckDraft(pack)), pack) == []


def test_nothing_is_wrong_with_a_deck_that_shows_a_schools_logo(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">'
        '<rect width="300" height="100" fill="#c00000"/></svg>'
    )
    content = tmp_path / "pack.yaml"
    school = "school:\n  name: Cedar School\n  contact: Counseling office\n  logo: logo.svg\n"
    content.write_text(CONTENT.read_text("utf-8") + school, "utf-8")
    pack = read_pack(content)
    assert check(deck.render(DeckDraft(pack)), pack) == []


def test_saving_a_deck_again_breaks_nothing(good: bytes, short: Pack) -> None:
    assert check(broken(good, lambda _: None), short) == []


@pytest.mark.parametrize("case", BROKEN, ids=[one.damage.__name__ for one in BROKEN])
def test_each_damage_is_found_by_its_rule_on_its_slide_alone(
    good: bytes, short: Pack, case: Broken
) -> None:
    found = check(broken(good, case.damage), short)
    assert {(one.rule, one.page) for one in found} == {(case.rule, case.page)}
    # A finding is about the text in a box, not about the box.
    assert {one.subject for one in found}.isdisjoint({"Text", "Title", "Table", "Code", "Footer"})


@pytest.fixture
def found(good: bytes, short: Pack) -> Callable[[str], Finding]:
    """The first finding on the deck with this damage."""

    def first(name: str) -> Finding:
        case = next(one for one in BROKEN if one.damage.__name__ == name)
        return check(broken(good, case.damage), short)[0]

    return first


def test_a_finding_says_what_is_wrong_how_to_fix_it_and_where(
    found: Callable[[str], Finding],
) -> None:
    finding = found("code_is_small")
    assert finding.what == (
        "the QR code takes up 44% of the slide's height, but needs at least 45%"
    )
    assert finding.remedy.startswith("Make its box larger on the layout in the template")
    assert finding.page == VIDEO
    assert finding.spot is not None
    left, top, right, bottom = finding.spot
    assert right - left == pytest.approx(bottom - top) == pytest.approx(0.44 * 540, abs=0.1)


def test_a_weak_contrast_is_reported_with_both_colors_and_its_ratio(
    found: Callable[[str], Finding],
) -> None:
    finding = found("text_is_light_gray")
    assert finding.page == LIST
    assert "has a contrast of 2.8:1 (#999999 on #ffffff)" in finding.what


def test_a_text_that_is_too_long_is_reported_with_its_first_words(
    found: Callable[[str], Finding],
) -> None:
    finding = found("text_is_too_long")
    assert finding.what.startswith("“Too much to say on one slide.")


def test_every_rule_has_a_deck_that_breaks_it() -> None:
    rules = {
        thing
        for module in (decks, deck_text, deck_codes)
        for thing in vars(module).values()
        if isinstance(thing, Rule)
    }
    assert {case.rule for case in BROKEN} == rules
