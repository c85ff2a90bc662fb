"""The language for families is plain and correctly spelled."""

import json
from pathlib import Path

import pytest

from pack.load import read_pack
from pack.model import Pack
from pack.problems import Problem, Severity
from preflight.language.dictionary import Dictionary
from preflight.language.readability import reading_level
from preflight.language.reading_measures import spanish_syllables
from preflight.language.spelling import spelling
from tests.conftest import CONTENT, WATER
from tests.pack.bad_packs import accepted, line_of, with_body

GOOD_PACKS = pytest.mark.parametrize("file", [CONTENT, WATER], ids=["shipped", "water"])


# Reading level

HARD = (
    "Individuals experiencing technologically facilitated victimization should immediately\n"
    "communicate with appropriate governmental organizations, notwithstanding considerable\n"
    "apprehension regarding possible institutional consequences. Ask us. Responsible\n"
    "authorities investigate confidentially and comprehensively."
)


def test_the_shipped_pack_reads_at_grade_8_or_below() -> None:
    assert list(reading_level(read_pack(CONTENT))) == []


@pytest.mark.parametrize(
    ("old", "name"),
    [
        ("body: Somewhere online.", "body"),
        ("body: Keep everything.", "body"),
        ("short: Keep it.", "short"),
        ("fact: It happens anywhere.", "fact"),
        ("help: [bureau]", "say"),
    ],
)
def test_a_hard_text_is_a_warning_with_its_line_its_grade_and_its_hardest_sentences(
    tmp_path: Path, old: str, name: str
) -> None:
    pack = accepted(tmp_path, (old, f"{name}: {' '.join(HARD.split())}"))
    (problem,) = reading_level(pack)
    assert problem.severity is Severity.WARNING
    assert problem.place.line == line_of(pack, "Individuals")
    grade = float(problem.what.split("grade ")[1].split(";")[0])
    assert grade > 15
    assert "“Individuals experiencing" in problem.remedy
    assert "“Responsible authorities" in problem.remedy
    assert "Ask us" not in problem.remedy


def test_a_hard_answer_is_found_too(tmp_path: Path) -> None:
    hard = " ".join(HARD.split())
    question = f"questions:\n  pay:\n    question: Pay?\n    answer: {hard}\n    from: agency\n\n"
    pack = accepted(tmp_path, ("handouts:", question + "handouts:"))
    (problem,) = reading_level(pack)
    assert problem.where == "questions → pay → answer"
    assert problem.place.line == line_of(pack, "answer:")


def test_a_quotation_counts_for_whoever_said_it(tmp_path: Path) -> None:
    assert len(list(reading_level(with_body(tmp_path, HARD)))) == 1
    quoted = f"The bureau says: “{HARD}” We say it is fine to ask, and so say all of us at home."
    assert list(reading_level(with_body(tmp_path, quoted))) == []


def test_a_text_of_a_few_words_has_no_grade(tmp_path: Path) -> None:
    assert not list(
        reading_level(with_body(tmp_path, "Communicate with governmental institutions."))
    )


def test_stops_inside_abbreviations_end_no_sentence(tmp_path: Path) -> None:
    long = "an organization responsible for investigating this particular situation may operate"
    one = with_body(tmp_path, f"It is a fact that {long} and work outside of the U.S. and go free.")
    other = with_body(tmp_path, f"It is a fact that {long} and work outside of the US and go free.")
    assert [problem.what for problem in reading_level(one)] == [
        problem.what for problem in reading_level(other)
    ]
    assert list(reading_level(one))


@pytest.mark.parametrize("language", ["fr", "vi", "ru", "ar", "zh-Hans"])
def test_a_language_without_a_recognized_measure_has_no_grade(
    tmp_path: Path, language: str
) -> None:
    pack = with_body(tmp_path, HARD, ("language: en", f"language: {language}"))
    assert not list(reading_level(pack))


