"""The lines of a sheet that show the specimen: where they are, and what differs in them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pikepdf import Matrix

from handouts.slots import Slot
from schools.stamp.errors import CannotStamp
from schools.stamp.fields import Fields, Template, template
from schools.stamp.pdf import TextLine, TextObject


@dataclass(frozen=True)
class SlotText:
    """A text object in a slot: its place, its text, and the font that it is set in."""

    part: int
    slot: Slot
    text: str
    matrix: Matrix
    outer: Matrix
    font: str
    font_name: str
    size: float
    width: float
    link: int | None

    @property
    def start(self) -> tuple[float, float]:
        """Where its baseline starts, in pt."""
        return self.outer.transform((self.matrix.e, self.matrix.f))

    @property
    def baseline(self) -> float:
        return round(self.start[1], 1)


def lines_of(
    texts: Iterable[SlotText], specimen: Fields, *, from_right: bool = False
) -> Iterator[TextLine]:
    """The lines of all slots that show the specimen. Raises `CannotStamp`."""
    slots = defaultdict(list)
    for text in texts:
        slots[text.slot].append(text)
    for slot, own in slots.items():
        rows = [list(row) for _, row in groupby(own, lambda text: text.baseline)]
        whole = _whole([text.text for text in own], specimen)
        apart = [template(text.text, specimen) for text in own]
        if whole.count("") == 2 and len(whole) == 3 and all(len(row) == 1 for row in rows):
            # One field of the specimen and nothing else: it may be broken into lines.
            first = [row[0] for row in rows]
            yield _line(slot, first, [whole] * len(rows), broken=True, from_right=from_right)
        elif sum(map(len, apart)) - len(apart) != len(whole) - 1:
            raise CannotStamp(f"“{own[0].text}” is broken into lines")
        else:
            for row in rows:
                cut = [template(one.text, specimen) for one in row]
                yield _line(slot, row, cut, broken=False, from_right=from_right)


def _whole(texts: Sequence[str], specimen: Fields) -> Template:
    """A text that is broken into lines. Addresses have no spaces at the breaks."""
    joined = template("".join(texts), specimen)
    return joined if len(joined) == 3 else template(" ".join(texts), specimen)


def _line(
    slot: Slot, row: Sequence[SlotText], cut: Sequence[Template], *, broken: bool, from_right: bool
) -> TextLine:
    runs = tuple(
        TextObject(
            part=one.part,
            text=text,
            x=one.matrix.e,
            width=one.width,
            matrix=b"%s %%s %s Tm"
            % (
                b" ".join(b"%.8g" % value for value in one.matrix.shorthand[:4]),
                b"%.8g" % one.matrix.f,
            ),
            style=b"%s %.8g Tf" % (one.font.encode(), one.size),
            font_name=one.font_name,
            size=one.size,
            link=one.link,
        )
        for one, text in zip(row, cut, strict=True)
    )
    scale, start = abs(row[0].outer.a), row[0].start[0]
    room = start + row[0].width * scale - slot.left if from_right else slot.right - start
    return TextLine(runs, room / scale, scale, broken, from_right)
