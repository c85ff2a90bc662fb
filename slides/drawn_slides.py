"""Slides that show how their points hang together: as pictures, with the same text as a list.

Each function makes one from the slide as a list, or returns None if its points don't suit the
picture. Then, or if a text does not fit, the list is shown.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pack import markdown
from pack.documents import Slide
from pack.items import Point
from pack.labels import fill
from pack.markdown import TextRun, TextRuns
from pack.model import Pack, YamlPath
from slides.content import BREAK, Line, Lines, Sign, SlideContent
from slides.help_map import help_map, is_short, scaled
from slides.list_slides import LARGE, agenda_parts, take_home_items
from slides.text_lines import (
    capitalized,
    contact_line,
    each,
    halves,
    joined,
    plain,
)

#: The layouts for a number of points end in its name.
_COUNTS = {1: "one", 2: "two", 3: "three", 4: "four", 6: "six"}

#: The size of a step's title, compared with the text below.
_HEAD = 1.12

#: The size of the contacts on the last slide, compared with that for a school with a long name.
_READ = 24 / 20

#: The most bands beside a code.
_BANDS = 4

Drawn = SlideContent | None


@dataclass(frozen=True)
class _Points:
    """The points of a slide by their places, with where they are in the file."""

    every: tuple[tuple[Point, Line], ...]

    def at(self, place: str | None) -> Lines:
        return tuple(line for point, line in self.every if point.place == place)

    def ways(self) -> dict[str, Lines]:
        """What the ways of a fork are called."""
        return next(
            (
                _numbered(each(point.ways, (*line.path, "ways")), "Way")
                for point, line in self.every
                if point.ways
            ),
            {},
        )

    @property
    def loose(self) -> tuple[tuple[Point, Line], ...]:
        """Those without a place of their own."""
        return tuple((point, line) for point, line in self.every if not point.place)


def _points(pack: Pack, slide: Slide, path: YamlPath) -> _Points:
    if slide.points or not slide.names:
        points, at = slide.points, (*path, "points")
    else:
        (name,) = slide.names[:1]
        points, at = pack.topics[name].points, ("topics", name, "points")
    found = each([point.text for point in points], at)
    return _Points(tuple(zip(points, found, strict=True)))


def _pictured(pack: Pack, made: SlideContent, points: _Points) -> SlideContent:
    """The slide with its claim as the title, and what goes into the bars under the picture."""
    texts: dict[str, Lines] = {}
    title = made.title
    if claim := points.at("claim"):
        texts["Kicker"] = (made.title,)
        title = _without_stop(claim[0])
    below, help_lines = points.at("below"), made.texts.get("Help", ())
    if below and not help_lines:
        below, help_lines = (), tuple(map(_bold, below))
    texts |= {"Below": below, "Help": help_lines}
    return replace(made, title=title, texts=texts, numbers=(), plain=made)


def _bold(line: Line) -> Line:
    return replace(line, runs=tuple(replace(run, bold=True) for run in line.runs))


def _without_stop(line: Line) -> Line:
    """A sentence as a title, without its full stop."""
    last = line.runs[-1]
    one = line.text.count(". ") == 0 and line.text.count("。") < 2
    if line.text.endswith((".", "。")) and not line.text.endswith("..") and one:
        return replace(line, runs=(*line.runs[:-1], replace(last, text=last.text[:-1])))
    return line


def _signs(pack: Pack, points: Sequence[tuple[Point, Line]], name: str) -> dict[str, Sign]:
    return {
        f"{name} {number}": Sign(point.sign, pack.folder)
        for number, (point, _) in enumerate(points, start=1)
        if point.sign
    }


def _numbered(lines: Sequence[Line], name: str) -> dict[str, Lines]:
    return {f"{name} {number}": (line,) for number, line in enumerate(lines, start=1)}


def _of(layout: str, counts: Sequence[int]) -> Callable[..., Drawn]:
    """A picture of several points that are alike: grid, process, bubbles."""

    def draw(pack: Pack, slide: Slide, path: YamlPath, made: SlideContent) -> Drawn:
        points = _points(pack, slide, path)
        loose = points.loose
        others = len(points.every) - len(loose) - len(points.at("claim") + points.at("below"))
        if len(loose) not in counts or others or len(slide.names) > 1 or slide.text:
            return None
        drawn = _pictured(pack, made, points)
        threats = {
            f"Point {number}" for number, (point, _) in enumerate(loose, start=1) if point.tone
        }
        return replace(
            drawn,
            layout=f"{layout} of {_COUNTS[len(loose)]}",
            texts=_ordered(drawn.texts, _numbered([line for _, line in loose], "Point")),
            signs=_signs(pack, loose, "Point"),
            threats=frozenset(threats),
        )

    return draw


def _ordered(texts: Mapping[str, Lines], points: Mapping[str, Lines]) -> dict[str, Lines]:
    """The texts in the order in which they are read."""
    first = {name: texts[name] for name in ("Kicker",) if name in texts}
    rest = {name: found for name, found in texts.items() if name not in first}
    return {**first, **points, **rest}


def cycle(pack: Pack, slide: Slide, path: YamlPath, made: SlideContent) -> Drawn:
    points = _points(pack, slide, path)
    loose = points.loose
    topic = pack.topics[slide.names[0]] if slide.names else None
    if len(loose) not in (3, 4) or not topic or not topic.exit or made.texts.get("Help"):
        return None
    drawn = _pictured(pack, made, points)
    way_out = plain(pack.topics[topic.exit].title, ("topics", topic.exit, "title"))
    below = tuple(replace(line, runs=_regular(line.runs)) for line in drawn.texts["Help"])
    texts = {**_numbered([line for _, line in loose], "Point"), "Exit": (way_out,), "Below": below}
    listed = replace(made, texts={**made.texts, "Text": (*made.texts["Text"], way_out)})
    alt = fill(pack.labels.cycle_alt, count=str(len(loose)), exit=way_out.text)
    return replace(
        drawn,
        layout=f"Cycle of {_COUNTS[len(loose)]}",
        texts={**{name: drawn.texts[name] for name in drawn.texts.keys() & {"Kicker"}}, **texts},
        signs=_signs(pack, loose, "Point"),
        door=float(pack.about.motif == "door"),
        drawing_alt=alt,
        plain=listed,
    )


def _regular(runs: TextRuns) -> TextRuns:
    return tuple(replace(run, bold=False) for run in runs)


def _two_sides(layout: str) -> Callable[..., Drawn]:
    """A picture with a left and a right side: fork, compare."""

    def draw(pack: Pack, slide: Slide, path: YamlPath, made: SlideContent) -> Drawn:
        points = _points(pack, slide, path)
        left, right = points.at("left"), points.at("right")
        loose = tuple(line for _, line in points.loose)
        if not (left and right) or (loose and layout == "Compare"):
            return None
        drawn = _pictured(pack, made, points)
        sides = {"Left point": left, "Right point": right}
        signs = {
            f"{place.title()} point": Sign(point.sign, pack.folder)
            for place in ("left", "right")
            for point, _ in points.every
            if point.place == place and point.sign
        }
        names = points.ways() if layout == "Fork" else {}
        texts = {**({"Text": loose} if loose else {}), **sides, **names}
        alt = fill(pack.labels.fork_alt, start=left[0].text, end=right[0].text)
        return replace(
            drawn,
            layout=layout,
            texts=_ordered(drawn.texts, texts),
            signs=signs,
            drawing_alt=alt if layout == "Fork" else "",
        )

    return draw


def statement(pack: Pack, slide: Slide, path: YamlPath, made: SlideContent) -> Drawn:
    points = _points(pack, slide, path)
    claim = points.at("claim")
    if len(claim) != 1 or slide.text or len(slide.names) > 1:
        return None
    texts = {
        "Kicker": (made.title,),
        "Text": tuple(line for point, line in points.every if point.place != "claim")
        + made.texts.get("Help", ()),
    }
    door = bool(slide.motif and pack.about.motif)
    sign = next(point.sign for point, _ in points.every if point.place == "claim")
    layout = "Statement with picture" if door else "Statement"
    figure = pack.topics[slide.names[0]].figure if slide.names else None
    return replace(
        made,
        layout="Statement with sign" if sign and not door else layout,
        people=pack.figures[figure].people if figure else None,
        title=_by_sense(claim[0]),
        texts=texts,
        signs={"Title": Sign(sign, pack.folder)} if sign and not door else {},
        door=0.7 * door,
        plain=made,
    )


def people(pack: Pack, slide: Slide, path: YamlPath, made: SlideContent) -> Drawn:
    figure = pack.figures[slide.names[0]]
    if not figure.people:
        return None
    alt = pack.people_alt(figure)
    return replace(made, layout="People", people=figure.people, drawing_alt=alt, plain=made)


def path(pack: Pack, slide: Slide, at: YamlPath, made: SlideContent) -> Drawn:
    steps = [pack.steps[name] for name in slide.steps]
    notes = made.texts.get("Note", ())
    if len(steps) > 3 or (notes and len(steps) > 1):
        return None
    texts: dict[str, Lines] = {}
    signs: dict[str, Sign] = {}
    contacts: list[Line] = []
    for number, (name, step) in enumerate(zip(slide.steps, steps, strict=True), start=1):
        where: YamlPath = ("steps", name)
        texts[f"Number {number}"] = (
            Line((TextRun(str(pack.step_number(name))),), ("steps", name)),
        )
        head = TextRun(markdown.plain(step.title), bold=True, scale=_HEAD)
        texts[f"Step {number}"] = (
            Line((head,), (*where, "title")),
            Line(markdown.parse_line(step.short), (*where, "short")),
        )
        if step.sign:
            signs[f"Step {number}"] = Sign(step.sign, pack.folder)
        contacts += _beside_step(pack, step.contacts)
    if notes:
        texts["Note"] = notes
        texts["Step 1"] += tuple(contacts)
    else:
        texts["Help"] = tuple(dict.fromkeys(contacts))
    layout = "Path with note" if notes else f"Path of {_COUNTS[len(steps)]}"
    kicker, rest = halves(made.title.text)
    if kicker:
        # What all these slides have in common, and what this one is about.
        texts = {"Kicker": (replace(made.title, runs=(TextRun(kicker[:-1]),)),), **texts}
        title = replace(made.title, runs=(TextRun(capitalized(rest)),))
        made = replace(made, title=title, plain=made)
    return replace(
        made, layout=layout, texts=texts, signs=signs, numbers=(), plain=made.plain or made
    )


def _beside_step(pack: Pack, contacts: Sequence[str]) -> Iterator[Line]:
    """A line for each contact; those with numbers that are dialed by heart share one."""
    short = [name for name in contacts if is_short(pack, pack.contacts[name])]
    lines = [contact_line(pack, pack.contacts[name], LARGE) for name in short]
    if lines:
        yield Line(joined(lines, TextRun(" · ")), ("contacts", short[0]))
    for name in contacts:
        if name not in short:
            yield Line(contact_line(pack, pack.contacts[name]), ("contacts", name))


def say(pack: Pack, slide: Slide, path: YamlPath, made: SlideContent) -> Drawn:
    when, *first, last = made.texts["Text"]
    if len(first) > 5:
        return None
    texts = {"Kicker": (when,), **_numbered(first, "Line"), "Last": (last,)}
    sign = pack.conversations[slide.names[0]].sign
    signs = {"Last": Sign(sign, pack.folder)} if sign else {}
    return replace(made, layout="Say", texts=texts, signs=signs, plain=made)


def checklist(pack: Pack, slide: Slide, path: YamlPath, made: SlideContent) -> Drawn:
    tasks = made.texts["Text"]
    if not 2 <= len(tasks) <= 8 or slide.kind != "checklists":
        return None
    return replace(made, layout="Checklist", texts=_numbered(tasks, "Task"), plain=made)


def take_home(pack: Pack, slide: Slide, path: YamlPath, made: SlideContent) -> Drawn:
    _, items = take_home_items(pack, slide, path)
    points: Sequence[Point] = slide.points
    if slide.kind == "topics" and not points:
        points = pack.topics[slide.names[0]].points
    signs = [point.sign for point in points] or [sheet.sign for sheet in pack.handouts]
    if slide.text or not 1 <= len(items) <= 6 or not all(signs):
        return None
    # What to do, or little sheets of what there is.
    bands = slide.kind == "topics" and len(items) <= _BANDS
    name, layout = ("Band", "bands") if bands else ("Item", "pictures")
    texts = {**_numbered(items, name), "Address": made.texts["Address"]}
    drawn = {
        f"{name} {number}": Sign(sign, pack.folder)
        for number, sign in enumerate(signs, start=1)
        if sign
    }
    return replace(made, layout=f"Take home in {layout}", texts=texts, signs=drawn, plain=made)


def timeline(pack: Pack, slide: Slide, path: YamlPath, made: SlideContent) -> Drawn:
    parts = agenda_parts(pack)
    if not 2 <= len(parts) <= 8 or not all(minutes for _, _, minutes in parts):
        return None
    texts: dict[str, Lines] = {}
    for number, (name, clock, _) in enumerate(parts, start=1):
        texts |= {f"Part {number}": (name,), f"Clock {number}": (clock,)}
    minutes = tuple(minutes for _, _, minutes in parts)
    return replace(
        made,
        layout="Timeline",
        texts=texts,
        parts=minutes,
        drawing_alt=fill(pack.labels.timeline_alt, count=str(len(minutes))),
        plain=made,
    )


def title(pack: Pack, slide: Slide, path: YamlPath, made: SlideContent) -> Drawn:
    """The title in two sizes: the topic, and below it what the talk says about it."""
    start, rest = halves(made.title.text)
    if not start:
        return made
    runs = (TextRun(start, scale=4 / 3), BREAK, TextRun(rest, scale=2 / 3))
    return replace(made, title=replace(made.title, runs=runs), plain=made)


def closing(pack: Pack, slide: Slide, path: YamlPath, made: SlideContent) -> Drawn:
    """The contacts in a size that can be read from the back row, beside the door."""
    shown = tuple(replace(line, runs=scaled([line.runs], _READ)[0]) for line in made.texts["Help"])
    layout = "Closing" if pack.about.motif else made.layout
    return replace(made, layout=layout, texts={**made.texts, "Help": shown}, plain=made)


def section(pack: Pack, slide: Slide, path: YamlPath, made: SlideContent) -> Drawn:
    return replace(made, title=_by_sense(made.title), plain=made)


def _by_sense(title: Line) -> Line:
    """A title in two rows, if it has a colon."""
    start, rest = halves(title.text)
    return replace(title, runs=(TextRun(start), BREAK, TextRun(rest))) if start else title


#: What makes a picture of a slide, by the layout in the content file.
DRAWERS: Mapping[str, Callable[[Pack, Slide, YamlPath, SlideContent], Drawn]] = {
    "title": title,
    "section": section,
    "statement": statement,
    "people": people,
    "process": _of("Process", (2, 3, 4)),
    "bubbles": _of("Bubbles", (2, 3)),
    "grid": _of("Grid", (3, 4, 6)),
    "cycle": cycle,
    "fork": _two_sides("Fork"),
    "compare": _two_sides("Compare"),
    "path": path,
    "say": say,
    "checklist": checklist,
    "closing": closing,
    "help-map": help_map,
    "timeline": timeline,
    "take-home": take_home,
}
