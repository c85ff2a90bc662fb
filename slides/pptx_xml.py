"""XML details of PowerPoint files that python-pptx leaves to its caller."""

import datetime
import io
import re
import zipfile
from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from lxml import etree
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.oxml.shapes.picture import CT_Picture

from slides.drawing_xml import named
from slides.frames import percentage
from slides.raster import Bitmap, Box, beside_logo, fitted, logo_room, plate
from slides.zip_writer import archive, record

#: The style of a level of a list (ECMA-376, part 1, 21.1.2.4).
_LEVEL = re.compile(r"}lvl\dpPr$")


def set_alt(shape: Any, text: str) -> None:
    """Set the alternative text of a picture or table."""
    shape._element.find(f".//{qn('p:cNvPr')}").set("descr", text)


def remove_slides(presentation: Any) -> None:
    """Remove the slides that a template comes with, and all that is about them or about macros."""
    root, part = presentation.part._element, presentation.part
    # What names slides (sections, custom shows), and a password against changes: the deck is new.
    for name in ("p:extLst", "p:custShowLst", "p:modifyVerifier"):
        for element in root.findall(qn(name)):
            root.remove(element)
    slides = presentation.slides._sldIdLst
    for element in list(slides):
        part.drop_rel(element.rId)
        slides.remove(element)
    # With the type of a template or of a file with macros, PowerPoint would not open it as .pptx.
    part._content_type = CT.PML_PRESENTATION_MAIN
    for relation in list(part.rels.values()):
        if relation.reltype.endswith("/vbaProject"):
            part.rels.pop(relation.rId)
    # Buttons on a master or layout that lead to one of the slides keep it in the file.
    for other in list(part.package.iter_parts()):
        for relation in list(other.rels.values()):
            if relation.reltype == RT.SLIDE and other is not part:
                _drop_links(other, relation.rId)


def write_out_percentages(presentation: Any) -> None:
    """Write "20%" as "20000": both are legal, and not every program reads both."""
    for part in presentation.part.package.iter_parts():
        root = getattr(part, "_element", None)
        for element in root.iter() if root is not None else ():
            for name, value in element.attrib.items():
                if value.endswith("%") and value[:-1].lstrip("-").replace(".", "", 1).isdigit():
                    element.set(name, str(round(percentage(value) * 100_000)))


def _drop_links(part: Any, relation: str) -> None:
    """Remove what leads to a relation of a part, and the relation itself."""
    root = getattr(part, "_element", None)
    for element in list(root.iter()) if root is not None else ():
        if element.get(qn("r:id")) == relation and element.getparent() is not None:
            element.getparent().remove(element)
    part.rels.pop(relation)


def list_notes_master(presentation: Any) -> None:
    """List the notes master in the presentation; otherwise Keynote shows a warning."""
    root = presentation.part._element
    for old in root.findall(qn("p:notesMasterIdLst")):  # a template's may be wrong
        root.remove(old)
    relation = presentation.part.relate_to(presentation.part.notes_master_part, RT.NOTES_MASTER)
    masters = root.find(qn("p:sldMasterIdLst"))
    listed = etree.Element(qn("p:notesMasterIdLst"))
    etree.SubElement(listed, qn("p:notesMasterId")).set(qn("r:id"), relation)
    masters.addnext(listed)


def add_view_properties(presentation: Any) -> None:
    """Add the view properties; without this part, PowerPoint offers to repair the file."""
    part = presentation.part
    if any(relation.reltype == RT.VIEW_PROPS for relation in part.rels.values()):
        return
    space = "http://schemas.openxmlformats.org/presentationml/2006/main"
    properties = Part(
        PackURI("/ppt/viewProps.xml"),
        CT.PML_VIEW_PROPS,
        part.package,
        f'<?xml version="1.0" encoding="UTF-8"?>\n<p:viewPr xmlns:p="{space}"/>'.encode(),
    )
    part.relate_to(properties, RT.VIEW_PROPS)


