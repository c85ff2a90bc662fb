"""Small pages with one fault each, and some without."""

import pikepdf

from tests.preflight.small_pages import (
    COLOPHON,
    HEADING,
    OTHER_FONT,
    TEXT,
    Broken,
    arabic,
    at,
)


def _crop(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].CropBox = pikepdf.Array([0, 100, 612, 792])


def _turn(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Rotate = 90


_RED = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>"
    "<rect width='9' height='9' fill='%23a00'/></svg>"
)
_PICTURE = f'<img alt="A picture" style="display: block; width: 60pt; height: 60pt" src="{_RED}">'
_LONG = "When a child tells you, listen first and stay calm, and say that it is not to blame. "
_BOX = "width: 200pt; height: 40pt"
_NUMBERS = {
    "numbers": {"1-800-225-5324", "1-800-CALL-FBI", "(303) 555-0142", "988", "12-30", "911"}
}
_ARABIC_COLOPHON = "المدرسة الأولى · آخر تعديل: نوفمبر 2026"
_CALL = "<p>اتصل بالرقم {1-800-225-5324} الآن، أو على {(303) 555-0142}.</p>"
_FILLED = TEXT + "".join(at(100, y, "There is help") for y in (300, 480, 650))

GOOD = {
    "white on a dark background": Broken(
        "", f'{TEXT}<p style="background: #0b3b46; color: #fff">{_LONG}</p>'
    ),
    "capitals and small print": Broken(
        "",
        f'<p style="font-size: 9.5pt">FOR PARENTS</p>{TEXT}'
        f'<p style="font-size: 8.5pt">{COLOPHON} {_LONG * 3}</p>',
    ),
    "capitals with a mark in another font": Broken(
        "",
        f"<style>@font-face {{ font-family: Other; src: url({OTHER_FONT.as_uri()}) }}"
        f"b {{ font-family: Other }}</style>"
        f'<p style="font-size: 9.5pt">PARENTS<b>,</b> HERE</p>{TEXT}',
    ),
    "small print with words in another font": Broken(
        "",
        f"<style>@font-face {{ font-family: Other; src: url({OTHER_FONT.as_uri()}) }}"
        f"b {{ font-family: Other }}</style>{TEXT}"
        f'<p style="font-size: 8.5pt">{COLOPHON[:6]}<b>{COLOPHON[6:9]}</b>{COLOPHON[9:]} '
        f"{_LONG * 2}</p>",
    ),
    "tight lines with accents": Broken(
        "", '<h1 style="line-height: 1.06; width: 200pt">Égypte jusqu’à Ångström, Öl</h1>'
    ),
    "vertical text": Broken(
        "",
        TEXT
        + at(300, 300, "<p style='transform: rotate(-90deg)'><b>Now</b> and then, or never</p>"),
    ),
    "a letter between letters of another font": Broken(
        "",
        f"<style>@font-face {{ font-family: Other; src: url({OTHER_FONT.as_uri()}) }}"
        f"b {{ font-family: Other }}</style>{TEXT}" + at(100, 300, "K<b>e</b> l<b>a</b>m"),
    ),
    "a box over a line's empty foot": Broken(
        "", at(100, 300, HEADING) + at(90, 321.5, "", f"{_BOX}; background: #fff")
    ),
    "lines through and under words": Broken(
        "",
        at(100, 300, f"<s>{HEADING}</s><u>My young people</u>")
        + at(100, 317, "", "width: 200pt; border-top: 1pt solid #0b3b46"),
    ),
    "pale large text": Broken("", f'{TEXT}<p style="font-size: 20pt; color: #717171">Large</p>'),
    "a picture with small and pale text": Broken(
        "",
        f'{TEXT}<img alt="A slide" style="width: 3in" src="data:image/svg+xml,'
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 960 540'>"
        "<text x='20' y='60' font-size='20' fill='%23aaa'>tiny</text></svg>\">",
    ),
    "last words that are meant so": Broken(
        "",
        f"{_FILLED}<p>Many people know nothing about this crime<br>until today.</p>"
        "<p>Many people know nothing about this crime<br>unfortunately.</p>"
        "<p>What they think<br>today</p><p>Call, text or chat at any hour:<br>now</p>"
        "<ul><li>Phones, tablets and game consoles</li><li>Doors</li></ul>",
        expected={"filled": True},
    ),
    "a page that is filled to its foot": Broken(
        "",
        f"{TEXT}{at(100, 300, 'Further down')}{at(100, 480, 'Below')}{at(100, 650, 'Last')}",
        expected={"filled": True},
    ),
    "numbers in Arabic text": Broken(
        "",
        arabic(
            f"{_CALL}<p>{{1-800-CALL-FBI}} ({{1-800-225-5324}})، {{988}} أو {{911}}.</p>"
            "<p>من {30} إلى {12}، {12-30}، {889.org}</p>"
        ),
        expected=_NUMBERS,
    ),
    "small print in Arabic, with a date in its own direction": Broken(
        "",
        arabic(
            "<p style='font-size: 8.5pt; width: 300pt'>"
            + _ARABIC_COLOPHON.replace("2026", "{2026}")
            + " ليس هذا نصا قانونيا، بل مساعدة للأسر التي تبحث عن الدعم.</p>"
        ),
        expected={"small_texts": (_ARABIC_COLOPHON,)},
    ),
    "tight Arabic lines, with marks that are drawn by themselves": Broken(
        "",
        arabic(
            "<p style='line-height: 1.25; width: 150pt'>شخص يخدع طفلًا أو مراهقًا أو يخيفه كي "
            "يرسل إليه صورة خاصة، ثم يطلب المزيد جدًّا</p>"
        ),
    ),
    "crop marks outside the cards": Broken(
        "",
        TEXT + at(30, 10, "", "width: 0; height: 9pt; border-left: 0.5pt solid"),
        expected={"trimmed": True},
    ),
}

