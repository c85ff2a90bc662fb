"""Tagged PDFs that go with a talk: the presenter's guide and the audience's notes sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handouts.html import guide_html, guide_template
from handouts.sheets import Sheet
from handouts.weasy.pdf import PrintSettings, print_pdf
from pack.documents import Guide, NotesSheet
from pack.errors import ContentError
from pack.model import Pack
from pack.problems import Problem


@dataclass(frozen=True)
class SlidePage:
    """A slide as it is printed: its picture as SVG, and its notes.

    `until` is the running clock at its end, `hand_out` the titles of the sheets to hand out then.
    """

    number: int
    title: str
    picture: str
    notes: tuple[str, ...]
    until: str
    hand_out: tuple[str, ...]
    hidden: bool

    @property
    def drawn(self) -> Markup:
        """The picture for a template; our own renderer has escaped all text in it."""
        return Markup(self.picture)  # noqa: S704


def render(
    pack: Pack,
    document: Guide | NotesSheet,
    slides: Sequence[SlidePage],
    paper: str = "letter",
) -> Sheet:
    """The guide or the notes sheet as PDF. A pure function.

    Raises `ContentError` if a text has no room or our fonts have no glyph for a character.
    """
    shown = slides if isinstance(document, Guide) else [page for page in slides if not page.hidden]
    html = guide_html(pack, document, shown)
    printed = print_pdf(html, guide_template(document), pack, PrintSettings(paper))
    if printed.faults:
        field = "guide" if isinstance(document, Guide) else "notes_sheet"
        place = pack.origin.place(("deck", field))
        raise ContentError(Problem(place, f"deck → {field}", fault) for fault in printed.faults)
    return Sheet(printed.data, printed.pages, printed.setting, printed.layouts, printed.slots)
