"""A content file's text, with the place in it of every value.

Lines and columns count from 0, in characters, as the parser does.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from pack.glyphs import BREAK_HINTS
from pack.model import Origin, YamlPath
from pack.problems import Problem
from pack.yaml_reader import read_text


class Spot(NamedTuple):
    """A place between two characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class YamlScalar:
    """A text as it is written, from its first character (also “|” or a quotation mark) to its last.

    `style` is one of ' " | > or empty for a plain one. The empty lines after a text belong to it
    only if its header says so (“|+”).
    """

    start: Spot
    end: Spot
    style: str
    text: str

    @property
    def is_block(self) -> bool:
        """Whether it is on the lines below its header, “|” or “>”."""
        return self.style in ("|", ">")


@dataclass(frozen=True, slots=True)
class YamlEntry:
    """An entry of a collection: where its name or hyphen starts, and where its value may start.

    `after` is the place behind the colon or the hyphen; None if there is none, as for a name alone
    in braces.
    """

    key: str | int
    start: Spot
    name: YamlScalar | None
    after: Spot | None
    value: "YamlValue"


@dataclass(frozen=True, slots=True)
class YamlCollection:
    """A mapping or a list, in brackets (`is_flow`) or with each entry on lines of its own."""

    start: Spot
    end: Spot
    is_mapping: bool
    is_flow: bool
    entries: tuple[YamlEntry, ...]

    def find(self, key: str | int) -> YamlEntry | None:
        """The entry with a name, or at a position of a list."""
        return next((entry for entry in self.entries if entry.key == key), None)


YamlValue = YamlScalar | YamlCollection


@dataclass(frozen=True)
class YamlSource:
    """What a content file says, and how it says it.

    `data` is the file as it is. `values` are what `pack.yaml_reader.read_text` gives: dicts,
    tuples, text and None; `contents` is all that it gives, as `read_pack` takes it. `lines` are
    those of the file without their ends and without invisible characters; `raw` are the same lines
    as they are in the file, without its byte order mark.
    """

    data: bytes
    file: Path
    values: Mapping[str, Any]
    origin: Origin = field(repr=False)
    problems: tuple[Problem, ...] = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)
    raw: tuple[bytes, ...] = field(repr=False)
    root: YamlCollection = field(repr=False)

    @classmethod
    def parse(cls, data: bytes, file: Path) -> "YamlSource":
        """Read the bytes of a file. Raises `ContentError` if they can't be read as a mapping."""
        values, origin, problems = read_text(data, file)
        body = data.removeprefix(codecs.BOM_UTF8)
        raw = tuple(re.findall(rb"[^\r\n]*(?:\r\n|\r|\n|$)", body))
        if len(raw) > 1 and raw[-2][-1:] not in (b"\r", b"\n"):
            raw = raw[:-1]  # the expression finds the end of such a file once more
        ends = re.compile(r"\r\n?|\n")
        lines = tuple(ends.split(BREAK_HINTS.sub("", body.decode())))
        root = _Outline(lines).read()
        assert isinstance(root, YamlCollection)  # noqa: S101 (it was read as a mapping)
        return cls(data, file, values, origin, tuple(problems), lines, raw, root)

    @property
    def contents(self) -> tuple[dict[str, Any], Origin, list[Problem]]:
        return dict(self.values), self.origin, list(self.problems)

    @property
    def bom(self) -> bytes:
        return codecs.BOM_UTF8 if self.data.startswith(codecs.BOM_UTF8) else b""

    def find(self, path: YamlPath) -> list[YamlEntry] | None:
        """The entries on the way to a value, its own last; None if it is missing."""
        found: list[YamlEntry] = []
        value: YamlValue = self.root
        for key in path:
            entry = value.find(key) if isinstance(value, YamlCollection) else None
            if entry is None:
                return None
            found.append(entry)
            value = entry.value
        return found

    def between(self, start: Spot, end: Spot) -> str:
        """The text between two places, its lines separated by line breaks."""
        if start.line == end.line:
            return self.lines[start.line][start.column : end.column]
        first = self.lines[start.line][start.column :]
        last = self.lines[end.line][: end.column]
        return "\n".join((first, *self.lines[start.line + 1 : end.line], last))


