"""Markdown that is not set, and would be printed as it stands: marks of other programs."""

import re
from collections.abc import Iterator

from pack.markdown import Bullets, TextRun, parse_body, parse_line
from pack.model import Pack, YamlPath
from pack.problems import Fault, Problem, path_text
from pack.walk import texts

#: The fields that are set as paragraphs and lists; all others are one paragraph.
_LONG = {"body", "say", "ask", "do", "disclose"}

#: What only texts with one of these can have.
_SUSPICIOUS = re.compile(r"[|#>`<&\[*_]|^\s*(?:[-+*]|\d{1,2}[.)]) ", re.M)

_MARKS = (
    (
        re.compile(r"^ {0,3}#{1,6} \S", re.M),
        Fault(
            "this text has a heading in it (“#”), which would be printed as it stands",
            "Make a topic of its own of it, or set the words in bold: **like this**.",
        ),
    ),
    (
        re.compile(r"^ *\|.*\| *$", re.M),
        Fault(
            "this text has a table in it (“|”), which would be printed as it stands",
            "Write its rows as a list: each after “- ” on a line of its own.",
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
            "this text has a box to tick in it (“[ ]”), which would be printed as it stands",
            "Write a checklist: under “checklists:”, with its tasks.",
        ),
    ),
    (
        re.compile(
            r"</?(?:a|b|br|center|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|s|small|span|strong|"
            r"sub|sup|table|td|th|tr|u|ul)(?: [^<>]*)?/?>",
            re.I,
        ),
        Fault(
            "this text has HTML in it (“<…>”), which would be printed as it stands",
            "Remove it. **Two stars** make bold, *one* makes italic, an empty line a paragraph.",
        ),
    ),
    (
        re.compile(r"&(?:[a-z]{2,8}|#\d{2,5}|#x[0-9a-f]{2,5});", re.I),
        Fault(
            "this text has a character in the spelling of HTML (“&…;”)",
            "Type the character itself, such as & or é.",
        ),
    ),
    (
        re.compile(r"\[\^[^\]]+\]"),
        Fault(
            "this text has a footnote in it (“[^…]”), which would be printed as it stands",
            "Write it into the text, in brackets.",
        ),
    ),
    (
        re.compile(r"!\[[^\]]*\]\("),
        Fault(
            "this text has a picture in it (“![…](…)”), which is not set",
            "Remove it: pictures stand in sheets and slides of their own design.",
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
    "this text has stars in it that make nothing bold, and would be printed",
    "Put them right at both ends of the words, with no space between: **these words**.",
)
_LIST = Fault(
    "this text has a list in it, and is set as one paragraph: its entries would run together",
    "Write it as a sentence; lists can stand in “body:” and in what is said.",
)
_EMPTY = Fault(
    "this list has an entry without any text", "Write the text after the hyphen, or remove it."
)


def unset_markdown(pack: Pack) -> Iterator[Problem]:
    """An error for every mark that would be printed, and for every list that has no room."""
    for path, text in texts(pack):
        if _SUSPICIOUS.search(text) and not _is_literal(path):
            for fault in _faults(path, text):
                yield Problem(pack.origin.place(path), path_text(path), fault)


def _is_literal(path: YamlPath) -> bool:
    """Whether a text is printed to the letter, whatever marks it has."""
    return path[0] == "school"


def _faults(path: YamlPath, text: str) -> Iterator[Fault]:
    yield from (fault for mark, fault in _MARKS if mark.search(text))
    long = path[-1] in _LONG and "note" not in path
    blocks = parse_body(text)
    lists = [block for block in blocks if isinstance(block, Bullets)]
    if not long and ((len(blocks) > 1 and lists) or any(len(one.items) > 1 for one in lists)):
        yield _LIST
    if long and any(not item for one in lists for item in one.items):
        yield _EMPTY
    runs = [run for block in blocks for run in _runs(block)] if long else parse_line(text)
    if any("**" in run.text or "__" in run.text for run in runs):
        yield _UNCLOSED


def _runs(block: object) -> Iterator[TextRun]:
    if isinstance(block, Bullets):
        for item in block.items:
            for inner in item:
                yield from _runs(inner)
    else:
        yield from getattr(block, "runs", ())
