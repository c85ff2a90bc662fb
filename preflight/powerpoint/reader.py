"""A PowerPoint file as plain data: `read(data) -> Deck` (ECMA-376, part 1, 19).

Read with lxml alone: python-pptx's objects look everything up again whenever they are asked.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from preflight.powerpoint.inheritance import EFFECTS, Look, P, look_of, placeholder_of
from preflight.powerpoint.package import Package
from preflight.powerpoint.shapes import Shape, links_of, read_shapes
from preflight.powerpoint.styles import POINT, A, Style
from preflight.powerpoint.texts import PptxRun, language_of

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class PptxNotes:
    """A slide's page of notes: the presenter's text, all its runs and the addresses it links to."""

    text: str
    runs: tuple[PptxRun, ...]
    links: tuple[str, ...]


@dataclass(frozen=True)
class PptxSlide:
    """A slide, with its shapes in the order in which they are read.

    `number` counts from 1. `moving` says that something on it, or on its layout or master,
    moves or appears by itself.
    """

    number: int
    id: int
    hidden: bool
    shapes: tuple[Shape, ...]
    notes: PptxNotes | None
    moving: bool

    @property
    def title(self) -> Shape | None:
        return next((shape for shape in self.shapes if shape.is_title), None)

    @cached_property
    def text(self) -> str:
        """Everything that is written on it."""
        return "\n".join(shape.text for shape in self.shapes)


@dataclass(frozen=True)
class PptxDeck:
    """A PowerPoint file; lengths in pt.

    `sections` are the ids of each section's slides; `properties` the document's properties and
    `counts` the numbers in docProps/app.xml, both by name. `school` are the boxes on the masters
    that hold the school's name and how to reach it.
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
    """Raises `zipfile.BadZipFile` or `KeyError` if it is no PowerPoint file."""
    package = Package(data)
    name = package.related("", "officeDocument")
    root = package.xml(name)
    size = root.find(f"{P}sldSz")
    looks = _looks(package, root)
    return PptxDeck(
        width=int(size.get("cx")) / POINT,
        height=int(size.get("cy")) / POINT,
        slides=tuple(
            _slide(package, looks, number, int(one.get("id")), part)
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
            for shape in read_shapes(package.xml(part), looks(part, part), package, part)
            if shape.name.startswith("school.")
        ),
    )


def _listed(package: Package, presentation: str, tag: str) -> Iterator[tuple[Any, str]]:
    """The presentation's slides or masters: the elements that list them, and their parts."""
    relations = package.relations(presentation)
    for one in package.xml(presentation).iterfind(f"{P}{tag}Lst/{P}{tag}"):
        yield one, relations[one.get(_ID)].target


def _looks(package: Package, presentation: Any) -> Callable[[str, str], Look]:
    """The look of a slide or master, by its part and that of its layout; each is found once."""
    looks: dict[tuple[str, str], Look] = {}

    def look(part: str, layout: str) -> Look:
        master = package.related(layout, "slideMaster") or layout
        mapping = package.xml(part).find(f"{P}clrMapOvr/{A}overrideClrMapping")
        if mapping is None:
            mapping = package.xml(master).find(f"{P}clrMap")
        key = layout, str(sorted(mapping.items()))
        if key not in looks:
            theme = package.xml(package.related(master, "theme"))
            looks[key] = look_of(
                presentation, theme, package.xml(master), package.xml(layout), mapping
            )
        return looks[key]

    return look


def _slide(
    package: Package, looks: Callable[[str, str], Look], number: int, identity: int, part: str
) -> PptxSlide:
    root = package.xml(part)
    look = looks(part, package.related(part, "slideLayout"))
    notes = package.related(part, "notesSlide")
    # A layout's transition is only a proposal for new slides; its effects play on every slide.
    moving = next(root.iter(f"{P}transition", *EFFECTS), None)
    return PptxSlide(
        number=number,
        id=identity,
        hidden=root.get("show") in ("0", "false"),
        shapes=tuple(read_shapes(root, look, package, part)),
        notes=_notes(package, notes) if notes else None,
        moving=look.moving or moving is not None,
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
