"""What is built from the content: sheets, the deck, and what goes with it."""

from typing import Self

from pydantic import Field, model_validator

from pack import types
from pack.items import Part, Points
from pack.types import Identity, Text, Truth, Whole
from pack.validation import fault


class Choice(Part):
    """Names of items of one kind, in the order they are shown."""

    topics: tuple[types.TopicName, ...] = Field((), description="Names of the topics to explain.")
    steps: tuple[types.StepName, ...] = Field(
        (), description="Names of the steps to take; they are numbered."
    )
    conversations: tuple[types.ConversationName, ...] = Field(
        (), description="Names of the conversations."
    )
    videos: tuple[types.VideoName, ...] = Field(
        (), description="Names of the videos, shown as QR codes."
    )
    contacts: tuple[types.ContactName, ...] = Field((), description="Names of the contacts.")
    checklists: tuple[types.ChecklistName, ...] = Field((), description="Names of the checklists.")
    pledges: tuple[types.PledgeName, ...] = Field((), description="Names of the pledges to sign.")
    myths: tuple[types.MythName, ...] = Field(
        (), description="Names of the myths, shown beside the facts."
    )
    figures: tuple[types.FigureName, ...] = Field(
        (), description="Names of the figures, shown large."
    )
    quotes: tuple[types.QuoteName, ...] = Field((), description="Names of the quotes.")

    @property
    def kind(self) -> str:
        """The kind of item chosen, such as "topics"; empty if nothing is chosen."""
        return next((kind for kind in Choice.model_fields if getattr(self, kind)), "")

    @property
    def names(self) -> tuple[str, ...]:
        return getattr(self, self.kind) if self.kind else ()

    @model_validator(mode="after")
    def _has_one_kind(self) -> Self:
        chosen = [kind for kind in Choice.model_fields if getattr(self, kind)]
        if len(chosen) > 1:
            raise fault(
                f"there is more than one kind of content here: {', '.join(chosen)}",
                "Put each kind into an entry of its own, after a “-”.",
            )
        return self


class Block(Choice):
    """A part of a sheet."""

    title: Text | None = Field(None, description="A heading above this part.")
    lead: Text | None = Field(None, description="A sentence under the heading.")
    new_page: Truth = Field(False, description="true: start a new page with this part.")
    form: types.BlockForm | None = Field(
        None,
        alias="as",
        description="picture: draw the topics' points, or the figures' people, on a tip sheet.",
    )

    @model_validator(mode="after")
    def _has_content(self) -> Self:
        if not self.kind:
            raise fault(
                "this part of the sheet shows nothing",
                "Add one of: " + ", ".join(Choice.model_fields) + ".",
            )
        if self.lead and not self.title:
            raise fault("a “lead” needs a “title” above it", "Add a line “title:”.")
        return self


class Edition(Part):
    """Another version of a sheet: on other paper, in black ink, in large print or two languages."""

    paper: types.Paper = Field("letter", description="The paper: letter or a4.")
    ink: types.Ink = Field("color", description="The ink: color, or black for office printers.")
    size: types.Size = Field("standard", description="The size of print: standard or large-print.")
    pages: Whole | None = Field(
        None,
        description="The number of pages it must have; in large print or two languages, the most "
        "it may have; in large print, a translation may have a third more.",
    )
    languages: tuple[types.Language, ...] = Field(
        (),
        description="Two languages side by side, such as [en, es]: the pack's own, and one that it "
        "is translated into.",
    )

    @property
    def other_language(self) -> str:
        """The language beside the pack's own; empty if there is none."""
        return self.languages[1] if self.languages else ""

    @property
    def layout(self) -> str:
        """How it is laid out: "standard", "large-print" or "two-languages"."""
        return "two-languages" if self.languages else self.size

    @property
    def runs_on(self) -> bool:
        """Whether its text runs on from page to page, so that it may have fewer than `pages`."""
        return self.layout != "standard"

    @property
    def name(self) -> str:
        """The end of its file name, such as "-large-print"; empty for the sheet itself."""
        paper = "" if self.paper == "letter" else f"-{self.paper}"
        size = "" if self.size == "standard" else f"-{self.size}"
        languages = "".join(f"-{one}" for one in self.languages)
        return f"{paper}{size}{languages}{'' if self.ink == 'color' else '-bw'}"

    @model_validator(mode="after")
    def _has_pages(self) -> Self:
        if self.size != "standard" and not self.pages:
            raise fault(
                f"“{self.size}” takes more pages than the sheet itself, but “pages” is missing",
                "Add a line “pages:”; the build reports it if the number is wrong.",
            )
        return self

    @model_validator(mode="after")
    def _has_two_languages(self) -> Self:
        if self.languages and len(set(self.languages)) != 2:
            raise fault(
                "an edition in several languages has two of them",
                "Write them as in “languages: [en, es]”; for a third language, add a variant.",
            )
        if self.languages and self.size != "standard":
            raise fault(
                f"there is no “{self.size}” in two languages: its columns would be too narrow",
                "Remove “size:”, or make two variants of it.",
            )
        return self


#: The edition of the sheet itself.
PLAIN = Edition.model_construct()


