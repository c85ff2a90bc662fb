"""The labels of a pack, and the words in braces that are filled in."""

from pathlib import Path

import pytest

from tests.pack.bad_packs import refused


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
        f"has no {{{place}}}",
        "Keep the words in braces",
    )


def test_a_label_can_not_name_the_page_twice(tmp_path: Path) -> None:
    problems = refused(tmp_path, ('"{page} of {pages}"', '"{page}, {page} of {pages}"'))
    problems.says(problems.spot("page_of:"), "labels → page_of", "{page}", "braces")


def test_a_label_with_a_place_that_nothing_fills_is_reported(tmp_path: Path) -> None:
    problems = refused(tmp_path, ('"{page} of {pages}"', '"{page} of {pages} {pgaes}"'))
    problems.says(problems.spot("page_of:"), "labels → page_of", "{pgaes}", "braces")
