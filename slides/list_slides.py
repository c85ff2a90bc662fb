"""Slides whose content is a list, a table or a single text: also the plain form of drawn slides."""

from collections.abc import Callable, Mapping
from typing import Any

from pack import markdown
from pack.documents import Slide
from pack.labels import quoted
from pack.markdown import TextRun
from pack.model import Pack, YamlPath
from slides import school
from slides.content import BREAK, Line, Lines, Movie
from slides.help_map import is_short
from slides.text_lines import (
    address_line,
    code,
    contact_line,
    each,
    each_point,
    joined,
    lead_in,
    lines,
    plain,
    reach,
    ways,
)
from slides.timeline import clock_text, sections

#: The size of 911 or 988 in the bar under a text, compared with the words beside it.
LARGE = 1.6

Parts = dict[str, Any]


def title(pack: Pack, slide: Slide, path: YamlPath) -> Parts:
    host = plain(pack.publisher.name, ("publisher", "name"))
    if pack.school:
        host = school.name_line(pack, pack.school)
    # This layout has no footer that could say so.
    draft = (plain(pack.labels.draft, ("labels", "draft")),) if pack.is_draft else ()
    return {
        "layout": "Title",
        "texts": {
            "Text": lines(slide.text, (*path, "text")),
            "Publisher": (*draft, host, *school.phone_line(pack)),
        },
        "logo": school.logo(pack),
    }


def section(pack: Pack, slide: Slide, path: YamlPath) -> Parts:
    return {"layout": "Section", "texts": {"Text": lines(slide.text, (*path, "text"))}}


def key_points(pack: Pack, slide: Slide, path: YamlPath) -> Parts:
    points = [*lines(slide.text, (*path, "text")), *each_point(slide.points, (*path, "points"))]
    help_lines: list[Line] = []
    for name in slide.names:
        if slide.kind == "checklists":
            points += each(
                [task.task for task in pack.checklists[name].tasks], ("checklists", name, "tasks")
            )
        else:
            points += () if slide.points else topic_points(pack, name)
            help_lines += reach(pack, pack.topics[name], LARGE if len(slide.names) == 1 else 1)
    return {
        "layout": "Key points",
        "texts": {"Text": tuple(points), "Help": tuple(help_lines)},
    }


def topic_points(pack: Pack, topic: str) -> Lines:
    return each_point(pack.topics[topic].points, ("topics", topic, "points"))


def two_columns(pack: Pack, slide: Slide, path: YamlPath) -> Parts:
    texts: dict[str, Lines] = {}
    for side, name in zip(("Left", "Right"), slide.names, strict=False):
        texts[f"{side} head"] = (plain(pack.topics[name].title, ("topics", name, "title")),)
        texts[side] = topic_points(pack, name)
    help_lines = [line for name in slide.names for line in reach(pack, pack.topics[name])]
    return {
        "layout": "Two columns",
        "texts": {**texts, "Help": tuple(dict.fromkeys(help_lines))},
    }


def big_number(pack: Pack, slide: Slide, path: YamlPath) -> Parts:
    (name,) = slide.names
    figure = pack.figures[name]
    return {
        "layout": "Big number",
        "texts": {
            "Number": lines(figure.figure, ("figures", name, "figure")),
            "Text": lines(figure.text, ("figures", name, "text")),
        },
    }


def quote(pack: Pack, slide: Slide, path: YamlPath) -> Parts:
    (name,) = slide.names
    found = pack.quotes[name]
    text = quoted(pack.labels.quotes, found.text)
    names = (pack.sources[source].name for source in found.sources)
    who = pack.script.comma.join(names)
    return {
        "layout": "Quote",
        "texts": {
            "Quote": lines(text, ("quotes", name, "text")),
            "Source": (plain(who, ("quotes", name, "from")),),
        },
    }


def conversation(pack: Pack, slide: Slide, path: YamlPath) -> Parts:
    (name,) = slide.names
    at: YamlPath = ("conversations", name)
    when = lines(pack.conversations[name].when, (*at, "when"))
    said = each(pack.conversations[name].lines, (*at, "lines"))
    return {"layout": "Key points", "texts": {"Text": (*when, *said)}}


def video(pack: Pack, slide: Slide, path: YamlPath) -> Parts:
    (name,) = slide.names
    found = pack.videos[name]
    length = ""
    if found.minutes:
        length = pack.labels.video_length.replace("{minutes}", str(found.minutes))
    at: YamlPath = ("videos", name)
    return {
        "layout": "Video",
        "texts": {
            "Text": (
                *lines(found.summary, (*at, "summary")),
                *lines(length, ("labels", "video_length")),
            ),
            "Address": (
                *lines(pack.labels.scan_to_watch, ("labels", "scan_to_watch")),
                Line(address_line(pack, found.url), (*at, "url")),
            ),
        },
        "code": code(pack, found.url),
        "movie": Movie(
            pack.folder / found.file, pack.folder / found.poster, markdown.plain(found.title)
        )
        if found.file and found.poster
        else None,
    }


