"""SVG pictures as sheets show them, drawn without the layout of a page, which would take long.

Relies on the arguments of WeasyPrint's `get_image_from_uri` and `Document`, on the attributes of a
`Page`, and on how little of a layout a picture needs to be drawn.
"""

import io
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pydyf
import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageFilter, ImageOps
from weasyprint import DEFAULT_OPTIONS, Document
from weasyprint.document import DocumentMetadata, Page
from weasyprint.images import get_image_from_uri

from handouts.weasy.grayscale import grays_of, to_grays
from handouts.weasy.log import collected
from handouts.weasy.url_fetcher import FolderFetcher, Loaded
from pack.documents import PLAIN
from pack.logos import Logo
from pack.problems import Fault
from pack.svg_cost import is_cheap
from pack.svg_sanitizer import CleanSvg

#: The height of a logo's page, 100 pt, in CSS pixels.
_HEIGHT = 100 / 72 * 96

#: Two drawings of a logo are compared within this width and height, in pixels.
_SEEN = (160, 80)

#: How much they may differ: the distance between edges in pixels, the difference of a channel out
#: of 255, and the share of pixels that may differ more than that.
_APART, _UNLIKE, _FEW = 1, 40, 0.001


class CannotDraw(Exception):
    """WeasyPrint can't draw a logo as it is."""


class _LogoPage(Page):  # type: ignore[misc]  # WeasyPrint has no type hints
    """A page that shows a picture, and has nothing that `Page` takes from a layout."""

    def __init__(self, picture: Any, width: float, height: float) -> None:
        self.width, self.height = width, height  # in CSS pixels
        self.bleed = dict.fromkeys(("left", "right", "top", "bottom"), 0)
        self.bookmarks: list[Any] = []
        self.links: list[Any] = []
        self.anchors: dict[str, Any] = {}
        self.forms: dict[Any, list[Any]] = {None: []}
        self._picture = picture

    def paint(self, stream: Any, scale: float = 1) -> None:
        with stream.stacked():
            stream.transform(a=scale, d=scale)
            self._picture.draw(stream, self.width, self.height, None)


def printed(logo: Logo) -> Loaded:
    """An SVG logo as sheets embed it; see `printed_svg`."""
    return printed_svg(CleanSvg(logo.data, logo.width, logo.height), logo.drawn)


@lru_cache(maxsize=16)
def printed_svg(svg: CleanSvg, drawn: bytes) -> Loaded:
    """An SVG picture as sheets embed it: as vectors or as pixels. `drawn` is the same as PNG.

    WeasyPrint silently leaves out what it does not support in an SVG (masks, filters). If its
    drawing differs from resvg's, sheets show the one by resvg, as slides do. They also do if
    WeasyPrint or a viewer of PDF files might not come to an end with it.
    """
    if not is_cheap(svg.data):
        return drawn, "image/png"
    with suppress(CannotDraw):
        if _alike(print_logo(svg.data, svg.width / svg.height, PLAIN.ink), drawn):
            return svg.data, "image/svg+xml"
    return drawn, "image/png"


def print_logo(drawing: bytes, ratio: float, ink: str) -> bytes:
    """An SVG file as a PDF page 100 pt high; `ratio` is its width divided by its height.

    Raises `CannotDraw` if the file can't be read as SVG, or if something in it would be missing.
    """
    file = Path("logo.svg").resolve()
    fetcher = FolderFetcher([], {file: lambda: (drawing, "image/svg+xml")})
    load: Callable[..., Any] = partial(
        get_image_from_uri, cache={}, url_fetcher=fetcher, options=DEFAULT_OPTIONS
    )
    # It needs no more of a layout than this: a logo has no text, but it may have pictures.
    layout = SimpleNamespace(get_image_from_uri=load, font_config=None)
    found: list[Fault] = []
    data = b""
    with collected(found):
        picture = load(url=file.as_uri(), context=layout)
        if picture:
            page = _LogoPage(picture, _HEIGHT * ratio, _HEIGHT)
            fonts = SimpleNamespace(font_map=None)
            document = Document([page], DocumentMetadata(), fetcher, fonts, {}, None)
            data = document.write_pdf(finisher=lambda _, pdf: _paint(pdf, ink))
    if found:  # also if there is no picture
        raise CannotDraw(found[0].what)
    return data


def _paint(pdf: pydyf.PDF, ink: str) -> None:
    if grays := grays_of(ink):
        to_grays(pdf, grays)


def _alike(page: bytes, drawn: bytes) -> bool:
    """Whether a PDF's page looks like a PNG file of the same picture, both on white."""
    with Image.open(io.BytesIO(drawn)) as image, pdfium.PdfDocument(page) as document:
        scale = min(_SEEN[0] / image.width, _SEEN[1] / image.height)
        size = max(round(image.width * scale), 1), max(round(image.height * scale), 1)
        wanted = Image.new("RGB", image.size, "white")
        wanted.paste(image, mask=image.convert("RGBA"))
        # Three times as large: PDFium draws edges of gradients in whole pixels.
        width, height = document[0].get_size()
        large = 3 * min(size[0] / width, size[1] / height)
        found = document[0].render(scale=large).to_pil().convert("RGB")
    one, other = (
        _on_white(picture.resize(size, Image.Resampling.BOX)) for picture in (found, wanted)
    )
    red, green, blue = ImageChops.lighter(_away(one, other), _away(other, one)).split()
    worst = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return sum(worst.histogram()[_UNLIKE:]) <= _FEW * size[0] * size[1]


def _on_white(picture: Image.Image) -> Image.Image:
    """A picture with a white margin, so that the pixels at its edges have neighbors."""
    return ImageOps.expand(picture, 2 * _APART, "white")


def _away(one: Image.Image, other: Image.Image) -> Image.Image:
    """How far each pixel is from all pixels near the same place in another picture."""
    least = other.filter(ImageFilter.MinFilter(2 * _APART + 1))
    most = other.filter(ImageFilter.MaxFilter(2 * _APART + 1))
    return ImageChops.lighter(ImageChops.subtract(least, one), ImageChops.subtract(one, most))
