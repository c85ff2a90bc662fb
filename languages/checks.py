"""What is wrong with a translation, for someone who may not know its language.

A number, an address or a mark that the English has must be in the translation, too: a family that
dials a wrong digit gets no help.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from languages.glossary import Glossary
from languages.strings import SourceString
from pack import glyphs
from pack.markdown import Block, Bullets, Paragraph, Table, TextRuns, parse_body, plain, runs_of
from pack.markdown_checks import markdown_faults
from pack.problems import Fault

#: They join letters in scripts such as Persian and Hindi, and have no direction.
_JOINERS = str.maketrans(dict.fromkeys("\u200c\u200d"))

#: They tell programs in which direction to write.
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

#: What UTF-8 becomes when it is read as a western European charset.
_MOJIBAKE = re.compile("[ÃÂÐÑØÙ][\u0080-\u00bf]|â€|ï»¿|\ufffd")

#: ASCII, because no space comes before a number in Chinese.
_PHONE = re.compile(
    r"(?<![\w.-])\+?(?=(?:\D?\D?\d){7})\(?\d+\)?(?:[ .\xa0-]\(?\d+\)?)+(?![\w-])", re.A
)
_NUMBER = re.compile(r"\d+")
_WEB = re.compile(
    r"https?://[\w./?#%&=+~:@!$,;*'-]*[\w/#%&=+~-]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|"
    r"(?<![\w.@/-])(?:[a-z0-9-]+\.)+(?:com|org|gov|net|edu|us|mil|info|app|example)"
    r"(?:/[\w./%-]*\w)?(?![\w-])",
    re.I | re.A,
)
_BRACES = re.compile(r"\{\w*\}", re.A)
_JINJA = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_HTML = re.compile(r"</?[a-z][^<>\n]*>|<!--|&(?:[a-z]{2,8}|#\d{2,5}|#x[0-9a-f]{2,5});", re.I)


def faults(string: SourceString, target: str, glossary: Glossary) -> Iterator[Fault]:
    """Everything that makes a translation of a string unfit to be shown."""
    if not target.strip():
        yield Fault("there is no text here", "Write the translation.")
        return
    yield from _character_faults(target)
    yield from _markup_faults(string, target)
    yield from _number_faults(string.source, target)
    yield from _same_parts(_WEB, string.source, target, "the address")
    if string.longest and len(target) > string.longest:
        what = f"this text has {len(target)} characters, but there is room for {string.longest}"
        yield Fault(what, "Shorten it.")
    if plain(target).casefold() == plain(string.source).casefold() and _has_words(
        string.source, glossary
    ):
        yield Fault(
            "this is still the English text",
            "Translate it; if it stays as it is, add it to the glossary with “=”.",
        )


def _character_faults(target: str) -> Iterator[Fault]:
    if character := glyphs.hidden(target.translate(_JOINERS)):
        yield Fault(
            f"there is an invisible character ({glyphs.described(character)}) here",
            "Remove it: numbers and addresses are kept in their direction by the program."
            if character in _DIRECTIONS
            else "Type the text again instead of copying it.",
        )
    elif found := _MOJIBAKE.search(target):
        yield Fault(
            f"“{found[0]}” looks like a letter that was read in a wrong charset",
            "Open the file in UTF-8, and write the letter itself.",
        )


def _markup_faults(string: SourceString, target: str) -> Iterator[Fault]:
    source = string.source
    if not _JINJA.search(source) and (found := _JINJA.search(target)):
        yield Fault(f"there is a mark of a template here: “{found[0]}”", "Remove it.")
    else:
        yield from _same_parts(_BRACES, source, target, "the word in braces")
    if not _HTML.search(source) and (found := _HTML.search(target)):
        yield Fault(
            f"there is HTML here: “{found[0][:40]}”",
            "Remove it. **Two stars** make bold, *one* makes italic.",
        )
    elif (wanted := _outline(source)) != (written := _outline(target)):
        yield _difference(wanted, written)
    else:
        yield from markdown_faults(string.path, target)
        printed = "".join(run.text for runs in runs_of(parse_body(target)) for run in runs)
        stray = next((one for one in "*_[" if one in printed and one not in source), None)
        if stray:
            remedy = "Remove it, or mark words as in English."
            yield Fault(f"the mark “{stray}” would be printed", remedy)


def _number_faults(source: str, target: str) -> Iterator[Fault]:
    if other := next((char for char in target if char.isdigit() and not char.isascii()), None):
        digit = unicodedata.digit(other, None)
        ours = f"it as {digit}, " if digit is not None else ""
        yield Fault(
            f"the digit “{other}” is not on every phone",
            f"Write {ours}and all other digits as in English: 0 1 2 3 4 5 6 7 8 9.",
        )
        return
    if " | " in source and "{count}" in source:
        return  # one text for one, and another for several; a language may need a single one
    wrong = [*_same_parts(_PHONE, source, target, "the number")]
    yield from wrong or _same_parts(_NUMBER, source, target, "the number")


def _same_parts(pattern: re.Pattern[str], source: str, target: str, what: str) -> Iterator[Fault]:
    """A fault if a translation has not the same numbers, addresses or the like."""
    wanted, written = (
        Counter(" ".join(found.split()) for found in pattern.findall(text))
        for text in (source, target)
    )
    for part in wanted - written:
        often = "" if not written[part] else f" {wanted[part]} times"
        yield Fault(f"{what} {part} is missing{often}", f"Write {part}, just as in the English.")
    for part in written - wanted:
        if not wanted[part]:
            yield Fault(f"{what} {part} is not in the English", "Remove it, or correct it.")
        else:
            yield Fault(f"{what} {part} is here too often", "Write it as often as the English.")


#: How a text is built: its blocks, and how many bold and italic words and links it has.
_Outline = tuple[tuple[str, ...], tuple[tuple[str, int], ...], tuple[str, ...]]


@lru_cache(maxsize=1024)  # an English text has translations into several languages
def _outline(text: str) -> _Outline:
    blocks = parse_body(text)
    runs = [one for runs in runs_of(blocks) for one in _stretches(runs)]
    marks = Counter(kind for kind, _ in runs)
    links = sorted(link for kind, link in runs if kind == "link")
    return tuple(_shape(blocks)), tuple(sorted(marks.items())), tuple(links)


def _stretches(runs: TextRuns) -> Iterator[tuple[str, str]]:
    """Each stretch of bold words, italic words and links in a line, once."""
    before: set[tuple[str, str]] = set()
    for run in runs:
        here = {("bold", "")} if run.bold else set()
        here |= {("italic", "")} if run.italic else set()
        here |= {("link", run.link)} if run.link is not None else set()
        yield from here - before
        before = here


def _shape(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield "paragraph"
            case Bullets(items, ordered):
                yield f"{'numbered list' if ordered else 'list'} of {len(items)}"
                for item in items:
                    yield from (f"- {part}" for part in _shape(item))
            case Table(head, rows):
                yield f"table of {len(head)} columns and {len(rows)} rows"


def _difference(wanted: _Outline, written: _Outline) -> Fault:
    (ours, our_marks, links), (theirs, their_marks, their_links) = wanted, written
    if ours != theirs:
        what = f"the English has {_listed(ours)}, but this has {_listed(theirs)}"
        return Fault(what, "Begin and end paragraphs and entries of lists where the English does.")
    for kind, mark in (("bold", "**bold**"), ("italic", "*italic*"), ("link", "[a link](…)")):
        often, there = dict(our_marks).get(kind, 0), dict(their_marks).get(kind, 0)
        if often != there:
            what = f"{mark} is here {_times(there)}, but in the English {_times(often)}"
            remedy = (
                "Mark the same words, beginning and ending with a letter, or leave a space before "
                "and after the marks."
            )
            return Fault(what, remedy)
    missing = next(one for one in links if one not in their_links)
    return Fault(f"the link to {missing} is missing", "Keep the address of each link.")


def _listed(shape: tuple[str, ...]) -> str:
    """The blocks of a text in words, as many as are the same together."""
    counted = Counter(shape)
    return ", ".join(f"{number} × {kind}" for kind, number in counted.items()) or "nothing"


def _times(number: int) -> str:
    return {0: "not at all", 1: "once", 2: "twice"}.get(number, f"{number} times")


def _has_words(source: str, glossary: Glossary) -> bool:
    """Whether anything in a text is to be translated."""
    text = plain(glossary.without_staying(source))
    for pattern in (_WEB, _BRACES):
        text = pattern.sub(" ", text)
    return bool(re.search(r"[^\W\d_]{2}", text))
