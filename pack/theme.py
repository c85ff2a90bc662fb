"""The theme: colors, fonts, and what each template can show (`templates/theme.toml`)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

#: The folder with everything about the appearance; it is next to this room in the wheel, too.
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"

#: The fonts of sheets: the main one, and those for names in other languages.
SHEET_FONTS = (
    "Atkinson Hyperlegible Next",
    "Atkinson Hyperlegible Next Extended",
    "Noto Sans for Vietnamese",
    "Noto Sans for Latin",
    "Noto Sans for Signs",
    "Noto Sans for Arabic",
)

#: The fonts for pictures of slides: the one of the slides, and those for other languages.
SLIDE_FONTS = (
    "Arimo",
    "Arimo Extended",
    "Arimo for Vietnamese",
    "Noto Sans for Signs",
    "Noto Sans for Arabic",
)


def slide_font_files() -> list[str]:
    """The font files of `SLIDE_FONTS`."""
    fonts = TEMPLATES / "fonts"
    names = ("Arimo-*.ttf", "NotoSans-*-Signs.ttf", "NotoSansArabic-*.ttf")
    return sorted(str(file) for name in names for file in fonts.glob(name))


@dataclass(frozen=True)
class Template:
    """What a handout template or a slide layout can show; theme.toml explains the fields."""

    shows: tuple[str, ...]
    most: int = 1000
    designed: bool = False
    takes: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    smallest: float = 11
    tightest: float = 11
    first: Mapping[str, int] = field(default_factory=dict)
    trimmed: bool = False
    back: bool = False
    alone: bool = False
    was: tuple[str, ...] = ()
    points: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    signs: bool = False
    exit: bool = False


@dataclass(frozen=True)
class Setting:
    """A setting of copyfit: text size in pt, line height, and a factor for spacing.

    `repeats` says whether a sheet shows what stands elsewhere on it as well. The other three
    identify a setting: builds remember them.
    """

    text: float
    leading: float
    space: float
    repeats: bool = field(default=True, compare=False)

    @property
    def line(self) -> float:
        """The height of a line of text in pt."""
        return self.text * self.leading


@dataclass(frozen=True)
class Size:
    """A print size: its settings, loosest first, and the indexes of two of them.

    `designed` is the one that the style sheets are written for, `first` the one to try first.
    """

    settings: tuple[Setting, ...]
    designed: int
    first: int


@dataclass(frozen=True)
class Theme:
    """The contents of `theme.toml`.

    Colors are "#rrggbb". `smallest` holds the smallest sizes in pt of titles and body text,
    `papers` widths and heights in pt, `inks` a gray for each color name (none for color print).
    """

    colors: Mapping[str, str]
    inks: Mapping[str, Mapping[str, str]]
    papers: Mapping[str, tuple[float, float]]
    sizes: Mapping[str, Size]
    two_languages: Size
    smallest: Mapping[str, float]
    handouts: Mapping[str, Template]
    layouts: Mapping[str, Template]

    def settings_of(self, layout: str) -> Size:
        """The settings of a size, or of sheets in two languages (`Edition.layout`)."""
        return self.sizes.get(layout, self.two_languages)

    @property
    def former_layouts(self) -> Mapping[str, str]:
        """The names that layouts had before, each with the present one."""
        return {old: name for name, layout in self.layouts.items() for old in layout.was}


@cache
def load_theme() -> Theme:
    data = tomllib.loads((TEMPLATES / "theme.toml").read_text("utf-8"))
    return Theme(
        colors=data["colors"],
        inks=data["inks"],
        papers={name: (width, height) for name, (width, height) in data["papers"].items()},
        sizes={name: _size(fields) for name, fields in data["sizes"].items()},
        two_languages=_size(data["two-languages"]),
        smallest=data["slides"]["smallest"],
        handouts={name: _template(fields) for name, fields in data["handouts"].items()},
        layouts={name: _template(fields) for name, fields in data["layouts"].items()},
    )


def _size(fields: dict[str, Any]) -> Size:
    settings = tuple(Setting(**one) for one in fields["steps"])
    return Size(settings, fields["designed"], fields["first"])


def _template(fields: dict[str, object]) -> Template:
    lists = {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
    return Template(**{**fields, **lists})  # type: ignore[arg-type]
