"""Make the fonts for names in other languages from the packages that contain them.

The font of the sheets has the characters of western Europe. These files add the others that names
of schools need; sheets take a character from the first file that has it (`sheet.css`):

- AtkinsonHyperlegibleNext-*-Extended.ttf: the same font for central Europe and Hawaiʻi. It has no
  ʻokina (U+02BB) and no letter apostrophe (U+02BC), which look like the quotation marks ‘ and ’,
  so these are copied from the main font. It has no letters such as “ō” either; they are composed
  of its letters and accents.
- NotoSans-*-Vietnamese.ttf and NotoSans-*-Latin.ttf: what Vietnamese and less common languages in
  Latin letters need, scaled down to the x-height of the sheets' font.
- NotoSansArabic-*.ttf: Arabic, with what joins its letters.
- NotoSans-Regular-Signs.ttf: signs such as ≥, →, ✓ and ₂, for sheets and pictures of slides, from
  Noto Sans, Noto Sans Math, Noto Sans Symbols 2 and Noto Sans Symbols.
- Arimo-*-Extended.ttf and Arimo-*-Vietnamese.ttf: the same for pictures of slides.

Materials in other scripts need more, which no others read (`[scripts]` in theme.toml):

- Cyrl/NotoSans-*.ttf and Cyrl/Arimo-*.ttf: Cyrillic, for sheets and for pictures of slides.
- Hans/NotoSansSC-*.ttf: simplified Chinese, without letters and digits, and with the punctuation
  that is wider than in other scripts.

    npm pack @fontsource/atkinson-hyperlegible-next @fontsource/noto-sans @fontsource/arimo \\
        @fontsource/noto-sans-sc
    apt-get download fonts-noto-core
    python templates/fonts/make_fonts.py FOLDER

FOLDER holds the first four, unpacked, under their names without “@fontsource/”, and these fonts of
the last in “noto-core”. The same packages make the same files; the
current ones are from version 5.3.0 of the first four and 20201225 of the last. Later releases of
Noto Sans Arabic compose letters from parts; WeasyPrint then writes PDFs whose text can't be copied.
"""

import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import uharfbuzz
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

WEIGHTS = {"Regular": 400, "SemiBold": 600, "Bold": 700}
HERE = Path(__file__).resolve().parent

#: In every file: an accent must be in the same file as its letter, and Pango takes a space from
#: the file of the word before it.
SPACES = ((" ", " "), ("\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"))
KEPT = {0x20, 0xA0, *range(0x300, 0x370)}
LATIN = {*range(0x100, 0x250), *range(0x1E00, 0x1F00), *KEPT}
#: Letters, marks and digits of Arabic, Persian and Urdu, and a few forms that other programs write.
ARABIC = [*range(0x600, 0x700), *range(0x750, 0x780), 0xFDF2, *range(0xFE70, 0xFEFD)]
#: Punctuation that Chinese shares with other scripts. No apostrophe, which English names have.
CHINESE = {*map(ord, "“”—…"), 0x20, 0xA0}


#: Signs in texts: superscripts, subscripts and fractions; dashes, marks and primes; currencies;
#: Greek letters, as in formulas; arrows and mathematics; boxes, stars, hearts and the like. None
#: that is an emoji by default (UTS #51): Pango takes those from an emoji font, if there is one.
SIGNS = {
    *(0x2070, *range(0x2074, 0x208F), *range(0x2150, 0x2160)),
    *(0x2010, 0x2011, 0x2015, *range(0x2020, 0x2024), 0x2030, *range(0x2032, 0x2034), 0x203B),
    *(*range(0x20A0, 0x20C0), 0xB5, 0x2103, 0x2109, 0x2116, 0x2117, 0x2120, 0x2139),
    *(*range(0x391, 0x3AA), *range(0x3B1, 0x3CA)),
    *(*range(0x2190, 0x219A), *range(0x21D0, 0x21D6), 0x21BA, 0x21BB),
    *(0x2200, *range(0x2202, 0x2205), *range(0x2206, 0x220A), 0x220F, *range(0x2211, 0x2214)),
    *(0x2219, 0x221A, 0x221D, 0x221E, 0x2220, *range(0x2227, 0x222C), 0x2234, 0x223C, 0x2243),
    *(0x2245, 0x2248, 0x2260, 0x2261, 0x2264, 0x2265, 0x2282, 0x2286, 0x2295, 0x2297, 0x22C5),
    *(*range(0x25A0, 0x25AC), *range(0x25B2, 0x25BB), *range(0x25BC, 0x25C5), 0x25C6, 0x25C7),
    *(0x25CA, 0x25CB, 0x25CF, 0x25E6, 0x25EF, *range(0x2460, 0x2474)),
    *(
        0x2605,
        0x2606,
        0x260E,
        0x260F,
        *range(0x2610, 0x2613),
        *range(0x261A, 0x261D),
        0x261E,
        0x261F,
    ),
    *(*range(0x2639, 0x263C), 0x2640, 0x2642, *range(0x2660, 0x2668), *range(0x2669, 0x2670)),
    *(
        0x267B,
        0x2691,
        0x2695,
        0x26A0,
        *range(0x2701, 0x2705),
        *range(0x2706, 0x270A),
        0x2716,
        0x2717,
    ),
    *(
        *range(0x270E, 0x2716),
        0x2718,
        0x271A,
        0x2720,
        0x2726,
        0x2727,
        0x2729,
        0x2730,
        0x2731,
        0x2736,
        0x273F,
        0x2744,
    ),
    *(0x2756, *range(0x2761, 0x2768), *range(0x2776, 0x2780)),
    *(0x2794, *range(0x2798, 0x27B0), 0x27A1, 0x2B05, 0x2B06, 0x2B07),
}


