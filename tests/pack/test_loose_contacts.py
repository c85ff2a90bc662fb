"""A phone number or address in a sentence is told: it would not follow when the contact changes."""

from pathlib import Path

import pytest

from pack.load import read_pack
from pack.loose_contacts import loose_contacts
from pack.problems import Severity
from tests.conftest import CONTENT, WATER
from tests.pack.bad_packs import Change, accepted, line_of

BODY = "body: Somewhere online.\n"


def _body(text: str) -> Change:
    return BODY, f"body: '{text}'\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call 303-224-0142 now.", "303-224-0142"),
        ("Call (303) 224-0142, day or night.", "(303) 224-0142"),
        ("Write to help@place.org.", "help@place.org"),
        ("See https://place.org/help.", "https://place.org/help"),
        ("Go to www.place.org today", "www.place.org"),
        ("Report it at place.org/report!", "place.org/report"),
    ],
)
def test_a_number_or_an_address_in_a_sentence_is_told(
    tmp_path: Path, text: str, found: str
) -> None:
    pack = accepted(tmp_path, _body(text))
    (warning,) = loose_contacts(pack)
    assert warning.severity is Severity.WARNING
    assert warning.place.line == line_of(pack, "body: '")
    assert f"“{found}” is written inside a text" in warning.what


@pytest.mark.parametrize(
    "text",
    [
        "Between 2021 and 2023, 12,600 children were harmed; 3 of 4 were boys aged 14-17.",
        "See [this page](https://place.org/help).",
        "On 2026-11-22 at 7:30, e.g. at home.",
    ],
)
def test_other_numbers_and_links_are_not(tmp_path: Path, text: str) -> None:
    assert not list(loose_contacts(accepted(tmp_path, _body(text))))


def test_an_address_that_is_a_name_can_be_listed_as_a_word(tmp_path: Path) -> None:
    pack = accepted(
        tmp_path, _body("Bought at place.com."), ("region: US", "region: US\n  words: [Place.com]")
    )
    assert not list(loose_contacts(pack))


@pytest.mark.parametrize("file", [CONTENT, WATER], ids=["sextortion", "water"])
def test_our_own_packs_have_none(file: Path) -> None:
    assert not list(loose_contacts(read_pack(file)))


def test_the_number_for_text_messages_of_a_contact_is_told(tmp_path: Path) -> None:
    pack = accepted(
        tmp_path,
        ("url: https://tips.fbi.gov/\n", "text: {number: 741741, word: HOME}\n"),
        _body("Text HOME to 741741."),
    )
    (warning,) = loose_contacts(pack)
    assert "“741741” is written inside a text" in warning.what
