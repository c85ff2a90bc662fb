"""How much room the text of a typeface needs, compared with Arial.

Texts are measured with Arimo, whose metrics are Arial's, but a district's template shows them in a
typeface of its own. Its text is as many times wider as `templates/slides/typefaces.toml` says; a
typeface that is not in it counts as wide.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from pack.theme import TEMPLATES

#: The height of a line of Arial, as a factor of its size (PowerPoint's single spacing is 1.15).
LINE = 1.2
_ARIALS_LINE = 1.15

#: A single line may be this much wider than the average text: 99 of 100 lines of seven words in
#: Calibri, Lato, Open Sans and Century Gothic, compared with the same lines in Arial.
_SPREAD = 1.04

#: The widths and the line height of a typeface that is not in the table: wider than nine of ten
#: families of Google Fonts, and as tall as Open Sans. Verdana Bold has 1.19, Courier New 1.36.
_WIDE, _TALL = 1.25, 1.36

#: How much wider Arial is in bold.
_BOLDER = 1.077

#: Text in capitals varies less from one typeface to another, and is never taken for narrower.
_CAPITALS = 1.08

#: Other weights of a family, as fonts are named: "Calibri Light", "Montserrat SemiBold".
_WEIGHT = re.compile(r" (Thin|ExtraLight|Light|Book|Regular|Medium)$", re.IGNORECASE)
_HEAVY = re.compile(r" (Semi ?bold|Demi ?bold|Demi|Bold)$", re.IGNORECASE)


@dataclass(frozen=True)
class Typeface:
    """A typeface: the widths of its regular and bold text as factors of Arial's in that weight.

    `line` is the height of a line as a factor of the size. `known` is false if the figures are not
    the typeface's own.
    """

    name: str
    regular: float = 1
    bold: float = 1
    line: float = LINE
    known: bool = True

    def factor(self, *, bold: bool, capitals: bool = False) -> float:
        """How many times wider than Arial a text is."""
        factor = self.bold if bold else self.regular
        return max(factor, _CAPITALS) if capitals and factor != 1 else factor


ARIAL = Typeface("Arial")


@cache
def typeface(name: str) -> Typeface:
    """The typeface with this name, as wide as it may be if it was not measured."""
    table = _table()
    if found := table.get(name.lower()):
        return _typeface(name, *found)
    if found := table.get(_WEIGHT.sub("", name).lower()):
        return _typeface(name, *found)
    if found := table.get(_HEAVY.sub("", name).lower()):
        _, bold, *line = found
        return _typeface(name, bold * _BOLDER, bold * _BOLDER, *line)
    return Typeface(name, _WIDE, _WIDE, _TALL * LINE / _ARIALS_LINE, known=False)


def _typeface(name: str, regular: float, bold: float, line: float = _TALL) -> Typeface:
    if regular == bold == 1 and line <= _ARIALS_LINE:
        return Typeface(name)
    high = max(LINE, line * LINE / _ARIALS_LINE)
    return Typeface(name, regular * _SPREAD, bold * _SPREAD, high)


@cache
def _table() -> dict[str, list[float]]:
    tables = tomllib.loads((TEMPLATES / "slides" / "typefaces.toml").read_text("utf-8"))
    found = {name.lower(): row for name, row in tables["installed"].items()}
    for name, (regular, bold, line) in tables["others"].items():
        # Where it is missing, the typeface shown instead is about as wide as Arial.
        found[name.lower()] = [max(regular, 1), max(bold, 1), line]
    return found
