"""Rows of about the same length: where the lines of a text on a slide break.

PowerPoint and LibreOffice fill each row before they begin the next, and so leave lost words. What
should not end a row is bound to the next word by a no-break space.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from pack.markdown import TextRun
from slides.content import BREAK, Line
from slides.frames import Frame
from slides.text_metrics import height, is_tall, rows, width

#: What it is worth that a row ends with a pause, or that bold words stay together: as much as if a
#: row were shorter by a fifth.
_PAUSE = 0.04

_ENDS_IN_PAUSE = re.compile(r"[,;:.?!،؛؟][”’»\"'*)]*$")


@lru_cache(maxsize=4096)
def balanced(line: Line, frame: Frame) -> Line:
    """A paragraph whose rows in a frame are about as long as each other, and no more than before.

    Addresses and what a school says stay as they are, and so does text in Chinese, which breaks
    between any two signs.
    """
    if line.path[:1] == ("school",) or any(run.link for run in line.runs) or is_tall(line.text):
        return line
    runs: list[TextRun] = []
    part: list[TextRun] = []
    for run in (*line.runs, BREAK):
        if run != BREAK:
            part.append(run)
            continue
        runs += _bound(part, frame)
        runs.append(BREAK)
        part = []
    found = replace(line, runs=tuple(runs[:-1]))
    return found if height((found,), frame) <= height((line,), frame) else line


def _bound(runs: Sequence[TextRun], frame: Frame) -> Sequence[TextRun]:
    text = "".join(run.text for run in runs)
    count = len(rows(Line(tuple(runs), ()), frame))
    if count < 2 or "  " in text or count > text.count(" ") + 1:
        return runs
    words = _Breakable(runs, text, frame)
    spaces = set(words.to_bind(words.starts(count)))
    return [
        replace(run, text="".join("\N{NO-BREAK SPACE}" if at in spaces else letter
                                  for at, letter in enumerate(run.text, begin)))
        for run, begin in zip(runs, words.begins, strict=True)
    ]  # fmt: skip


class _Breakable:
    """The words of a paragraph without line breaks, and how wide they are in a frame."""

    def __init__(self, runs: Sequence[TextRun], text: str, frame: Frame) -> None:
        self._runs, self._text, self._frame = runs, text, frame
        self.begins = [sum(len(run.text) for run in runs[:number]) for number in range(len(runs))]
        self._spaces = [at for at, letter in enumerate(text) if letter == " "]
        #: Where each word begins, and where one after the last would begin.
        self._at = [0, *(at + 1 for at in self._spaces), len(text) + 1]

    def starts(self, count: int) -> list[int]:
        """The first word of each of `count` rows, at the best places."""
        words = len(self._at) - 1
        best: dict[int, tuple[float, list[int]]] = {0: (0, [])}
        for _ in range(count):
            further: dict[int, tuple[float, list[int]]] = {}
            for start, (cost, starts) in best.items():
                for end in range(start + 1, words + 1):
                    wide = self._width(start, end)
                    if wide > self._frame.line and end > start + 1:
                        break
                    total = cost + max(0.0, 1 - wide / self._frame.line) ** 2 + self._tear(end)
                    if end not in further or total < further[end][0]:
                        further[end] = total, [*starts, start]
            best = further
        return best[words][1] if words in best else []

    def to_bind(self, starts: Sequence[int]) -> Iterator[int]:
        """The spaces that must not break so that rows which are filled begin with these words."""
        for before, start in pairwise(starts):
            end = start + 1
            while self._width(before, end) <= self._frame.line and end < len(self._at) - 1:
                yield self._spaces[end - 1]
                end += 1

    def _width(self, start: int, end: int) -> float:
        """How wide the words from `start` to before `end` are in one row."""
        return self._upto(self._at[end] - 1) - self._upto(self._at[start])

    def _upto(self, at: int) -> float:
        cut = (
            replace(run, text=run.text[: max(at - begin, 0)])
            for run, begin in zip(self._runs, self.begins, strict=True)
        )
        return width(Line(tuple(cut), ()), self._frame)

    def _tear(self, word: int) -> float:
        """What is lost if a row ends before a word."""
        if word == len(self._at) - 1:
            return 0
        space = self._spaces[word - 1]
        if self._pauses_after(word - 1):
            return -_PAUSE
        # "Share / it. They", "it. They / want"
        lonely = self._pauses_after(word) or (word > 1 and self._pauses_after(word - 2))
        before, after = self._is_bold(space - 1), self._is_bold(space + 1)
        return _PAUSE * (lonely + (before and after) - (after and not before) / 2)

    def _pauses_after(self, word: int) -> bool:
        """Whether there is a pause after a word, and further words."""
        last = word == len(self._at) - 2
        return not last and bool(_ENDS_IN_PAUSE.search(self._text[: self._spaces[word]]))

    def _is_bold(self, at: int) -> bool:
        return any(
            run.bold and begin <= at < begin + len(run.text)
            for run, begin in zip(self._runs, self.begins, strict=True)
        )
