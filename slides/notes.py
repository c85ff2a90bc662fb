"""The presenter's notes under each slide, as plain paragraphs in a fixed order."""

from collections.abc import Iterator

from source import inline
from source.documents import Slide
from source.model import Pack


def notes(pack: Pack, slide: Slide, until: str) -> tuple[str, ...]:
    """The presenter's notes, in a fixed order.

    Minutes and running clock, Say, Ask, Do, If someone discloses, Source, local additions.
    """
    labels = pack.labels
    items = pack.items(slide)

    def texts(name: str) -> list[str]:
        own = getattr(slide, name, None)
        found = [own] if own else [getattr(item, name, None) for item in items]
        return [plain for text in found if text for plain in _paragraphs(inline.parse_body(text))]

    found: list[str] = []
    if slide.minutes is not None:
        found.append(
            labels.minutes.replace("{minutes}", str(slide.minutes)).replace("{clock}", until)
        )
    for label, paragraphs in (
        (labels.say, texts("say")),
        (labels.ask, texts("ask")),
        (labels.do, texts("do")),
        (labels.disclose, texts("disclose")),
    ):
        if paragraphs:
            found += [f"{label}: {paragraphs[0]}", *paragraphs[1:]]
    if sources := [inline.plain(one.name) for one in pack.shown_sources([slide])]:
        found.append(f"{labels.source}: {', '.join(sources)}")
    if added := [inline.plain(one.name) for one in pack.shown_contacts([slide]) if one.added]:
        found.append(inline.plain(labels.added.replace("{names}", ", ".join(added))))
    return tuple(found)


def _paragraphs(blocks: inline.Blocks, mark: str = "") -> Iterator[str]:
    """Paragraphs without markup, as notes show them; items of lists behind a mark."""
    for block in blocks:
        if isinstance(block, inline.Bullets):
            for number, item in enumerate(block.items, start=1):
                yield from _paragraphs(item, f"{number}. " if block.ordered else "• ")
        else:
            yield mark + "".join(run.text for run in block.runs)
