"""The internals of WeasyPrint that handouts/weasy relies on for fonts; see `test_contract.py`."""

from typing import Any

import pytest

from tests.handouts.weasy.seams import TAGGED, fresh, lay_out, seam

with seam("WeasyPrint has moved its fonts: handouts/weasy/glyph_numbers.py must be adapted"):
    from handouts.weasy.glyph_numbers import _KeptTypes


def test_what_only_other_fonts_need_is_imported_when_it_is_called() -> None:
    program = (
        "import sys\n"
        "from handouts.weasy.native_libraries import import_weasyprint\n"
        "import_weasyprint()\n"
        "from weasyprint.pdf import fonts\n"
        "print('fontTools.subset' in sys.modules, 'fontTools.varLib' in sys.modules)\n"
        "made = fonts.subset.Options(hinting=True)\n"
        "from fontTools.subset import Options\n"
        "print(isinstance(made, Options), callable(fonts.instantiateVariableFont))\n"
    )
    with seam(
        "WeasyPrint no longer imports what it needs for other fonts as weasyprint.pdf.fonts did: "
        "handouts/weasy/native_libraries.py must be adapted"
    ):
        assert fresh(program).split() == ["False", "False", "True", "True"]


def test_glyphs_are_given_to_harfbuzz_in_lists_whose_types_name_their_lengths(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[tuple[str, int]] = []

    class Watched(_KeptTypes):
        def new(self, kind: str, *value: Any) -> Any:
            found = super().new(kind, *value)
            if kind.startswith("hb_codepoint_t"):
                made.append((kind, len(found)))
            return found

    with seam(
        "WeasyPrint no longer makes lists of glyphs with ffi.new: "
        "handouts/weasy/glyph_numbers.py must be adapted, or can go"
    ):
        monkeypatch.setattr("weasyprint.pdf.fonts.ffi", Watched())
        lay_out("<p>Text").write_pdf(**TAGGED)
        assert made
        assert all(kind == f"hb_codepoint_t[{length}]" for kind, length in made)
