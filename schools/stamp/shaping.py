"""A line of text in glyphs, set by HarfBuzz as Pango lets it do."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from unicodedata import is_normalized

import uharfbuzz as hb

from pack.theme import TEMPLATES
from schools.stamp.errors import CannotStamp, DoesNotFit

#: Pango counts in parts of a pixel (PANGO_SCALE).
_UNITS = 1024

#: How near a line may come to its end, in CSS pixels.
_CLOSE = 0.05

#: A word that breaks at its hyphens and slashes alone, and that a line may start with.
_WORD = re.compile(r"[(“\"#]?[^\W_](?:[^\W_]|[.,'’&:#/-])*[)”\"]?|&")

#: Where that depends on more than its neighbors (UAX #14, LB25).
_UNSURE = re.compile(r"\d/|/\d")

#: Where a line may end: behind a space, and behind a hyphen or slash before a letter (UAX #14,
#: LB21 and LB31).
_ENDS = re.compile(r"(?<= )|(?<=[^\W_][-/])(?=[^\W\d_])")


@dataclass(frozen=True)
class Shaped:
    """Glyphs as the operand of a TJ operator, and their width in the units of the text's size."""

    operand: bytes
    width: float


@dataclass(frozen=True)
class Face:
    """A face as a PDF embeds it: glyphs keep their numbers, whichever of them are in it.

    `widths` are in thousandths of the text's size, `signs` what each glyph stands for.
    """

    data: bytes
    widths: tuple[int, ...]
    signs: dict[int, str]


@lru_cache(maxsize=512)
def shape(text: str, face: str, size: float) -> Shaped:
    """A text in one line.

    Raises `DoesNotFit` if the face lacks a sign, or for signs that are not seen, or not written in
    one: what they become when a sheet is laid out is Pango's own affair.
    """
    if not (text.isprintable() and is_normalized("NFC", text)):
        raise DoesNotFit(f"“{text}” has signs that are set in more ways than one")
    font, widths = _font(face, size), embedded(face).widths
    if not text:
        return Shaped(b"[]", 0)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", "Latn", "en"
    hb.shape(font, buffer)
    pieces, width = [], 0
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if not glyph.codepoint or place.x_offset or place.y_offset:
            raise DoesNotFit(f"the base has no sign for a letter of “{text}”")
        # As WeasyPrint writes it: whole thousandths, cut off.
        kerning = int(widths[glyph.codepoint] - place.x_advance * 1000 / _UNITS / size)
        pieces.append(f"<{glyph.codepoint:04x}>{kerning or ''}")
        width += place.x_advance
    return Shaped(f"[{''.join(pieces)}]".replace("><", "").encode(), width / _UNITS)


@lru_cache(maxsize=512)
def breaks(text: str, face: str, size: float, room: float) -> tuple[str, ...]:
    """The lines in which a text is set.

    Raises `DoesNotFit` if only the whole of UAX #14, or a hair's breadth, tells where they end.
    """
    if fits(text, face, size, room):
        return (text,)
    if _UNSURE.search(text) or not all(_WORD.fullmatch(word) for word in text.split(" ")):
        raise DoesNotFit(f"“{text}” may have to be broken inside a word")
    lines = [""]
    for piece in _ENDS.split(text):
        if fits((lines[-1] + piece).rstrip(), face, size, room):
            lines[-1] += piece
        elif fits(piece.rstrip(), face, size, room):
            lines.append(piece)
        else:
            raise DoesNotFit(f"“{piece}” is longer than a line")
    return tuple(line.rstrip() for line in lines)


def fits(text: str, face: str, size: float, room: float) -> bool:
    """Whether a line holds a text. Raises `DoesNotFit` if that can't be told.

    Pango may count in the kerning with the space that is left out behind a line.
    """
    alone = shape(text, face, size).width
    if abs(alone - room) > size:  # no kerning is as wide as the letters are high
        return alone < room
    before_space = shape(f"{text} ", face, size).width - shape(" ", face, size).width
    if max(alone, before_space) < room - _CLOSE:
        return True
    if min(alone, before_space) > room + _CLOSE:
        return False
    raise DoesNotFit(f"“{text}” is as long as its line")


@cache
def embedded(face: str) -> Face:
    """A face with all its signs, for a PDF: without the tables that only layout needs."""
    whole = _face(face)
    wanted = hb.SubsetInput()
    flags = hb.SubsetFlags
    wanted.flags = flags.RETAIN_GIDS | flags.NO_LAYOUT_CLOSURE | flags.NO_HINTING
    wanted.unicode_set.update(whole.unicodes)
    for table in (b"GDEF", b"GPOS", b"GSUB", b"kern", b"STAT"):
        wanted.drop_table_tag_set.add(int.from_bytes(table))
    font = hb.Font(whole)
    signs: dict[int, str] = {}
    for code in sorted(whole.unicodes):
        glyph = font.get_nominal_glyph(code)
        if glyph:
            signs.setdefault(glyph, chr(code))
    widths = tuple(
        round(font.get_glyph_h_advance(glyph) * 1000 / whole.upem)
        for glyph in range(whole.glyph_count)
    )
    return Face(hb.subset(whole, wanted).blob.data, widths, signs)


@cache
def _face(name: str) -> hb.Face:
    """One of our faces by the name that a PDF has for it, such as "Arimo-Bold"."""
    if found := _faces().get(_plain(name)):
        return found
    raise CannotStamp(f"“{name}” is none of our faces")


@cache
def _faces() -> dict[str, hb.Face]:
    files = sorted((TEMPLATES / "fonts").glob("*.ttf"))
    found = [hb.Face(hb.Blob.from_file_path(str(file))) for file in files]
    return {_plain(face.get_name(hb.OTNameIdPredefined.FULL_NAME)): face for face in found}


def _plain(name: str) -> str:
    """Pango's names of weights are not those of our faces."""
    name = name.replace("Ultra-Bold", "ExtraBold").replace(" Regular", "")
    return name.replace("-", "").replace(" ", "")


@lru_cache(maxsize=64)
def _font(name: str, size: float) -> hb.Font:
    font = hb.Font(_face(name))
    scale = round(size * _UNITS)
    font.scale = scale, scale
    return font
