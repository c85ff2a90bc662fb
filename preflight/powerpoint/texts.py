"""Text in a shape or table cell as plain data, with the style of every run resolved."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from preflight.powerpoint.colors import Palette
from preflight.powerpoint.inheritance import MARGINS, Box, Defaults, anchor_of, margins_of
from preflight.powerpoint.styles import POINT, A, Fill, Style, fill_of, paragraph_style, run_style


@dataclass(frozen=True)
class PptxRun:
    """A stretch of text in one style, "\\n" for a line break; `language` is empty if not set."""

    text: str
    style: Style
    language: str


@dataclass(frozen=True)
class PptxParagraph:
    """A paragraph; `style` is the style of its first run, or of text typed into it if empty.

    `number` is its number in a numbered list, 0 if it has none of its own. `right_to_left` is true
    if it says so itself.
    """

    runs: tuple[PptxRun, ...]
    style: Style
    number: int = 0
    right_to_left: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class PptxText:
    """The paragraphs of a shape or cell, the space for them in pt, and the colors behind them.

    `anchor` is "t", "ctr" or "b": where in its space the text is.
    """

    paragraphs: tuple[PptxParagraph, ...]
    width: float
    height: float
    background: Fill
    anchor: str = "t"

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def runs(self) -> tuple[PptxRun, ...]:
        """The runs that are visible."""
        runs = (run for paragraph in self.paragraphs for run in paragraph.runs)
        return tuple(run for run in runs if run.text.strip())


def read_text(
    body: Any, defaults: Defaults, box: Box, background: Fill, palette: Palette
) -> PptxText:
    """The text of a shape in this box, on this background."""
    margins = {**defaults.margins, **margins_of(body)}
    shrunk = body.find(f"{A}bodyPr/{A}normAutofit")
    scale = 1 if shrunk is None else int(shrunk.get("fontScale", "100000")) / 100000
    own = body.find(f"{A}lstStyle")

    def style(depth: int) -> Style:
        if own is None or not len(own):
            return defaults.style(depth)
        return paragraph_style(defaults.style(depth), own.find(f"{A}lvl{depth + 1}pPr"), palette)

    return PptxText(
        paragraphs=tuple(_paragraphs(body, style, palette, scale)),
        width=box[2] - box[0] - (margins["lIns"] + margins["rIns"]) / POINT,
        height=box[3] - box[1] - (margins["tIns"] + margins["bIns"]) / POINT,
        background=background,
        anchor=anchor_of(body) or defaults.anchor,
    )


def read_cells(table: Any, defaults: Defaults, palette: Palette) -> Iterator[PptxText]:
    """The text of each cell. Colors that come from the table's style are unknown."""
    widths = [int(column.get("w")) / POINT for column in table.iterfind(f"{A}tblGrid/{A}gridCol")]

    def style(depth: int) -> Style:
        return replace(defaults.style(depth), color="")

    for row in table.iterfind(f"{A}tr"):
        for cell, width in zip(row.iterfind(f"{A}tc"), widths, strict=True):
            own = cell.find(f"{A}tcPr")
            given = {} if own is None else own.attrib
            margins = {
                name: int(given.get(f"mar{name[0].upper()}", margin))
                for name, margin in MARGINS.items()
            }
            yield PptxText(
                paragraphs=tuple(_paragraphs(cell.find(f"{A}txBody"), style, palette, 1)),
                width=width - (margins["lIns"] + margins["rIns"]) / POINT,
                height=(int(row.get("h")) - margins["tIns"] - margins["bIns"]) / POINT,
                background=fill_of(own, palette) or ("",),
            )


def _paragraphs(
    body: Any, style_at: Callable[[int], Style], palette: Palette, scale: float
) -> Iterator[PptxParagraph]:
    """The paragraphs of a text body, its font sizes multiplied by `scale`."""
    start, number = 0, 0
    for paragraph in body.iterfind(f"{A}p"):
        properties = paragraph.find(f"{A}pPr")
        depth = 0 if properties is None else int(properties.get("lvl", "0"))
        style = paragraph_style(style_at(depth), properties, palette)
        if scale != 1:
            style = replace(style, size=style.size * scale)
        runs = tuple(
            _run(one, style, palette, scale)
            for one in paragraph.iterchildren(f"{A}r", f"{A}fld", f"{A}br")
        )
        end = run_style(style, paragraph.find(f"{A}endParaRPr"), palette)
        # Paragraphs that give the same first number are one list (21.1.2.4.1).
        first = _first_number(properties)
        number = number + 1 if first == start else first
        start = first
        rtl = properties is not None and properties.get("rtl") in ("1", "true")
        yield PptxParagraph(runs, runs[0].style if runs else end, number if first else 0, rtl)


def _first_number(properties: Any) -> int:
    """The number at which a paragraph's own numbered list begins; 0 if it is in none."""
    found = None if properties is None else properties.find(f"{A}buAutoNum")
    return 0 if found is None else int(found.get("startAt", "1"))


def _run(element: Any, style: Style, palette: Palette, scale: float) -> PptxRun:
    own = element.find(f"{A}rPr")
    found = run_style(style, own, palette)
    if scale != 1 and own is not None and own.get("sz"):
        found = replace(found, size=found.size * scale)
    text = "\n" if element.tag == f"{A}br" else element.findtext(f"{A}t") or ""
    return PptxRun(text, found, language_of(element))


def language_of(run: Any) -> str:
    own = run.find(f"{A}rPr")
    return "" if own is None else own.get("lang", "")
