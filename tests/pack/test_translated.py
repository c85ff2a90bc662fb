"""A pack in another language: every text is replaced, and a problem names the place of its own."""

from pathlib import Path

import pytest

from languages.strings import SourceString, strings
from pack.errors import ContentError
from pack.load import read_pack
from pack.model import TranslatedTexts
from pack.problems import Place
from tests.conftest import CONTENT, WATER
from tests.languages.made_up import translated

PO = Path("es.po")


def _texts(found: tuple[SourceString, ...]) -> TranslatedTexts:
    numbered = enumerate(found, start=1)
    return TranslatedTexts(
        "es", {one.path: (translated(one.source), Place(PO, line)) for line, one in numbered}
    )


@pytest.mark.parametrize("content", [CONTENT, WATER], ids=lambda file: file.stem)
def test_every_text_is_replaced_and_leads_to_its_line(content: Path) -> None:
    found = strings(read_pack(content))
    made = read_pack(content, _texts(found))
    assert made.about.language == "es"
    assert [one.source for one in strings(made)] == [translated(one.source) for one in found]
    assert [made.origin.place(one.path).line for one in found] == [*range(1, len(found) + 1)]
    # What is no text is in the content file, and the program's labels are in the language.
    assert made.origin.place(("contacts", "emergency", "phone")).file == content
    assert made.labels.draft == "Borrador, sin revisar"


def test_a_wrong_text_is_reported_at_its_line_in_the_translation() -> None:
    texts = dict(_texts(strings(read_pack(WATER))).texts)
    path = ("topics", "watch", "title")
    texts[path] = ("水", Place(PO, 77))
    with pytest.raises(ContentError) as raised:
        read_pack(WATER, TranslatedTexts("es", texts))
    (problem,) = raised.value.problems
    assert str(problem.place) == "es.po:77:1"
    assert "no glyph for “水”" in problem.what
