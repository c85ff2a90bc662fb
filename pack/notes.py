"""A presenter's notes as data, which the deck and the guide show in ways of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

NotesKind = Literal["say", "ask", "do", "hand-out", "disclose", "source"]


@dataclass(frozen=True)
class NotesPart:
    """Paragraphs without markup and the label before them, such as "Say"; it may be empty."""

    kind: NotesKind
    label: str
    paragraphs: tuple[str, ...]

    def lines(self, colon: str) -> Iterator[str]:
        """The paragraphs, the first of them after the label and a colon (`Script.colon`)."""
        for number, paragraph in enumerate(self.paragraphs):
            yield paragraph if number or not self.label else f"{self.label}{colon}{paragraph}"
