"""The first page of a finished file as a small picture, for the download page."""

import io

# For an unknown format Pillow imports all its plugins, so import the one for WebP right away.
from PIL import Image, WebPImagePlugin  # noqa: F401

from slides.draft import DeckDraft

#: The width of a picture in pixels: sharp on the page's cards, and about 30 KB.
WIDTH = 480


def first_page(data: bytes) -> bytes:
    """The first page of a PDF as WebP, `WIDTH` wide."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        return _webp(page.render(scale=WIDTH / page.get_width()).to_pil())


def first_slide(draft: DeckDraft) -> bytes:
    """The first slide of a deck as WebP. Raises as `DeckDraft.composition` does."""
    from slides.raster import draw_slide

    _, svg = draft.pictures(first=1)[0]
    with Image.open(io.BytesIO(draw_slide(svg, WIDTH))) as image:
        return _webp(image.convert("RGB"))


def _webp(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=80, method=2)  # higher methods are slow and save 3 %
    return out.getvalue()
