"""Texts on slides break into rows of about the same length, at pauses if there are any."""

from dataclasses import replace

import pytest

from pack.load import read_pack
from pack.markdown import parse_line
from slides.balance import balanced
from slides.content import BREAK, Line
from slides.draft import DeckDraft
from slides.fit import frames_of, texts_to_fit
from slides.frames import Frame
from slides.text_metrics import rows
from tests.conftest import CONTENT


def _rows(line: Line, frame: Frame) -> list[str]:
    return ["".join(run.text for run in row).replace("\xa0", " ") for row in rows(line, frame)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Or someone offers **something of value**.", "Or someone|offers something|of value."),
        ("Set limits.", "Set limits."),
        (
            "off at night, or **no devices in bedrooms**.",
            "off at night,|or no devices|in bedrooms.",
        ),
        ("They share it. They want more now.", "They share it.|They want|more now."),
    ],
)
def test_rows_are_about_as_long_as_each_other(text: str, shown: str) -> None:
    frame = Frame(165, 0, 20)
    line = Line(parse_line(text), ())
    assert "|".join(_rows(balanced(line, frame), frame)) == shown
    assert len(_rows(line, frame)) == shown.count("|") + 1


@pytest.mark.parametrize(
    "text", ["如果有人威胁您的孩子，请拨打这个号码。", "[an address](https://a.example/b/c)"]
)
def test_what_breaks_by_other_rules_stays(text: str) -> None:
    line = Line(parse_line(text * 3), ())
    assert balanced(line, Frame(165, 0, 20)) is line


def test_what_a_school_says_stays() -> None:
    line = Line(parse_line("Oak Hill Elementary School of a town"), ("school", "name"))
    assert balanced(line, Frame(165, 0, 20)) is line


def test_no_text_of_our_deck_ends_in_a_row_of_a_single_short_word() -> None:
    composed = DeckDraft(read_pack(CONTENT)).composition
    lost = []
    for content in composed.slides:
        for text in texts_to_fit(content, frames_of(content, composed.layouts)):
            frame = replace(text.room, size=content.sizes.get(text.name, text.room.size))
            for line in text.lines:
                *before, last = _rows(line, frame)
                free = not any(run.link or run == BREAK for run in line.runs)
                if free and before and " " not in last and len(last) < 12:
                    lost.append((content.title.text, last))
    assert lost == []
