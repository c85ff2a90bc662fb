"""How far the translation of a pack into one language is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from languages.catalog import Catalog, TranslationState
from languages.reviews import Reviews
from languages.strings import SourceString


@dataclass(frozen=True)
class SheetStatus:
    """How many strings a sheet shows, and how many of them are in each state.

    `current` ones are `flawed` if a check found something; `reviewed` are those without any that
    were approved.
    """

    name: str
    strings: int
    current: int
    stale: int
    missing: int
    flawed: int
    reviewed: int


def by_sheet(
    strings: Sequence[SourceString], catalog: Catalog, reviews: Reviews, flawed: Collection[str]
) -> tuple[SheetStatus, ...]:
    """The status of everything that shows strings, in the order of the strings, and of all.

    `flawed` has the contexts of the translations that a check found something in.
    """
    names = dict.fromkeys(name for string in strings for name in string.shown_on.documents)
    states = {string.context: _state(string, catalog, reviews, flawed) for string in strings}
    sheets = [
        _status(name, (one for one in strings if name in one.shown_on.documents), states)
        for name in names
    ]
    return *sheets, _status("", strings, states)


def _state(
    string: SourceString, catalog: Catalog, reviews: Reviews, flawed: Collection[str]
) -> str:
    entry = catalog.by_context[string.context]
    if entry.state is not TranslationState.CURRENT:
        return entry.state
    if string.context in flawed:
        return "flawed"
    return "reviewed" if reviews.approves(entry) else entry.state


def _status(name: str, strings: Iterable[SourceString], states: Mapping[str, str]) -> SheetStatus:
    found = [states[string.context] for string in strings]
    counts = {state: found.count(state) for state in ("stale", "missing", "flawed", "reviewed")}
    current = len(found) - counts["stale"] - counts["missing"]
    return SheetStatus(name, len(found), current, **counts)
