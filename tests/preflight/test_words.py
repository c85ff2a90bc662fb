"""Words for families: they harm nobody, are plain, and are rightly spelled."""

import json
from pathlib import Path

import pypdfium2
import pytest
from pptx import Presentation

from press.preflight.words import (
    Lexicon,
    reading_level,
    safe_messaging,
    spelling,
    unaccompanied,
)
from press.starter import start_pack
from source.model import Pack
from source.packs import read_pack
from source.problems import Problem, Severity
from tests.conftest import CONTENT, WATER, Run
from tests.source.bad_packs import Change, accepted, changed, write

GOOD_PACKS = pytest.mark.parametrize("file", [CONTENT, WATER], ids=["shipped", "water"])


def with_body(folder: Path, text: str, *changes: Change) -> Pack:
    """A small pack, one of whose steps says this."""
    body = "|\n" + "".join(f"      {line}\n" for line in text.splitlines())
    return accepted(folder, ("Keep everything.\n", body), *changes)


def line_of(pack: Pack, piece: str) -> int:
    """The line, from 1, that holds `piece`; there is but one."""
    lines = pack.origin.file.read_text("utf-8").splitlines()
    (number,) = [number for number, line in enumerate(lines, start=1) if piece in line]
    return number


def test_a_new_pack_starts_without_a_warning(tmp_path: Path) -> None:
    pack = read_pack(start_pack("bike-safety", tmp_path))
    assert [*safe_messaging(pack), *reading_level(pack), *spelling(pack)] == []


# Words that harm


@GOOD_PACKS
def test_a_good_pack_has_no_word_that_harms(file: Path) -> None:
    assert list(safe_messaging(read_pack(file))) == []


@pytest.mark.parametrize(
    ("text", "found", "remedy"),
    [
        ("He committed suicide.", "committed suicide", "died by suicide"),
        ("After a failed\nattempt she got help.", "failed attempt", "survived a suicide attempt"),
        ("He **committed** *suicide*.", "committed suicide", "died by suicide"),
        ("There is a suicide epidemic.", "suicide epidemic", "more deaths"),
        ("The boy hanged himself.", "hanged himself", "Leave out how"),
        ("Then they gave in.", "gave in", "was forced"),
        ("They SHOULD HAVE KNOWN better.", "should have known", "blames"),
        ("It is their own fault.", "own fault", "the child is the victim"),
        ("It is your child’s fault.", "child's fault", "the child is the victim"),
        ("No, it is your fault.", "your fault", "the child is the victim"),
        ("She fell for it.", "fell for it", "was tricked"),
        ("Tell them: be careful what you send!", "careful what you send", "where help is"),
        ("This is child-porn.", "child porn", "child sexual abuse material"),
        ("So-called revenge\nporn.", "revenge porn", "without consent"),
        ("Pictures can always be removed.", "always be removed", "nobody can promise"),
        ("Take their phone away.", "take their phone away", "must not be punished"),
    ],
)
def test_a_harmful_phrase_is_an_error_with_its_line_and_what_to_write(
    tmp_path: Path, text: str, found: str, remedy: str
) -> None:
    pack = with_body(tmp_path, text)
    (problem,) = safe_messaging(pack)
    assert problem.place.line == line_of(pack, "body: |")
    assert problem.where == "steps → save-it → body"
    assert f"“{found}”" in problem.what
    assert remedy in problem.remedy
    assert problem.severity is Severity.ERROR


@pytest.mark.parametrize(
    "text",
    [
        "It is not your fault.",
        "Whatever happened, it was never your own fault.",
        "Nobody can promise that images can always be removed.",
        "Don’t take their phone away.",
        "They died by suicide. There is hope.",
        "Children's pornographic-looking drawings, committed people, successful talks.",
    ],
)
def test_words_that_deny_blame_or_only_look_alike_are_no_error(tmp_path: Path, text: str) -> None:
    assert list(safe_messaging(with_body(tmp_path, text))) == []


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("fact: It happens anywhere.", "fact: They gave in.", "myths → never → fact"),
        ("lead: Go through it.", "lead: They gave in.", "handouts → 2 → lead"),
        ("title: Welcome", "title: They gave in", "deck → slides → 1 → title"),
        ("until: Until", "until: They gave in", "labels → until"),
        ("- In any app.", "- They gave in.", "topics → beginning → points → 1"),
    ],
)
def test_harmful_words_are_found_wherever_people_read(
    tmp_path: Path, old: str, new: str, where: str
) -> None:
    pack = accepted(tmp_path, (old, new))
    (problem,) = safe_messaging(pack)
    assert (problem.where, problem.place.line) == (where, line_of(pack, new))


