"""A slide as plain data: what is on it, with nothing of PowerPoint in it yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pack.items import People
from pack.markdown import TextRun, TextRuns
from pack.model import YamlPath
from pack.notes import NotesPart

if TYPE_CHECKING:
    # The content of a slide is known without PowerPoint's libraries.
    from slides.frames import Frame

#: A line break inside a paragraph.
BREAK = TextRun("\n")


@dataclass(frozen=True)
class Line:
    """A paragraph on a slide, and where its text is in the content file."""

    runs: TextRuns
    path: YamlPath

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def in_one_row(self) -> str:
        """The text without its line breaks, and with spaces at which it may break."""
        return " ".join(self.text.split())


Lines = tuple[Line, ...]


@dataclass(frozen=True)
class QrCode:
    """A QR code: the address that it opens, and its alternative text."""

    address: str
    alt: str


@dataclass(frozen=True)
class Movie:
    """A video that plays without the internet: its file, its poster and its alternative text."""

    file: Path
    poster: Path
    alt: str


@dataclass(frozen=True)
class Sign:
    """A pictogram by its name, and the folder of the pack if its own may have this name."""

    name: str
    folder: Path | None = None


@dataclass(frozen=True)
class Track:
    """How far the talk has come: the present part of `count`, from 0, and its name."""

    part: int
    count: int
    name: str


#: A number that everyone can keep in mind, such as 911, and whose it is.
HelpNumber = tuple[str, str]


@dataclass(frozen=True)
class SlideLogo:
    """A logo's file and its alternative text."""

    file: Path
    alt: str


@dataclass(frozen=True)
class SpeakerNotes:
    """A presenter's notes, in the order in which they are needed.

    `after` is what follows the talk (Ask, Do, Hand out), `always` what is repeated on every part of
    a slide that runs on.
    """

    clock: str = ""
    say_label: str = ""
    say: tuple[str, ...] = ()
    after: tuple[NotesPart, ...] = ()
    always: tuple[NotesPart, ...] = ()

    @property
    def parts(self) -> tuple[NotesPart, ...]:
        """All parts but the clock."""
        say = (NotesPart("say", self.say_label, self.say),) if self.say else ()
        return (*say, *self.after, *self.always)

    def lines(self, colon: str) -> tuple[str, ...]:
        """All paragraphs, with a colon after labels (`Script.colon`)."""
        clock = (self.clock,) if self.clock else ()
        return (*clock, *(line for part in self.parts for line in part.lines(colon)))


@dataclass(frozen=True)
class SlideContent:
    """A slide: the texts of its placeholders by their name in the layout, and its notes.

    `key` stays the same from build to build, whatever is added before the slide. `table` holds
    rows of cells; the first row has the column heads. The first lines of its list are
    steps with these `numbers`. `section` is the name of the section that
    starts here, `minutes` how long the slide takes, `until` the running clock at its end,
    `hand_out` the titles of the sheets to hand out; `noted` is whether the audience gets lines to
    write on beside it. `sizes` are the sizes in pt of placeholders whose text is set smaller than
    in the layout, `heights` the heights in pt of placeholders that are taller or shorter than
    there; `frames` are only given if the layout is not ours.

    What is drawn on it: `signs` beside the placeholders named; `threats`, the names of bubbles that
    are set apart; `people` who stand for a number; the `parts` of the talk by their minutes; a
    `door`, by how far it is open, or 0 for none; a `track` at its foot. `help_numbers` stand at the
    foot of every slide that does not show them larger. `drawing_alt` is the
    alternative text of what says something. `places` are the frames of placeholders that are not
    where the layout has them. `plain` is the same slide with all of it as a list: for a text that
    does not fit, and for templates without this layout.
    """

    key: str
    layout: str
    title: Line
    texts: Mapping[str, Lines] = field(default_factory=dict)
    code: QrCode | None = None
    movie: Movie | None = None
    logo: SlideLogo | None = None
    table: tuple[tuple[Lines, ...], ...] = ()
    numbers: tuple[int, ...] = ()
    notes: SpeakerNotes = SpeakerNotes()
    section: str = ""
    hidden: bool = False
    until: str = ""
    hand_out: tuple[str, ...] = ()
    minutes: int = 0
    noted: bool = True
    sizes: Mapping[str, float] = field(default_factory=dict)
    heights: Mapping[str, float] = field(default_factory=dict)
    frames: Mapping[str, "Frame"] = field(default_factory=dict)
    signs: Mapping[str, Sign] = field(default_factory=dict)
    threats: frozenset[str] = frozenset()
    people: People | None = None
    parts: tuple[int, ...] = ()
    door: float = 0
    track: Track | None = None
    help_numbers: tuple[HelpNumber, ...] = ()
    drawing_alt: str = ""
    places: Mapping[str, "Frame"] = field(default_factory=dict)
    plain: "SlideContent | None" = None
