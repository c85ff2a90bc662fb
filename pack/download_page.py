"""The download page's own text, and its accessibility statement."""

from typing import Self

from pydantic import Field, model_validator

from pack import types
from pack.items import Part
from pack.types import Address, Phone, Text
from pack.validation import fault


class QuickExit(Part):
    """A link for someone who must not be seen on this page."""

    text: Text = Field(description="The text of the link, like “Leave this page”.")
    url: Address = Field(description="A harmless page to show instead, like the weather.")


class Section(Part):
    """A part of a page."""

    title: Text = Field(description="The heading.")
    body: Text = Field(description="The text: paragraphs and lists.")


class Report(Section):
    """How to report a barrier, and to whom."""

    name: Text = Field(description="Who answers: an office or a role, never a person's name.")
    phone: Phone | None = Field(None, description="Its phone number.")
    email: types.Email | None = Field(None, description="Its e-mail address.")
    url: Address | None = Field(None, description="The web address of a form or page.")

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not (self.phone or self.email or self.url):
            raise fault(
                "there is no way to report a barrier: “phone”, “email” and “url” are missing",
                "Add “phone:”, “email:” or “url:”, ideally two of them.",
            )
        return self


class Statement(Part):
    """The accessibility statement, on a page of its own (for public bodies in Colorado: 8 CCR
    1501-11, section 11.6)."""

    title: Text = Field(description="The heading, and the text of the link to it.")
    lead: Text = Field(description="What you commit to, in one or two sentences.")
    sections: tuple[Section, ...] = Field(
        description="The standards you meet, and all known exceptions.",
        min_length=1,
    )
    report: Report = Field(description="How to report a barrier, and to whom.")


class Group(Part):
    """Sheets that stand together on the page, under a heading of their own."""

    title: Text = Field(description="The heading, like “For your family”.")
    handouts: tuple[types.HandoutName, ...] = Field(
        description="The ids of the sheets, in order.", min_length=1
    )


class Page(Part):
    """The page where people download the materials. Fields left out are taken from the pack."""

    title: Text | None = Field(None, description="The heading; if left out, the pack's title.")
    kicker: Text | None = Field(
        None, description="The small line above it; if left out, the subtitle."
    )
    lead: Text | None = Field(None, description="The introduction; if left out, the description.")
    now: types.HandoutName | None = Field(
        None,
        description="The id of the sheet for someone to whom it is happening now: it is first.",
    )
    groups: tuple[Group, ...] = Field(
        (), description="Which sheets stand together; those in no group follow after the others."
    )
    quick_exit: QuickExit | None = Field(None, description="A link to leave the page quickly.")
    accessibility: Statement | None = Field(None, description="The accessibility statement.")
