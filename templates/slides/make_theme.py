"""Make `theme.pptx`, the template that the deck is built on, from `../theme.toml`.

Run it after changing colors or layouts: `python templates/slides/make_theme.py`.
`layouts.py` has what is on the slides; this module has the file around it.
"""

import zipfile
from collections.abc import Iterable
from pathlib import Path

from grid import BODY, TITLE
from layouts import layouts
from shapes import HEIGHT, LEFT, RIGHT, THEME, WIDTH, Tree, box, emu, fill, level

COLORS = {name: value.lstrip("#").upper() for name, value in THEME["colors"].items()}
FONT = THEME["slides"]["font"]

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


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
        "accent5": "line",
        "accent6": "leaf",
    }
    colors = "".join(
        f'<a:{slot}><a:srgbClr val="{COLORS[name]}"/></a:{slot}>' for slot, name in slots.items()
    )
    links = THEME["slides"]["links"].lstrip("#").upper()
    colors += f'<a:hlink><a:srgbClr val="{links}"/></a:hlink>'
    colors += f'<a:folHlink><a:srgbClr val="{links}"/></a:folHlink>'
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    plain = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{plain}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEADER}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'name="Handout"><a:themeElements><a:clrScheme name="Handout">{colors}</a:clrScheme>'
        f'<a:fontScheme name="Handout"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}'
        f'</a:minorFont></a:fontScheme><a:fmtScheme name="Handout"><a:fillStyleLst>{plain * 3}'
        f"</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}"
        f"</a:effectStyleLst><a:bgFillStyleLst>{plain * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


LIGHT_MAP = (
    'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
    'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="accent1" '
    'folHlink="accent4"'
)
# On the deep background, text turns white, and links and small print turn sand.
DARK_MAP = (
    'bg1="dk2" tx1="lt1" bg2="dk1" tx2="lt2" accent1="accent1" accent2="accent2" '
    'accent3="accent3" accent4="accent3" accent5="accent5" accent6="accent6" hlink="accent3" '
    'folHlink="accent3"'
)


def master_xml(count: int) -> str:
    tree = Tree()
    tree.placeholder("Title", "title", None, TITLE)
    tree.placeholder("Text", "body", 1, BODY)
    tree.foot()
    # Two rows each, because a name may be long.
    tree.slot("school.name", box(LEFT, 0.04, 7.4, 0.4), "l")
    tree.slot("school.contact", box(RIGHT - 4.4, 0.04, 4.4, 0.4), "r")
    numbers = "".join(
        f'<p:sldLayoutId id="{2147483649 + n}" r:id="rId{n + 1}"/>' for n in range(count)
    )
    title = level(40, bold=True, color="tx2", spacing=95)
    body = level(28, bullet="dot", before=14)
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


def layout_xml(name: str, tree: Tree, ground: str) -> str:
    filled = fill({"deep": "bg1", "cream": "cream"}.get(ground, ""))
    background = f"<p:bg><p:bgPr>{filled}<a:effectLst/></p:bgPr></p:bg>" if ground else ""
    colors = f"<a:overrideClrMapping {DARK_MAP}/>" if ground == "deep" else "<a:masterClrMapping/>"
    # Where a school's logo is shown large, the small one on the master would repeat it.
    hidden = 'showMasterSp="0" ' if 'name="Logo"' in tree.xml() else ""
    return (
        f'{HEADER}<p:sldLayout {NAMESPACES} {hidden}preserve="1" userDrawn="1">'
        f'<p:cSld name="{name}">'
        f"{background}{tree.xml()}</p:cSld><p:clrMapOvr>{colors}</p:clrMapOvr></p:sldLayout>"
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
    for number, (name, tree, ground) in enumerate(made, start=1):
        files[f"ppt/slideLayouts/slideLayout{number}.xml"] = layout_xml(name, tree, ground)
        files[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"] = relations(
            [(f"{OFFICE}/slideMaster", "../slideMasters/slideMaster1.xml")]
        )
    return files


def main() -> None:
    with zipfile.ZipFile(
        Path(__file__).with_name("theme.pptx"), "w", zipfile.ZIP_DEFLATED
    ) as package:
        for name, text in parts().items():
            package.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED
            )


if __name__ == "__main__":
    main()
