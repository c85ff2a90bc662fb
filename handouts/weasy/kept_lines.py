"""Lines of text, each broken once.

WeasyPrint lays out what is in grids and flexible boxes several times, and copyfit lays out whole
sheets again in settings that mostly differ in their spaces: three of four lines were broken before
at the same width. What came out is kept here.

Relies on `split_first_line` depending on nothing but its arguments and, of a style, on `_STYLE` and
the fonts; on the two modules that call it; and on its layouts being drawn after `reactivate`.
"""

from collections.abc import Hashable
from copy import copy
from operator import itemgetter
from typing import Any

import weasyprint.layout.inline
import weasyprint.layout.preferred
from weasyprint.text.line_break import split_first_line

#: What the breaks of a line depend on; the first two can't be looked up as they are.
_STYLE = (
    "font_family",
    "text_decoration_line",
    "direction",
    "font_feature_settings",
    "font_kerning",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphenate_limit_zone",
    "hyphens",
    "lang",
    "letter_spacing",
    "overflow_wrap",
    "tab_size",
    "white_space",
    "word_break",
    "word_spacing",
)

#: More lines than the largest guide has, in all its settings.
_MOST = 20_000

_values_of = itemgetter(*_STYLE)
_kept: dict[Hashable, tuple[Any, ...]] = {}


def keep_lines() -> None:
    """Make WeasyPrint break every line only once from now on."""
    weasyprint.layout.inline.split_first_line = first_line
    weasyprint.layout.preferred.split_first_line = first_line


def first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> tuple[Any, ...]:
    """What WeasyPrint's `split_first_line` returns, with a layout of its own."""
    families, decoration, *others = _values_of(style)
    fonts = style.font_config, *families, decoration == "none", *others
    key = text, max_width, justification_spacing, is_line_start, minimum, fonts
    if key not in _kept:
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[key] = split_first_line(
            text, style, context, max_width, justification_spacing, is_line_start, minimum
        )
    layout, *line = _kept[key]
    return copy(layout), *line
