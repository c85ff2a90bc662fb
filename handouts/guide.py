"""Tagged PDFs that go with a talk: the presenter's guide and the audience's notes sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handouts.html import guide_html, guide_template
from handouts.sheets import Sheet
from handouts.weasy.pdf import PrintSettings, drawing_url, print_pdf
from pack.documents import Guide, NotesSheet
from pack.errors import ContentError
from pack.model import Pack
from pack.notes import NotesPart
from pack.problems import Problem


@dataclass(frozen=True)
class SlidePage:
    """A slide as it is printed: its picture as SVG, what it shows in words, and its notes.

    `section` is the title of the part of the talk that starts here. `minutes` is how long the slide
    takes, `until` the running clock at its end, `clock` both in words; `hand_out` are the titles of
    the sheets to hand out then. `noted` is whether the audience gets lines to write on beside it.
    """

    number: int
    title: str
    picture: str
    alt: str
    clock: str = ""
    notes: tuple[NotesPart, ...] = ()
    section: str = ""
    minutes: int = 0
    until: str = ""
    hand_out: tuple[str, ...] = ()
    video: bool = False
    hidden: bool = False
    noted: bool = True

    @property
    def file(self) -> str:
        """The name under which a template shows the picture."""
        return f"slide-{self.number}.svg"

    @property
    def url(self) -> str:
        """The address at which a template shows the picture."""
        return drawing_url(self.file)


@dataclass(frozen=True)
class TalkPart:
    """A part of a talk: its title, empty if it has none, and its slides."""

    title: str
    slides: tuple[SlidePage, ...]

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(slide.minutes for slide in self.slides)

    @property
    def until(self) -> str:
        """The running clock at its end; empty if nothing in it is timed."""
        return next((slide.until for slide in reversed(self.slides) if slide.until), "")


def talk_parts(slides: Sequence[SlidePage]) -> Iterator[TalkPart]:
    """The parts of a talk: each starts at a slide with a `section`."""
    part: list[SlidePage] = []
    for slide in slides:
        if slide.section and part:
            yield TalkPart(part[0].section, tuple(part))
            part = []
        part.append(slide)
    if part:
        yield TalkPart(part[0].section, tuple(part))


def render(
    pack: Pack,
    document: Guide | NotesSheet,
    slides: Sequence[SlidePage],
    paper: str = "letter",
    inks: Sequence[str] = ("color",),
) -> Sheet:
    """The guide or the notes sheet as PDF, laid out once for all `inks`. A pure function.

    Raises `ContentError` if a text has no room or our fonts have no glyph for a character.
    """
    html = guide_html(pack, document, slides, tuple(talk_parts(slides)))
    settings = PrintSettings(paper, inks=tuple(inks))
    # As files: inside the HTML, WeasyPrint would look for the style of each of their shapes.
    pictures = {slide.file: slide.picture for slide in slides}
    printed = print_pdf(html, guide_template(document), pack, settings, drawings=pictures)
    if printed.faults:
        field = "guide" if isinstance(document, Guide) else "notes_sheet"
        place = pack.origin.place(("deck", field))
        raise ContentError(Problem(place, f"deck → {field}", fault) for fault in printed.faults)
    return Sheet(printed.data, printed.pages, printed.setting, printed.layouts, printed.slots)
