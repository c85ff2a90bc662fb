"""A page of a PDF as it is seen: its text and shapes with their places, and pictures of it.

Everything is read once for all checks. Places are in pt from the page's upper left corner.

The page is drawn twice at 100 dpi, with its text and without. Where the two differ there is ink of
text that can be seen, and the second one shows exactly what lies behind it.
"""

import ctypes
import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Matrix, Rectangle
from PIL import Image, ImageChops

from preflight.findings import Spot
from preflight.pdf.notdef import missing_signs

#: Pixels for each pt in the pictures of a page: 100 dpi.
SCALE = 100 / 72

Color = tuple[int, int, int]

_UNMOVED = Matrix()


@dataclass(frozen=True)
class DrawnText:
    """Text that is drawn at one go, within a line: `size` in pt, `opacity` from 0 to 1.

    `order` counts what is drawn on the page. An artifact is no part of what is read, such as the
    page's number. `handle` is pdfium's own.
    """

    text: str
    box: Spot
    size: float
    bold: bool
    color: Color | None
    opacity: float
    order: int
    artifact: bool
    handle: Any = field(compare=False)


@dataclass(frozen=True)
class DrawnShape:
    """A path or a bitmap; a picture with an alternative text is one shape with all that is in it.

    `order` and `artifact` are as in `DrawnText`, `handles` are pdfium's own.
    """

    box: Spot
    order: int
    artifact: bool
    picture: bool
    handles: tuple[Any, ...] = field(compare=False)


@dataclass(frozen=True)
class PageView:
    """A page. `number` counts from 1; `size` is its width and height in pt, as it is shown.

    `picture` shows the page, `bare` shows it without its text and is transparent (alpha 0) where
    no text is seen on it; `ink` is white there, else black.
    `missing` holds the characters that no sign is printed for.
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
        """A part of the page in shades of grey, drawn finer."""
        scale = dpi / 72
        left, top = (max(math.floor(edge * scale), 0) for edge in box[:2])
        right, bottom = box[2] * scale, box[3] * scale
        wide, high = (math.ceil(length * scale) for length in self.size)
        ends = max(wide - math.ceil(right), 0), max(high - math.ceil(bottom), 0)
        # Edges are rounded up to whole pixels: a hair less keeps them where they are.
        crop = tuple((edge - 0.01) / scale for edge in (left, ends[1], ends[0], top))
        image = self.page.render(scale=scale, crop=crop, grayscale=True).to_pil()
        return Closeup(image, scale, (left, top))


@dataclass(frozen=True)
class Closeup:
    """A part of a page: `scale` pixels for each pt, its upper left corner at `origin` in pixels."""

    image: Image.Image
    scale: float
    origin: tuple[int, int]

    def cut(self, box: Spot) -> Image.Image:
        x, y = self.origin
        left, top, right, bottom = (round(edge * self.scale) for edge in box)
        return self.image.crop((left - x, top - y, right - x, bottom - y))


def look(page: pypdfium2.PdfPage, number: int) -> PageView:
    """Read and draw a page, which must stay open; `number` counts from 1."""
    textpage = page.get_textpage()
    picture = _draw(page)
    runs: list[DrawnText] = []
    shapes: list[DrawnShape] = []
    texts: list[Any] = []
    pictures: dict[int, list[_Thing]] = {}
    last: dict[int, int] = {}
    for order, thing in enumerate(_things(page)):
        if thing.tag == "Figure":
            pictures.setdefault(thing.group, []).append(thing)
            last[thing.group] = order
        elif thing.kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if text := _words(thing, textpage):
                runs.append(_run(thing, text, order))
            texts.append(thing.handle)
        else:
            artifact = thing.tag == "Artifact"
            shapes.append(
                DrawnShape(thing.box, order, artifact, picture=False, handles=(thing.handle,))
            )
    for group, parts in pictures.items():
        box, handles = around([one.box for one in parts]), tuple(one.handle for one in parts)
        shapes.append(DrawnShape(box, last[group], artifact=False, picture=True, handles=handles))
    with without(texts):
        bare = _draw(page)
    ink = ImageChops.difference(picture, bare).convert("L").point([0] + [255] * 255)
    bare.putalpha(ink)
    text = textpage.get_text_range()
    missing = tuple(missing_signs(page, textpage, text))
    textpage.close()
    return PageView(
        number, page.get_size(), tuple(runs), tuple(shapes), missing, text, picture, bare, ink, page
    )


@contextmanager
def without(handles: Iterable[Any]) -> Iterator[None]:
    """While this lasts, pages are drawn without these things."""
    handles = tuple(handles)
    for handle in handles:
        pdfium.FPDFPageObj_SetIsActive(handle, False)
    try:
        yield
    finally:
        for handle in handles:
            pdfium.FPDFPageObj_SetIsActive(handle, True)


def cut(image: Image.Image, box: Spot) -> Image.Image:
    """A part of a picture at 100 dpi; at least a pixel, and nothing beyond the picture's edges."""
    left, top, right, bottom = (round(edge * SCALE) for edge in box)
    x, y = min(max(left, 0), image.width - 1), min(max(top, 0), image.height - 1)
    return image.crop(
        (x, y, max(x + 1, min(right, image.width)), max(y + 1, min(bottom, image.height)))
    )


