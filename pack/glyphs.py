"""Which characters can be printed: not invisible ones, nor any that our fonts have no glyph for."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from pack.problems import Fault
from pack.scripts import script_of
from pack.theme import TEMPLATES, slide_font_files

#: What word processors leave behind: hints where a word may be broken, and marks of encoding. They
#: are left out, with a warning.
BREAK_HINTS = re.compile("[\u00ad\u200b\u2060\ufeff]")

#: Characters that separate words and are printed as a space.
_BREAKS = "\t\n\r"

#: They ask for another form of the sign before them, such as a picture in color. (Unicode 23.4.)
VARIANTS = dict.fromkeys((0xFE0E, 0xFE0F))

#: The weight of the files that are looked into: all weights of a family have the same characters.
_REGULAR = 400

#: How many characters a message names.
_NAMED = 5

#: Unicode categories of invisible characters: controls, text direction, line ends.
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


@cache
def known() -> frozenset[int]:
    """The characters that sheets and pictures of slides have glyphs for (`cmap`), in any script."""
    fonts = (TEMPLATES / "fonts").glob("*-Regular*.ttf")
    sheets = {str(file) for file in fonts if not file.name.startswith("Arimo")}
    return _characters(sheets) & _characters(slide_font_files())


@cache
def _own(language: str) -> frozenset[int]:
    """The characters that are known only in the script of a language."""
    script = script_of(language)
    sheets, slides = (
        _characters(str(face.file) for face in faces if face.weight == _REGULAR)
        for faces in (script.sheet_faces, script.slide_faces)
    )
    return sheets & slides


def _characters(files: Iterable[str]) -> frozenset[int]:
    import uharfbuzz

    fonts = [uharfbuzz.Face(uharfbuzz.Blob.from_file_path(file)) for file in files]
    return frozenset().union(*(font.unicodes for font in fonts))


def hidden(text: str) -> str:
    """The first invisible character, such as a control of text direction; or ""."""
    if text.isprintable():
        return ""  # nothing that Python calls printable is invisible
    characters = (character for character in text if character not in _BREAKS)
    return next((found for found in characters if unicodedata.category(found) in _HIDDEN), "")


def unknown(text: str, language: str = "") -> list[str]:
    """The characters that our fonts have no glyph for, each once.

    With the tag of a `language`, its script has fonts of its own (`pack/scripts.py`).
    """
    if text.isascii():
        return []
    printable = known()
    found = [
        found
        for found in dict.fromkeys(unicodedata.normalize("NFC", text))
        if not found.isspace()
        and ord(found) not in printable
        and unicodedata.category(found) not in _HIDDEN
    ]
    if found and language:
        return [character for character in found if ord(character) not in _own(language)]
    return found


def without_glyphs(characters: Sequence[str]) -> Fault:
    """What is wrong with a text that has these characters, which our fonts have no glyph for."""
    named = ", ".join(map(described, characters[:_NAMED]))
    more = f" and {len(characters) - _NAMED} more" if len(characters) > _NAMED else ""
    what = f"our fonts have no glyph for {named}{more}"
    if len(characters) == 1:
        return Fault(what, "Leave this character out, or write it another way.")
    return Fault(what, "Leave these characters out, or write them another way.")


def described(character: str) -> str:
    """A character as messages show it: its Unicode number, and itself if it is visible."""
    number = f"U+{ord(character):04X}"
    if unicodedata.category(character)[0] in "CMZ" or unicodedata.combining(character):
        return number
    return f"“{character}” ({number})"
