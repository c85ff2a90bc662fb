"""What is made of the content: sheets, the deck, and what goes with it."""

from typing import Self

from pydantic import Field, model_validator

from pack import types
from pack.items import Part
from pack.types import Identity, Text, Truth, Whole
from pack.validation import fault


class Choice(Part):
    """Names of items of one kind, in the order in which they are shown."""

    topics: tuple[types.TopicName, ...] = Field((), description="Topics to explain.")
    steps: tuple[types.StepName, ...] = Field((), description="Steps to take, numbered.")
    conversations: tuple[types.ConversationName, ...] = Field((), description="Words to say.")
    videos: tuple[types.VideoName, ...] = Field((), description="Videos, as QR codes.")
    contacts: tuple[types.ContactName, ...] = Field((), description="Places to turn to.")
    checklists: tuple[types.ChecklistName, ...] = Field((), description="Things to tick off.")
    pledges: tuple[types.PledgeName, ...] = Field((), description="Promises to sign.")
    myths: tuple[types.MythName, ...] = Field((), description="Myths beside facts.")
    figures: tuple[types.FigureName, ...] = Field((), description="Numbers, set large.")
    quotes: tuple[types.QuoteName, ...] = Field((), description="Words of a source.")

    @property
    def kind(self) -> str:
        """The kind that is chosen from, such as "topics"; empty if nothing is."""
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
                "Give each kind a “-” of its own.",
            )
        return self


class Block(Choice):
    """A part of a sheet."""

    title: Text | None = Field(None, description="A heading over this part.")
    lead: Text | None = Field(None, description="A sentence under that heading.")
    new_page: Truth = Field(False, description="true: this part starts the next page.")

    @model_validator(mode="after")
    def _has_content(self) -> Self:
        if not self.kind:
            raise fault(
                "this part of the sheet shows nothing",
                "Add one of: " + ", ".join(Choice.model_fields) + ".",
            )
        if self.lead and not self.title:
            raise fault("a “lead” needs a “title” over it", "Add a line “title:”.")
        return self


class Edition(Part):
    """A sheet once more: on other paper, in black ink, or in large print."""

    paper: types.Paper = Field("letter", description="letter or a4.")
    ink: types.Ink = Field("color", description="color, or black for office printers.")
    size: types.Size = Field("standard", description="standard or large-print.")
    pages: Whole | None = Field(
        None, description="How many pages it must come out as; at most, in large print."
    )

    @property
    def name(self) -> str:
        """What its file's name ends in, such as "-large-print"; nothing for the sheet itself."""
        paper = "" if self.paper == "letter" else f"-{self.paper}"
        size = "" if self.size == "standard" else f"-{self.size}"
        return f"{paper}{size}{'' if self.ink == 'color' else '-bw'}"

    @model_validator(mode="after")
    def _has_pages(self) -> Self:
        if self.size != "standard" and not self.pages:
            raise fault(
                f"{self.size} takes more pages than the sheet, and “pages” does not say how many",
                "Add a line “pages:”, and the build tells if it is another number.",
            )
        return self


#: The sheet itself: its first edition.
PLAIN = Edition.model_construct()


class Document(Part):
    """What is printed from a pack: one PDF file."""

    id: Identity = Field(description="The name of the file, without .pdf.")
    title: Text = Field(description="The heading.")
    kicker: Text = Field(description="The small line over the heading: for whom it is.")
    lead: Text = Field(description="The first sentences, set larger.")
    about: Text = Field(description="What it is for, for search and download pages.")


class Handout(Document):
    """A sheet."""

    template: types.HandoutTemplate = Field(description="How it looks: a name in the theme.")
    pages: Whole = Field(description="How many pages it must come out as.")
    variants: tuple[Edition, ...] = Field((), description="Further editions of the sheet.")
    blocks: tuple[Block, ...] = Field(description="The parts of the sheet.", min_length=1)

    def pages_of(self, edition: Edition) -> int | None:
        """How many pages an edition must come out as; None if nobody said so."""
        same = (one for one in (edition, *self.variants) if one.name == edition.name and one.pages)
        if (declared := next(same, None)) is not None:
            return declared.pages
        return self.pages if edition.size == "standard" else None


class Slide(Choice):
    """A slide of the deck."""

    layout: types.SlideLayout = Field(description="How it looks: a name in the theme.")
    title: Text | None = Field(None, description="Its title; else that of its content.")
    text: Text | None = Field(None, description="A sentence on the slide.")
    points: tuple[Text, ...] = Field((), description="Its points; else those of its topic.")
    minutes: Whole | None = Field(None, description="How long the presenter stays here.")
    hand_out: tuple[types.HandoutName, ...] = Field((), description="Sheets to give out here.")
    hidden: Truth = Field(False, description="true: a backup slide, not shown in the talk.")
    say: Text | None = Field(None, description="What the presenter says; else the content's.")
    ask: Text | None = Field(None, description="A question to the room, for the notes.")
    do: Text | None = Field(None, description="What the presenter does, for the notes.")


class Copies(Part):
    """How many copies of a sheet to print."""

    handout: types.HandoutName = Field(description="The id of the sheet.")
    each: Whole | None = Field(None, description="Copies for each family.")
    in_all: Whole | None = Field(None, description="Copies in all, whatever the families.")


class Guide(Document):
    """The presenter's guide: how to prepare and run the talk, and all slides with notes."""

    checklists: tuple[types.ChecklistName, ...] = Field((), description="What to prepare.")
    families: Whole = Field(description="For how many families copies are counted.")
    copies: tuple[Copies, ...] = Field((), description="What to print.")
    topics: tuple[types.TopicName, ...] = Field((), description="What the presenter must know.")
    questions: tuple[types.QuestionName, ...] = Field((), description="Likely questions.")


class NotesSheet(Document):
    """For the audience: small slides with lines to write on."""

    videos: tuple[types.VideoName, ...] = Field((), description="Videos, as QR codes.")


class Deck(Part):
    """The PowerPoint file for a parent night."""

    id: Identity = Field(description="The name of the file, without .pptx.")
    title: Text = Field(description="The title of the deck.")
    kicker: Text | None = Field(None, description="For whom it is, for download pages.")
    about: Text | None = Field(None, description="What it is for, for download pages.")
    minutes: Whole | None = Field(None, description="How long the talk may take in all.")
    guide: Guide | None = Field(None, description="The presenter's guide.")
    notes_sheet: NotesSheet | None = Field(None, description="The audience's sheet for notes.")
    slides: tuple[Slide, ...] = Field(description="The slides, in order.", min_length=1)
