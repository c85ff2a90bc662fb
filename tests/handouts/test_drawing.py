"""Logos that are drawings: on paper as in the file, in color and in greys."""

import io
from base64 import b64encode
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from handouts.drawing import CannotDraw, print_logo


def _drawn(file: Path, ink: str) -> Image.Image:
    with pdfium.PdfDocument(print_logo(file, 2, ink)) as document:
        page: Image.Image = document[0].render(scale=1).to_pil()
        return page.convert("RGB")


def test_shapes_and_pictures_inside_are_drawn(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "#12ab56").save(picture, "PNG")
    file = tmp_path / "logo.svg"
    file.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
        '<rect width="20" height="20" fill="#a01020"/><image x="20" width="20" height="20" '
        f'href="data:image/png;base64,{b64encode(picture.getvalue()).decode()}"/></svg>'
    )
    page = _drawn(file, "color")
    assert page.size == (200, 100)
    assert page.getpixel((50, 50)) == (0xA0, 0x10, 0x20)
    assert page.getpixel((150, 50)) == (0x12, 0xAB, 0x56)
    red, green, blue = _drawn(file, "black").getpixel((50, 50))  # type: ignore[misc]
    assert red == green == blue


#: A picture from elsewhere, and a file that is cut off.
_BAD = {
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
    '<image width="20" height="20" href="https://example.org/picture.png"/></svg>': "only files",
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4': "Failed to load",
}


@pytest.mark.parametrize(("text", "said"), _BAD.items(), ids=["elsewhere", "cut off"])
def test_what_can_not_be_drawn_is_told(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "logo.svg"
    file.write_text(text)
    with pytest.raises(CannotDraw, match=said):
        print_logo(file, 2, "color")
