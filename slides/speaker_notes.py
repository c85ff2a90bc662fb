"""The presenter's notes under each slide, as plain paragraphs in a fixed order."""

import re
from collections.abc import Iterator

from pack import markdown
from pack.documents import Slide
from pack.model import Pack
from slides.content import SpeakerNotes, labeled

#: Where one sentence ends and the next begins.
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


def notes(pack: Pack, slide: Slide, until: str) -> SpeakerNotes:
    """The notes of a slide: minutes and running clock, Say, Ask, Do, If someone discloses, Source.

    `until` is the clock at the slide's end.
    """
    labels = pack.labels
    items = pack.items(slide)

    def texts(name: str) -> Iterator[str]:
        own = getattr(slide, name, None)
        for text in [own] if own else [getattr(item, name, None) for item in items]:
            yield from _paragraphs(markdown.parse_body(text or ""))

    clock = ""
    if slide.minutes is not None:
        clock = labels.minutes.replace("{minutes}", str(slide.minutes)).replace("{clock}", until)
    always = [*labeled(labels.disclose, texts("disclose"))]
    if sources := [markdown.plain(one.name) for one in pack.shown_sources([slide])]:
        always.append(f"{labels.source}: {', '.join(sources)}")
    if added := [markdown.plain(one.name) for one in pack.shown_contacts([slide]) if one.added]:
        always.append(markdown.plain(labels.added.replace("{names}", ", ".join(added))))
    return SpeakerNotes(
        clock=clock,
        say_label=labels.say,
        say=tuple(texts("say")),
        after=(*labeled(labels.ask, texts("ask")), *labeled(labels.do, texts("do"))),
        always=tuple(always),
    )


def divide(own: SpeakerNotes, share: float) -> tuple[SpeakerNotes, SpeakerNotes]:
    """The notes of a slide whose list runs on: of what is said, the first part gets a share.

    The clock stands on the first part, what follows the talk on the last, and what to do if
    somebody tells stands on both.
    """
    said = own.say if len(own.say) > 1 else tuple(_SENTENCE.split("".join(own.say)))
    cut = min(max(round(len(said) * share), 1), max(len(said) - 1, 1))
    # Where there is one sentence only, it is said on both.
    rest = said[cut:] or said
    first = SpeakerNotes(own.clock, own.say_label, _together(said[:cut], own.say), (), own.always)
    return first, SpeakerNotes("", own.say_label, _together(rest, own.say), own.after, own.always)


def _together(said: tuple[str, ...], whole: tuple[str, ...]) -> tuple[str, ...]:
    """Sentences that were taken from one paragraph, as one again."""
    return said if len(whole) > 1 else (" ".join(said),) if whole else ()


def _paragraphs(blocks: markdown.Blocks, mark: str = "") -> Iterator[str]:
    """Paragraphs without markup, as notes show them; items of lists behind a mark."""
    for block in blocks:
        if isinstance(block, markdown.Bullets):
            for number, item in enumerate(block.items, start=1):
                yield from _paragraphs(item, f"{number}. " if block.ordered else "• ")
        else:
            yield mark + "".join(run.text for run in block.runs)
