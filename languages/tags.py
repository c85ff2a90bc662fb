"""Tags of languages (BCP 47), such as "es" or "zh-Hans"."""

import unicodedata
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache

from pack.errors import UsageError


class UnknownLanguage(UsageError):
    """No language has this tag, or we can't write its dates."""


def language_tag(written: str) -> str:
    """A language's tag as it is written everywhere, from one in any capitals, or with "_".

    Raises `UnknownLanguage` with the nearest tags.
    """
    if tag := _tags().get(written.replace("_", "-").lower()):
        return tag
    advice = _advice(written.replace("_", "-"))
    raise UnknownLanguage(f"We can't write dates in a language “{written}”. {advice}")


def is_same_language(one: str, other: str) -> bool:
    """Whether two tags name the same language in the same script.

    A country that only one of them has makes no difference: “es-MX” is “es”, “zh-CN” is “zh-Hans”.
    """
    from babel import Locale, UnknownLocaleError

    try:
        first, second = (Locale.parse(tag.replace("_", "-"), sep="-") for tag in (one, other))
    except (UnknownLocaleError, ValueError):
        return False
    same = (first.language, first.script) == (second.language, second.script)
    return same and (
        first.territory == second.territory or not (first.territory and second.territory)
    )


@lru_cache(maxsize=1024)
def find_language(written: str, known: tuple[str, ...]) -> str | None:
    """The one of the `known` tags that somebody means, who may have written it as a name.

    Of "es", that is also "Spanish", "espanol", "es-MX" or "spa". A language alone is enough if only
    one of its variants is known: "Chinese" for "zh-Hans". None if no tag or several are meant.
    """
    from babel import Locale

    locales = {tag: Locale.parse(tag, sep="-") for tag in known}
    wanted = _folded(written)
    for tag, locale in locales.items():
        names = (str(locale.get_display_name(other)) for other in (Locale("en"), *locales.values()))
        if wanted in map(_folded, (tag, *names)):
            return tag
    code = _english_names().get(wanted, written)
    found = [tag for tag in known if is_same_language(code, tag)] or [
        tag
        for tag, locale in locales.items()
        if code.lower() == locale.language or wanted == _folded(locale.get_language_name() or "")
    ]
    return found[0] if len(found) == 1 else None


def any_language(written: str) -> str | None:
    """The tag of a language that is written as a tag or as its English name, if there is one."""
    name = _folded(written)
    return _tags().get(_english_names().get(name, name).lower())


def english_name(tag: str) -> str:
    """What a language is called in English; what is no tag stays as it is, in quotation marks."""
    from babel import Locale

    if _tags().get(tag.lower()) != tag:
        return f"“{tag}”"
    return str(Locale.parse(tag, sep="-").get_display_name("en"))


def by_english_name() -> Mapping[str, str]:
    """The tags of all languages without those of single countries, by their English names."""
    from babel import Locale

    locales = {tag: Locale.parse(tag, sep="-") for tag in _tags().values()}
    names = {
        english_name(tag): tag
        for tag, locale in locales.items()
        if not locale.territory and not locale.variant
    }
    return dict(sorted(names.items()))


def own_name(tag: str) -> str:
    """What a language is called in itself, as in a list: "Español"."""
    from babel import Locale

    name = str(Locale.parse(tag, sep="-").get_display_name())
    return name[:1].upper() + name[1:]


def _folded(name: str) -> str:
    """A name without capitals and accents; tags have hyphens."""
    plain = unicodedata.normalize("NFKD", " ".join(name.split()).casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)).replace("_", "-")


@cache
def _english_names() -> Mapping[str, str]:
    """Every tag, by its English names: "mexican spanish" and "spanish (mexico)" are "es-MX"."""
    from babel import Locale

    english = Locale("en")
    names = {
        _folded(Locale.parse(tag, sep="-").get_display_name("en") or ""): tag
        for tag in _tags().values()
    }
    return names | {_folded(name): tag.replace("_", "-") for tag, name in english.languages.items()}


@cache
def _tags() -> Mapping[str, str]:
    """Every tag, by itself in small letters."""
    from babel.localedata import locale_identifiers

    tags = (name.replace("_", "-") for name in locale_identifiers() if name != "root")
    return {tag.lower(): tag for tag in tags}


def _advice(written: str) -> str:
    from babel import Locale

    names: dict[str, str] = {name.lower(): tag for tag, name in Locale("en").languages.items()}
    tags = [_tags().get(tag.replace("_", "-").lower(), "") for tag in _near(written, names)]
    found = list(dict.fromkeys(filter(None, tags)))[:3]
    if not found:
        return "Write a code such as es, vi or zh-Hans."
    shown = (f"“{tag}” ({Locale.parse(tag, sep='-').get_display_name('en')})" for tag in found)
    return f"Did you mean {' or '.join(shown)}?"


def _near(written: str, names: Mapping[str, str]) -> Iterator[str]:
    """Tags that may have been meant, the likeliest ones alone."""
    from babel import Locale, UnknownLocaleError

    name = written.lower()
    try:
        same = Locale.parse(written, sep="-")  # an older tag, or one that needs a script
        yield f"{same.language}-{same.script}" if same.script else same.language
        return
    except (UnknownLocaleError, ValueError):
        pass
    if name in names:
        yield names[name]
    elif (language := name.partition("-")[0]) in _tags():
        yield language
    elif begin := [tag for known, tag in names.items() if known.startswith(name)]:
        yield from begin
    elif close := get_close_matches(name, names, n=1, cutoff=0.75):
        yield names[close[0]]
    else:
        yield from get_close_matches(name, _tags(), n=1, cutoff=0.75)
