"""What can keep the program from its end, each with the exit code that it means."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from pack.exit_codes import ExitCode
from pack.problems import Problem


class PressError(Exception):
    """Something that people are told in a sentence, without a traceback."""

    exit_code: ClassVar[ExitCode]


class ProblemsError(PressError):
    """`problems` are told one by one."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["ProblemsError"], tuple[tuple[Problem, ...]]]:
        # So that a worker process can hand it to the press.
        return type(self), (self.problems,)


class ContentError(ProblemsError):
    """The content can't be used; `problems` holds everything that is wrong with it."""

    exit_code = ExitCode.CONTENT


class Refused(ProblemsError):
    """A release was asked for, and something is not fit for families."""

    exit_code = ExitCode.REFUSED


class UsageError(PressError):
    """Something was asked for that there is not."""

    exit_code = ExitCode.USAGE


class UnknownArtifact(UsageError):
    """Somebody asked for an artifact that no pack makes."""


class NoContent(UsageError):
    """There is no content file where one was looked for."""


class NameTaken(UsageError):
    """A content file can't have this name."""


class TemplateError(UsageError):
    """A file can't be the deck's template; the message says what it lacks."""


class PortTaken(PressError):
    """The preview can't have this port; the message names another one to try."""

    exit_code = ExitCode.USAGE


class MissingLibrary(PressError):
    """A system library is missing; the message names the command that installs it."""

    exit_code = ExitCode.LIBRARY


class OutputError(PressError):
    """The output folder can't be written to."""

    exit_code = ExitCode.OUTPUT


class WorkerError(PressError):
    """Processes that make files can't be reached, or have ended."""

    exit_code = ExitCode.OUTPUT


@contextmanager
def output_errors(place: Path | str, cannot_be: str = "written") -> Iterator[None]:
    """Raise `OutputError` for what the system refuses meanwhile.

    `place` is named if the system names no file; `cannot_be` is what could not be done with it.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{error.filename or place} can't be {cannot_be}: {reason}.") from None
