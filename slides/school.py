"""What a deck shows of its school: on the master, and on the first and last slides.

A school's name and contact are literal text, not Markdown.
"""

import re

from pack.items import School
from pack.markdown import TextRun
from pack.model import Pack
from pack.reach import mailto
from pack.types import short_address
from slides.content import BREAK, Line, SlideContent, SlideLogo

#: Our name for the layout of the boxes on the master, which repeat on every slide.
HEAD = "Head"

#: The names of these boxes.
BOXES = ("school.name", "school.contact")


def literal(text: str) -> str:
    """A school's text as one line, as it appears everywhere in a deck."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def name_line(school: School) -> Line:
    return Line((TextRun(literal(school.name)),), ("school", "name"))


def head(pack: Pack) -> SlideContent | None:
    """The boxes on the master, as if they were a slide; None without a school."""
    if not (school := pack.school):
        return None
    reach = [TextRun(literal(school.contact))]
    if school.phone:
        reach += [TextRun(" · "), TextRun(school.phone, bold=True)]
    texts = {
        "school.name": (name_line(school),),
        "school.contact": (Line(tuple(reach), ("school", "contact")),),
    }
    return SlideContent(key=HEAD, layout=HEAD, title=Line((), ()), texts=texts)


def help_line(school: School) -> Line:
    """The school as a place to turn to: whom to ask, its number, and its addresses.

    Each has a row of its own, so that a long name splits none of them.
    """
    runs = [TextRun(f"{literal(school.name)}, {literal(school.contact)}", bold=True)]
    if school.phone:
        runs += [BREAK, TextRun(school.phone, bold=True)]
    links = [TextRun(school.email, link=mailto(school.email))] if school.email else []
    if school.website:
        links.append(TextRun(short_address(school.website), link=school.website))
    for number, link in enumerate(links):
        runs += [TextRun(" · ") if number else BREAK, link]
    return Line(tuple(runs), ("school",))


def logo(pack: Pack) -> SlideLogo | None:
    if not pack.school or not pack.school.logo:
        return None
    alt = pack.labels.logo_alt.replace("{name}", literal(pack.school.name))
    return SlideLogo(pack.folder / pack.school.logo, alt)
