"""Who has approved which translations, and when.

An approval is of an English text and its translation together. It holds exactly while both are as
they were, and follows a string that moves.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from languages.catalog import Translation, TranslationError, TranslationState
from languages.csv_files import read_rows, write_rows
from pack.hashing import short_digest
from pack.problems import Fault, Place, Problem

COLUMNS = ("context", "digest", "by", "date")


@dataclass(frozen=True)
class Review:
    """An approval: `by` is a role, never a person's name; `digest` is of both texts."""

    context: str
    digest: str
    by: str
    date: str


@dataclass(frozen=True)
class Reviews:
    """All approvals of a language, also those that no longer hold."""

    rows: tuple[Review, ...] = ()

    def approves(self, entry: Translation) -> bool:
        """Whether this translation of this English was approved."""
        current = entry.state is TranslationState.CURRENT
        return current and (entry.context, digest(entry)) in self._approved

    @cached_property
    def _approved(self) -> frozenset[tuple[str, str]]:
        return frozenset((row.context, row.digest) for row in self.rows)


def digest(entry: Translation) -> str:
    """What an approval is of: an English text and its translation, as 32 hexadecimal digits."""
    return short_digest(entry.source, entry.target)


def approve(
    reviews: Reviews, entries: Iterable[Translation], by: str, date: datetime.date
) -> Reviews:
    """The reviews with approvals of these current translations, unless they have one."""
    rows = {(row.context, row.digest): row for row in reviews.rows}
    for entry in entries:
        key = (entry.context, digest(entry))
        rows.setdefault(key, Review(*key, by, date.isoformat()))
    return Reviews(tuple(rows.values()))


def follow(reviews: Reviews, entries: Sequence[Translation]) -> Reviews:
    """The reviews in the order of the strings; the approval of a string that moved moves with it.

    Approvals that no longer hold are kept: if the same two texts come back, so do they.
    """
    present = {(entry.context, digest(entry)) for entry in entries if entry.target}
    held = {(row.context, row.digest) for row in reviews.rows} & present
    loose = {row.digest: row for row in reviews.rows if (row.context, row.digest) not in present}
    moved: dict[Review, Review] = {}
    for context, value in sorted(present - held):
        if row := loose.pop(value, None):
            moved[row] = replace(row, context=context)
    order = {entry.context: number for number, entry in enumerate(entries)}
    rows = {moved.get(row, row) for row in reviews.rows}
    last = len(order)

    def place(row: Review) -> tuple[int, str, str, str, str]:
        return order.get(row.context, last), row.context, row.date, row.digest, row.by

    return Reviews(tuple(sorted(rows, key=place)))


def read_reviews(data: bytes, file: Path) -> Reviews:
    """The reviews in the bytes of a CSV file. Raises `TranslationError` with every bad row."""
    rows, problems = [], []
    for line, cells in read_rows(data, file, COLUMNS):
        review = Review(*cells)
        rows.append(review)
        if fault := _fault(review):
            problems.append(Problem(Place(file, line), "", fault))
    if problems:
        raise TranslationError(problems)
    return Reviews(tuple(rows))


def _fault(review: Review) -> Fault | None:
    again = "Put the file back as it was, or remove this row and approve the text again."
    if not re.fullmatch(r"[0-9a-f]{32}", review.digest):
        return Fault(f"“{review.digest[:40]}” is not what the program writes here", again)
    try:
        datetime.date.fromisoformat(review.date)
    except ValueError:
        return Fault(f"“{review.date[:40]}” is not a date", "Write it like 2026-11-22.")
    return role_fault(review.by)


def role_fault(by: str) -> Fault | None:
    """What is wrong with the role of someone who approves translations."""
    if not by.isprintable() or not re.match(r"\w", by) or len(by) > 120:
        return Fault(
            f"“{by[:40]}” is not a role", "Write a role, such as “bilingual school counselor”."
        )
    return None


def write_reviews(reviews: Reviews) -> bytes:
    """The reviews as a CSV file, in their order."""
    return write_rows(
        COLUMNS, ((row.context, row.digest, row.by, row.date) for row in reviews.rows)
    )
