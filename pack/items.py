"""The units of content that sheets and slides choose among, and who stands behind them.

A field's description is written for staff: editors show it while they type (`schema`).
"""

import re
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from pack import types
from pack.types import Address, Date, Email, Phone, Picture, Text, Truth, Whole
from pack.validation import fault


class Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class About(Part):
    """What this pack is."""

    title: Text = Field(description="The topic, in a word or two.")
    subtitle: Text = Field(description="One line under the title.")
    description: Text = Field(description="One sentence on what the materials are for.")
    language: types.Language = Field(description="The language of the text, like en or es.")
    region: types.Region = Field("US", description="The country of the telephone numbers.")
    revised: Date = Field(description="The day of the last change, like 2026-11-22.")
    help_strip: tuple[types.ContactName, ...] = Field(
        description="The contacts at the foot of every sheet, four at the most.",
        min_length=1,
        max_length=4,
    )
    words: tuple[Text, ...] = Field((), description="Words that the spelling check knows.")


class Publisher(Part):
    """Who publishes the materials."""

    name: Text = Field(description="The name as it is printed.")
    website: Address = Field(description="The address of the publisher's website.")
    logo: Picture | None = Field(None, description="A PNG, JPEG or SVG file beside this file.")


class School(Part):
    """The school whose name stands at the head of every sheet. Leave it out for none."""

    name: types.SchoolName = Field(description="The school's name.")
    contact: types.Role = Field(description="Whom to ask: a role, never a person's name.")
    phone: Phone | None = Field(None, description="The number of that office.")
    email: Email | None = Field(None, description="The e-mail address of that office.")
    website: Address | None = Field(None, description="The school's own page on the topic.")
    logo: types.Logo | None = Field(None, description="A PNG, JPEG or SVG file beside this file.")


class Source(Part):
    """A page that texts are adapted from."""

    name: Text = Field(description="The name, as it is printed after “Adapted from”.")
    page: types.ContactName = Field(description="The contact that holds its address.")


class Item(Part):
    """A unit of content that sheets and slides choose among."""

    sources: types.SourceNames = Field(
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
    sources: types.SourceNames = Field(
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
            if types.vanity_digits(vanity).removeprefix("1") != phone.removeprefix("1"):
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
    embed: types.Embed | None = Field(
        None, description="The address of its player at YouTube (nocookie) or Vimeo."
    )
    minutes: Whole | None = Field(None, description="Its length in minutes, if known.")
    file: types.Movie | None = Field(
        None, description="An MP4 file beside this file, to play without the internet."
    )
    poster: Picture | None = Field(None, description="The picture shown before the file plays.")
    say: Text | None = Field(None, description="What the presenter says, for the notes.")
    ask: Text | None = Field(None, description="A question to the room, for the notes.")

    @model_validator(mode="after")
    def _has_poster(self) -> Self:
        if self.file and not self.poster:
            raise fault(
                "a video with a “file” needs a “poster”",
                "Add a picture from the video, 16 wide and 9 high, as PNG or JPEG.",
            )
        return self


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
    help: tuple[types.ContactName, ...] = Field(
        (), description="Contacts that always stand right beside this text."
    )


class Note(Item):
    """A remark that never leaves the text that it belongs to."""

    title: Text = Field(description="How the note begins, like “A note from …”.")
    body: Text = Field(description="The note.")


class ActionStep(Item):
    """One thing to do, in an order."""

    title: Text = Field(description="What to do, in two to five words.")
    body: Text = Field(description="How and why, for the action sheet.")
    short: Text = Field(description="The same in a sentence, for slides and short sheets.")
    say: Text | None = Field(None, description="What the presenter says, for the notes.")
    contacts: tuple[types.ContactName, ...] = Field(
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


AnyItem = (
    Contact | Video | Topic | ActionStep | Conversation | Checklist | Pledge | Myth | Figure | Quote
)
