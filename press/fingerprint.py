"""What an artifact is made from, as one short value: the same value means the same bytes.

A sheet's fingerprint is its filled-in template, so it only depends on what the sheet shows. Neither
WeasyPrint nor python-pptx is needed to compute it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pack.documents import Choice
from pack.hashing import short_digest
from pack.model import Pack, YamlPath
from pack.problems import path_text
from pack.walk import own_pictograms, values

if TYPE_CHECKING:
    from slides.content import SlideContent


def leaves(pack: Pack) -> dict[str, str]:
    """Every value of a pack as a short digest, by its path in the file."""
    every = [*values(pack), *([(("pack", "draft"), True)] if pack.is_draft else [])]
    return {path_text(path): short_digest(str(value))[:8] for path, value in every}


def named_files(pack: Pack) -> Iterator[Path]:
    """The pictures, pictograms, videos and the template that a pack names."""
    names = [pack.deck.template if pack.deck else None, pack.publisher.logo]
    names += [pack.school.logo if pack.school else None]
    names += [name for video in pack.videos.values() for name in (video.file, video.poster)]
    yield from (pack.folder / name for name in names if name)
    yield from own_pictograms(pack)


def reason(shows: Iterable[YamlPath], old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """Why an artifact is made again: which of the values that it shows have changed.

    Names two of them, and counts the rest.
    """
    every = [path for path in dict.fromkeys((*new, *old)) if old.get(path) != new.get(path)]
    parts = tuple(path_text(path) for path in shows)
    shown = [path for path in every if f"{path} ".startswith(tuple(f"{one} " for one in parts))]
    changes = [
        (path, "changed" if path in old and path in new else "added" if path in new else "removed")
        for path in shown or every
    ]
    if not changes:
        return "the program or its templates changed"
    (first, how), *others = changes
    if not others:
        return f"{first} {how}"
    (second, same), *more = others
    both = f"{first} and {second} {how}" if same == how else f"{first} {how}, {second} {same}"
    return f"{both}, and {len(more)} more" if more else both


def shown_on(content: "SlideContent") -> tuple[object, ...]:
    """Everything a slide shows, wherever in the content file it comes from."""
    texts = {name: [line.runs for line in lines] for name, lines in content.texts.items()}
    table = [[[line.runs for line in cell] for cell in row] for row in content.table]
    pictures = (content.code, content.movie, content.logo)
    title = content.title.runs
    signs = {name: sign.name for name, sign in content.signs.items()}
    drawn = (signs, sorted(content.threats), content.people, content.parts, content.door)
    shown = (content.layout, title, texts, table, pictures, content.numbers, drawn)
    return *shown, content.track, content.hidden


def shown_paths(pack: Pack, choices: Sequence[Choice]) -> Iterator[YamlPath]:
    """The parts of the content file that blocks or slides may show."""
    for choice in choices:
        yield from ((choice.kind, name) for name in choice.names)
    contacts = pack.shown_contacts(choices, pack.about.help_strip)
    yield from (("contacts", name) for name, one in pack.contacts.items() if one in contacts)
    yield from (("pack",), ("publisher",), ("school",), ("labels",))
