"""What stands on each slide: a pack's deck, resolved, with nothing of PowerPoint in it yet."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from source import inline
from source.inline import Run, Runs
from source.kinds import is_placeholder, short_address
from source.model import (
    AnyItem,
    Checklist,
    Contact,
    Conversation,
    Figure,
    Pack,
    Slide,
    Step,
    Topic,
    Video,
)

#: The name of a layout in the template for each layout in the content file.
LAYOUTS = {
    "title": "Title",
    "section": "Section",
    "key-points": "Key points",
    "big-number": "Big number",
    "conversation": "Conversation",
    "video": "Video",
    "steps": "Steps",
    "contacts": "Contacts",
    "take-home": "Take home",
    "closing": "Closing",
}

Paragraphs = tuple[Runs, ...]
_BREAK = Run("\n")


@dataclass(frozen=True)
class Code:
    """A QR code: where it leads, and what a screen reader says for it."""

    address: str
    alt: str


@dataclass(frozen=True)
class Content:
    """A slide: the texts of its placeholders by their name in the layout, and its notes.

    `table` holds rows of cells, the first row being the heads of the columns; `first_number`
    is where the numbering of steps starts, so that it runs on over several slides.
    """

    layout: str
    title: str
    texts: Mapping[str, Paragraphs] = field(default_factory=dict)
    code: Code | None = None
    table: tuple[tuple[Paragraphs, ...], ...] = ()
    first_number: int = 1
    notes: tuple[str, ...] = ()


def plan(pack: Pack) -> tuple[Content, ...]:
    """Every slide of the pack's deck, in order."""
    contents = []
    steps = 0
    for slide in pack.deck.slides if pack.deck else ():
        content = replace(_content(pack, slide), notes=_notes(pack, slide), first_number=steps + 1)
        contents.append(content)
        steps += len(slide.steps)
    return tuple(contents)


def _content(pack: Pack, slide: Slide) -> Content:
    builders: Mapping[str, Callable[[Pack, Slide, tuple[AnyItem, ...]], Content]] = {
        "title": _title,
        "section": _section,
        "key-points": _key_points,
        "big-number": _big_number,
        "conversation": _conversation,
        "video": _video,
        "steps": _steps,
        "contacts": _contacts,
        "take-home": _take_home,
        "closing": _closing,
    }
    items = pack.items(slide)
    content = builders[slide.layout](pack, slide, items)
    own = [getattr(item, "title", "") for item in items]
    title = next(filter(None, (slide.title, content.title, *own)), "")
    return replace(content, layout=LAYOUTS[slide.layout], title=inline.plain(title))


def _title(pack: Pack, slide: Slide, items: tuple[AnyItem, ...]) -> Content:
    return Content(
        "", "", {"Text": _lines(slide.text), "Publisher": (_plain(pack.publisher.name),)}
    )


def _section(pack: Pack, slide: Slide, items: tuple[AnyItem, ...]) -> Content:
    return Content("", "", {"Text": _lines(slide.text)})


def _key_points(pack: Pack, slide: Slide, items: tuple[AnyItem, ...]) -> Content:
    points = [*_lines(slide.text), *_lines(*slide.points)]
    reach: list[Runs] = []
    for item in items:
        if isinstance(item, Topic):
            points += () if slide.points else _lines(*item.points)
            reach += [contact_line(pack, pack.contacts[name]) for name in item.help]
        elif isinstance(item, Checklist):
            points += _lines(*(task.task for task in item.tasks))
    return Content("", "", {"Text": tuple(points), "Help": tuple(reach)})


def _big_number(pack: Pack, slide: Slide, items: tuple[AnyItem, ...]) -> Content:
    figures = [item for item in items if isinstance(item, Figure)]
    return Content(
        "",
        "",
        {
            "Number": _lines(*(figure.figure for figure in figures)),
            "Text": _lines(*(figure.text for figure in figures)),
        },
    )


def _conversation(pack: Pack, slide: Slide, items: tuple[AnyItem, ...]) -> Content:
    said = [line for item in items if isinstance(item, Conversation) for line in item.lines]
    texts = {f"Line {number}": _lines(line) for number, line in enumerate(said, start=1)}
    return Content("", "", texts)


def _video(pack: Pack, slide: Slide, items: tuple[AnyItem, ...]) -> Content:
    (video,) = (item for item in items if isinstance(item, Video))
    length = (
        _lines(pack.labels.video_length.replace("{minutes}", str(video.minutes)))
        if video.minutes
        else ()
    )
    return Content(
        "",
        "",
        {
            "Text": (*_lines(video.summary), *length),
            "Address": (
                *_lines(pack.labels.scan_to_watch),
                address_line(video.url, pack.labels.sample_link),
            ),
        },
        code=_code(pack, video.url),
    )


