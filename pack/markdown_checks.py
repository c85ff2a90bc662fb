"""Markdown that isn't supported, and whose marks would be printed literally."""

import re
from collections.abc import Iterator

from pack.markdown import Bullets, parse_body, parse_line, runs_of
from pack.model import Pack, YamlPath
from pack.problems import Fault, Problem, path_text
from pack.walk import texts

#: The fields that may have several paragraphs and lists; all others are one paragraph.
_LONG = {"body", "say", "ask", "do", "disclose"}

#: The start of a list's entry, and a line with nothing after it.
_ENTRY = re.compile(r"^\s*(?:[-+*]|\d{1,2}[.)])(?:\s|$)", re.M)
_ROW = re.compile(r"^ *\|.*\| *$", re.M)
_BARE_ENTRY = re.compile(r"^\s*(?:[-+*]|\d{1,2}[.)])[ \t]*$", re.M)

#: Bold words that surely are set in bold: within a paragraph, with spaces or punctuation around.
_BOLD = re.compile(
    r"(?<![^\s(“\"'—–-])\*\*(?=[^\s*])"
    r"(?:[^*\n\\]|\n(?!\s*(?:$|[-+*#>|]|\d)))*"
    r"(?<=\S)\*\*(?![^\s.,;:!?)”\"'—–-])",
    re.M,
)

#: Every unsupported mark has one of these in it.
_SUSPICIOUS = re.compile(r"[|#>`<&\[*_]|^\s*(?:[-+*]|\d{1,2}[.)]) ", re.M)

_MARKS = (
    (
        re.compile(r"^ {0,3}#{1,6} \S", re.M),
        Fault(
            "this text has a heading in it (“#”), which would be printed literally",
            "Make it a topic of its own, or set the words in bold: **like this**.",
        ),
    ),
    (
        re.compile(r"^ {0,3}> ?\S", re.M),
        Fault(
            "this text has a quotation in it (“>”), whose mark would be printed",
            "Put the words between “ and ”, and remove the “>”.",
        ),
    ),
    (
        re.compile(r"^ *[-*+] \[[ xX]?\] ", re.M),
        Fault(
            "this text has a checkbox in it (“[ ]”), which would be printed literally",
            "Write a checklist with its tasks, under “checklists:”.",
        ),
    ),
    (
        re.compile(
            r"</?(?:a|b|br|center|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|s|small|span|strong|"
            r"sub|sup|table|td|th|tr|u|ul)(?: [^<>]*)?/?>",
            re.I,
        ),
        Fault(
            "this text has HTML in it (“<…>”), which would be printed literally",
            "Remove it. **Two stars** make bold, *one* makes italic, a blank line a paragraph.",
        ),
    ),
    (
        re.compile(r"&(?:[a-z]{2,8}|#\d{2,5}|#x[0-9a-f]{2,5});", re.I),
        Fault(
            "this text has a character written as HTML (“&…;”)",
            "Type the character itself, such as & or é.",
        ),
    ),
    (
        re.compile(r"\[\^[^\]]+\]"),
        Fault(
            "this text has a footnote in it (“[^…]”), which would be printed literally",
            "Write it in the text, in parentheses.",
        ),
    ),
    (
        re.compile(r"`"),
        Fault(
            "this text has a backtick (“`”) in it, which would be printed",
            "Remove it; for an apostrophe, type ’ or '.",
        ),
    ),
)

_UNCLOSED = Fault(
    "this text has stars in it that make nothing bold and would be printed",
    "Write them directly before and after the words, without spaces: **these words**.",
)
_LIST = Fault(
    "this text has a list in it, but is one paragraph: its entries would run together",
    "Write it as a sentence; only “body:” and the presenter's texts can have lists.",
)
_TABLE = Fault(
    "this text has a table in it (“|”), which would be printed literally",
    "Write it in a “body:” after an empty line, with a line “| --- | --- |” below its head; or "
    "write its rows as a list: each on a line of its own, after “- ”.",
)
_EMPTY = Fault(
    "this list has an entry without any text", "Write the text after the hyphen, or remove it."
)


def unset_markdown(pack: Pack) -> Iterator[Problem]:
    """An error for every mark that would be printed, and every list in a one-paragraph text."""
    for path, text in texts(pack):
        if _SUSPICIOUS.search(text) and not _is_literal(path):
            for fault in markdown_faults(path, text):
                yield Problem(pack.origin.place(path), path_text(path), fault)


def _is_literal(path: YamlPath) -> bool:
    """Whether a text is printed literally, whatever marks it has."""
    return path[0] == "school"


def markdown_faults(path: YamlPath, text: str) -> Iterator[Fault]:
    """Every kind of mark in the text at this path that would be printed."""
    yield from (fault for mark, fault in _MARKS if mark.search(text))
    long = path[-1] in _LONG and "note" not in path
    if _ROW.search(text) and not (long and _sets_every_row(text)):
        yield _TABLE
    # Parsing takes long, and most marks are plainly good.
    if (_BARE_ENTRY if long else _ENTRY).search(text):
        blocks = parse_body(text)
        lists = [block for block in blocks if isinstance(block, Bullets)]
        if not long and ((len(blocks) > 1 and lists) or any(len(one.items) > 1 for one in lists)):
            yield _LIST
        if long and any(not item for one in lists for item in one.items):
            yield _EMPTY
    if re.search(r"\*\*|__", _BOLD.sub("", text)):
        lines = runs_of(parse_body(text)) if long else (parse_line(text),)
        if any("**" in run.text or "__" in run.text for runs in lines for run in runs):
            yield _UNCLOSED


def _sets_every_row(text: str) -> bool:
    """Whether all rows of tables in a longer text are set as such."""
    return not any(run.text.startswith("|") for runs in runs_of(parse_body(text)) for run in runs)
