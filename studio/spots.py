"""Where the texts of a pack stand on a page, so that a click on one opens its form."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

from pack import markdown
from pack.model import Pack, YamlPath
from pack.walk import texts, values
from preview.app import drawing
from preview.views import ArtifactView

#: Texts with their paths (`known_texts`).
KnownTexts = Sequence[tuple[str, YamlPath]]

#: Shorter texts stand in many places by chance.
_SHORTEST = 3


@dataclass(frozen=True)
class Piece:
    """A run of characters on a page, and its box in pt from the top left."""

    text: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Hotspot:
    """A part of a page that shows the text at a path, in pt from the top left."""

    path: YamlPath
    left: float
    top: float
    width: float
    height: float


def spots(known: KnownTexts, view: ArtifactView, number: int) -> Iterator[Hotspot]:
    """The spots of a page or slide in the page's own order; a text may have several, one a line."""
    pieces = _pieces(view, number)
    letters, owners = [], []
    for place, piece in enumerate(pieces):
        squeezed = _squeezed(piece.text)
        letters.append(squeezed)
        owners += [place] * len(squeezed)
    page = "".join(letters)
    taken = [False] * len(page)
    found: list[tuple[int, YamlPath]] = []
    for text, path in known:
        start = page.find(text)
        while start >= 0:
            end = start + len(text)
            if not any(taken[start:end]):
                taken[start:end] = [True] * len(text)
                found += [(place, path) for place in dict.fromkeys(owners[start:end])]
            start = page.find(text, end)
    for place, path in sorted(found, key=lambda one: one[0]):
        piece = pieces[place]
        yield Hotspot(path, piece.left, piece.top, piece.width, piece.height)


def known_texts(pack: Pack) -> KnownTexts:
    """What may stand on a page: the letters and digits of each paragraph and number, with its path.

    The longest first: a short text may be a part of a longer one.
    """
    found: dict[str, YamlPath] = {}
    numbers = (
        (path, value)
        for path, value in values(pack.contacts, ("contacts",))
        if isinstance(value, str)
    )
    for path, text in (*texts(pack), *numbers):
        for paragraph in markdown.paragraphs(text):
            squeezed = _squeezed(paragraph)
            if len(squeezed) >= _SHORTEST and path[0] != "labels":
                found.setdefault(squeezed, path)
    return tuple(sorted(found.items(), key=lambda one: -len(one[0])))


def _squeezed(text: str) -> str:
    """The letters and digits of a text alone: lines break and hyphens come anywhere."""
    return "".join(filter(str.isalnum, text))


@lru_cache(maxsize=60)
def _pieces(view: ArtifactView, number: int) -> tuple[Piece, ...]:
    page = view.pages[number - 1]
    if page.svg:
        return tuple(_of_slide(page.svg))
    with drawing:
        return tuple(_of_pdf(view.data, number))


def _of_pdf(data: bytes, number: int) -> Iterator[Piece]:
    """Each line or word group of a page, as PDFium reads it."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        page = document[number - 1]
        height = page.get_height()
        text = page.get_textpage()
        count = text.count_chars()
        line: list[tuple[str, tuple[float, float, float, float]]] = []
        for at in range(count):
            letter = chr(pdfium.FPDFText_GetUnicode(text, at))
            if letter.isspace() or letter in "\ufffe\x02":
                continue
            box = text.get_charbox(at, loose=True)
            if line and not _same_line(line[-1][1], box):
                yield _line(line, height)
                line = []
            line.append((letter, box))
        if line:
            yield _line(line, height)


def _same_line(
    before: tuple[float, float, float, float], after: tuple[float, float, float, float]
) -> bool:
    size = before[3] - before[1]
    near = -size < after[0] - before[2] < 1.5 * size
    return near and abs(after[1] - before[1]) < size / 2


def _line(letters: Sequence[tuple[str, tuple[float, float, float, float]]], height: float) -> Piece:
    boxes = [box for _, box in letters]
    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
    text = "".join(letter for letter, _ in letters)
    return Piece(text, left, height - top, right - left, top - bottom)


def _of_slide(svg: str) -> Iterator[Piece]:
    """The rows of a slide's picture. Their widths are estimated: only a click depends on them."""
    root = ElementTree.fromstring(svg)  # noqa: S314 (we have just written it)
    for one in root.iter("{http://www.w3.org/2000/svg}text"):
        text = "".join(one.itertext())
        size = float(one.get("font-size", "12"))
        width = 0.52 * size * len(text)
        anchor = {"middle": 0.5, "end": 1.0}.get(one.get("text-anchor", ""), 0.0)
        left, base = float(one.get("x", "0")), float(one.get("y", "0"))
        yield Piece(text, left - anchor * width, base - 0.9 * size, width, 1.2 * size)
