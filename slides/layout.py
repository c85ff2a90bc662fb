"""From a pack and a template to slides at sizes at which they fit, before a file is written."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.package import PartFactory
from pptx.oxml.ns import qn
from pptx.package import Package
from pptx.parts.presentation import PresentationPart
from pptx.util import Pt

from pack.errors import TemplateError, template_errors
from pack.model import Pack
from pack.office_files import TEMPLATE, ArchiveError, check_office_file
from pack.theme import TEMPLATES
from slides import pptx_xml, school
from slides.arrange import arranged
from slides.composition import Composition, LayoutChoice, MasterBox
from slides.content import Lines, SlideContent
from slides.direction import is_right_to_left
from slides.fit import fit, too_long_for_picture
from slides.foreign_template import choose, merge
from slides.frames import Layout
from slides.make_room import make_room
from slides.raster import logo_image
from slides.slots import narrowed
from slides.template_metrics import measure_boxes

# python-pptx only opens .pptx files as presentations; templates and shows have the same parts.
for _type in (CT.PML_TEMPLATE_MAIN, CT.PML_SLIDESHOW_MAIN):
    PartFactory.part_type_for[_type] = PresentationPart

_TEMPLATE = TEMPLATES / "slides" / "theme.pptx"

#: Our own layouts as they were measured for an earlier deck.
_OUR_LAYOUTS: dict[str, LayoutChoice] = {}

#: The smallest and largest side of a slide in EMU (ECMA-376, 19.7.16).
_SMALLEST, _LARGEST = 914_400, 51_206_400

#: The most layouts of a master: each of them is measured.
_MOST_LAYOUTS = 500


def compose(
    pack: Pack, planned: tuple[SlideContent, ...], template: Path | None = None
) -> Composition:
    """The planned slides at sizes at which they fit, in the layouts of a template or our own.

    Raises `ContentError` if a text does not fit, `TemplateError` if the template has no suitable
    layout.
    """
    with template_errors(template):
        return _composed(pack, planned, template)


def _composed(pack: Pack, planned: tuple[SlideContent, ...], template: Path | None) -> Composition:
    presentation = open_template(template)
    known = None if template else _OUR_LAYOUTS
    # Others' layouts with our names are made for text from left to right, as our drawings on them.
    merged = bool(template) and is_right_to_left(pack.locale)
    chosen = choose(presentation, _wanted(planned), template or _TEMPLATE, known, merged=merged)
    continued = pack.labels.continued
    layouts = {name: choice.layout for name, choice in chosen.items()}
    placed = []
    too_long: dict[str, Lines] = {}
    for slide in planned:
        shown, too_long[slide.key] = _placed(slide, chosen, pack)
        placed.append(shown)
    head = school.head(pack)
    master = presentation.slide_master
    boxes = _master_boxes(master)
    if head:
        layouts[head.layout] = _head_layout(pack, boxes)
    named = template.name if template else ""
    slides = fit([*placed, head] if head else placed, layouts, continued, pack.origin, named)
    if head:
        slides, head = slides[:-1], slides[-1]
    size = (presentation.slide_width / Pt(1), presentation.slide_height / Pt(1))
    part = str(master.part.partname)[1:]
    return Composition(chosen, layouts, planned, slides, head, boxes, part, size, too_long)


def _placed(
    slide: SlideContent, chosen: Mapping[str, LayoutChoice], pack: Pack
) -> tuple[SlideContent, Lines]:
    """The slide in the form in which the template can show it: as a picture, or as a list.

    With it, the lines that are too long for the picture.
    """
    choice = chosen[slide.layout]
    too_long: Lines = ()
    if not choice.merged:
        drawn = arranged(slide, choice.layout, pack.script.drop)
        frames = {**choice.layout.frames, **drawn.places}
        if slide.plain:
            too_long = too_long_for_picture(drawn, frames)
        if not too_long:
            return drawn, ()
    listed = slide.plain or slide
    if not chosen[listed.layout].merged:
        return replace(_footed(listed, slide), door=slide.door), too_long
    listed = _footed(replace(listed, layout=slide.layout), slide)
    from_right = is_right_to_left(pack.locale)
    placed = make_room(merge(listed), chosen, pack.labels.continued, from_right=from_right)
    return placed, too_long


def _footed(listed: SlideContent, slide: SlideContent) -> SlideContent:
    """The slide as a list, with the foot that it has as a picture."""
    return replace(listed, track=slide.track, help_numbers=slide.help_numbers)


def check_template(planned: Sequence[SlideContent], template: Path) -> None:
    """Raise `TemplateError` if a file has no layout for some of the planned slides."""
    with template_errors(template):
        choose(open_template(template), _wanted(planned), template)


def open_template(template: Path | None) -> Any:
    """A template, by default ours, without its slides. Raises `TemplateError` for other files."""
    try:
        if template:
            check_office_file(template, TEMPLATE)
        main: Any = Package.open(str(template or _TEMPLATE)).main_document_part
        presentation = main.presentation
        pptx_xml.remove_slides(presentation)
        if template:
            pptx_xml.write_out_percentages(presentation)
    except ArchiveError as error:
        what, remedy = error.fault
        raise TemplateError(
            f"{template} can't be opened as a PowerPoint file: {what}. {remedy}"
        ) from None
    except Exception:  # python-pptx fails on damaged files in many ways
        raise TemplateError(
            f"{template} can't be opened as a PowerPoint file (.pptx or .potx). "
            "Open it in PowerPoint, and save it again as “PowerPoint Presentation”."
        ) from None
    if template:
        _check_size(presentation, template)
    return presentation


def _check_size(presentation: Any, template: Path) -> None:
    """Raise `TemplateError` if no slides have this size, or there are too many layouts."""
    size = (presentation.slide_width, presentation.slide_height)
    if any(side is None or not _SMALLEST <= side <= _LARGEST for side in size):
        raise TemplateError(
            f"{template} has slides of an impossible size. In PowerPoint, choose a size between 1 "
            "and 56 inches under Design, Slide Size."
        )
    count = len(presentation.slide_master._element.findall(f".//{qn('p:sldLayoutId')}"))
    if count > _MOST_LAYOUTS:
        raise TemplateError(
            f"{template} has {count:,} layouts; the limit is {_MOST_LAYOUTS}. "
            "In its slide master, delete those that no slide uses."
        )


def _wanted(planned: Sequence[SlideContent]) -> dict[str, set[str]]:
    """The placeholders that the slides need, by layout."""
    found: dict[str, set[str]] = {}
    every = [one for content in planned for one in (content, content.plain) if one]
    for content in every:
        needed = found.setdefault(content.layout, {"Title"})
        needed |= {name for name, lines in content.texts.items() if lines}
        needed |= {"Code"} if content.code else set()
        needed |= {"Table"} if content.table else set()
    return found


def _master_boxes(master: Any) -> dict[str, MasterBox]:
    """The boxes on the master that show the school."""
    frames = measure_boxes(master, school.BOXES).frames
    return {
        shape.name: MasterBox(frames[shape.name], pptx_xml.place_of(shape))
        for shape in master.shapes
        if shape.name in frames
    }


def _head_layout(pack: Pack, boxes: Mapping[str, MasterBox]) -> Layout:
    """The master's boxes as a layout; a logo takes some of the room for the name."""
    frames = {name: box.frame for name, box in boxes.items()}
    logo, box = school.logo(pack), boxes.get("school.name")
    if logo and box:
        ratio = logo_image(logo.file).ratio
        frames["school.name"] = narrowed(box.frame, box.place, ratio)
    return Layout(frames, "", ())
