"""The tags by which office programs know a pack's language."""

import pytest

from pack.locales import with_country


@pytest.mark.parametrize(
    ("language", "region", "tag"),
    [
        ("en", "US", "en-US"),
        ("en", "GB", "en-GB"),
        ("es", "US", "es-US"),
        ("fr", "CA", "fr-CA"),
        # Nobody has data of Russian in the US: no office program knows it.
        ("ru", "US", "ru-RU"),
        ("vi", "US", "vi-VN"),
        ("ar", "US", "ar-EG"),
        ("zh-Hans", "US", "zh-CN"),
        ("zh-Hant", "US", "zh-TW"),
        ("uz-Latn", "US", "uz-Latn-UZ"),
        ("pt-BR", "US", "pt-BR"),
    ],
)
def test_a_language_has_the_country_in_which_it_is_known(
    language: str, region: str, tag: str
) -> None:
    assert with_country(language, region) == tag
