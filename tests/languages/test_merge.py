"""After any edit of the English, every translation is at its place, and none is lost or guessed."""

import datetime
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages.catalog import Catalog, Translation, TranslationState
from languages.excel import ExcelRow, read_xlsx, write_xlsx
from languages.merge import merge
from languages.po import read_po, write_po
from languages.reviews import Reviews, approve, follow
from languages.strings import SourceString
from languages.update import update
from tests.languages.edits import EditedPack, water

DAY = datetime.date(2026, 11, 30)


def of(**texts: str) -> tuple[SourceString, ...]:
    """Strings with these English texts, by their contexts with “__” for the slashes."""
    named = ((name.replace("__", "/"), text) for name, text in texts.items())
    return tuple(SourceString(name, text, tuple(name.split("/"))) for name, text in named)


def points(*texts: str) -> tuple[SourceString, ...]:
    return of(**{f"topics__who__points__{number}": one for number, one in enumerate(texts, 1)})


def translated(found: tuple[SourceString, ...]) -> Catalog:
    """A catalog in which each translation says which English it was made from."""
    return Catalog(tuple(Translation(one.context, one.source, f"«{one.source}»") for one in found))


def told(catalog: Catalog) -> list[tuple[str, str]]:
    """The states and targets of the strings, in their order."""
    return [(str(one.state), one.target) for one in catalog.entries]


def _some_translations(catalog: Catalog, seed: int) -> Catalog:
    """A translator works on some of the strings, and leaves others."""
    chance = random.Random(seed)
    entries = []
    for entry in catalog.entries:
        if chance.random() < 0.5:
            target = f"{chance.randrange(3)}·{entry.source}"
            entry = replace(entry, target=target, fuzzy=False, previous="")
        entries.append(entry)
    return replace(catalog, entries=tuple(entries))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**9), rounds=st.lists(st.integers(1, 12), min_size=1, max_size=4))
def test_after_any_edits_each_string_is_current_or_stale_with_its_old_text_or_missing(
    seed: int, rounds: list[int]
) -> None:
    pack = EditedPack(seed, water())
    catalog = merge(Catalog(), pack.strings())
    reviews, approved = Reviews(), set()
    for number, edits in enumerate(rounds):
        catalog = _some_translations(catalog, seed + number)
        ready = [one for one in catalog.entries if one.state is TranslationState.CURRENT][::2]
        reviews = approve(reviews, ready, "counselor", DAY)
        approved |= {(one.source, one.target) for one in ready}
        before = catalog
        for _ in range(edits):
            pack.edit()
        found = pack.strings()
        catalog = merge(before, found)
        reviews = follow(reviews, catalog.entries)

        assert [(one.context, one.source) for one in catalog.entries] == [
            (one.context, one.source) for one in found
        ]
        for entry in catalog.entries:
            made_from = entry.target.partition("·")[2]
            if entry.state is TranslationState.CURRENT:
                assert made_from == entry.source
            elif entry.state is TranslationState.STALE:
                assert made_from == entry.previous != entry.source
            else:
                assert (entry.state, entry.target) == (TranslationState.MISSING, "")
            if reviews.approves(entry):
                assert (entry.source, entry.target) in approved
        every = (*before.entries, *before.obsolete)
        left = {one.target for one in (*catalog.entries, *catalog.obsolete)}
        assert {one.target for one in every if one.target} <= left
        _assert_unique_english_keeps_its_translation(before, catalog)
        assert merge(catalog, found) == catalog
        names = Counter((one.context, one.source) for one in (*catalog.entries, *catalog.obsolete))
        assert max(names.values()) == 1
        data = write_po(catalog, "water-safety", "es", {})
        assert read_po(data, Path("es.po"), "es", "water-safety") == catalog
    _assert_a_workbook_brings_everything_back(catalog, found)


def _assert_a_workbook_brings_everything_back(
    catalog: Catalog, found: tuple[SourceString, ...]
) -> None:
    """A language that was lost but for its workbook has all its current translations again."""
    is_current = TranslationState.CURRENT
    current = [one for one in catalog.entries if one.state is is_current]
    rows = (
        ExcelRow(one.context, one.source, one.target if one.state is is_current else "", "", "", "")
        for one in catalog.entries
    )
    with TemporaryDirectory() as folder:
        file = Path(folder) / "es.xlsx"
        file.write_bytes(write_xlsx(rows, "water-safety", "es"))
        sent = read_xlsx(file, "water-safety", "es")
    again = update(merge(Catalog(), found), sent, found, lambda *_: (), file)
    assert [one for one in again.catalog.entries if one.target] == [
        replace(one, note="") for one in current
    ]
    # Where nothing was lost, nothing changes.
    assert update(catalog, sent, found, lambda *_: (), file).catalog == catalog


def _assert_unique_english_keeps_its_translation(before: Catalog, now: Catalog) -> None:
    old = Counter(one.source for one in (*before.entries, *before.obsolete))
    new = Counter(one.source for one in now.entries)
    current = {one.source: one for one in before.entries if one.state is TranslationState.CURRENT}
    for entry in now.entries:
        if entry.source in current and old[entry.source] == new[entry.source] == 1:
            assert entry.target == current[entry.source].target
            assert entry.state is TranslationState.CURRENT


def test_a_changed_text_keeps_its_translation_as_stale_with_the_english_it_was_made_from() -> None:
    old, new = of(topics__who__title="Who it happens to"), of(topics__who__title="Who is targeted")
    once = merge(translated(old), new)
    assert once.entries == (
        Translation(
            "topics/who/title", "Who is targeted", "«Who it happens to»", True, "Who it happens to"
        ),
    )
    twice = merge(once, of(topics__who__title="Whom they target"))
    assert twice.entries[0].previous == "Who it happens to"


