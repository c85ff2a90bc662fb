"""Each word of the studio is used, and each word that is used exists."""

import re
from collections.abc import Iterator

import pytest

from editing.edits import Insert, Move, Remove, Rename, SetValue
from pack.theme import TEMPLATES
from schools.columns import COLUMNS
from studio.jobs import JobState
from studio.string_list import SHOWS
from studio.words import words
from tests.conftest import ROOT

SOURCES = {
    file: file.read_text("utf-8")
    for file in (*(TEMPLATES / "studio").glob("*.j2"), *(ROOT / "studio").glob("*.py"))
}
JOBS = ("build", "release", "schools", "one_school", "list")
STRING_STATES = ("missing", "stale", "unfinished", "translated", "flawed", "approved")
LANGUAGE_STATES = ("no_labels", "not_ready", "no_lists", "draft", "done")

#: Names that are put together, or that values have, by section.
COMPOSED = {
    "says": {
        *(one.kind for one in (SetValue, Insert, Remove, Move, Rename)),
        *("on_page", "on_slide", "black", "large-print"),
        *("instead_of_column", "instead_of_contact"),
    },
    "marks": {"error", "to_fill_in", "warning"},
    "jobs": {
        *(f"{job}{end}" for job in JOBS for end in ("", "_begins")),
        *(f"{job}_{end}" for job in JOBS for end in JobState if job != "list"),
    },
    "ready": {"page", "pages", "slide", "slides"},
    "languages": {
        *LANGUAGE_STATES,
        *(f"is_{one}" for one in STRING_STATES),
        *(f"show_{one}" for one in SHOWS),
    },
    "schools": {"fields"},
}


def _used(section: str) -> Iterator[str]:
    """The names of a section that templates and modules have."""
    yield from COMPOSED.get(section, ())
    for file, text in SOURCES.items():
        if file.suffix == ".py":
            yield from re.findall(rf'say\(\s*"{section}\.([\w-]+)"', text)
            if section == "says":
                yield from re.findall(r'say\(\s*"([\w-]+)"', text)
            continue
        names = [rf"words\.{section}", *re.findall(rf"set (\w+) = words\.{section} ", text)]
        for name in names:
            yield from re.findall(rf"(?<![\w.]){name}\.(\w+)", text)
            yield from re.findall(rf'(?<![\w.]){name}\["(\w+)"\]', text)
            # {% for one in ("edit", "ready") %} … {{ page[one] }}
            for one in re.findall(rf"(?<![\w.]){name}\[(\w+)\]", text):
                for listed in re.findall(rf"for {one} in \(([^)]+)\)", text):
                    yield from re.findall(r'"(\w+)"', listed)


@pytest.mark.parametrize(
    "section", ["says", "groups", "page", "marks", "jobs", "ready", "schools", "languages"]
)
def test_the_words_are_those_that_are_used(section: str) -> None:
    assert {*words()[section]} == {*_used(section)}


def test_each_column_of_a_list_of_schools_has_a_name() -> None:
    assert {*words()["schools"]["fields"]} == {*COLUMNS.known}


def test_each_name_of_a_field_is_that_of_one() -> None:
    """Its last part is a property somewhere in the schema."""
    schema = (ROOT / "content" / "content.schema.json").read_text("utf-8")
    for name in words()["fields"]:
        assert f'"{name.rpartition(".")[2]}": {{' in schema, name
