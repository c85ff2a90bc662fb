"""Make `theme.pptx`, the template that the deck is built on, from `../theme.toml`.

Run it after a change of colors or layouts: `python templates/slides/make_theme.py`.
Every placeholder that the deck fills is known by its name ("Text", "Code", "Note", ...).
"""

import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import quoteattr

HERE = Path(__file__).resolve().parent
THEME = tomllib.loads((HERE.parent / "theme.toml").read_text("utf-8"))
COLORS = {name: value.lstrip("#").upper() for name, value in THEME["colors"].items()}
FACE = THEME["slides"]["face"]
WIDTH, HEIGHT = THEME["slides"]["ratio"]  # inches
LEFT, RIGHT = 0.6, WIDTH - 0.6

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def emu(inches: float) -> int:
    return round(inches * 914400)


def box(x: float, y: float, w: float, h: float) -> str:
    """A position and size in inches."""
    return (
        f'<a:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(w)}" cy="{emu(h)}"/></a:xfrm>'
    )


def fill(color: str) -> str:
    return f'<a:solidFill><a:schemeClr val="{color}"/></a:solidFill>'


def level(
    size: int,
    *,
    bold: bool = False,
    color: str = "tx1",
    bullet: str = "none",
    before: int = 0,
    align: str = "l",
    spacing: int = 100,
) -> str:
    """A list style for the first level: `size` and `before` in pt, `spacing` in percent."""
    marks = {
        "none": 'marL="0" indent="0"',
        "dot": 'marL="342900" indent="-342900"',
        "number": 'marL="571500" indent="-571500"',
    }[bullet]
    sign = {
        "none": "<a:buNone/>",
        "dot": '<a:buClr><a:schemeClr val="accent2"/></a:buClr><a:buFont typeface="Arial"/>'
        '<a:buChar char="•"/>',
        "number": '<a:buClr><a:schemeClr val="accent2"/></a:buClr>'
        '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPlain"/>',
    }[bullet]
    return (
        f'<a:lvl1pPr {marks} algn="{align}"><a:lnSpc><a:spcPct val="{spacing}000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{before}00"/></a:spcBef>{sign}'
        f'<a:defRPr sz="{size}00" b="{int(bold)}">{fill(color)}'
        '<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr>'
    )


class Tree:
    """The shapes of a master or layout, numbered as they are added."""

    def __init__(self) -> None:
        self.shapes: list[str] = []

    def placeholder(
        self,
        name: str,
        kind: str,
        index: int | None,
        where: str = "",
        *,
        style: str = "",
        anchor: str = "t",
        shape: str = "",
        prompt: str = "",
        inset: float = 0.0,
    ) -> None:
        """A placeholder; `inset` is the space around its text in inches."""
        place = f'<p:ph type="{kind}"' + (f' idx="{index}"' if index is not None else "")
        if kind in ("ftr", "sldNum"):
            place += ' sz="quarter"'
        margin = emu(inset)
        field = (
            '<a:fld id="{6E2A1C9B-5B0B-4E9B-9C55-2F0B6B7C1D10}" type="slidenum">'
            "<a:rPr/><a:t>‹#›</a:t></a:fld>"
            if kind == "sldNum"
            else f"<a:r><a:rPr/><a:t>{prompt or name}</a:t></a:r>"
        )
        number = len(self.shapes) + 2
        self.shapes.append(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)}/>'
            f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{place}/></p:nvPr></p:nvSpPr>'
            f"<p:spPr>{where}{shape}</p:spPr>"
            f'<p:txBody><a:bodyPr lIns="{margin}" tIns="{margin}" rIns="{margin}" bIns="{margin}" '
            f'anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
            f"<a:lstStyle>{style}</a:lstStyle><a:p>{field}</a:p></p:txBody></p:sp>"
        )

    def bar(self, name: str, where: str, color: str) -> None:
        """A decorative rectangle."""
        number = len(self.shapes) + 2
        self.shapes.append(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)} descr="">'
            '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
            '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/'
            'decorative" val="1"/></a:ext></a:extLst></p:cNvPr><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
            f'</p:nvSpPr><p:spPr>{where}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            f"{fill(color)}<a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/>"
            "<a:p><a:endParaRPr/></a:p></p:txBody></p:sp>"
        )

    def slot(self, name: str, where: str, align: str) -> None:
        """A text box for what differs from school to school, empty in the template."""
        number = len(self.shapes) + 2
        self.shapes.append(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)}/>'
            '<p:cNvSpPr txBox="1"/><p:nvPr userDrawn="1"/></p:nvSpPr>'
            f'<p:spPr>{where}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
            '<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
            f"<a:lstStyle>{level(12, color='accent4', align=align)}</a:lstStyle>"
            "<a:p><a:endParaRPr/></a:p></p:txBody></p:sp>"
        )

    def help(self) -> None:
        """The panel for what must stand beside a text."""
        style = level(26, color="tx2")
        where = box(LEFT, 5.9, RIGHT - LEFT, 0.8)
        self.placeholder(
            "Help", "body", 21, where, shape=PANEL, style=style, anchor="ctr", inset=0.2
        )

    def foot(self) -> None:
        """Footer and slide number, alike on every layout."""
        small = level(12, color="accent4")
        right = level(12, color="accent4", align="r")
        self.placeholder("Footer", "ftr", 11, box(LEFT, 6.98, 9, 0.3), style=small, anchor="ctr")
        self.placeholder(
            "Slide number",
            "sldNum",
            12,
            box(RIGHT - 1.5, 6.98, 1.5, 0.3),
            style=right,
            anchor="ctr",
        )

    def xml(self) -> str:
        return (
            '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/>'
            "</p:nvGrpSpPr><p:grpSpPr/>" + "".join(self.shapes) + "</p:spTree>"
        )


