"""The foot of a slide: where the talk is, and the numbers that everyone can keep in mind.

They stand before the slide number, in a placeholder for footers: at the same place on every slide,
and not in the outline of the talk.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pack.markdown import TextRun, TextRuns
from pack.model import Pack
from slides.content import HelpNumber, Line
from slides.frames import Frame
from slides.text_lines import joined
from slides.text_metrics import height, width

#: The size of the numbers compared with the words beside them.
_LARGE = 20 / 14

#: The room in pt between the two placeholders.
_BETWEEN = 8.0

#: The least that must be left over: what is measured to the last point may not fit when drawn.
_LEAST = 4.0

_DOT = TextRun(" · ")

#: What the placeholder for the numbers is called.
HELP_LINE = "Help line"


class Foot(NamedTuple):
    """The footer's text, the numbers beside it, and the frames of both, if the layout has them."""

    name: str
    numbers: TextRuns
    footer: Frame | None
    help_line: Frame | None


def help_numbers(pack: Pack) -> tuple[HelpNumber, ...]:
    """The numbers of the pack's help strip that are dialed by heart, such as 911."""
    return tuple((one.phone or "", one.name) for one in pack.short_numbers)


def foot(
    name: str,
    numbers: Sequence[HelpNumber],
    left: float,
    footer: Frame | None,
    help_line: Frame | None,
    draft: str = "",
) -> Foot:
    """The foot of one of our layouts, with as much of it as there is room for from `left` on.

    `footer` and `help_line` are the layout's frames; those of the slide share the same room.
    `draft` goes before the name, and is always there.
    """
    name = " · ".join(filter(None, (draft, name)))
    if not help_line or (footer and help_line.left < footer.left):
        # Where a template has them the other way round, there is no room for the numbers.
        rest = footer and replace(footer, left=left, width=footer.width - (left - footer.left))
        return Foot(name, (), rest, None)
    brief = tuple((short, "") for short, _ in numbers)
    forms = ((name, numbers), (name, brief), (draft, brief)) if numbers else ()
    for named, shown in (*forms, (name, ())):
        found, spare = _side_by_side(named, _shown(shown, _LARGE), left, footer, help_line)
        if spare >= _LEAST:
            break
    return found


def _side_by_side(
    name: str, numbers: TextRuns, left: float, footer: Frame | None, help_line: Frame
) -> tuple[Foot, float]:
    """A footer from `left` on, and the numbers at the end of their room; the room left, in pt.

    Each has half of that room, as other programs set some scripts wider than we measure.
    """
    end = help_line.left + help_line.width
    wide = width(Line(numbers, ()), help_line)
    if not footer:
        return Foot("", numbers, None, help_line), help_line.width - wide
    wide_name = width(Line((TextRun(name),), ()), footer)
    spare = end - left - _BETWEEN - wide_name - wide
    wide += max(spare, 0) / 2 if numbers else 0
    placed = replace(footer, left=left, width=end - wide - _BETWEEN - left)
    return Foot(name, numbers, placed, replace(help_line, left=end - wide, width=wide)), spare


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
