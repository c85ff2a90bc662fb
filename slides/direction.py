"""The direction of text on slides, and the parts of it that run the other way."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from pack.isolates import END, LEFT_TO_RIGHT, left_to_right
from pack.markdown import TextRun, TextRuns
from pack.scripts import script_of
from slides.content import BREAK


def is_right_to_left(language: str) -> bool:
    """Whether a language, such as "ar-EG", is written from right to left."""
    return script_of(language).is_right_to_left


class Stretch(NamedTuple):
    """A part of a paragraph in one direction."""

    runs: TextRuns
    is_left_to_right: bool


def isolated(runs: TextRuns) -> TextRuns:
    """A paragraph from right to left, with marks around the parts that don't follow it."""
    found: list[TextRun] = []
    for part in parts(runs):
        if part.is_left_to_right:
            first, *rest = part.runs
            *rest, last = (replace(first, text=LEFT_TO_RIGHT + first.text), *rest)
            found += [*rest, replace(last, text=last.text + END)]
        else:
            found += part.runs
    return merged(found)


def parts(runs: TextRuns) -> Iterator[Stretch]:
    """The parts of a paragraph from right to left, in the order in which they are read."""
    for key, group in groupby(runs, lambda run: run == BREAK or run.link):
        same = tuple(group)
        text = "".join(run.text for run in same)
        done = 0
        for start, end in () if key is True else left_to_right(text):
            if start > done:
                yield Stretch(_cut(same, done, start), is_left_to_right=False)
            yield Stretch(_cut(same, start, end), is_left_to_right=True)
            done = end
        if done < len(text):
            yield Stretch(_cut(same, done, len(text)), is_left_to_right=False)


def _cut(runs: Sequence[TextRun], start: int, end: int) -> TextRuns:
    """What runs have from one letter to another."""
    found: list[TextRun] = []
    for run in runs:
        if text := run.text[max(start, 0) : max(end, 0)]:
            found.append(replace(run, text=text))
        start, end = start - len(run.text), end - len(run.text)
    return tuple(found)


def merged(runs: Sequence[TextRun]) -> TextRuns:
    """The same text in runs of which no two neighbors look the same."""
    found: list[TextRun] = []
    for style, group in groupby(runs, lambda run: BREAK if run == BREAK else replace(run, text="")):
        same = tuple(group)
        text = "".join(run.text for run in same)
        found += same if style == BREAK else [replace(style, text=text)]
    return tuple(found)
