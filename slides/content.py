"""A slide as plain data: what stands on it, with nothing of PowerPoint in it yet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pack.markdown import TextRun, TextRuns
from pack.model import YamlPath

if TYPE_CHECKING:
    # What a slide says is known without PowerPoint's libraries.
    from slides.frames import Frame

#: A line's end inside a paragraph.
BREAK = TextRun("\n")


@dataclass(frozen=True)
class Line:
    """A paragraph on a slide, and where its text stands in the content file."""

    runs: TextRuns
    path: YamlPath

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


Lines = tuple[Line, ...]


@dataclass(frozen=True)
class QrCode:
    """A QR code: where it leads, and what a screen reader says for it."""

    address: str
    alt: str


@dataclass(frozen=True)
class Movie:
    """A video to play without the internet: its file and its poster, and what it shows."""

    file: Path
    poster: Path
    alt: str


@dataclass(frozen=True)
class SlideLogo:
    """A logo's file, and what a screen reader says for it."""

    file: Path
    alt: str


@dataclass(frozen=True)
class SpeakerNotes:
    """A presenter's notes: paragraphs in the order in which they are needed.

    `after` is what follows once all is said (Ask, Do), `always` what stands on every part of a
    slide that runs on.
    """

    clock: str = ""
    say_label: str = ""
    say: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    always: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it."""
        clock = (self.clock,) if self.clock else ()
        return (*clock, *labeled(self.say_label, self.say), *self.after, *self.always)


def labeled(label: str, paragraphs: Iterable[str]) -> Iterator[str]:
    """Paragraphs, the first of them behind a label."""
    for number, paragraph in enumerate(paragraphs):
        yield paragraph if number else f"{label}: {paragraph}"


@dataclass(frozen=True)
class SlideContent:
    """A slide: the texts of its placeholders by their name in the layout, and its notes.

    `key` stays the same from build to build, whatever is added before the slide. `table` holds
    rows of cells, the first row being the heads of the columns; `numbered` is how many lines of
    its list, from the first on, are steps, and `first_number` is where their numbers start;
    `section` is the name of the section that starts here, `until` the clock at its end, `hand_out`
    the titles of the sheets to give out. `sizes` are the sizes in pt of those placeholders whose
    text is set smaller than the layout says, `heights` the heights in pt of those that are higher
    or lower than there; `frames` are given where the layout is somebody else's.
    """

    key: str
    layout: str
    title: Line
    texts: Mapping[str, Lines] = field(default_factory=dict)
    code: QrCode | None = None
    movie: Movie | None = None
    logo: SlideLogo | None = None
    table: tuple[tuple[Lines, ...], ...] = ()
    first_number: int = 1
    numbered: int = 0
    notes: SpeakerNotes = SpeakerNotes()
    section: str = ""
    hidden: bool = False
    until: str = ""
    hand_out: tuple[str, ...] = ()
    sizes: Mapping[str, float] = field(default_factory=dict)
    heights: Mapping[str, float] = field(default_factory=dict)
    frames: Mapping[str, "Frame"] = field(default_factory=dict)
