"""Shapes of the slides' template as XML (ECMA-376, part 1); all places are in inches."""

import tomllib
from pathlib import Path
from xml.sax.saxutils import quoteattr

THEME = tomllib.loads((Path(__file__).resolve().parent.parent / "theme.toml").read_text("utf-8"))
WIDTH, HEIGHT = THEME["slides"]["ratio"]
LEFT, RIGHT = 0.6, WIDTH - 0.6


def emu(inches: float) -> int:
    return round(inches * 914400)


def box(x: float, y: float, w: float, h: float) -> str:
    """A position and size in inches."""
    return (
        f'<a:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(w)}" cy="{emu(h)}"/></a:xfrm>'
    )


#: Colors that are made from one of the theme's, so that they follow it.
MADE = {
    "cream": '<a:schemeClr val="accent3"><a:lumMod val="40000"/><a:lumOff val="60000"/>'
    "</a:schemeClr>",
    "floor": '<a:schemeClr val="dk2"><a:lumMod val="82000"/></a:schemeClr>',
}


def fill(color: str) -> str:
    """A fill with one of the theme's colors, or with one of `MADE`."""
    made = MADE.get(color) or f'<a:schemeClr val="{color}"/>'
    return f"<a:solidFill>{made}</a:solidFill>"


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
    indents = {
        "none": 'marL="0" indent="0"',
        "dot": 'marL="342900" indent="-342900"',
        "number": 'marL="571500" indent="-571500"',
    }[bullet]
    mark = {
        "none": "<a:buNone/>",
        "dot": '<a:buClr><a:schemeClr val="accent2"/></a:buClr><a:buFont typeface="Arial"/>'
        '<a:buChar char="•"/>',
        "number": '<a:buClr><a:schemeClr val="accent2"/></a:buClr>'
        '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPlain"/>',
    }[bullet]
    return (
        f'<a:lvl1pPr {indents} algn="{align}"><a:lnSpc><a:spcPct val="{spacing}000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{before}00"/></a:spcBef>{mark}'
        f'<a:defRPr sz="{size}00" b="{int(bold)}">{fill(color)}'
        '<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr>'
    )


#: The panel behind a note.
PANEL = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' + fill("bg2")


class Tree:
    """The shapes of a master or layout, numbered as they are added."""

    def __init__(self) -> None:
        self.shapes: list[str] = []
        self.next = 20

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
        inset: float = 0.0,
        insets: tuple[float, float, float, float] | None = None,
    ) -> None:
        """Add a placeholder.

        `inset` is the space around its text in inches; `insets`, if given, are those at its left,
        top, right and bottom. `index` is given to what has a fixed one; others count from 20.
        """
        if index is None and kind != "title":
            index, self.next = self.next, self.next + 1
        place = f'<p:ph type="{kind}"' + (f' idx="{index}"' if index is not None else "")
        if kind in ("ftr", "sldNum"):
            place += ' sz="quarter"'
        left, top, right, bottom = map(emu, insets or (inset,) * 4)
        field = (
            '<a:fld id="{6E2A1C9B-5B0B-4E9B-9C55-2F0B6B7C1D10}" type="slidenum">'
            "<a:rPr/><a:t>‹#›</a:t></a:fld>"
            if kind == "sldNum"
            else f"<a:r><a:rPr/><a:t>{name}</a:t></a:r>"
        )
        number = len(self.shapes) + 2
        self.shapes.append(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)}/>'
            f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{place}/></p:nvPr></p:nvSpPr>'
            f"<p:spPr>{where}{shape}</p:spPr>"
            f'<p:txBody><a:bodyPr lIns="{left}" tIns="{top}" rIns="{right}" bIns="{bottom}" '
            f'anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
            f"<a:lstStyle>{style}</a:lstStyle><a:p>{field}</a:p></p:txBody></p:sp>"
        )

    def bar(self, name: str, where: str, color: str) -> None:
        """Add a decorative rectangle."""
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
        """Add a text box for what differs from school to school; the template leaves it empty."""
        number = len(self.shapes) + 2
        self.shapes.append(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)}/>'
            '<p:cNvSpPr txBox="1"/><p:nvPr userDrawn="1"/></p:nvSpPr>'
            f'<p:spPr>{where}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
            '<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
            f"<a:lstStyle>{level(12, color='accent4', align=align)}</a:lstStyle>"
            "<a:p><a:endParaRPr/></a:p></p:txBody></p:sp>"
        )

    def help(self, top: float = 5.86) -> None:
        """Add the panel for contacts that must be next to a text, from `top` down."""
        style = level(26, color="tx2")
        where = box(LEFT, top, RIGHT - LEFT, 6.7 - top)
        insets = (0.2, 0.05, 0.2, 0.05)
        self.placeholder(
            "Help", "body", None, where, shape=PANEL, style=style, anchor="ctr", insets=insets
        )

    def foot(self, color: str = "accent4") -> None:
        """Add the footer, the help line and the slide number, at the same place on every layout.

        `color` is the one that is shown: LibreOffice drops a layout's mapping of colors.
        """
        style = level(14, color=color)
        self.placeholder("Footer", "ftr", 11, box(LEFT, 6.93, 6.3, 0.34), style=style, anchor="ctr")
        self.help_line(color, RIGHT - 5.8)
        style, where = level(14, color=color, align="r"), box(RIGHT - 0.6, 6.93, 0.6, 0.34)
        self.placeholder("Slide number", "sldNum", 12, where, style=style, anchor="ctr")

    def help_line(self, color: str, left: float) -> None:
        """Add the place for the numbers to call in the foot."""
        style = level(14, color=color, align="r")
        where = box(left, 6.93, 5.2, 0.34)
        self.placeholder("Help line", "ftr", 13, where, style=style, anchor="ctr")

    def xml(self) -> str:
        return (
            '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/>'
            "</p:nvGrpSpPr><p:grpSpPr/>" + "".join(self.shapes) + "</p:spTree>"
        )
