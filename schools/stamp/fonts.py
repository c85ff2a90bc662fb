"""The fonts of a base: each has all glyphs of its font file, not only the specimen's."""

import re
from functools import lru_cache
from typing import Any

from pikepdf import Array, Pdf

from schools.stamp import shaping


def embed(document: Pdf, font: Any, font_name: str) -> None:
    """Embed all glyphs of the font with this name in a PDF font."""
    whole = shaping.embedded(font_name)
    characters = whole.characters | characters_of(font)
    descendant = font.DescendantFonts[0]
    descendant.W = Array([0, Array(whole.widths)])
    file = document.make_stream(whole.data)
    file.Length1 = len(whole.data)
    descendant.FontDescriptor.FontFile2 = file
    head, _, tail = font.ToUnicode.read_bytes().partition(b"endcodespacerange")
    rows = [
        f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>"
        for glyph, text in sorted(characters.items())
    ]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    chars = "".join(
        f"\n{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    end = tail[tail.rindex(b"endbfchar") + len(b"endbfchar") :]
    font.ToUnicode = document.make_stream(head + b"endcodespacerange" + chars.encode() + end)


def characters_of(font: Any) -> dict[int, str]:
    """The text that each glyph of a font represents (ISO 32000-1, 9.10.3)."""
    return dict(_characters(font.ToUnicode.read_bytes()))


@lru_cache(maxsize=16)
def _characters(table: bytes) -> dict[int, str]:
    rows = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]*)>\n", table)
    return {
        int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in rows
    }
