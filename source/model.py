"""What may be said in a content file: the frozen `Pack` and its parts.

A field's description is written for staff: editors show it while they type (`schema`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from source import kinds
from source.kinds import Address, Date, Identity, Phone, Picture, Text, Truth, Whole, fault
from source.problems import Place

Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Origin:
    """Where a pack was read from: its file, and the line and column of every value."""

    file: Path
    marks: Mapping[Steps, tuple[int, int]]

    def nearest(self, path: Steps) -> Steps:
        """The path itself if something stands there, else that of the nearest thing around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return path

    def place(self, path: Steps) -> Place:
        """Where the value at `path` stands, or the nearest thing around it."""
        return Place(self.file, *self.marks.get(self.nearest(path), (1, 1)))


class Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class About(Part):
    """What this pack is."""

    title: Text = Field(description="The topic, in a word or two.")
    subtitle: Text = Field(description="One line under the title.")
    description: Text = Field(description="One sentence on what the materials are for.")
    language: kinds.Language = Field(description="The language of the text, like en or es.")
    region: kinds.Region = Field("US", description="The country of the telephone numbers.")
    revised: Date = Field(description="The day of the last change, like 2026-11-22.")
    help_strip: tuple[kinds.ContactName, ...] = Field(
        description="The contacts at the foot of every sheet, four at the most.",
        min_length=1,
        max_length=4,
    )


class Publisher(Part):
    """Who publishes the materials."""

    name: Text = Field(description="The name as it is printed.")
    website: Address = Field(description="The address of the publisher's website.")
    logo: Picture | None = Field(None, description="A PNG, JPEG or SVG file beside this file.")


class School(Part):
    """The school whose name stands at the head of every sheet. Leave it out for none."""

    name: Text = Field(description="The school's name.")
    contact: Text = Field(description="Whom to ask: a role, never a person's name.")
    phone: Phone | None = Field(None, description="The number of that office.")


class Source(Part):
    """A page that texts are adapted from."""

    name: Text = Field(description="The name, as it is printed after “Adapted from”.")
    page: kinds.ContactName = Field(description="The contact that holds its address.")


class Item(Part):
    """A unit of content that sheets and slides choose among."""

    sources: kinds.SourceNames = Field(
        alias="from", description="The source that it is adapted from, or a list of several."
    )


class Contact(Part):
    """A place to turn to: a telephone number, an address, or both."""

    name: Text = Field(description="Its name, as it is printed.")
    use: Text = Field(description="What it is for, in a few words.")
    gives: Text | None = Field(None, description="What one finds there, in a sentence or two.")
    phone: Phone | None = Field(None, description="The number, as it is dialed.")
    vanity: Text | None = Field(None, description="The same number spelled with letters.")
    url: Address | None = Field(None, description="The web address, with https://.")
    sources: kinds.SourceNames = Field(
        (), alias="from", description="The source that names it, or a list of several."
    )
    added: Truth = Field(False, description="true: our own addition, in none of the sources.")

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not (self.phone or self.url):
            raise fault(
                "this contact has neither a phone nor a url", "Add “phone:”, “url:” or both."
            )
        if bool(self.sources) == self.added:
            raise fault(
                "it must be clear where this contact comes from",
                "Write either “from:” with a source, or “added: true” for your own addition.",
            )
        return self

    @field_validator("vanity")
    @classmethod
    def _dials_the_phone(cls, vanity: str | None, info: ValidationInfo) -> str | None:
        if vanity and "phone" in info.data:
            phone = re.sub(r"\D", "", info.data["phone"] or "")
            if kinds.vanity_digits(vanity).removeprefix("1") != phone.removeprefix("1"):
                raise fault(
                    f"“{vanity}” does not dial the phone given here",
                    "Spell it on a telephone's keys: both must reach the same place.",
                )
        return vanity


class Video(Item):
    """A video; sheets and slides lead to it with a QR code."""

    title: Text = Field(description="The title of the video.")
    summary: Text = Field(description="What one sees in it, in a sentence.")
    url: Address = Field(description="Where the video plays.")
    minutes: Whole | None = Field(None, description="Its length in minutes, if known.")
    say: Text | None = Field(None, description="What the presenter says, for the notes.")
    ask: Text | None = Field(None, description="A question to the room, for the notes.")


class Topic(Item):
    """A thing to explain: in full for sheets, in points for slides, in speech for notes."""

    title: Text = Field(description="The heading.")
    body: Text = Field(description="The text for sheets: paragraphs and lists.")
    points: tuple[Text, ...] = Field(
        (), description="The same for slides: five points of some twelve words at the most."
    )
    say: Text | None = Field(None, description="What the presenter says, for the notes.")
    ask: Text | None = Field(None, description="A question to the room, for the notes.")
    disclose: Text | None = Field(
        None, description="What to do if somebody tells that it happened, for the notes."
    )
    help: tuple[kinds.ContactName, ...] = Field(
        (), description="Contacts that always stand right beside this text."
    )