BROKEN = {
    "too many pages": Broken(
        "page-count", f'{TEXT}<p style="break-before: page">More</p>', page=0, said="2 pages"
    ),
    "too few pages": Broken("page-count", TEXT, page=0, expected={"pages": 2}),
    "wrong size": Broken("page-size", f"<style>@page {{ size: A4 }}</style>{TEXT}"),
    "only part of the page shown": Broken("page-size", TEXT, after=_crop),
    "rotated": Broken("page-size", TEXT, after=_turn),
    "text over the edge": Broken(
        "page-edge", TEXT + at(560, 300, "Telephone 555-0100"), said="555-0100", at=(600, 308)
    ),
    "text wholly outside": Broken(
        "page-edge", TEXT + at(300, 830, "Lost text"), said="Lost text", at=(310, 840)
    ),
    "text in the margin": Broken(
        "page-margin", TEXT + at(300, 5, "Near the edge"), said="Near the edge", at=(320, 14)
    ),
    "text in the margin of cards": Broken(
        "page-margin", TEXT + at(300, 5, "Cut"), said="Cut", expected={"trimmed": True}
    ),
    "picture over the edge": Broken(
        "page-edge", TEXT + at(580, 200, _PICTURE), said="a picture", at=(600, 230)
    ),
    "picture in the margin": Broken(
        "page-margin", TEXT + at(10, 200, _PICTURE), said="a picture", at=(15, 230)
    ),
    "line in the margin": Broken(
        "page-margin", TEXT + at(10, 400, "", "width: 100pt; border-top: 2pt solid"), at=(20, 401)
    ),
    "overlapping text": Broken(
        "page-overlap",
        at(100, 300, "Call the lifeline first") + at(110, 305, "Keep every message"),
        said="Keep every message",
        at=(130, 312),
    ),
    "covered text": Broken(
        "page-hidden",
        at(100, 300, "Call the lifeline first")
        + at(90, 290, "", "width: 200pt; height: 40pt; background: #e9f1f1"),
        said="Call the lifeline first",
        at=(150, 310),
    ),
    "text covered in its middle": Broken(
        "page-hidden",
        at(100, 300, "Call the lifeline at once, before anything else")
        + at(200, 290, "", "width: 40pt; height: 40pt; background: #fff"),
        said="part of the text “Call the lifeline",
        at=(220, 310),
    ),
    "a heading whose descenders run into a panel": Broken(
        "page-hidden",
        at(100, 300, HEADING) + at(90, 317.5, "", f"{_BOX}; background: #12262d"),
        said="part of the text “Young people”",
    ),
    "the descenders of small text covered": Broken(
        "page-hidden",
        at(100, 300, "Keep calm, my young people", "font-size: 11pt; line-height: 14pt")
        + at(90, 311.5, "", f"{_BOX}; background: #e9f1f1"),
        said="part of the text “Keep calm",
    ),
    "cut-off text": Broken(
        "page-hidden",
        at(100, 300, "Call the lifeline first, by day", "width: 90pt; overflow: hidden"),
        said="part of the text “Call the lifeline first, by day”",
        at=(220, 310),
    ),
    "half a line cut off": Broken(
        "page-hidden",
        at(100, 300, "Call the lifeline<br>and keep calm", "height: 23pt; overflow: hidden"),
        said="part of the text “and keep calm”",
        at=(130, 328),
    ),
    "white on white": Broken(
        "page-hidden", at(100, 300, "Nobody reads this", "color: #fff"), said="Nobody reads this"
    ),
    "small body text": Broken(
        "page-type-size",
        f'{TEXT}<p style="font-size: 9pt; margin-top: 200pt">{_LONG * 2}</p>',
        said="9 pt",
        at=(100, 325),
    ),
    "small body text at the foot": Broken(
        "page-type-size",
        f'{TEXT}<p style="font-size: 9pt">{_LONG * 2}</p>'
        f'<p style="font-size: 8.5pt; margin-top: 20pt">{COLOPHON} {_LONG}</p>',
        said="9 pt",
    ),
    "small print too small": Broken(
        "page-type-size", f'{TEXT}<p style="font-size: 7pt">{COLOPHON}</p>', said="7 pt"
    ),
    "text made small by a scale": Broken(
        "page-type-size", f'{TEXT}<p style="transform: scale(0.7)">small after all</p>', said="8.4"
    ),
    "small capitals": Broken(
        "page-type-size", f'{TEXT}<p style="font-size: 8.1pt">FOR PARENTS</p>', said="FOR PARENTS"
    ),
    "large print too small": Broken(
        "page-type-size", "<p>A line in twelve</p>", said="12 pt", expected={"smallest": 18.0}
    ),
    "grey on white": Broken(
        "page-contrast",
        TEXT + at(100, 300, "Hard to read", "color: #808080"),
        said="3.95:1",
        at=(120, 308),
    ),
    "white on light": Broken(
        "page-contrast",
        at(100, 300, "White on tint", "color: #fff; background: #e9f1f1; padding: 9pt"),
        said="White on tint",
        at=(130, 317),
    ),
    "black on dark": Broken(
        "page-contrast",
        at(100, 300, "Black on deep", "color: #000; background: #0b3b46; padding: 9pt"),
        said="Black on deep",
    ),
    "half on a dark panel": Broken(
        "page-contrast",
        at(180, 290, "", "width: 200pt; height: 40pt; background: #0b3b46")
        + at(100, 300, "From the white ground onto the dark one"),
        said="From the white ground",
    ),
    "on a gradient": Broken(
        "page-contrast",
        at(
            100,
            300,
            "From light to dark",
            "background: linear-gradient(90deg, #fff, #0b3b46)",
        ),
        said="From light to dark",
    ),
    "faded text": Broken(
        "page-contrast", at(100, 300, '<p style="opacity: 0.4">Faded text</p>'), said="Faded text"
    ),
    "pale but just readable": Broken(
        "page-contrast-enhanced",
        TEXT + at(100, 300, "Hard to read", "color: #707070"),
        said="4.95:1",
        at=(120, 308),
    ),
    "an empty foot": Broken(
        "page-empty",
        f"{TEXT}{at(100, 300, 'Further down')}{at(100, 480, 'Last')}",
        said="empty for 34%",
        at=(300, 600),
        expected={"filled": True},
    ),
    "a hole between two parts": Broken(
        "page-empty",
        f"{TEXT}{at(100, 250, 'Above')}{at(100, 500, 'Below')}{at(100, 680, 'Last')}",
        at=(300, 400),
        expected={"filled": True},
    ),
    "a large panel with nothing in it": Broken(
        "page-empty",
        f"{TEXT}{at(100, 300, '', 'width: 300pt; height: 400pt; background: #e9f1f1')}",
        at=(300, 400),
        expected={"filled": True},
    ),
    "a lost last word": Broken(
        "page-last-word",
        f"{_FILLED}<p>Many people know nothing about this crime<br>yet.</p>",
        said="“yet.” stands alone in the last line of “Many people",
        expected={"filled": True},
    ),
    "a lost last word after bold words": Broken(
        "page-last-word",
        f"{_FILLED}<p>Many people know <b>nothing about</b> this crime<br>yet</p>",
        said="“yet”",
        expected={"filled": True},
    ),
    "a number that Arabic text takes apart": Broken(
        "page-number-order",
        arabic(f"<p>هنا</p>{_CALL.replace('{(303) 555-0142}', 'هذا')}", isolated=False),
        said="5324-225-800-1 is printed here, but the number is “1-800-225-5324”",
        at=(470, 140),
        expected=_NUMBERS,
    ),
    "a number with brackets that Arabic text takes apart": Broken(
        "page-number-order",
        arabic("<p>أو على {(303) 555-0142}.</p>", isolated=False),
        said="(303) 555-0142",
        expected=_NUMBERS,
    ),
    "a number with letters that Arabic text takes apart": Broken(
        "page-number-order",
        arabic("<p>اتصل {1-800-CALL-FBI}</p>", isolated=False),
        said="800-1 is printed here, but the number is “1-800-225-5324” or “1-800-CALL-FBI”",
        expected=_NUMBERS,
    ),
    "a number whose digits are mirrored": Broken(
        "page-number-order",
        arabic("<p>اتصل {\u202e988\u202c}</p>"),
        said="889 is printed here",
        expected=_NUMBERS,
    ),
    "missing glyph": Broken("page-missing-sign", f"{TEXT}<p>Call \ue000 now</p>", said="U+E000"),
    "replacement character": Broken(
        "page-missing-sign", f"{TEXT}<p>Call \ufffd now</p>", said="U+FFFD"
    ),
    "small body text in Arabic": Broken(
        "page-type-size",
        arabic("<p style='font-size: 9pt'>هذه جريمة، والطفل هو الضحية، والمساعدة موجودة</p>"),
        said="9 pt",
        expected={"small_texts": (_ARABIC_COLOPHON,)},
    ),
    "overlapping Arabic lines": Broken(
        "page-overlap",
        arabic(
            "<p style='line-height: 0.6; width: 150pt'>شخص يخدع طفلا أو مراهقا أو يخيفه كي "
            "يرسل إليه صورة خاصة، ثم يطلب المزيد</p>"
        ),
    ),
    "fault on the second page": Broken(
        "page-margin",
        TEXT
        + '<div style="break-before: page; position: relative">'
        + at(300, 5, "Near the edge")
        + "Second page</div>",
        page=2,
        expected={"pages": 2},
        said="Near the edge",
    ),
}
