"""The lines of a CSV file (RFC 4180), as Excel writes it in all countries."""

import codecs
import csv
import re
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from pack.problems import Fault, Place
from schools.tables.lines import TableLine, Unreadable, refuse

#: A row may have line breaks between quotation marks; more lines than these mean that the closing
#: mark is missing. A longer line is no line of a table.
MAX_LINES = 20
MAX_LENGTH = 100_000

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_SAVE_AS_UTF8 = "In Excel choose File, Save As, “CSV UTF-8 (Comma delimited)”."


def lines(file: Path, heads: Collection[str]) -> Iterator[TableLine | Unreadable]:
    """Each row of the file; the separator is the one that shows the most `heads` in the first.

    Raises `ContentError` if the file is in another encoding than UTF-8 or UTF-16 with its mark.
    """
    encoding = _encoding(file)
    # What does not decode has been refused; should the file change meanwhile, it shows as “�”.
    with file.open(encoding=encoding, errors="replace", newline="") as stream:
        yield from _rows(file, _Feed(stream), heads)


def _rows(file: Path, feed: "_Feed", heads: Collection[str]) -> Iterator[TableLine | Unreadable]:
    try:
        separator = _separator(feed, heads)
    except _TooLong:
        yield _no_line(file, feed.number + 1)
        return
    reader = _reader(feed, separator)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _TooLong) as error:
            taken = feed.taken
            place = Place(file, feed.number - len(taken) + 1)
            if not taken:
                yield _no_line(file, feed.number + 1)
                return
            if len(taken) > 1 or "end of data" in str(error) or isinstance(error, _TooLong):
                what = "a quotation mark is opened in this row and never closed"
                remedy = "Close it at the end of its text."
            else:
                what = "there is text behind a closing quotation mark"
                remedy = 'Write quotation marks inside a text twice: "The ""Oak"" School".'
            yield Unreadable(place, Fault(what, remedy))
            feed.give_back(taken[1:])
            reader = _reader(feed, separator)
            continue
        taken = feed.start_row()
        first = feed.number - len(taken) + 1

        def locate(number: int, taken: Sequence[str] = taken, first: int = first) -> Place:
            return Place(file, *_start(taken, separator, number, first))

        yield TableLine(Place(file, first), cells, locate)


def _no_line(file: Path, number: int) -> Unreadable:
    what = f"this line has more than {MAX_LENGTH:,} characters"
    return Unreadable(Place(file, number), Fault(what, "Is it really a CSV file?"))


def _reader(feed: "_Feed", separator: str) -> Iterator[list[str]]:
    return csv.reader(feed, delimiter=separator, strict=True, skipinitialspace=True)


class _TooLong(Exception):
    """A row, or a line of it, that is too long."""


class _Feed:
    """The lines of a file for `csv.reader`, which can be given back.

    `taken` are those of the row that is being read, `number` that of the last of them, from 1.
    """

    def __init__(self, stream: TextIO) -> None:
        self.taken: list[str] = []
        self.number = 0
        self._stream = stream
        self._back: deque[str] = deque()

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if len(self.taken) == MAX_LINES:
            raise _TooLong
        line = self._back.popleft() if self._back else self._stream.readline(MAX_LENGTH + 1)
        if not line:
            raise StopIteration
        if len(line) > MAX_LENGTH:
            self.taken.clear()
            raise _TooLong
        self.taken.append(line)
        self.number += 1
        return line

    def start_row(self) -> list[str]:
        """Go on to the next row; returns the lines of this one."""
        taken, self.taken = self.taken, []
        return taken

    def give_back(self, lines: Sequence[str]) -> None:
        """Let the next row begin with these lines, the last that were taken."""
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)
        self.taken = []


def _separator(feed: _Feed, heads: Collection[str]) -> str:
    """The separator, by the first lines: Excel writes that of the country, or names it itself."""
    first: list[str] = []
    for line in feed:
        if named := re.fullmatch(r"sep=(.)\s*", line):
            feed.start_row()
            return named[1] if named[1] in ",;\t|" else ","
        first.append(line)
        if line.strip() or len(first) == MAX_LINES:
            break
    feed.give_back(first)
    top = first[-1].lower() if first else ""

    def shown(separator: str) -> int:
        cells = (cell.strip(' "\r\n') for cell in top.split(separator))
        return sum(cell in heads for cell in cells)

    return max(",;\t", key=shown)


def _start(taken: Sequence[str], separator: str, number: int, first: int) -> tuple[int, int]:
    """The line and column at which a cell of a row begins; the row begins on line `first`."""
    cell, quoted, fresh = 0, False, True
    for line, text in enumerate(taken, start=first):
        for column, sign in enumerate(text, start=1):
            if cell == number:
                return line, column
            if sign == '"' and (quoted or fresh):
                quoted = not quoted
            elif sign == separator and not quoted:
                cell += 1
            fresh = sign == separator or (fresh and sign == " ") or sign == '"'
    return first, 1


def _encoding(file: Path) -> str:
    with file.open("rb") as stream:
        start = stream.read(2)
        if start in _UTF16:
            return _utf16(file)
        stream.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        number, line, last = 1, b"", False
        while not last:
            number += line.endswith(b"\n")
            last = not (line := stream.readline(MAX_LENGTH))
            try:
                decoder.decode(line, final=last)
            except UnicodeDecodeError as error:
                what = "the file is not saved as UTF-8, but perhaps as Windows-1252"
                word = _word(error.object, error.start)
                refuse(file, f"{what}: this line would have “{word}” in it", _SAVE_AS_UTF8, number)
            if number == 1 and b"\0" in line:
                refuse(file, "this is not a text file, or it is not saved as UTF-8", _SAVE_AS_UTF8)
    return "utf-8-sig"


def _utf16(file: Path) -> str:
    with file.open(encoding="utf-16", newline="") as stream:
        try:
            while stream.read(MAX_LENGTH):
                pass
        except UnicodeError:
            refuse(file, "the file begins as UTF-16 and goes on otherwise", _SAVE_AS_UTF8)
    return "utf-16"


def _word(line: bytes, at: int) -> str:
    """The word at a byte, as it reads in Windows-1252."""
    text = line.decode("cp1252", errors="replace")
    start = max(text.rfind(sign, 0, at) for sign in ' ,;\t"\n\r') + 1
    end = re.compile(r'[\s,;"]|$').search(text, at)
    return text[start : end.start() if end else None][:40]
