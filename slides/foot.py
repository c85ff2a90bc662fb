"""The foot of a slide: where the talk is, and the numbers that everyone can keep in mind.

They stand before the slide number, in the same placeholder: at the same place on every slide, and
not in the outline of the talk.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pack.markdown import TextRun, TextRuns
from pack.model import Pack
from slides.content import HelpNumber, Line
from slides.frames import Frame
from slides.text_lines import joined
from slides.text_metrics import height, is_joined, rows, width

#: The size of the numbers compared with the words beside them.
_LARGE = 18 / 14

#: The room in pt between the two placeholders.
_BETWEEN = 8.0

_DOT = TextRun(" · ")

#: By how much wider letters that are joined may be on the machine that shows them.
_JOINED = 1.08

#: What is between the numbers and the slide number.
GAP = TextRun("     ")


class Foot(NamedTuple):
    """The footer's text, what stands before the slide number, and the frames of both."""

    name: str
    numbers: TextRuns
    footer: Frame
    number: Frame


def help_numbers(pack: Pack) -> tuple[HelpNumber, ...]:
    """The numbers of the pack's help strip that are dialed by heart, such as 911."""
    return tuple((one.phone or "", one.name) for one in pack.short_numbers)


def foot(
    name: str,
    numbers: Sequence[HelpNumber],
    left: float,
    footer: Frame,
    number: Frame,
    draft: str = "",
) -> Foot:
    """The foot of one of our layouts, with as much of it as there is room for from `left` on.

    `footer` and `number` are the layout's frames; those of the slide share the same room. `draft`
    goes before the name, and is always there.
    """
    name = " · ".join(filter(None, (draft, name)))
    end = number.left + number.width
    if end < footer.left + footer.width:
        # Where a template has them the other way round, there is no room beside the number.
        width_left = footer.width - (left - footer.left)
        return Foot(name, (), replace(footer, left=left, width=width_left), number)
    brief = tuple((short, "") for short, _ in numbers)
    forms = ((name, numbers), (name, brief), (draft, brief)) if numbers else ()
    for named, shown in (*forms, (name, ())):
        runs = _shown(shown, _LARGE)
        line = Line((*runs, GAP, TextRun("000")), ())
        wide = width(line, number) * (_JOINED if is_joined(line.text) else 1)
        found = Foot(
            named,
            runs,
            replace(footer, left=left, width=end - wide - _BETWEEN - left),
            replace(number, left=end - wide, width=wide),
        )
        if _fits(found):
            break
    return found


def _fits(found: Foot) -> bool:
    line = Line((TextRun(found.name),), ())
    high = height((Line(found.numbers, ()),), found.number)
    return len(rows(line, found.footer)) == 1 and high <= found.number.height


def one_line(footer: str, numbers: Sequence[HelpNumber], frame: Frame) -> TextRuns:
    """The footer of a foreign template and the numbers, as far as there is room in its frame."""
    own = (TextRun(footer),)
    brief = tuple((short, "") for short, _ in numbers)
    for shown in (numbers, brief) if numbers else ():
        runs = (*own, _DOT, *_shown(shown))
        if height((Line(runs, ()),), frame) <= frame.height:
            return runs
    return own


def _shown(numbers: Sequence[HelpNumber], scale: float = 1) -> TextRuns:
    return joined([tuple(_runs(*one, scale)) for one in numbers], _DOT)


def _runs(number: str, name: str, scale: float) -> Iterator[TextRun]:
    yield TextRun(number, bold=True, scale=scale)
    if name:
        yield TextRun(f" {name}")
