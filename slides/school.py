"""What a deck shows of its school: on the master, and on the first and last slides.

A school's name and contact are literal text, not Markdown.
"""

import re

from pack.isolates import END, FIRST_LETTER
from pack.items import School
from pack.markdown import TextRun
from pack.model import Pack
from pack.reach import mailto
from pack.types import short_address
from slides.content import BREAK, Line, Lines, SlideContent, SlideLogo
from slides.direction import is_right_to_left

#: Our name for the layout of the boxes on the master, which repeat on every slide.
HEAD = "Head"

#: The names of these boxes.
BOXES = ("school.name", "school.contact")


def literal(text: str) -> str:
    """A school's text as one line, as it appears everywhere in a deck."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def name_line(pack: Pack, school: School) -> Line:
    return Line((TextRun(_own(pack, school.name)),), ("school", "name"))


def phone_line(pack: Pack) -> Lines:
    """The school's number as a paragraph, if it has one."""
    if not pack.school or not pack.school.phone:
        return ()
    return (Line((TextRun(_own(pack, pack.school.phone), bold=True),), ("school", "phone")),)


def _own(pack: Pack, text: str) -> str:
    """A school's text, in whichever language: in one from right to left, set apart by marks.

    They are the same for every school, so that another can be put between them.
    """
    text = literal(text)
    return f"{FIRST_LETTER}{text}{END}" if is_right_to_left(pack.locale) else text


def head(pack: Pack) -> SlideContent | None:
    """The boxes on the master, as if they were a slide; None without a school."""
    if not (school := pack.school):
        return None
    reach = [TextRun(_own(pack, school.contact))]
    if school.phone:
        reach += [TextRun(" · "), TextRun(_own(pack, school.phone), bold=True)]
    texts = {
        "school.name": (name_line(pack, school),),
        "school.contact": (Line(tuple(reach), ("school", "contact")),),
    }
    return SlideContent(key=HEAD, layout=HEAD, title=Line((), ()), texts=texts)


def help_line(pack: Pack, school: School) -> Line:
    """The school as a place to turn to: whom to ask, its number, and its addresses.

    Addresses have a row of their own, so that a long name splits none; then so has the number.
    """
    name, contact = _own(pack, school.name), _own(pack, school.contact)
    comma = pack.script.comma
    runs = [TextRun(f"{name}{comma}{contact}", bold=True)]
    links = [TextRun(_own(pack, school.email), link=mailto(school.email))] if school.email else []
    if school.website:
        links.append(TextRun(_own(pack, short_address(school.website)), link=school.website))
    if school.phone:
        runs += [BREAK if links else TextRun(" · ", bold=True)]
        runs += [TextRun(_own(pack, school.phone), bold=True)]
    for number, link in enumerate(links):
        runs += [TextRun(" · ") if number else BREAK, link]
    return Line(tuple(runs), ("school",))


def logo(pack: Pack) -> SlideLogo | None:
    if not pack.school or not pack.school.logo:
        return None
    alt = pack.labels.logo_alt.replace("{name}", literal(pack.school.name))
    return SlideLogo(pack.folder / pack.school.logo, alt)
