"""What a save will change: sheets, slides, and translations that need review."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from editing.differences import differences
from editing.edits import Edit, Insert
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
    changed = [_place(one) for one in differences(desk.copy.saved_values, desk.reading.values)]
    pack = desk.pack
    if not pack:
        return Effects((), (), {}, len(changed))
    where = where_shown(pack)
    shown = [where(path) for path in changed]
    titles = {one.id: one.title for one in pack.documents.values()}
    documents = [one for one in titles if any(one in found.documents for found in shown)]
    slides = sorted({number for found in shown for number in found.slides})
    return Effects(
        tuple(titles[one] for one in documents), tuple(slides), _texts(desk, changed), len(changed)
    )


def _place(edit: Edit) -> YamlPath:
    """The path of what an edit changes."""
    return (*edit.path, edit.name or edit.at) if isinstance(edit, Insert) else edit.path


def _texts(desk: Desk, changed: Sequence[YamlPath]) -> dict[str, int]:
    """How many texts that were changed are to be translated again, for each language."""
    pack = desk.reading.pack
    if not pack:
        return {}
    found = strings(pack)
    counts = {}
    for language in languages_of(pack):
        try:
            files = open_translations(pack, language, found)
        except PressError:
            continue  # the page of that language says what is wrong with its file
        count = sum(
            entry.state is not TranslationState.CURRENT and _is_in(string.path, changed)
            for string, entry in zip(found, files.catalog.entries, strict=True)
        )
        if count:
            counts[english_name(language)] = count
    return counts


def _is_in(path: YamlPath, changed: Sequence[YamlPath]) -> bool:
    return any(path[: len(one)] == one or one[: len(path)] == path for one in changed)