class Note(Item):
    """A remark that never leaves the text that it belongs to."""

    title: Text = Field(description="How the note begins, like “A note from …”.")
    body: Text = Field(description="The note.")


class Step(Item):
    """One thing to do, in an order."""

    title: Text = Field(description="What to do, in two to five words.")
    body: Text = Field(description="How and why, for the action sheet.")
    short: Text = Field(description="The same in a sentence, for slides and short sheets.")
    say: Text | None = Field(None, description="What the presenter says, for the notes.")
    contacts: tuple[kinds.ContactName, ...] = Field(
        (), description="Where to do it: shown beside the step."
    )
    note: Note | None = Field(None, description="A remark that is always printed with it.")


class Conversation(Item):
    """Words to say to a child."""

    title: Text = Field(description="The name of the conversation.")
    when: Text = Field(description="When to use it, in one line.")
    lines: tuple[Text, ...] = Field(
        description="What to say, line by line; six lines at the most.", min_length=1, max_length=6
    )
    say: Text | None = Field(None, description="What the presenter says, for the notes.")
    ask: Text | None = Field(None, description="A question to the room, for the notes.")


class Task(Part):
    """A thing to tick off."""

    task: Text = Field(description="What to do.")
    detail: Text | None = Field(None, description="How, in a sentence.")


class Checklist(Item):
    """Things to tick off, under one heading."""

    title: Text = Field(description="The heading.")
    tasks: tuple[Task, ...] = Field(description="What to tick off.", min_length=1)


class Pledge(Item):
    """A promise, with lines to sign."""

    title: Text = Field(description="The heading.")
    promises: tuple[Text, ...] = Field(description="What is promised.", min_length=1)
    sign: tuple[Text, ...] = Field(description="The words under each line.", min_length=1)


class Myth(Item):
    """What people say, and what is true."""

    myth: Text = Field(description="What people say.")
    fact: Text = Field(description="What is true.")
    note: Note | None = Field(None, description="A remark that is always printed with it.")


class Figure(Item):
    """One number, set large."""

    figure: Text = Field(description="The number, like “1 in 5”.")
    title: Text = Field(description="What follows from it, as a heading.")
    text: Text = Field(description="What it counts, and who says so.")
    say: Text | None = Field(None, description="What the presenter says, for the notes.")
    ask: Text | None = Field(None, description="A question to the room, for the notes.")


class Quote(Item):
    """Words of a source, as they stand there."""

    text: Text = Field(description="The words, to the letter, without quotation marks.")
    title: Text = Field(description="The heading over them.")
    say: Text | None = Field(None, description="What the presenter says, for the notes.")
    ask: Text | None = Field(None, description="A question to the room, for the notes.")


class Question(Item):
    """A question that people ask after the talk, and its answer."""

    question: Text = Field(description="The question.")
    answer: Text = Field(description="The answer, from the facts.")


AnyItem = Contact | Video | Topic | Step | Conversation | Checklist | Pledge | Myth | Figure | Quote


class Choice(Part):
    """Names of items of one kind, in the order in which they are shown."""

    topics: tuple[kinds.TopicName, ...] = Field((), description="Topics to explain.")
    steps: tuple[kinds.StepName, ...] = Field((), description="Steps to take, numbered.")
    conversations: tuple[kinds.ConversationName, ...] = Field((), description="Words to say.")
    videos: tuple[kinds.VideoName, ...] = Field((), description="Videos, as QR codes.")
    contacts: tuple[kinds.ContactName, ...] = Field((), description="Places to turn to.")
    checklists: tuple[kinds.ChecklistName, ...] = Field((), description="Things to tick off.")
    pledges: tuple[kinds.PledgeName, ...] = Field((), description="Promises to sign.")
    myths: tuple[kinds.MythName, ...] = Field((), description="Myths beside facts.")
    figures: tuple[kinds.FigureName, ...] = Field((), description="Numbers, set large.")
    quotes: tuple[kinds.QuoteName, ...] = Field((), description="Words of a source.")

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


class Handout(Part):
    """A sheet: one PDF file."""

    id: Identity = Field(description="The name of the file, without .pdf.")
    template: kinds.HandoutTemplate = Field(description="How it looks: a name in the theme.")
    title: Text = Field(description="The heading of the sheet.")
    kicker: Text = Field(description="The small line over the heading: for whom it is.")
    lead: Text = Field(description="The first sentences, set larger; how to use the sheet.")
    about: Text = Field(description="What the sheet is for, for search and download pages.")
    pages: Whole = Field(description="How many pages it must come out as.")
    blocks: tuple[Block, ...] = Field(description="The parts of the sheet.", min_length=1)


