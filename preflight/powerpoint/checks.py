"""Can everyone use the deck? Checks the finished file, slide by slide.

`check_deck` treats the file as a black box: it knows nothing about how it was made.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from pack.problems import Fault
from pack.scripts import script_of
from preflight.findings import Finding, Rule
from preflight.powerpoint.legibility import check_foot, check_text, check_typefaces
from preflight.powerpoint.numbers import check_numbers
from preflight.powerpoint.qr_codes import check_codes, check_links
from preflight.powerpoint.reader import PptxDeck, PptxSlide
from preflight.powerpoint.shapes import Shape
from slides.arrange import stem

TITLE = Rule("deck-title", "WCAG 2.1, 2.4.2")
UNIQUE_TITLE = Rule("deck-unique-title", "WCAG 2.1, 2.4.2")
ORDER = Rule("deck-reading-order", "WCAG 2.1, 1.3.2")
ALT = Rule("deck-alt-text", "WCAG 2.1, 1.1.1")
DECORATIVE = Rule("deck-decorative", "WCAG 2.1, 1.1.1")
LANGUAGE = Rule("deck-language", "WCAG 2.1, 3.1.2")
TABLE_HEAD = Rule("deck-table-head", "WCAG 2.1, 1.3.1")
PROPERTIES = Rule("deck-properties", "WCAG 2.1, 2.4.2 and 3.1.1")
LEFTOVERS = Rule("deck-leftovers", "house rule: slides")
NOTES = Rule("deck-notes", "house rule: slides")
NOTES_MASTER = Rule("deck-notes-master", "ECMA-376, part 1, 19.2.1.21")
COUNTS = Rule("deck-counts", "ECMA-376, part 1, 22.2")
IDS = Rule("deck-slide-ids", "ECMA-376, part 1, 19.7.13")
SECTIONS = Rule("deck-sections", "MS-PPTX, 2.6.7")
MOTION = Rule("deck-motion", "WCAG 2.1, 2.2.2")
OUTLINE = Rule("deck-text-in-placeholders", "WCAG 2.1, 1.3.1")
EMPTY = Rule("deck-empty-placeholder", "house rule: slides")
OFF_SLIDE = Rule("deck-off-slide", "house rule: slides")

#: The remedy for what only the person who maintains the program can fix.
_OURS = "You can't fix this in the content file: tell the person who maintains the program."

_PROPERTIES = {
    "title": "title",
    "creator": "author",
    "subject": "subject",
    "language": "language",
}
#: What python-pptx writes to the properties of a new file.
_LEFTOVERS = ("Steve Canny", "python-pptx", "PowerPoint Presentation")

#: Alternative texts that say nothing: a file name, or a default that programs fill in.
_NO_ALT = re.compile(
    r".*\.(png|jpe?g|gif|svg|webp|tiff?|bmp|emf|wmf|mp4|mov|m4v)"
    r"|(picture|image|photo|graphic|group|table|chart|object|logo|video|movie)[ _-]*\d*",
    re.IGNORECASE,
)

#: How far, in pt, a shape may overlap the next and still count as coming before it.
_TOLERANCE = 1.0


def check_deck(
    deck: PptxDeck,
    *,
    language: str,
    codes: Mapping[str, str],
    addresses: Collection[str],
    numbers: Collection[str] = (),
) -> Iterator[Finding]:
    """Yield what is wrong with a PowerPoint file; a finding's page is its slide.

    `language` is the language of all text, such as "en-US". `codes` maps the addresses that QR
    codes may open to the form printed beside the code; `addresses` are all allowed link targets.
    `numbers` are those that text from right to left could show backwards.
    """
    for check_file in (_properties, _counts, _ids, _sections, _notes_master, _unique_titles):
        yield from check_file(deck)
    for slide in deck.slides:
        for check in (_title, _alt, _decorative, _table_head, _notes, _motion, _outline):
            yield from check(slide)
        yield from _order(slide, from_right=script_of(language).is_right_to_left)
        yield from _empty(slide)
        yield from _off_slide(slide, deck)
        yield from _language(slide, language)
        yield from check_codes(slide, deck.height, codes)
        yield from check_links(slide, addresses)
        yield from check_numbers(slide, numbers)
        yield from check_text(slide.shapes, slide.number, deck.height)
    yield from check_text(deck.school, 0, deck.height)
    yield from check_foot(deck.slides)
    yield from check_typefaces(deck.slides)


def _properties(deck: PptxDeck) -> Iterator[Finding]:
    for name, plain in _PROPERTIES.items():
        if not deck.properties.get(name, "").strip():
            what = f"the document has no {plain}, which screen readers and searches show first"
            yield Finding(PROPERTIES, 0, Fault(what, _OURS))
    for values in (deck.properties, deck.counts):
        for name, value in values.items():
            if any(leftover in value for leftover in _LEFTOVERS):
                what = f"the document's property “{name}” still says “{value}”"
                remedy = "Empty it in the template: File, Info, Properties in PowerPoint."
                yield Finding(LEFTOVERS, 0, Fault(what, remedy))


def _counts(deck: PptxDeck) -> Iterator[Finding]:
    true = {
        "Slides": len(deck.slides),
        "Notes": sum(slide.notes is not None for slide in deck.slides),
        "HiddenSlides": sum(slide.hidden for slide in deck.slides),
    }
    for name, count in true.items():
        said = deck.counts.get(name, "nothing")
        if said != str(count):
            what = f"docProps/app.xml gives “{name}” as {said}, but there are {count}"
            yield Finding(COUNTS, 0, Fault(what, _OURS))


def _ids(deck: PptxDeck) -> Iterator[Finding]:
    first: dict[int, int] = {}
    for slide in deck.slides:
        if slide.id in first:
            what = f"the slide has the same id as slide {first[slide.id]}"
            yield Finding(
                IDS, slide.number, Fault(f"{what}, so links can't tell them apart", _OURS)
            )
        elif not 256 <= slide.id < 2**31:
            what = f"the slide's id {slide.id} is outside 256 to 2147483647"
            yield Finding(
                IDS,
                slide.number,
                Fault(f"{what}, so PowerPoint would repair the file", _OURS),
            )
        first.setdefault(slide.id, slide.number)


def _sections(deck: PptxDeck) -> Iterator[Finding]:
    """Report nothing if ids are not unique: no section can be right then."""
    listed = Counter(number for section in deck.sections for number in section)
    known = {slide.id for slide in deck.slides}
    if len(known) < len(deck.slides):
        return
    if not deck.sections:
        what = "the deck has no sections, so a presenter can't find the parts of the talk"
        yield Finding(SECTIONS, 0, Fault(what, _OURS))
        return
    for slide in deck.slides:
        if (count := listed[slide.id]) != 1:
            what = f"the slide is in {count or 'none'} of the deck's sections, not in exactly one"
            yield Finding(SECTIONS, slide.number, Fault(what, _OURS))
    if unknown := sorted(set(listed) - known):
        what = f"the sections list {len(unknown)} slides that are not in the deck"
        yield Finding(SECTIONS, 0, Fault(what, _OURS))


def _notes_master(deck: PptxDeck) -> Iterator[Finding]:
    if not deck.lists_notes_master and any(slide.notes is not None for slide in deck.slides):
        what = "the deck does not list its notes master, so Keynote shows an error"
        yield Finding(NOTES_MASTER, 0, Fault(what, _OURS))


def _unique_titles(deck: PptxDeck) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for slide in deck.slides:
        if not (title := slide.title) or not (text := _folded(title.text)):
            continue
        if text in first:
            what = f"the title “{title.text}” is also the title of slide {first[text]}"
            remedy = "Give each slide its own “title:”, so that listeners can tell them apart."
            yield _finding(UNIQUE_TITLE, slide, title, what, remedy)
        first.setdefault(text, slide.number)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _title(slide: PptxSlide) -> Iterator[Finding]:
    title = slide.title
    if title is None:
        what = "the slide has no title placeholder, so screen readers have no name for it"
        remedy = "Add a title placeholder to its layout in the template's slide master."
        yield Finding(TITLE, slide.number, Fault(what, remedy))
    elif not title.text.strip():
        yield _finding(TITLE, slide, title, "the slide's title is empty", "Give it a “title:”.")


def _order(slide: PptxSlide, *, from_right: bool) -> Iterator[Finding]:
    """The order of shapes is the reading order: top to bottom, left to right or `from_right`."""
    # A screen reader passes over what is only decoration.
    shapes = [shape for shape in slide.shapes if not (shape.is_small or shape.decorative)]
    remedy = (
        "In the template's slide master, open the layout, then choose Arrange > Selection Pane: "
        "from the bottom up, the boxes must be in reading order."
    )
    if (title := slide.title) and shapes[0] is not title:
        what = f"“{shapes[0].name}” is read before the slide's title"
        yield _finding(ORDER, slide, shapes[0], what, remedy)
    others = [shape for shape in shapes if shape is not title]
    for shape, after in combinations(others, 2):
        # The places of a ring, such as “Point 1” and “Point 2”, are in the order of their numbers.
        if stem(shape.name) != stem(after.name) and _stands_before(after, shape, from_right):
            what = f"“{after.name}” is read after “{shape.name}”, but comes before it on the slide"
            yield _finding(ORDER, slide, after, what, remedy)


def _stands_before(one: Shape, other: Shape, from_right: bool) -> bool:
    """Whether one is above the other and not in a later column, or beside it at its start."""
    left, top, right, bottom = one.box
    other_left, other_top, other_right, other_bottom = other.box
    if from_right:
        left, right, other_left, other_right = -right, -left, -other_right, -other_left
    if bottom <= other_top + _TOLERANCE:
        return left < other_right - _TOLERANCE
    # A drawing may have words on all sides; it is read before them.
    beside = top < other_bottom - _TOLERANCE and other.kind != "group"
    return beside and right <= other_left + _TOLERANCE


def _alt(slide: PptxSlide) -> Iterator[Finding]:
    remedy = "Describe it in its “alt” or title in the content file, or in the template."
    for shape in slide.shapes:
        if shape.kind not in ("picture", "table", "object", "group") or shape.decorative:
            continue
        if not shape.alt and shape.kind != "group":  # _decorative checks groups, too
            what = f"the {shape.kind} “{shape.name}” has no alternative text for screen readers"
            yield _finding(ALT, slide, shape, what, remedy)
        elif shape.alt and _NO_ALT.fullmatch(shape.alt):
            what = f"the {shape.kind} “{shape.name}” has the alternative text “{shape.alt}”, "
            what += "which does not describe it"
            yield _finding(ALT, slide, shape, what, remedy, shape.alt)


def _decorative(slide: PptxSlide) -> Iterator[Finding]:
    for shape in slide.shapes:
        is_empty = shape.kind in ("text", "line", "group") and not shape.text.strip()
        if is_empty and not (shape.placeholder or shape.alt or shape.decorative):
            what = f"“{shape.name}” has no text and is not marked as decorative"
            remedy = "In PowerPoint, select “Mark as decorative” for it, or give it a description."
            yield _finding(DECORATIVE, slide, shape, what, remedy)


def _table_head(slide: PptxSlide) -> Iterator[Finding]:
    for shape in slide.shapes:
        if shape.kind == "table" and not shape.headed:
            what = f"the first row of “{shape.name}” is not marked as its header row"
            yield _finding(TABLE_HEAD, slide, shape, what, _OURS)


def _notes(slide: PptxSlide) -> Iterator[Finding]:
    if slide.notes is None or not slide.notes.text.strip():
        what = "the slide has no notes, so the presenter won't know what to say"
        yield Finding(
            NOTES, slide.number, Fault(what, "Write what to say under the slide's “say:”.")
        )


def _motion(slide: PptxSlide) -> Iterator[Finding]:
    if slide.moving:
        what = "the slide has a transition or an animation, which makes some people unwell"
        remedy = "Remove it in the template: Transitions > None, and Animations > None."
        yield Finding(MOTION, slide.number, Fault(what, remedy))


def _outline(slide: PptxSlide) -> Iterator[Finding]:
    for shape in slide.shapes:
        if shape.kind in ("text", "group") and shape.text.strip() and not shape.placeholder:
            what = f"the text of “{shape.name}” is outside the slide's placeholders, "
            what += "so the outline view does not show it"
            yield _finding(OUTLINE, slide, shape, what, _OURS)


def _empty(slide: PptxSlide) -> Iterator[Finding]:
    for shape in slide.shapes:
        waits = shape.placeholder and shape.kind == "text" and not shape.is_title
        if waits and not shape.text.strip():
            what = f"the placeholder “{shape.name}” is empty"
            yield _finding(EMPTY, slide, shape, what, _OURS)


def _off_slide(slide: PptxSlide, deck: PptxDeck) -> Iterator[Finding]:
    for shape in slide.shapes:
        left, top, right, bottom = shape.box
        width, height = deck.width + _TOLERANCE, deck.height + _TOLERANCE
        if min(left, top) < -_TOLERANCE or right > width or bottom > height:
            what = f"“{shape.name}” extends beyond the edge of the slide"
            remedy = "Move it on its layout in the template. If it is a table, remove rows."
            yield _finding(OFF_SLIDE, slide, shape, what, remedy)


def _language(slide: PptxSlide, language: str) -> Iterator[Finding]:
    shown = [run for shape in slide.shapes for text in shape.texts for run in text.runs]
    spoken = slide.notes.runs if slide.notes else ()
    for where, runs in (("slide", shown), ("slide's notes", spoken)):
        wrong = [run for run in runs if run.language != language]
        if wrong:
            marked = f"as “{wrong[0].language}”" if wrong[0].language else "with no language"
            what = f"text in the {where} is marked {marked}, not “{language}”: "
            what += f"“{wrong[0].text.strip()}”"
            remedy = f"{_OURS} A screen reader would read it in the wrong voice."
            yield Finding(LANGUAGE, slide.number, Fault(what, remedy), wrong[0].text)


def _finding(
    rule: Rule, slide: PptxSlide, shape: Shape, what: str, remedy: str, subject: str = ""
) -> Finding:
    """A finding on a shape. Its subject is the shape's text, unless `subject` is given."""
    fault = Fault(what, remedy)
    return Finding(rule, slide.number, fault, subject or shape.text, spot=shape.box)