def set_background(picture: Any) -> None:
    """Put white behind a picture: a logo with transparent parts is made for paper."""
    outline = picture.find(qn("p:spPr")).find(qn("a:prstGeom"))
    fill = etree.Element(qn("a:solidFill"))
    etree.SubElement(fill, qn("a:schemeClr"), val="lt1")
    outline.addnext(fill)


def add_plate(picture: Any, room: Box, number: int) -> None:
    """Put a white plate behind a logo in its room: one that is dark is seen on a dark slide, too.

    `picture` is the logo's element; `number` is the plate's id.
    """
    start, size = (picture.find(f".//{qn(tag)}") for tag in ("a:off", "a:ext"))
    logo = int(start.get("x")), int(start.get("y")), int(size.get("cx")), int(size.get("cy"))
    left, top, width, height = plate(logo, room)
    picture.addprevious(
        etree.fromstring(
            f'<p:sp xmlns:a="{picture.nsmap["a"]}" xmlns:p="{picture.nsmap["p"]}"><p:nvSpPr>'
            f"{named(number, 'Plate')}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>"
            f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="lt1"/>'
            "</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
        )
    )


def box_of(master: Any, name: str) -> Any:
    """The box with this name on a master; None if it has none."""
    return next((shape for shape in master.shapes if shape.name == name), None)


def place_of(shape: Any) -> tuple[int, int, int, int]:
    """The left, top, width and height of a shape, in EMU; 0 if it has none, in a damaged file."""
    # As plain numbers: to unpickle python-pptx's own, a process would have to import it.
    left, top, width, height = (
        int(side or 0) for side in (shape.left, shape.top, shape.width, shape.height)
    )
    return left, top, width, height


def add_logo(master: Any, picture: Bitmap, alt: str) -> None:
    """Add a logo in front of the school's name on a master."""
    if not (box := box_of(master, "school.name")):
        return
    room = place_of(box)
    place = fitted(logo_room(room), picture.ratio)
    _, relation = master.part.get_or_add_image_part(io.BytesIO(picture.data))
    new_picture: Any = CT_Picture.new_pic
    number = master.shapes._spTree.max_shape_id + 1
    # python-pptx accepts no quotation marks in the description here.
    shape = new_picture(number, "school.logo", "", relation, *place)
    shape.nvPicPr.cNvPr.set("descr", alt)
    shape.nvPicPr.find(qn("p:nvPr")).set("userDrawn", "1")
    set_background(shape)
    box._element.addprevious(shape)
    add_plate(shape, logo_room(room), number + 1)
    box.left, box.top, box.width, box.height = beside_logo(room, picture.ratio)


def mirror(presentation: Any) -> None:
    """Turn a presentation for a language that is read from the right: right and left change.

    Drawings are groups of shapes, and must be mirrored already: what is in them may not be.
    """
    width = presentation.slide_width
    layouts = [layout._element for layout in presentation.slide_layouts]
    for root in (presentation.slide_master._element, *layouts):
        _read_from_right(root)
        for body in root.iter(qn("a:bodyPr")):
            left, right = body.get("lIns"), body.get("rIns")
            if left is not None and right is not None:
                body.set("lIns", right)
                body.set("rIns", left)
    _read_from_right(presentation.part.notes_master_part._element)
    slides = [slide._element for slide in presentation.slides]
    for root in (presentation.slide_master._element, *layouts, *slides):
        for shape in root.find(f".//{qn('p:spTree')}"):
            place = shape.find(f"{qn('p:spPr')}/{qn('a:xfrm')}")
            place = shape.find(qn("p:xfrm")) if place is None else place
            if place is not None:
                start, size = place.find(qn("a:off")), place.find(qn("a:ext"))
                start.set("x", str(width - int(start.get("x")) - int(size.get("cx"))))