class _Outline:
    """Reads the places of all values from the parser's events."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        self.lines = lines

    def read(self) -> YamlValue:
        events = iter(_events("\n".join(self.lines)))
        for event in events:
            if isinstance(event, DocumentStartEvent):
                return self._value(next(events), events)
        raise AssertionError("no document")

    def _value(self, event: Any, events: Iterator[Event], after: Spot | None = None) -> YamlValue:
        start = Spot(event.start_mark.line, event.start_mark.column)
        if isinstance(event, MappingStartEvent):
            return self._collection(start, bool(event.flow_style), True, events)
        if isinstance(event, SequenceStartEvent):
            return self._collection(start, bool(event.flow_style), False, events)
        end = Spot(event.end_mark.line, event.end_mark.column)
        if not event.style and not event.value and after:
            start = end = after  # the Python parser gives the place of what comes next
        if event.style in ("|", ">"):
            end = self._end_of_block(start, end)
        return YamlScalar(start, end, event.style or "", event.value)

    def _collection(
        self, start: Spot, is_flow: bool, is_mapping: bool, events: Iterator[Event]
    ) -> YamlCollection:
        entries: list[YamlEntry] = []
        end = start
        for event in events:
            if isinstance(event, MappingEndEvent | SequenceEndEvent):
                if is_flow:
                    end = Spot(event.end_mark.line, event.end_mark.column)
                break
            if is_mapping:
                entry = self._field(event, events)
            elif is_flow:
                value = self._value(event, events)
                entry = YamlEntry(len(entries), value.start, None, value.start, value)
            else:
                dash = self._dash(end.line + 1, start.column) if entries else start
                after = Spot(dash.line, dash.column + 1)
                value = self._value(event, events, after)
                entry = YamlEntry(len(entries), dash, None, after, value)
            entries.append(entry)
            if not is_flow:
                end = max(entry.value.end, entry.after or entry.start)
        return YamlCollection(start, end, is_mapping, is_flow, tuple(entries))

    def _field(self, event: Any, events: Iterator[Event]) -> YamlEntry:
        name = self._value(event, events)
        assert isinstance(name, YamlScalar)  # noqa: S101 (the reader refuses others)
        line = self.lines[name.end.line]
        colon = re.compile(r" *:").match(line, name.end.column)
        after = Spot(name.end.line, colon.end()) if colon else None
        value = self._value(next(events), events, after or name.end)
        return YamlEntry(name.text, name.start, name, after, value)

    def _dash(self, line: int, column: int) -> Spot:
        """The next hyphen in a column; only comments and blank lines are before it."""
        while self.lines[line][column : column + 1] != "-" or self.lines[line][:column].strip():
            line += 1
        return Spot(line, column)

    def _end_of_block(self, start: Spot, end: Spot) -> Spot:
        last = end.line - (end.column == 0)
        if "+" not in self.lines[start.line][start.column : start.column + 3]:
            rows = self.lines[start.line + 1 : last + 1]
            filled = next(
                (row for row in rows if row.strip()), max(rows, key=len, default="") + "x"
            )
            indent = len(filled) - len(filled.lstrip(" "))
            # Spaces to the right of where the text starts belong to it.
            while last > start.line and not self.lines[last][indent:]:
                last -= 1
        return Spot(last, len(self.lines[last]))


def _events(text: str) -> list[Event]:
    """What the parser finds; the one in C first, as for `read_text`."""
    try:
        return list(YAML(typ="safe", pure=False).parse(text))
    except (YAMLError, AssertionError):
        return list(YAML(typ="safe", pure=True).parse(text))
