"""The script of a language is known, and so are the faces that it needs."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from languages.strings import strings
from pack.errors import ContentError
from pack.load import read_pack
from pack.model import TranslatedTexts
from pack.problems import Place
from pack.scripts import script_of
from tests.conftest import WATER


@pytest.mark.parametrize(
    ("tag", "code", "direction"),
    [
        ("en", "Latn", "ltr"),
        ("es-MX", "Latn", "ltr"),
        ("ar", "Arab", "rtl"),
        ("fa", "Arab", "rtl"),
        ("he", "Hebr", "rtl"),
        ("ru", "Cyrl", "ltr"),
        ("zh", "Hans", "ltr"),
        ("zh-CN", "Hans", "ltr"),
        ("zh-Hant", "Hant", "ltr"),
    ],
)
def test_a_tag_has_a_script_and_a_direction(tag: str, code: str, direction: str) -> None:
    script = script_of(tag)
    assert (script.code, script.direction) == (code, direction)


@pytest.mark.parametrize("tag", ["ru", "zh-Hans"])
def test_each_face_is_of_its_family_and_has_spaces(tag: str) -> None:
    script = script_of(tag)
    assert {400, 700} <= {face.weight for face in script.sheet_faces}
    assert {400, 700} == {face.weight for face in script.slide_faces}
    for face in (*script.sheet_faces, *script.slide_faces):
        with TTFont(face.file) as font:
            assert font["name"].getDebugName(1) == face.family
            assert {0x20, 0xA0} <= set(font.getBestCmap())
    assert set(script.sheets) < set(script.sheet_families)


@pytest.mark.parametrize(("tag", "text"), [("ru", "Щука, ёж"), ("zh-Hans", "你好，“世界”——")])
def test_the_letters_of_a_script_are_printable_in_its_own_languages_alone(
    tag: str, text: str
) -> None:
    found = strings(read_pack(WATER))

    def read_in(language: str) -> None:
        texts = {one.path: (text, Place(Path("XX.po"), 1)) for one in found[:1]}
        read_pack(WATER, TranslatedTexts(language, texts))

    read_in(tag)
    with pytest.raises(ContentError, match="our fonts have no glyph"):
        read_in("es")
