"""Which events of a history are kept, and that nothing else is lost with the others."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from editing.draft_journal import DraftJournal
from editing.edits import SetValue
from editing.history import DAYS, STEPS, Event, EventKind, History, TextChange
from editing.rebase import Conflict

NOW = datetime(2026, 6, 1, tzinfo=UTC)
CONFLICT = Conflict(("title",), "theirs", "mine")


def long_history(saved: datetime) -> History:
    """Twice as many changes as are kept; the tenth was saved, with a conflict open ever since."""
    history = History("title: 0\n", first=100)
    time = saved.isoformat()
    for number in range(1, 2 * STEPS + 1):
        text = f"title: {number}\n"
        patch, edit = TextChange.between(history.text, text), SetValue(("title",), str(number))
        add(history, EventKind.CHANGE, time, title=f"step {number}", edits=(edit,), patch=patch)
        if number == 10:
            none, steps = TextChange(0, "", ""), (history.done[-1],)
            merge = {"undone": 1, "steps": steps, "base": none, "conflicts": (CONFLICT,)}
            add(history, EventKind.MERGE, time, patch=none, **merge)
            add(history, EventKind.SAVE, time)
    return history


def add(history: History, kind: EventKind, time: str, **more: Any) -> None:
    history.add(Event(history.next_number, kind, time, **more))


def test_the_text_and_the_last_steps_are_the_same_without_the_others() -> None:
    history = long_history(NOW)
    thin = history.thinned(NOW)
    assert thin.text == history.text
    assert thin.base == history.base == "title: 10\n"
    assert thin.done == history.done[-STEPS:]
    assert thin.next_number == history.next_number
    assert thin.version == history.version
    assert thin.conflicts == history.conflicts == (CONFLICT,)
    assert thin.text_at(history.first + 11) == "title: 10\n"
    assert thin.text_at(history.first + 20) is None
    assert thin.edits_since(history.first + 12) is None
    newer = history.events[-5].number
    assert thin.edits_since(newer) == history.edits_since(newer) != []
    assert len(thin.events) <= STEPS + 5
    assert thin.thinned(NOW).events == thin.events


@pytest.mark.parametrize(("age", "kept"), [(DAYS - 1, True), (DAYS + 1, False)])
def test_saves_are_kept_for_some_days(age: int, kept: bool) -> None:
    history = long_history(NOW - timedelta(days=age))
    old = next(one for one in history.events if one.kind is EventKind.SAVE)
    add(history, EventKind.SAVE, NOW.isoformat())
    thin = history.thinned(NOW)
    assert (old in thin.events) == kept
    assert thin.conflicts == (CONFLICT,)
    assert thin.base == history.text


def test_the_last_save_is_kept_however_old_it_is() -> None:
    history = long_history(NOW - timedelta(days=1000))
    thin = history.thinned(NOW)
    assert thin.base == "title: 10\n"
    assert thin.unsaved() is None


def test_the_journal_has_what_is_kept(tmp_path: Path) -> None:
    """It is written as a whole at first, and then again for every 500 events."""
    history = long_history(NOW)
    journal = DraftJournal(tmp_path / "pack.yaml")
    journal.note(history)
    for _ in range(STEPS + 1):
        add(history, EventKind.SAVE, NOW.isoformat())
        journal.note(history)
    assert not journal.failure
    journal.close()
    journal = DraftJournal(tmp_path / "pack.yaml")
    kept = journal.read()
    journal.close()
    assert kept
    assert (kept.text, kept.base, kept.events) == (history.text, history.base, history.events)
    assert len(kept.events) == STEPS + 1  # all but those that one event stands for
    assert kept.conflicts == (CONFLICT,)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "a"),
        ("a", ""),
        ("aa", "a"),
        ("a", "aa"),
        ("abc", "axc"),
        ("abab", "ab"),
        ("ä\r\n", "é"),
    ],
)
def test_a_patch_leads_from_one_text_to_the_other_and_back(before: str, after: str) -> None:
    patch = TextChange.between(before, after)
    assert patch.apply(before) == after
    assert patch.reversed().apply(after) == before
    with pytest.raises(ValueError, match="another text"):
        TextChange(1, "b", "").apply("aa")
