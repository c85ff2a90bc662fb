"""The columns of a list of schools, and the headings by which districts and states know them."""

from collections.abc import Iterable, Mapping

from pack.errors import UsageError
from pack.problems import nearest
from schools.tables.headings import Columns

COLUMNS = Columns(
    name="schools",
    # The best heading comes first: of “School Phone” and “Phone”, the first one is taken. Capitals,
    # spaces and punctuation make no difference, and words have the synonyms below.
    headings={
        # Codes are no folders that people find, and not all schools have one.
        "id": ("id",),
        "name": (
            *("school name", "official school name", "official name", "name of school"),
            *("schnam", "alone", "name"),
        ),
        "logo": ("logo", "school logo"),
        "contact": ("contact", "contact office"),
        "phone": (
            *("school phone", "school main phone", "phone", "main phone", "primary phone"),
            *("phone 1", "main number", "school office phone", "main office phone"),
            *("front office phone", "office phone", "general phone", "public phone"),
            *("contact phone", "counselor phone", "counseling phone", "principal phone"),
            "principals phone",
        ),
        "extension": ("school phone extension", "phone extension", "school extension", "extension"),
        "email": (
            *("school email", "email", "main email", "school main email", "general email"),
            *("school office email", "office email", "contact email", "counselor email"),
        ),
        "website": ("school website", "website"),
        "language": ("language",),
        "sheets": ("sheets",),
        # For schools of the same name, and schools that are closed.
        "town": (
            *("school town", "location town", "physical town", "street town", "town"),
            *("lcity", "mailing town", "school mailing town", "mcity", "post town"),
            *("district name", "school district", "district", "lea name", "leanm", "county"),
        ),
        "status": ("school status", "status", "status type", "operational status"),
    },
    synonyms={
        # Alone, “Location” or “Center” would be something else.
        "alone": ("school", "schools", "campus", "institution", "establishment", "facility"),
        "school": (
            *("school", "schools", "sch", "campus", "camp", "institution", "inst"),
            *("establishment", "academy"),
            *("building", "bldg", "facility", "center", "centre", "location", "site"),
            *("organization", "organisation", "org"),
        ),
        "name": ("name", "names", "nam", "nm"),
        "phone": (
            *("phone", "phone number", "phone no", "phone num", "phone nbr", "phones"),
            *("telephone", "telephone number", "telephone no", "telephone num"),
            *("tel", "tel number", "tel no", "tel num", "ph", "ph no"),
        ),
        "extension": ("extension", "ext", "extn", "extension number", "ext no"),
        "email": ("email", "email address", "emails", "email id"),
        "website": (
            *("website", "website address", "website url", "website link", "web address"),
            *("web page address", "web page", "web page url", "web url", "url", "url address"),
            *("homepage", "homepage url", "internet address", "internet", "www", "web"),
        ),
        "town": ("town", "city", "town city", "city town", "municipality", "locality"),
    },
    required=("name",),
    codes=("id", "language", "sheets"),
    principal=("name", "contact", "phone", "email", "website", "logo"),
)


class UnknownColumn(UsageError):
    """A column was named that lists of schools don't have."""


def headings_given(options: Iterable[str]) -> Mapping[str, str]:
    """The headings given as “COLUMN=HEADING”, by column; an empty one means “none”.

    Raises `UnknownColumn`.
    """
    given = {}
    for option in options:
        column, sign, heading = option.partition("=")
        column = column.strip().lower()
        if not sign:
            raise UnknownColumn(
                f"--column {option}: write the column, “=” and the heading in the list, like "
                '--column name="School Name".'
            )
        if column not in COLUMNS.known:
            raise UnknownColumn(
                f"--column {option}: there is no column “{column}”. "
                + nearest(column, COLUMNS.known)
            )
        given[column] = heading.strip()
    return given