def test_a_change_that_is_taken_back_makes_its_translation_current_again() -> None:
    old, new = of(topics__who__title="Who"), of(topics__who__title="Whom")
    assert merge(merge(translated(old), new), old) == translated(old)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("xabc", [("missing", "")], id="added before the others"),
        pytest.param("ba", [], id="in another order, and one removed"),
        pytest.param("axc", [("stale", "«b»")], id="changed between the same neighbors"),
        pytest.param("axyc", [("missing", "")] * 2, id="two in the place of one"),
        pytest.param("xbc", [("stale", "«a»")], id="the first changed"),
    ],
)
def test_numbers_in_lists_mean_nothing(now: str, expected: list[tuple[str, str]]) -> None:
    merged = merge(translated(points("a", "b", "c")), points(*now))
    for letter, entry in zip(now, told(merged), strict=True):
        assert entry == (("translated", f"«{letter}»") if letter in "abc" else expected[0])


def test_a_changed_part_of_a_list_entry_is_stale_and_the_others_stay() -> None:
    old = of(checklists__x__tasks__1__task="Lock it", checklists__x__tasks__1__detail="At night")
    new = of(
        checklists__x__tasks__1__task="Be there",
        checklists__x__tasks__2__task="Lock it",
        checklists__x__tasks__2__detail="Every night",
    )
    merged = merge(translated(old), new)
    assert told(merged) == [("missing", ""), ("translated", "«Lock it»"), ("missing", "")]
    assert [one.target for one in merged.obsolete] == ["«At night»"]
    same_place = merge(
        translated(old),
        of(checklists__x__tasks__1__task="Lock it", checklists__x__tasks__1__detail="Every night"),
    )
    assert told(same_place)[1] == ("stale", "«At night»")


def test_a_renamed_id_takes_its_translations_along() -> None:
    old = of(topics__who__title="Who it happens to", topics__who__body="To anyone.")
    new = of(topics__victims__title="Who it happens to", topics__victims__body="To anyone.")
    assert merge(translated(old), new) == translated(new)


def test_ids_that_are_digits_are_not_numbers_of_a_list() -> None:
    old = of(contacts__911__use="In danger", contacts__988__use="In crisis")
    new = of(contacts__988__use="When you need help", contacts__911__use="In danger")
    assert told(merge(translated(old), new)) == [
        ("stale", "«In crisis»"),
        ("translated", "«In danger»"),
    ]


def test_similar_english_is_not_taken_for_the_same() -> None:
    old, new = of(topics__pay__title="Never pay."), of(topics__money__title="Never pay!")
    merged = merge(translated(old), new)
    assert told(merged) == [("missing", "")]
    assert [one.target for one in merged.obsolete] == ["«Never pay.»"]


def test_the_same_english_in_a_second_place_is_a_string_of_its_own() -> None:
    old = of(steps__report__title="Report")
    new = of(steps__report__title="Report", handouts__sheet__blocks__1__title="Report")
    assert told(merge(translated(old), new)) == [("translated", "«Report»"), ("missing", "")]


def test_a_changed_text_does_not_lend_its_translation_to_an_untranslated_one() -> None:
    old = of(contacts__fbi__use="Report it", steps__report__title="Report it")
    new = of(contacts__fbi__use="Report the crime", steps__report__title="Report it")
    half = merge(Catalog(translated(old).entries[:1]), old)
    assert told(merge(half, new)) == [("stale", "«Report it»"), ("missing", "")]


def test_a_removed_text_comes_back_with_its_translation() -> None:
    both = of(topics__a__title="Ask first", topics__b__title="Then swim")
    without = merge(translated(both), both[:1])
    assert [one.target for one in without.obsolete] == ["«Then swim»"]
    assert merge(without, both) == translated(both)
    elsewhere = of(topics__a__title="Ask first", topics__c__title="Then swim")
    assert merge(without, elsewhere) == translated(elsewhere)


def test_two_translations_of_the_same_removed_text_are_both_kept() -> None:
    one, other = (Translation("topics/a/title", "Ask", target) for target in ("Pida", "Pregunte"))
    merged = merge(Catalog((one,), (other,)), ())
    assert {entry.target for entry in merged.obsolete} == {"Pida", "Pregunte"}
    # PO files can't name the same text twice.
    data = write_po(merged, "pack", "es", {})
    assert read_po(data, Path("es.po"), "es") == merged


def test_a_text_that_comes_back_with_other_words_is_stale() -> None:
    both = of(topics__a__title="Ask first", topics__b__title="Then swim")
    changed = of(topics__a__title="Ask first", topics__b__title="Then swim together")
    merged = merge(merge(translated(both), both[:1]), changed)
    assert told(merged)[1] == ("stale", "«Then swim»")


def test_a_point_that_comes_back_is_never_another_one_with_its_number() -> None:
    shorter = merge(translated(points("a", "b")), points("a"))
    assert told(merge(shorter, points("a", "x")))[1] == ("missing", "")


def test_what_a_translator_marked_as_unfinished_stays_so_wherever_it_moves() -> None:
    catalog = Catalog((Translation("topics/a/title", "Ask", "«Ask»", fuzzy=True, note="Tú?"),))
    moved = merge(catalog, of(topics__b__title="Ask"))
    assert moved.entries == (Translation("topics/b/title", "Ask", "«Ask»", True, note="Tú?"),)
