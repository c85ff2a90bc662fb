"""Lines of text are broken once: by what is kept with them, and without changing a sheet."""

from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.text.line_break import split_first_line

from handouts.weasy import kept_lines
from tests.handouts.weasy.seams import STYLE, TAGGED, seam

#: Every way in which a line may end: at a space, in a word, at a hyphen, a tab, nowhere.
BODY = """
    <p>Most words in a sentence are short, but some of them are extraordinarily long.
    <p style="hyphens: auto">Internationalization, characteristically straightforwardness.
    <p style="width: 60px; overflow-wrap: anywhere">https://schools.example/handouts/parents
    <p style="letter-spacing: 1px; word-spacing: 2px; text-decoration: underline">Spaced text.
    <p style="white-space: pre; tab-size: 4">One\ttwo
    <div style="display: grid; grid-template-columns: 1fr auto"><p>Left<p>Right side</div>
"""


class _Watched:
    """A style that notes which of its properties are read."""

    def __init__(self, style: Any, asked: set[str]) -> None:
        self.style, self.asked = style, asked

    def __getitem__(self, name: str) -> Any:
        self.asked.add(name)
        return self.style[name]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.style, name)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """For each line that WeasyPrint breaks from now on, the properties that it reads."""
    kept_lines.keep_lines()
    found: list[set[str]] = []

    def watched(text: str, style: Any, *others: Any) -> Any:
        found.append(set())
        return split_first_line(text, _Watched(style, found[-1]), *others)

    monkeypatch.setattr(kept_lines, "split_first_line", watched)
    return found


def _pdf(fonts: FontConfiguration) -> bytes:
    html = f'<html lang="en"><title>Page</title><style>{STYLE}</style><body>{BODY}'
    data: bytes = HTML(string=html).render(font_config=fonts, **TAGGED).write_pdf(**TAGGED)
    return data


def test_a_line_depends_on_nothing_but_what_is_kept_with_it(broken: list[set[str]]) -> None:
    with seam(
        "WeasyPrint's split_first_line reads other properties, or is called from elsewhere: "
        "handouts/weasy/kept_lines.py must know all of them"
    ):
        _pdf(FontConfiguration())
        assert set().union(*broken) == set(kept_lines._STYLE)


def test_what_is_laid_out_again_is_the_same_and_no_line_is_broken_again(
    broken: list[set[str]],
) -> None:
    fonts = FontConfiguration()
    first = _pdf(fonts)
    count = len(broken)
    assert _pdf(fonts) == first
    assert len(broken) == count
