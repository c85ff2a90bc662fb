"""Errors that end the program, each with its exit code."""

import re
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from pack.exit_codes import ExitCode
from pack.problems import Problem


class PressError(Exception):
    """An error that is shown as a sentence, without a traceback."""

    exit_code: ClassVar[ExitCode]


class ProblemsError(PressError):
    """An error made of `problems`, which are listed one by one.

    `unchanged` says what was left as it was.
    """

    unchanged: ClassVar[str] = "The output was not changed."

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["ProblemsError"], tuple[tuple[Problem, ...]]]:
        # So that a worker process can send it to the main process.
        return type(self), (self.problems,)


class ContentError(ProblemsError):
    """The content can't be used; `problems` lists everything that is wrong with it.

    `reports` are the pages that show it, if preflight has written any. `more` is the number of
    further problems, which are not kept.
    """

    exit_code = ExitCode.CONTENT

    def __init__(
        self, problems: Iterable[Problem], reports: Sequence[Path] = (), more: int = 0
    ) -> None:
        super().__init__(problems)
        self.reports = tuple(reports)
        self.more = more


class Refused(ProblemsError):
    """A release was requested, but something is not ready for families."""

    exit_code = ExitCode.REFUSED


class UsageError(PressError):
    """The request names something that doesn't exist."""

    exit_code = ExitCode.USAGE


class UnknownArtifact(UsageError):
    """An artifact was requested that isn't part of any pack."""


class NoContent(UsageError):
    """No content file was found in the given place."""


class NameTaken(UsageError):
    """A content file can't have this name."""


class TemplateError(UsageError):
    """A file can't be used as the deck's template; the message says what is missing."""


class PortTaken(PressError):
    """The preview can't use this port; the message suggests another."""

    exit_code = ExitCode.USAGE


class MissingLibrary(PressError):
    """A library or package is missing; the message names the command that installs it."""

    exit_code = ExitCode.LIBRARY


class OutputError(PressError):
    """The output folder can't be written to."""

    exit_code = ExitCode.OUTPUT


class WorkerError(PressError):
    """Worker processes can't be reached, or have stopped."""

    exit_code = ExitCode.OUTPUT


class UnexpectedError(Exception):
    """A fault of the program while it made something.

    `what` was being made. `trail` says where the program was (`trail`).
    """

    def __init__(self, what: str, trail: str) -> None:
        self.what, self.trail = what, trail
        super().__init__(f"{what} could not be made: {trail.splitlines()[-1]}")

    def __reduce__(self) -> tuple[type["UnexpectedError"], tuple[str, str]]:
        return type(self), (self.what, self.trail)


@contextmanager
def unexpected_errors(what: str) -> Iterator[None]:
    """Turn whatever the program did not foresee into an `UnexpectedError` that names `what`.

    Errors of the system, such as a full disk, are foreseen.
    """
    try:
        yield
    except (PressError, UnexpectedError, OSError, ModuleNotFoundError):
        raise
    except Exception as error:
        raise UnexpectedError(what, trail(error)) from error


def trail(error: BaseException) -> str:
    """Where an error was raised: a line for each call, and last its type.

    Its message is left out: it may quote the content.
    """
    calls = [
        f"{call.filename}:{call.lineno} in {call.name}"
        for call in traceback.extract_tb(error.__traceback__)
    ]
    before = [trail(error.__context__)] if error.__context__ else []
    return "\n".join((*before, *calls, type(error).__name__))


@contextmanager
def template_errors(template: Path | None) -> Iterator[None]:
    """Turn whatever a damaged template makes a library raise into a `TemplateError`.

    Without a template from others, an error is a fault of the program.
    """
    try:
        yield
    except (PressError, OSError):
        raise
    except Exception:
        if template is None:
            raise
        raise TemplateError(
            f"{template} is damaged. "
            "Open it in PowerPoint, let it be repaired, and save it under a new name."
        ) from None


@contextmanager
def output_errors(place: Path | str, cannot_be: str = "written") -> Iterator[None]:
    """Turn every `OSError` inside the block into an `OutputError`.

    `place` is named if the system error names no file; `cannot_be` says what could not be done.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        # A new folder is made beside the old one, with a hidden name that says nothing to people.
        file = str(error.filename or place)
        named = re.sub(r"([/\\])\.([^/\\]+)\.\w{8}(?=[/\\]|$)", r"\1\2", file)
        raise OutputError(f"{named} can't be {cannot_be}: {reason}.") from None
