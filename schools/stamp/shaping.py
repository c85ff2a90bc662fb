"""Lines of text as glyphs, shaped by HarfBuzz in the way that Pango does it."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from unicodedata import is_normalized

import uharfbuzz as hb

from pack.theme import TEMPLATES
from schools.stamp.errors import CannotStamp, DoesNotFit

#: Pango counts in parts of a pixel (PANGO_SCALE).
_UNITS = 1024

#: How close to its room a line may be, in CSS pixels.
_CLOSE = 0.05

#: A word that breaks only at hyphens and slashes, and that can start a line.
_WORD = re.compile(r"[(“\"#]?[^\W_](?:[^\W_]|[.,'’&:#/-])*[)”\"]?|&")

#: Places where breaking depends on more than the neighboring characters (UAX #14, LB25).
_UNSURE = re.compile(r"\d/|/\d")

#: Where a line may end: after a space, and between a hyphen or slash and a letter (UAX #14, LB21
#: and LB31).
_ENDS = re.compile(r"(?<= )|(?<=[^\W_][-/])(?=[^\W\d_])")


@dataclass(frozen=True)
class Shaped:
    """Glyphs as the operand of a TJ operator, and their width in the units of the text's size."""

    operand: bytes
    width: float


@dataclass(frozen=True)
class EmbeddedFont:
    """A font as a PDF embeds it: glyphs keep their numbers in any subset.

    `widths` are in thousandths of the text's size, `characters` is what each glyph represents.
    """

    data: bytes
    widths: tuple[int, ...]
    characters: dict[int, str]


@lru_cache(maxsize=512)
def shape(text: str, font_name: str, size: float) -> Shaped:
    """Shape a text in one line.

    Raises `DoesNotFit` if the font lacks a glyph, or for characters that are invisible or not
    composed: only Pango can say how they are laid out.
    """
    if not (text.isprintable() and is_normalized("NFC", text)):
        raise DoesNotFit(f"“{text}” has characters that can be shaped in several ways")
    font, widths = _font(font_name, size), embedded(font_name).widths
    if not text:
        return Shaped(b"[]", 0)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", "Latn", "en"
    hb.shape(font, buffer)
    pieces, width = [], 0
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if not glyph.codepoint or place.x_offset or place.y_offset:
            raise DoesNotFit(f"the base has no glyph for a character of “{text}”")
        # As WeasyPrint writes it: truncated to whole thousandths.
        kerning = int(widths[glyph.codepoint] - place.x_advance * 1000 / _UNITS / size)
        pieces.append(f"<{glyph.codepoint:04x}>{kerning or ''}")
        width += place.x_advance
    return Shaped(f"[{''.join(pieces)}]".replace("><", "").encode(), width / _UNITS)


@lru_cache(maxsize=512)
def breaks(text: str, font_name: str, size: float, room: float) -> tuple[str, ...]:
    """The lines into which a text is broken.

    Raises `DoesNotFit` if the breaks depend on more of UAX #14 than is known here, or on a hair's
    breadth.
    """
    if fits(text, font_name, size, room):
        return (text,)
    if _UNSURE.search(text) or not all(_WORD.fullmatch(word) for word in text.split(" ")):
        raise DoesNotFit(f"“{text}” may have to be broken inside a word")
    lines = [""]
    for piece in _ENDS.split(text):
        if fits((lines[-1] + piece).rstrip(), font_name, size, room):
            lines[-1] += piece
        elif fits(piece.rstrip(), font_name, size, room):
            lines.append(piece)
        else:
            raise DoesNotFit(f"“{piece}” is longer than a line")
    return tuple(line.rstrip() for line in lines)


def fits(text: str, font_name: str, size: float, room: float) -> bool:
    """Whether a text fits in a line. Raises `DoesNotFit` if that is uncertain.

    Pango may include the kerning with the space that is dropped at the end of a line.
    """
    alone = shape(text, font_name, size).width
    if abs(alone - room) > size:  # kerning is never as wide as the letters are high
        return alone < room
    before_space = shape(f"{text} ", font_name, size).width - shape(" ", font_name, size).width
    if max(alone, before_space) < room - _CLOSE:
        return True
    if min(alone, before_space) > room + _CLOSE:
        return False
    raise DoesNotFit(f"“{text}” is as long as its line")


@cache
def embedded(font_name: str) -> EmbeddedFont:
    """A font with all its glyphs for a PDF, without the tables that only layout needs."""
    whole = _face(font_name)
    wanted = hb.SubsetInput()
    flags = hb.SubsetFlags
    wanted.flags = flags.RETAIN_GIDS | flags.NO_LAYOUT_CLOSURE | flags.NO_HINTING
    # Not only those of characters: a layout may choose others, such as tabular figures.
    wanted.glyph_set.update(range(whole.glyph_count))
    wanted.unicode_set.update(whole.unicodes)
    for table in (b"GDEF", b"GPOS", b"GSUB", b"kern", b"STAT"):
        wanted.drop_table_tag_set.add(int.from_bytes(table))
    font = hb.Font(whole)
    characters: dict[int, str] = {}
    for code in sorted(whole.unicodes):
        glyph = font.get_nominal_glyph(code)
        if glyph:
            characters.setdefault(glyph, chr(code))
    widths = tuple(
        round(font.get_glyph_h_advance(glyph) * 1000 / whole.upem)
        for glyph in range(whole.glyph_count)
    )
    return EmbeddedFont(hb.subset(whole, wanted).blob.data, widths, characters)


@cache
def _face(name: str) -> hb.Face:
    """One of our fonts, by its name in a PDF, such as "Arimo-Bold"."""
    if found := _faces().get(_plain(name)):
        return found
    raise CannotStamp(f"“{name}” is not one of our fonts")


@cache
def _faces() -> dict[str, hb.Face]:
    files = sorted((TEMPLATES / "fonts").glob("*.ttf"))
    found = [hb.Face(hb.Blob.from_file_path(str(file))) for file in files]
    return {_plain(face.get_name(hb.OTNameIdPredefined.FULL_NAME)): face for face in found}


def _plain(name: str) -> str:
    """A font name in comparable form: Pango has its own names for weights."""
    name = name.replace("Ultra-Bold", "ExtraBold").replace(" Regular", "")
    return name.replace("-", "").replace(" ", "")


@lru_cache(maxsize=64)
def _font(name: str, size: float) -> hb.Font:
    font = hb.Font(_face(name))
    scale = round(size * _UNITS)
    font.scale = scale, scale
    return font
