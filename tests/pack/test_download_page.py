"""What a content file says about the download page."""

from pathlib import Path

import pytest

from pack.load import placeholders
from tests.pack.bad_packs import accepted, refused

URL = "    url: https://www.fbi.gov/video\n"
PAGE = """\
page:
  quick_exit: {text: Leave, url: https://www.weather.gov/}
  accessibility:
    title: Accessibility
    lead: We try.
    sections:
      - {title: Standards, body: WCAG.}
    report:
      title: Report
      body: Tell us.
      name: The office
      email: office@school.example
labels:
"""


def test_a_player_of_a_host_that_we_know_is_taken(tmp_path: Path) -> None:
    for address in (
        "https://www.youtube-nocookie.com/embed/abc_12-3",
        "https://player.vimeo.com/video/12345?h=ab",
    ):
        pack = accepted(tmp_path, (URL, f"{URL}    embed: {address}\n"))
        assert pack.videos["film"].embed == address


@pytest.mark.parametrize(
    ("address", "what", "remedy"),
    [
        (
            "https://www.youtube.com/watch?v=abc",
            "supported video player",
            "www.youtube-nocookie.com",
        ),
        (
            "https://www.youtube-nocookie.com.evil.org/embed/a",
            "supported video",
            "player.vimeo.com",
        ),
        ("https://www.youtube-nocookie.com:8443/embed/a", "supported video", "“Share”"),
        ("http://player.vimeo.com/video/1", "supported video player", "“Embed”"),
        (
            "https://player.vimeo.com/12345",
            "opens a page",
            "https://player.vimeo.com/video/ followed",
        ),
        ("https://player.vimeo.com/video/", "supported video player", "“Embed”"),
        ("player.vimeo.com/video/1", "does not start with https://", "https://"),
    ],
)
def test_another_player_is_refused_with_its_line_and_where_to_find_the_right_one(
    tmp_path: Path, address: str, what: str, remedy: str
) -> None:
    problems = refused(tmp_path, (URL, f"{URL}    embed: {address}\n"))
    problems.says(problems.spot("embed:"), "videos → film → embed", what, remedy)


@pytest.mark.parametrize("address", ["office", "office@school", "the office@school.org", "a@b@c.d"])
def test_what_is_no_e_mail_address_is_refused(tmp_path: Path, address: str) -> None:
    page = PAGE.replace("office@school.example", address)
    problems = refused(tmp_path, ("labels:\n", page))
    where = "page → accessibility → report → email"
    problems.says(problems.spot("email:"), where, "not an e-mail address", "office@place.org")


def test_an_office_that_nobody_can_reach_is_refused(tmp_path: Path) -> None:
    page = PAGE.replace("      email: office@school.example\n", "")
    problems = refused(tmp_path, ("labels:\n", page))
    problems.says(
        problems.spot("report:"),
        "page → accessibility → report",
        "no way to report a barrier",
        "“email:”",
    )


def test_a_stand_in_for_an_e_mail_address_is_warned_of(tmp_path: Path) -> None:
    found = placeholders(accepted(tmp_path, ("labels:\n", PAGE)))
    assert [(one.where, one.what) for one in found] == [
        ("page → accessibility → report → email", "“office@school.example” is a placeholder")
    ]


def with_page(text: str) -> tuple[str, str]:
    return "labels:\n", f"page:\n{text}labels:\n"


def test_a_page_may_name_the_sheet_that_is_needed_now_and_groups_of_sheets(tmp_path: Path) -> None:
    text = "  now: tip-sheet\n  groups:\n    - {title: At school, handouts: [second-sheet]}\n"
    page = accepted(tmp_path, with_page(text)).page
    assert page and page.now == "tip-sheet"
    assert [(one.title, one.handouts) for one in page.groups] == [("At school", ("second-sheet",))]


@pytest.mark.parametrize(
    ("text", "spot", "where"),
    [
        ("  now: tip-sheat\n", "now: tip-sheat", "page → now"),
        (
            "  groups:\n    - {title: At school, handouts: [tip-sheat]}\n",
            "tip-sheat",
            "page → groups → 1 → handouts → 1",
        ),
    ],
)
def test_a_sheet_that_is_not_there_is_reported_with_the_nearest_name(
    tmp_path: Path, text: str, spot: str, where: str
) -> None:
    problems = refused(tmp_path, with_page(text))
    problems.says(problems.spot(spot), where, "tip-sheat", "“tip-sheet”")


@pytest.mark.parametrize("title", ["One", "Two"])
def test_a_sheet_in_two_groups_or_twice_in_one_is_reported(tmp_path: Path, title: str) -> None:
    text = f"""\
  groups:
    - title: One
      handouts: [{"second-sheet" if title == "Two" else "tip-sheet"}]
    - title: Two
      handouts:
        - tip-sheet
        - tip-sheet  # again
"""
    problems = refused(tmp_path, with_page(text))
    where = "page → groups → 2 → handouts → 2"
    what = f"the sheet “tip-sheet” is already in the group “{title}”"
    problems.says_among_others(problems.spot("tip-sheet  # again"), where, what, "each sheet once")


def test_a_group_needs_a_title_and_a_sheet(tmp_path: Path) -> None:
    problems = refused(tmp_path, with_page("  groups:\n    - {title: One, handouts: []}\n"))
    assert [one.where for one in problems.problems] == ["page → groups → 1 → handouts"]
