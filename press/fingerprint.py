"""What an artifact is made from, as one short value: the same value, the same bytes.

That of a sheet is its own filled template: whatever it does not show is not in it. Neither
WeasyPrint nor python-pptx is needed to tell.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pack.artifacts import Artifact
from pack.documents import Choice, Guide
from pack.hashing import short_digest
from pack.model import Pack, YamlPath
from pack.problems import path_text
from pack.walk import values
from press.build_id import program

if TYPE_CHECKING:
    from slides.content import SlideContent

#: Each slide with what stands on it.
Slides = list[tuple["SlideContent", tuple[object, ...]]]


def fingerprints(
    pack: Pack, artifacts: Iterable[Artifact], deck_template: Path | None = None
) -> dict[Artifact, str]:
    """What the bytes of each and the findings on it follow from, as 32 hexadecimal digits."""
    files = [sha256(file.read_bytes()).hexdigest() for file in named_files(pack)]
    template = sha256(deck_template.read_bytes()).hexdigest() if deck_template else ""
    slides: Slides = []

    def parts(artifact: Artifact) -> Iterator[str]:
        if artifact.kind == "sheet":
            return _sheet(pack, artifact)
        if not slides:
            from slides.outline import plan

            slides.extend((one, _said(one)) for one in plan(pack))
        own = _deck(pack, slides) if artifact.kind == "deck" else _guide(pack, artifact, slides)
        return chain((template,), own)

    return {
        one: short_digest(program(), one.kind, one.edition.name, *files, *parts(one))
        for one in artifacts
    }


def leaves(pack: Pack) -> dict[str, str]:
    """Every value of a pack as a short digest, by its way through the file."""
    return {path_text(path): short_digest(str(value))[:8] for path, value in values(pack)}


def named_files(pack: Pack) -> Iterator[Path]:
    """The pictures and videos that a pack names."""
    names = [pack.publisher.logo, pack.school.logo if pack.school else None]
    names += [name for video in pack.videos.values() for name in (video.file, video.poster)]
    yield from (pack.folder / name for name in names if name)


def reason(pack: Pack, artifact: Artifact, old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """Why an artifact is made again: the values that changed of those that it may show.

    Two are named, and how many there are besides.
    """
    every = [path for path in dict.fromkeys((*new, *old)) if old.get(path) != new.get(path)]
    parts = tuple(path_text(path) for path in _shown(pack, artifact))
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
    told = f"{first} and {second} {how}" if same == how else f"{first} {how}, {second} {same}"
    return f"{told}, and {len(more)} more" if more else told


def _sheet(pack: Pack, artifact: Artifact) -> Iterator[str]:
    from handouts.html import sheet_html

    handout = next(one for one in pack.handouts if one.id == artifact.id)
    yield f"{handout.template} {artifact.pages}"
    yield sheet_html(pack, handout, artifact.edition)


def _deck(pack: Pack, slides: Slides) -> Iterator[str]:
    about, deck = pack.about, pack.deck
    yield from (repr((one.key, said, one.notes, one.section)) for one, said in slides)
    yield repr((pack.school, pack.publisher.name, about.title, about.description, about.revised))
    yield repr((pack.locale, pack.labels.continued, deck and deck.title))


def _guide(pack: Pack, artifact: Artifact, slides: Slides) -> Iterator[str]:
    """A guide's own words, and what of each slide it shows."""
    from handouts.html import guide_html

    documents = (pack.deck.guide, pack.deck.notes_sheet) if pack.deck else ()
    document = next(one for one in documents if one and one.id == artifact.id)
    yield guide_html(pack, document, ())
    yield repr((pack.labels.continued, pack.labels.slide_alt))
    for one, said in slides:
        beside = (one.notes, one.until, one.hand_out) if isinstance(document, Guide) else ()
        yield repr((said, beside))


def _said(content: "SlideContent") -> tuple[object, ...]:
    """What stands on a slide, wherever in the content file it comes from."""
    texts = {name: [line.runs for line in lines] for name, lines in content.texts.items()}
    table = [[[line.runs for line in cell] for cell in row] for row in content.table]
    pictures = (content.code, content.movie, content.logo)
    title = content.title.runs
    return content.layout, title, texts, table, pictures, content.first_number, content.hidden


def _shown(pack: Pack, artifact: Artifact) -> Iterator[YamlPath]:
    """The parts of a pack that an artifact may show."""
    choices: list[Choice] = [
        block for one in pack.handouts if one.id == artifact.id for block in one.blocks
    ]
    for number, handout in enumerate(pack.handouts):
        if artifact.kind == "sheet" and handout.id == artifact.id:
            yield ("handouts", number)
    if artifact.kind != "sheet" and pack.deck:
        yield ("deck",)
        choices += pack.deck.slides
    for choice in choices:
        yield from ((choice.kind, name) for name in choice.names)
    contacts = pack.shown_contacts(choices, pack.about.help_strip)
    yield from (("contacts", name) for name, one in pack.contacts.items() if one in contacts)
    yield from (("pack",), ("publisher",), ("school",), ("labels",))
