"""The XML details of PowerPoint files that python-pptx leaves to its caller."""

import copy
import datetime
import io
import zipfile
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.slide import Slide


def follow_layout_colors(slide: Slide) -> None:
    """Give a slide its layout's color mapping, so that a dark layout's text stays light."""
    mapping = slide.slide_layout._element.find(qn("p:clrMapOvr"))
    own = slide._element.find(qn("p:clrMapOvr"))
    own.getparent().replace(own, copy.deepcopy(mapping))


def add_foot(slide: Slide, footer: str) -> None:
    """Copy the layout's footer and slide number, which python-pptx does not."""
    for element in slide.slide_layout._element.iter(qn("p:sp")):
        placeholder = element.find(f".//{qn('p:ph')}")
        kind = placeholder.get("type") if placeholder is not None else None
        if kind not in ("ftr", "sldNum"):
            continue
        own = copy.deepcopy(element)
        number = max(int(one.get("id")) for one in slide.shapes._spTree.iter(qn("p:cNvPr"))) + 1
        own.find(f".//{qn('p:cNvPr')}").set("id", str(number))
        own.find(qn("p:spPr")).clear()  # place and size follow the layout
        own.find(f".//{qn('a:lstStyle')}").clear()
        if kind == "ftr":
            own.find(f".//{qn('a:t')}").text = footer
        slide.shapes._spTree.append(own)


def copy_shape(source: Any, target: Any) -> None:
    """Give a placeholder its layout's outline and fill, for programs that don't inherit them."""
    own, layout = target._element.spPr, source._element.spPr
    for child in list(own):
        own.remove(child)
    for child in layout:
        own.append(copy.deepcopy(child))


def number_from(shape: Any, first: int) -> None:
    """Start the automatic numbers of a placeholder's paragraphs at `first`."""
    for paragraph in shape.text_frame.paragraphs:
        numbers = etree.SubElement(
            paragraph._p.get_or_add_pPr(), qn("a:buAutoNum"), type="arabicPlain"
        )
        if first > 1:
            numbers.set("startAt", str(first))


def set_alt(shape: Any, text: str) -> None:
    """What a screen reader says for a picture or table."""
    shape._element.find(f".//{qn('p:cNvPr')}").set("descr", text)


def set_language(slide: Slide, language: str) -> None:
    """Mark every run of a slide and of its notes with its language (BCP 47)."""
    parts = [slide._element]
    if slide.has_notes_slide:
        parts.append(slide.notes_slide._element)
    for part in parts:
        for run in part.iter(qn("a:r")):
            run.get_or_add_rPr()
        for tag in ("a:rPr", "a:endParaRPr"):
            for properties in part.iter(qn(tag)):
                properties.set("lang", language)


def to_bytes(presentation: Presentation, date: datetime.date) -> bytes:
    """The file, with the given date on every member: the same deck gives the same bytes."""
    saved = io.BytesIO()
    presentation.save(saved)
    out = io.BytesIO()
    stamp = (max(date.year, 1980), date.month, date.day, 0, 0, 0)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, stamp)
            member.external_attr = 0o644 << 16
            new.writestr(member, old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
