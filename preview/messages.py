"""What the server and the builder tell each other."""

from dataclasses import dataclass

from pack.problems import Problem


@dataclass(frozen=True)
class Saved:
    """To the builder: a file was saved. `looks` says whether it was a template, style or face."""

    looks: bool


@dataclass(frozen=True)
class Looked:
    """To the builder: somebody looks at this artifact now (`View.key`)."""

    key: str


@dataclass(frozen=True)
class Planned:
    """To the server: the artifacts that a pack makes, in its order."""

    pack: str
    title: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Troubles:
    """To the server: all that is wrong with a pack or an artifact now, which may be nothing."""

    subject: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Left:
    """To the server: how many artifacts are still being made."""

    number: int


@dataclass(frozen=True)
class Unable:
    """To the server: nothing can be made on this machine, and why."""

    reason: str
