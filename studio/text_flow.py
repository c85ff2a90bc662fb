"""Texts as people type them, without the line breaks that wrap them in the file, and back."""

import re
import textwrap
from collections.abc import Iterator

from languages.strings import unwrapped
from pack.markdown import parse_body

#: Where a text is wrapped that had no lines of its own before, in characters.
_WIDTH = 84


def wrapped(text: str, old: str) -> str:
    """A typed text with several lines as it goes into the file, in place of `old`.

    Paragraphs and list items that were not changed keep their own lines; the others are wrapped as
    wide as the old text was.
    """
    if "\n" not in old.strip() and "\n" not in text:
        return text
    lines = old.strip().splitlines()
    width = max((len(line) for line in lines), default=0) if len(lines) > 1 else _WIDTH
    kept = dict(_parts(lines))
    made = "\n".join(kept.get(line) or _wrap(line, width) for line in text.splitlines())
    return made if parse_body(made) == parse_body(text) else text


def _parts(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Each paragraph or list item without its line breaks, and as it is in the file."""
    start = 0
    for end in range(1, len(lines) + 1):
        goes_on = end < len(lines) and lines[end].strip() and lines[start].strip()
        if goes_on and "\n" not in unwrapped("\n".join(lines[start : end + 1])):
            continue
        part = "\n".join(line.rstrip() for line in lines[start:end])
        yield unwrapped(part), part
        start = end


def _wrap(line: str, width: int) -> str:
    inner = line.lstrip()
    indent = " " * (len(line) - len(inner))
    marker = re.match(r"(?:[-*+]|\d+[.)]) +", inner)
    rest = indent + " " * len(marker[0] if marker else "")
    return textwrap.fill(
        line,
        max(width, 40),
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