class Slide(Choice):
    """A slide of the deck."""

    layout: kinds.SlideLayout = Field(description="How it looks: a name in the theme.")
    title: Text | None = Field(None, description="Its title; else that of its content.")
    text: Text | None = Field(None, description="A sentence on the slide.")
    points: tuple[Text, ...] = Field((), description="Its points; else those of its topic.")
    minutes: Whole | None = Field(None, description="How long the presenter stays here.")
    hand_out: tuple[kinds.HandoutName, ...] = Field((), description="Sheets to give out here.")
    hidden: Truth = Field(False, description="true: a backup slide, not shown in the talk.")
    say: Text | None = Field(None, description="What the presenter says; else the content's.")
    ask: Text | None = Field(None, description="A question to the room, for the notes.")
    do: Text | None = Field(None, description="What the presenter does, for the notes.")


class Copies(Part):
    """How many copies of a sheet to print."""

    handout: kinds.HandoutName = Field(description="The id of the sheet.")
    each: Whole | None = Field(None, description="Copies for each family.")
    in_all: Whole | None = Field(None, description="Copies in all, whatever the families.")


class Guide(Part):
    """The presenter's guide: how to prepare and run the talk, and all slides with notes."""

    id: Identity = Field(description="The name of the file, without .pdf.")
    title: Text = Field(description="The heading.")
    kicker: Text = Field(description="The small line over the heading: for whom it is.")
    lead: Text = Field(description="The first sentences, set larger.")
    about: Text = Field(description="What it is for, for search and download pages.")
    checklists: tuple[kinds.ChecklistName, ...] = Field((), description="What to prepare.")
    families: Whole = Field(description="For how many families copies are counted.")
    copies: tuple[Copies, ...] = Field((), description="What to print.")
    topics: tuple[kinds.TopicName, ...] = Field((), description="What the presenter must know.")
    questions: tuple[kinds.QuestionName, ...] = Field((), description="Likely questions.")


class NotesSheet(Part):
    """For the audience: small slides with lines to write on."""

    id: Identity = Field(description="The name of the file, without .pdf.")
    title: Text = Field(description="The heading.")
    kicker: Text = Field(description="The small line over the heading: for whom it is.")
    lead: Text = Field(description="The first sentences, set larger.")
    about: Text = Field(description="What it is for, for search and download pages.")
    videos: tuple[kinds.VideoName, ...] = Field((), description="Videos, as QR codes.")


class Deck(Part):
    """The PowerPoint file for a parent night."""

    id: Identity = Field(description="The name of the file, without .pptx.")
    title: Text = Field(description="The title of the deck.")
    minutes: Whole | None = Field(None, description="How long the talk may take in all.")
    guide: Guide | None = Field(None, description="The presenter's guide.")
    notes_sheet: NotesSheet | None = Field(None, description="The audience's sheet for notes.")
    slides: tuple[Slide, ...] = Field(description="The slides, in order.", min_length=1)


class Labels(Part):
    """The small words on sheets and slides."""

    scan_to_watch: Text = Field(description="Over the QR codes of videos.")
    video_length: Annotated[Text, kinds.filled_in("minutes")] = Field(
        description="A video's length, like “{minutes} minutes”."
    )
    sample_link: Text = Field(description="Across a QR code whose address is a stand-in.")
    qr_alt: Annotated[Text, kinds.filled_in("address")] = Field(
        description="What a screen reader says for a QR code, with {address}."
    )
    logo_alt: Annotated[Text, kinds.filled_in("name")] = Field(
        description="What a screen reader says for a logo, with {name}."
    )
    help_strip: Text = Field(description="The heading of the help strip.")
    adapted_from: Annotated[Text, kinds.filled_in("sources")] = Field(
        description="The sources of a sheet, with {sources}."
    )
    added: Annotated[Text, kinds.filled_in("names")] = Field(
        description="The contacts on a sheet that are our own addition, with {names}."
    )
    published: Annotated[Text, kinds.filled_in("publisher", "date")] = Field(
        description="Who publishes, and the date of revision: {publisher}, {date}."
    )
    page_of: Annotated[Text, kinds.filled_in("page", "pages")] = Field(
        description="The page number, with {page} and {pages}."
    )
    myth: Text = Field(description="The head of the column of myths.")
    fact: Text = Field(description="The head of the column of facts.")
    reach: Text = Field(description="The head of the column of numbers and addresses.")
    use: Text = Field(description="The head of the column that says what each is for.")
    slide_alt: Annotated[Text, kinds.filled_in("number", "title")] = Field(
        description="What a screen reader says for the picture of a slide: {number}, {title}."
    )
    run_sheet: Text = Field(description="In the guide: over the list of slides and times.")
    until: Text = Field(description="In the guide: over the clock times.")
    slide: Text = Field(description="In the guide: over the slides' titles.")
    hand_out: Text = Field(description="In the guide: over the sheets to give out.")
    print_list: Text = Field(description="In the guide: over the list of what to print.")
    sheet: Text = Field(description="In the guide: over the sheets to print.")
    each: Text = Field(description="In the guide: over the copies for each family.")
    copies: Annotated[Text, kinds.filled_in("families")] = Field(
        description="In the guide: over the copies in all, with {families}."
    )
    questions: Text = Field(description="In the guide: over the likely questions.")
    all_slides: Text = Field(description="In the guide: over the slides with their notes.")
    minutes: Annotated[Text, kinds.filled_in("minutes", "clock")] = Field(
        description="In the notes: how long a slide takes, and until when: {minutes}, {clock}."
    )
    continued: Annotated[Text, kinds.filled_in("title", "number", "count")] = Field(
        description="The title of a slide that runs on: {title}, {number}, {count}."
    )
    say: Text = Field(description="In the notes: before what to say.")
    ask: Text = Field(description="In the notes: before a question to the room.")
    do: Text = Field(description="In the notes: before what to do.")
    disclose: Text = Field(description="In the notes: before what to do if somebody tells.")
    source: Text = Field(description="In the notes: before the source.")
    quotes: Annotated[Text, kinds.filled_in("text")] = Field(
        description="The quotation marks of this language, around {text}."
    )