def test_a_source_may_be_quoted_to_the_letter_but_not_repeated_in_our_words(
    tmp_path: Path,
) -> None:
    quote = "quotes:\n  law:\n    title: The law\n    text: It bans child pornography.\n"
    source = "    from: agency\n"
    assert not list(safe_messaging(accepted(tmp_path, ("figures:", quote + source + "\nfigures:"))))
    said = "    say: The law bans child pornography.\n"
    pack = accepted(tmp_path, ("figures:", quote + said + source + "\nfigures:"))
    (problem,) = safe_messaging(pack)
    assert problem.place.line == line_of(pack, "say: The law bans")


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("El chico cometió suicidio.", "murió por suicidio"),
        ("Los niños se dejaron\nengañar.", "le obligaron"),
        ("Es culpa del niño.", "the child is the victim"),
        ("Es PORNOGRAFÍA infantil.", "material de abuso sexual infantil"),
        ("Se llama pornovenganza.", "sin consentimiento"),
    ],
)
def test_spanish_has_harmful_words_of_its_own(tmp_path: Path, text: str, remedy: str) -> None:
    pack = with_body(tmp_path, text, ("language: en", "language: es"))
    (problem,) = safe_messaging(pack)
    assert problem.place.line == line_of(pack, "body: |")
    assert remedy in problem.remedy


def test_spanish_may_deny_blame(tmp_path: Path) -> None:
    text = "Nunca es culpa tuya. Murió por suicidio."
    pack = with_body(tmp_path, text, ("language: en", "language: es-US"))
    assert list(safe_messaging(pack)) == []


def test_a_language_without_a_list_of_words_is_not_judged_by_anothers(tmp_path: Path) -> None:
    pack = with_body(tmp_path, "They gave in.", ("language: en", "language: fr"))
    assert list(safe_messaging(pack)) == []


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_harmful_word_stops_check_and_build(tmp_path: Path, run: Run, command: str) -> None:
    file = write(tmp_path, changed(("Keep everything.", "They gave in.")))
    output = ["--output", tmp_path / "output"] if command == "build" else []
    result = run(command, file, *output)
    assert result.returncode == 1
    assert f"{file}:" in result.stderr
    assert "“gave in” must not be said to families" in result.stderr
    assert not (tmp_path / "output").exists()


# What needs a note


def test_the_police_step_without_its_note_is_an_error_with_its_line(tmp_path: Path) -> None:
    text = CONTENT.read_text("utf-8")
    start = text.index("    note:\n")
    end = text.index("\n\n", start)
    pack = read_pack(write(tmp_path, text[:start].rstrip() + text[end:]))
    (problem,) = safe_messaging(pack)
    assert problem.where == "steps → police"
    assert problem.place.line == line_of(pack, "  police:")
    assert "without a note" in problem.what
    assert "“note:”" in problem.remedy


def test_a_myth_about_the_police_needs_a_note_and_may_carry_it(tmp_path: Path) -> None:
    fact = "fact: Some children are afraid of involving the police."
    pack = accepted(tmp_path, ("fact: It happens anywhere.", fact))
    (problem,) = safe_messaging(pack)
    assert problem.place.line == line_of(pack, "  never:")
    note = "\n    note: {title: A note, from: agency, body: It is okay to ask.}"
    assert not list(safe_messaging(accepted(tmp_path, ("fact: It happens anywhere.", fact + note))))


# What needs a number beside it


def test_a_word_without_its_number_is_found_with_its_page() -> None:
    pages = ["Talk openly.", "Deaths by\nsuicide.", "Suicide & Crisis Lifeline: 988."]
    (finding,) = unaccompanied(pages, read_pack(CONTENT))
    assert finding.page == 2
    assert finding.rule.name == "help-beside"
    assert finding.rule.severity is Severity.ERROR
    assert "“suicide”" in finding.what
    assert "988" in finding.what
    assert "help:" in finding.remedy


@pytest.mark.parametrize("near", ["https://988lifeline.org", "1-303-988-0142", "19880", "9 88"])
def test_a_number_inside_another_or_an_address_does_not_count(near: str) -> None:
    assert len(list(unaccompanied([f"They felt suicidal. {near}"], read_pack(CONTENT)))) == 1


