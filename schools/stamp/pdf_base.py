"""Cut a sheet that was rendered for a specimen school into a base: `prepare(data, ...)`.

The specimen is found with the information in every tagged PDF: the marked content of structure
elements, their alternative texts, the addresses of links. If it appears anywhere else,
`CannotStamp` is raised: nothing of the specimen gets into a school's file.
"""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Pdf, String

from handouts.slots import Slot
from schools.stamp import shaping
from schools.stamp.errors import CannotStamp
from schools.stamp.fields import Fields, Template, template
from schools.stamp.fonts import characters_of, embed
from schools.stamp.lines import SlotText, lines_of
from schools.stamp.marks import Marks
from schools.stamp.pdf import Base, Box
from schools.stamp.pdf_writer import pack

#: The size in bytes below which content between two parts is rewritten with them: a stream of its
#: own would be longer.
_SHORT = 1000


def prepare(
    data: bytes, specimen: Fields, slots: Sequence[Slot], *, from_right: bool = False
) -> Base:
    """A base from a tagged PDF that shows a specimen school.

    `specimen` are its fields, `slots` the places of lines that contain only its fields, set flush
    right if `from_right`. Raises `CannotStamp` if the specimen appears in a way that is not
    supported here.
    """
    with Pdf.open(io.BytesIO(data)) as pdf:
        return _Cutter(pdf, specimen, slots, from_right=from_right).base()


