"""What is on each slide: a pack's deck, resolved, with nothing of PowerPoint in it yet."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pack import markdown
from pack.documents import Deck, Slide
from pack.markdown import ROOM, with_ending_bound
from pack.model import Pack, YamlPath
from slides.automatic import automatic
from slides.content import Line, SlideContent, Track
from slides.drawn_slides import DRAWERS
from slides.fit import numbered
from slides.foot import help_numbers
from slides.list_slides import BUILDERS
from slides.speaker_notes import notes
from slides.text_lines import after_colons, capitalized, plain
from slides.timeline import clock_text

#: The most steps on one slide.
_STEPS = 3

#: How far the door is open on the first slide, and by how much further on each section's.
_AJAR, _FURTHER, _WIDEST = 0.42, 0.16, 0.9

#: The most letters of words that are bound together in a narrow column.
_NARROW = 12

#: How the names of layouts with narrow columns begin.
_COLUMNS = (
    "Bubbles",
    "Cycle",
    "Fork",
    "Grid",
    "Path of three",
    "Process",
    "Take home in pictures",
)

#: How the names of layouts with titles of 54 pt and more begin.
_LARGE_TITLES = ("Title", "Section", "Statement", "Closing")

#: Languages with a space after each syllable, of which words have one or two.
_IN_SYLLABLES = ("vi",)

#: The most parts of a talk of which the foot of a slide shows how many are done.
_MOST_PARTS = 10


def plan(pack: Pack) -> tuple[SlideContent, ...]:
    """Every slide of the pack's deck, in order."""
    if not pack.deck:
        return ()
    numbers = help_numbers(pack)
    return tuple(
        slide if slide.layout.startswith("Closing") else replace(slide, help_numbers=numbers)
        for slide in _with_track(pack, list(_contents(pack, pack.deck)))
    )


def _contents(pack: Pack, deck: Deck) -> Iterator[SlideContent]:
    clock = 0
    keys: dict[str, int] = {}
    for number, slide in enumerate(deck.slides):
        path: YamlPath = ("deck", "slides", number)
        clock += 0 if slide.hidden else slide.minutes or 0
        if slide.layout == "auto":
            slide = slide.model_copy(update={"layout": automatic(pack, slide)})
        parts = list(_parts(slide))
        for at, part in enumerate(parts, start=1):
            key = "/".join((part.layout, part.kind, *part.names) if part.kind else _own(part))
            keys[key] = keys.get(key, 0) + 1
            title = _title_of(pack, part, path)
            if len(parts) > 1:
                title = numbered(title, pack.labels.continued, at, len(parts))
            hand_out = tuple(
                markdown.plain(sheet.title) for sheet in pack.handouts if sheet.id in part.hand_out
            )
            made = SlideContent(
                key=f"{key}#{keys[key]}",
                title=title,
                notes=notes(pack, part, clock_text(clock), hand_out),
                until=clock_text(clock) if part.minutes and not part.hidden else "",
                hand_out=hand_out,
                minutes=0 if part.hidden else part.minutes or 0,
                noted=part.noted,
                section=title.text if part.layout in ("title", "section") else "",
                hidden=part.hidden,
                **BUILDERS[part.layout](pack, part, path),
            )
            draw = DRAWERS.get(part.layout)
            drawn = draw(pack, part, path, made) if draw else None
            yield _bound(drawn or made, pack.about.language)


def _bound(content: SlideContent, language: str) -> SlideContent:
    """A slide in a language on which no text ends in a row of a lost word.

    What a school says is shown exactly as it is written, and an address may stand alone.
    """
    room = _NARROW if content.layout.startswith(_COLUMNS) else ROOM

    def bound(line: Line) -> Line:
        if line.path[:1] == ("school",) or any(run.link for run in line.runs):
            return line
        return replace(line, runs=with_ending_bound(line.runs, room))

    texts = {name: tuple(map(bound, lines)) for name, lines in content.texts.items()}
    if not content.layout.startswith(_LARGE_TITLES):
        return replace(content, title=bound(content.title), texts=texts)
    # On dark slides, a title is so large that it may break anywhere but within "30 seconds".
    kept = r"(?<=\d) (?=\w)"
    if language.partition("-")[0] in _IN_SYLLABLES:
        kept += r"| (?=\S+$)"
    return replace(content, title=_with_spaces_kept(content.title, kept), texts=texts)


def _with_spaces_kept(line: Line, spaces: str) -> Line:
    """A line that doesn't break at what matches the pattern `spaces`."""
    runs = (replace(run, text=re.sub(spaces, "\N{NO-BREAK SPACE}", run.text)) for run in line.runs)
    return replace(line, runs=tuple(runs))


def _parts(slide: Slide) -> Iterator[Slide]:
    """The slide, or a slide for each few of its steps."""
    yield (
        slide
        if len(slide.steps) <= _STEPS
        else slide.model_copy(update={"steps": slide.steps[:_STEPS]})
    )
    for start in range(_STEPS, len(slide.steps), _STEPS):
        rest = {"steps": slide.steps[start : start + _STEPS], "minutes": None, "hand_out": ()}
        yield slide.model_copy(update=rest)


def _own(slide: Slide) -> tuple[str, ...]:
    return (slide.layout, slide.title or "")


def _title_of(pack: Pack, slide: Slide, path: YamlPath) -> Line:
    if slide.title:
        return plain(slide.title, (*path, "title"))
    for name, item in zip(slide.names, pack.items(slide), strict=True):
        for attribute in ("title", "name"):
            if text := getattr(item, attribute, None):
                return plain(text, (slide.kind, name, attribute))
    return plain("", path)


def _with_track(pack: Pack, contents: Sequence[SlideContent]) -> Iterator[SlideContent]:
    """The slides, each with how far the talk has come by then; the door opens with it."""
    names = [content.section for content in contents if content.section]
    if contents and not contents[0].section:
        names.insert(0, "")
    part = 0
    for number, content in enumerate(contents):
        part += bool(content.section and number)
        if pack.about.motif and content.layout in ("Title", "Section"):
            content = replace(content, door=min(_AJAR + _FURTHER * part, _WIDEST))
        if pack.about.motif and content.layout == "Closing":
            content = replace(content, door=1)
        if 1 < len(names) <= _MOST_PARTS:
            # The first part is named by what the title of the talk says about its topic.
            name = after_colons(names[part]) if not part else names[part]
            track = Track(part, len(names), capitalized(name))
            content = replace(content, track=track)
        yield content
