"""The units of content that sheets and slides choose from, and who publishes them.

The descriptions of fields are written for staff: editors show them during typing (`schema`).
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from pack import phones, types
from pack.types import Address, Date, Email, Phone, Picture, Text, Truth, Whole
from pack.validation import fault

#: The most characters of the words that stand for an address.
_WORDS = 60


class Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class About(Part):
    """What this pack is about."""

    title: Text = Field(description="The topic, in one or two words.")
    subtitle: Text = Field(description="One line under the title.")
    description: Text = Field(description="One sentence that says what the materials are for.")
    language: types.Language = Field(description="The language of the text, like en or es.")
    region: types.Region = Field("US", description="The country of the phone numbers, like US.")
    revised: Date = Field(description="The day of the last change, like 2026-11-22.")
    help_strip: tuple[types.ContactName, ...] = Field(
        description="The contacts at the bottom of every sheet, at most four.",
        min_length=1,
        max_length=4,
    )
    motif: types.Motif | None = Field(
        None, description="The picture that stands for the whole: door; leave out for none."
    )
    words: tuple[Text, ...] = Field((), description="Words that the spelling check should accept.")


class Publisher(Part):
    """Who publishes the materials."""

    name: Text = Field(description="The name, as it should be printed.")
    website: Address = Field(description="The address of the publisher's website.")
    logo: types.PublisherLogo | None = Field(
        None, description="A PNG, JPEG or SVG file next to this file."
    )


class School(Part):
    """The school whose name is at the top of every sheet. Leave it out if there is none."""

    name: types.SchoolName = Field(description="The school's name.")
    contact: types.Role = Field(description="Who to ask: a role, never a person's name.")
    phone: Phone | None = Field(None, description="The phone number of that office.")
    email: Email | None = Field(None, description="The e-mail address of that office.")
    website: Address | None = Field(None, description="The school's own page about the topic.")
    logo: types.SchoolLogo | None = Field(
        None, description="A PNG, JPEG or SVG file next to this file."
    )


class Source(Part):
    """A web page that texts are adapted from."""

    name: Text = Field(description="The name, as it should be printed after “Adapted from”.")
    page: types.ContactName = Field(description="The name of the contact that has its web address.")


class Item(Part):
    """A unit of content that sheets and slides choose from."""

    sources: types.SourceNames = Field(
        alias="from", description="The source it is adapted from, or a list of sources."
    )


class TextMessage(Part):
    """Where to send a text message, and the word to send if it takes one."""

    number: types.TextNumber = Field(description="The number that takes text messages.")
    word: types.TextWord | None = Field(None, description="The word to send, like HOME.")


class Contact(Part):
    """Where to turn: a number to call or text, an e-mail or web address, or several of them."""

    name: Text = Field(description="The name, as it should be printed.")
    use: Text = Field(description="What it is for, in a few words.")
    gives: Text | None = Field(None, description="What people find there, in one or two sentences.")
    extension: types.Extension | None = Field(
        None, description="The extension to dial after the phone number."
    )
    phone: types.ContactPhone | None = Field(
        None, description="The phone number, as people dial it."
    )
    vanity: Text | None = Field(None, description="The same phone number, spelled with letters.")
    text: TextMessage | None = Field(
        None, description="The number for text messages, like {number: 741741, word: HOME}."
    )
    tty: Phone | None = Field(None, description="The number for text telephones (TTY).")
    email: Email | None = Field(None, description="The e-mail address.")
    url: Address | None = Field(None, description="The web address, with https://.")
    short: Text | None = Field(
        None,
        description="Words to print for a long address that nobody would type; the link and the "
        "code keep the address.",
        json_schema_extra={"maxLength": _WORDS},
    )
    hours: Text | None = Field(None, description="When it answers; leave out if it always does.")
    sources: types.SourceNames = Field(
        (), alias="from", description="The source that names it, or a list of sources."
    )
    added: Truth = Field(False, description="true: added by us, not named in any source.")

    @property
    def has_short_phone(self) -> bool:
        """Whether everyone can keep its number in mind, like 911: it has at most four digits."""
        return bool(self.phone) and len(self.phone or "") <= 4

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not (self.phone or self.text or self.tty or self.email or self.url):
            raise fault(
                "there is no way to reach this contact",
                "Add “phone:”, “text:”, “tty:”, “email:” or “url:”, one or several of them.",
            )
        if self.extension and not self.phone:
            raise fault(
                "there is an extension without a phone number",
                "Add “phone:”, or remove “extension:”.",
            )
        if self.short and not self.url:
            raise fault(
                "there are words for an address, but no address",
                "Add “url:”, or remove “short:”.",
            )
        if len(self.short or "") > _WORDS:
            raise fault(
                f"the words for the address have more than {_WORDS} characters",
                "Shorten them: they are for people who find the page in another way.",
            )
        if bool(self.sources) == self.added:
            raise fault(
                "it is not clear where this contact comes from",
                "Write either “from:” and a source, or “added: true” if you added it yourself.",
            )
        return self

    @field_validator("phone")
    @classmethod
    def _has_its_extension(cls, phone: str | None, info: ValidationInfo) -> str | None:
        extension = info.data.get("extension")
        if not (phone and extension):
            return phone
        if " ext." in phone:
            raise fault("this number has two extensions", "Remove it here or under “extension:”.")
        return phones.with_extension(phone, extension)

    @field_validator("vanity")
    @classmethod
    def _dials_the_phone(cls, vanity: str | None, info: ValidationInfo) -> str | None:
        if vanity and "phone" in info.data:
            if not info.data["phone"]:
                raise fault(
                    "a number spelled with letters needs the same number in digits",
                    "Add a line “phone:” with the digits, or delete this line.",
                )
            phone = re.sub(r"\D", "", info.data["phone"].partition(" ext.")[0])
            if phones.vanity_digits(vanity).removeprefix("1") != phone.removeprefix("1"):
                raise fault(
                    f"“{vanity}” does not dial the number under “phone”",
                    "Check the letters on a phone's keypad, or delete this line: both must dial "
                    "the same number.",
                )
        return vanity


class Video(Item):
    """A video; sheets and slides link to it with a QR code."""

    title: Text = Field(description="The title of the video.")
    summary: Text = Field(description="What the video shows, in one sentence.")
    url: Address = Field(description="The web address where people watch it; the code opens it.")
    short: Address | None = Field(
        None, description="A shorter address of the same video, printed for people who type it."
    )
    embed: types.Embed | None = Field(
        None, description="The address of its player on YouTube (nocookie) or Vimeo."
    )
    minutes: Whole | None = Field(None, description="Its length in minutes, if you know it.")
    file: types.Movie | None = Field(
        None, description="An MP4 file next to this file, to play it without the internet."
    )
    poster: Picture | None = Field(None, description="The picture shown before the video plays.")
    say: Text | None = Field(None, description="What the presenter says, for the notes.")
    ask: Text | None = Field(None, description="A question to the audience, for the notes.")

    @model_validator(mode="after")
    def _has_poster(self) -> Self:
        if self.file and not self.poster:
            raise fault(
                "a video with a “file” needs a “poster”",
                "Add a PNG or JPEG picture from the video, in the shape 16:9.",
            )
        return self


class Point(Part):
    """One point of a topic on a slide: a text alone, or with a pictogram and its place."""

    text: Text = Field(description="The point, in about twelve words.")
    body: Text | None = Field(None, description="The same in full, for sheets.")
    sign: types.Sign | None = Field(None, description="The name of a pictogram to put beside it.")
    place: types.PointPlace | None = Field(
        None,
        alias="as",
        description="Where it goes: claim (the title), below, left or right.",
    )
    tone: types.Tone | None = Field(None, description="threat: set apart as a threat.")
    ways: tuple[Text, ...] = Field(
        (),
        description="For the left point of a fork: what the two ways are called, like [yes, no].",
    )

    @model_validator(mode="after")
    def _has_two_ways(self) -> Self:
        if self.ways and (len(self.ways) != 2 or self.place != "left"):
            raise fault(
                "“ways” are the names of the two ways of a fork, which begin at its left point",
                "Write it as “{text: …, as: left, ways: [yes, no]}”.",
            )
        return self


def _as_point(value: Any) -> Any:
    """A point that is only a text as a point with that text."""
    if isinstance(value, str):
        return {"text": value}
    names = {field.alias or name for name, field in Point.model_fields.items()}
    if isinstance(value, Point) or (isinstance(value, Mapping) and names & {*value}):
        return value
    found = "a group of “name: value” lines" if isinstance(value, Mapping) else "a list"
    raise fault(
        f"expected text here, but found {found}",
        "Write the text on this line. If it contains a colon, put quotation marks around the "
        "whole text.",
    )


#: Points, each as a text or with what else it has.
Points = tuple[
    Annotated[Point, BeforeValidator(_as_point, json_schema_input_type=str | Point)], ...
]


class Topic(Item):
    """Something to explain: in full for sheets, in points for slides, as a speech for notes."""

    title: Text = Field(description="The heading.")
    body: Text = Field(description="The text for sheets: paragraphs and lists.")
    sign: types.Sign | None = Field(None, description="The name of its pictogram.")
    points: Points = Field(
        (), description="The same for slides: at most five points of about twelve words each."
    )
    figure: types.FigureName | None = Field(
        None, description="The figure whose people are drawn with it."
    )
    exit: types.TopicName | None = Field(
        None, description="For a cycle: the topic that is the way out of it."
    )
    say: Text | None = Field(None, description="What the presenter says, for the notes.")
    ask: Text | None = Field(None, description="A question to the audience, for the notes.")
    disclose: Text | None = Field(
        None, description="What to do if someone says it happened to them, for the notes."
    )
    help: tuple[types.ContactName, ...] = Field(
        (), description="Contacts that always appear right beside this text."
    )

    @property
    def in_picture(self) -> tuple[Point, ...]:
        """The points that a picture shows; the others stand beside it."""
        return tuple(point for point in self.points if point.sign and not point.place)

    @property
    def picture(self) -> str:
        """What a sheet can draw of it: "people", "cycle" or "bubbles"; empty for nothing."""
        count = len(self.in_picture)
        if self.figure:
            return "people"
        if self.exit and count in (3, 4):
            return "cycle"
        messages = any(point.tone for point in self.in_picture)
        return "bubbles" if messages and count in (2, 3) else ""


class Note(Item):
    """A remark that is always printed with the text it belongs to."""

    title: Text = Field(description="How the note begins, like “A note from …”.")
    body: Text = Field(description="The text of the note.")


class ActionStep(Item):
    """One thing to do, as part of a sequence."""

    title: Text = Field(description="What to do, in two to five words.")
    body: Text = Field(description="How and why, for the action sheet.")
    short: Text = Field(description="The same in one sentence, for slides and short sheets.")
    warning: Text | None = Field(
        None, description="The mistake that can't be undone, in one sentence: set apart in a box."
    )
    sign: types.Sign | None = Field(None, description="The name of its pictogram.")
    say: Text | None = Field(None, description="What the presenter says, for the notes.")
    contacts: tuple[types.ContactName, ...] = Field(
        (), description="Contacts to do it with, shown beside the step."
    )
    note: Note | None = Field(None, description="A remark that is always printed with it.")


class Conversation(Item):
    """What to say to a child."""

    title: Text = Field(description="The name of the conversation.")
    sign: types.Sign | None = Field(None, description="The name of its pictogram.")
    when: Text = Field(description="When to use it, in one line.")
    lines: tuple[Text, ...] = Field(
        description="What to say, line by line; at most six lines.", min_length=1, max_length=6
    )
    say: Text | None = Field(None, description="What the presenter says, for the notes.")
    ask: Text | None = Field(None, description="A question to the audience, for the notes.")


class Task(Part):
    """Something to check off."""

    task: Text = Field(description="What to do.")
    detail: Text | None = Field(None, description="How to do it, in one sentence.")


class Checklist(Item):
    """Things to check off, under one heading."""

    title: Text = Field(description="The heading.")
    sign: types.Sign | None = Field(None, description="The name of its pictogram.")
    tasks: tuple[Task, ...] = Field(description="The things to check off.", min_length=1)


class Pledge(Item):
    """A promise, with lines to sign."""

    title: Text = Field(description="The heading.")
    promises: tuple[Text, ...] = Field(description="The promises.", min_length=1)
    sign: tuple[Text, ...] = Field(
        description="What goes under each line to sign on, like “Parent”.", min_length=1
    )


class Myth(Item):
    """What people say, and what is true."""

    myth: Text = Field(description="What people say.")
    fact: Text = Field(description="What is true.")
    note: Note | None = Field(None, description="A remark that is always printed with it.")


class People(Part):
    """People who stand for a number, such as 1 in 5."""

    of: Whole = Field(description="How many there are; at most ten.")
    on: Whole = Field(description="How many of them, from the left, are filled in.")
    drawn: types.PeopleKind = Field(
        "person",
        alias="as",
        description="person; pair (an adult and a child); row (children by height).",
    )

    @model_validator(mode="after")
    def _are_few(self) -> Self:
        if self.of > 10 or self.on > self.of:
            raise fault(
                f"{self.on} of {self.of} people can't be drawn",
                "Write “of” with a number up to 10, and “on” with one that is not larger.",
            )
        return self


class Figure(Item):
    """One number, shown large."""

    figure: Text = Field(description="The number, like “1 in 5”.")
    title: Text = Field(description="What it means, as a heading.")
    text: Text = Field(description="What it counts, and who says so.")
    people: People | None = Field(
        None, description="The same number as people, like {of: 5, on: 1}."
    )
    say: Text | None = Field(None, description="What the presenter says, for the notes.")
    ask: Text | None = Field(None, description="A question to the audience, for the notes.")


class Quote(Item):
    """A quotation from a source."""

    text: Text = Field(description="The exact words, without quotation marks.")
    title: Text = Field(description="The heading above them.")
    say: Text | None = Field(None, description="What the presenter says, for the notes.")
    ask: Text | None = Field(None, description="A question to the audience, for the notes.")


class Question(Item):
    """A question that people ask after the talk, and its answer."""

    question: Text = Field(description="The question.")
    answer: Text = Field(description="The answer, based on the facts.")


AnyItem = (
    Contact | Video | Topic | ActionStep | Conversation | Checklist | Pledge | Myth | Figure | Quote
)