def common(one: Spot, other: Spot) -> Spot | None:
    """What two boxes have in common."""
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right, bottom = min(one[2], other[2]), min(one[3], other[3])
    return (left, top, right, bottom) if left < right and top < bottom else None


def around(boxes: list[Spot]) -> Spot:
    """The smallest box that holds all of these."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def text_of(runs: Iterable[DrawnText]) -> str:
    """The text of runs, with single spaces in it."""
    return " ".join(" ".join(run.text for run in runs).split())


def quote(*runs: DrawnText) -> str:
    """The text of runs in quotation marks; of a long one its beginning."""
    text = text_of(runs)
    return f"“{text}”" if len(text) <= 80 else f"“{text[:79].rstrip()}…”"


def _draw(page: pypdfium2.PdfPage) -> Image.Image:
    # In this format Pillow takes the bitmap as it is, without a copy: it halves the time.
    bitmap = page.render(
        scale=SCALE, force_bitmap_format=pdfium.FPDFBitmap_BGRA, rev_byteorder=True
    )
    image: Image.Image = bitmap.to_pil()
    return image


@dataclass(frozen=True)
class _Thing:
    """A page object as pdfium gives it; `group` is the number of its tag on the page."""

    handle: Any
    kind: int
    box: Spot
    tag: str
    group: int
    matrix: Matrix
    opacity: float


def _things(page: pypdfium2.PdfPage) -> Iterator[_Thing]:
    """All that is drawn on a page, in order, also what stands in groups (form XObjects)."""
    tags: dict[int, str] = {}

    def walk(
        handles: Iterable[Any], matrix: Matrix, opacity: float, outer: tuple[str, int]
    ) -> Iterator[_Thing]:
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
                yield _Thing(handle, kind, box, tag, group, matrix, opacity)

    frame = page.get_cropbox()
    count = pdfium.FPDFPage_CountObjects(page)
    objects = (pdfium.FPDFPage_GetObject(page, at) for at in range(count))
    yield from walk(objects, _UNMOVED, 1.0, ("", -1))


def _run(thing: _Thing, text: str, order: int) -> DrawnText:
    points = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(thing.handle, points)
    matrix = _matrix(thing.handle) @ thing.matrix
    color, opacity = _color(thing.handle)
    return DrawnText(
        text=text,
        box=thing.box,
        size=points.value * math.hypot(matrix.b, matrix.d),
        bold=pdfium.FPDFFont_GetWeight(pdfium.FPDFTextObj_GetFont(thing.handle)) >= 600,
        color=color,
        opacity=opacity * thing.opacity,
        order=order,
        artifact=thing.tag == "Artifact",
        handle=thing.handle,
    )


def _words(thing: _Thing, textpage: pypdfium2.PdfTextPage) -> str:
    size = pdfium.FPDFTextObj_GetText(thing.handle, textpage, None, 0)
    buffer = ctypes.create_string_buffer(size)
    units = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFTextObj_GetText(thing.handle, textpage, units, size)
    text = buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
    # pdfium gives a hyphen at the end of a line as one of these signs.
    return text.replace("\x02", "-").replace("\ufffe", "-").strip()


def _tag(handle: Any) -> str:
    """The tag that a thing is marked with, such as Figure or Artifact."""
    mark = pdfium.FPDFPageObj_GetMark(handle, 0)
    if not mark:
        return ""
    name, size = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
    pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), size)
    return bytes(name)[: max(size.value - 2, 0)].decode("utf-16-le")


def _color(handle: Any) -> tuple[Color | None, float]:
    """What a thing is filled with, if it is a plain color, and its opacity from 0 to 1."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
        return None, 1.0
    return (red.value, green.value, blue.value), alpha.value / 255


def _bounds(handle: Any, matrix: Matrix, frame: tuple[float, ...]) -> Spot:
    """A thing's box, counted from the upper left corner of `frame`."""
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
