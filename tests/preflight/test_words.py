"""The language for families harms nobody, and shows the help number where it is needed."""

from pathlib import Path

import pypdfium2
import pytest
from pptx import Presentation

from pack.load import read_pack
from pack.problems import Severity
from preflight.language.readability import reading_level
from preflight.language.safe_messaging import safe_messaging, unaccompanied
from preflight.language.spelling import spelling
from press.new_pack import start_pack
from tests.conftest import CONTENT, WATER, Run
from tests.pack.bad_packs import accepted, changed, line_of, with_body, write

GOOD_PACKS = pytest.mark.parametrize("file", [CONTENT, WATER], ids=["shipped", "water"])


def test_a_new_pack_starts_without_a_warning(tmp_path: Path) -> None:
    pack = read_pack(start_pack("bike-safety", tmp_path))
    assert [*safe_messaging(pack), *reading_level(pack), *spelling(pack)] == []


# Harmful phrases


@GOOD_PACKS
def test_a_good_pack_has_no_harmful_phrase(file: Path) -> None:
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
        ("Tell them: be careful what you send!", "careful what you send", "where to get help"),
        ("This is child-porn.", "child porn", "child sexual abuse material"),
        ("So-called revenge\nporn.", "revenge porn", "without consent"),
        ("Pictures can always be removed.", "always be removed", "nobody can promise"),
        ("Take their phone away.", "take their phone away", "Don't punish children"),
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
def test_phrases_that_deny_blame_or_only_look_similar_are_no_error(
    tmp_path: Path, text: str
) -> None:
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


def test_a_source_may_be_quoted_literally_but_not_repeated_in_our_words(
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
        ("Quíteles el celular.", "Don't punish children"),
    ],
)
def test_spanish_has_its_own_harmful_phrases(tmp_path: Path, text: str, remedy: str) -> None:
    pack = with_body(tmp_path, text, ("language: en", "language: es"))
    (problem,) = safe_messaging(pack)
    assert problem.place.line == line_of(pack, "body: |")
    assert remedy in problem.remedy


def test_spanish_may_deny_blame(tmp_path: Path) -> None:
    text = "Nunca es culpa tuya. Murió por suicidio."
    pack = with_body(tmp_path, text, ("language: en", "language: es-US"))
    assert list(safe_messaging(pack)) == []


def test_a_language_without_lists_is_not_judged_by_those_of_another(tmp_path: Path) -> None:
    pack = with_body(tmp_path, "They gave in.", ("language: en", "language: fr"))
    assert list(safe_messaging(pack)) == []


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_harmful_word_stops_check_and_build(tmp_path: Path, run: Run, command: str) -> None:
    file = write(tmp_path, changed(("Keep everything.", "They gave in.")))
    output = ["--output", tmp_path / "output"] if command == "build" else []
    result = run(command, file, *output)
    assert result.returncode == 1
    assert f"{file}:" in result.stderr
    assert "“gave in” is harmful and must not appear in materials for families" in result.stderr
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


def test_a_spanish_myth_about_consequences_needs_a_note(tmp_path: Path) -> None:
    fact = "fact: La persona joven podría enfrentar consecuencias."
    spanish = ("language: en", "language: es")
    (problem,) = safe_messaging(accepted(tmp_path, ("fact: It happens anywhere.", fact), spanish))
    assert "“enfrentar consecuencias”" in problem.what


# What needs a number beside it


def test_a_word_without_its_number_is_found_with_its_page() -> None:
    pages = ["Talk openly.", "Deaths by\nsuicide.", "Suicide & Crisis Lifeline: 988."]
    (finding,) = unaccompanied(pages, read_pack(CONTENT))
    assert finding.page == 2
    assert finding.rule.name == "help-beside"
    assert finding.rule.severity is Severity.ERROR
    assert "“suicide”" in finding.what
    assert finding.subject == "suicide."
    assert "988" in finding.what
    assert "help:" in finding.remedy


@pytest.mark.parametrize("near", ["https://988lifeline.org", "1-303-988-0142", "19880", "9 88"])
def test_a_number_inside_another_or_an_address_does_not_count(near: str) -> None:
    assert len(list(unaccompanied([f"They felt suicidal. {near}"], read_pack(CONTENT)))) == 1


def test_spanish_pages_need_the_number_too(tmp_path: Path) -> None:
    pack = accepted(tmp_path, ("language: en", "language: es"))
    pages = ["Quiso quitarse la\nvida.", "Prevención del suicidio: 988", "Hable con su hijo."]
    assert [finding.page for finding in unaccompanied(pages, pack)] == [1]


def test_vietnamese_pages_need_the_number_too(tmp_path: Path) -> None:
    pack = accepted(tmp_path, ("language: en", "language: vi"))
    pages = ["Có em nghĩ đến tự\ntử.", "Phòng ngừa tự sát: 988", "Hãy nói chuyện với con."]
    assert [finding.page for finding in unaccompanied(pages, pack)] == [1]


def test_a_country_with_another_number_does_not_need_ours(tmp_path: Path) -> None:
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
