"""The first page of a finished file as a small picture, for pages on the web."""

import io
import re
from base64 import b64encode
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

# A format that Pillow doesn't know yet makes it import all that it has: WebP is named at once.
from PIL import Image, WebPImagePlugin  # noqa: F401

from pack.theme import slide_face_files
from slides.draft import DeckDraft

#: How wide a picture is, in pixels: sharp where a card shows it, and some 30 KB.
WIDTH = 480


def first_page(data: bytes) -> bytes:
    """The first page of a PDF as WebP, `WIDTH` wide."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        return _webp(page.render(scale=WIDTH / page.get_width()).to_pil())


def first_slide(draft: DeckDraft) -> bytes:
    """The first slide of a deck as WebP. Raises as `DeckDraft.composition` does."""
    import resvg_py

    _, svg = draft.pictures(first=1)[0]
    drawn = resvg_py.svg_to_bytes(
        svg_string=_IMAGE.sub(_inside, svg),
        width=WIDTH,
        skip_system_fonts=True,
        font_files=slide_face_files(),
    )
    with Image.open(io.BytesIO(bytes(drawn))) as image:
        return _webp(image.convert("RGB"))


_IMAGE = re.compile(r'(?<=<image href=")file:[^"]+')


def _inside(match: re.Match[str]) -> str:
    """A picture that an SVG refers to, as a part of it: resvg reads no file addresses."""
    file = Path(url2pathname(urlsplit(match[0]).path))
    kind = {".svg": "svg+xml", ".png": "png"}.get(file.suffix.lower(), "jpeg")
    return f"data:image/{kind};base64,{b64encode(file.read_bytes()).decode()}"


def _webp(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=80, method=2)  # more takes long and saves 3 %
    return out.getvalue()
