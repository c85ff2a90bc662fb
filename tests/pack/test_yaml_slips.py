"""Common mistakes in YAML: each is reported at its own line, with the corrected line."""

from pathlib import Path

import pytest

from pack.errors import ContentError
from pack.load import read_pack
from pack.problems import Problem
from pack.yaml_reader import read_text
from tests.conftest import CONTENT, WATER
from tests.pack import slips
from tests.pack.bad_packs import GOOD, accepted, refused

SEEDS = range(6)
TEXT = CONTENT.read_text("utf-8")


def _found(folder: Path, text: str) -> tuple[Problem, ...]:
    file = folder / "pack.yaml"
    file.write_text(text, "utf-8")
    try:
        read_pack(file)
    except ContentError as error:
        return error.problems
    return ()


@pytest.mark.parametrize("seed", SEEDS)
def test_of_30_mistakes_at_random_places_28_are_reported_first_at_their_line(
    seed: int, tmp_path: Path
) -> None:
    right = []
    for name, (text, line) in slips.every(TEXT, seed):
        found = _found(tmp_path, text)
        if found and found[0].place.line == line and len(found) <= 4:
            right.append(name)
    assert len(slips.MAKERS) == 30
    assert len(right) >= 28, slips.MAKERS.keys() - set(right)


@pytest.mark.parametrize("file", [CONTENT, WATER], ids=lambda file: file.stem)
def test_valid_files_have_no_slips(file: Path) -> None:
    read_pack(file)


@pytest.mark.parametrize(
    ("old", "new", "at", "what", "remedy"),
    [
        (
            "body: Somewhere online.",
            "body: Our #1 rule online.",
            "#1 rule",
            "“#1 rule online.” would not be printed",
            '"Our #1 rule online."',
        ),
        (
            "body: Somewhere online.",
            'body: "Somewhere" #12 online.',
            "#12 online",
            "would not be printed",
            "Put quotation marks around the whole text",
        ),
        (
            "      - In any game.",
            "        - In any game.",
            "- In any game.",
            "joined to the text of line",
            "      - In any game.",
        ),
        ("      - In any game.", "      • In any game.", "• In", "hyphen", ": - In any game."),
        ("      - In any game.", "      -In any game.", "-In", "a space is missing", "- In any"),
        ("title: Save it", "title:Save it", "title:Save", "a space is missing", "title: Save it"),
        (
            "body: Somewhere online.",
            'body: Somewhere online.”"',
            'online.”"',
            "this quotation mark would be printed",
            "Remove it",
        ),
    ],
)
def test_a_slip_is_reported_with_the_corrected_line(
    tmp_path: Path, old: str, new: str, at: str, what: str, remedy: str
) -> None:
    problems = refused(tmp_path, (old, new))
    (problem,) = problems.problems
    line, _ = problems.spot(at)
    assert problem.place.line == line
    assert what in problem.what
    assert remedy in problem.remedy


def test_a_comment_and_a_hash_inside_a_word_are_left_alone(tmp_path: Path) -> None:
    pack = accepted(
        tmp_path,
        ("body: Somewhere online.", "body: Room#12 and C# online. # a comment\n    # another"),
    )
    assert pack.topics["beginning"].body == "Room#12 and C# online."


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (r'body: "They say \"hi\" and #1 is 2"', 'They say "hi" and #1 is 2'),
        ("body: 'It''s said that #1 is 2'", "It's said that #1 is 2"),
        ('"body": "They say that #1 is 2"', "They say that #1 is 2"),
        ("'body': |\n  They say: #1 is 2, #no\n  - who\n", "They say: #1 is 2, #no\n- who\n"),
        ("body:  # at least one\n  - A  # two\n", ("A",)),
        ('body: ["{ A"]\nask: |\n  Who ]\n  says: it #no\n', ("{ A",)),
    ],
)
def test_quotation_marks_and_comments_are_known_as_such(written: str, value: object) -> None:
    values, _, problems = read_text(written.encode(), Path("pack.yaml"))
    assert not problems
    assert values["body"] == value


def test_a_list_in_a_folded_text_is_reported(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("body: Somewhere online.", "body: >\n      - one\n      - two\n"))
    assert "“>”" in problems.problems[0].what
    assert "Write “|” instead of “>”" in problems.problems[0].remedy


def test_an_entry_inside_the_text_above_is_reported(tmp_path: Path) -> None:
    problems = refused(
        tmp_path, ("body: Somewhere online.", "body: |\n      Somewhere.\n      help: [bureau]")
    )
    assert "would be part of the text above" in problems.problems[0].what


def test_merge_conflict_marks_are_reported(tmp_path: Path) -> None:
    marks = "<<<<<<< mine\n    body: A.\n=======\n    body: B.\n>>>>>>> yours"
    problems = refused(tmp_path, ("    body: Somewhere online.", marks))
    assert "two versions of the same lines" in problems.problems[0].what


def test_an_unknown_yaml_version_is_a_problem_in_its_line(tmp_path: Path) -> None:
    (problem,) = _found(tmp_path, f"%YAML 1.3\n---\n{GOOD}")
    assert problem.place.line == 1
    assert "a version of YAML that is not supported" in problem.what
