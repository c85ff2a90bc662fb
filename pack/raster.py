"""SVG pictures as PNG, drawn by resvg."""

from collections.abc import Sequence
from functools import lru_cache

from pack.pictures import PictureError
from pack.svg_sanitizer import CleanSvg

#: The largest width and height in pixels of a picture drawn for a page or a slide.
_SHOWN = (1280, 1280)


def draw(svg: str, width: int, height: int | None = None, fonts: Sequence[str] = ()) -> bytes:
    """An SVG picture as PNG. Raises `ValueError` if it can't be drawn.

    `fonts` are the font files for its text; the fonts of this machine are not used.
    """
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            height=height,
            font_files=list(fonts),
            skip_system_fonts=True,
            dpi=96,  # as in CSS: without it, lengths in millimeters are not drawn
        )
    )


def draw_within(svg: CleanSvg, width: int, height: int) -> bytes:
    """An SVG picture as PNG, as large as fits. Raises `PictureError` if it can't be drawn."""
    scale = min(width / svg.width, height / svg.height)
    wide, high = (max(round(side * scale), 1) for side in (svg.width, svg.height))
    try:
        # No fonts: text would depend on this machine's, so SVG files with text are refused.
        return draw(svg.data.decode(), wide, high)
    except ValueError:
        raise PictureError(
            "this SVG can't be drawn", "Save it again as plain SVG, or use a PNG file."
        ) from None


@lru_cache(maxsize=16)
def shown(svg: CleanSvg) -> bytes:
    """An SVG picture as PNG, for programs that can't show it as it is. Raises `PictureError`."""
    return draw_within(svg, *_SHOWN)
