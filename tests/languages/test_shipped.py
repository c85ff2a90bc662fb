"""The translations that come with the program."""

from pathlib import Path

import pytest

from pack.load import read_pack
from press.translations import open_translations
from tests.conftest import CONTENT

SHIPPED = sorted((CONTENT.parent / "translations" / CONTENT.stem).glob("*.po"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_translation_harms_nobody_and_keeps_to_its_glossary(file: Path) -> None:
    assert list(open_translations(read_pack(CONTENT), file.stem).problems()) == []