TITLE = box(LEFT, 0.72, RIGHT - LEFT, 1.05)
LOGO = box(LEFT, 0.6, 5, 0.9)
BODY = box(LEFT, 1.95, RIGHT - LEFT, 4.75)
ROUND = (
    '<a:prstGeom prst="wedgeRoundRectCallout"><a:avLst><a:gd name="adj1" fmla="val -46500"/>'
    '<a:gd name="adj2" fmla="val 68000"/><a:gd name="adj3" fmla="val 16667"/></a:avLst>'
    "</a:prstGeom>" + fill("bg2")
)
PANEL = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' + fill("bg2")


def light(title: str = TITLE) -> Tree:
    """A white layout: the rule and the title at its head."""
    tree = Tree()
    tree.bar("Rule", box(LEFT, 0.5, RIGHT - LEFT, 0.07), "tx2")
    tree.placeholder("Title", "title", None, title, anchor="ctr")
    return tree


def dark(size: int, rule: float = 3.85) -> Tree:
    """A layout on the deep ground, title in white over a rule."""
    tree = Tree()
    tree.placeholder(
        "Title",
        "title",
        None,
        box(LEFT, 1.3, RIGHT - LEFT, rule - 1.55),
        style=level(size, bold=True),
        anchor="b",
    )
    tree.bar("Rule", box(LEFT, rule, 1.6, 0.09), "accent3")
    return tree


