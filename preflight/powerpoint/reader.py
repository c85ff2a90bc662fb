"""A PowerPoint file as plain data: `read(data) -> PptxDeck` (ECMA-376, part 1, 19).

Reads with lxml alone: python-pptx's objects look everything up again on each access.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Any

from pack.isolates import without_marks
from preflight.powerpoint.inheritance import EFFECTS, Appearance, P, appearance_of, placeholder_of
from preflight.powerpoint.package import Package
from preflight.powerpoint.shapes import Shape, links_of, read_shapes
from preflight.powerpoint.styles import POINT, A, Style
from preflight.powerpoint.texts import PptxRun, language_of
from preflight.steps import NumberedText

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class PptxNotes:
    """A slide's notes page: the presenter's text, all runs, and the addresses it links to."""

    text: str
    runs: tuple[PptxRun, ...]
    links: tuple[str, ...]


@dataclass(frozen=True)
class PptxSlide:
    """A slide, with its shapes in reading order.

    `number` counts from 1. `layout` is the name of its layout. `moving` is true if anything on it,
    or on its layout or master, moves or appears by itself.
    """

    number: int
    id: int
    hidden: bool
    shapes: tuple[Shape, ...]
    notes: PptxNotes | None
    moving: bool
    layout: str = ""

    @property
    def title(self) -> Shape | None:
        return next((shape for shape in self.shapes if shape.is_title), None)

    @cached_property
    def text(self) -> str:
        """All text on the slide."""
        return "\n".join(shape.text for shape in self.shapes)

    @property
    def read(self) -> str:
        """The text that people read there: without what repeats at the foot of every slide."""
        return "\n".join(shape.text for shape in self.shapes if not shape.is_small)

    @property
    def numbered(self) -> Iterator[NumberedText]:
        """Texts with a number: of a list, or in a box of its own that is read before them."""
        for shape, after in zip_longest(self.shapes, self.shapes[1:]):
            for paragraph in (one for text in shape.texts for one in text.paragraphs):
                if paragraph.number:
                    text = without_marks(paragraph.text)
                    yield NumberedText(self.number, paragraph.number, text)
            number = without_marks(shape.text).strip()
            if after and number.isdecimal():
                yield NumberedText(self.number, int(number), without_marks(after.text))


@dataclass(frozen=True)
class PptxDeck:
    """A PowerPoint file; lengths in pt.

    `sections` holds the slide ids of each section. `properties` are the document's properties and
    `counts` the numbers in docProps/app.xml, both by name. `school` are the boxes on the masters
    that show the school's name and contact details.
    """

    width: float
    height: float
    slides: tuple[PptxSlide, ...]
    sections: tuple[tuple[int, ...], ...]
    lists_notes_master: bool
    properties: Mapping[str, str]
    counts: Mapping[str, str]
    school: tuple[Shape, ...]


def read(data: bytes) -> PptxDeck:
    """Read a PowerPoint file. Raises `zipfile.BadZipFile` or `KeyError` if it is none."""
    package = Package(data)
    name = package.related("", "officeDocument")
    root = package.xml(name)
    size = root.find(f"{P}sldSz")
    appearances = _appearances(package, root)
    return PptxDeck(
        width=int(size.get("cx")) / POINT,
        height=int(size.get("cy")) / POINT,
        slides=tuple(
            _slide(package, appearances, number, int(one.get("id")), part)
            for number, (one, part) in enumerate(_listed(package, name, "sldId"), start=1)
        ),
        sections=tuple(
            tuple(int(one.get("id")) for one in section.iterfind("{*}sldIdLst/{*}sldId"))
            for section in root.iterfind(f"{P}extLst/{P}ext/{{*}}sectionLst/{{*}}section")
        ),
        lists_notes_master=root.find(f"{P}notesMasterIdLst/{P}notesMasterId") is not None,
        properties=_values(package, package.related("", "core-properties")),
        counts=_values(package, package.related("", "extended-properties")),
        school=tuple(
            shape
            for _, part in _listed(package, name, "sldMasterId")
            for shape in read_shapes(package.xml(part), appearances(part, part), package, part)
            if shape.name.startswith("school.")
        ),
    )


def _listed(package: Package, presentation: str, tag: str) -> Iterator[tuple[Any, str]]:
    """The presentation's slides or masters: the elements that list them, and their parts."""
    relations = package.relations(presentation)
    for one in package.xml(presentation).iterfind(f"{P}{tag}Lst/{P}{tag}"):
        yield one, relations[one.get(_ID)].target


def _appearances(package: Package, presentation: Any) -> Callable[[str, str], Appearance]:
    """A cached function from a slide or master and its layout, as parts, to their appearance."""
    appearances: dict[tuple[str, str], Appearance] = {}

    def appearance(part: str, layout: str) -> Appearance:
        master = package.related(layout, "slideMaster") or layout
        mapping = package.xml(part).find(f"{P}clrMapOvr/{A}overrideClrMapping")
        if mapping is None:
            mapping = package.xml(master).find(f"{P}clrMap")
        key = layout, str(sorted(mapping.items()))
        if key not in appearances:
            theme = package.xml(package.related(master, "theme"))
            appearances[key] = appearance_of(
                presentation, theme, package.xml(master), package.xml(layout), mapping
            )
        return appearances[key]

    return appearance


def _slide(
    package: Package,
    appearances: Callable[[str, str], Appearance],
    number: int,
    identity: int,
    part: str,
) -> PptxSlide:
    root = package.xml(part)
    layout = package.related(part, "slideLayout")
    appearance = appearances(part, layout)
    notes = package.related(part, "notesSlide")
    # A layout's transition is only a default for new slides; its effects play on every slide.
    moving = next(root.iter(f"{P}transition", *EFFECTS), None)
    return PptxSlide(
        number=number,
        id=identity,
        hidden=root.get("show") in ("0", "false"),
        shapes=tuple(read_shapes(root, appearance, package, part)),
        notes=_notes(package, notes) if notes else None,
        moving=appearance.moving or moving is not None,
        layout=package.xml(layout).find(f"{P}cSld").get("name", ""),
    )


def _notes(package: Package, part: str) -> PptxNotes:
    root = package.xml(part)
    texts = [
        "".join(shape.itertext(f"{A}t"))
        for shape in root.iter(f"{P}sp")
        if (found := placeholder_of(shape)) is not None and found.get("type") == "body"
    ]
    runs = (
        PptxRun(run.findtext(f"{A}t") or "", Style(), language_of(run))
        for run in root.iter(f"{A}r", f"{A}fld")
    )
    has_links = next(root.iter(f"{A}hlinkClick"), None) is not None
    return PptxNotes(
        text="\n".join(texts),
        runs=tuple(run for run in runs if run.text.strip()),
        links=tuple(links_of(root, package.relations(part))) if has_links else (),
    )


def _values(package: Package, part: str) -> dict[str, str]:
    if not part:
        return {}
    return {one.tag.rpartition("}")[2]: one.text or "" for one in package.xml(part)}
