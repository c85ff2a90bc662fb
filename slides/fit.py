"""Make every text fit its place: PowerPoint shrinks text only after somebody edits it.

A text may be set smaller than in its layout, down to the theme's smallest size; after that, a list
runs on to a second slide. If that does not help, it is a problem, reported with its line in the
content file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pack.errors import ContentError
from pack.markdown import TextRun
from pack.model import Origin
from pack.problems import Fault, Problem, path_text
from pack.theme import load_theme
from pack.types import BRIEF, short_address
from slides.arrange import stem
from slides.balance import balanced
from slides.content import Line, Lines, QrCode, SlideContent
from slides.frames import Frame, Layout
from slides.speaker_notes import divide
from slides.text_metrics import best_size, height, with_breaks
from slides.typefaces import ARIAL, Typeface

#: Lists that may run on to another slide.
_LISTS = ("Text", "Steps", "Left", "Right")

#: Placeholders for what is looked at, not read, which may be smaller: addresses, names of places.
LABELS = frozenset(
    ("Address", "Clock", "Help", "Item", "Kicker", "Publisher", "Reach", "Source", "Tile", "Use")
)

#: Lists that may have numbers: ours, and the one list of a foreign template.
NUMBERED = ("Steps", "Text")

#: Texts that may take the room of the help panel if there is none.
_ABOVE_HELP = ("Text", "Left", "Right")

#: The gap between a list and the note below it, in pt.
_GAP = 12.0

#: The height of a video on its slide, in pt; it is 16 by 9.
MOVIE_HEIGHT = 180.0

#: Where it starts on our own layout, in pt.
_SCREEN = (68.4, 54.0)

#: The table of contacts: a row's minimum height, its cells' margins and text sizes, in pt.
ROW, CELL_MARGIN, HEAD_ROW = 46.0, 9.0, 30.0
REACH_SIZE, CELL_SIZE = 24.0, 20.0


def fit(
    contents: Sequence[SlideContent],
    layouts: Mapping[str, Layout],
    continued: str,
    origin: Origin,
    template: str = "",
) -> tuple[SlideContent, ...]:
    """The slides at sizes at which every text fits, with lists divided where necessary.

    `layouts` are the template's layouts by name; `continued` is the label for the titles of
    divided slides, `template` the file's name if it is not ours. Raises `ContentError` with every
    text that can't be made to fit.
    """
    problems: list[Problem] = []
    fitted: list[SlideContent] = []
    for content in contents:
        frames = frames_of(content, layouts)
        scale = layouts[content.layout].scale
        parts = list(_divided(content, frames, scale))
        for number, part in enumerate(parts, start=1):
            if len(parts) > 1:
                title = numbered(part.title, continued, number, len(parts))
                part = replace(part, title=title, key=f"{part.key}/{number}")
            sizes, misfits = _sizes(part, frames)
            if misfits:
                part = _with_brief_addresses(part)
                sizes, misfits = _sizes(part, frames)
            heights = _heights(part, frames)
            part = _with_breaks(part, frames, sizes, scale)
            fitted.append(replace(part, sizes=sizes, heights=heights))
            problems += [_problem(line, origin, template) for line in misfits]
    if problems:
        raise ContentError(problems)
    return tuple(fitted)


def _with_brief_addresses(content: SlideContent) -> SlideContent:
    """The slide with its long addresses in a brief form."""
    texts = {
        name: tuple(replace(line, runs=tuple(map(_brief, line.runs))) for line in lines)
        for name, lines in content.texts.items()
    }
    return replace(content, texts=texts)


def _brief(run: TextRun) -> TextRun:
    if run.link and run.text == short_address(run.link):
        return replace(run, text=short_address(run.link, BRIEF))
    return run


def _with_breaks(
    content: SlideContent, frames: Mapping[str, Frame], sizes: Mapping[str, float], scale: float
) -> SlideContent:
    """The slide with a line break wherever an address must be broken, and no lost words."""
    texts = {"Title": (content.title,), **content.texts}
    for name, lines in texts.items():
        if name in frames:
            room = _room(content, frames, name)
            room = replace(room, size=sizes.get(name, room.size))
            texts[name] = tuple(balanced(with_breaks(line, room), room) for line in lines)
    (title,) = texts.pop("Title")
    content = replace(content, title=title, texts=texts)
    if not content.table:
        return content
    frame = frames["Table"]
    column = frame.width / len(content.table[0]) - 2 * CELL_MARGIN * scale
    table = tuple(
        tuple(
            tuple(
                with_breaks(line, Frame(column, 0, size * scale, face=frame.face)) for line in lines
            )
            for lines, size in zip(row, (REACH_SIZE, CELL_SIZE), strict=True)
        )
        for row in content.table
    )
    return replace(content, table=table)


def frames_of(content: SlideContent, layouts: Mapping[str, Layout]) -> Mapping[str, Frame]:
    """The frames of a slide's texts: its own, or its layout's."""
    return content.frames or {**layouts[content.layout].frames, **content.places}


def too_long_for_picture(content: SlideContent, frames: Mapping[str, Frame]) -> Lines:
    """The longest paragraph of each text of a drawn slide that does not fit its place.

    A text fits if it can be set in a size that can be read from the back row.
    """
    body = load_theme().smallest["body"]
    found = []
    for text in texts_to_fit(content, frames):
        read = stem(text.name) not in LABELS | {"Title"}
        if text.size is None or (read and text.size < min(body, text.room.size)):
            found.append(_longest(text.lines))
    return tuple(found)


def _longest(lines: Lines) -> Line:
    return max(lines, key=lambda line: len(line.text))


def fits(content: SlideContent, scale: float) -> bool:
    """Whether a slide with frames of its own needs no second slide, and no text is too long.

    `scale` is its layout's.
    """
    whole = len(list(_divided(content, content.frames, scale))) == 1
    return whole and not _sizes(content, content.frames)[1]


def _divided(
    content: SlideContent, frames: Mapping[str, Frame], scale: float
) -> Iterator[SlideContent]:
    """The slide, or as many slides as its list or table needs, each filled as far as possible."""
    if content.table:
        yield from _divided_table(content, frames["Table"], scale)
        return
    texts = dict(content.texts)
    for name in _LISTS:
        lines = texts.get(name, ())
        if name not in frames or len(lines) < 2:
            continue
        frame = _smallest(_room(content, frames, name))
        if height(lines, frame) > frame.height:
            # What a QR code opens is written beside it on every part.
            fixed = tuple(line for line in lines if opens_code(line, content.code))
            lines = tuple(line for line in lines if line not in fixed)
            if len(lines) < 2:
                continue
            kept = _most(lines, frame, fixed)
            rest = (*lines[kept:], *fixed)
            texts[name] = (*lines[:kept], *fixed)
            notes, further = divide(content.notes, kept / len(lines))
            count = kept if name in NUMBERED else 0
            numbers = content.numbers[:count] if count else content.numbers
            yield replace(content, texts=texts, notes=notes, numbers=numbers)
            remaining = {**content.texts, name: rest}
            yield from _divided(
                replace(
                    content,
                    texts=remaining,
                    numbers=content.numbers[count:],
                    notes=further,
                    section="",
                ),
                frames,
                scale,
            )
            return
    yield content


def _most(lines: Lines, frame: Frame, fixed: Lines) -> int:
    """How many paragraphs fit above the `fixed` ones: at least one, for every slide has some."""
    kept = 1
    while kept < len(lines) - 1 and height((*lines[: kept + 1], *fixed), frame) <= frame.height:
        kept += 1
    return kept


def opens_code(line: Line, code: QrCode | None) -> bool:
    """Whether a paragraph has the address that a QR code opens."""
    return code is not None and any(run.link == code.address for run in line.runs)


def _divided_table(content: SlideContent, frame: Frame, scale: float) -> Iterator[SlideContent]:
    head, *rows = content.table
    part: list[tuple[Lines, ...]] = []
    top = used = head_height(head, frame.width, scale, frame.face)
    tables = []
    for row in rows:
        needed = row_height(row, frame.width, scale, frame.face)
        if part and used + needed > frame.height:
            tables.append((head, *part))
            part, used = [], top
        part.append(row)
        used += needed
    tables.append((head, *part))
    further = content.notes
    for number, table in enumerate(tables, start=1):
        notes = further
        if number < len(tables):
            notes, further = divide(further, 1 / (len(tables) - number + 1))
        yield replace(content, table=table, notes=notes)


def row_height(
    row: tuple[Lines, ...], width: float, scale: float = 1, face: Typeface = ARIAL
) -> float:
    """The height in pt that a row needs in a table `width` pt wide; `scale` is its layout's."""
    column = width / len(row) - 2 * CELL_MARGIN * scale
    return max(
        ROW * scale,
        *(
            height(lines, Frame(column, 0, size * scale, face=face)) + CELL_MARGIN * scale
            for lines, size in zip(row, (REACH_SIZE, CELL_SIZE), strict=True)
        ),
    )