def layouts() -> Iterable[tuple[str, Tree, bool]]:
    """Name, shapes, and whether it stands on the deep ground."""
    tree = dark(44)
    tree.placeholder("Logo", "pic", 22, LOGO)
    tree.placeholder("Text", "body", 20, box(LEFT, 4.15, 11, 0.9), style=level(28, color="accent3"))
    host = box(LEFT, 5.9, RIGHT - LEFT, 0.9)
    tree.placeholder("Publisher", "body", 21, host, style=level(20), anchor="b")
    yield "Title", tree, True

    tree = dark(44)
    tree.placeholder("Text", "body", 20, box(LEFT, 4.15, 11, 0.9), style=level(28, color="accent3"))
    tree.foot()
    yield "Section", tree, True

    tree = light()
    tree.placeholder("Text", "body", 20, box(LEFT, 1.95, 11.6, 3.85))
    tree.help()
    tree.foot()
    yield "Key points", tree, False

    tree = light()
    half = (RIGHT - LEFT - 0.5) / 2
    for number, column in enumerate(("Left", "Right")):
        x = LEFT + number * (half + 0.5)
        head = level(26, bold=True, color="accent2")
        points = level(26, bullet="dot", before=12)
        tree.placeholder(
            f"{column} head",
            "body",
            22 + 2 * number,
            box(x, 1.9, half, 0.6),
            style=head,
            anchor="b",
        )
        tree.placeholder(column, "body", 23 + 2 * number, box(x, 2.65, half, 3.1), style=points)
    tree.help()
    tree.foot()
    yield "Two columns", tree, False

    tree = light()
    tree.placeholder(
        "Number",
        "body",
        21,
        box(LEFT, 2.0, 6.6, 4.4),
        style=level(138, bold=True, color="accent2", spacing=90),
        anchor="ctr",
    )
    tree.placeholder(
        "Text", "body", 20, box(7.5, 2.0, RIGHT - 7.5, 4.4), style=level(30), anchor="ctr"
    )
    tree.foot()
    yield "Big number", tree, False

    tree = light()
    said = level(40, color="tx2", spacing=110)
    tree.placeholder("Quote", "body", 20, box(1.4, 2.1, 10.5, 3.4), style=said, anchor="ctr")
    who = level(22, color="accent4")
    tree.placeholder("Source", "body", 21, box(1.4, 5.7, 10.5, 0.6), style=who)
    tree.foot()
    yield "Quote", tree, False

    tree = light()
    for number in range(6):
        tree.placeholder(
            f"Line {number + 1}",
            "body",
            21 + number,
            box(1.0, 1.95 + 0.8 * number, 11.2, 0.7),
            shape=ROUND,
            style=level(26),
            anchor="ctr",
            inset=0.12,
        )
    tree.foot()
    yield "Conversation", tree, False

    side = 4.95
    for name, size, bullet, before in (("Video", 30, "none", 12), ("Take home", 24, "dot", 10)):
        tree = light()
        style = level(size, bullet=bullet, before=before)
        tree.placeholder("Text", "body", 20, box(LEFT, 1.95, 6.3, 3.5), style=style)
        tree.placeholder(
            "Address",
            "body",
            22,
            box(LEFT, 5.6, 6.3, 1.15),
            style=level(24, bold=True, color="tx2"),
            anchor="b",
        )
        tree.placeholder("Code", "pic", 21, box(RIGHT - side, 1.85, side, side))
        tree.foot()
        yield name, tree, False

    tree = light()
    tree.placeholder(
        "Steps",
        "body",
        20,
        box(LEFT, 1.95, RIGHT - LEFT, 4.75),
        style=level(26, bullet="number", before=14),
    )
    tree.placeholder(
        "Note",
        "body",
        21,
        box(LEFT, 4.6, RIGHT - LEFT, 2.1),
        shape=PANEL,
        style=level(24),
        anchor="ctr",
        inset=0.25,
    )
    tree.foot()
    yield "Steps", tree, False

    tree = light()
    tree.placeholder("Table", "tbl", 20, BODY)
    tree.foot()
    yield "Contacts", tree, False

    # The places to turn to need room: a school among them may take three rows.
    tree = dark(44, rule=3.3)
    tree.placeholder("Logo", "pic", 22, LOGO)
    tree.placeholder("Text", "body", 20, box(LEFT, 3.55, 11, 0.6), style=level(28, color="accent3"))
    tree.placeholder(
        "Help", "body", 21, box(LEFT, 4.3, RIGHT - LEFT, 2.6), style=level(20, before=4)
    )
    tree.foot()
    yield "Closing", tree, True


def theme_xml() -> str:
    slots = {
        "dk1": "ink",
        "lt1": "white",
        "dk2": "deep",
        "lt2": "tint",
        "accent1": "deep",
        "accent2": "warm",
        "accent3": "sand",
        "accent4": "muted",
        "accent5": "ink",
        "accent6": "tint",
        "hlink": "deep",
        "folHlink": "muted",
    }
    colors = "".join(
        f'<a:{slot}><a:srgbClr val="{COLORS[name]}"/></a:{slot}>' for slot, name in slots.items()
    )
    face = f'<a:latin typeface="{FACE}"/><a:ea typeface=""/><a:cs typeface=""/>'
    plain = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{plain}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEADER}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'name="Handout"><a:themeElements><a:clrScheme name="Handout">{colors}</a:clrScheme>'
        f'<a:fontScheme name="Handout"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}'
        f'</a:minorFont></a:fontScheme><a:fmtScheme name="Handout"><a:fillStyleLst>{plain * 3}'
        f"</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}"
        f"</a:effectStyleLst><a:bgFillStyleLst>{plain * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