class _Cutter:
    """Builds a base."""

    def __init__(
        self, pdf: Pdf, specimen: Fields, slots: Sequence[Slot], *, from_right: bool
    ) -> None:
        self.pdf = pdf
        self.specimen = specimen
        self.slots = slots
        self.from_right = from_right
        #: The structure elements of each page and annotation.
        self.parents = dict(pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree))
        self.texts: list[SlotText] = []
        #: The texts outside of slots.
        self.others: list[str] = []
        self.codes: list[Box] = []
        self.logos: list[Box] = []
        self.marks = Marks(specimen)
        self.around_code: set[int] = set()
        #: The streams that are rewritten: constant bytes, and the numbers of their parts.
        self.contents: dict[int, list[bytes | int]] = {}
        self.pictures = {name: pdf.make_indirect(Dictionary()) for name in ("code", "logo")}

    def base(self) -> Base:
        for number, page in enumerate(self.pdf.pages):
            self._cut(number, page)
        if len(self._template("".join(self.others))) > 1:
            raise CannotStamp("the school appears outside of all slots")
        lines = tuple(lines_of(self.texts, self.specimen, from_right=self.from_right))
        fonts = {text.font_name: text.font for text in self.texts}
        for page in self.pdf.pages[:1]:  # WeasyPrint's pages share their resources
            for font_name, font in fonts.items():
                embed(self.pdf, page.Resources.Font[Name(font)], font_name)
            for name, boxes in (("code", self.codes), ("logo", self.logos)):
                if boxes:
                    key = Name(f"/School{name.capitalize()}")
                    page.Resources.XObject[key] = self.pictures[name]
        for line in lines:
            for run in line.runs:
                if run.link is not None:
                    self.marks.rectangle(run.link, self.pdf.get_object(run.link, 0), "/Rect")
        objects = self.marks.objects(self.pdf)
        self._drop_unused_images()
        number_of = {
            name: self.pictures[name].objgen[0] if boxes else 0
            for name, boxes in (("code", self.codes), ("logo", self.logos))
        }
        without = {*objects, *self.contents, *number_of.values()}
        packed = pack(self.pdf, without)
        for word in self._forbidden():
            if word in packed.text:
                raise CannotStamp(f"“{word.decode('latin-1')}” appears outside of all slots")
        return Base(
            specimen=self.specimen,
            shared=packed.data,
            previous=packed.start,
            trailer=packed.trailer,
            size=packed.size,
            contents={number: tuple(parts) for number, parts in self.contents.items()},
            objects=objects,
            rectangles=self.marks.rectangles,
            around_code=frozenset(self.around_code),
            lines=lines,
            codes=tuple(self.codes),
            logos=tuple(self.logos),
            code=number_of["code"],
            logo=number_of["logo"],
            pages=len(self.pdf.pages),
            texts=frozenset(
                [one for pieces in objects.values() for one in pieces if isinstance(one, tuple)]
                + [run.text for line in lines for run in line.runs]
            ),
        )

    def _cut(self, number: int, page: Any) -> None:
        """Divide a page's content into shared streams and streams that are rewritten."""
        streams: list[Any] = []
        shared: list[Any] = []

        def divide() -> int:
            """End the shared content, and begin a part that is rewritten; returns its number."""
            part = sum(map(len, self.contents.values()))
            before = pikepdf.unparse_content_stream(shared)
            shared.clear()
            if len(streams) > 1 and len(before) < _SHORT:
                self.contents[streams[-1].objgen[0]] += [before, part]
                return part
            streams.extend([self.pdf.make_stream(before), self.pdf.make_stream(b"")])
            self.contents[streams[-1].objgen[0]] = [part]
            return part

        outer = [Matrix()]
        marks: list[int | None] = []
        content = iter(pikepdf.parse_content_stream(page))
        for one in content:
            operator = str(one.operator)
            if operator == "BT":
                inside = [one, *_until(content, "ET")]
                text = self._text(number, page, inside, outer[-1], marks[-1] if marks else None)
                if text:
                    self.texts.append(SlotText(part=divide(), **text))
                else:
                    self.others.append(_text_of(page, inside))
                    shared += inside
                continue
            _follow(one, outer)
            shared.append(one)
            if operator == "BMC":
                marks.append(None)
            elif operator == "EMC":
                marks.pop()
            elif operator == "BDC":
                marks.append(_mcid(one.operands[1]))
                figure = self._figure(number, marks[-1])
                if figure is not None:
                    inside = _until(content, "EMC")
                    self._add_box(figure, divide(), outer, inside[:-1])
                    shared.append(inside[-1])
                    marks.pop()
        streams.append(self.pdf.make_stream(pikepdf.unparse_content_stream(shared)))
        page.Contents = Array(streams)

    def _element(self, page: int, mcid: int | None) -> Any:
        """The structure element that marked content belongs to."""
        elements = self.parents.get(page)
        return None if mcid is None or elements is None else elements[mcid]

    def _text(
        self, number: int, page: Any, inside: list[Any], outer: Matrix, mcid: int | None
    ) -> dict[str, Any] | None:
        """The values of a `SlotText`, or None for a text object outside of slots."""
        found = {str(one.operator): one.operands for one in inside}
        if "Tm" not in found:
            return None
        matrix = Matrix(found["Tm"])
        x, y = outer.transform((matrix.e, matrix.f))
        slot = next((one for one in self.slots if one.page == number and _holds(one, x, y)), None)
        if slot is None:
            return None
        if [str(one.operator) for one in inside] != ["BT", "Tm", "Tf", "TJ", "ET"]:
            raise CannotStamp("a slot's text is set in several fonts")
        name, size = str(found["Tf"][0]), float(found["Tf"][1])
        font = page.Resources.Font[Name(name)]
        font_name = str(font.BaseFont).partition("+")[2]
        characters = characters_of(font)
        glyphs: list[int] = []
        moved, last = 0.0, 0.0
        for piece in found["TJ"][0]:
            if isinstance(piece, String):
                glyphs += _glyphs(piece)
                moved, last = moved + last, 0.0
            else:
                last = float(piece)  # after the last glyph there is nothing to move
        text = "".join(characters[glyph] for glyph in glyphs)
        widths = shaping.embedded(font_name).widths
        width = (sum(widths[glyph] for glyph in glyphs) - moved) * size / 1000
        shaped = shaping.shape(text, font_name, size)
        # WeasyPrint drops fractions of a thousandth after each glyph.
        if abs(shaped.width - width) > len(glyphs) * size / 1000 + 0.05:
            raise CannotStamp(f"“{text}” is set in a way that is not supported")
        element = self._element(number, mcid)
        # Words that are isolated in a text from right to left have elements of their own.
        while element is not None and element.S in ("/Span", "/NonStruct"):
            element = element.P
        link = None
        if element is not None and element.S == "/Link":
            kids = [kid for kid in element.K if isinstance(kid, Dictionary)]
            link = next(kid.Obj.objgen[0] for kid in kids if kid.get("/Type") == Name.OBJR)
        return {
            "slot": slot,
            "text": text,
            "matrix": matrix,
            "outer": outer,
            "font": name,
            "font_name": font_name,
            "size": size,
            "width": shaped.width,
            "link": link,
        }

    def _figure(self, page: int, mcid: int | None) -> Any:
        """The structure element of a picture of the school, or None."""
        element = self._element(page, mcid)
        if element is None or element.S != "/Figure":
            return None
        return element if len(self._template(element.get("/Alt", ""))) > 1 else None

    def _add_box(self, figure: Any, part: int, outer: list[Matrix], inside: list[Any]) -> None:
        """Add a picture of the school: a code if it is in a link, else the logo."""
        x1, y1, x2, y2 = map(float, figure.A.BBox)
        place, back = (x1, y1, x2, y2), outer[-1].inverse()
        link = figure.P
        if link.get("/S") == Name.Link:
            self.codes.append(Box(part, place, back, 0))
            annotation = next(
                kid.Obj for kid in link.K if isinstance(kid, Dictionary) and "/Obj" in kid
            )
            self.marks.rectangle(annotation.objgen[0], annotation, "/Rect")
            self.marks.rectangle(figure.objgen[0], figure.A, "/BBox")
            self.around_code |= {annotation.objgen[0], figure.objgen[0]}
            return
        stack = [outer[-1]]
        image: Matrix | None = None
        for one in inside:
            _follow(one, stack)
            if str(one.operator) == "Do":
                image = stack[-1]
        if image is None:
            raise CannotStamp("the specimen's logo is not an image")
        left, width = min(image.e, image.e + image.a), abs(image.a)
        slack = x2 - x1 - width
        self.logos.append(Box(part, place, back, (left - x1) / slack if slack > 1 else 0))

    def _template(self, text: Any) -> Template:
        return template(str(text), self.specimen)

    def _drop_unused_images(self) -> None:
        """Remove images that are no longer drawn, such as the specimen's logo."""
        if self.logos:
            images = self.pdf.pages[0].Resources.XObject
            drawn = b"".join(part.read_bytes() for page in self.pdf.pages for part in page.Contents)
            for name in list(images.keys()):
                if name != "/SchoolLogo" and name != "/SchoolCode" and name.encode() not in drawn:
                    del images[name]

    def _forbidden(self) -> Iterator[bytes]:
        """The specimen's fields as they would appear in a file's bytes."""
        for word in self.specimen.values():
            yield word.encode()
            yield word.encode("utf-16-be")


