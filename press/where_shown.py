"""On which sheets, slides and pages each text of a pack may be shown."""

from collections.abc import Iterator

from languages.strings import Shown, ShownOn
from pack.documents import Choice, Deck
from pack.model import Pack, YamlPath
from press.fingerprint import shown_paths

#: What only the presenter reads.
NOTES = {"say", "ask", "do", "disclose"}

#: What the download page shows of sheets, the deck and its guides.
_LISTED = ("title", "kicker", "about", "format")

_EVERYWHERE: set[YamlPath] = {("pack",), ("publisher",), ("school",)}


def where_shown(pack: Pack) -> Shown:
    """Where a text may be shown, by its path. The page and all labels count as a document each."""
    slides = [
        _of_slide(pack, number) for number in range(len(pack.deck.slides if pack.deck else ()))
    ]
    sheets = {
        handout.id: {("handouts", number), *_of(pack, handout.blocks)}
        for number, handout in enumerate(pack.handouts)
    }
    talk: dict[str, set[YamlPath]] = {}
    if deck := pack.deck:
        talk = {one: _EVERYWHERE.union(*slides, own) for one, own in _of_talk(deck).items()}
        if deck.notes_sheet:
            sheets[deck.notes_sheet.id] = talk.pop(deck.notes_sheet.id)
    page = {"page": set(_of_page(pack))} if pack.page else {}

    def where(path: YamlPath) -> ShownOn:
        if path[0] == "labels":
            return ShownOn(("labels",))
        parts = {path[:end] for end in range(1, len(path) + 1)}
        readers = {**(sheets if path[-1] not in NOTES else {}), **talk, **page}
        found = tuple(name for name, own in readers.items() if own & parts)
        numbers = (number for number, own in enumerate(slides, start=1) if own & parts)
        return ShownOn(found, tuple(numbers), everywhere=len(found) == len(sheets | talk | page))

    return where


def _of(pack: Pack, blocks: tuple[Choice, ...]) -> Iterator[YamlPath]:
    """What blocks show, with their sources, and what is on every sheet."""
    yield from shown_paths(pack, blocks)
    sources = pack.shown_sources(blocks, pack.about.help_strip)
    yield from (("sources", name) for name, one in pack.sources.items() if one in sources)


def _of_slide(pack: Pack, number: int) -> set[YamlPath]:
    assert pack.deck  # noqa: S101 (the slide is one of its own)
    slide = pack.deck.slides[number]
    contacts = pack.shown_contacts([slide])
    return {
        ("deck", "slides", number),
        *((slide.kind, name) for name in slide.names),
        *(("contacts", name) for name, one in pack.contacts.items() if one in contacts),
    }


def _of_talk(deck: Deck) -> dict[str, set[YamlPath]]:
    """What the deck and its guides show besides the slides."""
    parts: set[YamlPath] = {("deck", name) for name in Deck.model_fields} | {("sources",)}
    found = {deck.id: parts - {("deck", "guide"), ("deck", "notes_sheet")}}
    if guide := deck.guide:
        kinds = ("topics", "checklists", "questions")
        chosen = {(kind, name) for kind in kinds for name in getattr(guide, kind)}
        found[guide.id] = {("deck", "guide"), *chosen}
    if deck.notes_sheet:
        found[deck.notes_sheet.id] = {("deck", "notes_sheet")}
    return found


def _of_page(pack: Pack) -> Iterator[YamlPath]:
    yield from (("page",), *_EVERYWHERE)
    yield from (("contacts", name) for name in pack.about.help_strip)
    yield from (("videos", name, part) for name in pack.videos for part in ("title", "summary"))
    yield from ((*path, part) for path in pack.documents for part in _LISTED)
