"""Lists of glyphs for HarfBuzz, whose C type is read once.

WeasyPrint names the length of each list in its type, and cffi reads every new type with a parser of
C, for 2 ms: there are four lists for each font of a sheet.

Relies on `weasyprint.pdf.fonts.ffi`, and on lists being made by its `new` with all their numbers.
"""

import re
from typing import Any

import weasyprint.pdf.fonts
from weasyprint.text.ffi import ffi

_LIST = re.compile(r"hb_codepoint_t\[\d+\]")


def keep_types() -> None:
    """Make WeasyPrint use the same type for lists of all lengths from now on."""
    weasyprint.pdf.fonts.ffi = _KeptTypes()


class _KeptTypes:
    """cffi's interface, which counts the numbers of a list itself."""

    def new(self, kind: str, *value: Any) -> Any:
        return ffi.new("hb_codepoint_t[]" if _LIST.fullmatch(kind) else kind, *value)

    def __getattr__(self, name: str) -> Any:
        return getattr(ffi, name)
