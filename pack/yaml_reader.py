"""Reads content files, with the line and column of every value.

Scalars stay the text in the file: "988", "no" and "2026-11-22" mean what the model says they mean,
not what YAML guesses. Repeated parts (YAML's & and *) and tags (!) are refused: staff don't need
them, and they can make a small file swell to gigabytes.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
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

from pack.errors import ContentError
from pack.glyphs import BREAK_HINTS
from pack.model import Origin, YamlPath
from pack.problems import Fault, Place, Problem, Severity, path_text
from pack.yaml_slips import silent_slips, slip_behind

MAX_BYTES = 2_000_000
MAX_DEPTH = 50

#: Invisible characters that no text of a content file may have.
CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def read_file(file: Path) -> tuple[dict[str, Any], Origin, list[Problem]]:
    """Read a YAML file: its values, the place of each, and the problems that leave them usable.

    Mappings become dicts, lists become tuples, everything else is text or None.
    Raises `ContentError` if the file can't be read as a mapping at all.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise cannot_open(file, error) from None
    return read_text(data, file)


def read_text(data: bytes, file: Path) -> tuple[dict[str, Any], Origin, list[Problem]]:
    """Read what `file` would say if its bytes were `data`; gives and raises what `read_file` does.

    Nothing is read from the file itself.
    """
    text = _decoded(data, file)
    hints = tuple(_break_hints(file, text))
    text = BREAK_HINTS.sub("", text) if hints else text
    slips = [
        Problem(Place(file, line, column), "", fault) for line, column, fault in silent_slips(text)
    ]
    if slips:  # what else is wrong may only follow from these
        raise ContentError(slips)
    composer = _Composer(file)
    try:
        # The parser in C is 14 times faster.
        values = composer.compose(YAML(typ="safe", pure=False).parse(text))
    except (YAMLError, AssertionError) as error:
        # It refuses some valid YAML 1.2, such as “?]”, so the Python parser decides.
        composer = _Composer(file)
        try:
            values = composer.compose(YAML(typ="safe", pure=True).parse(text))
        except (YAMLError, ValueError, OverflowError, AssertionError) as last:
            shown = last if isinstance(last, YAMLError) else error
            raise ContentError([*composer.problems, _syntax_problem(file, text, shown)]) from None
    if not isinstance(values, dict):
        what = "the file is empty" if values is None else "the file has no “name: value” lines"
        remedy = "Start from a copy of a working pack, or create a pack with the command “new”."
        raise ContentError([Problem(Place(file), "", Fault(what, remedy))])
    return values, Origin(file, composer.marks, hints), composer.problems