def _read_from_right(root: Any) -> None:
    """Let the text styles of a master or layout begin at the right."""
    sides = {"l": "r", "r": "l"}
    for level in root.iter():
        if _LEVEL.search(str(level.tag)):
            align = level.get("algn", "l")
            level.set("algn", sides.get(align, align))
            level.set("rtl", "1")


def set_typeface(presentation: Any, slot: str, typeface: str) -> None:
    """Let text in another script than Latin have a typeface of its own.

    `slot` is "ea" for East Asian or "cs" for complex scripts (ECMA-376, part 1, 20.1.4.1.16).
    """
    masters = presentation.slide_master, presentation.part.notes_master_part.notes_master
    for master in masters:
        theme = master.part.part_related_by(RT.THEME)
        empty, named = (f'<a:{slot} typeface="{name}"/>' for name in ("", escape(typeface)))
        theme._blob = theme.blob.replace(empty.encode(), named.encode())
    layouts = [layout._element for layout in presentation.slide_layouts]
    for root in (*(master._element for master in masters), *layouts):
        for latin in list(root.iter(qn("a:latin"))):
            own = etree.Element(qn(f"a:{slot}"), typeface=f"+mn-{slot}")
            latin.addnext(own)


def keep_ids(presentation: Any, keys: Sequence[str]) -> list[int]:
    """Give each slide an id derived from its key, so that links to it keep working.

    Ids are between 256 and 2147483647 (ECMA-376, 19.7.13). Returns them in order.
    """
    ids: list[int] = []
    elements = presentation.slides._sldIdLst.sldId_lst
    for element, key in zip(elements, keys, strict=True):
        number = 256 + int.from_bytes(sha256(key.encode()).digest()[:4]) % (2**31 - 257)
        while number in ids:
            number += 1
        ids.append(number)
        element.set("id", str(number))
    return ids


def add_sections(presentation: Any, sections: Sequence[tuple[str, Sequence[int]]]) -> None:
    """Add PowerPoint's sections: each is a name and the ids of its slides (MS-PPTX, 2.6.7)."""
    root = presentation.part._element
    space = "http://schemas.microsoft.com/office/powerpoint/2010/main"
    extensions = etree.SubElement(root, qn("p:extLst"))
    extension = etree.SubElement(
        extensions, qn("p:ext"), uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
    )
    outer = etree.SubElement(extension, f"{{{space}}}sectionLst", nsmap={"p14": space})
    for name, ids in sections:
        identity = str(uuid5(NAMESPACE_URL, name + str(ids[0]))).upper()
        section = etree.SubElement(outer, f"{{{space}}}section", name=name, id=f"{{{identity}}}")
        slides = etree.SubElement(section, f"{{{space}}}sldIdLst")
        for number in ids:
            etree.SubElement(slides, f"{{{space}}}sldId", id=str(number))


def describe_file(presentation: Any, hidden: int) -> None:
    """Write docProps/app.xml, so that it describes this deck."""
    count = len(presentation.slides)
    data = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties"><PresentationFormat>Widescreen</PresentationFormat>'
        f"<Slides>{count}</Slides><Notes>{count}</Notes>"
        f"<HiddenSlides>{hidden}</HiddenSlides></Properties>"
    ).encode()
    package = presentation.part.package
    for relation in package._rels.values():
        if relation.reltype == RT.EXTENDED_PROPERTIES:
            relation.target_part._blob = data
            return
    name = PackURI("/docProps/app.xml")
    package.relate_to(Part(name, CT.OFC_EXTENDED_PROPERTIES, package, data), RT.EXTENDED_PROPERTIES)


def to_bytes(presentation: Any, date: datetime.date, last: Collection[str]) -> bytes:
    """The file, with the given date for every member: the same deck gives the same bytes.

    `last` are the parts that go to its end.
    """
    saved = io.BytesIO()
    presentation.save(saved)
    with zipfile.ZipFile(saved) as package:
        names = sorted(package.namelist(), key=lambda name: f"/{name}" in last)
        return archive([record(name, package.read(name), date) for name in names])
