"""Text in SVG pictures, drawn line by line.

WeasyPrint lays out every letter in an SVG separately, in case each has a position of its own; for
the pictures of slides, that takes half of a guide's time. Here, text without such positions is
drawn in one go.

Relies on `weasyprint.svg.TAGS` and `weasyprint.svg.text`, which it replaces, and on everything that
WeasyPrint's own function of that name uses.
"""

from math import inf
from typing import Any

import weasyprint.svg
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.draw.text import draw_first_line
from weasyprint.matrix import Matrix
from weasyprint.svg.bounding_box import extend_bounding_box
from weasyprint.svg.text import Style, TextBox, text
from weasyprint.svg.utils import size

from handouts.weasy.kept_lines import first_line

_PLACED = (
    "dx",
    "dy",
    "rotate",
    "textLength",
    "letter-spacing",
    "display-anchor",
    "dominant-baseline",
    "alignment-baseline",
    "direction",
)


def draw_lines_of_text() -> None:
    """Make WeasyPrint draw text in SVG line by line from now on."""
    for tag, draw in weasyprint.svg.TAGS.items():
        if draw is text:
            weasyprint.svg.TAGS[tag] = _draw
    weasyprint.svg.text = _draw


def _draw(svg: Any, node: Any, font_size: float) -> None:
    places = f"{node.get('x', '')} {node.get('y', '')}"
    if not node.text or len(places.split()) > 2 or any(name in node.attrib for name in _PLACED):
        text(svg, node, font_size)
        return
    style = Style()
    style.update(INITIAL_VALUES)
    style.font_config = svg.font_config
    style["font_family"] = [
        name.strip("\"' ") for name in node.get("font-family", "sans-serif").split(",")
    ]
    style["font_style"] = node.get("font-style", "normal")
    weight = node.get("font-weight", "400")
    style["font_weight"] = {"normal": 400, "bold": 700}.get(weight) or int(weight)
    style["font_size"] = font_size
    layout, _, _, width, height, baseline = first_line(node.text, style, svg.context, inf, 0)
    x = size(node.attrib["x"], font_size, svg.inner_width) if "x" in node.attrib else None
    y = size(node.attrib["y"], font_size, svg.inner_height) if "y" in node.attrib else None
    x = svg.cursor_position[0] if x is None else x
    y = svg.cursor_position[1] if y is None else y
    svg.cursor_position = x + width, y
    corners = ((x, y - baseline), (x + width, y - baseline + height))
    node.text_bounding_box = extend_bounding_box(node.text_bounding_box, corners)
    svg.stream.push_state()
    fill, stroke = svg.set_graphical_state(node, font_size)
    svg.stream.begin_text()
    layout.reactivate(style)
    svg.fill_stroke(fill, stroke, text=True)
    box = TextBox(layout, style)
    box.baseline = baseline
    draw_first_line(svg.stream, box, "none", "none", Matrix(d=-1, e=x, f=y))
    svg.stream.end_text()
    svg.stream.pop_state()
