"""What is on each slide: a pack's deck, resolved, with nothing of PowerPoint in it yet."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pack import markdown
from pack.documents import Deck, Slide
from pack.items import Contact, Point, Topic
from pack.markdown import TextRun, TextRuns
from pack.model import Pack, YamlPath
from pack.reach import mailto, numbers
from pack.types import is_placeholder, short_address
from slides import school
from slides.content import BREAK, Line, Lines, Movie, QrCode, SlideContent
from slides.speaker_notes import notes

#: The name of a layout in the template for each layout in the content file.
LAYOUTS = {
    "title": "Title",
    "section": "Section",
    "key-points": "Key points",
    "two-columns": "Two columns",
    "big-number": "Big number",
    "quote": "Quote",
    "conversation": "Conversation",
    "video": "Video",
    "steps": "Steps",
    "contacts": "Contacts",
    "take-home": "Take home",
    "closing": "Closing",
}


def plan(pack: Pack) -> tuple[SlideContent, ...]:
    """Every slide of the pack's deck, in order."""
    return tuple(_contents(pack, pack.deck)) if pack.deck else ()


def _contents(pack: Pack, deck: Deck) -> Iterator[SlideContent]:
    steps = clock = 0
    keys: dict[str, int] = {}
    for number, slide in enumerate(deck.slides):
        path: YamlPath = ("deck", "slides", number)
        clock += 0 if slide.hidden else slide.minutes or 0
        key = "/".join((slide.layout, slide.kind, *slide.names) if slide.kind else _own(slide))
        keys[key] = keys.get(key, 0) + 1
        title = _title_of(pack, slide, path)
        hand_out = tuple(
            markdown.plain(sheet.title) for sheet in pack.handouts if sheet.id in slide.hand_out
        )
        yield SlideContent(
            key=f"{key}#{keys[key]}",
            layout=LAYOUTS[slide.layout],
            title=title,
            notes=notes(pack, slide, _clock(clock), hand_out),
            until=_clock(clock) if slide.minutes and not slide.hidden else "",
            hand_out=hand_out,
            section=title.text if slide.layout in ("title", "section") else "",
            hidden=slide.hidden,
            first_number=steps + 1,
            **_BUILDERS[slide.layout](pack, slide, path),
        )
        steps += len(slide.steps)


def _own(slide: Slide) -> tuple[str, ...]:
    return (slide.layout, slide.title or "")


def _title_of(pack: Pack, slide: Slide, path: YamlPath) -> Line:
    if slide.title:
        return _plain(slide.title, (*path, "title"))
    for name, item in zip(slide.names, pack.items(slide), strict=True):
        for attribute in ("title", "name"):
            if text := getattr(item, attribute, None):
                return _plain(text, (slide.kind, name, attribute))
    return _plain("", path)


_Parts = dict[str, Any]


def _title(pack: Pack, slide: Slide, path: YamlPath) -> _Parts:
    publisher = _plain(pack.publisher.name, ("publisher", "name"))
    return {
        "texts": {
            "Text": _lines(slide.text, (*path, "text")),
            "Publisher": (school.name_line(pack.school) if pack.school else publisher,),
        },
        "logo": school.logo(pack),
    }


def _section(pack: Pack, slide: Slide, path: YamlPath) -> _Parts:
    return {"texts": {"Text": _lines(slide.text, (*path, "text"))}}


def _key_points(pack: Pack, slide: Slide, path: YamlPath) -> _Parts:
    points = [*_lines(slide.text, (*path, "text")), *_each_point(slide.points, (*path, "points"))]
    reach: list[Line] = []
    for name in slide.names:
        if slide.kind == "checklists":
            points += _each(
                [task.task for task in pack.checklists[name].tasks], ("checklists", name, "tasks")
            )
        else:
            points += () if slide.points else _points(pack, name)
            reach += _reach(pack, pack.topics[name])
    return {"texts": {"Text": tuple(points), "Help": tuple(reach)}}