class Pack(Part):
    """One topic: all its words, and the sheets and slides that they are printed on."""

    pack: About = Field(description="What this pack is.")
    publisher: Publisher = Field(description="Who publishes the materials.")
    school: School | None = Field(None, description="The school at the head of every sheet.")
    contacts: Mapping[Identity, Contact] = Field(description="Telephone numbers, addresses.")
    videos: Mapping[Identity, Video] = Field({}, description="The videos.")
    sources: Mapping[Identity, Source] = Field(description="The pages texts come from.")
    topics: Mapping[Identity, Topic] = Field({}, description="What is explained.")
    steps: Mapping[Identity, Step] = Field({}, description="What to do, step by step.")
    conversations: Mapping[Identity, Conversation] = Field({}, description="Words to say.")
    checklists: Mapping[Identity, Checklist] = Field({}, description="Things to tick off.")
    pledges: Mapping[Identity, Pledge] = Field({}, description="Promises to sign.")
    myths: Mapping[Identity, Myth] = Field({}, description="Myths and facts.")
    figures: Mapping[Identity, Figure] = Field({}, description="Numbers, set large.")
    quotes: Mapping[Identity, Quote] = Field({}, description="Words of the sources.")
    questions: Mapping[Identity, Question] = Field({}, description="Likely questions.")
    handouts: tuple[Handout, ...] = Field((), description="The sheets.")
    deck: Deck | None = Field(None, description="The PowerPoint deck.")
    labels: Labels = Field(description="The small words on sheets and slides.")

    _origin: Origin = PrivateAttr()

    @property
    def origin(self) -> Origin:
        return self._origin

    @property
    def folder(self) -> Path:
        """The folder that pictures are named from."""
        return self._origin.file.parent

    def items(self, choice: Choice) -> tuple[AnyItem, ...]:
        """The items that a block or slide chooses, in its order."""
        collection: Mapping[str, AnyItem] = getattr(self, choice.kind) if choice.kind else {}
        return tuple(collection[name] for name in choice.names)

    def shown_contacts(
        self, choices: Iterable[Choice], also: Iterable[str] = ()
    ) -> tuple[Contact, ...]:
        """Every contact that blocks or slides show, those inside steps and topics too."""
        names = dict.fromkeys(also)
        for choice in choices:
            if choice.kind == "contacts":
                names |= dict.fromkeys(choice.names)
            for item in self.items(choice):
                if isinstance(item, Step):
                    names |= dict.fromkeys(item.contacts)
                elif isinstance(item, Topic):
                    names |= dict.fromkeys(item.help)
        return tuple(self.contacts[name] for name in names)

    def shown_sources(
        self, choices: Iterable[Choice], also: Iterable[str] = ()
    ) -> tuple[Source, ...]:
        """Every source of what blocks or slides show, the contacts beside it included."""
        choices = tuple(choices)
        items = [item for choice in choices for item in self.items(choice)]
        shown = (*items, *self.shown_contacts(choices, also))
        names = dict.fromkeys(name for item in shown for name in _sources(item))
        return tuple(self.sources[name] for name in names)


def _sources(item: AnyItem) -> Iterator[str]:
    yield from item.sources
    if isinstance(item, Step | Myth) and item.note:
        yield from item.note.sources