def head_height(
    row: tuple[Lines, ...], width: float, scale: float = 1, face: Typeface = ARIAL
) -> float:
    """The height in pt of the row with a table's column heads; see `row_height`."""
    column = width / len(row) - 2 * CELL_MARGIN * scale
    frame = Frame(column, 0, CELL_SIZE * scale, bold=True, face=face)
    needed = max(height(lines, frame) for lines in row) + CELL_MARGIN * scale / 2
    return max(HEAD_ROW * scale, needed)


def numbered(title: Line, continued: str, number: int, count: int) -> Line:
    """The title of a part of a divided slide."""
    text = (
        continued.replace("{number}", str(number))
        .replace("{count}", str(count))
        .replace("{title}", title.text)
    )
    return replace(title, runs=(TextRun(text),))


@dataclass(frozen=True)
class TextToFit:
    """Paragraphs, their room on a slide, and the smallest size in pt that they may have there."""

    name: str
    lines: Lines
    room: Frame
    least: float

    @property
    def size(self) -> float | None:
        """The size in pt at which the text is set; None if no size fits."""
        return best_size(self.lines, self.room, self.least)


def texts_to_fit(content: SlideContent, frames: Mapping[str, Frame]) -> Iterator[TextToFit]:
    """The texts of a slide, each with its room."""
    for name, lines in {"Title": (content.title,), **content.texts}.items():
        if name in frames and any(line.text for line in lines):
            room = _room(content, frames, name)
            yield TextToFit(name, lines, room, _least(name, room))


