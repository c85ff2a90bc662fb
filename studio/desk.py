"""A pack that is being edited: its text, what it means, and what is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from editing.edits import Edit, apply
from editing.working_copy import FileState, Refresh, WorkingCopy
from editing.yaml_source import YamlSource
from languages.strings import Shown, ShownOn
from pack.errors import ContentError
from pack.labels import default_labels
from pack.model import Origin, Pack, YamlPath
from pack.problems import Problem, Severity, path_text
from press.pipeline import read_one, warnings
from press.where_shown import where_shown
from studio.fields import at, named
from studio.spots import KnownTexts, known_texts
from studio.words import say


@dataclass
class Reading:
    """What a version of the text means. `pack` is None if the text is not fit to be built."""

    version: int
    values: Mapping[str, Any]
    problems: tuple[Problem, ...]
    pack: Pack | None
    paths: Mapping[str, YamlPath]

    def path_of(self, problem: Problem) -> YamlPath:
        """The path that a problem is about; () if it is about the whole file."""
        where = problem.where
        while where and where not in self.paths:
            where = where.rpartition(" → ")[0]
        return self.paths[where] if where else ()

    def problems_at(self, path: YamlPath, *, inside: bool = True) -> Iterator[Problem]:
        """The problems of the value at a path, and of all that is inside it."""
        for problem in self.problems:
            found = self.path_of(problem)
            exact = path_text(path) == problem.where
            if exact or found == path or (inside and found[: len(path)] == path and path):
                yield problem

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.problems if one.severity is Severity.ERROR)

    @cached_property
    def to_fill_in(self) -> tuple[Problem, ...]:
        """Those errors that are about something empty."""
        return tuple(one for one in self.errors if self.is_to_fill_in(one))

    def is_to_fill_in(self, problem: Problem) -> bool:
        path = self.path_of(problem)
        exact = path_text(path) == problem.where and path != ()
        return exact and not at(self.values, path)

    @cached_property
    def known_texts(self) -> KnownTexts:
        """What a click on a page may hit."""
        return known_texts(self.pack) if self.pack else ()

    @property
    def labels(self) -> Mapping[str, str]:
        """The labels that are used where the file has none."""
        about = self.values.get("pack")
        language = about.get("language") if isinstance(about, Mapping) else None
        return default_labels(language if isinstance(language, str) else "")


class Desk:
    """One content file in the studio. All methods are for one thread at a time."""

    def __init__(self, file: Path) -> None:
        """Raises `ContentError` if the file can't be read at all."""
        self.file = file
        self.name = file.stem
        self.copy = WorkingCopy(file)
        self.outside = Refresh(FileState.SAME)
        self._reading: Reading | None = None
        self._last_good: Pack | None = None
        self._saved: tuple[bytes, Reading] | None = None
        self._shown: tuple[Pack, Shown] | None = None

    @property
    def reading(self) -> Reading:
        """What the current text means."""
        if not self._reading or self._reading.version != self.copy.version:
            self._reading = self._read(self.copy.source)
            self._last_good = self._reading.pack or self._last_good
        return self._reading

    @property
    def pack(self) -> Pack | None:
        """The pack as it is now, or as it was when the text was last fit to be built.

        If that was before the studio was started, the pack as it is saved.
        """
        return self.reading.pack or self._last_good or self.saved.pack

    @property
    def shows_saved(self) -> bool:
        """Whether `pack` is the saved one, because no better is known."""
        return not self.reading.pack and not self._last_good

    def refresh(self) -> None:
        """Take what another program saved meanwhile; `outside` says what became of the file."""
        self.outside = self.copy.refresh(say("outside"))

    def shown_on(self, path: YamlPath) -> ShownOn:
        """The documents and slides that show what is at a path."""
        pack = self.pack
        if not pack or not path:
            return ShownOn(())
        if not self._shown or self._shown[0] is not pack:
            self._shown = pack, where_shown(pack)
        return self._shown[1](path)

    def path_of(self, problem: Problem) -> YamlPath:
        """The path that a problem is about, by its name or by its place in the file."""
        path = self.reading.path_of(problem)
        if path or not self.pack or problem.place.file != self.file:
            return path
        here = (problem.place.line, problem.place.column)
        marks = self.pack.origin.marks.items()
        return max((one for one, mark in marks if mark == here), key=len, default=())

    @property
    def saved(self) -> Reading:
        """What the file said when it was last read or saved."""
        source = self.copy.saved
        if not self._saved or self._saved[0] != source.data:
            self._saved = source.data, self._read(source)
        return self._saved[1]

    def after(self, edits: Iterable[Edit]) -> Reading:
        """What the text would mean after edits, which are not made. Raises `CannotEdit`."""
        source = self.copy.source
        for edit in edits:
            source = apply(source, edit)
        return self._read(source)

    def _read(self, source: YamlSource) -> Reading:
        values, origin, _ = source.contents
        pack, problems = _checked(self.file, source.contents)
        paths = {path_text(path): path for path in origin.marks}
        # Problems of finished sheets name them by their ids.
        paths |= {
            path_text(("handouts", name)): path for name, path, _ in named(values, "handouts")
        }
        return Reading(self.copy.version, values, problems, pack, paths)


def _checked(
    file: Path, contents: tuple[dict[str, Any], Origin, list[Problem]]
) -> tuple[Pack | None, tuple[Problem, ...]]:
    try:
        pack = read_one(file, contents)
    except ContentError as error:
        return None, error.problems
    return pack, warnings([pack])
