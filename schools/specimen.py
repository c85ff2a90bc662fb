"""The school that bases are rendered for, and the words that are put in the place of its own."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from pack import markdown
from pack.html import dial, mailto
from pack.items import School
from pack.model import Pack
from pack.types import is_placeholder, short_address
from schools.stamp.fields import Fields

#: Words that stand in no other text.
_WORD = "Qzxspecimen"
#: Short: a code that has fewer modules than the specimen's can't be put in its place.
_WEB = {False: "https://qzxpage.org/q", True: "https://qzx.example/q"}

#: How long the specimen's words may be, to take as many lines as needed.
MOST = 14


@dataclass(frozen=True)
class SchoolProfile:
    """What schools have in common that are stamped into the same bases.

    `keys` are those of their words, `logo` is the kind that their logos have in a deck ("png" or
    "jpeg"; "" if they have none), `sample` says whether their page is marked as a stand-in.
    """

    keys: frozenset[str]
    logo: str
    sample: bool

    def of(self, format: str) -> "SchoolProfile":
        """The profile for files of a format: but in PowerPoint, a logo is a logo."""
        return self if format == "pptx" or not self.logo else replace(self, logo="png")


@dataclass(frozen=True)
class Lengths:
    """How many words the specimen's name and contact have, and the pieces of its page's address."""

    name: int = 2
    contact: int = 2
    address: int = 2


#: The lengths that most schools share: those of one line.
SHORT = Lengths()


def publisher_fields(pack: Pack, keys: Collection[str]) -> Fields:
    """Words that say nothing of a school: those of the publisher, where there must be some."""
    page = pack.publisher.website
    said = {
        "name": markdown.plain(pack.publisher.name),
        "contact": markdown.plain(pack.about.title),
        "website": page,
        "address": short_address(page),
    }
    return {key: said.get(key, "") for key in keys}


def fields_of(school: School, region: str) -> Fields:
    """A school's words in the forms that they have in files."""
    words = {"name": school.name, "contact": school.contact}
    if school.phone:
        words |= {"phone": school.phone, "dial": dial(school.phone, region)}
    if school.email:
        words |= {"email": school.email, "mailto": mailto(school.email)}
    if school.website:
        words |= {"website": school.website, "address": short_address(school.website)}
    return words


def profile_of(school: School, region: str, logo: str) -> SchoolProfile:
    """What a school has in common with others; `logo` is the kind of its logo.

    PowerPoint doesn't show every SVG: a deck has a picture of it.
    """
    keys = frozenset(fields_of(school, region))
    return SchoolProfile(
        keys, "png" if logo == "svg" else logo, is_placeholder(school.website or "")
    )


def specimen(profile: SchoolProfile, logo: Path | None, lengths: Lengths = SHORT) -> School:
    """The specimen of a shape, with words as long as that."""
    page = _WEB[profile.sample] + "/qzxpage" * (lengths.address - 2)
    return School.model_construct(
        name=" ".join([_WORD, "School", *["Qzxword"] * (lengths.name - 2)]),
        contact=" ".join([_WORD, "Office", *["Qzxoffice"] * (lengths.contact - 2)]),
        phone="202-555-0199" if "phone" in profile.keys else None,
        email="qzx@qzxspecimen.org" if "email" in profile.keys else None,
        website=page if "website" in profile.keys else None,
        logo=str(logo) if logo else None,
    )
