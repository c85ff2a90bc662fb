"""The scripts of languages, and what differs by them: direction, faces, typefaces of decks.

The table is in `templates/theme.toml`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from pack.theme import SHEET_FONTS, TEMPLATES

#: The weights that files of a family are named after, as in CSS.
_WEIGHTS = {"Regular": 400, "SemiBold": 600, "Bold": 700}

_DEFAULT = "Latn"


@dataclass(frozen=True)
class FontFace:
    """A font file, the family that it belongs to, and its weight, such as 400."""

    family: str
    weight: int
    file: Path


@dataclass(frozen=True, eq=False)
class Script:
    """A script by its code in ISO 15924, such as "Arab"; theme.toml explains the other fields.

    All languages with one script have the same object.
    """

    code: str
    is_right_to_left: bool = False
    sheets: Mapping[str, str] = field(default_factory=dict)
    slides: Mapping[str, str] = field(default_factory=dict)
    first: bool = False
    typeface: str = "Arial"
    slot: str = "latin"
    italic: bool = True
    spaces: bool = True
    stop: str = "."
    beside: str = "."
    comma: str = ", "
    colon: str = ": "
    drop: float = 0

    @property
    def direction(self) -> str:
        """The direction as HTML has it: "ltr" or "rtl"."""
        return "rtl" if self.is_right_to_left else "ltr"

    @property
    def sheet_faces(self) -> tuple[FontFace, ...]:
        """The faces of its own that sheets use, besides those that all scripts have."""
        return tuple(_faces(self.sheets))

    @property
    def slide_faces(self) -> tuple[FontFace, ...]:
        """The faces of its own for pictures of slides, besides those that all scripts have."""
        return tuple(_faces(self.slides))

    @property
    def sheet_families(self) -> tuple[str, ...]:
        """All families of sheets, first to last."""
        return (*self.sheets, *SHEET_FONTS) if self.first else (*SHEET_FONTS, *self.sheets)


@cache
def script_of(tag: str) -> Script:
    """The script that a language is written in.

    `tag` is one of a known language (BCP 47), such as "ar", "zh-Hans" or "es-MX".
    """
    from babel import Locale

    locale = Locale.parse(tag, sep="-")
    code = locale.script or _likely_script(locale.language)
    return _script(code, locale.text_direction == "rtl")


@cache
def _script(code: str, is_right_to_left: bool) -> Script:
    known = _table().get(code) or replace(_table()[_DEFAULT], code=code)
    return replace(known, is_right_to_left=is_right_to_left)


def _likely_script(language: str) -> str:
    """The script that a language is written in if its tag says nothing else (CLDR)."""
    from babel.core import get_global

    likely = str(get_global("likely_subtags").get(language, "")).split("_")
    return next((part for part in likely if len(part) == 4), _DEFAULT)


def every_slide_face() -> tuple[FontFace, ...]:
    """The faces for pictures of slides that any script has of its own."""
    return tuple(face for script in _table().values() for face in script.slide_faces)


@cache
def _table() -> Mapping[str, Script]:
    data = tomllib.loads((TEMPLATES / "theme.toml").read_text("utf-8"))
    return {code: Script(code, **fields) for code, fields in data["scripts"].items()}


def _faces(families: Mapping[str, str]) -> Iterator[FontFace]:
    for family, pattern in families.items():
        for style, weight in _WEIGHTS.items():
            file = TEMPLATES / "fonts" / pattern.replace("*", style)
            if file.exists():
                yield FontFace(family, weight, file)