LIGHT_MAP = (
    'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
    'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" '
    'folHlink="folHlink"'
)
# On the deep ground text turns white, and links and small print turn sand.
DARK_MAP = (
    'bg1="dk2" tx1="lt1" bg2="dk1" tx2="lt2" accent1="accent1" accent2="accent2" '
    'accent3="accent3" accent4="accent3" accent5="accent5" accent6="accent6" hlink="accent3" '
    'folHlink="accent3"'
)


def master_xml(count: int) -> str:
    tree = Tree()
    tree.placeholder("Title", "title", None, TITLE, anchor="ctr")
    tree.placeholder("Text", "body", 1, BODY)
    tree.foot()
    # Two rows each: a name may be long.
    tree.slot("school.name", box(LEFT, 0.06, 7.4, 0.41), "l")
    tree.slot("school.contact", box(RIGHT - 4.4, 0.06, 4.4, 0.41), "r")
    numbers = "".join(
        f'<p:sldLayoutId id="{2147483649 + n}" r:id="rId{n + 1}"/>' for n in range(count)
    )
    title = level(34, bold=True, color="tx2", spacing=95)
    body = level(30, bullet="dot", before=16)
    deeper = "".join(
        f'<a:lvl{n}pPr marL="{342900 * n}" indent="-285750"><a:buFont typeface="Arial"/>'
        f'<a:buChar char="•"/><a:defRPr sz="2200">{fill("tx1")}</a:defRPr></a:lvl{n}pPr>'
        for n in range(2, 6)
    )
    other = '<a:lvl1pPr marL="0"><a:defRPr sz="1800"/></a:lvl1pPr>'
    return (
        f"{HEADER}<p:sldMaster {NAMESPACES}><p:cSld><p:bg><p:bgPr>{fill('bg1')}<a:effectLst/>"
        f"</p:bgPr></p:bg>{tree.xml()}</p:cSld><p:clrMap {LIGHT_MAP}/>"
        f"<p:sldLayoutIdLst>{numbers}</p:sldLayoutIdLst><p:txStyles><p:titleStyle>{title}"
        f"</p:titleStyle><p:bodyStyle>{body}{deeper}</p:bodyStyle><p:otherStyle>{other}"
        "</p:otherStyle></p:txStyles></p:sldMaster>"
    )


def layout_xml(name: str, tree: Tree, is_dark: bool) -> str:
    ground = f"<p:bg><p:bgPr>{fill('bg1')}<a:effectLst/></p:bgPr></p:bg>" if is_dark else ""
    colors = f"<a:overrideClrMapping {DARK_MAP}/>" if is_dark else "<a:masterClrMapping/>"
    # Where a school's logo stands large, the small one of the master would say it twice.
    hidden = 'showMasterSp="0" ' if 'name="Logo"' in tree.xml() else ""
    return (
        f'{HEADER}<p:sldLayout {NAMESPACES} {hidden}preserve="1" userDrawn="1">'
        f'<p:cSld name="{name}">'
        f"{ground}{tree.xml()}</p:cSld><p:clrMapOvr>{colors}</p:clrMapOvr></p:sldLayout>"
    )


def notes_master_xml() -> str:
    tree = Tree()
    tree.shapes.append(
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide image"/><p:cNvSpPr><a:spLocks noGrp="1" '
        'noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr>'
        f'</p:nvSpPr><p:spPr>{box(0.75, 0.75, 6.0, 3.375)}<a:prstGeom prst="rect"><a:avLst/>'
        '</a:prstGeom><a:noFill/><a:ln w="9525"><a:solidFill><a:schemeClr val="accent4"/>'
        "</a:solidFill></a:ln></p:spPr></p:sp>"
    )
    tree.placeholder("Notes", "body", 3, box(0.75, 4.4, 6.0, 4.8), style=level(12, before=6))
    return (
        f"{HEADER}<p:notesMaster {NAMESPACES}><p:cSld><p:bg><p:bgPr>{fill('bg1')}<a:effectLst/>"
        f"</p:bgPr></p:bg>{tree.xml()}</p:cSld><p:clrMap {LIGHT_MAP}/><p:notesStyle>"
        f"{level(12, before=6)}</p:notesStyle></p:notesMaster>"
    )


