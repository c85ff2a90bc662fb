"""The presenter's notes under each slide, as plain paragraphs in a fixed order."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pack import markdown
from pack.documents import Slide
from pack.model import Pack
from pack.notes import NotesKind, NotesPart
from slides.content import SpeakerNotes

#: Where one sentence ends and the next begins.
_SENTENCE = re.compile(r"(?<=[.!?…؟])\s+|(?<=[。！？])(?=.)")


def notes(pack: Pack, slide: Slide, until: str, hand_out: tuple[str, ...]) -> SpeakerNotes:
    """A slide's notes: minutes and clock, Say, Ask, Do, Hand out, If someone discloses, Source.

    `until` is the running clock at the slide's end, `hand_out` the titles of sheets to hand out.
    """
    labels = pack.labels
    items = pack.items(slide)

    def texts(name: str) -> Iterator[str]:
        own = getattr(slide, name, None)
        for text in [own] if own else [getattr(item, name, None) for item in items]:
            yield from _paragraphs(markdown.parse_body(text or ""))

    def part(kind: NotesKind, label: str, paragraphs: Iterable[str]) -> Iterator[NotesPart]:
        if shown := tuple(paragraphs):
            yield NotesPart(kind, label, shown)

    clock = ""
    if slide.minutes is not None:
        clock = labels.minutes.replace("{minutes}", str(slide.minutes)).replace("{clock}", until)
    comma = pack.script.comma
    always = [*part("disclose", labels.disclose, texts("disclose"))]
    if sources := [markdown.plain(source.name) for source in pack.shown_sources([slide])]:
        always += part("source", labels.source, [comma.join(sources)])
    if added := [
        markdown.plain(place.name) for place in pack.shown_contacts([slide]) if place.added
    ]:
        names = markdown.plain(labels.added.replace("{names}", comma.join(added)))
        always += part("source", "", [names])
    return SpeakerNotes(
        clock=clock,
        say_label=labels.say,
        say=tuple(texts("say")),
        after=(
            *part("ask", labels.ask, texts("ask")),
            *part("do", labels.do, texts("do")),
            *part("hand-out", labels.hand_out, hand_out),
        ),
        always=tuple(always),
    )


def divide(own: SpeakerNotes, share: float) -> tuple[SpeakerNotes, SpeakerNotes]:
    """The notes of a slide whose list runs on; the first part gets a share of the spoken text.

    The first part has the clock, the last part has what follows the talk, and both have what to do
    if someone discloses.
    """
    if not own.say:
        # Nothing can be divided: every part has all of it.
        return own, replace(own, clock="")
    spoken = own.say if len(own.say) > 1 else tuple(_SENTENCE.split("".join(own.say)))
    cut = min(max(round(len(spoken) * share), 1), max(len(spoken) - 1, 1))
    # A single sentence is repeated on both.
    rest = spoken[cut:] or spoken
    first = SpeakerNotes(own.clock, own.say_label, _joined(spoken[:cut], own.say), (), own.always)
    return first, SpeakerNotes("", own.say_label, _joined(rest, own.say), own.after, own.always)


def _joined(spoken: tuple[str, ...], whole: tuple[str, ...]) -> tuple[str, ...]:
    """Sentences as one paragraph, if they came from one."""
    if len(whole) > 1 or not whole:
        return spoken if whole else ()
    return (re.sub(r"(?<=[。！？]) ", "", " ".join(spoken)),)


def _paragraphs(blocks: markdown.Blocks, mark: str = "") -> Iterator[str]:
    """Paragraphs without markup, as notes show them; list items after a bullet or number."""
    for block in blocks:
        if isinstance(block, markdown.Bullets):
            for number, item in enumerate(block.items, start=1):
                yield from _paragraphs(item, f"{number}. " if block.ordered else "• ")
        elif isinstance(block, markdown.Table):
            for row in (block.head, *block.rows):
                yield " · ".join("".join(run.text for run in cell) for cell in row)
        else:
            yield mark + "".join(run.text for run in block.runs)
