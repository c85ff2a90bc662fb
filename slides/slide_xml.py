"""A slide and its notes page as XML (ECMA-376, part 1, 19.3).

python-pptx adds a slide by cloning its layout's placeholders, and looks each of them up again
whenever it is used: that takes three quarters of a deck's time. So placeholders and their text are
written here in one go, and python-pptx adds what is rare: pictures, tables and videos.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.parts.slide import NotesSlidePart, SlidePart
from pptx.slide import Slide
from pptx.util import Pt

from drawings.shapes import Illustration, bounds
from pack.markdown import TextRun, TextRuns
from pack.scripts import script_of
from slides.art import foot_of, illustrations
from slides.composition import LayoutChoice
from slides.content import BREAK, Line, SlideContent
from slides.direction import isolated
from slides.drawing_xml import group_xml
from slides.fit import NUMBERED
from slides.foot import HELP_LINE, one_line
from slides.foreign_template import contents_of
from slides.frames import Layout
from slides.text_metrics import best_size

#: Gives the id of the relationship to an address.
Relate = Callable[[str], str]

_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
#: The spacing of a paragraph without a style.
_PLAIN = (
    '<a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft>'
    '<a:spcPts val="0"/></a:spcAft><a:buNone/>'
)

#: For a link that has the color of the text (MS-ODRAWXML, 2.3.1.19): a foreign theme's color for
#: links is often unreadable on its own backgrounds.
_TEXT_COLOR = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr val="tx" '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor"/></a:ext>'
    "</a:extLst>"
)

#: The smallest size of a footer in pt, on a slide of our size.
_SMALLEST_FOOTER = 8

#: The ids of what is drawn: after those of placeholders, the footer and the number.
_FIRST_DRAWING = 100

#: By how much in pt a text that stands over an arrow may reach below its tip.
_HARDLY = 5.0

_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


def add_slide(
    presentation: Any,
    chosen: LayoutChoice,
    content: SlideContent,
    footer: str,
    language: str,
    draft: str = "",
    mirrored: bool = False,
) -> Slide:
    """Add a slide with the text of its placeholders, and its notes page.

    Placeholders for a picture or a table are added empty. `draft` goes before the footer. If the
    slide will be `mirrored`, its drawings are already, and its text starts where its layout says.
    """
    number = len(presentation.slides) + 1
    part = SlidePart(
        PackURI(f"/ppt/slides/slide{number}.xml"),
        CT.PML_SLIDE,
        presentation.part.package,
        parse_xml(f"<p:sld {_SPACES}/>"),  # replaced below: its links are relationships of the part
    )
    layout: Any = presentation.slide_layouts[chosen.number]
    part.relate_to(layout.part, RT.SLIDE_LAYOUT)
    width = presentation.slide_width / Pt(1) if mirrored else 0
    shapes = [
        *_content_shapes(layout, chosen, content, language, relate_from(part), width),
        *_foot(layout, chosen, content, number, footer, language, draft, mirrored=mirrored),
    ]
    colors = layout._element.find(qn("p:clrMapOvr"))
    mapping = "" if colors is None else _xml(colors)
    show = 'show="0"' if content.hidden else ""
    part._element = parse_xml(f"<p:sld {_SPACES} {show}>{_tree(shapes)}{mapping}</p:sld>")
    presentation.slides._sldIdLst.add_sldId(presentation.part.relate_to(part, RT.SLIDE))
    notes = content.notes.lines(script_of(language).colon)
    _add_notes(presentation, part, number, notes, language)
    slide: Slide = part.slide
    return slide


def relate_from(part: Any) -> Relate:
    """A function that relates a part of the package to an address outside of it."""
    return lambda address: str(part.relate_to(address, RT.HYPERLINK, is_external=True))


def paragraphs(
    lines: Sequence[Line],
    language: str,
    relate: Relate,
    *,
    size: float = 0,
    scaled: float = 0,
    bold: bool = False,
    color: str = "",
    numbers: Sequence[int] = (),
    hanging: float = 0,
    plain_links: bool = False,
    plain: bool = False,
    starts: bool = False,
) -> str:
    """Paragraphs as `a:p` elements.

    `size` is in pt and `color` a name in the color scheme or "RRGGBB", if they are not the
    layout's; `scaled` is the size in pt that the scales of runs refer to. Links keep their own
    color, or have the text's if they are `plain_links`. The first lines get `numbers`, by automatic
    numbering; `hanging` is the room in pt for them, if not the layout's. If `plain`, the text has
    none of the styles that a foreign file sets for all text.

    Text in a language from right to left says so, with marks around numbers and foreign words; if
    it `starts` at a margin, that is the right one, although the layout's is the left one.
    """
    script = script_of(language)
    from_right = script.is_right_to_left
    found = []
    for at, line in enumerate(lines):
        runs = []
        for run in isolated(line.runs) if from_right else line.runs:
            style = f" {_language(language)}"
            points = scaled * run.scale if scaled and run.scale != 1 else size
            style += f' sz="{points * 100:.0f}"' if points else ""
            if run == BREAK:
                runs.append(f"<a:br><a:rPr{style}/></a:br>")
                continue
            heavy = run.bold or bold or (run.italic and not script.italic)
            style += ' b="1"' if heavy else ' b="0"' if plain else ""
            style += ' cap="none" spc="0"' if plain else ""
            style += ' i="1"' if run.italic and script.italic else ""
            inner = ""
            if color and (plain_links or not run.link):
                kind = "srgbClr" if len(color) == len("RRGGBB") else "schemeClr"
                inner = f'<a:solidFill><a:{kind} val="{color}"/></a:solidFill>'
            inner += '<a:latin typeface="+mn-lt"/>' if plain else ""
            if run.link:
                inner += f'<a:hlinkClick r:id="{relate(run.link)}"'
                inner += f">{_TEXT_COLOR}</a:hlinkClick>" if plain_links else "/>"
            text = escape(run.text)
            runs.append(f"<a:r><a:rPr{style}>{inner}</a:rPr><a:t>{text}</a:t></a:r>")
        margin, style = (' marL="0" indent="0"', _PLAIN) if plain else ("", "")
        if at < len(numbers):
            # One list as long as the numbers follow each other.
            first = _first(numbers, at)
            start = f' startAt="{first}"' if first > 1 else ""
            margin = f' marL="{Pt(hanging)}" indent="-{Pt(hanging)}"' if hanging else ""
            style = f'<a:buAutoNum type="arabicPlain"{start}/>'
        # The margin of a paragraph is at its start, but "l" and "r" are the sides of the slide.
        if from_right:
            margin += ' algn="r" rtl="1"' if margin or starts else ' rtl="1"'
        elif margin:
            margin += ' algn="l"'
        style = f"<a:pPr{margin}>{style}</a:pPr>" if margin or style else ""
        found.append(f"<a:p>{style}{''.join(runs)}</a:p>")
    return "".join(found) or "<a:p/>"


def _language(language: str) -> str:
    """The attributes of a run in a language; what is in Latin letters there is English."""
    other = ' altLang="en-US"' if script_of(language).code != "Latn" else ""
    return f'lang="{language}"{other}'


def _first(numbers: Sequence[int], at: int) -> int:
    """The number at which the list begins that a number belongs to."""
    while at and numbers[at - 1] == numbers[at] - 1:
        at -= 1
    return numbers[at]


def set_paragraphs(body: Any, xml: str) -> None:
    """Replace the paragraphs of a text body."""
    for old in body.findall(qn("a:p")):
        body.remove(old)
    body.extend(parse_xml(f"<a:txBody {_SPACES}>{xml}</a:txBody>"))


def _content_shapes(
    layout: Any,
    chosen: LayoutChoice,
    content: SlideContent,
    language: str,
    relate: Relate,
    mirrored: float,
) -> Iterator[str]:
    """`mirrored` is the width in pt of a slide that will be mirrored, otherwise 0."""
    drawn = () if chosen.merged else illustrations(content, _layout_of(content, chosen))
    if mirrored:
        drawn = tuple(drawing.mirrored(mirrored) for drawing in drawn)
    number = _FIRST_DRAWING
    groups: list[tuple[Illustration, str]] = []
    for drawing in drawn:
        groups.append((drawing, group_xml(drawing, number)))
        number += len(drawing.shapes) + 1
    yield from (xml for drawing, xml in groups if drawing.behind)
    telling = [xml for drawing, xml in groups if drawing.alt]
    top = min((bounds(drawing.shapes)[1] for drawing in drawn if drawing.alt), default=0.0)
    written = [*_placeholders(layout, chosen, content, language, relate, mirrored=bool(mirrored))]
    # What says something is read after what is above it, and before the words beside it.
    above = [
        number
        for number, (name, _) in enumerate(written)
        if name in ("Title", "Kicker") or _is_above(name, content, chosen, top)
    ]
    after = max(above, default=-1) + 1
    yield from (xml for _, xml in written[:after])
    yield from telling
    yield from (xml for _, xml in written[after:])
    yield from (xml for drawing, xml in groups if not drawing.alt and not drawing.behind)


def _is_above(name: str, content: SlideContent, chosen: LayoutChoice, top: float) -> bool:
    """Whether a placeholder for text ends above this place, in pt, or reaches hardly below it."""
    frame = _layout_of(content, chosen).frames.get(name)
    return frame is not None and frame.box[1] + frame.outer <= top + _HARDLY


def _layout_of(content: SlideContent, chosen: LayoutChoice) -> Layout:
    return replace(chosen.layout, frames={**chosen.layout.frames, **content.places})


def _placeholders(
    layout: Any,
    chosen: LayoutChoice,
    content: SlideContent,
    language: str,
    relate: Relate,
    *,
    mirrored: bool,
) -> Iterator[tuple[str, str]]:
    """The placeholders that the slide fills, each with its name."""
    texts = {"Title": (content.title,), **content.texts}
    elements = [shape._element for shape in contents_of(layout)]
    placeholders = sorted(
        zip(chosen.placeholders, elements, strict=True), key=lambda pair: pair[0].name != "Title"
    )  # a foreign layout's title may not be the first, but is read first
    for number, (placeholder, element) in enumerate(placeholders, start=2):
        name = placeholder.name
        if (name == "Code" and content.code) or (name == "Table" and content.table):
            yield name, _shape(element, number, name, "", "<a:p/>")
            continue
        if not (lines := texts.get(name)):
            continue
        place, margins, size = "", "", content.sizes.get(name, 0)
        if frame := content.frames.get(name):
            top = frame.top - (frame.outer - frame.height) / 2
            high = content.heights.get(name, frame.outer)
            place = _place(Pt(frame.left), Pt(top), Pt(frame.width), Pt(high))
            margins, size = ' lIns="0" rIns="0"', size or frame.size
        elif frame := content.places.get(name):
            place = _place(*map(Pt, frame.box))
        elif name in content.heights:
            left, top, width, _ = placeholder.place
            place = _place(left, top, width, Pt(content.heights[name]))
        # Links on a panel can't have the color that they have on the slide.
        on_deep = not chosen.merged and chosen.layout.frames[name].is_on_deep
        numbers = content.numbers if name in NUMBERED else ()
        hanging = content.frames[name].indent if numbers and content.frames else 0
        text = paragraphs(
            lines,
            language,
            relate,
            size=size,
            scaled=size or (0 if chosen.merged else chosen.layout.frames[name].size),
            numbers=numbers,
            hanging=hanging,
            color="bg1" if on_deep else "",
            plain_links=chosen.merged or on_deep,
            starts=not mirrored and not chosen.layout.frames[name].centered,
        )
        yield name, _shape(element, number, name, place, text, margins)


def _foot(
    layout: Any,
    chosen: LayoutChoice,
    content: SlideContent,
    number: int,
    footer: str,
    language: str,
    draft: str,
    *,
    mirrored: bool,
) -> Iterator[str]:
    """The layout's footer, help line and slide number; their styles follow the layout.

    On a foreign template, a footer that does not fit is set smaller, or left out except `draft`.
    """
    frames = chosen.layout.frames
    foot = None if chosen.merged else foot_of(content, frames, footer, draft)
    for shape in layout._element.iter(qn("p:sp")):
        kind = shape.find(f".//{qn('p:ph')}")
        kind = None if kind is None else kind.get("type")
        style = f"<a:rPr {_language(language)}/>"
        if kind == "ftr" and shape.find(f".//{qn('p:cNvPr')}").get("name") == HELP_LINE:
            if foot and foot.help_line and foot.numbers:
                line = (Line(foot.numbers, ()),)
                text = paragraphs(line, language, str, scaled=foot.help_line.size)
                yield _shape(shape, 92, HELP_LINE, _place(*map(Pt, foot.help_line.box)), text)
        elif kind == "ftr":
            place, size = "", 0.0
            runs: TextRuns = (TextRun(footer),)
            if chosen.merged:
                footer = " · ".join(filter(None, (draft, footer)))
                footer = footer if _footer_size(chosen, footer) else draft
                size = _footer_size(chosen, footer) or 0.0
                if not (footer and size and chosen.footer):
                    continue
                runs = one_line(footer, content.help_numbers, replace(chosen.footer, size=size))
            elif foot:
                if not (foot.name and foot.footer):
                    continue
                place, runs = _place(*map(Pt, foot.footer.box)), (TextRun(foot.name),)
            frame = foot.footer if foot else chosen.footer
            starts = not mirrored and frame is not None and not frame.centered
            text = paragraphs((Line(runs, ()),), language, str, size=size, starts=starts)
            yield _shape(shape, 90, "Footer", place, text)
        elif kind == "sldNum":
            field = f'<a:fld id="{_FIELD}" type="slidenum">{style}<a:t>{number}</a:t></a:fld>'
            before = paragraphs((Line((), ()),), language, str)
            text = before.replace("</a:p>", f"{field}</a:p>")
            yield _shape(shape, 91, "Slide number", "", text)


def _footer_size(chosen: LayoutChoice, footer: str) -> float | None:
    """The size in pt at which a footer fits; None if it does not."""
    line = Line((TextRun(footer),), ())
    least = _SMALLEST_FOOTER * chosen.layout.scale
    return best_size([line], chosen.footer, least) if chosen.footer else None


def _add_notes(
    presentation: Any, slide: SlidePart, number: int, notes: Sequence[str], language: str
) -> None:
    """Add the slide's notes page; every slide has one, so that presenters can always add to it."""
    master = presentation.part.notes_master_part
    shapes = []
    for shape in master._element.iter(qn("p:sp")):
        kind = shape.find(f".//{qn('p:ph')}")
        kind = None if kind is None else kind.get("type", "body")
        if kind == "sldImg":
            shapes.append(_shape(shape, 2, "Slide image"))
        elif kind == "body":
            lines = [Line((TextRun(text),), ()) for text in notes]
            text = paragraphs(lines, language, relate_from(slide), starts=True)
            shapes.append(_shape(shape, 3, "Notes", "", text))
    part = NotesSlidePart(
        PackURI(f"/ppt/notesSlides/notesSlide{number}.xml"),
        CT.PML_NOTES_SLIDE,
        slide.package,
        parse_xml(
            f"<p:notes {_SPACES}>{_tree(shapes)}"
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
        ),
    )
    part.relate_to(master, RT.NOTES_MASTER)
    part.relate_to(slide, RT.SLIDE)
    slide.relate_to(part, RT.NOTES_SLIDE)


def _tree(shapes: Sequence[str]) -> str:
    return (
        '<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/>'
        f"</p:nvGrpSpPr><p:grpSpPr/>{''.join(shapes)}</p:spTree></p:cSld>"
    )


def _shape(
    layout: Any, number: int, name: str, place: str = "", text: str = "", margins: str = ""
) -> str:
    """A placeholder that inherits from a layout or master; without `text`, one for a picture."""
    own = layout.find(f".//{qn('p:ph')}").attrib
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in own.items())
    locks = "" if text else ' noRot="1" noChangeAspect="1"'
    body = f"<p:txBody><a:bodyPr{margins}/><a:lstStyle/>{text}</p:txBody>" if text else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)}/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"{locks}/></p:cNvSpPr>'
        f"<p:nvPr><p:ph{attributes}/></p:nvPr></p:nvSpPr>"
        f"<p:spPr>{place}</p:spPr>{body}</p:sp>"
    )


def _place(left: int, top: int, width: int, height: int) -> str:
    """A position and size in EMU."""
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _xml(element: Any) -> str:
    return str(etree.tostring(element, encoding="unicode"))