def relations(targets: Iterable[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return (
        f'{HEADER}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{entries}</Relationships>'
    )


def parts() -> dict[str, str]:
    """Every file of the package."""
    made = list(layouts())
    count = len(made)
    main = "application/vnd.openxmlformats-officedocument.presentationml"
    office = "application/vnd.openxmlformats-officedocument"
    kinds = {
        "/ppt/presentation.xml": f"{main}.presentation.main+xml",
        "/ppt/slideMasters/slideMaster1.xml": f"{main}.slideMaster+xml",
        "/ppt/notesMasters/notesMaster1.xml": f"{main}.notesMaster+xml",
        "/ppt/presProps.xml": f"{main}.presProps+xml",
        "/ppt/viewProps.xml": f"{main}.viewProps+xml",
        "/ppt/tableStyles.xml": f"{main}.tableStyles+xml",
        "/ppt/theme/theme1.xml": f"{office}.theme+xml",
        "/ppt/theme/theme2.xml": f"{office}.theme+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{office}.extended-properties+xml",
    } | {
        f"/ppt/slideLayouts/slideLayout{n + 1}.xml": f"{main}.slideLayout+xml" for n in range(count)
    }
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in kinds.items()
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    files = {
        "[Content_Types].xml": f'{HEADER}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": relations(
            [
                (f"{OFFICE}/officeDocument", "ppt/presentation.xml"),
                (f"{package}/relationships/metadata/core-properties", "docProps/core.xml"),
                (f"{OFFICE}/extended-properties", "docProps/app.xml"),
            ]
        ),
        "docProps/core.xml": f'{HEADER}<cp:coreProperties xmlns:cp="{package}/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Handout theme'
        "</dc:title></cp:coreProperties>",
        "docProps/app.xml": f'{HEADER}<Properties xmlns="http://schemas.openxmlformats.org/'
        'officeDocument/2006/extended-properties"><Slides>0</Slides></Properties>',
        "ppt/presentation.xml": f'{HEADER}<p:presentation {NAMESPACES} saveSubsetFonts="1">'
        '<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
        f'<p:sldSz cx="{emu(WIDTH)}" cy="{emu(HEIGHT)}"/>'
        f'<p:notesSz cx="{emu(7.5)}" cy="{emu(10)}"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(
            [
                (f"{OFFICE}/slideMaster", "slideMasters/slideMaster1.xml"),
                (f"{OFFICE}/notesMaster", "notesMasters/notesMaster1.xml"),
                (f"{OFFICE}/presProps", "presProps.xml"),
                (f"{OFFICE}/theme", "theme/theme1.xml"),
                (f"{OFFICE}/viewProps", "viewProps.xml"),
                (f"{OFFICE}/tableStyles", "tableStyles.xml"),
            ]
        ),
        "ppt/viewProps.xml": f"{HEADER}<p:viewPr {NAMESPACES}/>",
        "ppt/tableStyles.xml": f'{HEADER}<a:tblStyleLst xmlns:a="http://schemas.openxmlformats'
        '.org/drawingml/2006/main" def="{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"/>',
        "ppt/presProps.xml": f"{HEADER}<p:presentationPr {NAMESPACES}/>",
        "ppt/theme/theme1.xml": theme_xml(),
        "ppt/theme/theme2.xml": theme_xml(),
        "ppt/slideMasters/slideMaster1.xml": master_xml(count),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": relations(
            [
                *(
                    (f"{OFFICE}/slideLayout", f"../slideLayouts/slideLayout{n + 1}.xml")
                    for n in range(count)
                ),
                (f"{OFFICE}/theme", "../theme/theme1.xml"),
            ]
        ),
        "ppt/notesMasters/notesMaster1.xml": notes_master_xml(),
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": relations(
            [(f"{OFFICE}/theme", "../theme/theme2.xml")]
        ),
    }
    for number, (name, tree, is_dark) in enumerate(made, start=1):
        files[f"ppt/slideLayouts/slideLayout{number}.xml"] = layout_xml(name, tree, is_dark)
        files[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"] = relations(
            [(f"{OFFICE}/slideMaster", "../slideMasters/slideMaster1.xml")]
        )
    return files


def main() -> None:
    with zipfile.ZipFile(HERE / "theme.pptx", "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts().items():
            package.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED
            )


if __name__ == "__main__":
    main()
