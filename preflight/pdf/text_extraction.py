"""The text of pieces of content, decoded as a screen reader does (ISO 32000-1, 9.10.2)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from preflight.pdf.structure_tree import Element, Key, Mark, entry

#: Character codes and what they stand for.
Characters = dict[int, str]
Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


@dataclass
class Shown:
    """What a marked piece of content shows; `text` pairs each font with the text set in it."""

    page: int
    text: list[tuple[pikepdf.Object | None, Instruction]] = field(default_factory=list)
    drawn: bool = False


_NOTHING = Shown(0)


class TextExtractor:
    """Reads the text of elements; reads each font's table and each piece of content once."""

    def __init__(self, marks: dict[Mark, Shown]) -> None:
        self._marks = marks
        self._fonts: dict[Key, tuple[Characters, int]] = {}
        self._texts: dict[Mark, str] = {}

    def text_of(self, element: Element) -> str:
        """The text of an element and its descendants, with white space collapsed."""
        return " ".join(" ".join(self._parts(element)).split())

    def text_of_mark(self, mark: Mark) -> str:
        """The text of one piece of content, with white space collapsed."""
        if mark not in self._texts:
            self._texts[mark] = " ".join("".join(self._strings(mark)).split())
        return self._texts[mark]

    def says_anything(self, element: Element) -> bool:
        """Whether an element contains text, a drawing, or a replacement for them."""
        parts = element.order
        return any(map(self._says_anything, parts)) or bool(element.replacement)

    def _says_anything(self, part: Element | Mark) -> bool:
        if isinstance(part, Element):
            return self.says_anything(part)
        shown = self._marks.get(part, _NOTHING)
        return shown.drawn or bool(self.text_of_mark(part))

    def _parts(self, element: Element) -> Iterator[str]:
        for part in element.order:
            if isinstance(part, Mark):
                yield self.text_of_mark(part)
            else:
                yield from self._parts(part)

    def _strings(self, mark: Mark) -> Iterator[str]:
        for font, instruction in self._marks.get(mark, _NOTHING).text:
            characters, width = self._font(font)
            # The last operand is a string, or a list of strings and of numbers between them.
            last = instruction.operands[-1]
            for part in last if isinstance(last, pikepdf.Array) else [last]:
                if isinstance(part, pikepdf.String):
                    yield _decoded(bytes(part), characters, width)

    def _font(self, font: pikepdf.Object | None) -> tuple[Characters, int]:
        """The characters that a font's codes stand for, and the number of bytes in a code."""
        key = font.objgen if font is not None else (0, 0)
        if key in self._fonts:
            return self._fonts[key]
        table = entry(font, "/ToUnicode")
        characters = _characters(table) if isinstance(table, pikepdf.Stream) else {}
        read = characters, 2 if entry(font, "/Subtype") == "/Type0" else 1
        if key != (0, 0):
            self._fonts[key] = read
        return read


def quoted(text: str) -> str:
    """A text in quotation marks, shortened for a message."""
    return f"“{text}”" if len(text) <= 60 else f"“{text[:57].rstrip()}…”"


def _decoded(codes: bytes, characters: Characters, width: int) -> str:
    numbers = (int.from_bytes(codes[at : at + width], "big") for at in range(0, len(codes), width))
    # A code that is not in the table still shows something; in old fonts, usually its character.
    return "".join(characters.get(code) or (chr(code) if width == 1 else "?") for code in numbers)


def _characters(table: pikepdf.Stream) -> Characters:
    """A ToUnicode table: codes from bfchar and bfrange (ISO 32000-1, 9.10.3)."""
    data = table.read_bytes()
    found: Characters = {}
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.DOTALL):
        for code, text in re.findall(rb"<([\s\da-fA-F]+)>\s*<([\s\da-fA-F]*)>", part):
            found[int(code, 16)] = _utf16(text)
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.DOTALL):
        for first, last, texts in re.findall(
            rb"<([\da-fA-F]+)>\s*<([\da-fA-F]+)>\s*(<[\s\da-fA-F]*>|\[[^]]*\])", part
        ):
            start, *others = (_utf16(text) for text in re.findall(rb"<([^>]*)>", texts))
            for number in range(int(first, 16), min(int(last, 16), 0xFFFF) + 1):
                step = number - int(first, 16)
                if not others and start:
                    found[number] = start[:-1] + chr(ord(start[-1]) + step)
                elif step < 1 + len(others):
                    found[number] = (start, *others)[step]
    return found


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", errors="replace")
