"""The labels of a pack, and the words in braces that are filled in."""

import re
from pathlib import Path

import pytest

from pack.labels import Labels, counted, labels_in, languages, quoted
from pack.load import foreign_labels
from pack.model import Pack
from tests.pack.bad_packs import GOOD, Change, accepted, refused

#: The labels of the small pack, which are in English.
LABELS = "labels:\n" + GOOD.partition("\nlabels:\n")[2]
SPANISH = ("language: en", "language: es")
FRENCH = ("language: en", "language: fr")
NO_LABELS = (LABELS, "")


def in_spanish(*names: str) -> Change:
    """The labels of the small pack replaced with some of the program's own in Spanish."""
    return LABELS, "labels:\n" + "".join(f'  {name}: "{labels_in("es")[name]}"\n' for name in names)


def warned(pack: Pack) -> tuple[int, str, str]:
    """The line, the fault and the remedy of the only warning about the language of labels."""
    (problem,) = foreign_labels(pack)
    return problem.place.line, problem.what, problem.remedy


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_label_with_the_same_words_in_braces(language: str) -> None:
    def braces(text: str) -> list[str]:
        return sorted(re.findall(r"\{\w*\}", text))

    Labels.model_validate(labels_in(language))
    for name, text in labels_in("en").items():
        assert braces(labels_in(language)[name]) == braces(text), name


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Say"), ("en-GB", "Say"), ("es", "Diga"), ("es-US", "Diga"), ("fr", "Say")],
)
def test_labels_that_are_left_out_are_in_the_language_of_the_pack(
    tmp_path: Path, language: str, expected: str
) -> None:
    changed = ("language: en", f"language: {language}")
    assert accepted(tmp_path, changed, NO_LABELS).labels.say == expected
    some = accepted(tmp_path, changed, (LABELS, "labels: {ask: Hey}\n")).labels
    assert (some.say, some.ask) == (expected, "Hey")


def test_labels_in_another_language_than_the_pack_are_reported(tmp_path: Path) -> None:
    line, what, remedy = warned(accepted(tmp_path, SPANISH))
    assert line == GOOD[: GOOD.index("scan_to_watch")].count("\n") + 1
    assert "English" in what and "Spanish" in what and "Scan to watch" in what
    assert "Remove them" in remedy and "“language:”" in remedy
    line, what, _ = warned(accepted(tmp_path, in_spanish("say", "ask")))
    assert line == GOOD[: GOOD.index("scan_to_watch")].count("\n") + 1
    assert "2 labels are in Spanish" in what and "pack is in English" in what


def test_labels_are_of_the_language_that_has_most_of_them(tmp_path: Path) -> None:
    every = tuple(labels_in("es"))  # of which some are the same in English
    _, what, _ = warned(accepted(tmp_path, ("language: en", "language: ar"), in_spanish(*every)))
    assert "labels are in Spanish, but this pack is in Arabic" in what


def test_labels_that_are_missing_in_a_language_without_any_are_reported(tmp_path: Path) -> None:
    line, what, remedy = warned(accepted(tmp_path, FRENCH, NO_LABELS))
    assert line == GOOD[: GOOD.index("language: en")].count("\n") + 1
    assert "in English" in what and "in French" in what
    assert "Under “labels:”, write these in French: scan_to_watch" in remedy


def test_labels_in_the_language_of_the_pack_are_not_reported(tmp_path: Path) -> None:
    every = tuple(labels_in("es"))
    assert not foreign_labels(accepted(tmp_path))
    assert not foreign_labels(accepted(tmp_path, NO_LABELS))
    assert not foreign_labels(accepted(tmp_path, SPANISH, NO_LABELS))
    assert not foreign_labels(accepted(tmp_path, SPANISH, in_spanish(*every)))
    # Marks are of many languages.
    marks = 'labels:\n  quotes: "«{text}»"\n'
    assert not foreign_labels(accepted(tmp_path, SPANISH, (LABELS, marks)))
    own = "".join(
        f'  {name}: "{"" if name in ("a4", "source") else "x "}{text}"\n'
        for name, text in labels_in("en").items()
    )
    assert not foreign_labels(accepted(tmp_path, FRENCH, (LABELS, f"labels:\n{own}")))


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ('video_length: "{minutes} minutes"', "minutes"),
        ('qr_alt: "QR code that opens {address}"', "address"),
        ('logo_alt: "Logo of {name}"', "name"),
        ('adapted_from: "Adapted from: {sources}."', "sources"),
        ('added: "Added by us: {names}."', "names"),
        ('published: "{publisher} · revised {date}"', "publisher"),
        ('published: "{publisher} · revised {date}"', "date"),
        ('page_of: "{page} of {pages}"', "page"),
        ('page_of: "{page} of {pages}"', "pages"),
        ('minutes: "{minutes} min · until {clock}"', "minutes"),
        ('quotes: "“{text}”"', "text"),
    ],
)
def test_a_label_that_lacks_one_of_its_places_is_reported(
    tmp_path: Path, label: str, place: str
) -> None:
    spoiled = label.replace(f"{{{place}}}", f"({place})")
    problems = refused(tmp_path, (f"  {label}", f"  {spoiled}"))
    problems.says(
        problems.spot(spoiled),
        f"labels → {label.partition(':')[0]}",
        f"has no {{{place}}}",
        "Keep the words in braces",
    )


def test_a_label_can_not_name_the_page_twice(tmp_path: Path) -> None:
    problems = refused(tmp_path, ('"{page} of {pages}"', '"{page}, {page} of {pages}"'))
    problems.says(problems.spot("page_of:"), "labels → page_of", "{page}", "braces")


def test_a_label_with_a_place_that_nothing_fills_is_reported(tmp_path: Path) -> None:
    problems = refused(tmp_path, ('"{page} of {pages}"', '"{page} of {pages} {pgaes}"'))
    problems.says(problems.spot("page_of:"), "labels → page_of", "{pgaes}", "braces")


@pytest.mark.parametrize(
    ("label", "one", "several"),
    [
        ("1 page | {count} pages", "1 page", "12 pages"),
        ("{count} Seiten", "1 Seiten", "12 Seiten"),
        ("Pages: {count}", "Pages: 1", "Pages: 12"),
        ("Pages | {count}", "Pages | 1", "Pages | 12"),
    ],
)
def test_a_label_with_a_number_may_have_a_form_for_one(label: str, one: str, several: str) -> None:
    assert (counted(label, 1), counted(label, 12)) == (one, several)


@pytest.mark.parametrize(
    ("label", "text", "shown"),
    [
        ("“{text}”", "I am here.", "“I am here.”"),
        ("«{text}».", "I am here.", "«I am here»."),
        ("«{text}».", "Is it? I am here.", "«Is it? I am here»."),
        ("«{text}».", "Is it you?", "«Is it you?»"),
        ("«{text}».", "I am here", "«I am here»"),
        ("«{text}».", "I am...", "«I am...»"),
    ],
)
def test_a_period_stands_where_the_label_has_it(label: str, text: str, shown: str) -> None:
    assert quoted(label, text) == shown


@pytest.mark.parametrize("language", languages())
def test_whether_a_period_stands_after_the_marks_is_known_in_every_language(language: str) -> None:
    after = quoted(labels_in(language)["quotes"], "a.").endswith(".")
    assert after == (language in {"es", "ru"})