SPANISH = ("language: en", "language: es")
HARD_SPANISH = (
    "Las autoridades correspondientes, independientemente de las circunstancias particulares de\n"
    "cada procedimiento administrativo, garantizarán confidencialidad a las personas "
    "solicitantes.\nPregunte. La identificación de responsabilidades internacionales requiere\n"
    "investigaciones especializadas y considerablemente prolongadas en los EE. UU. y en Europa."
)
EASY_SPANISH = (
    "No es tu culpa. Alguien te ha mentido para que le mandes una foto. Dile a un adulto de\n"
    "confianza lo que pasa. No le pagues nada. No borres los mensajes, pues son la prueba de lo\n"
    "que hizo. Llama al 988 si te sientes mal."
)


def test_spanish_has_a_measure_of_its_own(tmp_path: Path) -> None:
    assert list(reading_level(with_body(tmp_path, EASY_SPANISH, SPANISH))) == []
    (problem,) = reading_level(with_body(tmp_path, HARD_SPANISH, SPANISH))
    assert "on the INFLESZ scale of ease; it needs 55" in problem.what
    assert float(problem.what.split()[3]) < 40
    assert "“Las autoridades" in problem.remedy
    # “EE. UU.” ends no sentence.
    assert "en los EEUU y en Europa.”" in problem.remedy
    assert "Pregunte" not in problem.remedy


@pytest.mark.parametrize(
    ("words", "syllables"),
    [
        ("y hoy ley muy buey quien", 1),
        ("niño día país leer ciudad mayo yoyo búho oír reír maíz leyes viuda huevo", 2),
        ("guitarra pingüino construido denuncia ahora poeta héroe oído vergüenza", 3),
        ("averiguáis lingüística imágenes identidad", 4),
    ],
)
def test_syllables_of_spanish_words_follow_their_spelling(words: str, syllables: int) -> None:
    counted = {word: spanish_syllables(word) for word in words.split()}
    assert counted == dict.fromkeys(counted, syllables)


# Spelling


def misspelled(pack: Pack) -> list[Problem]:
    found = list(spelling(pack))
    assert all(problem.severity is Severity.WARNING for problem in found)
    return found


@GOOD_PACKS
def test_a_good_pack_has_no_misspelled_word(file: Path) -> None:
    assert misspelled(read_pack(file)) == []


def test_a_misspelled_word_is_reported_once_at_its_first_line_with_the_nearest_words(
    tmp_path: Path,
) -> None:
    pack = accepted(
        tmp_path,
        ("lead: Read it in a minute.", "lead: Read the conversatoin."),
        ("body: Keep everything.", "body: Keep every conversatoin."),
    )
    (problem,) = misspelled(pack)
    assert problem.place.line == line_of(pack, "Keep every conversatoin")
    assert "“conversatoin”" in problem.what
    assert "“conversation”" in problem.remedy
    assert "words:" in problem.remedy


def test_words_that_staff_listed_are_known(tmp_path: Path) -> None:
    text = ("Keep everything.", "Ask the blorkels, and don't bother a frumious zib.")
    assert len(misspelled(accepted(tmp_path, text))) == 3
    words = ("help_strip: [bureau]", "help_strip: [bureau]\n  words: [Blorkels, frumious, zib]")
    assert misspelled(accepted(tmp_path, text, words)) == []


def test_the_packs_own_names_and_addresses_are_known(tmp_path: Path) -> None:
    pack = accepted(
        tmp_path,
        ("name: The bureau", "name: The blorkel"),
        ("url: https://tips.fbi.gov/", "url: https://www.frumious.gov/zib"),
        ("name: The agency", "name: Snarkish agency"),
        ("Keep everything.", "The blorkel's friend is snarkish; look at frumious and zib."),
    )
    assert misspelled(pack) == []


