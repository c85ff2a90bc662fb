"""The parts of PDF objects that are rewritten for each school: its texts, and rectangles."""

import re
from typing import Any

from pikepdf import Array, Dictionary, Pdf, String

from schools.stamp.fields import Fields, template
from schools.stamp.pdf import Piece, Rectangle

#: A placeholder in an object for what is rewritten, until the object is serialized.
_MARK = "@@%d@@"
_MARKS = re.compile(rb"\(@@(\d+)@@\)")


class Marks:
    """Marks in the objects of a PDF that shows a specimen; `rectangles` are the marked ones."""

    def __init__(self, specimen: Fields) -> None:
        self.specimen = specimen
        self.rectangles: dict[int, Rectangle] = {}
        self.marked: list[Piece] = []

    def rectangle(self, number: int, holder: Any, key: str) -> None:
        """Mark the rectangle of an object to be rewritten."""
        if number in self.rectangles:
            return
        left, bottom, right, top = map(float, holder[key])
        self.rectangles[number] = (
            min(left, right),
            min(bottom, top),
            max(left, right),
            max(bottom, top),
        )
        holder[key] = self._mark(None)

    def _mark(self, piece: Piece) -> Any:
        self.marked.append(piece)
        return String(_MARK % (len(self.marked) - 1))

    def objects(self, pdf: Pdf) -> dict[int, tuple[Piece, ...]]:
        """The objects that are rewritten, by number."""
        return {
            one.objgen[0]: pieces
            for one in list(pdf.objects)
            if isinstance(one, Dictionary | Array) and (pieces := self._pieces(one)) is not None
        }

    def _pieces(self, one: Any) -> tuple[Piece, ...] | None:
        """An object as pieces if anything in it is rewritten."""
        self._mark_strings(one)
        pieces = _MARKS.split(one.unparse(resolved=True))
        if len(pieces) == 1:
            return None
        return tuple(
            self.marked[int(piece)] if at % 2 else piece for at, piece in enumerate(pieces)
        )

    def _mark_strings(self, holder: Any) -> None:
        keys = list(holder.keys()) if isinstance(holder, Dictionary) else range(len(holder))
        for key in keys:
            value = holder[key]
            if isinstance(value, String):
                cut = template(str(value), self.specimen)
                if len(cut) > 1:
                    holder[key] = self._mark(cut)
            elif isinstance(value, Dictionary | Array) and not value.is_indirect:
                self._mark_strings(value)
