"""The pack's motif and signs on its page, as inline SVG in the colors of the page's style."""

from markupsafe import Markup

from drawings import figures
from drawings.pictograms import pictogram
from drawings.shapes import bounds
from drawings.svg import shapes_svg
from pack.model import Pack

#: The door's width and height in the figures' own units; the page's style gives it a size.
_WIDTH, _HEIGHT = 60.0, 100.0

#: How far the light falls onto the floor: below the door, and to its sides.
_FLOOR, _SPREAD = 12.0, (14.0, 6.0)


def motif(pack: Pack) -> Markup:
    """The pack's motif as a decoration; nothing if it has none."""
    if pack.about.motif != "door":
        return Markup()
    shapes = (
        figures.light(0, _WIDTH, _HEIGHT, _HEIGHT + _FLOOR, _SPREAD, "sand"),
        *figures.door(0, 0, _WIDTH, _HEIGHT, 1, frame="frame"),
        *figures.pair(_WIDTH * 0.1, _HEIGHT, _HEIGHT * 0.78, ground="sand", small="white"),
    )
    left, top, right, bottom = bounds(shapes)
    box = f"{left:.1f} {top:.1f} {right - left:.1f} {bottom - top:.1f}"
    drawn = Markup(shapes_svg(shapes))  # noqa: S704 (our own)
    return Markup('<svg class="motif" viewBox="%s" aria-hidden="true">%s</svg>') % (box, drawn)


def sign(pack: Pack, name: str) -> Markup:
    """A pictogram as a decoration."""
    drawn = Markup(shapes_svg(pictogram(name, pack.folder, line="frame").shapes))  # noqa: S704 (our own)
    return Markup('<svg class="sign" viewBox="0 0 24 24" aria-hidden="true">%s</svg>') % drawn
