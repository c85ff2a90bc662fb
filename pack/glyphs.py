"""Which characters can be printed: not invisible ones, nor any that our fonts have no glyph for."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from pack.theme import TEMPLATES, slide_font_files

#: What word processors leave behind: hints where a word may be broken, and marks of encoding. They
#: are left out, with a warning.
BREAK_HINTS = re.compile("[\u00ad\u200b\u2060\ufeff]")

#: Characters that separate words and are printed as a space.
_BREAKS = "\t\n\r"

#: Unicode categories of invisible characters: controls, text direction, line ends.
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


@cache
def known() -> frozenset[int]:
    """The characters that both sheets and pictures of slides have glyphs for (`cmap` tables)."""
    fonts = (TEMPLATES / "fonts").glob("*-Regular*.ttf")
    sheets = {str(file) for file in fonts if not file.name.startswith("Arimo")}
    return _characters(sheets) & _characters(slide_font_files())


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


def unknown(text: str) -> str:
    """The first character that our fonts have no glyph for; or ""."""
    if text.isascii():
        return ""
    printable = known()
    characters = (character for character in text if not character.isspace())
    return next((found for found in characters if ord(found) not in printable), "")


def described(character: str) -> str:
    """A character as messages show it: its Unicode number, and itself if it is visible."""
    number = f"U+{ord(character):04X}"
    if unicodedata.category(character)[0] in "CMZ" or unicodedata.combining(character):
        return number
    return f"“{character}” ({number})"
