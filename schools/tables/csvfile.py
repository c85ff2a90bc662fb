"""The lines of a CSV file (RFC 4180), as Excel writes it in any country."""

import codecs
import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from pack.problems import Fault, Place, Problem, Severity
from schools.tables.lines import MOST_ABOVE, Score, TableLine, Unreadable, refuse

#: A row may have line breaks between quotation marks. More lines than this mean that the closing
#: mark is missing, and longer lines that the file is not a table.
MAX_LINES = 20
MAX_LENGTH = 100_000

_SEPARATORS = ",;\t|"

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_SAVE_AS_UTF8 = "In Excel choose File, Save As, “CSV UTF-8 (Comma delimited)”."


class CsvLines:
    """The lines of a CSV file; `score` tells the headings, from which the separator is found.

    Raises `ContentError` if the file is not text, or is in an unknown encoding.
    """

    grid = False

    def __init__(self, file: Path, score: Score) -> None:
        self._file = file
        self._score = score
        self._encoding, self.warnings = _encoding(file)

    def __iter__(self) -> Iterator[TableLine | Unreadable]:
        # Undecodable bytes have been refused; if the file changes meanwhile, they show as “�”.
        with self._file.open(encoding=self._encoding, errors="replace", newline="") as stream:
            feed = _Feed(stream)
            yield from _rows(self._file, feed, _separator(feed, self._score))


def _rows(file: Path, feed: "_Feed", separator: str) -> Iterator[TableLine | Unreadable]:
    reader = _reader(feed, separator)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _TooLong) as error:
            taken = feed.taken
            place = _place(file, feed.number - len(taken) + 1)
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

        def locate(
            number: int, heading: str, taken: Sequence[str] = taken, first: int = first
        ) -> Place:
            return _place(file, *_start(taken, separator, number, first), heading)

        yield TableLine(_place(file, first), cells, locate)


def _place(file: Path, line: int, column: int = 1, heading: str = "") -> Place:
    shown = f", column “{heading[:40]}”" if heading else ""
    return Place(file, line, column, f"line {line}{shown}")


def _no_line(file: Path, number: int) -> Unreadable:
    what = f"this line has more than {MAX_LENGTH:,} characters"
    return Unreadable(_place(file, number), Fault(what, "Check that this is really a CSV file."))


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

    def peek(self, count: int) -> list[str]:
        """Some lines, which are still to come, without very long ones."""
        while len(self._back) < count and (line := self._stream.readline(MAX_LENGTH + 1)):
            self._back.append(line)
        return [line for line in self._back if len(line) <= MAX_LENGTH]

    def start_row(self) -> list[str]:
        """Go on to the next row; returns the lines of the current row."""
        taken, self.taken = self.taken, []
        return taken

    def give_back(self, lines: Sequence[str]) -> None:
        """Begin the next row with these lines, the last ones that were taken."""
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)
        self.taken = []


def _separator(feed: _Feed, score: Score) -> str:
    """The separator, with which there are the best headings: it depends on the country.

    Excel may name it in the first line.
    """
    lines = feed.peek(MOST_ABOVE)
    for line in lines[:MAX_LINES]:
        if match := re.fullmatch(r"sep=(.)\s*", line):
            for _ in lines[: lines.index(line) + 1]:
                next(feed)
            feed.start_row()
            return match[1] if match[1] in _SEPARATORS else ","
        if line.strip():
            break

    def best(separator: str) -> tuple[tuple[bool, int], int]:
        try:
            rows = list(csv.reader(lines, delimiter=separator, skipinitialspace=True))
        except csv.Error:
            return (False, 0), 0
        return max(((score(row), len(row)) for row in rows), default=((False, 0), 0))

    return max(_SEPARATORS, key=best)


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


def _encoding(file: Path) -> tuple[str, Sequence[Problem]]:
    """The encoding of a file, and a warning if it is not sure."""
    with file.open("rb") as stream:
        start = stream.read(2)
        if start in _UTF16:
            return _utf16(file), ()
        stream.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        number, line, last = 1, b"", False
        while not last:
            number += line.endswith(b"\n")
            last = not (line := stream.readline(MAX_LENGTH))
            if number == 1 and b"\0" in line:
                refuse(file, "this is not a text file, or it is not saved as UTF-8", _SAVE_AS_UTF8)
            try:
                decoder.decode(line, final=last)
            except UnicodeDecodeError as error:
                return _windows(file, number, _word(error.object, error.start))
    return "utf-8-sig", ()


def _windows(file: Path, number: int, word: str) -> tuple[str, Sequence[Problem]]:
    """The encoding of a file that is not in UTF-8, because of a word on a line.

    Excel's plain “CSV” is in Windows-1252 in western countries.
    """
    try:
        with file.open(encoding="cp1252", newline="") as stream:
            while stream.read(MAX_LENGTH):
                pass
    except UnicodeError:
        what = f"the file is not saved as UTF-8: this line has “{word}”"
        refuse(file, what, _SAVE_AS_UTF8, number)
    what = f"the file is not saved as UTF-8; in Windows-1252, this line has “{word}”"
    remedy = f"If that is not the right word, save the list again. {_SAVE_AS_UTF8}"
    return "cp1252", (Problem(_place(file, number), "", Fault(what, remedy), Severity.WARNING),)


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