def test_spanish_pages_need_the_number_too(tmp_path: Path) -> None:
    pack = accepted(tmp_path, ("language: en", "language: es"))
    pages = ["Quiso quitarse la\nvida.", "Prevención del suicidio: 988", "Hable con su hijo."]
    assert [finding.page for finding in unaccompanied(pages, pack)] == [1]


def test_in_a_country_with_another_number_ours_is_not_demanded(tmp_path: Path) -> None:
    pack = accepted(
        tmp_path,
        ("region: US", "region: GB"),
        ("phone: 1-800-225-5324\n", "phone: 020 7946 0018\n"),
        ("    vanity: 1-800-CALL-FBI\n", ""),
    )
    assert list(unaccompanied(["Deaths by suicide."], pack)) == []


def test_every_finished_page_and_slide_that_needs_the_number_shows_it(output: Path) -> None:
    pack = read_pack(CONTENT)
    for file in output.glob("*.pdf"):
        with pypdfium2.PdfDocument(file) as document:
            pages = [page.get_textpage().get_text_range() for page in document]
        assert not list(unaccompanied(pages, pack)), file.name
    slides = [
        "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in Presentation(str(output / "parent-night.pptx")).slides
    ]
    assert any("suicide" in text for text in slides)
    assert not list(unaccompanied(slides, pack))


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
    grade = float(problem.what.split("grade ")[1].split(",")[0])
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


def test_a_language_that_the_formula_is_not_made_for_has_no_grade(tmp_path: Path) -> None:
    assert not list(reading_level(with_body(tmp_path, HARD, ("language: en", "language: es"))))


# Spelling


def misspelled(pack: Pack) -> list[Problem]:
    found = list(spelling(pack))
    assert all(problem.severity is Severity.WARNING for problem in found)
    return found


@GOOD_PACKS
def test_a_good_pack_has_no_misspelled_word(file: Path) -> None:
    assert misspelled(read_pack(file)) == []


def test_a_misspelled_word_is_told_once_at_its_first_line_with_the_nearest_words(
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
def test_what_is_no_misspelling_raises_no_alarm(tmp_path: Path, text: str) -> None:
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


def test_what_labels_fill_in_is_no_word(tmp_path: Path) -> None:
    assert misspelled(accepted(tmp_path)) == []


def test_german_nouns_are_looked_up_though_they_have_a_capital(tmp_path: Path) -> None:
    text = "Das Kind ist nie schuld. Es ist das Opfer von einem Verbrrechen."
    pack = with_body(tmp_path, text, ("language: en", "language: de"))
    here = [problem for problem in misspelled(pack) if problem.where == "steps → save-it → body"]
    assert ["“Verbrrechen”" in problem.what for problem in here] == [True]
    assert "“verbrechen”" in here[0].remedy


def test_a_language_whose_dictionary_has_no_word_forms_is_not_checked(tmp_path: Path) -> None:
    pack = with_body(tmp_path, "Los amigos están aqui.", ("language: en", "language: es"))
    assert misspelled(pack) == []


# What dictionaries said


def test_what_dictionaries_said_before_changes_nothing_in_what_is_found(tmp_path: Path) -> None:
    pack = with_body(tmp_path, HARD + " That is a conversatoin.")
    first = Lexicon("en-US")
    found = [*reading_level(pack, first), *spelling(pack, first)]
    assert len(found) == 2
    again = Lexicon("en-US", json.loads(json.dumps(first.facts())))
    assert [*reading_level(pack, again), *spelling(pack, again)] == found
    assert again.facts() == first.facts()


def test_a_word_that_is_new_is_looked_up_and_one_that_is_gone_forgotten(tmp_path: Path) -> None:
    first = Lexicon("en-US")
    list(spelling(with_body(tmp_path, "Keep every picture."), first))
    later = Lexicon("en-US", first.facts())
    (problem,) = spelling(with_body(tmp_path, "Keep every pitcure."), later)
    assert "“pitcure”" in problem.what and "“picture”" in problem.remedy
    assert "picture" in first.facts()["words"]
    assert "picture" not in later.facts()["words"]


def test_a_lexicon_takes_nothing_from_one_of_another_language() -> None:
    english = Lexicon("en")
    assert english.has("conversation")
    assert not Lexicon("de", english.facts()).has("conversation")