def _two_columns(pack: Pack, slide: Slide, path: YamlPath) -> _Parts:
    texts: dict[str, Lines] = {}
    for side, name in zip(("Left", "Right"), slide.names, strict=False):
        texts[f"{side} head"] = (_plain(pack.topics[name].title, ("topics", name, "title")),)
        texts[side] = _points(pack, name)
    reach = [line for name in slide.names for line in _reach(pack, pack.topics[name])]
    return {"texts": {**texts, "Help": tuple(dict.fromkeys(reach))}}


def _big_number(pack: Pack, slide: Slide, path: YamlPath) -> _Parts:
    (name,) = slide.names
    figure = pack.figures[name]
    return {
        "texts": {
            "Number": _lines(figure.figure, ("figures", name, "figure")),
            "Text": _lines(figure.text, ("figures", name, "text")),
        }
    }


def _quote(pack: Pack, slide: Slide, path: YamlPath) -> _Parts:
    (name,) = slide.names
    quote = pack.quotes[name]
    text = pack.labels.quotes.replace("{text}", quote.text)
    who = ", ".join(pack.sources[source].name for source in quote.sources)
    return {
        "texts": {
            "Quote": _lines(text, ("quotes", name, "text")),
            "Source": (_plain(who, ("quotes", name, "from")),),
        }
    }


def _conversation(pack: Pack, slide: Slide, path: YamlPath) -> _Parts:
    (name,) = slide.names
    lines = _each(pack.conversations[name].lines, ("conversations", name, "lines"))
    return {"texts": {f"Line {number}": (line,) for number, line in enumerate(lines, start=1)}}


def _video(pack: Pack, slide: Slide, path: YamlPath) -> _Parts:
    (name,) = slide.names
    video = pack.videos[name]
    length = ""
    if video.minutes:
        length = pack.labels.video_length.replace("{minutes}", str(video.minutes))
    at: YamlPath = ("videos", name)
    return {
        "texts": {
            "Text": (
                *_lines(video.summary, (*at, "summary")),
                *_lines(length, ("labels", "video_length")),
            ),
            "Address": (
                *_lines(pack.labels.scan_to_watch, ("labels", "scan_to_watch")),
                Line(address_line(pack, video.url), (*at, "url")),
            ),
        },
        "code": _code(pack, video.url),
        "movie": Movie(
            pack.folder / video.file, pack.folder / video.poster, markdown.plain(video.title)
        )
        if video.file and video.poster
        else None,
    }


def _steps(pack: Pack, slide: Slide, path: YamlPath) -> _Parts:
    lines: list[Line] = []
    notes: list[Line] = []
    for name in slide.steps:
        step = pack.steps[name]
        runs = [_lead_in(step.title), *markdown.parse_line(step.short)]
        for contact in step.contacts:
            runs += [BREAK, *contact_line(pack, pack.contacts[contact])]
        lines.append(Line(tuple(runs), ("steps", name, "short")))
        if step.note:
            note = (_lead_in(step.note.title), *markdown.parse_line(step.note.body))
            notes.append(Line(note, ("steps", name, "note", "body")))
    texts = {"Steps": tuple(lines), "Note": tuple(notes)}
    return {"texts": texts, "numbered": len(lines)}


def _contacts(pack: Pack, slide: Slide, path: YamlPath) -> _Parts:
    labels = pack.labels
    rows = [(_lines(labels.reach, ("labels", "reach")), _lines(labels.use, ("labels", "use")))]
    for name in slide.contacts:
        contact, at = pack.contacts[name], ("contacts", name)
        reach = _ways(pack, contact)
        gap = TextRun("   ") if len(reach) < 3 else BREAK
        use = (_lead_in(contact.name), *markdown.parse_line(contact.use))
        rows.append(((Line(_joined(reach, gap), at),), (Line(use, (*at, "use")),)))
    return {"table": tuple(rows)}


