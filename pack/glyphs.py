"""Which characters can be printed: those that nobody sees, and those our faces have no sign for."""

import unicodedata
from collections.abc import Iterable
from functools import cache

from pack.theme import TEMPLATES, slide_face_files

#: What stands between words, and is printed as a space.
_BREAKS = "\t\n\r"

#: Categories of Unicode that are not seen: controls, those of writing direction, line ends.
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


@cache
def known() -> frozenset[int]:
    """The characters that both sheets and pictures of slides have signs for (`cmap` tables)."""
    fonts = (TEMPLATES / "fonts").glob("*-Regular*.ttf")
    sheets = {str(file) for file in fonts if not file.name.startswith("Arimo")}
    return _signs(sheets) & _signs(slide_face_files())


def _signs(files: Iterable[str]) -> frozenset[int]:
    import uharfbuzz

    faces = [uharfbuzz.Face(uharfbuzz.Blob.from_file_path(file)) for file in files]
    return frozenset().union(*(face.unicodes for face in faces))


def hidden(text: str) -> str:
    """The first character that nobody sees, such as a control of writing direction; or ""."""
    if text.isprintable():
        return ""  # what Python takes for printable has none of them
    signs = (sign for sign in text if sign not in _BREAKS)
    return next((sign for sign in signs if unicodedata.category(sign) in _HIDDEN), "")


def unknown(text: str) -> str:
    """The first character that our faces have no sign for; or ""."""
    if text.isascii():
        return ""
    signs = known()
    return next((sign for sign in text if ord(sign) not in signs and not sign.isspace()), "")


def described(sign: str) -> str:
    """A character as a message shows it: with its number in Unicode, and itself if it is seen."""
    number = f"U+{ord(sign):04X}"
    alone = unicodedata.category(sign)[0] not in "CMZ" and not unicodedata.combining(sign)
    return f"“{sign}” ({number})" if alone else number