def _decoded(data: bytes, file: Path) -> str:
    def refuse(what: str, remedy: str, line: int = 1, column: int = 1) -> ContentError:
        return ContentError([Problem(Place(file, line, column), "", Fault(what, remedy))])

    if len(data) > MAX_BYTES:
        raise refuse(
            f"the file is larger than {MAX_BYTES // 1_000_000} MB",
            "The text of a pack is far smaller: keep pictures and other data in separate files.",
        )
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(errors="replace")
        raise refuse(
            "the file is not saved as UTF-8",
            "In your editor, choose “Save with encoding: UTF-8”, then check this spot.",
            before.count("\n") + 1,
            len(before) - before.rfind("\n"),
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = [
        Problem(
            Place(file, number, found.start() + 1),
            "",
            _invisible(found[0]),
        )
        for number, line in enumerate(text.split("\n"), start=1)
        for found in CONTROLS.finditer(line)
    ] + [
        Problem(
            Place(file, number, line.index("\t") + 1),
            "",
            Fault(
                "there is a tab at the start of this line",
                "Indent with spaces: two for each level.",
            ),
        )
        for number, line in enumerate(text.split("\n"), start=1)
        if "\t" in line[: len(line) - len(line.lstrip())]
    ]
    if problems:
        raise ContentError(problems)
    return text


def _break_hints(file: Path, text: str) -> Iterator[Problem]:
    """A warning, at the first of them, about all hints in the file where to break a word."""
    found = list(BREAK_HINTS.finditer(text))
    if found:
        start = found[0].start()
        line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        others = f", and {len(found) - 1} more below" if len(found) > 1 else ""
        yield Problem(
            Place(file, line, column),
            "",
            Fault(
                f"there is an invisible character (U+{ord(found[0][0]):04X}) here{others}",
                "It is left out. Pasted text often has some; retype the words to be rid of them.",
            ),
            Severity.WARNING,
        )


def cannot_open(file: Path, error: Exception) -> ContentError:
    """The error for a file that the system can't open."""
    if isinstance(error, FileNotFoundError):
        what, remedy = "there is no such file", "Check the name and the folder."
    elif isinstance(error, IsADirectoryError):
        what, remedy = "this is a folder, not a file", "Name a YAML file inside it."
    else:
        reason = getattr(error, "strerror", None) or str(error)
        what, remedy = (
            f"the file can't be opened: {reason}",
            "Check that you have permission to read it.",
        )
    return ContentError([Problem(Place(file), "", Fault(what, remedy))])


def _invisible(character: str) -> Fault:
    return Fault(
        f"there is an invisible character (U+{ord(character):04X}) here",
        "Delete it: put the cursor there and press Backspace, or retype the line.",
    )


#: Parts of the parser's messages, and what they mean.
_SYNTAX = (
    (
        "incompatible YAML document",
        Fault("this line asks for a version of YAML that is not supported", "Delete this line."),
    ),
    (
        "mapping values are not allowed",
        Fault(
            "there is a colon that YAML reads as “name: value”",
            "Put quotation marks around the text, or check the indentation above.",
        ),
    ),
    (
        "found unexpected end of stream",
        Fault(
            "a quotation mark is opened but never closed",
            "Close it, or use “|” and write the text on the lines below.",
        ),
    ),
    (
        "tab character",
        Fault(
            "there is a tab in this text",
            "Replace it with a space: put the cursor there, press Backspace, then the space bar.",
        ),
    ),
    (
        "cannot start any token",
        Fault(
            "this text starts with a character that has a special meaning in YAML",
            "Put quotation marks around the text.",
        ),
    ),
    (
        "escape",
        Fault(
            "there is a backslash that YAML can't read",
            "Write the character itself, or put the text after “|” on the lines below.",
        ),
    ),
)


def _syntax_problem(file: Path, text: str, error: Exception) -> Problem:
    message = " ".join(str(getattr(error, "problem", None) or error).split())
    mark = getattr(error, "problem_mark", None)
    if "end of stream" in message:
        mark = getattr(error, "context_mark", None) or mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    # The parser stops where it can't continue; the mistake is on that line or just above it.
    while line > 0 and (line >= len(lines) or not lines[line].strip()):
        line, column = line - 1, 0
    if lines[line][column : column + 1] == "\t":
        message = "tab character"
    if slip := slip_behind(text, line + 1):
        return Problem(Place(file, slip.line, slip.column), "", slip.fault)
    fault = next(
        (fault for phrase, fault in _SYNTAX if phrase in message),
        Fault(
            f"YAML can't be read here ({message})",
            "Compare this line with the ones above: indentation, colons, hyphens, quotation marks.",
        ),
    )
    return Problem(Place(file, line + 1, column + 1), "", fault)


class _Composer:
    """Builds plain values from the parser's events, and records the place of each."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.marks: dict[YamlPath, tuple[int, int]] = {}
        self.problems: list[Problem] = []

    def compose(self, events: Iterator[Event]) -> Any:
        documents: list[Any] = []
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if documents:
                    raise self._stop(
                        event,
                        "the file contains more than one document",
                        "Remove this “---” line, and everything that does not belong to the pack.",
                    )
                documents.append(self._value(next(events), events, ()))
        return documents[0] if documents else None

    def _value(self, event: Any, events: Iterator[Event], path: YamlPath) -> Any:
        self.marks.setdefault(path, (event.start_mark.line + 1, event.start_mark.column + 1))
        self._refuse_special(event)
        if len(path) > MAX_DEPTH:
            raise self._stop(
                event,
                f"the file is nested more than {MAX_DEPTH} levels deep",
                "Look for brackets that are never closed, or for too many hyphens.",
            )
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, SequenceStartEvent):
            return tuple(
                self._value(event, events, (*path, number))
                for number, event in enumerate(_until(events, SequenceEndEvent))
            )
        plain = not event.style
        return None if plain and event.value in ("", "~", "null", "Null", "NULL") else event.value

    def _mapping(self, events: Iterator[Event], path: YamlPath) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in _until(events, MappingEndEvent):
            self._refuse_special(event)
            if not isinstance(event, ScalarEvent):
                raise self._stop(
                    event, "a name is missing before the colon", "Write “name: value”."
                )
            key = str(event.value)
            place = self._place(event)
            if key in values:
                first, _ = self.marks[(*path, key)]
                self.problems.append(
                    Problem(
                        place,
                        path_text((*path, key)),
                        Fault(
                            f"“{key}” appears here a second time (first on line {first})",
                            "Keep one of the two, or give this one a different name.",
                        ),
                    )
                )
            else:
                self.marks[(*path, key)] = (place.line, place.column)
            value = self._value(next(events), events, (*path, key))
            values.setdefault(key, value)
        return values

    def _refuse_special(self, event: Any) -> None:
        """Refuse anchors, aliases, tags, and invisible characters written as escapes."""
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise self._stop(
                event, "there is a “&” or “*” before this text", "Put quotation marks around it."
            )
        if getattr(event, "tag", None) is not None:
            raise self._stop(
                event, "there is a “!” before this text", "Put quotation marks around it."
            )
        if isinstance(event, ScalarEvent) and (
            found := CONTROLS.search(event.value) or BREAK_HINTS.search(event.value)
        ):
            raise self._stop(event, *_invisible(found[0]))

    def _place(self, event: Event) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _stop(self, event: Event, what: str, remedy: str) -> ContentError:
        return ContentError([*self.problems, Problem(self._place(event), "", Fault(what, remedy))])


def _until(events: Iterator[Event], end: type[Event]) -> Iterator[Event]:
    """The events up to the end of this mapping or list; the caller consumes nested ones."""
    for event in events:
        if isinstance(event, end):
            return
        yield event
