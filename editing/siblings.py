"""Edits of entries that have lines of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from editing.changes import Value
from editing.patches import Patch, habits, notes_below, unusual
from editing.spelling import laid_out, name_in_line
from editing.yaml_source import YamlCollection, YamlEntry, YamlSource


@dataclass(frozen=True)
class Siblings:
    """The entries of a collection, each with its lines: those from `heads` to `tails`.

    An entry's lines start with the comments directly above it. `prefix` is what the first line
    has before the first entry: spaces, or the hyphen of an entry around all of them.
    """

    source: YamlSource
    parent: YamlCollection
    heads: tuple[int, ...]
    tails: tuple[int, ...]
    prefix: str

    @classmethod
    def of(cls, source: YamlSource, parent: YamlCollection, above: YamlEntry | None) -> "Siblings":
        if any(entry.after is None for entry in parent.entries):
            raise unusual(next(entry for entry in parent.entries if entry.after is None))
        column = parent.entries[0].start.column
        heads, tails = [], []
        end = above.start.line if above else -1
        for entry in parent.entries:
            head = entry.start.line
            while head - 1 > end and _is_comment(source.lines[head - 1], column):
                head -= 1
            if head == 0 and entry.start.line:
                head = entry.start.line  # the comment that a file starts with is about all of it
            end = _last_line(source, entry, column)
            heads.append(head)
            tails.append(end)
        prefix = source.lines[parent.start.line][: parent.entries[0].start.column]
        return cls(source, parent, tuple(heads), tuple(tails), prefix)

    def insert(self, at: int, name: str, value: Value) -> Patch:
        count = len(self.parent.entries)
        at = min(at, count)
        column = len(self.prefix)
        opening = " " * column + (f"{name_in_line(name)}:" if self.parent.is_mapping else "-")
        below = notes_below(self.source, self.tails[at - 1]) if at else ""
        new: list[int | str] = []
        new += laid_out(
            value,
            opening,
            column,
            habits(self.source),
            below=below,
            in_braces=self._are_in_braces(),
        )
        blanks: list[int | str] = [""] * self._blank_lines(at, value)
        if at == 0:
            return self._patch([*new, *blanks, *self._all()])
        end = self.tails[at - 1] - self.heads[0] + 1
        return self._patch([*self._all()[:end], *blanks, *new, *self._all()[end:]])

    def remove(self, at: int) -> Patch:
        """Without an entry and its comments; of the blank lines around it, one gap is left."""
        last = len(self.heads) - 1
        before = self._gap(at) if at else []
        after = self._gap(at + 1) if at < last else []
        above, below = self._blank(before[::-1]), self._blank(after)
        if at == last:
            before = before[: len(before) - above]
        else:
            after = after[below if not at else min(above, below) :]
        start = range(self.heads[0], self.tails[at - 1] + 1) if at else ()
        end = range(self.heads[at + 1], self.tails[last] + 1) if at < last else ()
        return self._patch([*start, *before, *after, *end])

    def move(self, at: int, to: int) -> Patch:
        order = [*range(len(self.heads))]
        order.insert(to, order.pop(at))
        lines: list[int | str] = []
        for place, number in enumerate(order):
            lines += self._gap(place) if place else []
            lines += range(self.heads[number], self.tails[number] + 1)
        return self._patch(lines)

    def _all(self) -> list[int | str]:
        return [*range(self.heads[0], self.tails[-1] + 1)]

    def _gap(self, at: int) -> list[int | str]:
        """The lines between an entry and the one before it: blank, or comments on their own."""
        return [*range(self.tails[at - 1] + 1, self.heads[at])]

    def _blank(self, lines: Sequence[int | str]) -> int:
        """How many lines are blank before the first that isn't."""
        count = 0
        for line in lines:
            if isinstance(line, int) and self.source.lines[line].strip():
                break
            count += 1
        return count

    def _blank_lines(self, at: int, value: Value) -> int:
        """How many blank lines a new entry has to the next: one, if those beside it have any."""
        count = len(self.heads)
        if count > 1:
            return min(self._blank(self._gap(min(max(at, 1), count - 1))), 1)
        first = self.heads[0]
        open_above = first > 0 and not self.source.lines[first - 1].strip()
        return 1 if open_above and isinstance(value, dict) else 0

    def _are_in_braces(self) -> bool:
        kinds = [
            entry.value.is_flow
            for entry in self.parent.entries
            if isinstance(entry.value, YamlCollection)
            and entry.value.is_mapping
            and entry.value.entries
        ]
        return sum(kinds) * 2 > len(kinds)

    def _patch(self, lines: list[int | str]) -> Patch:
        """All lines of the collection in a new order; the first takes over the prefix."""
        first, column = self.heads[0], len(self.prefix)
        if self.prefix.strip() and lines[0] != first:
            lines = [
                " " * column + self.source.lines[first][column:] if line == first else line
                for line in lines
            ]
            top = lines[0]
            text = self.source.lines[top] if isinstance(top, int) else top
            lines[0] = self.prefix + text[column:]
        return Patch(first, self.tails[-1] + 1, lines)


def _is_comment(line: str, column: int) -> bool:
    return line.startswith("#", column) and not line[:column].strip()


def _last_line(source: YamlSource, entry: YamlEntry, column: int) -> int:
    """The last line of an entry, with comments under it that are indented farther."""
    line = max(entry.value.end, entry.after or entry.start).line
    for below in source.lines[line + 1 :]:
        text = below.lstrip(" ")
        if not text.startswith("#") or len(below) - len(text) <= column:
            break
        line += 1
    return line
