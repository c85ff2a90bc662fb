"""The theme: colors and faces, and what each template can show (`templates/theme.toml`)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: The folder with everything that has to do with looks; in the wheel it lies beside us too.
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


@dataclass(frozen=True)
class Theme:
    """Colors are "#rrggbb"; `slide_size` is width and height in inches."""

    colors: Mapping[str, str]
    slide_face: str
    slide_size: tuple[float, float]
    handouts: Mapping[str, tuple[str, ...]]
    layouts: Mapping[str, tuple[str, ...]]


@cache
def load_theme() -> Theme:
    data = tomllib.loads((TEMPLATES / "theme.toml").read_text("utf-8"))
    width, height = data["slides"]["ratio"]
    return Theme(
        colors=data["colors"],
        slide_face=data["slides"]["face"],
        slide_size=(width, height),
        handouts={name: tuple(one["shows"]) for name, one in data["handouts"].items()},
        layouts={name: tuple(kinds) for name, kinds in data["layouts"].items()},
    )