def _follow(instruction: Any, stack: list[Matrix]) -> None:
    """Track the matrix from the page's units to pt (ISO 32000-1, 8.4.4)."""
    operator = str(instruction.operator)
    if operator == "q":
        stack.append(stack[-1])
    elif operator == "Q":
        stack.pop()
    elif operator == "cm":
        stack[-1] = Matrix(instruction.operands) @ stack[-1]


def _glyphs(codes: String) -> list[int]:
    data = bytes(codes)
    return [int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2)]


def _text_of(page: Any, instructions: list[Any]) -> str:
    """The text of a text object."""
    characters: dict[int, str] = {}
    found = ""
    for one in instructions:
        if str(one.operator) == "Tf":
            characters = characters_of(page.Resources.Font[one.operands[0]])
        elif str(one.operator) == "TJ":
            shown = [piece for piece in one.operands[0] if isinstance(piece, String)]
            found += "".join(characters[glyph] for piece in shown for glyph in _glyphs(piece))
    return found


def _until(content: Iterator[Any], last: str) -> list[Any]:
    """The instructions up to and including an operator; nested marked content is skipped."""
    found, depth = [], 0
    for one in content:
        found.append(one)
        operator = str(one.operator)
        if operator == last and depth == 0:
            break
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
    return found


def _mcid(properties: Any) -> int | None:
    number = properties.get("/MCID") if isinstance(properties, Dictionary) else None
    return None if number is None else int(number)


def _holds(slot: Slot, x: float, y: float) -> bool:
    return slot.left - 1 <= x <= slot.right + 1 and slot.bottom - 1 <= y <= slot.top + 1
