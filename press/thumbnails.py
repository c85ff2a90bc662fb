"""Small pictures of finished files for the download page: a first page, or slides of a deck."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

# For an unknown format Pillow imports all its plugins, so import the one for WebP right away.
from PIL import Image, WebPImagePlugin  # noqa: F401

from slides.draft import DeckDraft

if TYPE_CHECKING:
    from slides.content import SlideContent

#: The size of a picture of a page in pixels: sharp on the page's cards. Its shape is that of the
#: upper 60 % of a US Letter page, where title and drawing are: the rest is gray at this size.
PAGE = (560, 435)

#: The width of the large slide in pixels, and the gap to the two small ones, which is transparent.
_SLIDE, _GAP = 720, 3


def first_page(data: bytes) -> bytes:
    """The upper part of the first page of a PDF as WebP, at most `PAGE` large."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        image = page.render(scale=PAGE[0] / page.get_width()).to_pil()
        return _webp(image.crop((0, 0, image.width, min(image.height, PAGE[1]))))


def first_slides(draft: DeckDraft) -> bytes:
    """The first slide of a deck as WebP, and beside it two smaller ones, if it has three.

    Raises as `DeckDraft.composition` does.
    """
    numbers = _different(draft.composition.slides)
    pictures = draft.pictures(first=numbers[-1] + 1)
    first, *others = (pictures[number][1] for number in numbers)
    large = _drawn(first, _SLIDE)
    if not others:
        return _webp(large)
    height = (large.height - _GAP) // 2
    small = [_drawn(svg, round(height * large.width / large.height)) for svg in others]
    image = Image.new("RGBA", (large.width + _GAP + small[0].width, large.height))
    image.paste(large, (0, 0))
    for number, one in enumerate(small):
        image.paste(one, (large.width + _GAP, number * (large.height - one.height)))
    return _webp(image)


def _different(slides: "Sequence[SlideContent]") -> list[int]:
    """Three slides, with different layouts if possible, or the first of fewer; by position."""
    shown = [number for number, one in enumerate(slides) if not one.hidden]
    if len(shown) < 3:
        return [0]
    firsts = {slides[number].layout: number for number in reversed(shown)}
    chosen = sorted(firsts.values())[:3]
    return sorted((chosen + [number for number in shown if number not in chosen])[:3])


def _drawn(svg: str, width: int) -> Image.Image:
    from slides.raster import draw_slide

    with Image.open(io.BytesIO(draw_slide(svg, width))) as image:
        return image.convert("RGB")


def _webp(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=80, method=2)  # higher methods are slow and save 3 %
    return out.getvalue()
