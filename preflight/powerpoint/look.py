"""Is the deck easy to follow from the last row? Hints on how its slides look, none of them errors.

Only for decks on our own template: what a district's looks like is the district's to decide.
"""

import math
from collections.abc import Iterator
from itertools import groupby

from pack.problems import Fault, Severity
from pack.theme import load_theme
from preflight.findings import Finding, Rule
from preflight.powerpoint.measure import last_rows, text_height
from preflight.powerpoint.reader import PptxDeck, PptxSlide
from preflight.powerpoint.shapes import Shape
from preflight.powerpoint.texts import PptxText
from slides.arrange import stem
from slides.fit import LABELS
from slides.text_metrics import count_words

_HOUSE = "house rule: slides"
ALIKE = Rule("deck-alike", _HOUSE, Severity.WARNING)
WORDS = Rule("deck-words", _HOUSE, Severity.WARNING)
BODY_SIZE = Rule("deck-body-size", _HOUSE, Severity.WARNING)
LAST_WORD = Rule("deck-last-word", _HOUSE, Severity.WARNING)
EMPTY_FOOT = Rule("deck-empty-foot", _HOUSE, Severity.WARNING)

#: The most slides in a row with one layout, and the most words on a slide.
_ALIKE, _WORDS = 2, 45

#: Where a space stands between syllables: how many of them a word has, on average.
_SYLLABLES = {"vi": 1.5}

#: How short, in letters, a word must be to look lost in a row of its own, and by how much longer
#: another row must be.
_SHORT, _LONGER = 8, 2

#: Where the last third of a slide begins and where its foot does, as parts of its height.
_LOWER, _FOOT = 0.65, 0.91

#: Parts of one picture, or of one talk with a child: these may follow each other.
_GO_ON = ("Path", "Say")

#: Layouts whose words are spoken or looked up, not read, and those of the police question, whose
#: note must be on the same slide.
_WORDY = ("Say", "Help map", "Contacts", "Path with note")

#: Layouts that are mostly empty on purpose.
_AIRY = ("Title", "Section", "Closing", "Statement", "Quote")


def check_look(deck: PptxDeck) -> Iterator[Finding]:
    """Yield hints on a deck that is built on our own template."""
    yield from _alike(deck)
    for slide in deck.slides:
        yield from _words(slide, deck.properties.get("language", ""))
        yield from _empty_foot(slide, deck.height)
        for shape in slide.shapes:
            if _is_read(shape):
                yield from _body_size(slide, shape)
                yield from _last_word(slide, shape)


def _alike(deck: PptxDeck) -> Iterator[Finding]:
    for layout, group in groupby(deck.slides, lambda slide: slide.layout):
        slides = list(group)
        if len(slides) > _ALIKE and not layout.startswith(_GO_ON):
            what = f"{len(slides)} slides in a row look the same (“{layout}”)"
            remedy = "Show one of them with another “layout:”, or put another slide between them."
            slide = slides[_ALIKE]
            title = slide.title.text if slide.title else ""
            yield Finding(ALIKE, slide.number, Fault(what, remedy), title)


def _words(slide: PptxSlide, language: str) -> Iterator[Finding]:
    parts = sum(len(shape.text.split()) for shape in slide.shapes if _is_read(shape))
    count = math.ceil(parts / _SYLLABLES.get(language.split("-")[0], 1))
    if count > _WORDS and slide.layout not in _WORDY:
        what = f"the slide has {count} words to read, and listeners can follow {_WORDS}"
        remedy = "Shorten it, or divide it. What is only said belongs under “say:”."
        title = slide.title.text if slide.title else ""
        yield Finding(WORDS, slide.number, Fault(what, remedy), title)


def _body_size(slide: PptxSlide, shape: Shape) -> Iterator[Finding]:
    least = load_theme().smallest["body"]
    size = min((run.style.size for text in shape.texts for run in text.runs), default=least)
    if size < least - 0.01 and not shape.is_title:
        what = f"“{shape.name}” is set in {size:g} pt; the last row can read {least:g} pt"
        yield _finding(BODY_SIZE, slide, shape, what, "Shorten the text, so that it can be larger.")


def _last_word(slide: PptxSlide, shape: Shape) -> Iterator[Finding]:
    for text in shape.texts:
        for paragraph in text.paragraphs:
            rows = last_rows(paragraph, text.width)
            word = rows[-1].strip()
            letters = sum(letter.isalnum() for letter in word)
            # Words may be bound together, and Chinese has no spaces between them.
            lost = 0 < letters <= _SHORT and len(word.split()) == count_words(word) == 1
            if lost and len(word) * _LONGER < max(map(len, rows)):
                what = f"“{word}” stands alone in the last row of “{_beginning(paragraph.text)}”"
                remedy = "Leave out a word, or change one or two."
                fault = Fault(what, remedy)
                yield Finding(LAST_WORD, slide.number, fault, paragraph.text, spot=shape.box)


def _empty_foot(slide: PptxSlide, height: float) -> Iterator[Finding]:
    """A slide whose content ends above its last third, as if something were missing."""
    if slide.layout.startswith(_AIRY):
        return
    shown = (shape for shape in slide.shapes if shape.box[1] < _FOOT * height)
    bottom = max((_bottom(shape) for shape in shown if not shape.is_small), default=height)
    if bottom < _LOWER * height:
        what = f"the slide is empty below {bottom / height:.0%} of its height"
        remedy = "Choose a layout with a picture, such as “grid”, “process” or “statement”."
        title = slide.title.text if slide.title else ""
        yield Finding(EMPTY_FOOT, slide.number, Fault(what, remedy), title)


def _bottom(shape: Shape) -> float:
    """Where what a shape shows ends, in pt: its text, or its box if one can see it."""
    if shape.kind != "text" or shape.filled:
        return shape.box[3]
    return max((_end(text, shape) for text in shape.texts if text.text.strip()), default=0)


def _end(text: PptxText, shape: Shape) -> float:
    """Where a text in a shape ends, in pt; the margins around it count as equal."""
    middle, high = (shape.box[1] + shape.box[3]) / 2, text_height(text)
    if text.anchor == "ctr":
        return middle + high / 2
    return middle + (high - text.height / 2 if text.anchor == "t" else text.height / 2)


def _is_read(shape: Shape) -> bool:
    """Whether people must read a shape's text: it is no label, footer, table or slide number."""
    return shape.kind == "text" and not shape.is_small and stem(shape.name) not in LABELS


def _finding(rule: Rule, slide: PptxSlide, shape: Shape, what: str, remedy: str) -> Finding:
    return Finding(rule, slide.number, Fault(what, remedy), shape.text, spot=shape.box)


def _beginning(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) < 50 else text[:47].rstrip() + "…"
