"""The lines of a CSV file (RFC 4180), as Excel writes it in any country."""

import codecs
import csv
import re
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from pack.problems import Fault, Place
from schools.tables.lines import TableLine, Unreadable, refuse

#: A row may have line breaks between quotation marks. More lines than this mean that the closing
#: mark is missing, and longer lines that the file is not a table.
MAX_LINES = 20
MAX_LENGTH = 100_000

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_SAVE_AS_UTF8 = "In Excel choose File, Save As, “CSV UTF-8 (Comma delimited)”."


def lines(file: Path, headings: Collection[str]) -> Iterator[TableLine | Unreadable]:
    """Each row of the file; the separator is found from the `headings` in the first line.

    Raises `ContentError` if the file is not in UTF-8, or UTF-16 with a byte order mark.
    """
    encoding = _encoding(file)
    # Undecodable bytes have been refused; if the file changes meanwhile, they show as “�”.
    with file.open(encoding=encoding, errors="replace", newline="") as stream:
        yield from _rows(file, _Feed(stream), headings)


def _rows(file: Path, feed: "_Feed", headings: Collection[str]) -> Iterator[TableLine | Unreadable]:
    try:
        separator = _separator(feed, headings)
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
                what = "a quotation mark in this row is never closed"
                remedy = "Add the closing quotation mark at the end of the text."
            else:
                what = "there is text after a closing quotation mark"
                remedy = 'Double the quotation marks inside a text: "The ""Oak"" School".'
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
    return Unreadable(Place(file, number), Fault(what, "Check that this is really a CSV file."))


def _reader(feed: "_Feed", separator: str) -> Iterator[list[str]]:
    return csv.reader(feed, delimiter=separator, strict=True, skipinitialspace=True)


class _TooLong(Exception):
    """A row has too many lines, or a line is too long."""


class _Feed:
    """The lines of a file for `csv.reader`; lines can be given back.

    `taken` are the lines of the current row, `number` is the number of the last of them, from 1.
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
        """Go on to the next row; returns the lines of the current row."""
        taken, self.taken = self.taken, []
        return taken

    def give_back(self, lines: Sequence[str]) -> None:
        """Begin the next row with these lines, the last ones that were taken."""
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)
        self.taken = []


def _separator(feed: _Feed, headings: Collection[str]) -> str:
    """The separator, from the first lines: it depends on the country, or Excel names it."""
    first: list[str] = []
    for line in feed:
        if match := re.fullmatch(r"sep=(.)\s*", line):
            feed.start_row()
            return match[1] if match[1] in ",;\t|" else ","
        first.append(line)
        if line.strip() or len(first) == MAX_LINES:
            break
    feed.give_back(first)
    top = first[-1].lower() if first else ""

    def count_headings(separator: str) -> int:
        cells = (cell.strip(' "\r\n') for cell in top.split(separator))
        return sum(cell in headings for cell in cells)

    return max(",;\t", key=count_headings)


def _start(taken: Sequence[str], separator: str, number: int, first: int) -> tuple[int, int]:
    """The line and column at which a cell of a row begins; the row begins on line `first`."""
    cell, quoted, fresh = 0, False, True
    for line, text in enumerate(taken, start=first):
        for column, char in enumerate(text, start=1):
            if cell == number:
                return line, column
            if char == '"' and (quoted or fresh):
                quoted = not quoted
            elif char == separator and not quoted:
                cell += 1
            fresh = char == separator or (fresh and char == " ") or char == '"'
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
                what = "the file is not saved as UTF-8, but possibly as Windows-1252"
                word = _word(error.object, error.start)
                refuse(file, f"{what}: this line would contain “{word}”", _SAVE_AS_UTF8, number)
            if number == 1 and b"\0" in line:
                refuse(file, "this is not a text file, or it is not saved as UTF-8", _SAVE_AS_UTF8)
    return "utf-8-sig"


def _utf16(file: Path) -> str:
    with file.open(encoding="utf-16", newline="") as stream:
        try:
            while stream.read(MAX_LENGTH):
                pass
        except UnicodeError:
            refuse(file, "the file starts as UTF-16, but not all of it is UTF-16", _SAVE_AS_UTF8)
    return "utf-16"


def _word(line: bytes, at: int) -> str:
    """The word at a byte, as it reads in Windows-1252."""
    text = line.decode("cp1252", errors="replace")
    start = max(text.rfind(char, 0, at) for char in ' ,;\t"\n\r') + 1
    end = re.compile(r'[\s,;"]|$').search(text, at)
    return text[start : end.start() if end else None][:40]
