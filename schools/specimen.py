"""The specimen school that bases are rendered for, and the fields that replace its own."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from pack import markdown
from pack.html import is_long_phone
from pack.items import School
from pack.model import Pack
from pack.reach import dial, mailto
from pack.types import is_placeholder, short_address
from schools.stamp.fields import Fields

#: A word that appears in no other text.
_WORD = "Qzxspecimen"
#: Short, because a code with fewer modules than the specimen's can't replace it.
_WEB = {False: "https://qzxpage.org/q", True: "https://qzx.example/q"}

_PHONE = {False: "202-555-0199", True: "202-555-0199 ext. 7604"}

#: The greatest length of a specimen's field, to take as many lines as needed.
MOST = 14


@dataclass(frozen=True)
class SchoolProfile:
    """What the schools that share bases have in common.

    `keys` are the keys of their fields. `logo` is the kind of their logos in a deck ("png" or
    "jpeg"; "" for no logo). `sample` says whether their website is marked as a placeholder,
    `long_phone` whether their phone numbers are set smaller.
    """

    keys: frozenset[str]
    logo: str
    sample: bool
    long_phone: bool = False

    def of(self, format: str) -> "SchoolProfile":
        """The profile for files of a format: only PowerPoint files depend on the kind of logo."""
        return self if format == "pptx" or not self.logo else replace(self, logo="png")


@dataclass(frozen=True)
class Lengths:
    """How many words the specimen's name and contact have, and how many pieces its address has."""

    name: int = 2
    contact: int = 2
    address: int = 2


#: The lengths for texts of one line, which most schools share.
SHORT = Lengths()

#: The lengths for decks whose last slide has the small picture.
LONG = Lengths(name=12)


def blank_fields(pack: Pack, keys: Collection[str]) -> Fields:
    """Fields of no school: lines to write on under "My school", and the publisher's page."""
    line = "_" * 12
    fields = dict.fromkeys(("contact", "phone", "email", "address"), line)
    fields |= {"name": markdown.plain(pack.labels.my_school), "website": pack.publisher.website}
    return {key: fields.get(key, "") for key in keys}


def fields_of(school: School, region: str) -> Fields:
    """A school's fields, in the forms that appear in files."""
    fields = {"name": school.name, "contact": school.contact}
    if school.phone:
        fields |= {"phone": school.phone, "dial": dial(school.phone, region)}
    if school.email:
        fields |= {"email": school.email, "mailto": mailto(school.email)}
    if school.website:
        fields |= {"website": school.website, "address": short_address(school.website)}
    return fields


def profile_of(school: School, region: str, logo: str) -> SchoolProfile:
    """The profile of a school; `logo` is the kind of its logo.

    PowerPoint doesn't show every SVG, so decks have a PNG of it.
    """
    keys = frozenset(fields_of(school, region))
    return SchoolProfile(
        keys,
        "png" if logo == "svg" else logo,
        is_placeholder(school.website or ""),
        is_long_phone(school.phone or ""),
    )


def specimen(profile: SchoolProfile, logo: Path | None, lengths: Lengths = SHORT) -> School:
    """The specimen of a profile, with fields of these lengths."""
    page = _WEB[profile.sample] + "/qzxpage" * (lengths.address - 2)
    return School.model_construct(
        name=" ".join([_WORD, "School", *["Qzxword"] * (lengths.name - 2)]),
        contact=" ".join([_WORD, "Office", *["Qzxoffice"] * (lengths.contact - 2)]),
        phone=_PHONE[profile.long_phone] if "phone" in profile.keys else None,
        email="qzx@qzxspecimen.org" if "email" in profile.keys else None,
        website=page if "website" in profile.keys else None,
        logo=str(logo) if logo else None,
    )