def _sizes(
    content: SlideContent, frames: Mapping[str, Frame]
) -> tuple[dict[str, float], list[Line]]:
    """The sizes of texts that must be smaller, and the texts that fit at no size."""
    sizes: dict[str, float] = {}
    misfits: list[Line] = []
    for text in texts_to_fit(content, frames):
        size = text.size
        if size is None:
            misfits.append(_longest(text.lines))
        elif size < text.room.size:
            sizes[text.name] = size
    for name, size in list(sizes.items()):
        # Texts next to each other are set in the same size.
        group = _group(name)
        for other in content.texts:
            if _group(other) == group and other in frames:
                sizes[other] = min(size, sizes.get(other, frames[other].size))
    return sizes, misfits


def _group(name: str) -> str:
    """The same for all texts that look alike, such as "Point 1" and "Point 2"."""
    beside = ("Left", "Right"), ("Left point", "Right point")
    return next((pair[0] for pair in beside if name in pair), stem(name))


def _room(content: SlideContent, frames: Mapping[str, Frame], name: str) -> Frame:
    """A placeholder's frame on this slide: some share room with others, or take over theirs."""
    frame = frames[name]
    if name in _ABOVE_HELP and "Help" in frames and not content.texts.get("Help"):
        _, top, _, height = frame.box
        below = frames["Help"].box
        return frame.higher(below[3]) if 0 <= below[1] - top - height < 2 * _GAP else frame
    if name == "Text" and content.movie and content.frames:
        return frame.higher(-MOVIE_HEIGHT - _GAP)
    if name == "Steps" and content.texts.get("Note"):
        return frame.higher(-frames["Note"].outer - _GAP)
    return frame


def movie_place(content: SlideContent, frames: Mapping[str, Frame]) -> tuple[float, float]:
    """Where a video starts, in pt: on the screen of our layout, below the text of another one."""
    if not content.frames:
        return _SCREEN
    text = frames["Text"].higher(content.heights["Text"] - frames["Text"].outer)
    return text.left, text.top + text.outer + _GAP


def _heights(content: SlideContent, frames: Mapping[str, Frame]) -> dict[str, float]:
    """The heights of placeholders that differ from the layout's."""
    rooms = {name: _room(content, frames, name) for name in content.texts if name in frames}
    return {name: room.outer for name, room in rooms.items() if room != frames[name]}


def _least(name: str, frame: Frame) -> float:
    kind = "title" if name == "Title" else "label"
    return min(frame.least or load_theme().smallest[kind], frame.size)


def _smallest(frame: Frame) -> Frame:
    """The frame of a list at the size at which it runs on to another slide."""
    return replace(frame, size=min(frame.least or load_theme().smallest["body"], frame.size))


def _problem(line: Line, origin: Origin, template: str) -> Problem:
    remedy = "Shorten it, or split it into several points."
    if line.path[:1] == ("school",):
        remedy = "Shorten it."
    if template:
        remedy = f"Shorten it, or make the boxes for titles and text larger in {template}."
    return Problem(
        origin.place(line.path),
        path_text(line.path),
        Fault(
            f"“{_shortened(line.text)}” does not fit on its slide, even at the smallest size",
            remedy,
        ),
    )


def _shortened(text: str) -> str:
    return text if len(text) < 50 else text[:47].rstrip() + "…"