def _steps(pack: Pack, slide: Slide, items: tuple[AnyItem, ...]) -> Content:
    steps = [item for item in items if isinstance(item, Step)]
    lines: list[Runs] = []
    notes: list[Runs] = []
    for step in steps:
        runs = [_lead_in(step.title), *inline.parse_line(step.short)]
        for name in step.contacts:
            runs += [_BREAK, *contact_line(pack, pack.contacts[name])]
        lines.append(tuple(runs))
        if step.note:
            notes.append((_lead_in(step.note.title), *inline.parse_line(step.note.body)))
    return Content("", "", {"Steps": tuple(lines), "Note": tuple(notes)})


def _contacts(pack: Pack, slide: Slide, items: tuple[AnyItem, ...]) -> Content:
    rows: list[tuple[Paragraphs, ...]] = [
        (_lines(pack.labels.reach), _lines(pack.labels.use)),
    ]
    for contact in (item for item in items if isinstance(item, Contact)):
        reach: list[Runs] = []
        if contact.phone:
            reach.append((Run(contact.phone, bold=True),))
        if contact.url:
            reach.append(address_line(contact.url, pack.labels.sample_link))
        name = (Run(inline.plain(contact.name), bold=True),)
        rows.append((tuple(reach), (name, inline.parse_line(contact.use))))
    return Content("", "", table=tuple(rows))


def _take_home(pack: Pack, slide: Slide, items: tuple[AnyItem, ...]) -> Content:
    (contact,) = (item for item in items if isinstance(item, Contact))
    points = _lines(*slide.points) or tuple(_plain(one.title) for one in pack.handouts)
    url = contact.url or pack.publisher.website
    return Content(
        "",
        inline.plain(contact.name),
        {
            "Text": (*_lines(slide.text), *points),
            "Address": (address_line(url, pack.labels.sample_link),),
        },
        code=_code(pack, url),
    )


def _closing(pack: Pack, slide: Slide, items: tuple[AnyItem, ...]) -> Content:
    shown = [pack.contacts[name] for name in (slide.contacts or pack.pack.help_strip)]
    return Content(
        "",
        "",
        {
            "Text": _lines(slide.text),
            "Help": tuple(contact_line(pack, contact) for contact in shown),
        },
    )


def contact_line(pack: Pack, contact: Contact) -> Runs:
    """A contact in one line: its name, what to dial, what to open."""
    runs = [Run(inline.plain(contact.name) + ": ")]
    if contact.phone:
        runs.append(Run(contact.phone, bold=True))
    if contact.url:
        runs += [Run(" · ")] if contact.phone else []
        runs += address_line(contact.url, pack.labels.sample_link)
    return tuple(runs)


def address_line(url: str, sample: str) -> Runs:
    """An address as people type it, with a warning before it if it is a stand-in."""
    link = Run(short_address(url), link=url)
    return (Run(f"{sample} "), link) if is_placeholder(url) else (link,)


def _code(pack: Pack, url: str) -> Code:
    return Code(url, pack.labels.qr_alt.replace("{address}", short_address(url)))


def _notes(pack: Pack, slide: Slide) -> tuple[str, ...]:
    """The presenter's notes, in a fixed order: minutes, Say, Ask, Do, Source."""
    labels = pack.labels
    items = pack.items(slide)

    def texts(name: str) -> list[str]:
        own = getattr(slide, name, None)
        found = [own] if own else [getattr(item, name, None) for item in items]
        return [
            plain for text in found if text for plain in _plain_paragraphs(inline.parse_body(text))
        ]

    notes: list[str] = []
    if slide.minutes is not None:
        notes.append(labels.minutes.replace("{minutes}", str(slide.minutes)))
    for label, paragraphs in (
        (labels.say, texts("say")),
        (labels.ask, texts("ask")),
        (labels.do, texts("do")),
        (labels.source, [inline.plain(one.name) for one in pack.shown_sources([slide])]),
    ):
        if paragraphs:
            joined = [", ".join(paragraphs)] if label == labels.source else paragraphs
            notes += [f"{label}: {joined[0]}", *joined[1:]]
    if added := [inline.plain(one.name) for one in pack.shown_contacts([slide]) if one.added]:
        notes.append(inline.plain(labels.added.replace("{names}", ", ".join(added))))
    return tuple(notes)


def _plain_paragraphs(blocks: inline.Blocks, mark: str = "") -> Iterator[str]:
    """Paragraphs without markup, as notes show them; items of lists behind a mark."""
    for block in blocks:
        if isinstance(block, inline.Bullets):
            for number, item in enumerate(block.items, start=1):
                yield from _plain_paragraphs(item, f"{number}. " if block.ordered else "• ")
        else:
            yield mark + "".join(run.text for run in block.runs)


def _lead_in(title: str) -> Run:
    """A title at the head of its own text."""
    return Run(inline.plain(inline.sentence(title)) + " ", bold=True)


def _lines(*texts: str | None) -> Paragraphs:
    return tuple(inline.parse_line(text) for text in texts if text)


def _plain(text: str) -> Runs:
    return (Run(inline.plain(text)),)
