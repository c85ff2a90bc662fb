"""PO files (GNU gettext), which Poedit, Weblate, OmegaT and other translators' tools read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import polib

from languages.catalog import Catalog, Translation, TranslationError, clean
from languages.tags import is_same_language
from pack.problems import Fault, Place, Problem

#: The width at which gettext's own programs break lines, so that they change nothing.
_WIDTH = 78

_CHARSET = re.compile(rb'^"Content-Type:.*?charset=([\w-]+)', re.M | re.I)
#: A line of a PO file: empty, a comment, or a text with or without its keyword.
_LINE = re.compile(
    r"\s*(?:$|#|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+)?"
    r'"(?:[^"\\]|\\[bfnrtv"\\])*"\s*$)'
)

_AGAIN = "Save the file again in the program that you translate with, as PO in UTF-8."


def write_po(
    catalog: Catalog, pack: str, language: str, comments: Mapping[str, Sequence[str]]
) -> bytes:
    """A catalog as a PO file, the same bytes on any day.

    `comments` are lines for the translator, by context. `language` is a BCP 47 tag.
    """
    file = polib.POFile(wrapwidth=_WIDTH)
    # No dates and no names of people, which other programs put here.
    file.metadata = {
        "Project-Id-Version": pack,
        "Language": language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    file += [_po_entry(entry, comments.get(entry.context, ())) for entry in catalog.entries]
    file += [_po_entry(entry, (), obsolete=True) for entry in catalog.obsolete]
    return f"{file}".encode()


def _po_entry(
    entry: Translation, comments: Sequence[str], *, obsolete: bool = False
) -> polib.POEntry:
    return polib.POEntry(
        msgctxt=entry.context,
        msgid=entry.source,
        msgstr=entry.target,
        previous_msgid=entry.previous or None,
        flags=["fuzzy"] if entry.fuzzy else [],
        comment="\n".join(comments),
        tcomment=entry.note,
        obsolete=obsolete,
    )


@lru_cache(maxsize=32)
def read_po(data: bytes, file: Path, language: str, pack: str = "") -> Catalog:
    """The catalog in the bytes of a PO file of this language, and of `pack` if one is named.

    Raises `TranslationError` with everything that is wrong, each with its line in `file`.
    """
    text = _decoded(data, file)
    if problems := list(_syntax_problems(text, file)):
        raise TranslationError(problems)
    try:
        found = polib.pofile(text, wrapwidth=_WIDTH)
    except (OSError, ValueError, IndexError, UnicodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        what = "this is not how a PO file is written"
        raise _error(file, int(line[1]) if line else 0, what, _AGAIN) from None
    problems = [*_header_problems(found, file, language, pack), *_entry_problems(found, file)]
    if problems:
        raise TranslationError(problems)
    entries = [(_translation(one, file), bool(one.obsolete)) for one in found]
    return Catalog(
        tuple(entry for entry, obsolete in entries if not obsolete),
        tuple(entry for entry, obsolete in entries if obsolete and entry.target),
    )


def _translation(one: polib.POEntry, file: Path) -> Translation:
    fuzzy = "fuzzy" in one.flags
    return Translation(
        one.msgctxt or "",
        clean(one.msgid),
        clean(one.msgstr),
        fuzzy and bool(one.msgstr),
        clean(one.previous_msgid or "") if fuzzy else "",
        one.tcomment,
        Place(file, one.linenum or 0),
    )


def _decoded(data: bytes, file: Path) -> str:
    named = _CHARSET.search(data)
    if named and named[1].upper() not in (b"UTF-8", b"UTF8", b"CHARSET"):
        line = data[: named.start()].count(b"\n") + 1
        what = f"this file is in {named[1].decode()}, not in UTF-8"
        raise _error(file, line, what, _AGAIN)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        problem = Problem(
            Place(file, line, column), "", Fault("this character is not in UTF-8", _AGAIN)
        )
        raise TranslationError([problem]) from None


def _syntax_problems(text: str, file: Path) -> Iterator[Problem]:
    """What polib would read as something else, or in silence."""
    for number, written in enumerate(text.split("\n"), start=1):
        line = re.sub(r"^\s*#~\|?\s*", "", written)
        if re.match(r"<{7}|={7}$|>{7}", line):
            what = "two versions of this file were put together here by a program"
            yield _problem(file, number, what, "Keep one of them, and remove these lines.")
        elif len(written.splitlines()) > 1 or "\0" in written:
            what = "there is an invisible control character in this line"
            yield _problem(file, number, what, "Type the text again instead of copying it.")
        elif not _LINE.match(line):
            what = f"this line is not how a PO file is written: {line[:40]}"
            remedy = 'Each text is between quotation marks; inside it, write \\" and \\\\ and \\n.'
            yield _problem(file, number, what, remedy)


def _header_problems(
    found: polib.POFile, file: Path, language: str, pack: str
) -> Iterator[Problem]:
    if not found.metadata:
        what = "this file has no header, so nobody can tell its language"
        yield _problem(file, 1, what, _AGAIN)
        return
    theirs = found.metadata.get("Language", "").replace("_", "-")
    if not is_same_language(theirs, language):
        what = f"this file is in the language “{theirs}”, not in “{language}”"
        yield _problem(file, 1, what, "Choose the file of this language, or name the other one.")
    project = found.metadata.get("Project-Id-Version", "").strip()
    if pack and project not in ("", pack, "PACKAGE VERSION"):
        what = f"this file is for “{project}”, not for “{pack}”"
        yield _problem(file, 1, what, "Choose the file of this pack.")


def _entry_problems(found: polib.POFile, file: Path) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for one in found:
        line = one.linenum or 0
        if not one.msgctxt:
            what = f"this text has no context (msgctxt): “{one.msgid[:40]}”"
            remedy = "Make the file with “translate”: the context says where a text belongs."
            yield _problem(file, line, what, remedy)
            continue
        if one.msgid_plural:
            what = f"{one.msgctxt}: there are plural forms, but this text has only one"
            yield _problem(file, line, what, "Write one msgstr, and remove msgid_plural.")
        # A pack has one text for each context; texts that it had before may have several.
        key = (one.msgctxt, one.msgid if one.obsolete else "")
        if key in seen:
            what = f"{one.msgctxt} is here twice; the first is in line {seen[key]}"
            yield _problem(file, line, what, "Remove one of them.")
        seen.setdefault(key, line)


def _problem(file: Path, line: int, what: str, remedy: str) -> Problem:
    return Problem(Place(file, line), "", Fault(what, remedy))


def _error(file: Path, line: int, what: str, remedy: str) -> TranslationError:
    return TranslationError([_problem(file, line, what, remedy)])
