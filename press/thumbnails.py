"""The first page of a finished file as a small picture, for pages on the web."""

import io
from pathlib import Path

# A format that Pillow doesn't know yet makes it import all that it has: WebP is named at once.
from PIL import Image, WebPImagePlugin  # noqa: F401

from pack.model import Pack

#: How wide a picture is, in pixels: sharp where a card shows it, and some 30 KB.
WIDTH = 480


def first_page(data: bytes) -> bytes:
    """The first page of a PDF as WebP, `WIDTH` wide."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        return _webp(page.render(scale=WIDTH / page.get_width()).to_pil())


def first_slide(pack: Pack, template: Path | None = None) -> bytes:
    """The first slide of a pack's deck as WebP. Raises as `slides.deck.pictures` does."""
    from slides import deck
    from slides.raster import draw_slide

    _, svg = deck.pictures(pack, template, first=1)[0]
    with Image.open(io.BytesIO(draw_slide(svg, WIDTH))) as image:
        return _webp(image.convert("RGB"))


def _webp(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=80, method=2)  # more takes long and saves 3 %
    return out.getvalue()