def _take_home(pack: Pack, slide: Slide, path: YamlPath) -> _Parts:
    (name,) = slide.contacts
    url = pack.contacts[name].url or pack.publisher.website
    sheets = [handout.title for handout in pack.handouts]
    points = _each_point(slide.points, (*path, "points")) or _each(sheets, ("handouts",))
    return {
        "texts": {
            "Text": (*_lines(slide.text, (*path, "text")), *points),
            "Address": (Line(address_line(pack, url), ("contacts", name, "url")),),
        },
        "code": _code(pack, url),
    }


def _closing(pack: Pack, slide: Slide, path: YamlPath) -> _Parts:
    names = slide.contacts or pack.about.help_strip
    shown = [Line(contact_line(pack, pack.contacts[name]), ("contacts", name)) for name in names]
    if pack.school:
        shown.append(school.help_line(pack.school))
    return {
        "texts": {"Text": _lines(slide.text, (*path, "text")), "Help": tuple(shown)},
        "logo": school.logo(pack),
    }


_BUILDERS: Mapping[str, Callable[[Pack, Slide, YamlPath], _Parts]] = {
    "title": _title,
    "section": _section,
    "key-points": _key_points,
    "two-columns": _two_columns,
    "big-number": _big_number,
    "quote": _quote,
    "conversation": _conversation,
    "video": _video,
    "steps": _steps,
    "contacts": _contacts,
    "take-home": _take_home,
    "closing": _closing,
}


def contact_line(pack: Pack, contact: Contact) -> TextRuns:
    """A contact in one line: its name, and all ways to reach it."""
    name = TextRun(markdown.plain(contact.name) + ": ")
    return name, *_joined(_ways(pack, contact), TextRun(" · "))


def _ways(pack: Pack, contact: Contact) -> list[TextRuns]:
    """All that it takes to reach a contact: its numbers, its addresses, its hours."""
    shown: list[TextRuns] = [
        (TextRun(number.shown, bold=True),) for number in numbers(contact, pack)
    ]
    if contact.email:
        shown.append((TextRun(contact.email, link=mailto(contact.email)),))
    if contact.url:
        shown.append(address_line(pack, contact.url))
    if contact.hours:
        shown.append(markdown.parse_line(contact.hours))
    return shown


def _joined(pieces: Sequence[TextRuns], gap: TextRun) -> TextRuns:
    return tuple(run for runs in pieces for run in (gap, *runs))[1:]


def address_line(pack: Pack, url: str) -> TextRuns:
    """An address as people type it, with a warning before it if it is a placeholder."""
    link = TextRun(short_address(pack.printed(url)), link=url)
    return (TextRun(f"{pack.labels.sample_link} "), link) if is_placeholder(url) else (link,)


def _code(pack: Pack, url: str) -> QrCode:
    address = short_address(pack.printed(url))
    return QrCode(url, pack.labels.qr_alt.replace("{address}", address))


def _points(pack: Pack, topic: str) -> Lines:
    return _each_point(pack.topics[topic].points, ("topics", topic, "points"))


def _reach(pack: Pack, topic: Topic) -> Iterator[Line]:
    for name in topic.help:
        yield Line(contact_line(pack, pack.contacts[name]), ("contacts", name))


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _lead_in(title: str) -> TextRun:
    """A title at the start of its own text."""
    return TextRun(markdown.plain(markdown.sentence(title)) + " ", bold=True)


def _lines(text: str | None, path: YamlPath) -> Lines:
    return (Line(markdown.parse_line(text), path),) if text else ()


def _each(texts: Sequence[str], path: YamlPath) -> Lines:
    return tuple(
        Line(markdown.parse_line(text), (*path, number)) for number, text in enumerate(texts)
    )


def _each_point(points: Sequence[Point], path: YamlPath) -> Lines:
    return _each([point.text for point in points], path)


def _plain(text: str, path: YamlPath) -> Line:
    return Line((TextRun(markdown.plain(text)),) if text else (), path)