class Document(Part):
    """A PDF file that is built from a pack."""

    id: Identity = Field(description="The file name, without .pdf.")
    title: Text = Field(description="The heading.")
    kicker: Text = Field(description="The small line above the heading, saying who it is for.")
    lead: Text = Field(description="The introduction, in larger print.")
    about: Text = Field(
        description="What it is for, shown on the download page and to search engines."
    )
    format: Text | None = Field(
        None,
        description="What it is, in a word or two, like “Poster”, for the page and the guide.",
    )


class Handout(Document):
    """A sheet."""

    template: types.HandoutTemplate = Field(description="The name of the design to use.")
    sign: types.Sign | None = Field(None, description="The name of its pictogram.")
    pages: Whole = Field(description="The number of pages it must have.")
    variants: tuple[Edition, ...] = Field((), description="Other versions of the sheet.")
    blocks: tuple[Block, ...] = Field(description="The parts of the sheet.", min_length=1)

    def pages_of(self, edition: Edition) -> int | None:
        """How many pages an edition must have; None if that isn't declared."""
        for declared in (edition, *self.variants):
            if declared.name == edition.name and declared.pages:
                return declared.pages
        return None if edition.runs_on else self.pages


class Slide(Choice):
    """A slide of the deck."""

    layout: types.SlideLayout = Field(description="The name of the layout to use.")
    title: Text | None = Field(
        None, description="The title; if left out, the title of its content."
    )
    text: Text | None = Field(None, description="A sentence on the slide.")
    points: Points = Field((), description="The points; if left out, the topic's.")
    minutes: Whole | None = Field(None, description="Minutes that the presenter spends on it.")
    hand_out: tuple[types.HandoutName, ...] = Field((), description="Sheets to hand out here.")
    motif: Truth = Field(False, description="true: show the pack's motif beside a statement.")
    hidden: Truth = Field(False, description="true: a backup slide, hidden in the talk.")
    note: Truth | None = Field(
        None,
        description="true: on the audience's notes sheet, false: not; if left out, it is, "
        "unless it is a title, a section, a video or the closing slide.",
    )
    say: Text | None = Field(None, description="What to say; if left out, the content's own.")
    ask: Text | None = Field(None, description="A question to the audience, for the notes.")
    do: Text | None = Field(None, description="What the presenter does, for the notes.")

    @property
    def noted(self) -> bool:
        """Whether the audience's notes sheet shows it."""
        if self.note is None:
            return self.layout not in ("title", "section", "video", "closing")
        return self.note


class Copies(Part):
    """How many copies of a sheet to print."""

    handout: types.HandoutName = Field(description="The id of the sheet.")
    each: Whole | None = Field(None, description="Copies for each family.")
    in_all: Whole | None = Field(None, description="Copies in total, for any number of families.")


class GuideEdition(Part):
    """Another version of a guide or notes sheet: on other paper, or in black ink."""

    paper: types.Paper = Field("letter", description="The paper: letter or a4.")
    ink: types.Ink = Field("color", description="The ink: color, or black for office printers.")

    @property
    def edition(self) -> Edition:
        """The same as an edition of any document."""
        return Edition.model_construct(paper=self.paper, ink=self.ink)

    @property
    def name(self) -> str:
        """The end of its file name, such as "-bw"; empty for the document itself."""
        return self.edition.name


class DeckGuide(Document):
    """A document that goes with the deck and shows its slides."""

    variants: tuple[GuideEdition, ...] = Field((), description="Other versions of it.")


class Guide(DeckGuide):
    """The presenter's guide: how to prepare and run the talk, and all slides with notes."""

    checklists: tuple[types.ChecklistName, ...] = Field(
        (), description="Checklists of what to prepare."
    )
    families: Whole = Field(description="The number of families to plan copies for.")
    copies: tuple[Copies, ...] = Field((), description="What to print.")
    topics: tuple[types.TopicName, ...] = Field((), description="What the presenter needs to know.")
    questions: tuple[types.QuestionName, ...] = Field(
        (), description="Questions that people are likely to ask."
    )


class NotesSheet(DeckGuide):
    """The audience's sheet: small slides with lines to write on."""

    videos: tuple[types.VideoName, ...] = Field((), description="Videos, shown as QR codes.")


class Deck(Part):
    """The PowerPoint file for a parent night."""

    id: Identity = Field(description="The file name, without .pptx.")
    title: Text = Field(description="The title of the deck.")
    kicker: Text | None = Field(None, description="Who it is for, shown on the download page.")
    about: Text | None = Field(None, description="What it is for, shown on the download page.")
    format: Text | None = Field(
        None, description="What it is, like “Slides”; shown on the download page."
    )
    template: types.Presentation | None = Field(
        None, description="A PowerPoint file next to this file, to build the deck on."
    )
    minutes: Whole | None = Field(None, description="How long the whole talk may take.")
    guide: Guide | None = Field(None, description="The presenter's guide.")
    notes_sheet: NotesSheet | None = Field(None, description="The audience's notes sheet.")
    slides: tuple[Slide, ...] = Field(description="The slides, in order.", min_length=1)
