"""An approval is of two texts, and holds exactly while both are as they were."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from languages.catalog import Catalog, Translation, TranslationError
from languages.glossary import read_glossary
from languages.reviews import Reviews, approve, follow, read_reviews, write_reviews
from languages.status import SheetStatus, by_sheet
from languages.strings import ShownOn, SourceString

DAY = datetime.date(2026, 11, 30)
ASK = Translation("topics/a/title", "Ask first", "Pregunte primero")
APPROVED = approve(Reviews(), [ASK], "bilingual counselor", DAY)


def test_an_approval_ends_when_either_text_changes_and_holds_again_when_both_are_back() -> None:
    assert APPROVED.approves(ASK)
    for changed in (
        replace(ASK, source="Ask first!"),
        replace(ASK, target="Pregunta primero"),
        replace(ASK, fuzzy=True),
        replace(ASK, context="topics/b/title"),
        replace(ASK, target=""),
    ):
        assert not APPROVED.approves(changed)
        kept = follow(APPROVED, [changed, Translation("topics/c/title", "Swim")])
        assert not kept.approves(replace(changed, source="Ask first!"))
        assert follow(kept, [ASK]).approves(ASK)


def test_an_approval_follows_its_text_to_another_place() -> None:
    moved = replace(ASK, context="topics/b/title")
    followed = follow(APPROVED, [moved])
    assert followed.approves(moved)
    assert not followed.approves(ASK)


def test_the_same_two_texts_in_another_place_are_not_approved_with_it() -> None:
    second = replace(ASK, context="topics/b/title")
    followed = follow(APPROVED, [ASK, second])
    assert followed.approves(ASK)
    assert not followed.approves(second)


def test_a_second_approval_changes_nothing() -> None:
    later = approve(APPROVED, [ASK], "principal", DAY + datetime.timedelta(days=9))
    assert later == APPROVED


def test_approvals_are_kept_in_a_file_in_the_order_of_the_pack() -> None:
    swim = Translation("topics/z/title", "Swim", "Nade")
    both = follow(approve(APPROVED, [swim], "principal, east side", DAY), [swim, ASK])
    data = write_reviews(both)
    assert [line.split(b",")[0] for line in data.splitlines()] == [
        b"context", b"topics/z/title", b"topics/a/title",
    ]  # fmt: skip
    assert read_reviews(data, Path("es.reviews.csv")) == both


@pytest.mark.parametrize(
    ("data", "line", "told"),
    [
        (b"", 1, "the first line should be"),
        (b"context,digest\n", 1, "the first line should be"),
        (b"context,digest,by,date\na/b,0123,counselor,2026-11-30\n", 2, "not what the program"),
        (b"context,digest,by,date\n<<<<<<< ours\n", 2, "1 cells, not 4"),
        (b'context,digest,by,date\na/b,"01\n', 2, "quotation mark"),
        (b"context,digest,by,date\na/b,%s,x,30.11.\n" % (b"0" * 32), 2, "not a date"),
        (b"context,digest,by,date\na/b,%s,=x,2026-11-30\n" % (b"0" * 32), 2, "not a role"),
        (b"context,digest,by,date\n\n\xff\n", 3, "not in UTF-8"),
    ],
)
def test_a_damaged_file_of_approvals_is_refused_with_its_line(
    data: bytes, line: int, told: str
) -> None:
    with pytest.raises(TranslationError) as error:
        read_reviews(data, Path("es.reviews.csv"))
    (problem,) = error.value.problems
    assert problem.place.line == line
    assert told in problem.what


def test_a_glossary_with_half_a_row_is_refused_with_its_line() -> None:
    data = b"term,translation,note\nFBI,=,\nvictim,,\n,x,\n"
    with pytest.raises(TranslationError) as error:
        read_glossary(data, Path("es.glossary.csv"))
    assert [(one.place.line, one.what) for one in error.value.problems] == [
        (3, "this row has no translation"),
        (4, "this row has no term"),
    ]


def test_each_sheet_has_the_status_of_what_it_shows() -> None:
    shown = {"a": ("poster", "cards"), "b": ("cards",), "c": ("cards",), "d": (), "e": ()}
    strings = tuple(
        SourceString(f"topics/{id}/title", "Ask first", (), shown_on=ShownOn(documents))
        for id, documents in shown.items()
    )
    entries = (
        ASK,
        replace(ASK, context="topics/b/title", fuzzy=True),
        Translation("topics/c/title", "Ask first"),
        replace(ASK, context="topics/d/title"),
        replace(ASK, context="topics/e/title"),
    )
    status = by_sheet(strings, Catalog(entries), APPROVED, ["topics/e/title"])
    assert status == (
        SheetStatus("poster", strings=1, current=1, stale=0, missing=0, flawed=0, reviewed=1),
        SheetStatus("cards", strings=3, current=1, stale=1, missing=1, flawed=0, reviewed=1),
        SheetStatus("", strings=5, current=3, stale=1, missing=1, flawed=1, reviewed=1),
    )