def steps(pack: Pack, slide: Slide, path: YamlPath) -> Parts:
    found: list[Line] = []
    notes: list[Line] = []
    for name in slide.steps:
        step = pack.steps[name]
        runs = [lead_in(pack, step.title), *markdown.parse_line(step.short)]
        for contact in step.contacts:
            runs += [BREAK, *contact_line(pack, pack.contacts[contact])]
        found.append(Line(tuple(runs), ("steps", name, "short")))
        if step.note:
            note = (lead_in(pack, step.note.title), *markdown.parse_line(step.note.body))
            notes.append(Line(note, ("steps", name, "note", "body")))
    return {
        "layout": "Steps",
        "texts": {"Steps": tuple(found), "Note": tuple(notes)},
        "numbers": tuple(pack.step_number(name) for name in slide.steps),
    }


def contacts(pack: Pack, slide: Slide, path: YamlPath) -> Parts:
    labels = pack.labels
    rows = [(lines(labels.reach, ("labels", "reach")), lines(labels.use, ("labels", "use")))]
    for name in slide.contacts:
        contact, at = pack.contacts[name], ("contacts", name)
        found = ways(pack, contact)
        gap = TextRun(" · ") if len(found) < 3 else BREAK
        use = (lead_in(pack, contact.name), *markdown.parse_line(contact.use))
        rows.append(((Line(joined(found, gap), at),), (Line(use, (*at, "use")),)))
    if phone := school.phone_line(pack):
        rows.append((phone, (plain(pack.labels.my_school, ("labels", "my_school")),)))
    return {"layout": "Contacts", "table": tuple(rows)}


def take_home(pack: Pack, slide: Slide, path: YamlPath) -> Parts:
    contact, points = take_home_items(pack, slide, path)
    url = pack.contacts[contact].url or pack.publisher.website
    return {
        "layout": "Take home",
        "texts": {
            "Text": (*lines(slide.text, (*path, "text")), *points),
            "Address": (Line(address_line(pack, url), ("contacts", contact, "url")),),
        },
        "code": code(pack, url),
    }


def take_home_items(pack: Pack, slide: Slide, path: YamlPath) -> tuple[str, Lines]:
    """The contact whose address is scanned, and what there is to take home."""
    (name,) = slide.names
    own = each_point(slide.points, (*path, "points"))
    if slide.kind == "topics":
        return pack.topics[name].help[0], own or topic_points(pack, name)
    return name, own or each([handout.title for handout in pack.handouts], ("handouts",))


def closing(pack: Pack, slide: Slide, path: YamlPath) -> Parts:
    names = slide.contacts or pack.about.help_strip
    if pack.school:
        # They leave room for the school; the others are on the slide with all contacts.
        short = tuple(name for name in names if is_short(pack, pack.contacts[name]))
        names = short or names
    shown = [Line(contact_line(pack, pack.contacts[name]), ("contacts", name)) for name in names]
    if pack.school:
        shown.append(school.help_line(pack, pack.school))
    return {
        "layout": "Closing in full",
        "texts": {"Text": lines(slide.text, (*path, "text")), "Help": tuple(shown)},
        "logo": school.logo(pack),
    }


def agenda(pack: Pack, slide: Slide, path: YamlPath) -> Parts:
    parts = agenda_parts(pack)
    shown = [Line((*name.runs, TextRun(": "), *clock.runs), name.path) for name, clock, _ in parts]
    return {"layout": "Key points", "texts": {"Text": tuple(shown)}}


def agenda_parts(pack: Pack) -> list[tuple[Line, Line, int]]:
    """The name of each part of the talk, how long it lasts in words, and in minutes."""
    found = []
    for name, first, last in sections(pack):
        label = pack.labels.minutes.replace("{minutes}", str(last - first))
        label = label.replace("{clock}", clock_text(last))
        name_line = Line((TextRun(name, bold=True),), ("deck", "slides"))
        found.append((name_line, Line((TextRun(label),), ("labels", "minutes")), last - first))
    return found


#: What makes the content of a slide, by the layout in the content file.
BUILDERS: Mapping[str, Callable[[Pack, Slide, YamlPath], Parts]] = {
    "title": title,
    "section": section,
    "key-points": key_points,
    "two-columns": two_columns,
    "big-number": big_number,
    "people": big_number,
    "quote": quote,
    "say": conversation,
    "video": video,
    "path": steps,
    "help-map": contacts,
    "take-home": take_home,
    "closing": closing,
    "timeline": agenda,
    **dict.fromkeys(
        ("statement", "process", "bubbles", "cycle", "fork", "compare", "grid", "checklist"),
        key_points,
    ),
}
