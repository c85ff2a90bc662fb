"""What can keep a run from its end, apart from problems in the content."""

from collections.abc import Iterable

from pack.problems import Problem


class UnknownArtifact(Exception):
    """Somebody asked for an artifact that no pack makes."""


class NoContent(Exception):
    """There is no content file where one was looked for."""


class NameTaken(Exception):
    """A content file can't have this name."""


class MissingLibrary(Exception):
    """A system library is missing; the message names the command that installs it."""


class PortTaken(Exception):
    """The preview can't have this port; the message names another one to try."""


class UnfitTemplate(Exception):
    """A deck can't be built on the template that was given."""


class OutputError(Exception):
    """The output folder can't be written to."""


class Refused(Exception):
    """A release was asked for, and something is not fit for families."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("not fit for release")


class WorkerError(Exception):
    """Processes that make files can't be reached, or have ended."""
