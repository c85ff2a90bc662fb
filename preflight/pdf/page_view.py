"""A page of a PDF as people see it: its text and shapes with their positions, and images of it.

Everything is read once for all checks. Positions are in pt from the page's top left corner.

The page is drawn twice at 100 dpi, with its text and without. Where the images differ, text is
visible, and the second image shows exactly what is behind it.
"""

import ctypes
import math
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Matrix, Rectangle
from PIL import Image, ImageChops

from pack.isolates import has_right_to_left
from preflight.findings import Spot
from preflight.pdf.notdef import missing_glyphs

#: Pixels per pt in the images of a page: 100 dpi.
SCALE = 100 / 72

Color = tuple[int, int, int]

_UNMOVED = Matrix()


@dataclass(frozen=True)
class DrawnText:
    """Text that is drawn in one operation, within a line: `size` in pt, `opacity` from 0 to 1.

    `vertical` is true for text that runs up or down the page. `order` is its position in the
    drawing order. `artifact` is true for what is not content, such as the page number. `handle` is
    pdfium's own.
    """

    text: str
    box: Spot
    size: float
    vertical: bool
    bold: bool
    color: Color | None
    opacity: float
    order: int
    artifact: bool
    handle: Any = field(compare=False)

    @property
    def is_right_to_left(self) -> bool:
        """Whether it has letters that are written from right to left."""
        return has_right_to_left(self.text)

    @property
    def is_mark(self) -> bool:
        """Whether it is nothing but marks above or below letters, drawn by themselves."""
        return all(unicodedata.category(character)[0] in "MZ" for character in self.text)


@dataclass(frozen=True)
class DrawnShape:
    """A path or a bitmap; a picture with an alternative text is one shape with all its parts.

    `order` and `artifact` are as in `DrawnText`, `handles` are pdfium's own.
    """

    box: Spot
    order: int
    artifact: bool
    picture: bool
    handles: tuple[Any, ...] = field(compare=False)


@dataclass(frozen=True)
class PageView:
    """A page. `number` counts from 1; `size` is its width and height in pt, as displayed.

    `picture` shows the page. `bare` shows it without its text, and is transparent (alpha 0) where
    no text is visible. `ink` is white where text is visible, else black. `missing` holds the
    characters that have no glyph.
    """

    number: int
    size: tuple[float, float]
    runs: tuple[DrawnText, ...]
    shapes: tuple[DrawnShape, ...]
    missing: tuple[tuple[str, Spot], ...]
    text: str
    picture: Image.Image
    bare: Image.Image
    ink: Image.Image
    page: pypdfium2.PdfPage

    def closer(self, box: Spot, dpi: float) -> "Closeup":
        """A part of the page in grayscale, at a higher resolution."""
        scale = dpi / 72
        left, top = (max(math.floor(edge * scale), 0) for edge in box[:2])
        right, bottom = box[2] * scale, box[3] * scale
        wide, high = (math.ceil(length * scale) for length in self.size)
        ends = max(wide - math.ceil(right), 0), max(high - math.ceil(bottom), 0)
        # Edges are rounded up to whole pixels: subtracting a little keeps them where they are.
        crop = tuple((edge - 0.01) / scale for edge in (left, ends[1], ends[0], top))
        image = self.page.render(scale=scale, crop=crop, grayscale=True).to_pil()
        return Closeup(image, scale, (left, top))


@dataclass(frozen=True)
class Closeup:
    """A part of a page: `scale` in pixels per pt, its top left corner at `origin` in pixels."""

    image: Image.Image
    scale: float
    origin: tuple[int, int]

    def cut(self, box: Spot) -> Image.Image:
        x, y = self.origin
        left, top, right, bottom = (round(edge * self.scale) for edge in box)
        return self.image.crop((left - x, top - y, right - x, bottom - y))


def read_page(page: pypdfium2.PdfPage, number: int) -> PageView:
    """Read and draw a page, which must stay open; `number` counts from 1."""
    textpage = page.get_textpage()
    picture = _draw(page)
    runs: list[DrawnText] = []
    shapes: list[DrawnShape] = []
    texts: list[Any] = []
    pictures: dict[int, list[_PageObject]] = {}
    last: dict[int, int] = {}
    for order, page_object in enumerate(_page_objects(page)):
        if page_object.tag == "Figure":
            pictures.setdefault(page_object.group, []).append(page_object)
            last[page_object.group] = order
        elif page_object.kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if text := _text(page_object, textpage):
                runs.append(_run(page_object, text, order))
            texts.append(page_object.handle)
        else:
            artifact = page_object.tag == "Artifact"
            shapes.append(
                DrawnShape(
                    page_object.box, order, artifact, picture=False, handles=(page_object.handle,)
                )
            )
    for group, parts in pictures.items():
        box, handles = around([one.box for one in parts]), tuple(one.handle for one in parts)
        shapes.append(DrawnShape(box, last[group], artifact=False, picture=True, handles=handles))
    with without(texts):
        bare = _draw(page)
    ink = ImageChops.difference(picture, bare).convert("L").point([0] + [255] * 255)
    bare.putalpha(ink)
    text = textpage.get_text_range()
    missing = tuple(missing_glyphs(page, textpage, text))
    textpage.close()
    return PageView(
        number, page.get_size(), tuple(runs), tuple(shapes), missing, text, picture, bare, ink, page
    )


@contextmanager
def without(handles: Iterable[Any]) -> Iterator[None]:
    """Draw pages without these objects inside the `with` block."""
    handles = tuple(handles)
    for handle in handles:
        pdfium.FPDFPageObj_SetIsActive(handle, False)
    try:
        yield
    finally:
        for handle in handles:
            pdfium.FPDFPageObj_SetIsActive(handle, True)


