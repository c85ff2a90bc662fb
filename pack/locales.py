"""The tags with a country by which office programs know languages, such as "en-US" or "zh-CN"."""


def with_country(language: str, region: str) -> str:
    """A language's tag with a country (BCP 47).

    It is the `region`, if Unicode's CLDR knows the language there, and else the country that most
    likely speaks it: Spanish in the US is "es-US", but Russian "ru-RU".
    """
    from babel.core import get_global, parse_locale
    from babel.localedata import exists

    code, country, script, *_ = parse_locale(language, sep="-")
    if country:
        return language
    tag = language.replace("-", "_")
    if exists(f"{tag}_{region}"):
        country = region
    else:
        likely = get_global("likely_subtags")
        country = parse_locale(likely.get(tag) or likely.get(code) or tag)[1]
    # Of Chinese, the country says the script.
    return "-".join(filter(None, (code, script if code != "zh" else None, country)))
