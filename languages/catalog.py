"""The translations of a pack into one language, and the rules of their states."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import ClassVar

from pack.errors import ContentError
from pack.problems import Place


class TranslationState(StrEnum):
    """What can be done with a translation; each is exactly one of these."""

    #: Nobody has translated it yet.
    MISSING = "missing"
    #: It translates an English that has changed since, or a translator marked it as unfinished.
    STALE = "stale"
    #: It translates the present English. Whether it was reviewed is another matter (`reviews`).
    CURRENT = "translated"


@dataclass(frozen=True)
class Translation:
    """A string with its translation, as in a PO file.

    `source` is the English, `target` its translation. If `fuzzy`, the target is that of another
    English: of `previous`, where that is known. `note` is what a translator wrote beside it, and
    `place` where it was read.
    """

    context: str
    source: str
    target: str = ""
    fuzzy: bool = False
    previous: str = ""
    note: str = ""
    place: Place | None = field(default=None, compare=False)

    @property
    def state(self) -> TranslationState:
        if not self.target:
            return TranslationState.MISSING
        return TranslationState.STALE if self.fuzzy else TranslationState.CURRENT

    @property
    def translated_from(self) -> str:
        """The English that the target is a translation of."""
        return self.previous if self.fuzzy and self.previous else self.source


@dataclass(frozen=True)
class Catalog:
    """All strings of a pack in its order, and `obsolete`: translations of strings it had before."""

    entries: tuple[Translation, ...] = ()
    obsolete: tuple[Translation, ...] = ()

    @cached_property
    def by_context(self) -> Mapping[str, Translation]:
        return {entry.context: entry for entry in self.entries}


class TranslationError(ContentError):
    """A file of translations can't be used; `problems` lists everything that is wrong with it."""

    unchanged: ClassVar[str] = "The translations were not changed."


def clean(text: str) -> str:
    """A text as programs should have saved it: with one kind of line break, and no spaces at ends.

    Word and Excel write other breaks, which PO files can't have.
    """
    lines = re.split(r"\r\n|[\r\n\v\f\x85\u2028\u2029]", text)
    return "\n".join(line.rstrip(" \t") for line in lines).strip(" \t\n")
