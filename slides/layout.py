"""From a pack and a template to slides at sizes at which they fit, before a file is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from pptx import Presentation
from pptx.exc import PythonPptxError

from pack.errors import TemplateError
from pack.model import Pack
from pack.theme import TEMPLATES
from slides import pptx_xml, school
from slides.content import SlideContent
from slides.fit import fit
from slides.foreign_template import LayoutChoice, beside_code, choose, merge
from slides.frames import Layout
from slides.outline import plan
from slides.raster import logo_image
from slides.slots import narrowed
from slides.template_metrics import measure_boxes

_TEMPLATE = TEMPLATES / "slides" / "theme.pptx"

#: The side of a QR code on a template of others, in parts of the slide's height.
_CODE = 0.52


@dataclass(frozen=True)
class Composed:
    """A template without slides, and what is to stand in it.

    `chosen` and `looks` are its layouts by our names, `planned` the slides as they are meant and
    `slides` as they fit: of other sizes, or divided. `head` is what stands on the master.
    """

    presentation: Any
    chosen: dict[str, LayoutChoice]
    looks: dict[str, Layout]
    planned: tuple[SlideContent, ...]
    slides: tuple[SlideContent, ...]
    head: SlideContent | None


def compose(pack: Pack, template: Path | None = None) -> Composed:
    """The slides, at sizes at which they fit, and the template's layouts that they stand in.

    Raises `ContentError` if a text does not fit, `TemplateError` if the template lacks a layout.
    """
    presentation = open_template(template or _TEMPLATE)
    planned = plan(pack)
    chosen = choose(presentation, wanted(planned))
    for name in {content.layout for content in planned if content.code}:
        if chosen[name].merged:
            look = beside_code(chosen[name].look, chosen[name].height * _CODE)
            chosen[name] = replace(chosen[name], look=look)
    looks = {name: one.look for name, one in chosen.items()}
    placed = [merge(one) if chosen[one.layout].merged else one for one in planned]
    head = school.head(pack)
    if head:
        looks[head.layout] = _head_look(pack, presentation.slide_master)
    fitted = fit([*placed, head] if head else placed, looks, pack.labels.continued, pack.origin)
    if head:
        fitted, head = fitted[:-1], fitted[-1]
    slides = tuple(
        replace(one, frames=looks[one.layout].frames) if chosen[one.layout].merged else one
        for one in fitted
    )
    return Composed(presentation, chosen, looks, planned, slides, head)


def open_template(template: Path) -> Any:
    """A template without its slides. Raises `TemplateError` if it is none."""
    try:
        presentation: Any = Presentation(str(template))
    except (OSError, KeyError, ValueError, PythonPptxError, BadZipFile):
        raise TemplateError(f"{template} can't be opened as a PowerPoint file (.pptx).") from None
    pptx_xml.remove_slides(presentation)
    return presentation


def wanted(planned: Sequence[SlideContent]) -> dict[str, set[str]]:
    """The placeholders that the slides need, by layout."""
    found: dict[str, set[str]] = {}
    for content in planned:
        needed = found.setdefault(content.layout, {"Title"})
        needed |= {name for name, lines in content.texts.items() if lines}
        needed |= {"Code"} if content.code else set()
        needed |= {"Table"} if content.table else set()
    return found


def _head_look(pack: Pack, master: Any) -> Layout:
    """The master's boxes; a logo takes room from that of the name."""
    look = measure_boxes(master, ("school.name", "school.contact"))
    logo, box = school.logo(pack), pptx_xml.box_of(master, "school.name")
    if not (logo and box):
        return look
    name = narrowed(look.frames["school.name"], pptx_xml.place_of(box), logo_image(logo.file).ratio)
    return replace(look, frames={**look.frames, "school.name": name})