def cut(image: Image.Image, box: Spot) -> Image.Image:
    """A part of an image at 100 dpi: at least one pixel, and nothing beyond the image's edges."""
    left, top, right, bottom = (round(edge * SCALE) for edge in box)
    x, y = min(max(left, 0), image.width - 1), min(max(top, 0), image.height - 1)
    return image.crop(
        (x, y, max(x + 1, min(right, image.width)), max(y + 1, min(bottom, image.height)))
    )


def common(one: Spot, other: Spot) -> Spot | None:
    """The intersection of two boxes; None if there is none."""
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right, bottom = min(one[2], other[2]), min(one[3], other[3])
    return (left, top, right, bottom) if left < right and top < bottom else None


def around(boxes: list[Spot]) -> Spot:
    """The smallest box that contains all of these boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def text_of(runs: Iterable[DrawnText]) -> str:
    """The text of runs, with white space collapsed."""
    return " ".join(" ".join(run.text for run in runs).split())


def quote(*runs: DrawnText) -> str:
    """The text of runs in quotation marks, shortened if it is long."""
    text = text_of(runs)
    return f"“{text}”" if len(text) <= 80 else f"“{text[:79].rstrip()}…”"


def _draw(page: pypdfium2.PdfPage) -> Image.Image:
    # In this format Pillow uses the bitmap without copying it, which halves the time.
    bitmap = page.render(
        scale=SCALE, force_bitmap_format=pdfium.FPDFBitmap_BGRA, rev_byteorder=True
    )
    image: Image.Image = bitmap.to_pil()
    return image


@dataclass(frozen=True)
class _PageObject:
    """A page object as pdfium gives it; `group` is the number of its tag on the page."""

    handle: Any
    kind: int
    box: Spot
    tag: str
    group: int
    matrix: Matrix
    opacity: float


def _page_objects(page: pypdfium2.PdfPage) -> Iterator[_PageObject]:
    """Everything drawn on a page, in order, including what is in groups (form XObjects)."""
    tags: dict[int, str] = {}

    def walk(
        handles: Iterable[Any], matrix: Matrix, opacity: float, outer: tuple[str, int]
    ) -> Iterator[_PageObject]:
        for handle in handles:
            kind = pdfium.FPDFPageObj_GetType(handle)
            group = pdfium.FPDFPageObj_GetMarkedContentID(handle)
            if group not in tags or group < 0:
                tags[group] = _tag(handle)
            tag, group = (tags[group], group) if tags[group] else outer
            if kind == pdfium.FPDF_PAGEOBJ_FORM and tag != "Figure":
                count = pdfium.FPDFFormObj_CountObjects(handle)
                children = (pdfium.FPDFFormObj_GetObject(handle, at) for at in range(count))
                placed, seen = _matrix(handle) @ matrix, opacity * _color(handle)[1]
                yield from walk(children, placed, seen, (tag, group))
            else:
                box = _bounds(handle, matrix, frame)
                yield _PageObject(handle, kind, box, tag, group, matrix, opacity)

    frame = page.get_cropbox()
    count = pdfium.FPDFPage_CountObjects(page)
    objects = (pdfium.FPDFPage_GetObject(page, at) for at in range(count))
    yield from walk(objects, _UNMOVED, 1.0, ("", -1))


def _run(page_object: _PageObject, text: str, order: int) -> DrawnText:
    points = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(page_object.handle, points)
    matrix = _matrix(page_object.handle) @ page_object.matrix
    color, opacity = _color(page_object.handle)
    return DrawnText(
        text=text,
        box=page_object.box,
        size=points.value * math.hypot(matrix.b, matrix.d),
        vertical=abs(matrix.b) > abs(matrix.d),
        bold=pdfium.FPDFFont_GetWeight(pdfium.FPDFTextObj_GetFont(page_object.handle)) >= 600,
        color=color,
        opacity=opacity * page_object.opacity,
        order=order,
        artifact=page_object.tag == "Artifact",
        handle=page_object.handle,
    )


def _text(page_object: _PageObject, textpage: pypdfium2.PdfTextPage) -> str:
    size = pdfium.FPDFTextObj_GetText(page_object.handle, textpage, None, 0)
    buffer = ctypes.create_string_buffer(size)
    units = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFTextObj_GetText(page_object.handle, textpage, units, size)
    text = buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
    # pdfium returns a hyphen at the end of a line as one of these characters.
    return text.replace("\x02", "-").replace("\ufffe", "-").strip()


def _tag(handle: Any) -> str:
    """The tag of an object, such as Figure or Artifact."""
    mark = pdfium.FPDFPageObj_GetMark(handle, 0)
    if not mark:
        return ""
    name, size = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
    pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), size)
    return bytes(name)[: max(size.value - 2, 0)].decode("utf-16-le")


def _color(handle: Any) -> tuple[Color | None, float]:
    """The fill color of an object, if it is a plain color, and its opacity from 0 to 1."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
        return None, 1.0
    return (red.value, green.value, blue.value), alpha.value / 255


def _bounds(handle: Any, matrix: Matrix, frame: tuple[float, ...]) -> Spot:
    """An object's box, relative to the top left corner of `frame`."""
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(handle, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    if matrix is not _UNMOVED:
        box = matrix.transform(Rectangle(left, bottom, right, top))
        left, bottom, right, top = box.llx, box.lly, box.urx, box.ury
    return left - frame[0], frame[3] - top, right - frame[0], frame[3] - bottom


def _matrix(handle: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, found)
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)
