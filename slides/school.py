"""What a deck shows of its school: on the master, and on the first and the last slide.

A school's name and contact are literal text, not Markdown.
"""

import re

from slides.content import BREAK, Content, Line, Logo
from source.inline import Run
from source.items import School
from source.kinds import short_address
from source.markup import mailto
from source.model import Pack

#: The layout, by our own name of it, of the boxes on the master that repeat on every slide.
HEAD = "Head"


def literal(text: str) -> str:
    """A school's text in one line, as it stands everywhere in a deck."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def name_line(school: School) -> Line:
    return Line((Run(literal(school.name)),), ("school", "name"))


def head(pack: Pack) -> Content | None:
    """The boxes on the master, as if they were a slide; None without a school."""
    if not (school := pack.school):
        return None
    reach = " · ".join(filter(None, (literal(school.contact), school.phone)))
    texts = {
        "school.name": (name_line(school),),
        "school.contact": (Line((Run(reach),), ("school", "contact")),),
    }
    return Content(key=HEAD, layout=HEAD, title=Line((), ()), texts=texts)


def help_line(school: School) -> Line:
    """The school among the places to turn to: whom to ask, and under it where to write and read.

    The addresses have a row of their own, so that they are not torn apart by a long name.
    """
    reach = f" · {school.phone}" if school.phone else ""
    runs = [Run(f"{literal(school.name)}, {literal(school.contact)}{reach}", bold=True)]
    links = [Run(school.email, link=mailto(school.email))] if school.email else []
    if school.website:
        links.append(Run(short_address(school.website), link=school.website))
    for number, link in enumerate(links):
        runs += [Run(" · ") if number else BREAK, link]
    return Line(tuple(runs), ("school",))


def logo(pack: Pack) -> Logo | None:
    if not pack.school or not pack.school.logo:
        return None
    alt = pack.labels.logo_alt.replace("{name}", literal(pack.school.name))
    return Logo(pack.folder / pack.school.logo, alt)
