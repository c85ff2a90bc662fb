"""What a save will change: sheets, slides, and translations that need review."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from languages.catalog import TranslationState
from languages.strings import strings
from languages.tags import english_name
from pack.errors import PressError
from pack.model import YamlPath
from press.translations import languages_of, open_translations
from press.where_shown import where_shown
from studio.desk import Desk


@dataclass(frozen=True)
class Effects:
    """The documents and slides that show what was changed, and how many texts to translate again.

    `texts` has the number of texts by the English name of each language.
    """

    documents: tuple[str, ...]
    slides: tuple[int, ...]
    texts: Mapping[str, int]
    count: int


def effects(desk: Desk) -> Effects:
    """What follows from the edits that are not saved yet."""
    changed = list(differences(desk.copy.saved_values, desk.reading.values))
    pack = desk.pack
    if not pack:
        return Effects((), (), {}, len(changed))
    where = where_shown(pack)
    shown = [where(path) for path in changed]
    titles = {one.id: one.title for one in pack.documents.values()}
    documents = [one for one in titles if any(one in found.documents for found in shown)]
    slides = sorted({number for found in shown for number in found.slides})
    return Effects(
        tuple(titles[one] for one in documents), tuple(slides), _texts(desk), len(changed)
    )


def differences(old: Any, new: Any, path: YamlPath = ()) -> "list[YamlPath]":
    """The paths of the values that differ between two versions of a file."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        keys: list[Any] = [*dict.fromkeys((*old, *new))]
        found = [differences(old.get(key), new.get(key), (*path, key)) for key in keys]
        moved = [path] if [*old] != [*new] and {*old} == {*new} else []
        return [*moved, *(one for some in found for one in some)]
    if isinstance(old, tuple) and isinstance(new, tuple):
        longest = range(max(len(old), len(new)))
        pairs = [(one, old[one : one + 1], new[one : one + 1]) for one in longest]
        return [
            found
            for number, before, after in pairs
            for found in (
                differences(before[0], after[0], (*path, number))
                if before and after
                else [(*path, number)]
            )
        ]
    return [path] if old != new else []


def _texts(desk: Desk) -> dict[str, int]:
    """How many translations of each language are no longer of the text that they were made from."""
    pack = desk.reading.pack
    if not pack:
        return {}
    found = strings(pack)
    counts = {}
    for language in languages_of(pack):
        try:
            entries = open_translations(pack, language, found).catalog.entries
        except PressError:
            continue  # the page of that language says what is wrong with its file
        count = sum(entry.state is not TranslationState.CURRENT for entry in entries)
        if count:
            counts[english_name(language)] = count
    return counts
