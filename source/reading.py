"""A content file, read with the line and column of every value.

Scalars stay the text that stands in the file: "988", "no" and "2026-11-22" mean what the model
says they mean, not what YAML guesses. Repeated parts (YAML's & and *) and tags (!) are refused:
staff don't need them, and they are the way to make a small file swell to gigabytes.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from source.model import Origin, Steps
from source.problems import ContentError, Place, Problem, path_text

MAX_BYTES = 2_000_000
MAX_DEPTH = 50

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    r"\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def read_file(file: Path) -> tuple[dict[str, Any], Origin, list[Problem]]:
    """The values of a YAML file, where each stands, and problems that leave them usable.

    Mappings come as dicts, lists as tuples, everything else as text or None.
    Raises `ContentError` if the file can't be read as a mapping at all.
    """
    text = _read_text(file)
    composer = _Composer(file)
    try:
        values = composer.compose(YAML(typ="safe", pure=True).parse(text))
    except MarkedYAMLError as error:
        raise ContentError([_syntax_problem(file, text, error)]) from None
    if composer.problems and any(problem.where == "" for problem in composer.problems):
        raise ContentError(composer.problems)
    if not isinstance(values, dict):
        what = "the file is empty" if values is None else "the file is not a list of “name: value”"
        raise ContentError(
            [
                Problem(
                    Place(file),
                    "",
                    what,
                    "Start from a copy of a pack that works, or make one with the command “new”.",
                )
            ]
        )
    return values, Origin(file, composer.marks), composer.problems


def _read_text(file: Path) -> str:
    def refuse(what: str, remedy: str, line: int = 1, column: int = 1) -> ContentError:
        return ContentError([Problem(Place(file, line, column), "", what, remedy)])

    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise refuse("there is no such file", "Check the name and the folder.") from None
    except IsADirectoryError:
        raise refuse("this is a folder, not a file", "Name the YAML file in it.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refuse(f"the file can't be opened: {reason}", "Check that you may read it.") from None
    if len(data) > MAX_BYTES:
        raise refuse(
            f"the file is larger than {MAX_BYTES // 1_000_000} MB",
            "A pack's text is far smaller: keep pictures and other data in files of their own.",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        start = before.rfind(b"\n") + 1
        raise refuse(
            "the file is not saved as UTF-8",
            "In your editor choose “Save with encoding: UTF-8”, then look at this spot.",
            before.count(b"\n") + 1,
            len(before[start:].decode("utf-8", "replace")) + 1,
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = [
        Problem(
            Place(file, number, found.start() + 1),
            "",
            f"there is an invisible character (U+{ord(found[0]):04X}) here",
            "Delete it: put the cursor there and press Backspace, or type the line anew.",
        )
        for number, line in enumerate(text.split("\n"), start=1)
        for found in _CONTROL.finditer(line)
    ] + [
        Problem(
            Place(file, number, line.index("\t") + 1),
            "",
            "there is a tab at the start of this line",
            "Indent with spaces: two for each level.",
        )
        for number, line in enumerate(text.split("\n"), start=1)
        if "\t" in line[: len(line) - len(line.lstrip())]
    ]
    if problems:
        raise ContentError(problems)
    return text


def _syntax_problem(file: Path, text: str, error: MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    # The parser stops where it can't go on; the slip itself is at or just above that line.
    while line > 0 and (line >= len(lines) or not lines[line].strip()):
        line, column = line - 1, 0
    said = " ".join(str(error.problem or error.context or "").split())
    remedies = (
        (
            "mapping values are not allowed",
            "there is a colon that YAML reads as “name: value”",
            "Put quotation marks around the text, or check the indentation above.",
        ),
        (
            "found unexpected end of stream",
            "a quotation mark is opened and never closed",
            "Close it, or use “|” and write the text on the lines below.",
        ),
        (
            "cannot start any token",
            "this line starts with a sign that YAML keeps for itself",
            "Put quotation marks around the text.",
        ),
    )
    what, remedy = next(
        ((what, remedy) for sign, what, remedy in remedies if sign in said),
        (
            f"YAML can't be read here ({said})",
            "Compare with the lines above: indentation, colons, hyphens, quotation marks.",
        ),
    )
    return Problem(Place(file, line + 1, column + 1), "", what, remedy)


class _Composer:
    """Builds plain values from the parser's events, noting where each stands."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.marks: dict[Steps, tuple[int, int]] = {}
        self.problems: list[Problem] = []

    def compose(self, events: Iterator[Event]) -> Any:
        documents = [
            self._value(next(events), events, ())
            for event in events
            if isinstance(event, DocumentStartEvent)
        ]
        if len(documents) > 1:
            self._refuse(
                Place(self.file), "the file holds more than one document", "Remove the lines “---”."
            )
        return documents[0] if documents else None

    def _value(self, event: Any, events: Iterator[Event], path: Steps) -> Any:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        self.marks.setdefault(path, (line, column))
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise self._stop(
                event, "there is a “&” or “*” before this value", "Put quotation marks around it."
            )
        if getattr(event, "tag", None) not in (None, "!"):
            raise self._stop(
                event, "there is a “!” before this value", "Put quotation marks around it."
            )
        if len(path) > MAX_DEPTH:
            raise self._stop(
                event,
                f"the file is nested more than {MAX_DEPTH} levels deep",
                "Look for brackets or hyphens that are never closed.",
            )
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, SequenceStartEvent):
            return tuple(
                self._value(event, events, (*path, number))
                for number, event in enumerate(_until(events, SequenceEndEvent))
            )
        plain = event.style is None
        return None if plain and event.value in ("", "~", "null", "Null", "NULL") else event.value

    def _mapping(self, events: Iterator[Event], path: Steps) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in _until(events, MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                raise self._stop(
                    event, "a name is missing before the colon", "Write “name: value”."
                )
            key = str(event.value)
            place = Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
            if key in values:
                first, _ = self.marks[(*path, key)]
                self.problems.append(
                    Problem(
                        place,
                        path_text((*path, key)),
                        f"“{key}” stands here a second time (first on line {first})",
                        "Keep one of the two, or give this one another name.",
                    )
                )
            else:
                self.marks[(*path, key)] = (place.line, place.column)
            value = self._value(next(events), events, (*path, key))
            values.setdefault(key, value)
        return values

    def _refuse(self, place: Place, what: str, remedy: str) -> None:
        self.problems.append(Problem(place, "", what, remedy))

    def _stop(self, event: Event, what: str, remedy: str) -> ContentError:
        place = Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        return ContentError([*self.problems, Problem(place, "", what, remedy)])


def _until(events: Iterator[Event], end: type[Event]) -> Iterator[Event]:
    """The events up to the end of this mapping or list; nested ones are consumed between."""
    for event in events:
        if isinstance(event, end):
            return
        yield event
