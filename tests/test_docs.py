"""What the docs refer to exists."""

import re
from pathlib import Path

import pytest

from tests.conftest import CONTENT, ROOT

PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
FILES = [
    file.relative_to(ROOT).as_posix()
    for file in ROOT.rglob("*")
    if not {".git", ".venv", "output"}.intersection(file.relative_to(ROOT).parts[:1])
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_on_a_page_leads_to_a_file(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    assert [one for one in targets if not (page.parent / one).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_module_and_template_that_a_page_names_exists(page: Path) -> None:
    named = re.findall(r"`([\w/.-]+\.(?:py|j2|toml|css|sh))(?::[^`]*)?`", page.read_text("utf-8"))
    # Files that the reader of a how-to page writes.
    adds = ("press/builders/reminder.py", "templates/reminders/reminder.txt.j2")
    missing = [
        one
        for one in named
        if one not in adds and not any(f"/{file}".endswith(f"/{one}") for file in FILES)
    ]
    assert missing == []


def test_the_tour_follows_a_number_that_is_in_the_content() -> None:
    tour = (ROOT / "docs" / "tour.md").read_text("utf-8")
    (number,) = re.findall(r"^    phone: (\S+)$", tour, re.M)
    assert f"    phone: {number}\n" in CONTENT.read_text("utf-8")
