"""What a save will change: sheets, slides, and translations that need review."""

from dataclasses import dataclass

from editing.changes import place_after
from editing.differences import differences
from languages.strings import strings
from languages.tags import english_name
from press.translations import languages_of
from studio.desk import Desk


@dataclass(frozen=True)
class Effects:
    """The documents and slides that show what was changed, and how many texts to translate again.

    `languages` are the English names of the languages that the pack has translations in.
    """

    documents: tuple[str, ...]
    slides: tuple[int, ...]
    texts: int
    languages: tuple[str, ...]
    count: int


def effects(desk: Desk) -> Effects:
    """What follows from the edits that are not saved yet."""
    changed = [*differences(desk.saved.values, desk.reading.values)]
    pack = desk.pack
    if not pack:
        return Effects((), (), 0, (), len(changed))
    shown = [desk.shown_on(place_after(one)) for one in changed]
    titles = {one.id: one.title for one in pack.documents.values()}
    documents = [one for one in titles if any(one in found.documents for found in shown)]
    slides = sorted({number for found in shown for number in found.slides})
    return Effects(
        tuple(titles[one] for one in documents),
        tuple(slides),
        _texts(desk),
        tuple(map(english_name, languages_of(pack))),
        len(changed),
    )


def _texts(desk: Desk) -> int:
    """How many texts to translate are new, or other than in the file."""
    before, after = desk.saved.pack, desk.reading.pack
    if not (before and after):
        return 0
    known = {one.context: one.source for one in strings(before)}
    return sum(known.get(one.context) != one.source for one in strings(after))