def make_signs(core: Path) -> None:
    """One font of all signs; each is taken from the first of four that has it."""
    wanted, parts = SIGNS | {0x20, 0xA0}, []
    for name in ("NotoSans", "NotoSansMath", "NotoSansSymbols2", "NotoSansSymbols"):
        font = TTFont(core / f"{name}-Regular.ttf", recalcTimestamp=False)
        found = wanted & set(font.getBestCmap())
        parts.append(cut(font, found, ()))
        wanted -= found
    signs = parts[0]
    for other in parts[1:]:
        for code, name in sorted(other.getBestCmap().items()):
            copy(other, name, signs, code)
    save(signs, "Noto Sans for Signs", "Regular", HERE / "NotoSans-Regular-Signs.ttf")


def copy(source: TTFont, name: str, target: TTFont, code: int) -> None:
    """Add a glyph to a font of the same size, for the character `code`."""
    pen = TTGlyphPen(None)
    outline = DecomposingRecordingPen(source.getGlyphSet())
    source.getGlyphSet()[name].draw(outline)
    outline.replay(pen)
    add(target, code, pen.glyph(), source["hmtx"].metrics[name][0])


def add(target: TTFont, code: int, glyph: Any, width: int) -> None:
    """Add a glyph to a font, for the character `code`."""
    name = f"uni{code:04X}"
    target.setGlyphOrder([*target.getGlyphOrder(), name])
    glyph.recalcBounds(target["glyf"])
    target["glyf"].glyphs[name] = glyph
    target["hmtx"].metrics[name] = (width, getattr(glyph, "xMin", 0))
    for table in target["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def main(packages: Path) -> None:
    make_signs(packages / "noto-core")

    def package(name: str, part: str, weight: int) -> TTFont:
        file = packages / name / "files" / f"{name}-{part}-{weight}-normal.woff2"
        return TTFont(file, recalcTimestamp=False)

    for style, weight in WEIGHTS.items():
        own = HERE / f"AtkinsonHyperlegibleNext-{style}.ttf"
        sheets = TTFont(own)
        extended = package("atkinson-hyperlegible-next", "latin-ext", weight)
        for new, old in (("ʻ", "‘"), ("ʼ", "’"), *SPACES):
            compose(sheets, own, old, extended, new)
        known = set(sheets.getBestCmap())
        for new in map(chr, (*range(0x100, 0x250), *range(0x1E00, 0x1F00))):
            parts = unicodedata.normalize("NFD", new)
            if parts != new and known.issuperset(map(ord, parts)):
                compose(sheets, own, parts, extended, new)
        had = known - KEPT
        save(
            cut(extended, set(extended.getBestCmap()) - had),
            "Atkinson Hyperlegible Next Extended",
            style,
            HERE / f"AtkinsonHyperlegibleNext-{style}-Extended.ttf",
        )
        had |= set(extended.getBestCmap()) - KEPT
        for part, name in (("vietnamese", "Vietnamese"), ("latin-ext", "Latin")):
            noto = package("noto-sans", part, weight)
            scale_to_x_height(noto, sheets)
            for new, old in SPACES:
                compose(sheets, own, old, noto, new)
            wanted = set(noto.getBestCmap()) & LATIN - had
            file = HERE / f"NotoSans-{style}-{name}.ttf"
            # Without “ccmp”, which splits letters: then a PDF's text can't be copied.
            noto = cut(noto, wanted, ["kern", "mark", "mkmk"])
            save(noto, f"Noto Sans for {name}", style, file)
            had |= wanted - KEPT

        cyrillic = package("noto-sans", "cyrillic", weight)
        scale_to_x_height(cyrillic, sheets)
        for new, old in SPACES:
            compose(sheets, own, old, cyrillic, new)
        cut(cyrillic, set(cyrillic.getBestCmap()), ["kern", "mark", "mkmk"])
        take_lines(cyrillic, sheets)
        save(cyrillic, "Noto Sans for Cyrillic", style, HERE / f"Cyrl/NotoSans-{style}.ttf")

    for style in ("Regular", "Bold"):
        sheets = TTFont(HERE / f"AtkinsonHyperlegibleNext-{style}.ttf")
        own = HERE / f"Arimo-{style}.ttf"
        slides = TTFont(own)
        had = set(slides.getBestCmap()) - KEPT
        for part, name in (("latin-ext", "Arimo Extended"), ("vietnamese", "Arimo for Vietnamese")):
            more = package("arimo", part, WEIGHTS[style])
            for new, old in SPACES:
                compose(slides, own, old, more, new)
            wanted = set(more.getBestCmap()) & LATIN - had
            file = HERE / f"Arimo-{style}-{name.split()[-1]}.ttf"
            save(cut(more, wanted, ["kern", "mark", "mkmk"]), name, style, file)
            had |= wanted - KEPT

        cyrillic = package("arimo", "cyrillic", WEIGHTS[style])
        for new, old in SPACES:
            compose(slides, own, old, cyrillic, new)
        cut(cyrillic, set(cyrillic.getBestCmap()), ["kern", "mark", "mkmk"])
        save(cyrillic, "Arimo for Cyrillic", style, HERE / f"Cyrl/Arimo-{style}.ttf")

        chinese = package("noto-sans-sc", "chinese-simplified", WEIGHTS[style])
        wanted = {code for code in chinese.getBestCmap() if code >= 0x3000} | CHINESE
        cut(chinese, wanted, ())
        take_lines(chinese, sheets)
        save(chinese, "Noto Sans for Chinese", style, HERE / f"Hans/NotoSansSC-{style}.ttf")

        arabic = TTFont(
            packages / "noto-core" / f"NotoSansArabic-{style}.ttf", recalcTimestamp=False
        )
        cut(arabic, {0x20, 0xA0, *ARABIC})
        take_lines(arabic, sheets)
        save(arabic, "Noto Sans for Arabic", style, HERE / f"NotoSansArabic-{style}.ttf")


def scale_to_x_height(font: TTFont, model: TTFont) -> None:
    """Scale a font so that its small letters are as high as those of another."""
    units = font["head"].unitsPerEm
    scale = model["OS/2"].sxHeight / model["head"].unitsPerEm / (font["OS/2"].sxHeight / units)
    scale_upem(font, round(units * scale))
    font["head"].unitsPerEm = units


def take_lines(font: TTFont, model: TTFont) -> None:
    """Give a font lines as high as those of another: a line with both is then no higher."""
    scale = font["head"].unitsPerEm / model["head"].unitsPerEm
    for table, names in (
        ("hhea", ("ascent", "descent", "lineGap")),
        ("OS/2", ("sTypoAscender", "sTypoDescender", "sTypoLineGap")),
        ("OS/2", ("usWinAscent", "usWinDescent")),
    ):
        for name in names:
            setattr(font[table], name, round(getattr(model[table], name) * scale))


def compose(source: TTFont, file: Path, parts: str, target: TTFont, new: str) -> None:
    """Add a glyph for `new` to a font: the glyphs of `parts` in another font of the same size.

    Nothing is added if the font has one, or if the other font can't place the accent on the letter.
    """
    if ord(new) in target.getBestCmap():
        return
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file))))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(parts)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    places = buffer.glyph_positions
    if any(place.x_advance for place in places[1:]):
        return
    glyphs, pen, x = source.getGlyphSet(), TTGlyphPen(None), 0
    for info, place in zip(buffer.glyph_infos, places, strict=True):
        name = source.getGlyphName(info.codepoint)
        outline = DecomposingRecordingPen(glyphs)
        glyphs[name].draw(outline)
        outline.replay(TransformPen(pen, (1, 0, 0, 1, x + place.x_offset, place.y_offset)))
        x += place.x_advance
    add(target, ord(new), pen.glyph(), x)


def cut(font: TTFont, characters: set[int], features: Sequence[str] = ("*",)) -> TTFont:
    """Reduce a font to these characters, and to these OpenType features."""
    options = Options()
    options.layout_features = list(features)
    options.hinting = False
    options.name_IDs = [0, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def save(font: TTFont, family: str, style: str, file: Path) -> None:
    """Save a font as a family of its own: of two files with one family and weight, one is lost."""
    names = font["name"]
    postscript = f"{family.replace(' ', '')}-{style}"
    for number, text in ((1, family), (2, style), (3, postscript), (4, f"{family} {style}")):
        names.setName(text, number, 3, 1, 0x409)
    names.setName(postscript, 6, 3, 1, 0x409)
    font.flavor = None
    font.save(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