@pytest.mark.parametrize(
    "text",
    [
        "Don’t worry: it’s the child’s phone, and we'll ask the parents' friends.",
        "A half-hour talk, a well-known site and an 8th grader aged 12-14.",
        "NCMEC and the FBI, in the U.S., wrote two PDFs for McAllister.",
        "Ask Kowalczyk at the Frumious School.",
        "Write to help@blorkel.org, or open www.blorkel.org/frumious.",
        "**Every**one knows *that*.",
    ],
)
def test_correct_words_raise_no_alarm(tmp_path: Path, text: str) -> None:
    assert misspelled(with_body(tmp_path, text)) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Is it the cihld’s phone?", "cihld's"),
        ("A half-huor talk.", "half-huor"),
        ("All is well. Evrything is fine.", "Evrything"),
        ("- Keep all.\n- Recieve help.", "Recieve"),
        ("She said: “Recieve it.”", "Recieve"),
        ("You **recieve** it.", "recieve"),
    ],
)
def test_a_misspelling_is_found_at_the_start_in_parts_and_under_markup(
    tmp_path: Path, text: str, word: str
) -> None:
    (problem,) = misspelled(with_body(tmp_path, text))
    assert f"“{word}”" in problem.what


def test_placeholders_in_labels_are_not_words(tmp_path: Path) -> None:
    assert misspelled(accepted(tmp_path)) == []


def test_german_nouns_are_looked_up_though_they_have_a_capital(tmp_path: Path) -> None:
    text = "Das Kind ist nie schuld. Es ist das Opfer von einem Verbrrechen."
    pack = with_body(tmp_path, text, ("language: en", "language: de"))
    here = [problem for problem in misspelled(pack) if problem.where == "steps → save-it → body"]
    assert ["“Verbrrechen”" in problem.what for problem in here] == [True]
    assert "“verbrechen”" in here[0].remedy


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Los amigos estan aquí.", "estan"),
        ("Dígaselo a sus profesores y denúncielo; no les pague nada.", None),
        ("La víctma no tiene la culpa.", "víctma"),
        ("Las plataformas lo eliminaràn.", "eliminaràn"),
        ("«Guárdalo todo», dijo Kowalczyk; ¿qué más habríamos podido hacer?", None),
        ("¿Quien lo hizó?", "hizó"),
    ],
)
def test_spanish_words_are_known_in_all_their_forms(
    tmp_path: Path, text: str, word: str | None
) -> None:
    pack = with_body(tmp_path, text, SPANISH)
    here = [problem for problem in misspelled(pack) if problem.where == "steps → save-it → body"]
    assert [problem.what.split("”")[0][1:] for problem in here] == [word] * bool(word)


def test_a_misspelled_spanish_word_is_told_with_the_nearest_words(tmp_path: Path) -> None:
    pack = with_body(tmp_path, "Haga la denunica.", SPANISH)
    here = [problem for problem in misspelled(pack) if "denunica" in problem.what]
    assert "“denuncia”" in here[0].remedy


@pytest.mark.parametrize("language", ["vi", "ru", "ar", "zh-Hans"])
def test_a_language_without_a_good_dictionary_is_not_checked(tmp_path: Path, language: str) -> None:
    pack = with_body(tmp_path, "Evrything", ("language: en", f"language: {language}"))
    assert misspelled(pack) == []


# Results from dictionaries


def test_known_results_from_dictionaries_change_no_finding(tmp_path: Path) -> None:
    pack = with_body(tmp_path, HARD + " That is a conversatoin.")
    first = Dictionary("en-US")
    found = [*reading_level(pack, first), *spelling(pack, first)]
    assert len(found) == 2
    again = Dictionary("en-US", json.loads(json.dumps(first.facts())))
    assert [*reading_level(pack, again), *spelling(pack, again)] == found
    assert again.facts() == first.facts()


def test_a_new_word_is_looked_up_and_a_removed_word_forgotten(tmp_path: Path) -> None:
    first = Dictionary("en-US")
    list(spelling(with_body(tmp_path, "Keep every picture."), first))
    later = Dictionary("en-US", first.facts())
    (problem,) = spelling(with_body(tmp_path, "Keep every pitcure."), later)
    assert "“pitcure”" in problem.what and "“picture”" in problem.remedy
    assert "picture" in first.facts()["words"]
    assert "picture" not in later.facts()["words"]


def test_a_dictionary_ignores_the_results_of_another_language() -> None:
    english = Dictionary("en")
    assert english.has("conversation")
    assert not Dictionary("de", english.facts()).has("conversation")
