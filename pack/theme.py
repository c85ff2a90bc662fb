"""The theme: colors and faces, and what each template can show (`templates/theme.toml`)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: The folder with everything that has to do with looks; in the wheel it lies beside us too.
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"

#: The faces of pictures of slides: that of the slides, and what other languages need besides.
SLIDE_FACES = ("Arimo", "Arimo Extended", "Arimo for Vietnamese", "Noto Sans for Arabic")


def slide_face_files() -> list[str]:
    """The files of `SLIDE_FACES`."""
    fonts = TEMPLATES / "fonts"
    files = (*fonts.glob("Arimo-*.ttf"), *fonts.glob("NotoSansArabic-*.ttf"))
    return sorted(str(file) for file in files)


@dataclass(frozen=True)
class Template:
    """What a handout's template or a slide's layout can show; theme.toml explains the fields."""

    shows: tuple[str, ...]
    most: int = 1000
    designed: bool = False
    takes: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    smallest: float = 11
    trimmed: bool = False
    back: bool = False
    alone: bool = False


@dataclass(frozen=True)
class Setting:
    """A setting of copyfit: the size of text in pt, its line height and a factor for spaces."""

    text: float
    leading: float
    space: float

    @property
    def line(self) -> float:
        """The height of a line of text in pt."""
        return self.text * self.leading


@dataclass(frozen=True)
class Size:
    """A size of print: its settings, the loosest first, and the index of the designed one."""

    settings: tuple[Setting, ...]
    designed: int


@dataclass(frozen=True)
class Theme:
    """Colors are "#rrggbb"; `smallest` holds the least size in pt of titles and body text.

    `papers` holds widths and heights in pt, `inks` the grey for each color's name (none for
    print in color).
    """

    colors: Mapping[str, str]
    inks: Mapping[str, Mapping[str, str]]
    papers: Mapping[str, tuple[float, float]]
    sizes: Mapping[str, Size]
    smallest: Mapping[str, float]
    handouts: Mapping[str, Template]
    layouts: Mapping[str, Template]


@cache
def load_theme() -> Theme:
    data = tomllib.loads((TEMPLATES / "theme.toml").read_text("utf-8"))
    return Theme(
        colors=data["colors"],
        inks=data["inks"],
        papers={name: (width, height) for name, (width, height) in data["papers"].items()},
        sizes={
            name: Size(tuple(Setting(**one) for one in size["steps"]), size["designed"])
            for name, size in data["sizes"].items()
        },
        smallest=data["slides"]["smallest"],
        handouts={name: _template(one) for name, one in data["handouts"].items()},
        layouts={name: _template(one) for name, one in data["layouts"].items()},
    )


def _template(fields: dict[str, object]) -> Template:
    lists = {name: tuple(one) for name, one in fields.items() if isinstance(one, list)}
    return Template(**{**fields, **lists})  # type: ignore[arg-type]
