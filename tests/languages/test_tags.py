"""Languages as people write them."""

import pytest

from languages.tags import any_language, by_english_name, find_language, language_tag

KNOWN = ("en", "es", "pt-BR", "zh-Hans", "zh-Hant", "vi", "ht", "ar")


WRITTEN = {
    "es": ["ES", "es_mx", "es-419", "spa", "SPANISH", "español", "Espanol", "Spanish (Mexico)"],
    "en": ["English", "eng", "en-US", "inglés"],
    "pt-BR": ["Portuguese", "pt", "Brazilian Portuguese", "Português (Brasil)"],
    "zh-Hans": ["zh-CN", "chi", "Simplified Chinese", "中文 (简体)"],
    "zh-Hant": ["zh_TW", "Traditional Chinese", "Chinese (Traditional)"],
    "vi": ["Tiếng Việt", "tieng viet", "vie"],
    "ht": ["Haitian  Creole", "Kreyòl Ayisyen"],
    "ar": ["العربية", "arabic"],
    None: ["", "-", "en-", "x" * 1000, "fr", "1", "esp", "Spansh", "pt-PT", "Chinese", "zh"],
}


@pytest.mark.parametrize(
    ("written", "tag"), [(written, tag) for tag, every in WRITTEN.items() for written in every]
)
def test_a_language_is_found_as_it_is_written(written: str, tag: str | None) -> None:
    assert find_language(written, KNOWN) == tag


def test_a_language_alone_is_enough_if_only_one_of_its_variants_is_known() -> None:
    for written in ("Chinese", "zh", "chi", "中文", "zh-CN"):
        assert find_language(written, ("en", "zh-Hans")) == "zh-Hans"
    assert find_language("Chinese (Traditional)", ("en", "zh-Hans")) is None


def test_any_language_that_dates_can_be_written_in_has_a_tag() -> None:
    assert any_language("Vietnamese") == any_language("VI") == "vi"
    assert any_language("zh_hans") == "zh-Hans"
    assert any_language("Klingon") is any_language("no language") is None


def test_every_language_to_choose_from_has_a_tag_and_no_country() -> None:
    names = by_english_name()
    assert list(names) == sorted(names)
    assert (names["Vietnamese"], names["Chinese (Simplified)"]) == ("vi", "zh-Hans")
    assert "Spanish (Mexico)" not in names
    assert all(language_tag(tag) == tag for tag in names.values())
