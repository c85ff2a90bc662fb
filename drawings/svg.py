"""Drawings as SVG (SVG 2), for sheets, pages and pictures of slides."""

from collections.abc import Callable, Iterable

from drawings.shapes import PaintedPath

#: Gives what to write for the name of a color.
Paint = Callable[[str], str]


def variable(color: str) -> str:
    """A color of the theme as the style sheets name it: it follows the ink and the dark theme."""
    return f"var(--{color})"


def shapes_svg(shapes: Iterable[PaintedPath], paint: Paint = variable) -> str:
    """Shapes as `path` elements."""
    return "".join(_path(shape, paint) for shape in shapes)


def _path(shape: PaintedPath, paint: Paint) -> str:
    # Attributes, not a style: a strict content security policy forbids styles inside a page.
    look = f'fill="{paint(shape.fill) if shape.fill else "none"}"'
    if shape.opacity < 1:
        look += f' fill-opacity="{shape.opacity:g}"'
    if shape.line:
        look += f' stroke="{paint(shape.line)}" stroke-width="{shape.weight:g}"'
        look += ' stroke-linecap="round" stroke-linejoin="round"'
    data = "".join(
        command + " ".join(f"{value:.2f}".rstrip("0").rstrip(".") for value in points)
        for command, points in shape.path
    )
    return f'<path {look} d="{data}"/>'
